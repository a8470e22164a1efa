"""KẾ HOẠCH, CÔNG VĂN, QUYẾT ĐỊNH: one plan folder into blocks, in the form of Nghị định 30/2020/NĐ-CP."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from bdg_cli.documents.frame import addressed, attached_line, closing, end_mark, letterhead, plan_closing
from bdg_cli.documents.model import (
    Annex,
    Block,
    Closing,
    Document,
    Heading,
    Paragraph,
    Properties,
    Run,
    Runs,
    Style,
    Title,
)
from bdg_cli.documents.texts import Speaker, ended
from bdg_cli.documents.wording import Wording
from bdg_cli.findings import Place
from bdg_cli.markup import Text
from bdg_cli.models.plan import AnswersFor, Duty, Form, Insert, Marker, Objective, PlanKind, Section, Target, Verb
from bdg_cli.plan import Plan
from bdg_cli.registry import Registry
from bdg_cli.vietnamese import letter, listed, lower_first, roman

_WORDS = "plan/words.md.j2"
_LEVELS = {Marker.ROMAN: 1, Marker.ARABIC: 2, Marker.LETTER: 3, Marker.PAREN_ROMAN: 4, Marker.DASH: 4, Marker.NONE: 4}
_BELOW = {Marker.ROMAN: Marker.ARABIC, Marker.ARABIC: Marker.LETTER, Marker.LETTER: Marker.DASH}


def build(plan: Plan, registry: Registry, repository: str, custom: dict[str, str], *, draft: bool) -> Document:
    """The whole document. `draft` puts DỰ THẢO over it; `custom` are the provenance properties."""
    speaker = Speaker(plan, registry, plan.dated_on())
    builder = _Builder(plan, registry, speaker, Wording(repository, plan.file.at("kind")))
    match plan.file.kind:
        case PlanKind.PLAN:
            blocks = builder.plan_blocks(draft=draft)
        case PlanKind.LETTER:
            blocks = builder.letter_blocks(draft=draft)
        case PlanKind.DECISION:
            blocks = builder.decision_blocks(draft=draft)
    title = "".join(run.text for run in builder.speaker.line(plan.file.title or plan.file.subject))
    properties = Properties(
        title=builder.words("title", kind=plan.file.kind.term, title=lower_first(title)),
        author=registry.name(plan.file.issuer, plan.dated_on()),
        subject=title,
        keywords=builder.words("keywords", plan=plan.id),
        custom=custom,
    )
    return Document(plan.id, properties, tuple(blocks))


@dataclass
class _Builder:
    plan: Plan
    registry: Registry
    speaker: Speaker
    wording: Wording

    def say(self, what: str, place: Place | None = None, **values: object) -> Runs:
        """One of the short sentences; `place` is what it is said of."""
        wording = replace(self.wording, place=place) if place else self.wording
        return wording.line(_WORDS, say=what, **values)

    def words(self, what: str, **values: object) -> str:
        """The same as text."""
        return self.wording.words(_WORDS, say=what, **values)

    def plan_blocks(self, *, draft: bool) -> list[Block]:
        """KẾ HOẠCH (Mẫu 1.4)."""
        file = self.plan.file
        body = [
            *self.basis(),
            *self.speaker.paragraphs(file.opening),
            *self.sections(file.sections),
            *self.speaker.paragraphs(file.closing),
        ]
        head = letterhead(self.plan, self.registry, self.wording, draft=draft)
        title = Title(file.kind.term.upper(), self.speaker.line(file.title))
        return [head, title, *end_mark(body, file.as_written), self.closing()]

    def letter_blocks(self, *, draft: bool) -> list[Block]:
        """CÔNG VĂN (Mẫu 1.5): no name of a kind; V/v under the number, then Kính gửi."""
        file = self.plan.file
        about = self.say("about", file.at("subject"), subject=self.wording.token(self.speaker.line(file.subject)))
        head = replace(letterhead(self.plan, self.registry, self.wording, draft=draft), subject=about)
        body = [
            *addressed(file.addressees, self.registry, self.wording, self.plan.dated_on()),
            *self.basis(),
            *self.speaker.paragraphs(file.opening),
            *self.sections(file.sections),
            *self.speaker.paragraphs(file.closing),
        ]
        return [head, *end_mark(body, file.as_written), self.closing()]

    def decision_blocks(self, *, draft: bool) -> list[Block]:
        """QUYẾT ĐỊNH that issues a plan (Mẫu 1.3), and the plan after it on pages of its own."""
        file = self.plan.file
        head = letterhead(self.plan, self.registry, self.wording, draft=draft)
        title = Title(file.kind.term.upper(), self.speaker.line(file.title))
        authority = [Paragraph(self.speaker.line(file.authority), Style.ISSUING_AUTHORITY)] if file.authority else []
        body = [
            *authority,
            *self.basis(),
            Paragraph(self.say("decides"), Style.DECIDES),
            *self.articles(),
        ]
        return [head, title, *end_mark(body, file.as_written), self.closing(), *self.attached()]

    def closing(self) -> Closing:
        """Recipients and signatures."""
        return plan_closing(self.plan, self.registry, self.wording)

    def articles(self) -> Iterator[Block]:
        """Điều 1. and so on: number and title bold, the text behind them."""
        for index, article in enumerate(self.plan.file.articles, 1):
            paragraphs = list(self.speaker.paragraphs(article.text))
            first = paragraphs[0].runs if paragraphs else (Run(""),)
            yield Heading(2, self.words("article", number=index), self.speaker.line(article.title), first)
            yield from paragraphs[1:]

    def attached(self) -> Iterator[Block]:
        """The plan that the decision issues.

        Under NĐ 30 it has a head without number and date, and no signature; a plan issued before keeps its own form.
        """
        attached, file = self.plan.file.attached, self.plan.file
        if attached is None:
            return
        before = file.form is Form.BEFORE_2020
        yield Annex("", "", ())
        if not before:
            head = letterhead(self.plan, self.registry, self.wording, draft=False)
            yield replace(head, number=None, place_date=None)
        kept = attached_line(self.plan, self.registry, self.wording)
        yield Title(PlanKind.PLAN.term.upper(), self.speaker.line(attached.title), kept)
        body = [
            *self.speaker.paragraphs(attached.opening),
            *self.sections(attached.sections),
            *self.speaker.paragraphs(attached.closing),
        ]
        yield from end_mark(body)
        if before and attached.signature:
            yield closing((), attached.signature, self.registry, self.wording)

    def basis(self) -> Iterator[Block]:
        """Căn cứ and Theo đề nghị: one a line, `;` at the end of each, `.` at the last (Phụ lục I, mục II.6.a)."""
        lines = [*self.plan.file.basis, *([self.plan.file.proposal] if self.plan.file.proposal else [])]
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
        title = self.speaker.line(objective.title)
        if not _unlabelled(objective):
            token = self.wording.token(title)
            title = self.say("objective", objective.here(), label=objective.label, number=objective.id, title=token)
        yield Heading(_LEVELS[marker], _marker(marker, index), title)
        for position, target in enumerate(objective.targets, 1):
            yield Paragraph(self.target(target, position), Style.ITEM, "" if _unlabelled(target) else "-")

    def target(self, target: Target, position: int) -> Runs:
        """Chỉ tiêu n: the sentence."""
        text = self.speaker.line(target.text, target.measures)
        if _unlabelled(target):
            return text
        token = self.wording.token(text)
        return self.say("target", target.here(), label=target.label, position=position, text=token)

    def duty(self, duty: Duty, marker: Marker, index: int) -> Iterator[Block]:
        """The agency as a heading, its tasks, and what it answers for."""
        lines = [
            *(runs for task in duty.tasks for runs, _ in self.speaker.blocks(task.text)),
            *(self.answer(answer) for answer in duty.answers_for),
        ]
        heading = (Run(self.named(duty), origin=duty.at_agency()),)
        level, number = _LEVELS[marker], _marker(marker, index)
        if duty.run_in and lines:
            first, *lines = lines
            yield Heading(level, number, heading, first)
        else:
            yield Heading(level, number, heading)
        plain_text = len(lines) == 1 or duty.marker is Marker.NONE
        for position, runs in enumerate(lines, 1):
            style = Style.BODY if plain_text else Style.ITEM if duty.marker is Marker.DASH else Style.POINT
            yield Paragraph(runs, style, "" if plain_text else _marker(duty.marker, position))

    def named(self, duty: Duty) -> str:
        """How the plan names whom it addresses."""
        names = listed(self.registry.name(agency, self.plan.dated_on()) for agency in duty.named)
        name = " ".join((duty.heading or "").split()) or names
        if duty.acting_as and not duty.heading:
            name = self.words("acting-as", agency=names, role=duty.acting_as)
        if duty.verb is Verb.REQUEST and not name.lower().startswith("đề nghị"):
            return self.words("requested", agency=lower_first(name) if name.startswith("Các ") else name)
        return name

    def answer(self, answer: AnswersFor) -> Runs:
        """The sentence of one responsibility: the original's own, else from the template."""
        if answer.as_written is not None:
            return self.speaker.line(answer.as_written)
        wording = replace(self.wording, place=answer.here())
        return wording.line("plan/answers.md.j2", role=str(answer.role), targets=self.told(answer.targets))

    def told(self, numbers: tuple[str, ...]) -> str:
        """`mục tiêu 4`, `chỉ tiêu 3 của mục tiêu 2`."""
        parts = []
        for number in numbers:
            objective = self.plan.numbers.get(number, (number,))[-1]
            if number == objective:
                parts.append(self.words("objective-mentioned", number=number))
                continue
            targets = next((entry.targets for entry in self.plan.objectives if entry.id == objective), ())
            position = next((index for index, target in enumerate(targets, 1) if target.id == number), 0)
            parts.append(self.words("target-mentioned", position=position or number, objective=objective))
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
