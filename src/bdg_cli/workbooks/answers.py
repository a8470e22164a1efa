"""A filled form into answers: each figure and task with the cells it was typed in, and what is refused, with its cell.

An indicator is taken whole or not at all: a share without its whole, or men without women, is no figure. Cells that
stand as the form was sent out are no answers. Pure.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from bdg_cli.data.observations import FigureStatus, Sex, Vintage
from bdg_cli.dates import Period
from bdg_cli.models.report import TaskState
from bdg_cli.workbooks import typed
from bdg_cli.workbooks.form import FORMAT, NO, PARTS, YES
from bdg_cli.workbooks.marks import Found, Marks, Places, Shapes, check
from bdg_cli.workbooks.reader import Entry, Sort, Unreadable
from bdg_cli.workbooks.typed import Refused

_SEXES = {sex.value or "all": sex for sex in Sex}
_ABOUT = ("status", "vintage", "source", "note")
_MISSING = "có {there} mà thiếu {absent}; hãy ghi đủ cả hai, hoặc để trống cả hai"
_SHAPES: Shapes = {
    "heading": {"text": str},
    "figure": {
        "indicator": str, "area": str, "part": str, "label": str, "definition": str, "unit": str, "whole": list,
        "qualitative": bool, "sexes": list, "filled": dict,
    },
    "task": {"plan": str, "task": str, "text": str, "filled": dict},
    "summary": {"plan": str, "filled": dict},
}  # fmt: skip
_TERMS = {"numerator": "tử số", "denominator": "mẫu số", "value": "giá trị"}


@dataclass(frozen=True)
class FigureAnswer:
    """The figure of one indicator for one sex, and the cell of each part."""

    sex: Sex
    numerator: Decimal | None
    denominator: Decimal | None
    value: Decimal | None
    status: FigureStatus
    entries: dict[str, Entry]

    def entry(self, column: str) -> Entry:
        """The cell that a column of the data came from; that of the figure itself where the column has none."""
        return self.entries.get(column) or next(iter(self.entries.values()))


@dataclass(frozen=True)
class IndicatorAnswer:
    """What was said of one indicator."""

    indicator: str
    area: str
    label: str
    definition: str
    figures: tuple[FigureAnswer, ...]
    vintage: Vintage
    source: str
    note: str


@dataclass(frozen=True)
class TaskAnswer:
    """What was said of one task; `task` is empty for what was said of the plan as a whole."""

    plan: str
    task: str
    text: str
    state: TaskState | None
    result: str
    entry: Entry


@dataclass
class Filled:
    """A whole form. `lost` names what was deleted from it, `blank` counts indicators and tasks without an answer."""

    agency: str
    period: str
    plans: tuple[str, ...]
    indicators: list[IndicatorAnswer] = field(default_factory=list)
    tasks: list[TaskAnswer] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    blank: int = 0
    kept: int = 0


def read(marks: Marks, places: Places) -> Filled:
    """The answers of a form. Raises Unreadable for one that was relabelled, or was made by another version of bdg."""
    if marks.form != FORMAT:
        raise Unreadable(f"biểu theo dạng {marks.form}, bản bdg này dùng {FORMAT}; hãy xuất lại bằng bdg form")
    check(marks, ("agency", "period", "plans"), _SHAPES)
    form = Filled(marks.head["agency"], _period(marks), tuple(marks.head["plans"].split()))
    _check_headings(marks, places)
    for indicator, rows in _indicators(marks).items():
        try:
            _take_indicator(form, indicator, rows, places)
        except Refused as refusal:
            form.refused.append(refusal)
    for key, meaning in marks.rows.items():
        if meaning["kind"] in {"task", "summary"}:
            try:
                _take_task(form, meaning, places.rows.get(key, []))
            except Refused as refusal:
                form.refused.append(refusal)
    for stray in places.strays:
        message = "dòng này không có trong biểu gốc nên không biết là chỉ tiêu, nhiệm vụ nào; hãy ghi vào dòng có sẵn"
        form.refused.append(Refused(stray.filled()[0], message))
    return form


def _period(marks: Marks) -> str:
    try:
        return str(Period.parse(marks.head["period"]))
    except ValueError as told:
        raise Unreadable(f"kỳ của biểu không dùng được: {told}") from None


def _check_headings(marks: Marks, places: Places) -> None:
    """A form of one period or agency with the heading of another is a form somebody used again."""
    for key, meaning in marks.rows.items():
        if meaning["kind"] != "heading":
            continue
        for found in places.rows.get(key, []):
            shown = [entry for (row, _), entry in sorted(found.grid.entries.items()) if row == found.row]
            texts = [entry.text for entry in shown if entry.text and entry.text != key]
            if texts and meaning["text"] not in texts:
                cell = next(entry.cell for entry in shown if entry.text == texts[0])
                raise Unreadable(
                    f"{found.grid.title}!{cell} ghi “{texts[0]}”, mà biểu được xuất cho “{meaning['text']}”; "
                    "hãy xuất biểu đúng kỳ, đúng cơ quan bằng bdg form rồi chép số sang"
                )


def _indicators(marks: Marks) -> dict[tuple[str, str], dict[str, tuple[str, dict[str, Any]]]]:
    """Key and meaning of the rows of each indicator, by part."""
    found: dict[tuple[str, str], dict[str, tuple[str, dict[str, Any]]]] = {}
    for key, meaning in marks.rows.items():
        if meaning["kind"] == "figure":
            rows = found.setdefault((meaning["indicator"], meaning["area"]), {})
            rows[meaning["part"]] = (key, meaning)
    return found


def _take_indicator(
    form: Filled, key: tuple[str, str], rows: dict[str, tuple[str, dict[str, Any]]], places: Places
) -> None:
    parts = [part for part in PARTS if part in rows]
    if not parts:
        return
    meanings = {part: rows[part][1] for part in parts}
    found = {part: _one(places.rows.get(rows[part][0], []), meanings[part]) for part in parts}
    label = meanings[parts[0]]["label"]
    there = {part: row for part, row in found.items() if row is not None}
    if not there:
        form.lost.append(f"chỉ tiêu {label}")
        return
    if all(_untouched(row, meanings[part]) for part, row in there.items()):
        untouched = any(row.filled() for row in there.values())
        form.kept += untouched
        form.blank += not untouched
        return
    if len(there) < len(parts):
        absent = next(part for part in parts if part not in there)
        entry = next(entry for row in there.values() for entry in row.filled())
        raise Refused(entry, f"chỉ tiêu {label}: dòng {_TERMS[absent]} đã bị xóa; hãy lấy lại biểu gốc rồi ghi lại")
    for row in there.values():
        if row.hidden:
            raise Refused(row.filled()[0], "dòng đang bị ẩn mà có số; hãy hiện dòng ra, xem lại số rồi gửi lại")
    about = {column: _first(there, column) for column in _ABOUT}
    status = typed.choice(about["status"], FigureStatus) or FigureStatus.ORDINARY
    vintage = typed.choice(about["vintage"], Vintage) or Vintage.UNSAID
    source, note = typed.text(about["source"]), typed.text(about["note"])
    figures = tuple(_figures(there, meanings[parts[0]], status, about["status"]))
    if not figures:
        if note or source:
            said = about["note"] if note else about["source"]
            raise Refused(
                said, f"chỉ tiêu {label} chưa có số và chưa chọn tình trạng; hãy ghi số, hoặc chọn tình trạng"
            )
        form.blank += 1
        return
    definition = meanings[parts[0]]["definition"]
    form.indicators.append(IndicatorAnswer(*key, label, definition, figures, vintage, source, note))


def _first(rows: dict[str, Found], column: str) -> Entry:
    """What is asked once for an indicator: in its first row, or wherever it was written when cells were unmerged."""
    entries = [row.at(column) for row in rows.values()]
    return next((entry for entry in entries if not entry.empty), entries[0])


def _one(rows: list[Found], meaning: dict[str, Any]) -> Found | None:
    """The row that counts where one was copied: the only one with answers, or any of several that say the same."""
    if len(rows) < 2:
        return rows[0] if rows else None
    answered = [row for row in rows if not _untouched(row, meaning)]
    said = {tuple((column, _shown(row.at(column))) for column in row.columns) for row in answered}
    if len(said) > 1:
        raise Refused(answered[1].filled()[0], "dòng này có hai bản ghi khác nhau trong tệp; hãy giữ lại một bản")
    return (answered or rows)[0]


def _figures(
    rows: dict[str, Found], meaning: dict[str, Any], status: FigureStatus, said: Entry
) -> Iterator[FigureAnswer]:
    """One figure for each sex that has numbers; one without numbers where only a status was chosen."""
    any_row = next(iter(rows.values()))
    for name, sex in _SEXES.items():
        if name not in any_row.columns:
            continue
        entries = {part: row.at(name) for part, row in rows.items()}
        if name not in meaning["sexes"]:
            for entry in entries.values():
                if not entry.empty:
                    raise Refused(entry, f"chỉ tiêu {meaning['label']} không hỏi theo giới; hãy để trống ô này")
            continue
        numbers = {part: _number(entry, part, meaning) for part, entry in entries.items()}
        chosen = status if sex is Sex.ALL else FigureStatus.ORDINARY
        if all(number is None for number in numbers.values()):
            if chosen is not FigureStatus.ORDINARY:
                yield FigureAnswer(sex, None, None, None, chosen, {"status": said, **entries})
            continue
        absent = [part for part, number in numbers.items() if number is None]
        upper, lower = numbers.get("numerator"), numbers.get("denominator")
        if lower == 0 and not upper and chosen is FigureStatus.ORDINARY:
            chosen = FigureStatus.NONE  # nothing that could have been counted: design.md 2
        elif absent and chosen is FigureStatus.ORDINARY:
            present = next(part for part in numbers if part not in absent)
            words = _MISSING.format(there=_TERMS[present], absent=_TERMS[absent[0]])
            raise Refused(entries[absent[0]], f"chỉ tiêu {meaning['label']}: {words}", "SL103")
        yield FigureAnswer(sex, upper, lower, numbers.get("value"), chosen, {**entries, "status": said})


def _number(entry: Entry, part: str, meaning: dict[str, Any]) -> Decimal | None:
    if meaning["qualitative"] and part == "value" and entry.sort is Sort.TEXT:
        answers = {YES: Decimal(1), NO: Decimal(0)}
        answer = answers.get(entry.text.lower())
        if answer is None:
            raise Refused(entry, f"“{entry.text}” không nhận ở đây; hãy chọn {YES} hoặc {NO}")
        return answer
    whole = part in meaning["whole"]
    return typed.number(entry, whole=whole, percentage=part == "value" and meaning["unit"] == "%")


def _take_task(form: Filled, meaning: dict[str, Any], rows: list[Found]) -> None:
    found = _one(rows, meaning)
    summary = meaning["kind"] == "summary"
    if found is None:
        form.lost.append("kết quả nổi bật" if summary else f"nhiệm vụ {meaning['task']} của {meaning['plan']}")
        return
    if _untouched(found, meaning):
        untouched = bool(found.filled())
        form.kept += untouched and not summary
        form.blank += not untouched and not summary
        return
    if found.hidden:
        raise Refused(found.filled()[0], "dòng đang bị ẩn mà có nội dung; hãy hiện dòng ra, xem lại rồi gửi lại")
    state = None if summary else typed.choice(found.at("state"), TaskState)
    result = typed.text(found.at("result"))
    if "{{" in result or "{%" in result:
        raise Refused(found.at("result"), "kết quả có dấu “{{”, “{%” là dấu riêng của bdg; hãy bỏ dấu ấy")
    if state is None and not result:
        form.blank += not summary
        return
    entry = found.at("result") if result else found.at("state")
    form.tasks.append(
        TaskAnswer(meaning["plan"], meaning.get("task", ""), meaning.get("text", ""), state, result, entry)
    )


def _untouched(row: Found, meaning: dict[str, Any]) -> bool:
    """Whether a row stands as the form was sent out."""
    filled: dict[str, str] = meaning["filled"]
    return all(_same(row.at(column), filled.get(column, "")) for column in row.columns)


def _same(entry: Entry, before: str) -> bool:
    if entry.empty:
        return not before
    if entry.sort is Sort.NUMBER and entry.number is not None:
        try:
            return Decimal(before) == entry.number and not entry.percent
        except InvalidOperation:
            return False
    return entry.sort is Sort.TEXT and " ".join(entry.text.split()) == " ".join(before.split())


def _shown(entry: Entry) -> str:
    return "" if entry.empty else f"{entry.sort.value}:{entry.number}{entry.text}{entry.day}"
