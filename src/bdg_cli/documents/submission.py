"""TỜ TRÌNH: with it an office puts a plan before the body that decides on it (`render-plan --submission`).

In the form of NĐ 30/2020/NĐ-CP, Mẫu 1.4, with Kính gửi. What only people can write is marked as blank.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from bdg_cli import prose
from bdg_cli.dates import PartialDate
from bdg_cli.documents.frame import WORDS as FRAME
from bdg_cli.documents.frame import closing, draft_mark, end_mark, number_line, place_line
from bdg_cli.documents.model import (
    Block,
    Closing,
    Document,
    Letterhead,
    Paragraph,
    Properties,
    Run,
    Runs,
    Signatory,
    Style,
    Title,
)
from bdg_cli.documents.texts import Speaker, ended, whole_parts
from bdg_cli.documents.wording import Wording
from bdg_cli.models.plan import PlanKind, Purpose, Recipient, Role, Section
from bdg_cli.models.registry import ActKind, Function
from bdg_cli.plan import Plan
from bdg_cli.registry import Registry
from bdg_cli.vietnamese import count, lower_first

WORDS = "submission/words.md.j2"
_BODY = "submission/body.md.j2"


def submitter(plan: Plan, registry: Registry) -> str | None:
    """The agency that puts the plan before its issuer: named in the proposal, else who coordinates the plan.

    None where neither says who, so that somebody must.
    """
    day, area = plan.dated_on(), plan.file.area
    if plan.file.proposal is not None:
        text = " ".join(plan.file.proposal.raw.split()).lower()
        near = (agency for agency in registry.agencies.values() if agency.area in (None, area))
        named = [agency.id for agency in near if registry.name(agency.id, day).lower() in text]
        named = [identity for identity in named if identity != plan.file.issuer]
        if named:
            return max(named, key=lambda identity: len(registry.name(identity, day)))
    leading = [claim.agency for claim in plan.claims if claim.role is Role.COORDINATOR]
    leading += [
        agency
        for duty in plan.assignments.duties
        for agency in duty.named
        if Function.GENDER in registry.functions(agency)
    ]
    return next((one for one in leading if one in registry.agencies and one != plan.file.issuer), None)


def build(plan: Plan, registry: Registry, repository: str, custom: dict[str, str], agency: str) -> Document:
    """The letter in which `agency` submits the plan. It is a draft: people have to add what only they know."""
    wording = Wording(repository, plan.file.at("kind"))
    builder = _Builder(plan, registry, agency, Speaker(plan, registry, plan.dated_on()), wording)
    title = builder.words("subject", title=builder.title())
    properties = Properties(
        title=builder.words("properties-title", title=builder.title()),
        author=registry.name(agency, plan.dated_on()),
        subject=title,
        keywords=f"bình đẳng giới, {plan.id}",
        custom=custom,
    )
    return Document(f"{plan.id}-to-trinh", properties, tuple(builder.blocks()))


def _cited(plan: Plan) -> prose.Citation | None:
    """The letter as the plan's own proposal cites it."""
    text = plan.file.proposal.raw if plan.file.proposal else ""
    found = (mention for mention in prose.read(text) if isinstance(mention, prose.Citation))
    return next((one for one in found if one.kind == ActKind.SUBMISSION), None)


