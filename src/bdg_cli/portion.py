"""What a plan asks of one agency: by name, through a group it belongs to, or as the partner of another. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bdg_cli.markup import Text
from bdg_cli.models.plan import Duty, Measure, Objective, Reporting, Role, Section, Target, Task
from bdg_cli.plan import Claim, Plan
from bdg_cli.registry import Registry


@dataclass(frozen=True, slots=True)
class Answered:
    """A target that the agency answers for, and as what. `measures`: only for these; empty is the whole target."""

    objective: Objective
    target: Target
    roles: tuple[Role, ...]
    measures: tuple[Measure, ...] = ()


@dataclass(frozen=True, slots=True)
class Shared:
    """A duty that reaches the agency through a group."""

    group: str
    duty: Duty


@dataclass(frozen=True, slots=True)
class Helping:
    """A task of others that the agency helps with."""

    duty: Duty
    task: Task


@dataclass(frozen=True, slots=True)
class Portion:
    """All that a plan asks of one agency.

    `general` are roles for the whole plan; `common` texts by section that nobody is named for, so that all who receive
    the document answer for them.
    """

    general: tuple[Role, ...]
    answered: tuple[Answered, ...]
    own: tuple[Duty, ...]
    shared: tuple[Shared, ...]
    helping: tuple[Helping, ...]
    common: tuple[tuple[Section, tuple[Text, ...]], ...]
    reporting: tuple[Reporting, ...]

    @property
    def empty(self) -> bool:
        """Whether the plan asks nothing of the agency."""
        return not (self.general or self.answered or self.own or self.shared or self.helping or self.common)


def of_agency(plan: Plan, registry: Registry, agency: str) -> Portion:
    """The portion of one agency."""
    names = frozenset((agency, *registry.groups_of(agency)))
    duties = plan.assignments.duties
    claims = [claim for claim in plan.claims if claim.agency in names]
    return Portion(
        general=tuple(dict.fromkeys(claim.role for claim in claims if claim.number is None)),
        answered=tuple(_answered(plan, frozenset(names))),
        own=tuple(duty for duty in duties if agency in duty.named),
        shared=tuple(_shared(duties, agency, names)),
        helping=tuple(
            Helping(duty, task)
            for duty in duties
            for task in duty.tasks
            if names & set(task.partners) and not names & set(duty.named)
        ),
        common=tuple(common_tasks(plan)) if names & set(_addressed(plan)) else (),
        reporting=tuple(entry for entry in plan.file.reporting if names & set(entry.from_)),
    )


def common_tasks(plan: Plan) -> Iterator[tuple[Section, tuple[Text, ...]]]:
    """Of a plan that assigns nothing to anybody by name: the texts of its sections, which all addressees carry out."""
    if plan.assignments.duties:
        return
    for section in plan.file.walk_sections():
        texts = section.items or ((section.text,) if section.text and not section.title else ())
        if texts:
            yield section, texts


def _addressed(plan: Plan) -> Iterator[str]:
    """Whom a document is addressed to; a plan without addressees binds those who receive it."""
    file = plan.file
    for one in file.addressees or file.recipients:
        body = one.agency or one.group
        if body:
            yield body


def _shared(duties: tuple[Duty, ...], agency: str, names: frozenset[str]) -> Iterator[Shared]:
    for duty in duties:
        group = next((name for name in duty.named if name in names), None)
        if group is not None and agency not in duty.named:
            yield Shared(group, duty)


def _answered(plan: Plan, names: frozenset[str]) -> Iterator[Answered]:
    """The targets with the roles that hold for them: what is given to somebody nearer is no longer the objective's."""
    for objective, target in plan.walk_targets():
        by_role = {role: _measures(plan, target, role, names) for role in Role}
        roles = tuple(role for role, measures in by_role.items() if measures is not None)
        if not roles:
            continue
        some = dict.fromkeys(measure.id for role in roles for measure in by_role[role] or ())
        whole = any(by_role[role] == () for role in roles)
        parts = () if whole else tuple(measure for measure in target.measures if measure.id in some)
        yield Answered(objective, target, roles, parts)


def _measures(plan: Plan, target: Target, role: Role, names: frozenset[str]) -> tuple[Measure, ...] | None:
    """The measures of a target that fall to these names in a role: empty for all of them, None for none."""
    if not target.measures:
        return () if names & _holders(plan, target.id, role) else None
    held = tuple(measure for measure in target.measures if names & _holders(plan, measure.id, role))
    if not held:
        return None
    return () if len(held) == len(target.measures) else held


def _holders(plan: Plan, number: str, role: Role) -> frozenset[str]:
    """Who has a role for a measure or target: named for it, else for what it is part of."""
    for level in plan.numbers.get(number, (number,)):
        claims: list[Claim] = [claim for claim in plan.claims if claim.role is role and claim.number == level]
        if claims:
            return frozenset(claim.agency for claim in claims)
    return frozenset()
