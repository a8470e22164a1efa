"""The whole report: head, the outline of templates/report/body.md.j2 filled, closing, annexes."""

from __future__ import annotations

from collections.abc import Iterator

from bdg_cli.data.results import says_illustrative
from bdg_cli.dates import PartialDate, Period, PeriodKind
from bdg_cli.documents.frame import (
    WORDS,
    addressed,
    closing,
    dated,
    draft_mark,
    end_mark,
    number_line,
    place_line,
    shown_number,
)
from bdg_cli.documents.model import Block, Document, Letterhead, Properties, Run, Runs, Title
from bdg_cli.documents.report.account import Account, Voice
from bdg_cli.documents.report.annexes import Annexes
from bdg_cli.documents.report.results import Results
from bdg_cli.documents.report.tasks import Tasks
from bdg_cli.documents.texts import plain
from bdg_cli.documents.wording import Markdown
from bdg_cli.markup import Text
from bdg_cli.models.plan import PlanKind
from bdg_cli.models.report import Narrative
from bdg_cli.plan import Plan
from bdg_cli.vietnamese import count, lower_first

_NARRATIVE = {name: Narrative.term(name) for name in Narrative.model_fields}
_FINAL = {PeriodKind.YEAR, PeriodKind.SCHOOL_YEAR}
_PLAIN = {PeriodKind.QUARTER, PeriodKind.MONTH}
_BOTH = "sự tiến bộ của phụ nữ"


def build(account: Account, repository: str, custom: dict[str, str], *, draft: bool) -> Document:
    """The report for one period. `custom` are the provenance properties; `draft` puts DỰ THẢO over it."""
    return _Builder(account, repository).document(custom, draft=draft)


