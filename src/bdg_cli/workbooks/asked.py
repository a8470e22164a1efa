"""What a form asks of an agency in a period: the figures it owns or supplies, and its tasks. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from bdg_cli.data.observations import Sex
from bdg_cli.data.results import Figure, definition_at, is_published
from bdg_cli.dates import Period
from bdg_cli.documents.texts import Speaker
from bdg_cli.models.plan import Duty, Task
from bdg_cli.models.registry import Definition, Indicator
from bdg_cli.models.report import Received
from bdg_cli.plan import Plan
from bdg_cli.progress import MeasureProgress, ReportDue, TargetProgress, quantity, wanted
from bdg_cli.registry import Registry
from bdg_cli.workbooks import marks

EVERYBODY = (Sex.ALL,)
BY_SEX = (Sex.ALL, Sex.FEMALE, Sex.MALE, Sex.UNKNOWN)


@dataclass(frozen=True, slots=True)
class FigureAsked:
    """One indicator of an area. `label` and `aim` are as its first plan has them."""

    plan: str
    label: str
    aim: str
    indicator: Indicator
    area: str
    definition: Definition | None
    published: bool
    before: Figure | None
    year_before: Figure | None

    @property
    def key(self) -> tuple[str, str]:
        """What it is about."""
        return self.indicator.id, self.area

    @property
    def sexes(self) -> tuple[Sex, ...]:
        """For whom it is asked."""
        return BY_SEX if "sex" in self.indicator.breakdowns else EVERYBODY


@dataclass(frozen=True, slots=True)
class TaskAsked:
    """One task. `name` is its id, or its number among the tasks of the agency."""

    name: str
    text: str
    task: Task


@dataclass(frozen=True)
class PlanAsked:
    """What one plan asks of the agency, until when, and what it has said already."""

    id: str
    title: str
    due: date | None
    tasks: tuple[TaskAsked, ...]
    received: Received | None


@dataclass
class Request:
    """Everything asked of one agency in one period, across plans."""

    agency: str
    period: Period
    figures: dict[tuple[str, str], FigureAsked] = field(default_factory=dict)
    plans: list[PlanAsked] = field(default_factory=list)

    @property
    def by_sex(self) -> bool:
        """Whether any figure is asked by sex."""
        return any(len(figure.sexes) > 1 for figure in self.figures.values())


def bodies(registry: Registry, identity: str) -> tuple[str, ...]:
    """The agencies an id stands for: itself, or the members of a group; a group without members stands for itself."""
    members = registry.members(identity)
    return members[1:] or members


def tasks_of(plan: Plan, registry: Registry, agency: str) -> Iterator[tuple[str, Duty, Task]]:
    """The tasks of an agency with their names: those given to it first, then those of its groups, in the order written.

    The name is the task's id; without one its number, from 1, in that order.
    """
    duties = plan.assignments.duties
    own = [duty for duty in duties if agency in duty.named]
    through = [
        duty for duty in duties if duty not in own and any(agency in registry.members(one) for one in duty.named)
    ]
    pairs = [(duty, task) for duty in (*own, *through) for task in duty.tasks]
    for position, (duty, task) in enumerate(pairs, 1):
        yield task.id or str(position), duty, task


def gather(
    requests: dict[str, Request],
    plan: Plan,
    registry: Registry,
    period: Period,
    targets: Iterable[TargetProgress],
    dues: Iterable[ReportDue],
    received: Iterable[Received],
) -> None:
    """Add what one plan asks to the requests, by agency."""
    due = {entry.agency: entry.due for entry in dues}
    said = {entry.agency: entry for entry in received}
    title = _title(plan, registry, period)
    asked: dict[str, list[FigureAsked]] = {}
    for target in targets:
        for entry in target.measures:
            for agency in _answering(registry, entry):
                figure = _figure(plan, registry, period, entry)
                if figure is not None:
                    asked.setdefault(agency, []).append(figure)
    agencies = [agency for duty in plan.assignments.duties for one in duty.named for agency in bodies(registry, one)]
    for agency in dict.fromkeys((*agencies, *asked)):
        request = requests.setdefault(agency, Request(agency, period))
        for figure in asked.get(agency, ()):
            first = request.figures.setdefault(figure.key, figure)
            if first.plan == figure.plan and figure.label not in first.label.split(", "):
                request.figures[figure.key] = replace(first, label=f"{first.label}, {figure.label}")
        tasks = tuple(_tasks(plan, registry, agency, period))
        owed = next((due[one] for one in (agency, *_groups(registry, agency)) if one in due), None)
        request.plans.append(PlanAsked(plan.id, title, owed, tasks, said.get(agency)))


def _title(plan: Plan, registry: Registry, period: Period) -> str:
    """The plan as a heading names it: its kind, number and subject."""
    file = plan.file
    speaker = Speaker(plan, registry, period.end)
    number = f" số {file.number}/{file.symbol}" if file.number and file.symbol else ""
    words = "".join(run.text for run in speaker.line(file.title or file.subject))
    return f"{file.kind.term}{number}: {words}" if words else f"{file.kind.term}{number}"


def _answering(registry: Registry, entry: MeasureProgress) -> tuple[str, ...]:
    named = (*entry.owners, *entry.sources)
    return tuple(dict.fromkeys(agency for one in named for agency in bodies(registry, one)))


def _groups(registry: Registry, agency: str) -> list[str]:
    return [group.id for group in registry.groups.values() if agency in group.members]


def _figure(plan: Plan, registry: Registry, period: Period, entry: MeasureProgress) -> FigureAsked | None:
    """None for a measure without an indicator or an area: there is nothing to record its figure under."""
    area = plan.file.area
    if entry.indicator is None or area is None:
        return None
    level = registry.areas[area].level if area in registry.areas else None
    aim = wanted(entry.measure)
    if entry.measure.value is not None:
        aim = quantity(aim, entry.unit)
    year = f" đến năm {entry.due}" if entry.due else ""
    return FigureAsked(
        plan=plan.id,
        label=entry.measure.id,
        aim=f"Mục tiêu{year}: {aim}",
        indicator=entry.indicator,
        area=area,
        definition=definition_at(entry.indicator, period),
        published=is_published(entry.indicator, level, period),
        before=entry.before,
        year_before=entry.year_before,
    )


def _tasks(plan: Plan, registry: Registry, agency: str, period: Period) -> Iterator[TaskAsked]:
    speaker = Speaker(plan, registry, period.end)
    for name, _, task in tasks_of(plan, registry, agency):
        yield TaskAsked(name, task_text(speaker, task), task)


def task_text(speaker: Speaker, task: Task) -> str:
    """The words of a task as a cell has them."""
    return "\n".join("".join(run.text for run in runs) for runs, _ in speaker.blocks(task.text))


def task_digest(task: Task) -> str:
    """A task's words as one word: an answer belongs to the task as it was worded when the form went out."""
    return marks.key(" ".join(task.text.raw.split()))
