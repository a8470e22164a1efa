"""Observations asked for one figure at a time: which row counts, and what it says."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bdg_cli.data.observations import FigureStatus, Observation, Sex, Vintage
from bdg_cli.dates import ADMINISTRATIVE, Period, PeriodKind
from bdg_cli.models.registry import Definition, Indicator, Level, Publication
from bdg_cli.registry import Registry

_OLDEST = date.min
# How many months lie between two publications: a shorter period has no figure of its own.
_MONTHS = {
    Publication.QUARTER: 3,
    Publication.HALF_YEAR: 6,
    Publication.YEAR: 12,
    Publication.SCHOOL_YEAR: 12,
    Publication.TWO_YEARS: 24,
    Publication.FIVE_YEARS: 60,
    Publication.TERM: 60,
}
_LEVELS = (Level.CENTRAL, Level.PROVINCE, Level.DISTRICT, Level.COMMUNE)


@dataclass(frozen=True, slots=True)
class Figure:
    """The figure that counts, with the row it comes from. `value` is unrounded, None unless ordinary."""

    row: Observation
    value: Decimal | None
    window: str = ADMINISTRATIVE

    @property
    def status(self) -> FigureStatus:
        """Ordinary, or why there is no value."""
        return self.row.status

    @property
    def period(self) -> Period:
        """The period it is for."""
        return self.row.period

    @property
    def estimate(self) -> bool:
        """Whether it is an estimate: said so, or cut off before its window has closed (design.md 2)."""
        row = self.row
        if row.vintage is Vintage.ESTIMATE:
            return True
        return row.cutoff is not None and row.cutoff < row.period.window(self.window)[1]


class Results:
    """All observations, by what they are about."""

    def __init__(self, observations: Iterable[Observation], registry: Registry) -> None:
        self._registry = registry
        self._rows: dict[tuple[str, str], list[Observation]] = {}
        for row in observations:
            self._rows.setdefault((row.indicator, row.area), []).append(row)

    def with_rows(self, rows: Iterable[Observation]) -> Results:
        """These figures and further rows, for areas that have none of their own."""
        own = [row for known in self._rows.values() for row in known]
        taken = {(row.indicator, row.area, row.period) for row in own if row.sex is Sex.ALL and not row.group}
        further = [row for row in rows if (row.indicator, row.area, row.period) not in taken]
        return Results((*own, *further), self._registry)

    def history(self, indicator: str, area: str, period: Period) -> list[Observation]:
        """All rows of one figure for everybody, the one that counts last."""
        rows = [
            row
            for row in self._rows.get((indicator, area), ())
            if row.period == period and row.sex is Sex.ALL and not row.group
        ]
        return sorted(rows, key=lambda row: (row.vintage.rank, row.as_of or _OLDEST))

    def figure(self, indicator: str, area: str, period: Period) -> Figure | None:
        """The figure that counts: the newest `as_of` of the best vintage; None where no row stands."""
        rows = self.history(indicator, area, period)
        return self._figure(rows[-1]) if rows else None

    def before(self, indicator: str, area: str, period: Period) -> Figure | None:
        """The latest ordinary figure of a period that ended before this one, for "kỳ trước"."""
        direct = self.figure(indicator, area, period.previous)
        if direct is not None and direct.value is not None:
            return direct
        rows = [
            row
            for row in self._rows.get((indicator, area), ())
            if row.period.end < period.end and not row.period.contains(period) and row.sex is Sex.ALL and not row.group
        ]
        figures = [self.figure(indicator, area, row.period) for row in rows if row.period.end <= period.start]
        ordinary = [figure for figure in figures if figure is not None and figure.value is not None]
        return max(ordinary, key=lambda figure: figure.period.end, default=None)

    def latest(self, indicator: str, area: str, period: Period) -> Figure | None:
        """The newest ordinary figure of any period that has ended when this one ends, for "kết quả gần nhất"."""
        rows = self._rows.get((indicator, area), ())
        ended = {row.period for row in rows if row.period.end <= period.end and row.period != period}
        figures = [self.figure(indicator, area, one) for one in ended]
        ordinary = [figure for figure in figures if figure is not None and figure.value is not None]
        return max(ordinary, key=lambda figure: (figure.period.end, figure.period.start), default=None)

    def _figure(self, row: Observation) -> Figure:
        indicator = self._registry.indicators.get(row.indicator)
        window = row.window or (indicator.window if indicator else None)
        definition = definition_at(indicator, row.period)
        value = row.rate(definition.factor if definition else Decimal(1))
        shown = value if row.status is FigureStatus.ORDINARY else None
        return Figure(row, shown, window.value if window else ADMINISTRATIVE)


def says_illustrative(source: str) -> bool:
    """Whether a row's source says that the figure is made up to show how bdg works."""
    return "minh họa" in source.lower()


def definition_at(indicator: Indicator | None, period: Period) -> Definition | None:
    """The definition in force when a period ends; definitions are dated."""
    if indicator is None:
        return None
    known = [entry for entry in indicator.definitions if entry.from_ is None or entry.from_ <= period.end]
    return max(known, key=lambda entry: entry.from_ or _OLDEST, default=None)


def is_published(indicator: Indicator, level: Level | None, period: Period) -> bool:
    """Whether a figure of that level can be expected for that period.

    A half-year has no value of a yearly indicator, a province none of one that is published for the country
    only; then the answer is "chưa đến kỳ công bố", not "chưa có số liệu". Where nobody has verified how an
    indicator is published, nothing is ruled out.
    """
    if not indicator.publication_known:
        return True
    lowest = indicator.lowest_level
    if lowest is not None and level is not None and _LEVELS.index(level) > _LEVELS.index(lowest):
        return False
    months = _MONTHS.get(indicator.publication) if indicator.publication else None
    if months is None:
        return True
    length = (period.end.year - period.start.year) * 12 + period.end.month - period.start.month + 1
    return length >= months or period.kind is PeriodKind.SCHOOL_YEAR
