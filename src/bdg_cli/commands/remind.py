"""`bdg remind --period P`: for each plan the letter to the agencies that have not sent their report."""

from __future__ import annotations

from datetime import date

from bdg_cli.commands.office import Choices, Office
from bdg_cli.commands.period import parse
from bdg_cli.commands.report import account_of, sources_of
from bdg_cli.commands.standing import why_left_out
from bdg_cli.dates import Period
from bdg_cli.documents import reminder
from bdg_cli.documents.model import Document
from bdg_cli.documents.report.account import Account
from bdg_cli.layout import WrongUse
from bdg_cli.plan import Plan
from bdg_cli.provenance import Kind, Subject


def run(names: tuple[str, ...], period_code: str, choices: Choices) -> int:
    """Make the letters; a plan that nobody owes a report on has none, which is no fault."""
    period = parse(period_code)
    office = Office(choices)
    for identity in office.chosen(names):
        plan, unfinished = office.plan(identity, *sources_of(office, period))
        if plan is None:
            continue
        reason = why_left_out(plan, period)
        if reason:
            office.say(f"{identity}: không có báo cáo kỳ {period} vì {reason}")
            office.failed = office.failed or identity in names
            continue
        account = account_of(office, plan, period)
        if not account.unsent:
            office.say(f"{identity}: {_nothing(account)}")
            continue
        office.deliver(_letter(office, account, draft=unfinished))
    return office.exit_code()


def made(office: Office, plan: Plan, period: Period, *, draft: bool) -> Document:
    """The letter on one plan. Raises WrongUse where there is nobody to write to any more."""
    account = account_of(office, plan, period)
    if not account.unsent:
        raise WrongUse(_nothing(account))
    return _letter(office, account, draft=draft)


def _letter(office: Office, account: Account, *, draft: bool) -> Document:
    subject = Subject(Kind.REMINDER, account.plan.id, period=str(account.period))
    custom = office.properties(subject, *sources_of(office, account.period), draft=draft)
    return reminder.build(account, office.root, custom, date.fromisoformat(office.outcome.today), draft=draft)


def _nothing(account: Account) -> str:
    done = "mọi cơ quan đã gửi" if account.dues else "không cơ quan nào phải gửi"
    return f"{done} báo cáo kỳ {account.period}, không cần đôn đốc"
