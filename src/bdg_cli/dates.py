"""Dates that may be partial, and reporting periods with their two windows. Pure; no file, no clock."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from functools import cache
from typing import Any

from pydantic_core import core_schema

ADMINISTRATIVE = "administrative"  # NĐ 09/2019/NĐ-CP, Điều 12: the year runs 15/12 to 14/12
STATISTICAL = "statistical"  # NĐ 60/2018/NĐ-CP: calendar

_YEAR = r"(?:19|20)\d\d"
_PARTIAL = re.compile(rf"({_YEAR})(?:-(\d\d)(?:-(\d\d))?)?\Z|(\d\d)-(\d\d)\Z", re.ASCII)
_PERIOD = re.compile(
    rf"(?P<first>{_YEAR})-(?P<last>{_YEAR})\Z|(?P<year>{_YEAR})(?:-?(?P<part>H[12]|S[12]|Q[1-4]|M(?:0[1-9]|1[0-2])|9M|SY))?\Z",
    re.ASCII,
)


class _Parsed:
    """A value that models read from text through its own `parse`."""

    @classmethod
    def parse(cls, text: str) -> Any:
        raise NotImplementedError

    @classmethod
    def _take(cls, value: object) -> Any:
        return value if isinstance(value, cls) else cls.parse(str(value))

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: Any, _handler: Any) -> core_schema.CoreSchema:
        return core_schema.no_info_plain_validator_function(cls._take)


@dataclass(frozen=True, slots=True)
class PartialDate(_Parsed):
    """A date of which the day, or day and month, may be unknown: the interval of days it can mean.

    Without a year (`11-15`) it is a day of every year.
    """

    year: int | None
    month: int | None = None
    day: int | None = None

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """Read `2022`, `2022-03`, `2022-03-15` or `11-15`; ValueError with a Vietnamese sentence otherwise."""
        match = _PARTIAL.match(text.strip())
        if not match:
            raise ValueError(f"“{text}” không phải ngày; hãy viết năm-tháng-ngày, như 2024-06-15, 2024-06 hoặc 2024")
        year, month, day, every_month, every_day = (None if part is None else int(part) for part in match.groups())
        try:
            if every_month is not None and every_day is not None:
                date(2000, every_month, every_day)  # a leap year: 29 February is a day of some years
                return cls(None, every_month, every_day)
            date(year or 2000, 1 if month is None else month, 1 if day is None else day)
        except ValueError:
            raise ValueError(f"ngày “{text}” không có trong lịch") from None
        return cls(year, month, day)

    @property
    def complete(self) -> bool:
        """Whether day, month and year are all known."""
        return None not in (self.year, self.month, self.day)

    @property
    def earliest(self) -> date:
        """The first day it can mean (year 1 stands for "any year")."""
        return self._on(self.year or 1, self.month or 1, self.day or 1)

    @property
    def latest(self) -> date:
        """The last day it can mean (year 9999 stands for "any year")."""
        year = self.year or 9999
        month = self.month or 12
        return self._on(year, month, self.day or 31)

    @staticmethod
    def _on(year: int, month: int, day: int) -> date:
        """The day, or the last of the month; 28/02 stands for a 29/02 of every year where the year has none."""
        return date(year, month, day if day <= 28 else min(day, monthrange(year, month)[1]))

    def __str__(self) -> str:
        if self.year is None:
            return f"{self.month:02}-{self.day:02}"
        parts = [f"{self.year:04}"] + [f"{part:02}" for part in (self.month, self.day) if part is not None]
        return "-".join(parts)


class PeriodKind(Enum):
    """The kinds of period a figure or a report can be for."""

    __hash__ = object.__hash__  # periods are keys of a million rows

    YEAR = "Y"
    HALF = "H"
    QUARTER = "Q"
    MONTH = "M"
    NINE_MONTHS = "9M"
    SCHOOL_YEAR = "SY"
    SPAN = "-"


_MONTHS = {PeriodKind.HALF: 6, PeriodKind.QUARTER: 3, PeriodKind.MONTH: 1}  # in each of them


@dataclass(frozen=True, slots=True)
class Period(_Parsed):
    """`2024`, `2024H1`, `2024Q3`, `2024M05`, `2024-9M`, `2023SY` (school year) or a span `2023-2025`.

    `number` is the half, quarter or month, counted from 1; 0 where the kind has none.
    """

    kind: PeriodKind
    year: int
    number: int = 0
    last_year: int = 0

    def __hash__(self) -> int:
        """Of its numbers alone, since it is asked for of every row."""
        return self.year << 16 ^ self.last_year << 4 ^ self.number

    @classmethod
    def parse(cls, text: str) -> Period:
        """Read a period code (`2024-S1`, as SDMX writes it, is 2024H1); ValueError with a Vietnamese sentence."""
        match = _PERIOD.match(text.strip())
        if not match:
            raise ValueError(
                f"“{text}” không phải kỳ; hãy viết như 2024, 2024H1, 2024Q3, 2024M05, 2024-9M, 2023SY, 2023-2025"
            )
        if match["first"]:
            first, last = int(match["first"]), int(match["last"])
            if last < first:
                raise ValueError(f"giai đoạn “{text}” kết thúc trước khi bắt đầu")
            return cls(PeriodKind.SPAN, first, 0, last)
        year, part = int(match["year"]), match["part"]
        if part is None:
            return cls(PeriodKind.YEAR, year, 0, year)
        if part in {"9M", "SY"}:
            return cls(PeriodKind(part), year, 0, year + (part == "SY"))
        kind = PeriodKind.HALF if part[0] in "HS" else PeriodKind(part[0])
        return cls(kind, year, int(part[1:]), year)

    @property
    def start(self) -> date:
        """First day by the calendar (a school year begins on 1 September)."""
        return _bounds(self)[0]

    @property
    def end(self) -> date:
        """Last day by the calendar (a school year ends on 31 August)."""
        return _bounds(self)[1]

    def window(self, kind: str) -> tuple[date, date]:
        """First and last day of the window that figures of this period cover.

        Administrative windows close on the 14th (NĐ 09/2019/NĐ-CP, Điều 12); statistical ones follow the
        calendar (NĐ 60/2018/NĐ-CP). A school year has one window only.
        """
        if kind == STATISTICAL or self.kind is PeriodKind.SCHOOL_YEAR:
            return self.start, self.end
        before = self.start - timedelta(days=1)
        return before.replace(day=15), self.end.replace(day=14)

    def contains(self, other: Period) -> bool:
        """Whether `other` lies inside this period by the calendar."""
        return self.start <= other.start and other.end <= self.end

    @property
    def previous(self) -> Period:
        """The period of the same kind just before this one."""
        counts = {PeriodKind.HALF: 2, PeriodKind.QUARTER: 4, PeriodKind.MONTH: 12}
        if self.kind is PeriodKind.SPAN:
            length = self.last_year - self.year + 1
            return Period(self.kind, self.year - length, 0, self.year - 1)
        if self.kind in counts and self.number > 1:
            return Period(self.kind, self.year, self.number - 1, self.year)
        if self.kind in counts:
            return Period(self.kind, self.year - 1, counts[self.kind], self.year - 1)
        return Period(self.kind, self.year - 1, 0, self.last_year - 1)

    @property
    def year_before(self) -> Period:
        """The same period one year earlier."""
        return Period(self.kind, self.year - 1, self.number, self.last_year - 1)

    def __str__(self) -> str:
        if self.kind is PeriodKind.SPAN:
            return f"{self.year}-{self.last_year}"
        if self.kind is PeriodKind.YEAR:
            return str(self.year)
        if self.kind is PeriodKind.NINE_MONTHS:
            return f"{self.year}-9M"
        if self.kind is PeriodKind.SCHOOL_YEAR:
            return f"{self.year}SY"
        return (
            f"{self.year}{self.kind.value}{self.number:02}"
            if self.kind is PeriodKind.MONTH
            else (f"{self.year}{self.kind.value}{self.number}")
        )


@cache
def _bounds(period: Period) -> tuple[date, date]:
    """First and last day of a period. Asked of every row of data, so kept: there are few periods."""
    year, number = period.year, period.number
    match period.kind:
        case PeriodKind.SCHOOL_YEAR:
            return date(year, 9, 1), date(year + 1, 8, 31)
        case PeriodKind.NINE_MONTHS:
            return date(year, 1, 1), date(year, 9, 30)
        case PeriodKind.YEAR | PeriodKind.SPAN:
            return date(year, 1, 1), date(period.last_year, 12, 31)
    length = {PeriodKind.HALF: 6, PeriodKind.QUARTER: 3, PeriodKind.MONTH: 1}[period.kind]
    last = number * length
    return date(year, last - length + 1, 1), date(year, last, monthrange(year, last)[1])
