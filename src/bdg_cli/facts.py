"""What one plan leaves behind when it is let go: the few things that checks across plans ask of it, with places."""

from __future__ import annotations

import pickle
from calendar import isleap
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from bdg_cli import prose, work
from bdg_cli.dates import ADMINISTRATIVE, PartialDate, Period, PeriodKind
from bdg_cli.findings import Place
from bdg_cli.issuing import UNSURE, issuer_cited, issuer_left_out
from bdg_cli.models.plan import Measure, Operator, PeriodKindTerm, Reporting, Role, Target
from bdg_cli.plan import Mention, Plan, single_spaced
from bdg_cli.prose.own import Part, own_period, surely_its_title
from bdg_cli.prose.statements import Subjects
from bdg_cli.registry import Registry, number_key


@dataclass(frozen=True, slots=True)
class CitationFact:
    """A document cited in a plan. Dates and periods are as text (`2021-08-30`, `2021-2025`), empty where none.

    `title` and `period` are empty too where they may be something else's; `name` holds the period, and `part` tells
    of what part of its time the sentence may speak.

    `issuer` is an agency's id, or what tells one apart that has none; empty where nothing says who it was, `UNSURE`
    where it may be one or another.
    """

    plan: str
    number: str
    issuer: str
    date: str
    period: str
    name: str
    part: Part
    title: str
    place: Place
    date_place: Place
    period_place: Place

    @property
    def key(self) -> str:
        """The notation for comparing."""
        return number_key(self.number)

    @property
    def year(self) -> str:
        """The year of its date; numbers start again each year."""
        return self.date[:4]


@dataclass(frozen=True, slots=True)
class ValueFact:
    """The value of one measure in one year, and where it stands."""

    measure: str
    target: str
    name: str
    indicator: str
    op: Operator
    value: Decimal
    year: int
    carries_out: str
    verified: bool
    place: Place


@dataclass(frozen=True, slots=True)
class MeasureFact:
    """A measure as status and data checks need it."""

    target: str
    measure: str
    indicator: str
    due: int | None
    carries_out: str
    verified: bool
    place: Place
    carries_place: Place


@dataclass(frozen=True, slots=True)
class BaselineFact:
    """The value that a measure says it starts from. `unit` is empty where the plan leaves it to the indicator."""

    measure: str
    indicator: str
    unit: str
    value: Decimal
    period: str
    place: Place


@dataclass(frozen=True, slots=True)
class SaidFact:
    """What a sentence of the plan says of a figure in a named period: the value, and how many decimals it has."""

    indicator: str
    period: str
    value: Decimal
    places: int
    place: Place


@dataclass(frozen=True, slots=True)
class WorkFact:
    """A task: its id (empty where it has none), who is named for it, until when, and how it begins."""

    name: str
    agencies: tuple[str, ...]
    deadline: PartialDate | None
    words: str
    place: Place


