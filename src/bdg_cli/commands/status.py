"""`bdg status`: targets × owner × result × verdict, and who owes a report."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import date
from typing import Any

from bdg_cli import load, progress
from bdg_cli.commands import terminal
from bdg_cli.commands.office import Choices, Office
from bdg_cli.commands.period import parse
from bdg_cli.commands.report import dues, left_out, written
from bdg_cli.dates import Period
from bdg_cli.documents.texts import Speaker
from bdg_cli.layout import WrongUse
from bdg_cli.plan import Plan
from bdg_cli.progress import MeasureProgress, ReportDue, TargetProgress
from bdg_cli.vietnamese import short_date

FORMAT = "bdg-status/1"
FORMATS = ("text", "json")
_TITLES = ("", "Chỉ tiêu", "Mục tiêu", "Kết quả", "Đánh giá", "Cơ quan")
_WIDTHS = (5, 9, 8, 19, 16)  # of all columns but the second, which takes the rest


def run(names: tuple[str, ...], period_code: str | None, choices: Choices, form: str) -> int:
    """Print where each plan stands in a period; without one, in the latest that has figures."""
    if form not in FORMATS:
        raise WrongUse(f"không có dạng “{form}”; hãy chọn một trong: {', '.join(FORMATS)}")
    asked = parse(period_code) if period_code else None
    office = Office(choices)
    period = asked or _latest(office)
    for path in office.workshop.figures.unread:
        office.failed = True
        print(f"{path}: không đọc được nên số liệu của tệp này không được tính; hãy chạy bdg validate", file=sys.stderr)
    shown = []
    for identity in office.chosen(names, load.NATIONAL_PLANS):
        plan = office.workshop.plan(identity).plan
        if plan is None:
            office.failed = True
            print(f"{identity}: không đọc được; hãy chạy bdg validate", file=sys.stderr)
            continue
        reason = left_out(plan, period)
        if reason:
            print(f"{identity}: không có trong kỳ {period} vì {reason}", file=sys.stderr)
            continue
        targets = progress.of_plan(plan, office.workshop.registry, office.workshop.results, period)
        shown.append((plan, targets, dues(office, plan, period, written(office, plan, period))))
    if form == "json":
        terminal.emit(_json(office, period, shown))
    else:
        _print(office, period, shown)
    return office.exit_code()


Shown = list[tuple[Plan, tuple[TargetProgress, ...], tuple[ReportDue, ...]]]


def _latest(office: Office) -> Period:
    periods = office.workshop.figures.ledger.all_periods
    if not periods:
        raise WrongUse("kho chưa có số liệu nào; hãy nói rõ kỳ bằng --period, như --period 2024H1")
    return max(periods, key=lambda period: (period.end, -period.start.toordinal()))


def _json(office: Office, period: Period, shown: Shown) -> str:
    document = {
        "format": FORMAT,
        "period": str(period),
        "today": office.outcome.today,
        "rows": [row for plan, targets, _ in shown for target in targets for row in _rows(plan, target)],
        "reports": [
            {"plan": due.plan, "agency": due.agency, "due": _iso(due.due), "sent": _iso(due.sent)}
            for _, _, owed in shown
            for due in owed
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _rows(plan: Plan, target: TargetProgress) -> Iterator[dict[str, Any]]:
    common = {"plan": plan.id, "target": target.target.id}
    if len(target.measures) > 1:
        place = target.target.at("id")
        whole = {"measure": None, "owner": None, "value": None, "unit": None, "verdict": target.verdict.value}
        yield {**common, **whole, "path": place.path, "line": place.line}
    for entry in target.measures:
        figure, place = entry.judged.figure, entry.measure.at("id")
        value = figure.value if figure else None
        yield {
            **common,
            "measure": entry.measure.id,
            "owner": entry.owners[0] if len(entry.owners) == 1 else list(entry.owners) or None,
            "value": str(value) if value is not None else None,
            "unit": entry.unit,
            "verdict": entry.judged.verdict.value,
            "path": place.path,
            "line": place.line,
        }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _print(office: Office, period: Period, shown: Shown) -> None:
    from rich.console import Console
    from rich.table import Table

    sheet = terminal.sheet(sys.stdout)
    console = Console(width=sheet.width, force_terminal=sheet.colour, highlight=False)
    room = sheet.width - sum(_WIDTHS) - len(_WIDTHS)
    for plan, targets, owed in shown:
        table = Table(box=None, title=f"{plan.id} · kỳ {period}", title_justify="left", pad_edge=False)
        for title, width in zip(_TITLES, (_WIDTHS[0], room, *_WIDTHS[1:]), strict=True):
            justify: Any = "right" if title in {"Mục tiêu", "Kết quả"} else "left"
            table.add_column(title, width=width, justify=justify, overflow="fold")
        speaker = Speaker(plan, office.workshop.registry, None)
        for objective in plan.objectives:
            title = " ".join(objective.title.raw.split())
            table.add_row(objective.id, title, "", "", "", "", style="bold")
            for target in targets:
                for entry in target.measures if target.objective is objective else ():
                    table.add_row(*_cells(office, speaker, entry))
        if targets:
            console.print(table)
        elif owed:
            console.print(f"{plan.id} · kỳ {period}", style="italic")
        _print_dues(office, console, owed)
    if any(progress.is_illustrative(targets) for _, targets, _ in shown):
        console.print("Số liệu minh họa, không phải số thật. Dấu * là số ước.", style="italic")


def _cells(office: Office, speaker: Speaker, entry: MeasureProgress) -> tuple[str, ...]:
    figure = entry.judged.figure
    percent = "%" if entry.unit == "%" else ""
    value = "–"
    if figure is not None and figure.value is not None:
        value = progress.shown(figure.value, entry.measure) + percent + ("*" if figure.estimate else "")
    owners = ", ".join(office.workshop.registry.short_name(agency) for agency in entry.owners)
    wanted = progress.wanted(entry.measure)
    wanted += percent if entry.measure.value is not None else ""
    return (
        entry.measure.id,
        speaker.measure_name(entry),
        wanted,
        value,
        progress.verdict_text(entry),
        owners or "chưa phân công",
    )


def _print_dues(office: Office, console: Any, owed: tuple[ReportDue, ...]) -> None:
    registry, today = office.workshop.registry, date.fromisoformat(office.outcome.today)
    for due in owed:
        name = registry.short_name(due.agency)
        until = f"hạn cuối {short_date(due.due)}" if due.due else "kế hoạch không nêu hạn"
        if due.sent is not None:
            late = due.due is not None and due.sent > due.due
            state = f"đã gửi {short_date(due.sent)}{' (muộn)' if late else ''}"
        else:
            state = "chưa gửi" + (", đã quá hạn" if due.due and due.due < today else "")
        console.print(f"Báo cáo của {name}: {until}; {state}")
