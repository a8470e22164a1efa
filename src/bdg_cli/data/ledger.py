"""How a figure that comes in joins those that are there: added, a newer row of its history, the same, or refused.

History is kept: a figure that changed gets a new row with a newer `as_of`. Only what came in on the same day into the
same file is corrected in place, since history is kept by days. Pure.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum

from bdg_cli.data.guard import guarded
from bdg_cli.data.observations import FigureStatus, Observation, Sex, Vintage
from bdg_cli.dates import Period
from bdg_cli.models.registry import Window
from bdg_cli.vietnamese import number, short_date

_NEVER = date.min


@dataclass(frozen=True, slots=True)
class NewFigure:
    """A figure as it came in, before it is a row."""

    indicator: str
    area: str
    period: Period
    sex: Sex
    numerator: Decimal | None
    denominator: Decimal | None
    value: Decimal | None
    status: FigureStatus
    vintage: Vintage
    window: Window
    cutoff: date | None
    source: str
    note: str

    @property
    def key(self) -> tuple[str, str, str, str, str]:
        """What it is about, as Observation.key."""
        return (self.indicator, self.area, str(self.period), self.sex.value, "")

    def cells(self, day: date) -> dict[str, str]:
        """Its cells by column, for a row that is known since `day`."""
        return {
            "indicator": self.indicator, "area": self.area, "period": str(self.period), "sex": self.sex.value,
            "group": "", "numerator": plain(self.numerator), "denominator": plain(self.denominator),
            "value": plain(self.value), "status": self.status.value, "vintage": self.vintage.value,
            "window": self.window.value, "cutoff": self.cutoff.isoformat() if self.cutoff else "",
            "source": guarded(" ".join(self.source.split())), "as_of": day.isoformat(),
            "note": guarded(" ".join(self.note.split())),
        }  # fmt: skip


class Step(Enum):
    """What a figure that comes in does to the data."""

    ADDED = "added"
    CHANGED = "changed"
    CORRECTED = "corrected"
    SAME = "same"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Entered:
    """The step, the row it follows or corrects, and why it is refused."""

    step: Step
    before: Observation | None = None
    why: str = ""


class Ledger:
    """The rows that are there, by what they are about."""

    def __init__(self, rows: Iterable[Observation]) -> None:
        self._rows: dict[tuple[str, str, str, str, str], list[Observation]] = {}
        for row in rows:
            self._rows.setdefault(row.key, []).append(row)

    def current(self, key: tuple[str, str, str, str, str]) -> Observation | None:
        """The row that counts: the newest `as_of` of the best vintage."""
        return max(self._rows.get(key, ()), key=lambda row: (row.vintage.rank, row.as_of or _NEVER), default=None)

    def enter(self, new: NewFigure, path: str, day: date) -> Entered:
        """What the figure does when it comes in on `day` for the file `path`."""
        best = self.current(new.key)
        if best is None:
            return Entered(Step.ADDED)
        alike = [row for row in self._rows[new.key] if row.vintage is new.vintage]
        last = max(alike, key=lambda row: row.as_of or _NEVER, default=None)
        if best.vintage.rank > new.vintage.rank:
            if says_same(best, new):
                return Entered(Step.SAME, best)
            told = new.vintage.term or "không ghi độ chính thức"
            why = f"đã có số {best.vintage.term} {shown(best)} ({_where(best)}); số {told} không thay được số ấy"
            return Entered(Step.REFUSED, best, why)
        if last is None:
            return Entered(Step.CHANGED, best)
        if says_same(last, new) and _adds_no_word(last, new):
            return Entered(Step.SAME, last)
        if (last.as_of or _NEVER) < day:
            return Entered(Step.CHANGED, last)
        if last.as_of == day and last.line.source.path == path:
            return Entered(Step.CORRECTED, last)
        when = "cùng ngày" if last.as_of == day else "mới hơn"
        return Entered(Step.REFUSED, last, f"đã có số {when} {shown(last)} ({_where(last)}); hãy hỏi lại số nào đúng")


def says_same(row: Observation, new: NewFigure) -> bool:
    """Whether a row says the same figure: by its counts where both have them, else by its value."""
    if row.status is not new.status:
        return False
    if new.status is not FigureStatus.ORDINARY:
        return True
    if None not in (row.numerator, new.numerator):
        return row.numerator == new.numerator and row.denominator == new.denominator
    return row.numerator == new.numerator and row.value == new.value


def _adds_no_word(row: Observation, new: NewFigure) -> bool:
    """Whether the source and the note that came with a figure are those of the row, or none."""
    return all(
        not written or " ".join(written.split()) == known
        for written, known in ((new.source, row.source), (new.note, row.note))
    )


def shown(figure: Observation | NewFigure) -> str:
    """A figure in words: `66/85`, `59,1`, `không phát sinh`."""
    if figure.status is not FigureStatus.ORDINARY:
        return figure.status.term
    if figure.numerator is not None and figure.denominator is not None:
        return f"{number(figure.numerator)}/{number(figure.denominator)}"
    known = next((one for one in (figure.value, figure.numerator, figure.denominator) if one is not None), None)
    return number(known) if known is not None else "trống"


def row_text(cells: dict[str, str], columns: Sequence[str]) -> str:
    """One line of CSV, without its newline."""
    out = io.StringIO()
    csv.writer(out, lineterminator="").writerow([cells[column] for column in columns])
    return out.getvalue()


def _where(row: Observation) -> str:
    since = f", ngày {short_date(row.as_of)}" if row.as_of else ""
    return f"{row.line.source.path}:{row.line.number}{since}"


def plain(value: Decimal | None) -> str:
    """A number as files write it: no exponent, no zeros that say nothing; empty for None."""
    if value is None:
        return ""
    written = f"{value:f}"
    return written.rstrip("0").rstrip(".") if "." in written else written
