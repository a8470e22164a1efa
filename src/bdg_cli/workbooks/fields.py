"""The fields of targets and tasks that a workbook may change: how each is shown in a cell, and read back from one.

Both ways go through one form as text, so that a cell is changed when its text differs from what was written out, and
files are compared with what they said then. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from bdg_cli import emitter
from bdg_cli.data.ledger import plain
from bdg_cli.dates import PartialDate, Period
from bdg_cli.markup import loose_braces
from bdg_cli.models.plan import Operator
from bdg_cli.workbooks import typed
from bdg_cli.workbooks.model import Look
from bdg_cli.workbooks.reader import Entry, Sort
from bdg_cli.workbooks.typed import Refused

LIST = "; "
OPERATORS = {
    Operator.AT_LEAST: "≥ (đạt)", Operator.ABOVE: "> (trên)", Operator.AT_MOST: "≤ (không quá)",
    Operator.BELOW: "< (dưới)", Operator.EQUAL: "bằng", Operator.ABOUT: "≈ (khoảng)",
}  # fmt: skip
_FIRST_YEAR, _LAST_YEAR = 1990, 2100
_YEARLY = re.compile(r"(\d{1,2})/(\d{1,2})(?: hằng năm)?\Z", re.ASCII)
_MONTH = re.compile(r"(\d{1,2})/(\d{4})\Z", re.ASCII)
_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})\Z", re.ASCII)


@dataclass(frozen=True)
class Field:
    """One field: the key of its column, the keys that lead to it in the file, its head, width and look.

    `shown` makes a cell's value of the file's text; `taken` makes the file's text of a cell, empty for an empty one,
    and raises Refused.
    """

    column: str
    route: tuple[str, ...]
    head: str
    width: float
    look: Look
    shown: Callable[[str], Any]
    taken: Callable[[Entry], str]
    prose: bool = False
    required: bool = False

    def canonical(self, value: Any) -> str:
        """The one form as text of what a file has under the route; empty where it has nothing."""
        for key in self.route:
            value = value.get(key) if isinstance(value, dict) else None
        if value is None:
            return ""
        if isinstance(value, list):
            return LIST.join(value)
        if self.prose:
            return emitter.folded(value)
        if self.look is Look.DECIMAL:
            try:
                return plain(Decimal(value))
            except InvalidOperation:
                return str(value)
        return " ".join(str(value).split())

    def same(self, before: str, after: str) -> bool:
        """Whether two canonical texts say the same; a workbook keeps some fifteen digits of a number."""
        if self.look is Look.DECIMAL and before and after:
            return float(before) == float(after)
        return before == after

    def value(self, canonical: str) -> emitter.Value:
        """What a file gets under the route."""
        if self.column == "partners":
            return canonical.split(LIST)
        return emitter.Prose(canonical) if self.prose else canonical


def _number(text: str) -> Decimal | str:
    try:
        return Decimal(text)
    except InvalidOperation:
        return text


def _take_number(entry: Entry) -> str:
    return plain(typed.number(entry, percentage=True))


def _take_year(entry: Entry) -> str:
    year = typed.number(entry, whole=True)
    if year is not None and not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise Refused(entry, f"“{plain(year)}” không phải năm; hãy ghi năm từ {_FIRST_YEAR} đến {_LAST_YEAR}")
    return plain(year)


def _take_text(entry: Entry) -> str:
    return " ".join(typed.text(entry).split())


def _take_prose(entry: Entry) -> str:
    text = emitter.folded(typed.text(entry))
    if next(loose_braces(text), None) is not None:
        raise Refused(entry, "cụm {{ … }} viết hỏng; hãy giữ nguyên cụm ấy như khi xuất")
    return text


def _take_operator(entry: Entry) -> str:
    text = " ".join(typed.text(entry).split()).lower()
    if not text:
        return ""
    for operator, words in OPERATORS.items():
        if text in {words, operator.value, operator.term, words.split(" ")[0]}:
            return str(operator.value)
    raise Refused(entry, f"“{entry.text}” không nhận ở đây; hãy chọn một trong: {', '.join(OPERATORS.values())}")


def _take_period(entry: Entry) -> str:
    text = typed.text(entry)
    try:
        return str(Period.parse(text)) if text else ""
    except ValueError as told:
        raise Refused(entry, str(told)) from None


def show_day(text: str) -> str:
    """`2024-11-15` is 15/11/2024, `2024-11` is 11/2024, `11-15` is `15/11 hằng năm`."""
    try:
        day = PartialDate.parse(text)
    except ValueError:
        return text
    if day.year is None:
        return f"{day.day:02}/{day.month:02} hằng năm"
    return "/".join(f"{part:02}" for part in (day.day, day.month, day.year) if part is not None)


def _take_day(entry: Entry) -> str:
    if entry.sort is Sort.DAY and entry.day is not None:
        return entry.day.isoformat()
    text = " ".join(typed.text(entry).split())
    try:
        if match := _DAY.match(text):
            return date(int(match[3]), int(match[2]), int(match[1])).isoformat()
        if match := _MONTH.match(text):
            return str(PartialDate.parse(f"{match[2]}-{int(match[1]):02}"))
        if match := _YEARLY.match(text):
            return str(PartialDate.parse(f"{int(match[2]):02}-{int(match[1]):02}"))
        return str(PartialDate.parse(text)) if text else ""
    except ValueError:
        message = f"“{text}” không phải thời hạn; hãy viết như 15/11/2024, 11/2024, 2024 hoặc 15/11 hằng năm"
        raise Refused(entry, message) from None


def _take_ids(entry: Entry) -> str:
    parts = [part.strip() for part in re.split(r"[;,\n]", typed.text(entry))]
    return LIST.join(part for part in parts if part)


def _same(text: str) -> str:
    return text


TARGET_FIELDS = (
    Field("label", ("label",), "Nhãn", 8, Look.TEXT, _same, _take_text),
    Field("text", ("text",), "Lời văn", 52, Look.TEXT, _same, _take_prose, prose=True, required=True),
)
MEASURE_FIELDS = (
    Field("indicator", ("indicator",), "Chỉ tiêu thống kê (mã)", 12, Look.TEXT, _same, _take_text),
    Field("op", ("op",), "So sánh", 12, Look.CHOICE, lambda text: OPERATORS[Operator(text)], _take_operator),
    Field("value", ("value",), "Giá trị", 9, Look.DECIMAL, _number, _take_number),
    Field("unit", ("unit",), "Đơn vị tính", 14, Look.TEXT, _same, _take_text),
    Field("due", ("due",), "Năm đạt", 8, Look.TEXT, _same, _take_year),
    Field("tolerance", ("tolerance",), "Sai số", 8, Look.DECIMAL, _number, _take_number),
    Field("baseline", ("baseline", "value"), "Số gốc", 9, Look.DECIMAL, _number, _take_number),
    Field("baseline_period", ("baseline", "period"), "Kỳ của số gốc", 9, Look.TEXT, _same, _take_period),
    Field("evidence", ("evidence",), "Căn cứ chứng minh", 18, Look.TEXT, _same, _take_text),
)
TASK_FIELDS = (
    Field("text", ("text",), "Nhiệm vụ", 62, Look.TEXT, _same, _take_prose, prose=True, required=True),
    Field("deadline", ("deadline",), "Thời hạn", 13, Look.TEXT, show_day, _take_day),
    Field("product", ("product",), "Sản phẩm", 22, Look.TEXT, _same, _take_text),
    Field("partners", ("partners",), "Cơ quan phối hợp (mã)", 24, Look.TEXT, _same, _take_ids),
    Field("funding", ("funding",), "Kinh phí", 18, Look.TEXT, _same, _take_text),
)
