"""CÔNG VĂN ĐÔN ĐỐC: the letter to the agencies that have not sent their report on a plan for a period (Mẫu 1.5)."""

from __future__ import annotations

from datetime import date

from bdg_cli.dates import PartialDate
from bdg_cli.documents.frame import WORDS as FRAME
from bdg_cli.documents.frame import addressed, closing, dated, draft_mark, end_mark, number_line, place_line
from bdg_cli.documents.model import Document, Letterhead, Properties, Runs
from bdg_cli.documents.report.account import Account, Voice
from bdg_cli.documents.report.build import combined, plan_named
from bdg_cli.documents.report.tasks import Tasks
from bdg_cli.documents.texts import plain
from bdg_cli.models.plan import PlanKind, Purpose, Recipient
from bdg_cli.progress import ReportDue
from bdg_cli.vietnamese import count, short_date

_WORDS = "remind/words.md.j2"


def build(account: Account, repository: str, custom: dict[str, str], today: date, *, draft: bool) -> Document:
    """The letter, dated in the month of `today`, its day and number blank. `account.unsent` must not be empty."""
    return _Reminder(account, repository, today).document(custom, draft=draft)


class _Reminder:
    """One letter under way."""

    def __init__(self, account: Account, repository: str, today: date) -> None:
        self.account = account
        self.today = today
        self.voice = Voice(account, repository)
        self.wording = self.voice.wording
        self.tasks = Tasks(self.voice)

    def document(self, custom: dict[str, str], *, draft: bool) -> Document:
        """Head with V/v, Kính gửi, text, closing."""
        account, plan, registry = self.account, self.account.plan, self.account.registry
        period, day = self.voice.period(account.period), account.period.end
        subject = self.wording.line(_WORDS, say="subject", combined=combined(plan), period=period)
        about = "".join(run.text for run in subject)
        addressees = tuple(_recipient(due, account) for due in account.unsent)
        signature = (account.written.signature if account.written else ()) or plan.file.signature
        end = closing(
            self.filed(), signature, registry, self.wording, self.wording.words(FRAME, say="as-above"), on=day
        )
        blocks = (
            self.letterhead(subject, draft=draft),
            *addressed(addressees, registry, self.wording, day),
            *end_mark(list(self.wording.blocks("remind/letter.md.j2", **self.values()))),
            end,
        )
        properties = Properties(
            title=about, author=account.issuer, subject=about,
            keywords=f"bình đẳng giới, {plan.id}, {account.period}", custom=custom,
        )  # fmt: skip
        return Document(f"{plan.id}-don-doc-{account.period}", properties, blocks)

    def letterhead(self, subject: Runs, *, draft: bool) -> Letterhead:
        """The plan's agency; a letter's notation has no name of a kind (NĐ 30/2020/NĐ-CP, Điều 15, Phụ lục III)."""
        plan, registry = self.account.plan, self.account.registry
        symbol = plan.file.symbol or ""
        if plan.file.kind is not PlanKind.LETTER:
            symbol = symbol.split("-", 1)[-1]
        parent = plan.file.parent_body
        month = PartialDate(self.today.year, self.today.month)
        return Letterhead(
            parent=plain(registry.short_name(parent, self.account.period.end)) if parent else (),
            issuer=plain(self.account.issuer),
            number=plain(number_line(None, symbol, self.wording)),
            place_date=plain(place_line(plan.file.place, month, self.wording)),
            subject=subject,
            draft=draft_mark(self.wording) if draft else "",
        )

    def values(self) -> dict[str, object]:
        """What the text of the letter is made of."""
        account = self.account
        unsent = account.unsent
        written = account.written
        return {
            "plan": plan_named(self.voice),
            "period": self.voice.period(account.period),
            "issuer": account.issuer,
            "to": self.receiver(),
            "count": count(len(unsent)),
            "lines": [self.line(due) for due in unsent],
            "overdue": any(self.late(due) for due in unsent),
            "new_deadline": dated(PartialDate(self.today.year)),
            "illustrative": self.wording.words(_WORDS, say="illustrative") if written and written.illustrative else "",
        }

    def line(self, due: ReportDue) -> str:
        """One agency, what it owes, and until when it had to come."""
        return self.wording.words(
            _WORDS, say="owing", agency=self.voice.agency(due.agency), owed=self.tasks.owed(due),
            due=short_date(due.due) if due.due else "", late=self.late(due),
        )  # fmt: skip

    def late(self, due: ReportDue) -> bool:
        """Whether the last valid day has passed."""
        return due.due is not None and due.due < self.today

    def receiver(self) -> str:
        """Where the reports go: as the plan says, else to its issuer."""
        stops = [entry.via or entry.to for entry in self.account.plan.file.reporting if entry.via or entry.to]
        return self.voice.agency(stops[0]) if stops and stops[0] else self.account.issuer

    def filed(self) -> tuple[Recipient, ...]:
        """Where the letter is filed: as the plan is."""
        own = [one for one in self.account.plan.file.recipients if one.purpose is Purpose.FILE]
        return tuple(own) or (Recipient(text="VT", purpose=Purpose.FILE),)


def _recipient(due: ReportDue, account: Account) -> Recipient:
    return Recipient(group=due.agency) if due.agency in account.registry.groups else Recipient(agency=due.agency)