@dataclass
class _Builder:
    plan: Plan
    registry: Registry
    agency: str
    speaker: Speaker
    wording: Wording

    def words(self, what: str, **values: object) -> str:
        """One of the short sentences."""
        return self.wording.words(WORDS, say=what, **values)

    def name(self, identity: str) -> str:
        """An agency's name on the day of the plan."""
        return self.registry.name(identity, self.plan.dated_on())

    def title_runs(self) -> Runs:
        """The title of the plan, as it goes on behind "Kế hoạch"."""
        file = self.plan.file
        first, *rest = self.speaker.line(file.attached.title if file.attached else file.title) or (Run(""),)
        return (Run(lower_first(first.text), first.bold, first.italic, first.origin), *rest)

    def title(self) -> str:
        """The same as text."""
        return "".join(run.text for run in self.title_runs())

    def blocks(self) -> Iterator[Block]:
        """Head, title, Kính gửi, căn cứ, text, closing."""
        file = self.plan.file
        yield self.letterhead()
        title = self.wording.token(self.title_runs())
        yield Title(self.words("kind"), self.wording.line(WORDS, say="subject", title=title))
        body = self.wording.token((Run(self.name(file.issuer), origin=file.at("issuer")),))
        yield Paragraph(self.wording.line(FRAME, say="one-addressee", addressee=body), Style.ADDRESSEE_FIRST)
        for index, line in enumerate(file.basis, 1):
            yield Paragraph(ended(self.speaker.line(line), "." if index == len(file.basis) else ";"), Style.BASIS)
        yield from end_mark(list(self.body()))
        yield self.closing()

    def letterhead(self) -> Letterhead:
        """The submitting office; number and date as the plan cites them, else to be filled in."""
        file, cited = self.plan.file, _cited(self.plan)
        number, _, symbol = cited.number.partition("/") if cited else ("", "", "")
        symbol = symbol or self.words("symbol", submitter=self.symbol())
        planned = PartialDate(file.date.year, file.date.month) if file.date and file.date.year else None
        return Letterhead(
            parent=self.parent(),
            issuer=(Run(whole_parts(self.name(self.agency))),),
            number=(Run(number_line(number or None, symbol, self.wording)),),
            place_date=(Run(place_line(file.place, cited.date if cited else planned, self.wording)),),
            draft=draft_mark(self.wording),
        )

    def parent(self) -> Runs:
        """The people's committee that the submitting office belongs to."""
        for field, body in (("issuer", self.plan.file.issuer), ("parent_body", self.plan.file.parent_body)):
            if body and Function.LOCAL in self.registry.functions(body):
                return (Run(self.registry.short_name(body), origin=self.plan.file.at(field)),)
        return ()

    def symbol(self) -> str:
        """How the submitting office is written in a notation."""
        agency = self.registry.agencies[self.agency]
        kind = self.registry.kind_of(agency)
        return agency.symbol or (kind.symbol if kind else None) or ""

    def body(self) -> Iterator[Block]:
        """The text, from the template."""
        file, objectives = self.plan.file, self.plan.objectives
        tasks = Counter(agency for duty in self.plan.assignments.duties for agency in duty.named for _ in duty.tasks)
        yield from self.wording.blocks(
            _BODY,
            submitter=self.name(self.agency),
            body=self.name(file.issuer),
            title=self.wording.token(self.title_runs()),
            blank={part: self.words("blank", part=told) for part, told in _BLANKS.items()},
            period=self.period(),
            summary=self.words(
                "objectives",
                objectives=count(len(objectives)),
                targets=count(sum(len(one.targets) for one in objectives)),
            ),
            objectives=[
                self.words(
                    "objective", title=self.wording.token(self.speaker.line(one.title)), targets=count(len(one.targets))
                )
                for one in objectives
            ],
            sections=[self.wording.token(self.speaker.line(section.title)) for section in self.sections()],
            assigned=self.words("duties", tasks=count(sum(len(duty.tasks) for duty in self.plan.assignments.duties))),
            duties=[self.name(agency) for agency in tasks],
            funding=[self.wording.token(self.speaker.line(entry.text)) for entry in file.funding if entry.text],
            by_decision=file.kind is PlanKind.DECISION,
        )

    def period(self) -> str:
        """In which year or years the plan is carried out."""
        if self.plan.period is None:
            return ""
        return self.words("period", first=str(self.plan.period.start.year), last=str(self.plan.period.end.year))

    def sections(self) -> tuple[Section, ...]:
        """The parts of the plan that have a title."""
        file = self.plan.file
        sections = file.attached.sections if file.attached else file.sections
        return tuple(section for section in sections if section.title)

    def closing(self) -> Closing:
        """`Như trên`, `Lưu: VT`, and the post of the head of the office; the name is for the one who signs."""
        name = self.name(self.agency)
        office = next((word for word in _OFFICES if name.startswith(word)), "")
        signatory = Signatory(((Run(self.words("post", office=office)),),), (), (Run(""),))
        end = closing(
            (Recipient(text="VT", purpose=Purpose.FILE),),
            (),
            self.registry,
            self.wording,
            self.wording.words(FRAME, say="as-above"),
        )
        return Closing(end.recipients, (signatory,))


_OFFICES = ("Sở", "Công an", "Phòng", "Ban", "Văn phòng", "Thanh tra")
_BLANKS = {
    "reasons": "vì sao cần ban hành",
    "drafting": "quá trình xây dựng, lấy ý kiến",
    "period": "thời gian thực hiện",
}