class _Builder:
    """Puts the parts of one report together."""

    def __init__(self, account: Account, repository: str) -> None:
        self.account = account
        self.voice = Voice(account, repository)
        self.annexes = Annexes(self.voice, self.attached())
        self.results = Results(self.voice)
        self.tasks = Tasks(self.voice)

    def document(self, custom: dict[str, str], *, draft: bool) -> Document:
        """Head, text, closing, annexes."""
        account, written, plan = self.account, self.account.written, self.account.plan
        subject = self.voice.say(
            "words", "subject", nature=nature(plan, account.period), combined=combined(plan),
            period=self.voice.period(account.period),
        )  # fmt: skip
        addressees = written.addressees if written else ()
        head: tuple[Block, ...] = (self.letterhead(draft=draft), Title("BÁO CÁO", subject))
        body = end_mark(list(self.body()))
        end = closing(
            (written.recipients if written else ()) or plan.file.recipients,
            (written.signature if written else ()) or plan.file.signature,
            account.registry,
            self.voice.wording,
            self.voice.wording.words(WORDS, say="as-above") if addressees else "",
            on=account.period.end,
        )
        title = "".join(run.text for run in subject)
        properties = Properties(
            title=self.voice.words("words", "properties-title", subject=lower_first(title)),
            author=account.issuer,
            subject=title,
            keywords=f"bình đẳng giới, {plan.id}, {account.period}",
            custom=custom,
        )
        blocks = (
            *head,
            *addressed(addressees, account.registry, self.voice.wording, account.period.end),
            *body,
            end,
            *self.annexes.blocks(),
        )
        return Document(f"{plan.id}-bao-cao-{account.period}", properties, blocks)

    # -- head ----------------------------------------------------------------------------------------------

    @property
    def dated(self) -> PartialDate:
        """The report's date; until it is written, the month in which the period ends (a draft's day is blank)."""
        end = self.account.period.end
        written = self.account.written.date if self.account.written else None
        return written or PartialDate(end.year, end.month)

    def letterhead(self, *, draft: bool) -> Letterhead:
        """The plan's agency, the report's own number and date."""
        plan, registry = self.account.plan, self.account.registry
        parent = plan.file.parent_body
        return Letterhead(
            parent=plain(registry.short_name(parent, self.account.period.end)) if parent else (),
            issuer=plain(self.account.issuer),
            number=plain(number_line(self.account.number, self.account.symbol, self.voice.wording)),
            place_date=plain(place_line(plan.file.place, self.dated, self.voice.wording)),
            draft=draft_mark(self.voice.wording) if draft else "",
        )

    def attached(self) -> Runs:
        """`(Kèm theo Báo cáo số … ngày … của …)` under the title of an annex (Phụ lục I, mục III.1.c)."""
        number = reference(self.account)
        return self.voice.say("annexes", "attached", number=number, date=dated(self.dated), issuer=self.account.issuer)

    # -- text ----------------------------------------------------------------------------------------------

    def body(self) -> Iterator[Block]:
        """The text, from the template."""
        pointers = {name: self.annexes.pointer(name) for name in ("results", "tasks", "unsent", "restated", "sums")}
        yield from self.voice.wording.blocks(
            "report/body.md.j2",
            opening=self.opening(),
            narrative={name: self.told(name) for name in _NARRATIVE},
            received=self.tasks.received(pointers["unsent"]),
            annexes=pointers,
            summary=self.results.summary() if self.account.targets else self.tasks.without_targets(),
            restated=self.restated(pointers["restated"]),
            summed=self.summed(pointers["sums"]),
            illustrative=self.illustrative(),
            objectives=list(self.results.objectives()),
            tasks=self.tasks.summary(pointers["tasks"]),
            agencies=list(self.tasks.agencies()),
            next_period=self.voice.following(self.account.period),
        )

    def opening(self) -> str:
        """What the report is on."""
        period = self.voice.period(self.account.period)
        plan = plan_named(self.voice)
        return self.voice.token("words", "opening", plan=plan, issuer=self.account.issuer, period=period)

    def told(self, name: str) -> str:
        """What people wrote for a part; a clear mark where nothing was written."""
        narrative = self.account.written.narrative if self.account.written else None
        text: Text | None = getattr(narrative, name) if narrative else None
        if text is None:
            return Markdown(f"*{self.voice.words('words', 'blank', part=_NARRATIVE[name].lower())}*")
        blocks = self.voice.speaker.blocks(text)
        return Markdown("\n\n".join(("- " if item else "") + self.voice.wording.token(runs) for runs, item in blocks))

    def illustrative(self) -> str:
        """What the text must say where figures or words are made up to show how bdg works."""
        entries = self.account.measures
        figures = [figure for entry in entries for figure in (entry.judged.figure, entry.earlier) if figure is not None]
        invented = any(says_illustrative(figure.row.source) for figure in figures)
        written = self.account.written
        parts = [("illustrative-figures", invented), ("illustrative-words", bool(written and written.illustrative))]
        return " ".join(self.voice.words("words", what) for what, needed in parts if needed)

    def restated(self, annex: str) -> str:
        """Where to find the figures that earlier reports gave otherwise; empty where there are none."""
        changed = self.account.restated
        return self.results.say("restated-pointer", number=count(len(changed)), annex=annex) if changed else ""

    def summed(self, annex: str) -> str:
        """How many repositories went into the sums; empty for a report from one."""
        union = self.account.union
        if union is None or not annex:
            return ""
        return self.results.say(
            "summed-pointer", counted=count(len(set(union.included) & set(union.expected))),
            units=count(len(union.expected)), annex=annex, cascade=self.annexes.pointer("cascade"),
        )  # fmt: skip


def plan_named(voice: Voice) -> str:
    """`Kế hoạch số … ngày … của … triển khai …`, to be read on in a sentence; the plan's title keeps its origin."""
    file = voice.account.plan.file
    first, *rest = voice.speaker.line(file.title or file.subject) or (Run(""),)
    title = (Run(lower_first(first.text), first.bold, first.italic, first.origin), *rest)
    return voice.token(
        "words", "plan",
        kind=file.kind.term,
        number=f"{shown_number(file.number)}/{file.symbol or ''}",
        date=dated(file.date),
        issuer=voice.account.issuer,
        letter=file.kind is PlanKind.LETTER,
        title=voice.wording.token(title),
    )  # fmt: skip


def reference(account: Account) -> str:
    """`41/BC-BVSTBPN`; the number of a draft stays blank."""
    return f"{shown_number(account.number)}/{account.symbol}"


def nature(plan: Plan, period: Period) -> str:
    """`final` for a year and a plan's whole period (tổng kết), `interim` for a part of them (sơ kết), else `plain`."""
    whole = plan.period is not None and period.contains(plan.period)
    if whole or period.kind in _FINAL:
        return "final"
    return "plain" if period.kind in _PLAIN else "interim"


def combined(plan: Plan) -> bool:
    """Whether the report is on the advancement of women too: the plan says so, or is itself on both."""
    title = plan.file.title or plan.file.subject
    about = [title.raw if title else "", *(entry.combined_with or "" for entry in plan.file.reporting)]
    return any(_BOTH in " ".join(text.split()).lower() for text in about)
