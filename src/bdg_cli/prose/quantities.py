"""Reads numbers that count or measure: the operator before them, the unit behind them, the "per" of a rate."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from bdg_cli.prose.mentions import Quantity
from bdg_cli.prose.patterns import DASH, GAP, OPT, YEAR, any_of, folded

_GROUPED = r"\d{1,3}(?:\.\d{3})+|\d{1,15}"
# What may stand before a number is looked at behind its first digit: a pattern that begins with a digit is quick.
_NUMBER = re.compile(
    rf"(?P<value>\d(?<![\w/.,:–-]\d)(?:\d{{0,2}}(?:\.\d{{3}})+|\d{{0,14}})(?:,\d{{1,9}})?)(?!\w|[.,]\d)"
    rf"(?:{OPT}/{OPT}(?P<per>{_GROUPED})(?!\w|[.,]\d|{OPT}/))?"
)
# What is counted or measured. A bare "năm", "tháng" behind a number is a length of time; dates are taken before.
_COUNTED = any_of(
    "phần trăm|điểm phần trăm|lần|giờ|phút|tuổi|tháng|năm|ngày|tuần|quý|nghìn đồng|triệu đồng|tỷ đồng|tỉ đồng|đồng|"
    "triệu|người|phụ nữ|nam giới|nữ|nam|trẻ em gái|trẻ em trai|trẻ em|trẻ sinh sống|trẻ đẻ sống|trẻ sơ sinh trai|"
    "trẻ sơ sinh gái|trẻ sơ sinh sống|trẻ|bé trai|bé gái|học sinh|sinh viên|học viên|cán bộ|công chức|viên chức|"
    "giáo viên|lao động|đại biểu|thành viên|hội viên|đoàn viên|đảng viên|nạn nhân|báo cáo viên|tuyên truyền viên|"
    "cộng tác viên|hộ gia đình|hộ|lượt người|lượt|tin, bài|tin bài|tin|bài viết|bài|phóng sự|chuyên mục|chuyên đề|"
    "chuyên trang|ca|vụ việc|vụ|trường hợp|cuộc|buổi|lớp|đợt|hội nghị|hội thảo|tọa đàm|cơ sở|mô hình|câu lạc bộ|"
    "địa chỉ|nhà tạm lánh|đơn vị|cơ quan|tổ chức|doanh nghiệp|hợp tác xã|trường|chỉ tiêu|mục tiêu|nhiệm vụ|"
    "giải pháp|sở|bộ|ngành|tỉnh|thành phố|huyện|quận|thị xã|xã|phường|thị trấn|đặc khu|thôn|ấp|khóm|tổ dân phố|"
    "văn bản|báo cáo|kế hoạch|dịch vụ|tờ rơi|cuốn|băng rôn|sản phẩm"
)
_UNIT = re.compile(rf"{OPT}%|{GAP}(?:số{GAP})?{_COUNTED}(?:{OPT}/{OPT}(?:năm|quý|tháng|tuần|ngày|kỳ)(?!\w))?", re.I)
# "111 bé trai/100 bé gái": the rate's own "per" behind what is counted; a unit follows.
_PER_BEHIND = re.compile(rf"{OPT}/{OPT}(?P<per>{_GROUPED})(?={GAP})")
_UP_OR_DOWN = re.compile(rf"{GAP}trở{GAP}(?P<way>lên|xuống)(?!\w)", re.I)
# Words that make what follows a name or a day and no count: "mục tiêu 4", "năm 2025", "Điều 3".
_LABEL = re.compile(
    r"(?<!\w)"
    + any_of(
        "năm|tháng|ngày|quý|kỳ|khóa|khoá|thứ|số|điều|khoản|điểm|mục|chương|phần|phụ lục|mục tiêu|chỉ tiêu|tiêu chí|"
        "dự án|nhóm|nội dung|nhiệm vụ|giai đoạn|cấp|lớp|loại|hạng|trang|biểu|mẫu|vùng|luật|nghị định|nghị quyết|"
        "quyết định|thông tư|chỉ thị|kế hoạch|công văn|đợt|tuyến|quận|phường"
    )
    + rf"{GAP}\Z",
    re.I,
)
_RANGE_BEFORE = re.compile(rf"\d {{0,3}}{DASH} {{0,3}}\Z")
# The operator vocabulary of targets (domain.md 1.1): the last of the words before the number decides.
_LAST_WORD = {
    ">=": "đạt|đạt được|đạt mức|đạt tỷ lệ|ít nhất|tối thiểu|không dưới|không thấp hơn|không ít hơn|lên|lên mức",
    ">": "trên|hơn|vượt|vượt mức|cao hơn|lớn hơn|nhiều hơn",
    "<=": "không quá|không vượt quá|không vượt|không cao hơn|không nhiều hơn|không lớn hơn|không trên|tối đa|"
    "nhiều nhất|còn|xuống|xuống mức|về mức",
    "<": "dưới|thấp hơn|nhỏ hơn|ít hơn|chưa đến|chưa tới|chưa đầy",
    "~": "khoảng|xấp xỉ|gần",
    "=": "duy trì|duy trì ở mức|giữ ở mức|bằng|đúng",
}
OPERATORS = {" ".join(word.split()): op for op, words in _LAST_WORD.items() for word in words.split("|")}
_OPENING = any_of("đạt|tăng|nâng|giảm|duy trì|giữ|hạ|đưa|còn|xuống|lên|phấn đấu|đạt từ")
_OPERATOR = re.compile(
    rf"(?<!\w)(?P<lead>(?:{_OPENING}{GAP}){{0,3}})(?P<last>{any_of('|'.join(OPERATORS))})"
    rf"(?:{GAP}{any_of('là|từ|mức|số|tỷ lệ')})?{OPT}\Z",
    re.I,
)
_FROM = re.compile(rf"(?<!\w)từ{GAP}\Z", re.I)
_HELD = re.compile(r"(?<!\w)(?:duy trì|giữ)(?!\w)", re.I)
_YEAR = re.compile(YEAR)
_RATES = frozenset(Decimal(10) ** power for power in range(2, 7))  # what a rate is "per": 100, 1.000 …
_REACH = 60


def quantities(text: str, taken: Iterable[tuple[int, int]]) -> Iterator[Quantity]:
    """Every number with an operator or a unit, outside the stretches that other mentions have taken, in order."""
    held: Quantity | None = None
    for match in _free(_NUMBER.finditer(text), sorted(taken)):
        found = _quantity(text, match)
        if found is None:
            continue
        if held is not None:
            changed = _changed(text, held, found)
            if changed is None:
                yield from _worth_telling(held)
            found = changed or found
        held = found
    if held is not None:
        yield from _worth_telling(held)


def _free(matches: Iterable[re.Match[str]], taken: list[tuple[int, int]]) -> Iterator[re.Match[str]]:
    """The matches that touch no taken stretch; both are in order."""
    index = 0
    for match in matches:
        while index < len(taken) and taken[index][1] <= match.start():
            index += 1
        if index == len(taken) or match.end() <= taken[index][0]:
            yield match


def _worth_telling(found: Quantity) -> Iterator[Quantity]:
    if found.op or found.unit:
        yield found


def _quantity(text: str, match: re.Match[str]) -> Quantity | None:
    """The number with what belongs to it; None for a name ("mục tiêu 4"), a year, the far end of "2 - 3"."""
    start, end = match.span("value")
    unit_end, per = _unit(text, match)
    before = max(0, start - _REACH)
    if _RANGE_BEFORE.search(text, max(0, start - 8), start):
        return None
    measured = per is not None or text[end:unit_end].strip()[:1] == "%"
    if not measured and _LABEL.search(text, max(0, start - 16), start):
        return None
    value = _decimal(match["value"])
    if not unit_end and (_YEAR.fullmatch(match["value"]) or (per is not None and per not in _RATES)):
        return None
    operator = _OPERATOR.search(text, before, start)
    op = _operator(operator) if operator else None
    last = unit_end or end
    way = _UP_OR_DOWN.match(text, last)
    if way is not None:
        opening = _FROM.search(text, max(0, start - 10), start)
        return Quantity(
            operator.start() if operator else opening.start() if opening else start, way.end(), value, start, end,
            ">=" if way["way"].lower() == "lên" else "<=", _told(text, end, unit_end), unit_end or -1, per,
        )  # fmt: skip
    first = operator.start() if operator else start
    return Quantity(first, last, value, start, end, op, _told(text, end, unit_end), unit_end or -1, per)


def _decimal(written: str) -> Decimal:
    """`1.234,5` as a number: points between thousands, a comma before decimals."""
    return Decimal(written.replace(".", "").replace(",", "."))


def _unit(text: str, match: re.Match[str]) -> tuple[int, Decimal | None]:
    """Where the unit ends (0 where there is none), and the "per" of a rate."""
    unit = _UNIT.match(text, match.end())
    if match["per"]:
        per = _decimal(match["per"])
        return (unit.end() if unit else match.end() if per in _RATES else 0), per
    if unit is None:
        return 0, None
    rate = _PER_BEHIND.match(text, unit.end())
    people = _UNIT.match(text, rate.end()) if rate else None
    return (people.end(), _decimal(rate["per"])) if rate and people else (unit.end(), None)


def _told(text: str, start: int, end: int) -> str | None:
    return folded(text[start:end]) if end else None


def _operator(match: re.Match[str]) -> str:
    op = OPERATORS[" ".join(match["last"].lower().split())]
    return "=" if op == ">=" and _HELD.search(match["lead"]) else op


def _changed(text: str, held: Quantity, found: Quantity) -> Quantity | None:
    """`từ 23 xuống 18`: the second number, with the first as what it starts from; None where they are two things."""
    opening = _FROM.search(text, max(0, held.value_start - 10), held.value_start)
    if opening is None or found.op not in {">=", ">", "<=", "<"} or text[held.end : found.start].strip():
        return None
    return found._replace(start=opening.start(), origin=held.value)