@dataclass(frozen=True, slots=True)
class DeadlineFact:
    """A report with a deadline: who sends, where it arrives first, how often, and its last valid days, one a year."""

    senders: tuple[str, ...]
    stop: str
    rhythm: PeriodKindTerm
    days: tuple[date, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class ReportingFact:
    """Who must report for which kind of period until when; None where the plan leaves it open."""

    agencies: tuple[str, ...]
    period: PeriodKindTerm | None
    deadline: PartialDate | None
    exclusive: bool

    def concerns(self, period: Period) -> bool:
        """Whether the duty is one for such a period; one that names no kind of period is for each."""
        return self.period is None or _KINDS.get(self.period) is period.kind

    def last_day(self, period: Period) -> date | None:
        """The last valid day of the deadline for a period: "trước ngày D" does not include D.

        A deadline is one of the period's if it lies near the close of the period's window; None where it is of another.
        """
        if self.deadline is None or not self.concerns(period):
            return None
        if self.deadline.month is None or self.deadline.day is None:
            return None
        close = period.window(ADMINISTRATIVE)[1]
        years = (self.deadline.year,) if self.deadline.year else (close.year, close.year + 1)
        for year in years:
            month = PartialDate(year, self.deadline.month).latest
            day = month.replace(day=min(self.deadline.day, month.day))  # 29 February of every year
            if -_DAYS_BEFORE_CLOSE <= (day - close).days <= _DAYS_AFTER_CLOSE:
                return day - timedelta(days=1) if self.exclusive else day
        return None


_DAYS_BEFORE_CLOSE, _DAYS_AFTER_CLOSE = 45, 75  # how far a report's deadline may lie from the close of its window
_KINDS = {
    PeriodKindTerm.MONTH: PeriodKind.MONTH,
    PeriodKindTerm.QUARTER: PeriodKind.QUARTER,
    PeriodKindTerm.HALF_YEAR: PeriodKind.HALF,
    PeriodKindTerm.NINE_MONTHS: PeriodKind.NINE_MONTHS,
    PeriodKindTerm.YEAR: PeriodKind.YEAR,
    PeriodKindTerm.WHOLE: PeriodKind.SPAN,
}


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything that outlives a plan's loading."""

    plan: str
    issued: bool
    issuer: str
    area: str
    number: str
    symbol: str
    date: str
    period: str
    parents: tuple[tuple[str, Place], ...]
    shipped: bool
    citations: tuple[CitationFact, ...]
    values: tuple[ValueFact, ...]
    measures: tuple[MeasureFact, ...]
    baselines: tuple[BaselineFact, ...]
    answerable: tuple[str, ...]
    reporting: tuple[ReportingFact, ...]
    deadlines: tuple[DeadlineFact, ...]
    said: tuple[SaidFact, ...]
    works: tuple[WorkFact, ...]
    head: Place
    period_place: Place

    def pack(self) -> bytes:
        """The bytes the cache keeps."""
        return pickle.dumps(self, protocol=pickle.HIGHEST_PROTOCOL)

    @staticmethod
    def unpack(packed: bytes) -> Facts:
        """The facts that `pack` made. The cache is the user's own file, so pickle is no wider a door than the code."""
        facts = pickle.loads(packed)
        assert isinstance(facts, Facts)
        return facts


def gather(plan: Plan, registry: Registry, *, shipped: bool = False) -> Facts:
    """The facts of one plan."""
    file = plan.file
    return Facts(
        plan=plan.id,
        issued=plan.issued,
        issuer=file.issuer,
        area=file.area or "",
        number=file.number or "",
        symbol=file.symbol or "",
        date=str(file.date or ""),
        period=str(plan.period or ""),
        parents=tuple((parent, file.at("parents")) for parent in file.parents),
        shipped=shipped,
        citations=tuple(_citations(plan, registry)),
        values=tuple(_values(plan)),
        measures=tuple(_measure(plan, target, measure) for target, measure in plan.measures()),
        baselines=tuple(_baselines(plan)),
        answerable=_answerable(plan),
        reporting=tuple(reporting(entry) for entry in file.reporting),
        deadlines=tuple(_deadlines(plan)),
        said=tuple(_said(plan, registry)),
        works=tuple(_works(plan)),
        head=file.at("number"),
        period_place=file.at("period"),
    )


def _measure(plan: Plan, target: Target, measure: Measure) -> MeasureFact:
    return MeasureFact(
        target=target.id,
        measure=measure.id,
        indicator=measure.indicator or "",
        due=measure.due or plan.last_year,
        carries_out=measure.carries_out or "",
        verified=measure.verified,
        place=measure.at("id"),
        carries_place=measure.at("carries_out"),
    )


def reporting(entry: Reporting) -> ReportingFact:
    """One reporting duty of a plan."""
    return ReportingFact(entry.from_, entry.period, entry.deadline, entry.exclusive)


def _answerable(plan: Plan) -> tuple[str, ...]:
    """The agencies that answer for a target or its figures, and so owe a report."""
    return tuple(dict.fromkeys(claim.agency for claim in plan.claims if claim.role in {Role.OWNER, Role.DATA}))


def _baselines(plan: Plan) -> list[BaselineFact]:
    return [
        BaselineFact(
            measure.id, measure.indicator, measure.unit or "", measure.baseline.value, str(measure.baseline.period),
            measure.baseline.at("value"),
        )
        for _, measure in plan.measures()
        if measure.indicator and measure.baseline and measure.verified
    ]  # fmt: skip


def last_days(plan: Plan, entry: Reporting) -> tuple[date, ...]:
    """The last valid day of a reporting deadline in each year of the plan; "trước ngày D" does not include D.

    Empty where the day is not known.
    """
    written = entry.deadline
    if written is None or written.month is None or written.day is None:
        return ()
    span = range(plan.period.start.year, plan.period.end.year + 1) if plan.period else range(0)
    years = (written.year,) if written.year is not None else tuple(span)
    month, day, less = written.month, written.day, timedelta(days=1 if entry.exclusive else 0)
    return tuple(date(year, month, day) - less for year in years if (month, day) != (2, 29) or isleap(year))


def _deadlines(plan: Plan) -> list[DeadlineFact]:
    return [
        DeadlineFact(entry.from_, entry.via or entry.to or "", entry.period, days, entry.at("deadline"))
        for entry in plan.file.reporting
        if entry.period is not None and (days := last_days(plan, entry))
    ]


def _said(plan: Plan, registry: Registry) -> Iterator[SaidFact]:
    """What the plan's own words say of figures of a period that they name. Nothing of indicators not verified."""
    verified = [indicator for indicator in registry.indicators.values() if indicator.verified]
    known = {name: one for one in verified if (name := single_spaced(one.name.lower())) in plan.words}
    subjects = Subjects({indicator.name: indicator.unit for indicator in known.values()})
    ids = {indicator.name: indicator.id for indicator in known.values()}
    for passage, reading in plan.readings if known else ():
        small = single_spaced(reading.small)
        for one in subjects.statements(reading.text) if any(name in small for name in known) else ():
            if one.value is not None and one.period is not None:
                place = passage.text.place(one.start, one.end)
                yield SaidFact(ids[one.subject], str(one.period), one.value, one.places, place)


def _works(plan: Plan) -> Iterator[WorkFact]:
    for part in work.of_plan(plan):
        for one in part.works:
            words = " ".join(one.text.raw.split())
            short = words if len(words) <= _SHOWN else words[:_SHOWN].rsplit(" ", 1)[0] + "…"
            yield WorkFact(one.name, one.agencies, one.deadline, short, one.place)


_SHOWN = 60  # characters of a task that messages quote


def _citations(plan: Plan, registry: Registry) -> list[CitationFact]:
    cited = [
        (mention, mention.found, _issuer(plan, registry, mention, mention.found))
        for mention in plan.mentions
        if isinstance(mention.found, prose.Citation)
    ]
    times = Counter(number_key(found.number) for _, found, _ in cited)
    known: dict[str, set[str]] = {}
    for _, found, issuer in cited:
        if issuer and issuer != UNSURE:
            known.setdefault(number_key(found.number), set()).add(issuer)
    facts = []
    for mention, found, issuer in cited:
        key = number_key(found.number)
        judged = registry.judges(key)
        if not found.issuer and times[key] > 1 and not judged:
            issuer = issuer_left_out(plan, registry, mention, known.get(key, ()))
        facts.append(_citation(mention, plan.id, issuer, found, judged=judged))
    return facts


def _citation(mention: Mention, plan: str, issuer: str, found: prose.Citation, *, judged: bool) -> CitationFact:
    """The citation as it is held against others; one that the registry judges is not (CC104)."""
    small = mention.reading.small
    own = None if judged else own_period(small, found)
    return CitationFact(
        plan=plan,
        number=found.number,
        issuer=issuer,
        date=str(found.date or ""),
        period=str(found.period) if own else "",
        name=own.name if own else "",
        part=own.part if own else Part.NONE,
        title=(found.title or "") if not judged and surely_its_title(small, found) else "",
        place=mention.place(),
        date_place=mention.place(found.date_start, found.date_end) if found.date else mention.place(),
        period_place=mention.place(found.period_start, found.period_end) if own else mention.place(),
    )


def _issuer(plan: Plan, registry: Registry, mention: Mention, found: prose.Citation) -> str:
    """The issuing agency's identity: as the prose says, else as the registry knows the number; empty where neither."""
    issuers = {act.issuer for act in registry.acts_by_number.get(number_key(found.number), ())}
    registered = (issuers.pop() or "") if len(issuers) == 1 else ""
    if not found.issuer:
        return registered
    cited = issuer_cited(plan, registry, mention)
    short = cited not in registry.agencies and registered and registry.may_be_called(registered, found.issuer)
    return registered if short else cited


def _values(plan: Plan) -> list[ValueFact]:
    values = []
    for target, measure in plan.measures():
        if measure.op is None or measure.value is None:
            continue
        name = target.label or target.id
        carried = measure.carries_out or ""
        common = (measure.id, target.id, name, measure.indicator or "")
        for milestone in measure.milestones:
            op = milestone.op or measure.op
            place = milestone.at("value")
            values.append(ValueFact(*common, op, milestone.value, milestone.year, carried, measure.verified, place))
        year = measure.due or plan.last_year
        if year is not None:
            place = measure.at("value")
            values.append(ValueFact(*common, measure.op, measure.value, year, carried, measure.verified, place))
    return values
