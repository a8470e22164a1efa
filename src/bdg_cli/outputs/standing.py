"""Where the plans stand, for people and programs: a table with sparklines, bdg-status/1, CSV. Plain values in.

Light on imports: it stands on the path that answers from the cache.
"""

from __future__ import annotations

from bdg_cli.outputs.text import Sheet

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

FORMAT = "bdg-status/1"
KEYS = ("plan", "agency", "due", "sent")
BARS = "▁▂▃▄▅▆▇█"
PLAIN_BARS = "_.,-~=*#"  # for terminals whose letters have no such bars
_WIDE = 110  # columns from which owners have a column of their own
_NARROW = 72  # columns below which trends are left out
_LINES = 2  # of a name, before it is cut
_ORDER = (
    "exceeded", "met", "partly-met", "on-track", "behind", "missed", "incomplete", "missing", "none", "not-due",
    "not-due-yet",
)  # fmt: skip
_COLOURS = {
    "exceeded": "32", "met": "32", "on-track": "32", "partly-met": "33", "behind": "33", "missed": "31",
}  # fmt: skip
_RISKY = ("=", "+", "-", "@", "\t", "\r")


def json_text(standing: dict[str, Any], today: str) -> str:
    """The document bdg-status/1."""
    import json

    document = {
        "format": FORMAT,
        "period": standing["period"],
        "today": today,
        "rows": [one["row"] for plan in standing["plans"] for one in plan["rows"]],
        "reports": [{key: due[key] for key in KEYS} for plan in standing["plans"] for due in plan["reports"]],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def csv_text(standing: dict[str, Any]) -> str:
    """One line a row, with period and objective; no cell can be taken for a formula."""
    import csv
    import io

    columns = ("period", "plan", "objective", "target", "measure", "owner", "value", "unit", "verdict", "path", "line")
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    for plan in standing["plans"]:
        for one in plan["rows"]:
            row = {**one["row"], "period": plan["period"], "objective": one["objective"]}
            writer.writerow([_cell(column, row[column]) for column in columns])
    return out.getvalue()


def _cell(column: str, value: Any) -> str:
    text = ";".join(value) if isinstance(value, list) else "" if value is None else str(value)
    return f"'{text}" if text.startswith(_RISKY) and column != "value" else text


def text(standing: dict[str, Any], sheet: Sheet, bars: str, today: str, *, reports: bool) -> str:
    """Tables for a terminal: targets by objective, tasks and reports; `bars` are the heights of a sparkline."""
    lines: list[str] = []
    for plan in standing["plans"]:
        lines += _plan(standing, plan, sheet, bars, today, reports=reports)
    if any(plan["illustrative"] for plan in standing["plans"]):
        lines += ["Số liệu minh họa, không phải số thật.", ""]
    if any("*" in one["value"] for plan in standing["plans"] for one in plan["rows"]):
        lines += ["Dấu * là số ước.", ""]
    if standing["agency"] and not standing["plans"]:
        lines += [f"{standing['agency']} không được giao gì trong các kế hoạch này.", ""]
    return "\n".join(lines)


def _plan(
    standing: dict[str, Any], plan: dict[str, Any], sheet: Sheet, bars: str, today: str, *, reports: bool
) -> Iterator[str]:
    over = " · giai đoạn đã hết" if standing["agency"] and plan["over"] and plan["over"] < today else ""
    period = f" · kỳ {plan['period']}" if plan["period"] else ""
    who = f"{standing['agency']} · " if standing["agency"] else ""
    yield sheet.paint(f"{who}{plan['plan']}{period}{over}", "1")
    for role in plan["answers"]:
        yield f"Cả kế hoạch: {role}"
    if plan["rows"]:
        yield from _table(plan, sheet, bars, of_agency=bool(standing["agency"]))
        yield from _wrap(_summary(plan["rows"]), sheet.width)
    if plan["tasks"]:
        yield ""
        dated = any(task["deadline"] for task in plan["tasks"])
        yield f"Nhiệm vụ ({len(plan['tasks'])}{'' if dated else '; kế hoạch không ghi thời hạn'})"
        for task in plan["tasks"]:
            yield from _task(task, sheet, dated=dated)
    if plan["reports"] and reports:
        yield ""
        yield from _reports(plan["reports"], sheet, today, periods=bool(standing["agency"]))
    yield ""


def _table(plan: dict[str, Any], sheet: Sheet, bars: str, *, of_agency: bool) -> Iterator[str]:
    rows = plan["rows"]
    wide = sheet.width >= _WIDE
    spark = max((len(one["spark"]) for one in rows), default=0) if sheet.width >= _NARROW else 0
    columns = [("", 5, "<"), ("Chỉ tiêu", 0, "<"), ("Mục tiêu", 8, ">"), ("Kết quả", 8, ">")]
    columns += [("Xu hướng", max(8, spark), "<")] if spark else []
    columns += [("Đánh giá", 19, "<")]
    columns += [("Vai trò" if of_agency else "Cơ quan", 24, "<")] if wide else []
    room = sheet.width - sum(width for _, width, _ in columns) - len(columns) + 1
    columns[1] = ("Chỉ tiêu", max(room, 12), "<")
    yield from _row(tuple(title for title, _, _ in columns), columns)
    for number, title in plan["objectives"]:
        for position, part in enumerate(_wrap(title, sheet.width - 6)):
            yield sheet.paint(f"{number if position == 0 else '':<5} {part}", "1")
        for one in rows:
            if one["objective"] == number:
                yield from _measure(one, columns, sheet, bars, wide=wide, spark=bool(spark))


def _measure(
    one: dict[str, Any], columns: list[tuple[str, int, str]], sheet: Sheet, bars: str, *, wide: bool, spark: bool
) -> Iterator[str]:
    row = one["row"]
    name = _cut(one["name"], columns[1][1])
    if not wide and one["who"]:
        name += _wrap(f"→ {one['who']}", columns[1][1])
    cells: list[str | list[str]] = [row["measure"] or row["target"], name, one["wanted"], one["value"]]
    if spark:
        cells.append("".join(bars[level] for level in one["spark"]))
    cells.append(one["said"])
    if wide:
        cells.append(one["who"])
    colours = {len(cells) - (2 if wide else 1): _COLOURS.get(row["verdict"], "2")}
    yield from _row(tuple(cells), columns, sheet, colours)


def _row(
    cells: tuple[str | list[str], ...], columns: list[tuple[str, int, str]], sheet: Sheet | None = None,
    colours: dict[int, str] | None = None,
) -> Iterator[str]:  # fmt: skip
    """The lines of one row: each cell wrapped to its column."""
    wrapped = [
        cell if isinstance(cell, list) else _wrap(cell, width)
        for cell, (_, width, _) in zip(cells, columns, strict=True)
    ]
    for number in range(max(len(parts) for parts in wrapped) or 1):
        line = []
        for position, (parts, (_, width, side)) in enumerate(zip(wrapped, columns, strict=True)):
            part = f"{parts[number] if number < len(parts) else '':{side}{width}}"
            code = colours.get(position) if colours else None
            line.append(sheet.paint(part, code) if sheet and code and part.strip() else part)
        yield " ".join(line).rstrip()


def _summary(rows: list[dict[str, Any]]) -> str:
    """How many measures stand how, the best first."""
    counts: dict[str, int] = {}
    for one in sorted(rows, key=lambda one: _ORDER.index(one["row"]["verdict"])):
        if one["row"]["measure"] is not None:
            counts[one["said"]] = counts.get(one["said"], 0) + 1
    return f"{sum(counts.values())} số đo: {', '.join(f'{number} {said}' for said, number in counts.items())}"


def _task(task: dict[str, Any], sheet: Sheet, *, dated: bool) -> Iterator[str]:
    facts = [f"thời hạn {task['deadline'] or 'không ghi'}"] if dated else []
    facts += [f"sản phẩm: {task['product']}"] if task["product"] else []
    facts += [f"giao chung cho {task['shared']}"] if task["shared"] else []
    first, *rest = _wrap(task["text"], sheet.width - 2)
    yield f"- {first}"
    yield from (f"  {part}" for part in rest)
    told = f"({'; '.join(facts)})" if facts else ""
    yield from (sheet.paint(f"  {part}", "2") for part in _wrap(told, sheet.width - 2) if part)


def _reports(dues: list[dict[str, Any]], sheet: Sheet, today: str, *, periods: bool) -> Iterator[str]:
    """Who owes which report until which working day, what has come, what is late."""
    yield "Báo cáo (hạn là ngày làm việc cuối cùng)"
    columns = [("Kỳ", 9, "<")] if periods else []
    columns += [("Cơ quan", 0, "<"), ("Hạn", 10, ">"), ("Đã gửi", 10, ">"), ("Tình trạng", 26, "<")]
    place = len(columns) - 4
    columns[place] = ("Cơ quan", sheet.width - sum(width for _, width, _ in columns) - len(columns) + 1, "<")
    yield from _row(tuple(title for title, _, _ in columns), columns)
    for due in dues:
        state, colour = _state(due, today)
        cells = ((due["period"],) if periods else ()) + (due["name"], due["due_said"] or "–", due["sent_said"], state)
        yield from _row(cells, columns, sheet, {len(columns) - 1: colour} if colour else {})


def _state(due: dict[str, Any], today: str) -> tuple[str, str]:
    """How a report stands, and its colour."""
    if due["sent"] is not None:
        if due["due"] is None:
            return "đã gửi; không nêu hạn", "32"
        late = _days(due["due"], due["sent"])
        return (f"muộn {late} ngày", "33") if late > 0 else ("đúng hạn", "32")
    if due["due"] is None:
        return "chưa gửi; không nêu hạn", "2"
    over = _days(due["due"], today)
    return (f"chưa gửi, quá hạn {over} ngày", "31") if over > 0 else ("chưa gửi, chưa đến hạn", "")


def _days(first: str, last: str) -> int:
    from datetime import date

    return (date.fromisoformat(last) - date.fromisoformat(first)).days


def _cut(name: str, width: int) -> list[str]:
    """A name on few lines, with … where it goes on."""
    parts = _wrap(name, width)
    if len(parts) <= _LINES:
        return parts
    last = parts[_LINES - 1]
    if len(last) == width:  # a word makes room for the sign
        last = last.rpartition(" ")[0] or last[:-1]
    return [*parts[: _LINES - 1], f"{last.rstrip(',')}…"]


def _wrap(text: str, width: int) -> list[str]:
    """The words of a text in lines of at most `width` columns; a word that is longer is broken."""
    lines: list[str] = []
    line = ""
    for word in text.split():
        while len(word) > width:
            room = width - len(line) - 1 if line else width
            if room > 0:
                line = f"{line} {word[:room]}" if line else word[:room]
                word = word[room:]
            lines.append(line)
            line = ""
        if line and len(line) + 1 + len(word) > width:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}" if line else word
    return [*lines, line] if line or not lines else lines
