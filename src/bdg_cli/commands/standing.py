"""Where the plans stand in a period, as plain values: what `bdg status` shows, and what the cache keeps of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from bdg_cli import load, owed, progress
from bdg_cli.data.results import Figure
from bdg_cli.dates import Period
from bdg_cli.documents.texts import Speaker
from bdg_cli.layout import WrongUse
from bdg_cli.models.report import Report
from bdg_cli.plan import Plan
from bdg_cli.progress import MeasureProgress, ReportDue, TargetProgress
from bdg_cli.vietnamese import nearest, short_date
from bdg_cli.workshop import Workshop

Plain = dict[str, Any]
_LEVELS = 8  # of a sparkline


def build(shop: Workshop, names: tuple[str, ...], asked: Period | None, agency: str, *, trends: bool = True) -> Plain:
    """Every plan named, in the period asked or the latest that has figures, with `trends` if wanted. Raises WrongUse.

    With an `agency`, what it owes on each of them: without a period asked, a plan is shown in its own latest one.
    """
    if agency and agency not in shop.registry.bodies:
        near = nearest(agency, shop.registry.bodies)
        hint = f"; có phải “{near}”?" if near else "; mã các cơ quan ở registry/agencies.yaml"
        raise WrongUse(f"không có cơ quan nào mang mã “{agency}”{hint}")
    period = asked or latest(shop, allow_none=bool(agency))
    plans: list[Plain] = []
    unread: list[str] = []
    left_out: list[tuple[str, str]] = []
    for identity in names:
        plan = shop.plan(identity).plan
        if plan is None:
            unread.append(identity)
            continue
        reason = why_left_out(plan, period) if period is not None and (asked or not agency) else ""
        if reason:
            left_out.append((identity, reason))
            continue
        own = _own_period(shop, plan, period) if agency and not asked else period
        entry = _plan(shop, plan, own, agency, whole=not asked, trends=trends)
        if entry["rows"] or entry["tasks"] or entry["reports"] or not agency:
            plans.append(entry)
    found: Plain = _bare(
        {
            "period": str(period) if period else "",
            "agency": shop.registry.name(agency) if agency else "",
            "plans": plans,
            "unread": unread,
            "left_out": left_out,
            "faulty": list(shop.figures.unread),
            "doubtful": shop.figures.rows.faulty_lines(),
        }
    )
    return found


def _bare(value: Any) -> Any:
    """The same values without the places that texts of files know: the cache keeps plain ones only."""
    if isinstance(value, dict):
        return {str(key): _bare(entry) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return [_bare(entry) for entry in value]
    return str(value) if isinstance(value, str) else value


def latest(shop: Workshop, *, allow_none: bool = False) -> Period | None:
    """The latest period that has figures. Raises WrongUse where there is none and one is needed."""
    periods = shop.figures.rows.all_periods
    if not periods and not allow_none:
        raise WrongUse("kho chưa có số liệu nào; hãy nói rõ kỳ bằng --period, như --period 2024H1")
    return max(periods, key=_order, default=None)


def _order(period: Period) -> tuple[date, int]:
    return (period.end, -period.start.toordinal())


def _own_period(shop: Workshop, plan: Plan, period: Period | None) -> Period | None:
    """The period in which a plan is shown where none is asked: the latest of its own that has figures."""
    if plan.period is None or (period is not None and plan.period.contains(period)):
        return period
    inside = [one for one in shop.figures.rows.all_periods if plan.period.contains(one)]
    return max(inside, key=_order, default=plan.period)


def why_left_out(plan: Plan, period: Period) -> str:
    """Why a plan has nothing to show for a period; empty where it has."""
    if plan.period is None:
        return "kế hoạch không ghi giai đoạn"
    if not plan.period.contains(period):
        return f"kế hoạch là của {plan.period}"
    if not plan.objectives and not plan.file.reporting:
        return "kế hoạch không có chỉ tiêu, không quy định báo cáo"
    return ""


def written(shop: Workshop, plan: Plan) -> dict[str, Report]:
    """What people have written down of the reports on a plan, by period."""
    _, files = shop.reports
    return {period: entry for period, file in files.items() for entry in file.reports if entry.plan == plan.id}


def dues(shop: Workshop, plan: Plan, period: Period) -> tuple[ReportDue, ...]:
    """Who owes a report on a plan for a period, until when, and when it came."""
    found = written(shop, plan).get(str(period))
    sent = {entry.agency: entry.sent for entry in found.received} if found else {}
    return progress.reports_due(plan, shop.registry, load.calendar(), period, sent, found.due if found else None)


def _plan(
    shop: Workshop, plan: Plan, period: Period | None, agency: str, *, whole: bool, trends: bool
) -> Plain:  # fmt: skip
    targets = progress.of_plan(plan, shop.registry, shop.results, period) if period is not None else ()
    names = owed.names_of(agency, shop.registry) if agency else frozenset[str]()
    speaker = Speaker(plan, shop.registry, None)
    shown = period if trends else None
    rows = [row for target in targets for row in _rows(shop, plan, speaker, target, shown, names)]
    reports = [_report(shop, due, str(period)) for due in dues(shop, plan, period)] if period is not None else []
    if agency and whole:
        found = owed.reports(plan, shop.registry, load.calendar(), written(shop, plan), agency)
        reports = [_report(shop, one.due, str(one.period or "")) for one in found]
    elif agency:
        reports = [one for one in reports if one["agency"] in names]
    return {
        "plan": plan.id,
        "period": str(period or ""),
        "over": plan.period.end.isoformat() if plan.period else "",
        "answers": [role.term for role in owed.whole(plan, names)] if agency else [],
        "objectives": [
            (objective.id, " ".join(objective.title.raw.split()))
            for objective in plan.objectives
            if any(row["objective"] == objective.id for row in rows)
        ],
        "rows": rows,
        "tasks": [_task(speaker, one) for one in owed.tasks(plan, shop.registry, agency)] if agency else [],
        "reports": reports,
        "illustrative": progress.is_illustrative(targets),
    }


def _rows(
    shop: Workshop, plan: Plan, speaker: Speaker, target: TargetProgress, trend_to: Period | None, names: frozenset[str]
) -> Iterator[Plain]:
    """A row for each measure of a target, and before them one for the whole where there are several."""
    entries = [entry for entry in target.measures if not names or owed.roles(plan, names, entry.measure.id)]
    if not entries:
        return
    whole = status_rows(plan, target)
    if len(target.measures) > 1:
        cells = {"name": "cả chỉ tiêu", "wanted": "", "value": "", "said": target.verdict.term, "who": "", "spark": []}
        yield {"objective": target.objective.id, "row": whole[0], **cells}
    of_measure = {row["measure"]: row for row in whole}
    for entry in entries:
        agencies = ", ".join(shop.registry.short_name(one) for one in entry.owners) or "chưa phân công"
        roles = ", ".join(role.term for role in owed.roles(plan, names, entry.measure.id))
        yield {
            "objective": target.objective.id,
            "row": of_measure[entry.measure.id],
            "name": speaker.measure_name(entry),
            "wanted": progress.wanted(entry.measure) + _percent(entry, entry.measure.value is not None),
            "value": _value(entry, entry.judged.figure),
            "said": progress.verdict_text(entry),
            "who": roles if names else agencies,
            "spark": _levels(shop, plan, entry, trend_to),
        }


def status_rows(plan: Plan, target: TargetProgress) -> list[Plain]:
    """The rows of one target as bdg-status/1 has them."""
    common = {"plan": plan.id, "target": target.target.id}
    rows = []
    if len(target.measures) > 1:
        place = target.target.at("id")
        whole = {"measure": None, "owner": None, "value": None, "unit": None, "verdict": target.verdict.value}
        rows.append({**common, **whole, "path": place.path, "line": place.line})
    for entry in target.measures:
        figure, place = entry.judged.figure, entry.measure.at("id")
        value = figure.value if figure else None
        own = {
            "measure": entry.measure.id,
            "owner": entry.owners[0] if len(entry.owners) == 1 else list(entry.owners) or None,
            "value": str(value) if value is not None else None,
            "unit": entry.unit,
            "verdict": entry.judged.verdict.value,
        }
        rows.append({**common, **own, "path": place.path, "line": place.line})
    return rows


def _percent(entry: MeasureProgress, wanted: bool) -> str:
    return "%" if entry.unit == "%" and wanted else ""


def _value(entry: MeasureProgress, figure: Figure | None) -> str:
    if figure is None or figure.value is None:
        return "–"
    return progress.shown(figure.value, entry.measure) + _percent(entry, True) + ("*" if figure.estimate else "")


def _levels(shop: Workshop, plan: Plan, entry: MeasureProgress, period: Period | None) -> list[int]:
    """The series of a measure as heights from 0; none where there are not two figures that may be compared."""
    if entry.indicator is None or period is None:
        return []
    figures = shop.results.series(entry.indicator.id, plan.file.area or "", period)
    alike = [one for one in figures if not shop.results.obstacle(figures[-1], one)]
    values = [one.value for one in alike if one.value is not None]
    if len(values) < 2:
        return []
    low, high = min(values), max(values)
    if low == high:
        return [_LEVELS // 2 - 1] * len(values)
    return [int((value - low) / (high - low) * (_LEVELS - 1)) for value in values]


def _report(shop: Workshop, due: ReportDue, period: str) -> Plain:
    return {
        "plan": due.plan,
        "agency": due.agency,
        "due": due.due.isoformat() if due.due else None,
        "sent": due.sent.isoformat() if due.sent else None,
        "period": period,
        "name": shop.registry.short_name(due.agency),
        "due_said": short_date(due.due) if due.due else "",
        "sent_said": short_date(due.sent) if due.sent else "",
    }


def _task(speaker: Speaker, task: owed.OwedTask) -> Plain:
    deadline = task.deadline
    said = ""
    if deadline is not None:
        parts = [part for part in (deadline.day, deadline.month, deadline.year) if part is not None]
        said = "/".join(str(part) for part in parts)
    text = "".join(run.text for run in speaker.line(task.text))
    return {"text": " ".join(text.split()), "deadline": said, "product": task.product, "shared": task.shared}
