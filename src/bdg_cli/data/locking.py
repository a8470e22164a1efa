"""Locked figures against those of today: what a report has said, and what has changed since. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bdg_cli.data.observations import FigureStatus
from bdg_cli.data.results import Figure, Results
from bdg_cli.dates import Period
from bdg_cli.findings import Place
from bdg_cli.models.lock import LockedFigure, LockedPlan, LockFile
from bdg_cli.vietnamese import rounded

PLACES = 6  # of a locked value; numerator and denominator are kept whole
SUMMED = (
    "include:"  # how the path of a figure begins that was summed from other repositories and stands in no file here
)


@dataclass(frozen=True, slots=True)
class Now:
    """What a figure says today, in the fields that a lock keeps. All empty where no row stands."""

    numerator: Decimal | None = None
    denominator: Decimal | None = None
    value: Decimal | None = None
    status: str = ""
    vintage: str = ""
    as_of: date | None = None
    path: str | None = None
    place: Place | None = None
    note: str = ""


def now(figure: Figure | None) -> Now:
    """A figure in the fields of a lock. The one place that knows how a figure keeps them."""
    if figure is None:
        return Now(status=FigureStatus.MISSING.value)
    row = figure.row
    place = row.line.place()
    return Now(
        row.numerator, row.denominator, _value(figure), row.status.value, row.vintage.value, row.as_of, place.path,
        place, row.note,
    )  # fmt: skip


def _value(figure: Figure) -> Decimal | None:
    """The value of a figure as a lock keeps it."""
    return None if figure.value is None else rounded(figure.value, PLACES).normalize()


@dataclass(frozen=True, slots=True)
class Stated:
    """A locked figure, and the report that said it."""

    period: Period
    report: LockedPlan
    figure: LockedFigure

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What the figure is about: plan, indicator, area, period."""
        locked = self.figure
        return (self.report.plan, locked.indicator or "", locked.area or "", str(locked.period))


@dataclass(frozen=True, slots=True)
class Restatement:
    """A figure that reads otherwise today than when a report was locked."""

    stated: Stated
    figure: Figure | None
    now: Now

    @property
    def added(self) -> bool:
        """Whether there was no figure then: one that came late, rather than one that was changed."""
        return self.stated.figure.value is None


def newest(locks: Mapping[str, LockFile], before: Period | None = None) -> dict[tuple[str, str, str, str], Stated]:
    """What was said last of each figure: the lock of the latest period counts, of two for one period the later.

    `before`: only locks of periods other than this one that do not end after it.
    """
    said: dict[tuple[str, str, str, str], Stated] = {}
    for lock in sorted(locks.values(), key=lambda one: (one.period.end, -one.period.start.toordinal(), one.today)):
        if before is not None and (lock.period == before or lock.period.end > before.end):
            continue
        for report in lock.plans:
            for figure in report.figures:
                stated = Stated(lock.period, report, figure)
                said[stated.key] = stated
    return said


def restated(said: Mapping[tuple[str, str, str, str], Stated], results: Results) -> Iterator[Restatement]:
    """The figures that read otherwise today, in the order in which they were said."""
    for stated in said.values():
        locked = stated.figure
        if not locked.indicator or not locked.area:
            continue
        figure = results.figure(locked.indicator, locked.area, locked.period)
        if figure is None and (locked.path or "").startswith(SUMMED):
            continue  # only a report with the same repositories could say what it is today
        if _differs(locked, figure):
            yield Restatement(stated, figure, now(figure))


def _differs(locked: LockedFigure, figure: Figure | None) -> bool:
    value = _value(figure) if figure else None
    if figure is None or value is None or locked.value is None:
        return (locked.value is None) is not (value is None)
    counts = (locked.numerator, locked.denominator, figure.row.numerator, figure.row.denominator)
    if None not in counts:
        return counts[:2] != counts[2:]
    return locked.value != value
