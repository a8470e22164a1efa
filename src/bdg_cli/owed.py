"""What one agency owes on a plan: the targets it answers for, its tasks, its reports with their last days. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bdg_cli.dates import PartialDate, Period, PeriodKind
from bdg_cli.markup import Text
from bdg_cli.models.plan import PeriodKindTerm, Role
from bdg_cli.models.report import Report
from bdg_cli.plan import Plan
from bdg_cli.progress import ReportDue, reports_due
from bdg_cli.registry import Registry
from bdg_cli.workdays import Calendar

_YEARLY = {
    PeriodKindTerm.MONTH: tuple(f"M{number:02}" for number in range(1, 13)),
    PeriodKindTerm.QUARTER: ("Q1", "Q2", "Q3", "Q4"),
    PeriodKindTerm.HALF_YEAR: ("H1", "H2"),
    PeriodKindTerm.NINE_MONTHS: ("-9M",),
    PeriodKindTerm.YEAR: ("",),
    PeriodKindTerm.WHOLE: (),
}


@dataclass(frozen=True, slots=True)
class OwedTask:
    """One task; `shared` is the group it is given to where the agency has it as a member."""

    text: Text
    deadline: PartialDate | None
    product: str
    shared: str


@dataclass(frozen=True, slots=True)
class OwedReport:
    """One report of an agency, or of a group it belongs to; `period` is None where the plan names no deadline."""

    period: Period | None
    due: ReportDue


def names_of(agency: str, registry: Registry) -> frozenset[str]:
    """The ids by which plans call an agency: its own, and those of the groups it is a member of."""
    return frozenset({agency, *(group.id for group in registry.groups.values() if agency in group.members)})


def roles(plan: Plan, names: frozenset[str], number: str) -> tuple[Role, ...]:
    """What an agency has to do with a measure, by claims on it, its target or its objective."""
    chain = plan.numbers.get(number, (number,))
    owners = {claim.agency for claim in plan.owners(number)}
    found = [Role.OWNER] if owners & names else []
    others = [claim.role for claim in plan.claims if claim.agency in names and claim.number in chain]
    return tuple(dict.fromkeys([*found, *(role for role in others if role is not Role.OWNER)]))


def whole(plan: Plan, names: frozenset[str]) -> tuple[Role, ...]:
    """What an agency answers for in the plan as a whole."""
    return tuple(dict.fromkeys(claim.role for claim in plan.claims if claim.agency in names and claim.number is None))


def tasks(plan: Plan, registry: Registry, agency: str) -> Iterator[OwedTask]:
    """The tasks of an agency; of a plan without assignments, those it asks of everybody it is addressed to."""
    names = names_of(agency, registry)
    for duty in plan.assignments.duties:
        given = [name for name in duty.named if name in names]
        shared = registry.short_name(given[0]) if given and given[0] != agency else ""
        for task in duty.tasks if given else ():
            yield OwedTask(task.text, task.deadline, task.product or "", shared)
    if not plan.assignments.duties:
        addressed = [entry.agency or entry.group or "" for entry in plan.file.addressees]
        if names.intersection(addressed):
            shared = next((registry.short_name(name) for name in addressed if name in names and name != agency), "")
            for section in plan.file.walk_sections():
                yield from (OwedTask(text, None, "", shared) for text in section.items)


def reports(
    plan: Plan, registry: Registry, calendar: Calendar, written: Mapping[str, Report], agency: str
) -> Iterator[OwedReport]:
    """Every report an agency owes on a plan over its whole period, in order. `written`: what has come, by period."""
    names = names_of(agency, registry)
    found = False
    for period in _periods(plan, written):
        report = written.get(str(period))
        sent = {entry.agency: entry.sent for entry in report.received} if report else {}
        for due in reports_due(plan, registry, calendar, period, sent, report.due if report else None):
            if due.agency in names and (due.due is not None or due.sent is not None):
                found = True
                yield OwedReport(period, due)
    if not found:
        yield from _without_deadline(plan, registry, calendar, names)


def _without_deadline(
    plan: Plan, registry: Registry, calendar: Calendar, names: frozenset[str]
) -> Iterator[OwedReport]:
    """The duty to report where the plan says not until when."""
    if plan.period is not None:
        for due in reports_due(plan, registry, calendar, plan.period, {}, None):
            if due.agency in names:
                yield OwedReport(None, due)


def _periods(plan: Plan, written: Mapping[str, Report]) -> list[Period]:
    """The periods that a plan asks reports for, and those that reports have been written down for."""
    if plan.period is None:
        return []
    years = range(plan.period.start.year, plan.period.end.year + 1)
    kinds = {entry.period for entry in plan.file.reporting if entry.period is not None}
    codes = {f"{year}{part}" for year in years for kind in kinds for part in _YEARLY[kind]}
    asked = {Period.parse(code) for code in codes}
    asked |= {Period.parse(code) for code in written if plan.period.contains(Period.parse(code))}
    if PeriodKindTerm.WHOLE in kinds and plan.period.kind is PeriodKind.SPAN:
        asked.add(plan.period)
    return sorted(asked, key=lambda period: (period.end, -period.start.toordinal()))
