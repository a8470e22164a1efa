"""Observations asked for one figure at a time: which row counts, what it says, and what can be added up instead."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from bdg_cli.data.counts import Figure as Figure
from bdg_cli.data.counts import Way, adds_over_time, is_plain_count, is_summable, measured, total
from bdg_cli.data.counts import says_illustrative as says_illustrative
from bdg_cli.data.observations import FigureStatus, Observation, Sex
from bdg_cli.data.periods import divisions, months, same_end
from bdg_cli.data.rows import Held, Overlaid, Rows
from bdg_cli.data.territory import Territory
from bdg_cli.dates import ADMINISTRATIVE, Period, PeriodKind
from bdg_cli.models.registry import Area, Definition, Indicator, IndicatorKind, Level, Publication
from bdg_cli.registry import Registry
from bdg_cli.vietnamese import short_date

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
_BY_LEVEL = "level"  # a breakdown: an area's own bodies are counted in none of its parts
_POINTS = 8  # of a series


@dataclass(frozen=True, slots=True)
class Shortfall:
    """Why no sum stands in for a figure that has no row: the areas that lack one, of how many."""

    way: Way
    areas: tuple[str, ...]
    absent: tuple[str, ...]


class Results:
    """All observations, by what they are about."""

    def __init__(self, observations: Iterable[Observation], registry: Registry) -> None:
        self._prepare(Held(observations), registry)

    @classmethod
    def over(cls, rows: Rows, registry: Registry) -> Results:
        """Results over rows that are read when they are asked for."""
        results = cls.__new__(cls)
        results._prepare(rows, registry)
        return results

    def with_rows(self, rows: Iterable[Observation]) -> Results:
        """These figures and further rows, for areas that have none of their own."""
        further = [row for row in rows if not self.history(row.indicator, row.area, row.period)]
        return Results.over(Overlaid(self._rows, Held(further)), self._registry)

    def _prepare(self, rows: Rows, registry: Registry) -> None:
        self._rows = rows
        self._registry = registry
        self._territory = Territory(registry.areas)
        self._found: dict[tuple[str, str, Period, date], Figure | None] = {}
        self._periods: dict[tuple[str, str], set[Period]] = {}

    # ------------------------------------------------------------------------------------------ one figure

    def history(self, indicator: str, area: str, period: Period) -> list[Observation]:
        """All rows of one figure for everybody, the one that counts last."""
        rows = [row for row in self._rows.rows(indicator, area, period) if row.sex is Sex.ALL and not row.group]
        return sorted(rows, key=lambda row: row.rank)

    def figure(self, indicator: str, area: str, period: Period) -> Figure | None:
        """The figure that counts: the newest `as_of` of the best vintage; None where nothing is known.

        Where no row stands, counts are added: of men and women, of the periods within (what arises in a period),
        of the areas below in the tree valid when the period ends. A level or cumulative figure is that of a shorter
        period with the same end.
        """
        return self._as(indicator, area, period, period.end)

    def year_before(self, indicator: str, area: str, period: Period) -> Figure | None:
        """The figure of the same period a year before, for the territory that the area is in `period`."""
        return self._as(indicator, area, period.year_before, period.end)

    def before(self, indicator: str, area: str, period: Period) -> Figure | None:
        """The latest ordinary figure of a period that ended before this one, for "kỳ trước".

        It is of the territory that the area is in `period`: of a merged province, the sum of what became it.
        """
        direct = self._as(indicator, area, period.previous, period.end)
        if direct is not None and direct.known:
            return direct
        ended = [one for one in self._known_periods(indicator, area, period) if one.end <= period.start]
        ended = [one for one in ended if not one.contains(period)]
        return self._first_known(indicator, area, period, sorted(ended, key=_last_and_longest, reverse=True))

    def latest(self, indicator: str, area: str, period: Period) -> Figure | None:
        """The newest ordinary figure of any period that has ended when this one ends, for "kết quả gần nhất"."""
        ended = [one for one in self._known_periods(indicator, area, period) if one.end <= period.end]
        ended = sorted((one for one in ended if one != period), key=lambda one: (one.end, one.start), reverse=True)
        return self._first_known(indicator, area, period, ended)

    def series(self, indicator: str, area: str, period: Period) -> tuple[Figure, ...]:
        """The last ordinary figures up to a period, oldest first: of periods like it; of years where there are none."""
        for kind in (period, Period.parse(str(period.end.year))):
            one, found = kind, []
            for _ in range(_POINTS):
                figure = self._as(indicator, area, one, period.end) if one.end <= period.end else None
                found += [figure] if figure is not None and figure.known else []
                one = one.previous
            if len(found) > 1 or kind.kind is PeriodKind.YEAR:
                return tuple(reversed(found))
        return ()

    def by_sex(self, indicator: str, area: str, period: Period) -> dict[Sex, Figure]:
        """The figures of men, of women, and of those whose sex is not known, as far as there are rows."""
        found = {}
        for sex in (Sex.FEMALE, Sex.MALE, Sex.UNKNOWN):
            rows = [row for row in self._rows.rows(indicator, area, period) if row.sex is sex and not row.group]
            if rows:
                found[sex] = self._of_row(max(rows, key=lambda row: row.rank))
        return found

    def by_group(self, indicator: str, area: str, period: Period) -> dict[str, Figure]:
        """The figures of groups (`ministries`, `kinh`), of both sexes together, in the order in which they stand."""
        found: dict[str, list[Observation]] = {}
        for row in self._rows.rows(indicator, area, period):
            if row.group and row.sex is Sex.ALL:
                found.setdefault(row.group, []).append(row)
        return {group: self._of_row(max(rows, key=lambda row: row.rank)) for group, rows in found.items()}

    def shortfall(self, indicator: str, area: str, period: Period) -> Shortfall | None:
        """Why the areas below do not add up to a figure; None where nobody could expect that they do."""
        known = self._registry.indicators.get(indicator)
        children = self._children(known, area, period)
        absent = tuple(child for child in children if not _has_answer(self._own(indicator, child, period)))
        return Shortfall(Way.BELOW, children, absent) if children and len(absent) < len(children) else None

    def ended(self, area: str, period: Period) -> Area | None:
        """The area, where it has ended before a period does: then no figure of that name can come."""
        return self._territory.ended(area, period.end)

    def obstacle(self, now: Figure, earlier: Figure) -> str:
        """Why two figures of an indicator must not be compared; empty where they may be."""
        if not same_definition(now.definition, earlier.definition):
            later = max((one.from_ for one in (now.definition, earlier.definition) if one and one.from_), default=None)
            since = f" từ ngày {short_date(later)}" if later else ""
            return f"định nghĩa của chỉ tiêu đã đổi{since}"
        indicator = self._registry.indicators.get(now.row.indicator)
        counts = indicator is not None and is_plain_count(indicator, now.definition)
        if counts and months(now.period) != months(earlier.period):
            return "số phát sinh của hai kỳ dài ngắn khác nhau"
        return ""

    # ------------------------------------------------------------------------------------------ ways to a figure

    def _as(self, indicator: str, area: str, period: Period, on: date) -> Figure | None:
        """The figure of a period for the territory that an area is on a day, maybe a later one."""
        key = (indicator, area, period, on)
        if key not in self._found:
            self._found[key] = None  # areas that stand under each other in a circle end here
            self._found[key] = self._look(indicator, area, period, on)
        return self._found[key]

    def _look(self, indicator: str, area: str, period: Period, on: date) -> Figure | None:
        units = self._territory.earlier(area, on, period.end) if on > period.end else (area,)
        if units == (area,):
            return self._own(indicator, area, period)
        parts = [self._own(indicator, unit, period) for unit in units]
        if len(parts) == 1 and parts[0] is not None:  # it has changed its name only
            figure = parts[0]
            return Figure(figure.row, figure.value, figure.window, figure.definition, Way.MERGED, (figure,))
        definition = definition_at(self._registry.indicators.get(indicator), period)
        return self._sum(parts, Way.MERGED, definition, area, period)

    def _own(self, indicator: str, area: str, period: Period) -> Figure | None:
        """The figure of an area as it is named, by a row or by what can be added up."""
        rows = self.history(indicator, area, period)
        written = self._of_row(rows[-1]) if rows else None
        if written is not None and _has_answer(written):
            return written
        known = self._registry.indicators.get(indicator)
        if known is None:
            return written
        return next((found for found in self._derived(known, area, period) if found is not None), written)

    def _derived(self, indicator: Indicator, area: str, period: Period) -> Iterator[Figure | None]:
        definition = definition_at(indicator, period)
        first, last = period.start, period.end
        within = any(first <= one.start and one.end <= last for one in self._periods_of(indicator.id, area))
        if within:
            yield self._sexes(indicator, definition, area, period)
        if indicator.kind is not IndicatorKind.FLOW or period.kind is PeriodKind.SPAN:
            yield from (self._renamed(indicator, area, one, period) for one in same_end(period))
        elif adds_over_time(indicator, definition) and (
            within or self._territory.earlier(area, last, first) != (area,)
        ):
            for parts in divisions(period):
                found = [self._as(indicator.id, area, one, period.end) for one in parts]
                yield self._sum(found, Way.PERIODS, definition, area, period)
        children = self._children(indicator, area, period)
        if children:
            yield self._sum(self._each(indicator.id, children, period), Way.BELOW, definition, area, period)

    def _each(self, indicator: str, areas: Iterable[str], period: Period) -> list[Figure | None]:
        """The figure of each area, up to the first that has none."""
        found: list[Figure | None] = []
        for area in areas:
            found.append(self._as(indicator, area, period, period.end))
            if found[-1] is None:
                break
        return found

    def _sexes(self, indicator: Indicator, definition: Definition | None, area: str, period: Period) -> Figure | None:
        """Men and women together, where both are given and each is counted by itself."""
        found = self.by_sex(indicator.id, area, period)
        if Sex.FEMALE not in found or Sex.MALE not in found or definition is None or not definition.part_of_whole:
            return None
        parts = list(found.values())
        wholes = [part.row.denominator for part in parts if part.status is FigureStatus.ORDINARY]
        shared = definition.denominator is not None and len(wholes) > 1 and len(set(wholes)) == 1
        if shared or len({part.row.vintage for part in parts}) > 1:
            return None  # shares of one whole, or of different times
        return self._sum(parts, Way.SEXES, definition, area, period)

    def _renamed(self, indicator: Indicator, area: str, one: Period, period: Period) -> Figure | None:
        """A figure of another period with the same end, as that of `period`."""
        figure = self._as(indicator.id, area, one, period.end)
        if figure is None or not _has_answer(figure):
            return None
        return Figure(
            figure.row._replace(period=period), figure.value, figure.window, figure.definition, Way.SAME_END, (figure,)
        )

    def _sum(
        self, parts: Sequence[Figure | None], way: Way, definition: Definition | None, area: str, period: Period
    ) -> Figure | None:
        found = [part for part in parts if part is not None]
        if len(found) < len(parts) or definition is None or not is_summable(definition):
            return None
        return total(found, way, definition, area, period)

    def _children(self, indicator: Indicator | None, area: str, period: Period) -> tuple[str, ...]:
        """The areas whose counts make up those of an area; none where the indicator has no figures there."""
        if indicator is None or _BY_LEVEL in indicator.breakdowns or not is_summable(definition_at(indicator, period)):
            return ()
        children = self._territory.below(area, period.end)
        lowest = indicator.lowest_level
        if lowest is not None and any(_deeper(self._registry.areas[child].level, lowest) for child in children):
            return ()
        return children

    def _of_row(self, row: Observation) -> Figure:
        indicator = self._registry.indicators.get(row.indicator)
        window = row.window or (indicator.window if indicator else None)
        definition = definition_at(indicator, row.period)
        return Figure(row, measured(row, definition), window.value if window else ADMINISTRATIVE, definition)

    # ------------------------------------------------------------------------------------------ periods

    def _periods_of(self, indicator: str, area: str) -> set[Period]:
        key = (indicator, area)
        if key not in self._periods:
            self._periods[key] = self._rows.periods(indicator, area)
        return self._periods[key]

    def _known_periods(self, indicator: str, area: str, period: Period) -> set[Period]:
        """The periods that there may be figures for: of the area, of what became it, else of the first area below:
        a sum needs them all.
        """
        units = (area, *self._territory.parts(area, period.end))
        found: set[Period] = set().union(*(self._periods_of(indicator, unit) for unit in units))
        if found:
            return found
        children = self._children(self._registry.indicators.get(indicator), area, period)
        return self._known_periods(indicator, children[0], period) if children else set()

    def _first_known(self, indicator: str, area: str, period: Period, candidates: Iterable[Period]) -> Figure | None:
        """The first ordinary figure of some periods."""
        for one in candidates:
            figure = self._as(indicator, area, one, period.end)
            if figure is not None and figure.known:
                return figure
        return None


def definition_at(indicator: Indicator | None, period: Period) -> Definition | None:
    """The definition in force when a period ends; definitions are dated."""
    if indicator is None:
        return None
    if len(indicator.definitions) == 1 and indicator.definitions[0].from_ is None:
        return indicator.definitions[0]
    known = [entry for entry in indicator.definitions if entry.from_ is None or entry.from_ <= period.end]
    return max(known, key=lambda entry: entry.from_ or date.min, default=None)


def same_definition(one: Definition | None, other: Definition | None) -> bool:
    """Whether two definitions count the same, whatever the days from which they hold."""
    if one is None or other is None:
        return one is other
    return all(
        getattr(one, name) == getattr(other, name) for name in ("numerator", "denominator", "factor", "part_of_whole")
    )


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


def _last_and_longest(period: Period) -> tuple[date, int]:
    return (period.end, -period.start.toordinal())


def _deeper(level: Level, other: Level) -> bool:
    return _LEVELS.index(level) > _LEVELS.index(other)


def _has_answer(figure: Figure | None) -> bool:
    """Whether a figure says something: a value, or why there is none."""
    return figure is not None and (figure.known or figure.status is not FigureStatus.ORDINARY)
