"""What people typed into a cell, as the number, word or text it must be. Never a guess: what can mean two things
is refused, with the way to write it.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TypeVar

from bdg_cli.data.ledger import plain
from bdg_cli.models.located import Term
from bdg_cli.vietnamese import nfc
from bdg_cli.vietnamese import number as shown
from bdg_cli.workbooks.reader import Entry, Sort

_T = TypeVar("_T", bound=Term)

_SPACES = re.compile(r"[\s\u00a0\u2007\u202f]+")
_GROUPED = re.compile(r"-?\d{1,3}(?:\.\d{3})+(?:,\d+)?\Z", re.ASCII)  # 1.234 and 1.234,5
_COMMA = re.compile(r"-?\d+,\d+\Z", re.ASCII)  # 59,1
_WHOLE = re.compile(r"-?\d+\Z", re.ASCII)
_POINT = re.compile(r"-?\d+\.\d+\Z", re.ASCII)  # 59.1: no group of three, so it can only be a decimal point
_ENGLISH = re.compile(r"-?\d{1,3}(?:,\d{3}){2,}(?:\.\d+)?\Z|-?\d{1,3}(?:,\d{3})+\.\d+\Z", re.ASCII)  # 1,234,567.8
_LARGEST = Decimal("1e15")
NOT_A_NUMBER = "SL101"
WRONG_VALUE = "TP005"


class Refused(Exception):  # noqa: N818 - what people typed is no fault of bdg
    """An entry that cannot be taken: where, under which code, and a Vietnamese sentence with the way out."""

    def __init__(self, entry: Entry, message: str, code: str = WRONG_VALUE) -> None:
        super().__init__(message)
        self.entry = entry
        self.message = message
        self.code = code


def number(entry: Entry, *, whole: bool = False, percentage: bool = False) -> Decimal | None:
    """The number of a cell; None where it is empty. Raises Refused.

    `whole`: a count, which has no decimals. `percentage`: a value in percent, where `59,1%` is 59.1; elsewhere a
    percentage is refused, since the cell asks for a count.
    """
    value = _number(entry, whole, percentage)
    if value is None:
        return None
    if not value.is_finite() or abs(value) >= _LARGEST:
        raise Refused(entry, f"“{_quoted(entry)}” không phải một con số dùng được", NOT_A_NUMBER)
    if value < 0:
        raise Refused(entry, f"số {shown(value)} nhỏ hơn 0; ô này cần số từ 0 trở lên", NOT_A_NUMBER)
    if whole and value != value.to_integral_value():
        message = f"ô này cần số đếm nguyên, mà ghi {shown(value)}; nếu đó là dấu ngăn hàng nghìn thì bỏ dấu ấy"
        raise Refused(entry, message, NOT_A_NUMBER)
    return value.to_integral_value() if whole else value


def _number(entry: Entry, whole: bool, percentage: bool) -> Decimal | None:
    match entry.sort:
        case Sort.EMPTY:
            return None
        case Sort.NUMBER:
            assert entry.number is not None
            if entry.percent and not percentage:
                raise Refused(entry, "ô này cần số đếm, không phải tỷ lệ phần trăm", NOT_A_NUMBER)
            return entry.number * 100 if entry.percent and entry.number.is_finite() else entry.number
        case Sort.TEXT:
            return _written(entry, whole, percentage)
    raise Refused(entry, _why_not(entry), NOT_A_NUMBER)


def _written(entry: Entry, whole: bool, percentage: bool) -> Decimal:
    """A number that was typed as text, the Vietnamese way or a way that can mean nothing else."""
    text = _SPACES.sub("", entry.text).replace("−", "-")
    if text.endswith("%"):
        if not percentage:
            raise Refused(entry, f"ô này cần số đếm, không phải tỷ lệ “{entry.text}”", NOT_A_NUMBER)
        text = text[:-1]
    if _GROUPED.match(text):
        if "," not in text and text.count(".") == 1 and not whole:  # 1.234: a thousand, or a decimal point
            one, other = text.replace(".", ""), text.replace(".", ",")
            message = f"“{entry.text}” có thể hiểu hai cách; hãy viết {one} (hàng nghìn) hoặc {other} (phần thập phân)"
            raise Refused(entry, message, NOT_A_NUMBER)
        return Decimal(text.replace(".", "").replace(",", "."))
    if _ENGLISH.match(text):
        return Decimal(text.replace(",", ""))
    if _COMMA.match(text) or _POINT.match(text) or _WHOLE.match(text):
        return Decimal(text.replace(",", "."))
    message = f"“{_quoted(entry)}” không phải số; chỉ ghi chữ số, như 1.234 hoặc 59,1"
    raise Refused(entry, message, NOT_A_NUMBER)


def text(entry: Entry) -> str:
    """The text of a cell, empty where it is empty. Raises Refused for what has no text."""
    match entry.sort:
        case Sort.EMPTY | Sort.MERGED:
            return ""
        case Sort.TEXT:
            return entry.text
        case Sort.NUMBER:
            assert entry.number is not None
            if entry.number.is_finite():
                return shown(entry.number * 100) + "%" if entry.percent else plain(entry.number)
        case Sort.DAY if entry.day is not None:
            return f"{entry.day:%d/%m/%Y}"
    raise Refused(entry, _why_not(entry))


def choice(entry: Entry, kind: type[_T]) -> _T | None:
    """The closed value of a cell, by its Vietnamese words or as files spell it; None where it is empty."""
    written = text(entry)
    if not written:
        return None
    wanted = " ".join(nfc(written).lower().split())
    for member in kind:
        if wanted in {member.term.lower(), str(member.value).lower()}:
            return member
    choices = ", ".join(member.term for member in kind if member.value)
    raise Refused(entry, f"“{_quoted(entry)}” không nhận ở đây; hãy chọn một trong: {choices}")


def _why_not(entry: Entry) -> str:
    match entry.sort:
        case Sort.MERGED:
            return "ô này bị gộp với ô khác nên không biết số thuộc về đâu; hãy bỏ gộp ô rồi ghi lại"
        case Sort.UNCOMPUTED:
            return "ô có công thức mà chưa có kết quả; hãy mở bằng Excel, lưu lại, hoặc ghi thẳng con số"
        case Sort.ERROR:
            return f"ô báo lỗi {entry.text}; hãy ghi thẳng con số"
        case Sort.DAY:
            return "Excel đã đổi ô này thành ngày giờ; hãy đặt lại dạng ô là Number (Số) rồi ghi lại"
        case Sort.TRUTH:
            return "ô ghi TRUE/FALSE, không phải số"
    return f"“{_quoted(entry)}” không dùng được ở ô này"


def _quoted(entry: Entry) -> str:
    words = entry.text or (str(entry.number) if entry.number is not None else "")
    return words if len(words) <= 40 else f"{words[:39]}…"
