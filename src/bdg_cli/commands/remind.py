"""`bdg remind --period P`: for each plan the letter to the agencies that have not sent their report."""

from __future__ import annotations

from datetime import date

from bdg_cli.commands.office import Choices, Office
from bdg_cli.commands.period import parse
from bdg_cli.commands.report import account_of, left_out, sources_of
from bdg_cli.documents import reminder


def run(names: tuple[str, ...], period_code: str, choices: Choices) -> int:
    """Make the letters; a plan that nobody owes a report on has none, which is no fault."""
    period = parse(period_code)
    office = Office(choices)
    for identity in office.chosen(names):
        sources = sources_of(office, period)
        plan, unfinished = office.plan(identity, *sources)
        if plan is None:
            continue
        reason = left_out(plan, period)
        if reason:
            office.say(f"{identity}: không có báo cáo kỳ {period} vì {reason}")
            office.failed = office.failed or identity in names
            continue
        account = account_of(office, plan, period)
        if not account.unsent:
            done = "mọi cơ quan đã gửi" if account.dues else "không cơ quan nào phải gửi"
            office.say(f"{identity}: {done} báo cáo kỳ {period}, không cần đôn đốc")
            continue
        custom = office.properties(identity, *sources)
        today = date.fromisoformat(office.outcome.today)
        office.deliver(reminder.build(account, office.root, custom, today, draft=unfinished))
    return office.exit_code()
