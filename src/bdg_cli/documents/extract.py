"""TRÍCH KẾ HOẠCH: what a plan asks of one agency, for that agency (`render-plan --agency`).

A working paper: letterhead without number and date, no signature, and a line that says so. A copy in law (bản trích
sao, NĐ 30/2020/NĐ-CP, Điều 26) is made by the registry of the office from the signed original.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from bdg_cli.documents.frame import dated, end_mark, letterhead, shown_number
from bdg_cli.documents.model import (
    Block,
    Column,
    Document,
    Heading,
    Paragraph,
    Properties,
    Row,
    Run,
    Runs,
    Style,
    Table,
    Title,
)
from bdg_cli.documents.task_table import COLUMNS, details, in_one_cell, led_by, titled
from bdg_cli.documents.texts import Speaker, ended, short_day, standing_alone
from bdg_cli.documents.wording import Wording, numbered
from bdg_cli.markup import Text
from bdg_cli.models.plan import Duty, PlanKind, Reporting, Task
from bdg_cli.plan import Plan
from bdg_cli.portion import Answered, Portion, of_agency
from bdg_cli.registry import Registry
from bdg_cli.vietnamese import listed, lower_first, sentence_case

WORDS = "extract/words.md.j2"
_CONTENT = 66.0  # mm of a page that has 160
_DETAILS = {"partners": 30.0, "deadline": 22.0, "product": 24.0, "funding": 18.0}


def build(
    plan: Plan, registry: Registry, repository: str, custom: dict[str, str], agency: str, *, draft: bool
) -> Document | None:
    """The extract for one agency; None where the plan asks nothing of it."""
    portion = of_agency(plan, registry, agency)
    if portion.empty and not portion.reporting:
        return None
    wording = Wording(repository, plan.file.at("kind"))
    builder = _Builder(plan, registry, portion, agency, Speaker(plan, registry, plan.dated_on()), wording)
    title = builder.words("subject", agency=builder.addressed())
    properties = Properties(
        title=builder.words(
            "properties-title", kind=builder.kind.lower(), title=builder.about(), agency=builder.addressed()
        ),
        author=registry.name(plan.file.issuer, plan.dated_on()),
        subject=title,
        keywords=f"bình đẳng giới, {plan.id}, {agency}",
        custom=custom,
    )
    return Document(f"{plan.id}-trich-{agency}", properties, tuple(builder.blocks(draft=draft)))


@dataclass
class _Builder:
    plan: Plan
    registry: Registry
    portion: Portion
    agency: str
    speaker: Speaker
    wording: Wording

    def say(self, what: str, **values: object) -> Runs:
        """One of the short sentences."""
        return self.wording.line(WORDS, say=what, **values)

    def words(self, what: str, **values: object) -> str:
        """The same as text."""
        return self.wording.words(WORDS, say=what, **values)

    def name(self, identity: str) -> str:
        """An agency's name on the day of the plan."""
        return self.registry.name(identity, self.plan.dated_on())

    def addressed(self) -> str:
        """The name of the agency, as it stands inside a sentence."""
        name = self.name(self.agency)
        return lower_first(name) if name.startswith("Các ") else name

    @property
    def kind(self) -> str:
        """What the tasks stand in: the plan, also where a decision issues it."""
        kind = self.plan.file.kind
        return PlanKind.PLAN.term if kind is PlanKind.DECISION else kind.term

    def about(self) -> str:
        """The title of the plan, as it goes on behind its kind."""
        file = self.plan.file
        title = file.attached.title if file.attached else file.title or file.subject
        return lower_first("".join(run.text for run in self.speaker.line(title)))

    def blocks(self, *, draft: bool) -> Iterator[Block]:
        """Head, title, and a part for each way in which the plan asks something of the agency."""
        file = self.plan.file
        yield replace(letterhead(self.plan, self.registry, self.wording, draft=draft), number=None, place_date=None)
        source = self.say(
            "source", kind=file.kind.term, number=shown_number(file.number), symbol=file.symbol or "",
            date=dated(file.date), issuer=self.name(file.issuer),
        )  # fmt: skip
        subject = self.say("subject", agency=self.wording.token((Run(self.addressed()),)))
        yield Title(self.words("kind", kind=self.kind.upper()), subject, source)
        parts = [part for part in self.parts() if part[1]]
        body: list[Block] = [Paragraph(self.say("note"), Style.NOTE)]
        for number, (title, blocks) in enumerate(parts, 1):
            body += [Heading(1, numbered(1, number), title), *blocks]
        yield from end_mark(body if isinstance(body[-1], Paragraph) else [*body, Paragraph(())])

    def parts(self) -> Iterator[tuple[Runs, list[Block]]]:
        """Titles and contents; what is empty is left out later."""
        yield self.say("targets"), list(self.targets())
        yield self.say("own"), [block for duty in self.portion.own for block in self.tasks(duty.tasks)]
        for shared in self.portion.shared:
            group = self.wording.token((Run(self.name(shared.group), origin=shared.duty.at_agency()),))
            yield self.say("shared", group=group), list(self.tasks(shared.duty.tasks))
        yield (
            self.say("helping"),
            [Paragraph(self.helped(one.duty, one.task), Style.ITEM, "-") for one in self.portion.helping],
        )
        yield self.say("common"), list(self.common())
        yield (
            self.say("reporting"),
            [Paragraph(runs, Style.ITEM, "-") for runs in map(self.report, self.portion.reporting) if runs],
        )

    def targets(self) -> Iterator[Block]:
        """What the agency answers for: the whole plan in a sentence, targets in a table."""
        for role in self.portion.general:
            said = lower_first(self.words("role", role=str(role)))
            yield Paragraph(self.say("general", kind=self.kind, role=said), Style.ITEM, "-")
        rows = list(self.target_rows())
        if rows:
            widths = {"number": 14.0, "text": 106.0, "role": 40.0}
            columns = [Column(self.words("target-column", column=name), width) for name, width in widths.items()]
            yield Table(tuple(columns), tuple(rows))

    def target_rows(self) -> Iterator[Row]:
        """A group row for each objective, a row for each target."""
        before = None
        for entry in self.portion.answered:
            if entry.objective is not before:
                before = entry.objective
                title = self.wording.token(self.speaker.line(before.title))
                yield Row((self.say("objective", number=before.id, title=title),), group=True)
            roles = "; ".join(self.words("role", role=str(role)) for role in entry.roles)
            number = (Run(entry.target.id, origin=entry.target.at("id")),)
            yield Row((number, self.target(entry), (Run(sentence_case(roles)),)))

    def target(self, entry: Answered) -> Runs:
        """The sentence of a target; only some of its numbers where the agency has only these."""
        text = self.speaker.line(entry.target.text, entry.target.measures)
        if not entry.measures:
            return text
        measures = listed(measure.id for measure in entry.measures)
        return self.say("only", measures=measures, text=self.wording.token(text))

    def tasks(self, tasks: tuple[Task, ...]) -> Iterator[Block]:
        """Tasks as items; in a table where one has a deadline, product, partner or funding."""
        known = {name: [bool(getattr(task, name)) for task in tasks] for name in _DETAILS}
        shown = [name for name, values in known.items() if any(values)]
        if not shown:
            for task in tasks:
                yield from self.items(task.text)
            return
        spare = sum(width for name, width in _DETAILS.items() if name not in shown)
        columns = [titled("content", _CONTENT + spare, self.wording)]
        columns += [titled(name, _DETAILS[name], self.wording) for name in shown]
        rows = []
        for task in tasks:
            cells = dict(zip(COLUMNS[2:], details(task, self.registry, self.speaker), strict=True))
            rows.append(Row((in_one_cell(self.speaker, task.text), *(cells[name] for name in shown))))
        yield Table(tuple(columns), tuple(rows))

    def helped(self, duty: Duty, task: Task) -> Runs:
        """A task of others, and who leads it."""
        text = self.wording.token(ended(standing_alone(self.speaker.line(task.text)), ""))
        lead = self.wording.token(led_by(duty, self.plan, self.registry))
        return self.say("helping-with", text=text, lead=lead)

    def common(self) -> Iterator[Block]:
        """The texts that all who receive the document answer for, under the titles of their sections."""
        for number, (section, texts) in enumerate(self.portion.common, 1):
            if section.title:
                yield Heading(2, numbered(2, number), self.speaker.line(section.title))
            for text in texts:
                yield from self.items(text)

    def items(self, text: Text) -> Iterator[Paragraph]:
        """A text behind a dash; its further paragraphs below."""
        for index, (runs, dashed) in enumerate(self.speaker.blocks(text)):
            marked = dashed or index == 0
            said = runs if index else standing_alone(runs)
            yield Paragraph(said, Style.ITEM if marked else Style.BODY, "-" if marked else "")

    def report(self, entry: Reporting) -> Runs:
        """The original's own words on a report; without any, a sentence from what is known of it."""
        if entry.text is not None:
            return self.speaker.line(entry.text)
        if entry.period is None and entry.deadline is None and entry.according_to is None:
            return ()
        runs = self.say(
            "report", period=entry.period.term if entry.period else "", combined=entry.combined_with or "",
            via=self.name(entry.via) if entry.via else "", to=self.name(entry.to) if entry.to else "",
            deadline=short_day(entry.deadline) if entry.deadline else "", exclusive=entry.exclusive,
            according=entry.according_to or "",
        )  # fmt: skip
        return tuple(replace(run, origin=entry.here()) for run in runs)
