"""What one plan leaves behind when it is let go: the few things that checks across plans ask of it, with places."""

from __future__ import annotations

import pickle
from calendar import isleap
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from bdg_cli import prose
from bdg_cli.findings import Place
from bdg_cli.models.plan import Measure, Operator, PeriodKindTerm, PlanKind, Reporting, Role, Target
from bdg_cli.plan import Mention, Plan
from bdg_cli.registry import Registry, number_key


@dataclass(frozen=True, slots=True)
class CitationFact:
    """A document cited in a plan. Dates and periods are as text (`2021-08-30`, `2021-2025`), empty where none."""

    plan: str
    number: str
    kind: str
    issuer: str
    date: str
    period: str
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
    place: Place
    carries_place: Place


@dataclass(frozen=True, slots=True)
class ReportFact:
    """A report with a deadline: who sends, where it arrives first, how often, and its last valid days, one a year."""

    senders: tuple[str, ...]
    stop: str
    rhythm: PeriodKindTerm
    days: tuple[date, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything that outlives a plan's loading."""

    plan: str
    kind: PlanKind
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
    reporters: tuple[str, ...]
    reports: tuple[ReportFact, ...]
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
        kind=file.kind,
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
        reporters=_reporters(plan),
        reports=tuple(_reports(plan)),
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
        place=measure.at("id"),
        carries_place=measure.at("carries_out"),
    )


def _reporters(plan: Plan) -> tuple[str, ...]:
    named = [agency for entry in plan.file.reporting for agency in entry.from_]
    owners = [claim.agency for claim in plan.claims if claim.role in {Role.OWNER, Role.DATA}]
    return tuple(dict.fromkeys((*owners, *named)))


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


def _reports(plan: Plan) -> list[ReportFact]:
    return [
        ReportFact(entry.from_, entry.via or entry.to or "", entry.period, days, entry.at("deadline"))
        for entry in plan.file.reporting
        if entry.period is not None and (days := last_days(plan, entry))
    ]


def _citations(plan: Plan, registry: Registry) -> list[CitationFact]:
    return [
        _citation(plan, registry, mention, mention.found)
        for mention in plan.mentions
        if isinstance(mention.found, prose.Citation)
    ]


def _citation(plan: Plan, registry: Registry, mention: Mention, found: prose.Citation) -> CitationFact:
    return CitationFact(
        plan=plan.id,
        number=found.number,
        kind=found.kind or "",
        issuer=_issuer(plan, registry, found),
        date=str(found.date or ""),
        period=str(found.period or ""),
        title=found.title or "",
        place=mention.place(),
        date_place=mention.place(found.date_start, found.date_end) if found.date else mention.place(),
        period_place=mention.place(found.period_start, found.period_end) if found.period else mention.place(),
    )


def _issuer(plan: Plan, registry: Registry, found: prose.Citation) -> str:
    """The issuing agency's id: as the prose says, else as the registry knows the number; empty where neither."""
    named = registry.issuer_named(found.issuer, plan.file.area) if found.issuer else None
    if named:
        return named
    acts = registry.acts_by_number.get(number_key(found.number), ())
    issuers = {act.issuer for act in acts}
    return (issuers.pop() or "") if len(issuers) == 1 else ""


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
