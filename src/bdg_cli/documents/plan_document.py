"""KẾ HOẠCH: one plan into blocks, in the order and form of Nghị định 30/2020/NĐ-CP."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from bdg_cli.documents.frame import end_mark, letterhead, plan_closing
from bdg_cli.documents.model import Block, Document, Heading, Paragraph, Properties, Run, Runs, Style, Title
from bdg_cli.documents.texts import Speaker, ended, plain
from bdg_cli.documents.wording import Wording
from bdg_cli.markup import Text
from bdg_cli.models.plan import Duty, Insert, Marker, Objective, Section, Target, Verb
from bdg_cli.plan import Plan
from bdg_cli.registry import Registry
from bdg_cli.vietnamese import letter, listed, lower_first, roman

_LEVELS = {Marker.ROMAN: 1, Marker.ARABIC: 2, Marker.LETTER: 3, Marker.PAREN_ROMAN: 4, Marker.DASH: 4, Marker.NONE: 4}
_BELOW = {Marker.ROMAN: Marker.ARABIC, Marker.ARABIC: Marker.LETTER, Marker.LETTER: Marker.DASH}


def build(plan: Plan, registry: Registry, repository: str, custom: dict[str, str], *, draft: bool) -> Document:
    """The whole document. `draft` puts DỰ THẢO over it; `custom` are the provenance properties."""
    speaker = Speaker(plan, registry, plan.dated_on())
    builder = _Builder(plan, registry, speaker, Wording(repository))
    subject = speaker.line(plan.file.title)
    kind = plan.file.kind.term
    body = tuple(end_mark(list(builder.body()), plan.file.as_written))
    head: tuple[Block, ...] = (letterhead(plan, registry, draft=draft), Title(kind.upper(), subject))
    title = "".join(run.text for run in subject)
    properties = Properties(
        title=f"{kind} {lower_first(title)}",
        author=registry.name(plan.file.issuer, plan.dated_on()),
        subject=title,
        keywords=f"bình đẳng giới, {plan.id}",
        custom=custom,
    )
    return Document(plan.id, properties, (*head, *body, plan_closing(plan, registry)))


@dataclass
class _Builder:
    plan: Plan
    registry: Registry
    speaker: Speaker
    wording: Wording

    def body(self) -> Iterator[Block]:
        """Everything between the title and the signature."""
        yield from self.basis()
        yield from self.speaker.paragraphs(self.plan.file.opening)
        yield from self.sections(self.plan.file.sections)
        yield from self.speaker.paragraphs(self.plan.file.closing)

    def basis(self) -> Iterator[Block]:
        """Căn cứ: one a line, `;` at the end of each, `.` at the last (Phụ lục I, mục II.6.a)."""
        lines = self.plan.file.basis
        for index, text in enumerate(lines):
            mark = "." if index == len(lines) - 1 else ";"
            yield Paragraph(ended(self.speaker.line(text), mark), Style.BASIS)

    def sections(self, sections: tuple[Section, ...]) -> Iterator[Block]:
        """Sections of one level; those with the same marker are numbered together."""
        counters: dict[Marker, int] = {}
        for section in sections:
            counters[section.marker] = counters.get(section.marker, 0) + 1
            yield from self.section(section, _marker(section.marker, counters[section.marker]))

    def section(self, section: Section, number: str) -> Iterator[Block]:
        """A heading (own line or run-in), texts, items, what is placed here, and the sections below."""
        number = section.as_written or number
        paragraphs = list(self.speaker.paragraphs(section.text))
        title = self.speaker.line(section.title)
        if section.run_in and paragraphs:
            first, *paragraphs = paragraphs
            yield Heading(_LEVELS[section.marker], number, title, first.runs)
        elif title:
            yield Heading(_LEVELS[section.marker], number, title)
        elif number and paragraphs:
            first, *paragraphs = paragraphs
            yield replace(first, marker=number)
        yield from paragraphs
        for item in section.items:
            yield from self.item(item)
        if section.insert is not None:
            yield from self.placed(section.insert, _BELOW.get(section.marker, Marker.DASH))
        yield from self.sections(section.sections)

    def item(self, item: Text) -> Iterator[Block]:
        """An item of a list: its first paragraph after the dash, the others below."""
        for index, (runs, dashed) in enumerate(self.speaker.blocks(item)):
            marked = index == 0 or dashed
            yield Paragraph(runs, Style.ITEM if marked else Style.BODY, "-" if marked else "")

    def placed(self, insert: Insert, marker: Marker) -> Iterator[Block]:
        """What a section places: targets, assignments, funding or reporting."""
        match insert:
            case Insert.TARGETS:
                for index, objective in enumerate(self.plan.objectives, 1):
                    yield from self.objective(objective, marker, index)
            case Insert.ASSIGNMENTS:
                for index, duty in enumerate(self.plan.assignments.duties, 1):
                    yield from self.duty(duty, marker, index)
            case Insert.FUNDING:
                for funding in self.plan.file.funding:
                    yield from self.speaker.paragraphs(funding.text)
            case Insert.REPORTING:
                for entry in self.plan.file.reporting:
                    yield from self.speaker.paragraphs(entry.text)

    def objective(self, objective: Objective, marker: Marker, index: int) -> Iterator[Block]:
        """Mục tiêu n, with its targets as items."""
        label = "" if _unlabelled(objective) else f"{objective.label or f'Mục tiêu {objective.id}'}: "
        title = (*plain(label), *self.speaker.line(objective.title)) if label else self.speaker.line(objective.title)
        yield Heading(_LEVELS[marker], _marker(marker, index), title)
        for position, target in enumerate(objective.targets, 1):
            yield Paragraph(self.target(target, position), Style.ITEM, "" if _unlabelled(target) else "-")

    def target(self, target: Target, position: int) -> Runs:
        """Chỉ tiêu n: the sentence."""
        text = self.speaker.line(target.text, target.measures)
        if _unlabelled(target):
            return text
        return (*plain(f"{target.label or f'Chỉ tiêu {position}'}: "), *text)

    def duty(self, duty: Duty, marker: Marker, index: int) -> Iterator[Block]:
        """The agency as a heading, its tasks, and what it answers for."""
        lines = [
            *(block for task in duty.tasks for block in self.speaker.blocks(task.text)),
            *((self.answer(role, numbers), True) for role, numbers in _answers(duty)),
        ]
        heading = (Run(self.named(duty), origin=duty.at_agency()),)
        level, number = _LEVELS[marker], _marker(marker, index)
        if duty.run_in and lines:
            yield Heading(level, number, heading, lines[0][0])
            lines = lines[1:]
        else:
            yield Heading(level, number, heading)
        alone = len(lines) == 1
        for runs, _ in lines:
            yield Paragraph(runs, Style.BODY if alone else Style.ITEM, "" if alone else "-")

    def named(self, duty: Duty) -> str:
        """How the plan names whom it addresses."""
        names = listed(self.registry.name(agency, self.plan.dated_on()) for agency in duty.named)
        name = duty.heading or (f"{names} ({duty.acting_as})" if duty.acting_as else names)
        if duty.verb is Verb.REQUEST and not name.lower().startswith("đề nghị"):
            return f"Đề nghị {lower_first(name) if name.startswith('Các ') else name}"
        return name

    def answer(self, role: str, numbers: tuple[str, ...]) -> Runs:
        """The sentence of one responsibility, from the template."""
        return self.wording.line("plan/answers.md.j2", role=role, targets=_told(self.plan, numbers))


def _answers(duty: Duty) -> Iterator[tuple[str, tuple[str, ...]]]:
    for answer in duty.answers_for:
        yield str(answer.role), answer.targets


def _told(plan: Plan, numbers: tuple[str, ...]) -> str:
    """`mục tiêu 4`, `chỉ tiêu 3 của mục tiêu 2`."""
    parts = []
    for number in numbers:
        objective = plan.numbers.get(number, (number,))[-1]
        if number == objective:
            parts.append(f"mục tiêu {number}")
            continue
        targets = next((entry.targets for entry in plan.objectives if entry.id == objective), ())
        position = next((index for index, target in enumerate(targets, 1) if target.id == number), 0)
        parts.append(f"chỉ tiêu {position or number} của mục tiêu {objective}")
    return listed(parts)


def _unlabelled(entry: Objective | Target) -> bool:
    """Whether the original carries no label: the key is there and says so."""
    return entry.label is None and entry.says("label")


def _marker(marker: Marker, position: int) -> str:
    match marker:
        case Marker.ROMAN:
            return f"{roman(position)}."
        case Marker.ARABIC:
            return f"{position}."
        case Marker.LETTER:
            return f"{letter(position)})"
        case Marker.PAREN_ROMAN:
            return f"({roman(position).lower()})"
        case Marker.DASH:
            return "-"
        case Marker.NONE:
            return ""
