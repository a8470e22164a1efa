"""Tasks in a table of six columns: content, who leads, who helps, deadline, product, funding."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

from bdg_cli.documents.model import Align, Column, Row, Run, Runs, Table
from bdg_cli.documents.texts import Speaker, plain, short_day, standing_alone
from bdg_cli.documents.wording import Wording
from bdg_cli.markup import Text
from bdg_cli.models.plan import Duty, Task
from bdg_cli.plan import Plan
from bdg_cli.portion import common_tasks
from bdg_cli.registry import Registry
from bdg_cli.vietnamese import roman

WORDS = "annex/words.md.j2"
COLUMNS = ("content", "lead", "partners", "deadline", "product", "funding")
_WIDTHS = (93.0, 40.0, 40.0, 26.0, 34.0, 24.0)  # mm of a landscape page that has 257
_CENTRED = {"deadline"}


@dataclass(frozen=True, slots=True)
class Entry:
    """A row to be: the text, who leads, and the task where there is one."""

    text: Text
    lead: Runs
    task: Task | None = None


def table(plan: Plan, registry: Registry, speaker: Speaker, wording: Wording) -> Table | None:
    """All tasks of a plan, grouped by the section they stand under, else by who must do them; None without tasks."""
    rows: list[Row] = []
    numbers = count(1)
    for number, (title, entries) in enumerate(_groups(plan, registry, speaker, wording), 1):
        rows.append(Row(((Run(f"{roman(number)}. "), *title),), group=True))
        rows += [_row(entry, next(numbers), registry, speaker) for entry in entries]
    columns = tuple(titled(name, width, wording) for name, width in zip(COLUMNS, _WIDTHS, strict=True))
    return Table(columns, tuple(rows)) if rows else None


def titled(name: str, width: float, wording: Wording) -> Column:
    """One of the six columns, under its title."""
    title = wording.words(WORDS, say="column", column=name)
    return Column(title, width, Align.CENTRE if name in _CENTRED else Align.LEFT)


def _groups(plan: Plan, registry: Registry, speaker: Speaker, wording: Wording) -> Iterator[tuple[Runs, list[Entry]]]:
    """Titles of groups with their entries."""
    duties = plan.assignments.duties
    entries = [
        (task.section, duty, Entry(task.text, led_by(duty, plan, registry), task))
        for duty in duties
        for task in duty.tasks
    ]
    sections = {section.id: section for section in plan.file.walk_sections() if section.id}
    if not any(section for section, _, _ in entries):
        for duty in duties:
            if duty.tasks:
                yield led_by(duty, plan, registry), [entry for _, own, entry in entries if own is duty]
        yield from _common(plan, registry, speaker)
        return
    for identity, section in sections.items():
        own = [entry for name, _, entry in entries if name == identity]
        if own:
            yield speaker.line(section.title), own
    rest = [entry for name, _, entry in entries if name not in sections]
    if rest:
        yield wording.line(WORDS, say="other"), rest


def _common(plan: Plan, registry: Registry, speaker: Speaker) -> Iterator[tuple[Runs, list[Entry]]]:
    """The texts of a document that names nobody: whom it is addressed to carries them out."""
    bodies = [one.agency or one.group for one in plan.file.addressees]
    lead = plain("; ".join(registry.name(body, plan.dated_on()) for body in bodies if body))
    for section, texts in common_tasks(plan):
        yield speaker.line(section.title), [Entry(text, lead) for text in texts]


def led_by(duty: Duty, plan: Plan, registry: Registry) -> Runs:
    """Whom a duty is given to."""
    names = "; ".join(registry.name(agency, plan.dated_on()) for agency in duty.named)
    return (Run(names, origin=duty.at_agency()),)


def _row(entry: Entry, number: int, registry: Registry, speaker: Speaker) -> Row:
    content = (Run(f"{number}. "), *in_one_cell(speaker, entry.text))
    if entry.task is None:
        return Row((content, entry.lead, *[(Run(""),)] * 4))
    return Row((content, entry.lead, *details(entry.task, registry, speaker)))


def details(task: Task, registry: Registry, speaker: Speaker) -> tuple[Runs, Runs, Runs, Runs]:
    """Who helps, until when, what comes of it, paid by whom; empty where the plan does not say."""
    partners = "; ".join(registry.name(partner, speaker.day) for partner in task.partners)
    deadline = short_day(task.deadline) if task.deadline else ""
    return (
        (Run(partners, origin=task.at("partners")),) if partners else (Run(""),),
        (Run(deadline, origin=task.at("deadline")),) if deadline else (Run(""),),
        (Run(task.product, origin=task.at("product")),) if task.product else (Run(""),),
        (Run(task.funding, origin=task.at("funding")),) if task.funding else (Run(""),),
    )


def in_one_cell(speaker: Speaker, text: Text) -> Runs:
    """A text of several paragraphs in one cell, each on lines of its own."""
    runs: list[Run] = []
    for index, (paragraph, item) in enumerate(speaker.blocks(text)):
        lead = ("\n" if index else "") + ("- " if item else "")
        runs += [Run(lead), *paragraph] if lead else standing_alone(paragraph)
    return tuple(runs)
