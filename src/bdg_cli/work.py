"""The work of a plan: each task with who must do it, and what the agencies have said of it for a period. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from bdg_cli.dates import PartialDate
from bdg_cli.findings import Place
from bdg_cli.markup import Text
from bdg_cli.models.report import Report, TaskResult, TaskState
from bdg_cli.plan import Plan
from bdg_cli.registry import Registry


class Given(Protocol):
    """What a task is found by: its id (empty where it has none) and the agencies and groups named for it."""

    @property
    def name(self) -> str: ...

    @property
    def agencies(self) -> tuple[str, ...]: ...


_G = TypeVar("_G", bound=Given)


@dataclass(frozen=True, slots=True)
class Work:
    """One task. `agencies` is empty where all whom the plan addresses share it."""

    name: str
    text: Text
    agencies: tuple[str, ...]
    deadline: PartialDate | None = None

    @property
    def place(self) -> Place:
        """Where its text stands."""
        return self.text.place()


@dataclass(frozen=True, slots=True)
class Part:
    """The tasks of one duty, or of one section of a plan without duties; `heading` is the section's title."""

    agencies: tuple[str, ...]
    heading: str
    works: tuple[Work, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """A task with what each agency has said of it, in the order of the report."""

    work: Work
    results: tuple[tuple[str, TaskResult], ...]

    @property
    def state(self) -> TaskState | None:
        """How far it has come: as far as the agency that is least far; None where nobody said."""
        states = [result.state for _, result in self.results if result.state is not None]
        return max(states, key=list(TaskState).index, default=None)


def of_plan(plan: Plan) -> tuple[Part, ...]:
    """Every task in order: by duty; in a plan without duties by section, whose items all addressees share."""
    if plan.assignments.duties:
        return tuple(
            Part(
                duty.named, "", tuple(Work(task.id or "", task.text, duty.named, task.deadline) for task in duty.tasks)
            )
            for duty in plan.assignments.duties
        )
    return tuple(
        Part((), " ".join(section.title.raw.split()) if section.title else "", tuple(_shared(texts)))
        for section in plan.file.walk_sections()
        if (texts := section.items or ((section.text,) if section.text and not section.title else ()))
    )


def _shared(texts: Sequence[Text]) -> Iterator[Work]:
    return (Work("", text, ()) for text in texts)


def of_agency(works: Sequence[_G], agency: str, registry: Registry) -> list[_G]:
    """The tasks an agency counts as its own, in order: the order by which a report numbers them.

    Those given to it by name; without any, those of a group it belongs to; else those given to nobody by name.
    """
    own = [work for work in works if agency in work.agencies]
    shared = own or [work for work in works if any(agency in registry.members(one) for one in work.agencies)]
    return shared or [work for work in works if not work.agencies]


def named(works: Sequence[_G], agency: str, registry: Registry, name: str) -> _G | None:
    """The task that an agency's report calls `name`: by its id, else by its position among the agency's, from 1."""
    own = of_agency(works, agency, registry)
    known = next((work for work in own if work.name == name), None)
    if known is None and name.isdigit() and 1 <= int(name) <= len(own):
        return own[int(name) - 1]
    return known


def told(plan: Plan, registry: Registry, report: Report | None) -> tuple[tuple[Part, tuple[Told, ...]], ...]:
    """Every task of a plan with what `report` holds of it."""
    parts = of_plan(plan)
    works = [work for part in parts for work in part.works]
    said: dict[int, list[tuple[str, TaskResult]]] = {}
    for entry in report.received if report else ():
        for result in entry.tasks:
            work = named(works, entry.agency, registry, result.task)
            if work is not None:
                said.setdefault(id(work), []).append((entry.agency, result))
    return tuple((part, tuple(Told(work, tuple(said.get(id(work), ()))) for work in part.works)) for part in parts)
