"""`bdg form AGENCY --period P`: the workbook that an agency fills, one for each with `--all`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bdg_cli import load, progress
from bdg_cli.commands import terminal
from bdg_cli.commands.desk import Desk
from bdg_cli.commands.period import parse
from bdg_cli.data.ledger import Ledger
from bdg_cli.dates import Period
from bdg_cli.documents.wording import Wording
from bdg_cli.layout import WrongUse
from bdg_cli.models.report import Report
from bdg_cli.plan import Plan
from bdg_cli.registry import Registry
from bdg_cli.vietnamese import nearest
from bdg_cli.workbooks import asked, form, writer
from bdg_cli.workbooks.asked import Request


@dataclass(frozen=True)
class Choices:
    """The options of the command."""

    repo: str | None
    today: str | None
    out: str
    force: bool


def run(agency: str | None, everybody: bool, period_code: str, names: tuple[str, ...], choices: Choices) -> int:
    """Make the forms: of one agency, of each member of a group, or of every agency that has something to report."""
    if (agency is None) is not everybody:
        raise WrongUse("hãy nêu mã một cơ quan, hoặc --all cho mọi cơ quan; xem mã ở registry/agencies.yaml")
    period = parse(period_code)
    desk = Desk(choices.repo, choices.today)
    requests = gathered(desk, period, names)
    chosen = list(requests) if agency is None else _chosen(desk.workshop.registry, requests, agency, period)
    if not chosen:
        raise WrongUse(f"không kế hoạch nào có nhiệm vụ, chỉ tiêu ở kỳ {period}; hãy xem giai đoạn của các kế hoạch")
    ledger = Ledger(desk.observations())
    wording = Wording(desk.root)
    repository = desk.repository()
    for position, one in enumerate(chosen, 1):
        terminal.show_progress("Đang lập biểu", position, len(chosen))
        named = _names(desk.workshop.registry, requests[one], period)
        content = writer.write(form.build(requests[one], repository, named, ledger, wording))
        terminal.clear_progress()
        desk.save(Path(choices.out) / f"{one}-{period}.xlsx", content, force=choices.force)
    return desk.exit_code()


def gathered(desk: Desk, period: Period, names: tuple[str, ...]) -> dict[str, Request]:
    """What the plans ask of each agency for a period."""
    registry, results = desk.workshop.registry, desk.workshop.results
    requests: dict[str, Request] = {}
    for plan in desk.plans(names):
        if plan.period is None or not plan.period.contains(period):
            continue
        report = _written(desk, plan, period)
        received = report.received if report else ()
        sent = {entry.agency: entry.sent for entry in received}
        due = report.due if report else None
        dues = progress.reports_due(plan, registry, load.calendar(), period, sent, due)
        targets = progress.of_plan(plan, registry, results, period)
        asked.gather(requests, plan, registry, period, targets, dues, received)
    return requests


def _written(desk: Desk, plan: Plan, period: Period) -> Report | None:
    _, files = desk.workshop.reports
    known = files.get(str(period))
    return next((entry for entry in known.reports if entry.plan == plan.id), None) if known else None


def _chosen(registry: Registry, requests: dict[str, Request], agency: str, period: Period) -> list[str]:
    if agency not in registry.bodies:
        near = nearest(agency, requests) or nearest(agency, registry.bodies)
        hint = f"; có phải “{near}”?" if near else "; xem mã ở registry/agencies.yaml"
        raise WrongUse(f"không có cơ quan nào mang mã “{agency}”{hint}")
    found = [one for one in asked.bodies(registry, agency) if one in requests]
    if not found:
        name = registry.name(agency)
        raise WrongUse(f"{name} không có chỉ tiêu, nhiệm vụ nào ở kỳ {period} trong các kế hoạch của kho")
    return found


def _names(registry: Registry, request: Request, period: Period) -> dict[str, str]:
    areas = {figure.area for figure in request.figures.values()}
    named = {area: registry.areas[area].name for area in areas if area in registry.areas}
    return {**named, request.agency: registry.name(request.agency, period.end)}
