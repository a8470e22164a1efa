"""A report from many repositories: the counts of the units summed, what is missing, what stands twice, and which unit
has set which target. Pure.

Rates are never averaged: a sum needs numerator and denominator of every unit. A sum that lacks a unit is shown and not
judged. An area counts once: its own figure before those of its parts, one repository's before the same from another,
and none where two repositories contradict each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from bdg_cli.data.locking import SUMMED
from bdg_cli.data.observations import FigureStatus, Observation, Sex, Vintage
from bdg_cli.data.results import Figure, Results, definition_at, says_illustrative
from bdg_cli.data.table import Line, Origin
from bdg_cli.data.verdicts import Verdict
from bdg_cli.dates import Period
from bdg_cli.models.plan import Measure, Operator, Target
from bdg_cli.models.registry import Area, Definition
from bdg_cli.plan import Plan
from bdg_cli.progress import MeasureProgress, TargetProgress
from bdg_cli.registry import Registry

_UPWARDS, _DOWNWARDS = {Operator.AT_LEAST, Operator.ABOVE}, {Operator.AT_MOST, Operator.BELOW}


@dataclass(frozen=True, slots=True)
class Unit:
    """One included repository: its folder, the area it is of, the areas it knows, its own figures, its plans.

    `reported` are the areas that its figures are of.
    """

    folder: str
    area: str
    areas: Mapping[str, Area]
    results: Results
    reported: frozenset[str]
    plans: tuple[Plan, ...]


@dataclass(frozen=True, slots=True)
class Sum:
    """The counts of one indicator in one period over the parts of an area. All lists hold area ids.

    `row` is the summed figure where no part is missing, else None. `twice` and `conflicts` name the folders;
    `invented` where a figure says that it is made up to show how bdg works.
    """

    indicator: str
    period: Period
    numerator: Decimal
    denominator: Decimal
    value: Decimal | None
    row: Observation | None
    counted: tuple[str, ...]
    without_repository: tuple[str, ...]
    without_figure: tuple[str, ...]
    without_counts: tuple[str, ...]
    twice: tuple[tuple[str, tuple[str, ...]], ...]
    conflicts: tuple[tuple[str, tuple[str, ...]], ...]
    covered: tuple[tuple[str, str], ...]
    invented: bool

    @property
    def missing(self) -> tuple[str, ...]:
        """Every area that the sum lacks."""
        disputed = tuple(area for area, _ in self.conflicts)
        return (*self.without_repository, *self.without_figure, *self.without_counts, *disputed)

    @property
    def expected(self) -> int:
        """How many areas there are to be summed."""
        return len(self.counted) + len(self.missing)


@dataclass(frozen=True, slots=True)
class Cascade:
    """One measure of the plan above, and what the units have made of it. Area ids; `weaker` with the unit's measure."""

    target: Target
    measure: Measure
    carried: tuple[str, ...]
    weaker: tuple[tuple[str, Measure], ...]
    unset: tuple[str, ...]
    without_repository: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RollUp:
    """What the included repositories say of one plan in one period, and the names of the areas."""

    areas: Mapping[str, Area]
    expected: tuple[str, ...]
    included: tuple[str, ...]
    sums: Mapping[str, Sum]
    cascades: tuple[Cascade, ...]
    rows: tuple[Observation, ...]

    def name(self, area: str) -> str:
        """`xã An Bình`."""
        known = self.areas.get(area)
        return f"{known.unit or ''} {known.name}".strip() if known else area


def of_plan(plan: Plan, registry: Registry, units: tuple[Unit, ...], periods: Iterable[Period]) -> RollUp:
    """The roll-up for a plan. The first period is the report's; the others are summed for comparison only."""
    areas: dict[str, Area] = {}
    for unit in units:
        areas.update(unit.areas)
    areas.update(registry.areas)
    own = plan.file.area or ""
    asked = tuple(dict.fromkeys(periods))
    indicators = dict.fromkeys(measure.indicator for _, measure in plan.measures() if measure.indicator)
    sums = {
        (indicator, period): _Summing(own, areas, units, indicator, period).done(
            definition_at(registry.indicators.get(indicator), period)
        )
        for indicator in indicators
        for period in asked
    }
    expected = tuple(_expected(own, areas, {unit.area for unit in units}, asked[0], {own}))
    return RollUp(
        areas=areas,
        expected=expected,
        included=tuple(dict.fromkeys(unit.area for unit in units)),
        sums={indicator: sums[indicator, asked[0]] for indicator in indicators},
        cascades=tuple(_cascades(plan, units, expected, asked[0])),
        rows=tuple(one.row for one in sums.values() if one.row is not None),
    )


