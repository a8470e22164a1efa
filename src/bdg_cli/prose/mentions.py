"""What the reader finds: the typed mentions, with their places in the text."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from bdg_cli.dates import PartialDate, Period


@dataclass(frozen=True, slots=True)
class Citation:
    """A document cited by its number.

    `start` to `end` runs from the type word (or "số") over number, date and issuer; title and period may lie
    outside. A date's span includes its word "ngày". Missing parts are None, and their offsets -1. In `issuer`
    and `title` a line break of the text reads as a space.
    """

    start: int
    end: int
    kind: str | None
    number: str
    number_start: int
    number_end: int
    date: PartialDate | None = None
    date_start: int = -1
    date_end: int = -1
    issuer: str | None = None
    issuer_start: int = -1
    issuer_end: int = -1
    period: Period | None = None
    period_start: int = -1
    period_end: int = -1
    title: str | None = None
    title_start: int = -1
    title_end: int = -1


@dataclass(frozen=True, slots=True)
class NamedAct:
    """An act called by one of the known names; `period` is the one that follows it and is its own."""

    start: int
    end: int
    name: str
    period: Period | None = None
    period_start: int = -1
    period_end: int = -1


@dataclass(frozen=True, slots=True)
class DateMention:
    """A day, a month of a year, or (without a year) a day of every year."""

    start: int
    end: int
    date: PartialDate


@dataclass(frozen=True, slots=True)
class DateRange:
    """From one day to another; `yearly` only where the text says "hằng năm", "hàng năm" or "mỗi năm"."""

    start: int
    end: int
    first: PartialDate
    last: PartialDate
    yearly: bool


@dataclass(frozen=True, slots=True)
class PeriodMention:
    """A span of years, a half-year, nine months, a quarter or a school year."""

    start: int
    end: int
    period: Period


@dataclass(frozen=True, slots=True)
class Deadline:
    """A day by which something is due; `exclusive` where that day itself is too late ("trước ngày …")."""

    start: int
    end: int
    date: PartialDate
    exclusive: bool


class Quantity(NamedTuple):
    """A number that counts or measures: `ít nhất 27%`, `còn 1,7 lần`, `42/100.000 trẻ sinh sống`, `04 tin, bài`.

    `start` to `end` runs from the operator's words over the number to the end of its unit (`unit_end`, -1 where there
    is none). `op` is one of `>= > <= < = ~`, None where no word says. `unit` is as written (`%`, `/100.000 trẻ sinh
    sống`), `per` the number a rate is for, `origin` what it starts from (`từ 23 xuống 18`).
    """

    start: int
    end: int
    value: Decimal
    value_start: int
    value_end: int
    op: str | None
    unit: str | None
    unit_end: int
    per: Decimal | None = None
    origin: Decimal | None = None


class Agency(NamedTuple):
    """An agency or a group of agencies, by name or abbreviation.

    `name` is the whole name with single spaces, `core` the name without the place behind it ("Công an" of "Công an
    tỉnh"). Of a list with a shared head ("các Sở: Tài chính, Y tế") each member is one: its place is that of its own
    words, `under` is the head, and `name` begins with it unless the member has a head of its own ("Công an").
    """

    start: int
    end: int
    name: str
    core: str
    group: bool = False
    under: str | None = None


class Abbreviation(NamedTuple):
    """A word of capital letters that stands for others: `UBND`, `LĐTB&XH`."""

    start: int
    end: int
    short: str


class Definition(NamedTuple):
    """Where a text says what it will call something: `bình đẳng giới (BĐG)`, `(sau đây gọi tắt là ngành, địa phương)`.

    `start` to `end` is from the long form (or, where it cannot be told how far that reaches and `long` is None, from
    the parenthesis) to the closing parenthesis.
    """

    start: int
    end: int
    short: str
    short_start: int
    short_end: int
    long: str | None


Mention = Citation | NamedAct | DateMention | DateRange | PeriodMention | Deadline


def start_of(mention: Mention | Agency | Definition) -> int:
    """The key that puts mentions in order of place."""
    return mention.start


class Taken:
    """Which characters already belong to a mention."""

    def __init__(self, length: int) -> None:
        self._marks = bytearray(length)

    def take(self, start: int, end: int) -> bool:
        """Take the span if all of it is free."""
        if any(self._marks[start:end]):
            return False
        self._marks[start:end] = b"\1" * (end - start)
        return True
