"""`bdg report --period P`: the periodic report on each plan that the period belongs to."""

from __future__ import annotations

from bdg_cli import load, progress
from bdg_cli.commands.office import Choices, Office
from bdg_cli.commands.period import parse
from bdg_cli.dates import Period
from bdg_cli.documents import report as document
from bdg_cli.documents.model import Document
from bdg_cli.models.report import Report
from bdg_cli.plan import Plan
from bdg_cli.progress import ReportDue
from bdg_cli.provenance import Kind, Subject


def run(names: tuple[str, ...], period_code: str, choices: Choices) -> int:
    """Make the reports; plans that the period does not concern are named and left out."""
    period = parse(period_code)
    office = Office(choices)
    for identity in office.chosen(names):
        plan, unfinished = office.plan(identity, *sources_of(office, period))
        if plan is None:
            continue
        reason = left_out(plan, period)
        if reason:
            office.say(f"{identity}: không báo cáo kỳ {period} vì {reason}")
            office.failed = office.failed or identity in names  # asked for by name, and not made
            continue
        office.deliver(made(office, plan, period, unfinished=unfinished))
    return office.exit_code()


def sources_of(office: Office, period: Period) -> tuple[str, ...]:
    """The files beside the plan that its report is made from: the figures, and what people wrote for the period."""
    return (*office.layout.data, *(path for path in office.layout.reports if path == f"reports/{period}.yaml"))


def made(office: Office, plan: Plan, period: Period, *, unfinished: bool) -> Document:
    """The report on one plan; a draft while the plan is `unfinished` or the report has no number."""
    found = written(office, plan, period)
    targets = progress.of_plan(plan, office.workshop.registry, office.workshop.results, period)
    draft = unfinished or found is None or found.number is None
    subject = Subject(Kind.REPORT, plan.id, period=str(period))
    custom = office.properties(subject, *sources_of(office, period), draft=draft)
    return document.build(
        plan, office.workshop.registry, targets, period, found, dues(office, plan, period, found), office.root, custom,
        draft=draft,
    )  # fmt: skip


def left_out(plan: Plan, period: Period) -> str:
    """Why a plan has no report for a period; empty where it has one."""
    if plan.period is None:
        return "kế hoạch không ghi giai đoạn"
    if not plan.period.contains(period):
        return f"kế hoạch là của {plan.period}"
    if not plan.objectives and not plan.file.reporting:
        return "kế hoạch không có chỉ tiêu, không quy định báo cáo"
    return ""


def written(office: Office, plan: Plan, period: Period) -> Report | None:
    """What people have added for this plan in reports/<period>.yaml."""
    _, files = office.workshop.reports
    known = files.get(str(period))
    return next((entry for entry in known.reports if entry.plan == plan.id), None) if known else None


def dues(office: Office, plan: Plan, period: Period, found: Report | None) -> tuple[ReportDue, ...]:
    """Who owes a report on this plan for the period, until when, and when it came."""
    sent = {entry.agency: entry.sent for entry in found.received} if found else {}
    agreed = found.due if found else None
    return progress.reports_due(plan, office.workshop.registry, load.calendar(), period, sent, agreed)