def children(area: str, areas: Mapping[str, Area], period: Period) -> list[str]:
    """The parts of an area that there are when a period ends."""
    return [
        one.id for one in areas.values() if one.parent == area and (one.valid is None or one.valid.covers(period.end))
    ]


def is_within(area: str, whole: str, areas: Mapping[str, Area]) -> bool:
    """Whether an area is a part of another, at whatever depth."""
    seen: set[str] = set()
    while area in areas and area not in seen:
        seen.add(area)
        area = areas[area].parent or ""
        if area == whole:
            return True
    return False


def _expected(area: str, areas: Mapping[str, Area], known: set[str], period: Period, seen: set[str]) -> Iterator[str]:
    """The areas that should have a repository: those that have one, and of the others the smallest."""
    for child in children(area, areas, period):
        if child in seen:
            continue  # areas that stand under each other in a circle
        seen.add(child)
        parts = [] if child in known else list(_expected(child, areas, known, period, seen))
        yield from parts or [child]


@dataclass
class _Summing:
    """One sum under way."""

    whole: str
    areas: Mapping[str, Area]
    units: tuple[Unit, ...]
    indicator: str
    period: Period
    figures: list[Figure] = field(default_factory=list)
    counted: list[str] = field(default_factory=list)
    without_repository: list[str] = field(default_factory=list)
    without_figure: list[str] = field(default_factory=list)
    without_counts: list[str] = field(default_factory=list)
    twice: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    conflicts: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    covered: list[tuple[str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.found: dict[str, list[tuple[str, Figure]]] = {}
        self.taken = {self.whole}
        for unit in self.units:
            for area in sorted(unit.reported):
                figure = unit.results.figure(self.indicator, area, self.period)
                if figure is not None and (figure.value is not None or figure.status is FigureStatus.NONE):
                    self.found.setdefault(area, []).append((unit.folder, figure))

    def done(self, definition: Definition | None) -> Sum:
        """The sum over all parts of the whole."""
        for child in children(self.whole, self.areas, self.period):
            self._take(child)
        rows = [figure.row for figure in self.figures]
        numerator = sum((row.numerator or Decimal(0) for row in rows), Decimal(0))
        denominator = sum((row.denominator or Decimal(0) for row in rows), Decimal(0))
        factor = definition.factor if definition else Decimal(1)
        made = Sum(
            self.indicator, self.period, numerator, denominator,
            numerator / denominator * factor if denominator else None, None,
            tuple(self.counted), tuple(self.without_repository), tuple(self.without_figure),
            tuple(self.without_counts), tuple(self.twice), tuple(self.conflicts), tuple(self.covered),
            any(says_illustrative(row.source) for row in rows),
        )  # fmt: skip
        if not rows or made.missing:
            return made
        return replace(made, row=self._row(made))

    def _take(self, area: str) -> None:
        """Count one area: by its own figure, else by those of its parts."""
        if area in self.taken:
            return  # areas that stand under each other in a circle
        self.taken.add(area)
        found = self.found.get(area)
        below = [other for other in self.found if is_within(other, area, self.areas)]
        if not found:
            self._without_own(area, bool(below))
            return
        self.covered += [(part, area) for part in below]
        counted = [(folder, figure) for folder, figure in found if _counts(figure) is not None]
        folders = tuple(folder for folder, _ in counted)
        if not counted:
            self.without_counts.append(area)
        elif len({_counts(figure) for _, figure in counted}) > 1:
            self.conflicts.append((area, folders))
        else:
            if len(folders) > 1:
                self.twice.append((area, folders))
            self.counted.append(area)
            self.figures.append(counted[0][1])

    def _without_own(self, area: str, figures_below: bool) -> None:
        parts = children(area, self.areas, self.period)
        has_repository = any(unit.area == area for unit in self.units)
        if parts and (figures_below or not has_repository):
            for part in parts:
                self._take(part)
        elif has_repository:
            self.without_figure.append(area)
        else:
            self.without_repository.append(area)

    def _row(self, made: Sum) -> Observation:
        rows = [figure.row for figure in self.figures]
        estimate = any(figure.estimate for figure in self.figures)
        windows = {row.window for row in rows}
        cutoffs = [row.cutoff for row in rows if row.cutoff is not None]
        days = [row.as_of for row in rows if row.as_of is not None]
        invented = (
            "; số liệu minh họa, không phải số thật" if any(says_illustrative(row.source) for row in rows) else ""
        )
        return Observation(
            line=Line(Origin(f"{SUMMED}{len(rows)}", ()), 0, "", (1, 0)),
            indicator=self.indicator,
            area=self.whole,
            period=self.period,
            sex=Sex.ALL,
            group="",
            numerator=made.numerator,
            denominator=made.denominator,
            value=None,
            status=FigureStatus.ORDINARY if made.denominator else FigureStatus.NONE,
            vintage=Vintage.ESTIMATE if estimate else min((row.vintage for row in rows), key=lambda one: one.rank),
            window=windows.pop() if len(windows) == 1 else None,
            cutoff=min(cutoffs, default=None),
            as_of=max(days, default=None),
            source=f"Cộng từ {len(rows)} đơn vị{invented}",
            note="",
        )


def _counts(figure: Figure) -> tuple[Decimal, Decimal] | None:
    """Numerator and denominator, nothing for nothing where nothing happened; None where only a rate is known."""
    row = figure.row
    if row.numerator is not None and row.denominator is not None:
        return row.numerator, row.denominator
    return (Decimal(0), Decimal(0)) if figure.status is FigureStatus.NONE else None


def _cascades(plan: Plan, units: tuple[Unit, ...], expected: tuple[str, ...], period: Period) -> Iterator[Cascade]:
    known = {unit.area for unit in units}
    for target, measure in plan.measures():
        carried: dict[str, list[Measure]] = {}
        for unit in units:
            below = [
                own
                for other in unit.plans
                if other.file.area != plan.file.area and other.period is not None and _overlap(other.period, period)
                for _, own in other.measures()
                if _carries_out(own, plan, measure)
            ]
            if below and unit.area in expected:
                carried.setdefault(unit.area, []).extend(below)
        weaker = [(area, own) for area, below in carried.items() for own in below if is_weaker(own, measure, plan)]
        yield Cascade(
            target=target,
            measure=measure,
            carried=tuple(carried),
            weaker=tuple(weaker),
            unset=tuple(area for area in expected if area in known and area not in carried),
            without_repository=tuple(area for area in expected if area not in known),
        )


def _overlap(one: Period, other: Period) -> bool:
    return one.start <= other.end and other.start <= one.end


def _carries_out(own: Measure, plan: Plan, measure: Measure) -> bool:
    """Whether a unit's measure carries out a measure of the plan above: says so, or both carry out the same one."""
    if own.carries_out:
        return own.carries_out in {f"{plan.id}/{measure.id}", measure.carries_out}
    return own.indicator is not None and own.indicator == measure.indicator


def is_weaker(own: Measure, above: Measure, plan: Plan) -> bool:
    """Whether a unit asks less of itself than the plan above in the same year."""
    if own.value is None or above.value is None or own.due != (above.due or plan.last_year):
        return False
    if own.op in _UPWARDS and above.op in _UPWARDS:
        return own.value < above.value
    return own.op in _DOWNWARDS and above.op in _DOWNWARDS and own.value > above.value


def with_partial_sums(targets: tuple[TargetProgress, ...], union: RollUp) -> tuple[TargetProgress, ...]:
    """Targets whose sum lacks a unit are "chưa đủ số liệu", rather than without figures."""
    return tuple(_with_partial_sums(target, union) for target in targets)


def _with_partial_sums(target: TargetProgress, union: RollUp) -> TargetProgress:
    measures = tuple(
        replace(entry, judged=replace(entry.judged, verdict=Verdict.INCOMPLETE)) if _is_partial(entry, union) else entry
        for entry in target.measures
    )
    if measures == target.measures or target.verdict not in {Verdict.MISSING, Verdict.NOT_DUE}:
        return replace(target, measures=measures)
    return replace(target, measures=measures, verdict=Verdict.INCOMPLETE)


def _is_partial(entry: MeasureProgress, union: RollUp) -> bool:
    known = union.sums.get(entry.measure.indicator or "")
    lacking = entry.judged.verdict in {Verdict.MISSING, Verdict.NOT_DUE}
    return lacking and known is not None and bool(known.counted) and known.row is None
