"""Where a plan stands in a period: each measure with its owner, its figures and its verdict. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bdg_cli import facts
from bdg_cli.data.results import Figure, Results
from bdg_cli.data.verdicts import Ground, Judged, Verdict, judge, of_target, of_value, reaches
from bdg_cli.dates import Period
from bdg_cli.models.plan import Measure, Objective, Operator, Role, Target
from bdg_cli.models.registry import Indicator
from bdg_cli.plan import Plan
from bdg_cli.registry import Registry
from bdg_cli.vietnamese import number, rounded
from bdg_cli.workdays import Calendar

_MOST_PLACES = 6
_SIGNS = {
    Operator.AT_LEAST: "≥ ",
    Operator.ABOVE: "> ",
    Operator.AT_MOST: "≤ ",
    Operator.BELOW: "< ",
    Operator.EQUAL: "",
    Operator.ABOUT: "≈ ",
}


@dataclass(frozen=True, slots=True)
class Trend:
    """An earlier figure beside the one of the period: by how much it changed, or why the two are not compared."""

    earlier: Figure
    change: Decimal | None
    obstacle: str


@dataclass(frozen=True, slots=True)
class MeasureProgress:
    """One measure in one period. `owners` and `sources` are agency ids.

    `before` and `year_before` are figures that the one of the period may be compared with; what may not be (counted
    by another definition) is in `trend` and `year_trend` only, with the reason.
    """

    target: Target
    measure: Measure
    indicator: Indicator | None
    judged: Judged
    before: Figure | None
    latest: Figure | None
    year_before: Figure | None
    owners: tuple[str, ...]
    sources: tuple[str, ...]
    due: int | None
    milestone: tuple[int, Verdict] | None
    trend: Trend | None = None
    year_trend: Trend | None = None

    @property
    def earlier(self) -> Figure | None:
        """The figure of the period before as a table states it: also one that is not compared."""
        return self.trend.earlier if self.trend else self.before

    @property
    def year_earlier(self) -> Figure | None:
        """The figure of a year before as a table states it: also one that is not compared."""
        return self.year_trend.earlier if self.year_trend else self.year_before

    @property
    def incomparable(self) -> tuple[str, ...]:
        """What must be said because it is not compared: `không so sánh với kỳ 2022: …`."""
        trends = {str(one.earlier.period): one for one in (self.trend, self.year_trend) if one and one.obstacle}
        return tuple(f"không so sánh với kỳ {period}: {one.obstacle}" for period, one in trends.items())

    @property
    def unit(self) -> str:
        """The unit of the figure: the measure's, else the indicator's."""
        return self.measure.unit or (self.indicator.unit if self.indicator else "")


@dataclass(frozen=True, slots=True)
class TargetProgress:
    """One target: its measures, and the verdict on all of them together."""

    objective: Objective
    target: Target
    measures: tuple[MeasureProgress, ...]
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class ReportDue:
    """What one agency owes for a period: the last valid day, and the day it was sent. None where not known."""

    plan: str
    agency: str
    due: date | None
    sent: date | None


def of_plan(plan: Plan, registry: Registry, results: Results, period: Period) -> tuple[TargetProgress, ...]:
    """Every target of a plan, in order."""
    found = []
    for objective, target in plan.walk_targets():
        measures = tuple(_measure(plan, registry, results, period, target, measure) for measure in target.measures)
        verdict = of_target([entry.judged.verdict for entry in measures])
        found.append(TargetProgress(objective, target, measures, verdict))
    return tuple(found)


def _measure(
    plan: Plan, registry: Registry, results: Results, period: Period, target: Target, measure: Measure
) -> MeasureProgress:
    indicator = registry.indicators.get(measure.indicator or "")
    area = plan.file.area or ""
    level = registry.areas[area].level if area in registry.areas else None
    judged = judge(measure, results, indicator, area, level, period, plan.last_year)
    name = indicator.id if indicator else ""
    before, year_before = results.before(name, area, period), results.year_before(name, area, period)
    trend, year_trend = (_trend(results, judged.figure, earlier) for earlier in (before, year_before))
    return MeasureProgress(
        target=target,
        measure=measure,
        indicator=indicator,
        judged=judged,
        before=None if trend and trend.obstacle else before,
        latest=results.latest(name, area, period),
        year_before=None if year_trend and year_trend.obstacle else year_before,
        owners=tuple(dict.fromkeys(claim.agency for claim in plan.owners(measure.id))),
        sources=_sources(plan, measure),
        due=measure.due or plan.last_year,
        milestone=_milestone(judged, period),
        trend=trend,
        year_trend=year_trend,
    )


def _trend(results: Results, now: Figure | None, earlier: Figure | None) -> Trend | None:
    """How a figure stands to an earlier one; None where one of them has no value."""
    if now is None or earlier is None or now.value is None or earlier.value is None:
        return None
    obstacle = results.obstacle(now, earlier)
    return Trend(earlier, None if obstacle else now.value - earlier.value, obstacle)


def _milestone(judged: Judged, period: Period) -> tuple[int, Verdict] | None:
    """The next milestone from the period on, and what the figure is when held against it alone."""
    figure = judged.figure
    ahead = [entry for entry in judged.measure.milestones if entry.year >= period.end.year]
    if not ahead or figure is None or figure.value is None or judged.ground is Ground.PART_OF_YEAR:
        return None
    step = min(ahead, key=lambda entry: entry.year)
    measure = judged.measure
    aim = measure.model_copy(
        update={"op": step.op or measure.op, "value": step.value, "milestones": (), "baseline": None}
    )
    return step.year, of_value(aim, figure.value, period, step.year)


def verdict_text(entry: MeasureProgress) -> str:
    """The verdict in words; a milestone that is reached says more than "chưa đến hạn"."""
    verdict = entry.judged.verdict
    if verdict is Verdict.NOT_DUE_YET and entry.milestone and entry.milestone[1] in {Verdict.MET, Verdict.EXCEEDED}:
        return f"{entry.milestone[1].term} mốc {entry.milestone[0]}"
    return verdict.term


def _sources(plan: Plan, measure: Measure) -> tuple[str, ...]:
    chain = plan.numbers.get(measure.id, (measure.id,))
    claims = [claim for claim in plan.claims if claim.role is Role.DATA and claim.number in chain]
    return tuple(dict.fromkeys(claim.agency for claim in claims))


def shown(value: Decimal, measure: Measure) -> str:
    """A value as printed: one decimal, or as many as it takes not to contradict its verdict (59,95 is not 60,0)."""
    return number(printed(value, measure))


def printed(value: Decimal, measure: Measure) -> Decimal:
    """The number that `shown` writes, for charts."""
    for places in range(1, _MOST_PLACES):
        short = rounded(value, places)
        if _says_same(short, value, measure):
            return _trimmed(short)
    return _trimmed(rounded(value, _MOST_PLACES))


def contradicting(value: Decimal, measure: Measure) -> str:
    """The value with one decimal, where that would contradict its verdict; empty where it is what is printed."""
    short = rounded(value, 1)
    return "" if _says_same(short, value, measure) else number(_trimmed(short))


def _says_same(short: Decimal, value: Decimal, measure: Measure) -> bool:
    if measure.op is None or measure.value is None:
        return True
    tolerance = measure.tolerance or Decimal(0)
    same_side = reaches(measure.op, short, measure.value, tolerance, measure.side) == reaches(
        measure.op, value, measure.value, tolerance, measure.side
    )
    return same_side and (short == measure.value) == (value == measure.value)


def _trimmed(value: Decimal) -> Decimal:
    """60.0 is 60; 100 is not 1E+2."""
    plain = value.normalize()
    exponent = plain.as_tuple().exponent
    return rounded(plain, 0) if isinstance(exponent, int) and exponent > 0 else plain


def quantity(text: str, unit: str) -> str:
    """A printed number with its unit: `60%`, `1,7 lần`, `42/100.000 trẻ sinh sống`."""
    if unit == "%":
        return f"{text}%"
    if unit.startswith("ca/"):
        return f"{text}/{unit.removeprefix('ca/')}"
    return f"{text} {unit}".rstrip()


def value_text(measure: Measure, unit: str = "") -> str:
    """The value of a measure as a sentence prints it; the unit alone where the original gave no number."""
    if measure.value is None:
        return measure.unit or unit
    return quantity(number(measure.value), measure.unit or unit)


def target_text(measure: Measure, unit: str) -> str:
    """What is to be reached, in words: `đạt 60%`, `dưới 30%`."""
    if measure.op is None or measure.value is None:
        return measure.evidence or "không nêu giá trị"
    return f"{measure.op.term} {value_text(measure, unit)}"


def wanted(measure: Measure) -> str:
    """What is to be reached, as a table cell: `≥ 60`."""
    if measure.op is None or measure.value is None:
        return "định tính" if measure.qualitative else "không nêu"
    return f"{_SIGNS[measure.op]}{number(measure.value)}"


def reports_due(
    plan: Plan,
    registry: Registry,
    calendar: Calendar,
    period: Period,
    sent: dict[str, date | None],
    agreed: date | None,
) -> tuple[ReportDue, ...]:
    """Who owes a report on a plan for a period, until which working day, and when it came.

    `agreed` is the day a letter has set where the plan itself names none.
    """
    duties: dict[str, date | None] = {}
    for claim in plan.claims:
        if claim.role in {Role.OWNER, Role.DATA}:
            duties.setdefault(claim.agency, None)
    for entry in plan.file.reporting:
        day = facts.reporting(entry).last_day(period)
        due = calendar.last_working_day(day) if day else None
        members = [member for agency in entry.from_ for member in registry.members(agency)]
        for agency in members:
            if agency in entry.from_ or agency in duties:  # a member answers for itself only if it has targets
                duties[agency] = duties.get(agency) or due
        duties.pop(entry.to or "", None)  # it does not report to itself
    known = {agency: duties[agency] for agency in duties if agency in registry.agencies or agency in registry.groups}
    return tuple(ReportDue(plan.id, agency, due or agreed, sent.get(agency)) for agency, due in known.items())


def is_illustrative(targets: tuple[TargetProgress, ...]) -> bool:
    """Whether a figure of this period or the one before is made up to show how bdg works."""
    entries = [entry for target in targets for entry in target.measures]
    figures = [figure for entry in entries for figure in (entry.judged.figure, entry.before) if figure is not None]
    return any(figure.illustrative for figure in figures)
