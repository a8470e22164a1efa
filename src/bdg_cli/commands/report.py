"""`bdg report --period P`: the periodic report on each plan that the period belongs to."""

from __future__ import annotations

from bdg_cli import progress, rollup, work
from bdg_cli.commands import freezing
from bdg_cli.commands.included import Included
from bdg_cli.commands.office import Choices, Office
from bdg_cli.commands.period import parse
from bdg_cli.commands.standing import dues, why_left_out, written
from bdg_cli.data.locking import newest, restated
from bdg_cli.data.results import Figure, Results
from bdg_cli.dates import Period, PeriodKind
from bdg_cli.documents.model import Document
from bdg_cli.documents.report import build as document
from bdg_cli.documents.report.account import Account, judged
from bdg_cli.plan import Plan
from bdg_cli.provenance import Kind, Subject


def run(
    names: tuple[str, ...], period_code: str, choices: Choices, *, freeze: bool = False, include: tuple[str, ...] = ()
) -> int:
    """Make the reports; plans that the period does not concern are named and left out."""
    period = parse(period_code)
    office = Office(choices)
    included = Included(office, include) if include else None
    found = 0
    for identity in office.chosen(names):
        plan, unfinished = office.plan(identity, *sources_of(office, period))
        if plan is None:
            continue
        reason = why_left_out(plan, period)
        if reason:
            office.say(f"{identity}: không báo cáo kỳ {period} vì {reason}")
            office.failed = office.failed or identity in names  # asked for by name, and not made
            continue
        found += 1
        account = account_of(office, plan, period, included)
        made = of_account(office, account, unfinished=unfinished, included=included)
        if freeze:
            freezing.lock(office, account, made)
        else:
            freezing.tell_changes(office, account)
        office.deliver(made)
    if found == 0 and not office.failed:
        office.say(f"Không có kế hoạch nào để báo cáo kỳ {period}")
    return office.exit_code()


def sources_of(office: Office, period: Period) -> tuple[str, ...]:
    """The files beside the plan that its report is made from: figures, what people wrote for the period, other locks.

    The lock of the period itself is not: it is made from the report.
    """
    layout = office.layout
    locks = (path for path in layout.locks if path != freezing.path_of(period))
    return (*layout.data, *(path for path in layout.reports if path == f"reports/{period}.yaml"), *locks)


def made(office: Office, plan: Plan, period: Period, *, unfinished: bool) -> Document:
    """The report on one plan; a draft while the plan is `unfinished` or the report has no number."""
    return of_account(office, account_of(office, plan, period), unfinished=unfinished)


def of_account(office: Office, account: Account, *, unfinished: bool, included: Included | None = None) -> Document:
    """The report that an account tells."""
    draft = unfinished or account.number is None or (included is not None and included.faulty)
    subject = Subject(Kind.REPORT, account.plan.id, period=str(account.period))
    custom = office.properties(subject, *sources_of(office, account.period), draft=draft)
    if included is not None:
        custom |= included.properties()
    return document.build(account, office.root, custom, draft=draft)


def account_of(office: Office, plan: Plan, period: Period, included: Included | None = None) -> Account:
    """Everything that goes into the report on one plan."""
    shop = office.workshop
    found = written(shop, plan).get(str(period))
    asked = judged(period)
    results = shop.results
    union = included.of_plan(plan, asked) if included else None
    if union is not None:
        results = results.with_rows(union.rows)
    targets = progress.of_plan(plan, shop.registry, results, asked)
    if union is not None:
        targets = rollup.with_partial_sums(targets, union)
    said = {key: stated for key, stated in newest(shop.locks[1], before=period).items() if key[0] == plan.id}
    return Account(
        plan=plan,
        registry=shop.registry,
        period=period,
        targets=targets,
        written=found,
        dues=dues(shop, plan, period),
        work=work.told(plan, shop.registry, found),
        restated=tuple(restated(said, results)),
        union=union,
        starts=_starts(plan, results, period),
    )


def _starts(plan: Plan, results: Results, period: Period) -> dict[str, Figure]:
    """The figures of the year before a span of years, by measure; nothing for other periods."""
    if period.kind is not PeriodKind.SPAN:
        return {}
    before = Period.parse(str(period.year - 1))
    figures = {
        measure.id: results.figure(measure.indicator, plan.file.area or "", before)
        for _, measure in plan.measures()
        if measure.indicator
    }
    return {measure: figure for measure, figure in figures.items() if figure is not None}
