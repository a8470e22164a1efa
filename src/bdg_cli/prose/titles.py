"""Reads the title after a citation, and the period that this title, or the name before the citation, holds."""

from __future__ import annotations

import re
from dataclasses import replace

from bdg_cli.dates import Period, PeriodKind
from bdg_cli.prose.mentions import Citation
from bdg_cli.prose.patterns import GAP, OPT, STOP_DIGITS, YEAR, any_of, folded
from bdg_cli.prose.periods import Periods

_TITLE = re.compile(
    rf"(?:{OPT},{OPT}(?={any_of('về|v/v|ban hành|phê duyệt|quy định|hành động|phòng ngừa')})|{OPT})"
    + "(?P<opener>"
    + any_of(
        "về việc|về|v/v|ban hành|phê duyệt|quy định|hướng dẫn|triển khai|thực hiện|hành động|"
        "phòng ngừa|sửa đổi|bổ sung|điều chỉnh|công bố|kiện toàn|thành lập|tăng cường|đẩy mạnh"
    )
    + r'|[“"](?=\w))',
    re.I,
)
_TITLE_STOP = re.compile(
    r"[;,“”\"()]|\{\{|[.:!?…](?=\s|\Z|/)|\r?\n[ \t]{0,16}+(?=\r?\n|[-–+*#]\s|\d{1,2}[.)]\s|[a-zđ]\)\s|\Z)"
)
_CLOSING = re.compile(r"[”\";]")
_GOES_ON_AFTER_COMMA = re.compile(
    rf",{GAP}(?:"
    + any_of(
        "giai đoạn|thời kỳ|định hướng|tầm nhìn|chống|ứng phó|vì sự tiến bộ|công chức|viên chức|"
        "thể thao|người lao động|xử lý|trẻ em|bổ sung|thay thế|nhiệm vụ|giải pháp|chỉ tiêu|"
        "quản lý|bảo vệ"
    )
    + rf"|năm{GAP}{YEAR})",
    re.I,
)
_AND_MORE = re.compile(rf"{GAP}và{GAP}(?!{any_of('định hướng|tầm nhìn|những năm|các năm')})", re.I)
_LOOSE_END = re.compile(rf"(?<!\w){any_of('và|theo|tại|của|các|với|do|kèm theo|cùng')}\Z", re.I)
_LINK_END = re.compile(rf"(?:,|(?<!\w){any_of('và|theo|tại|kèm theo')})[\s*]*\Z", re.I)
_TITLE_YEAR = re.compile(rf"(?<!\w)năm{GAP}(?P<y>{YEAR}){STOP_DIGITS}", re.I)
_NOT_TITLE_YEAR = re.compile(
    rf"(?:(?<!\w){any_of('đến|tới|từ|hết')}|\d){GAP}\Z|(?<!\w)(?<!pháp )luật[^;,]{{1,60}}\Z", re.I
)
_BY_WAY_OF = re.compile(
    rf"(?:,|{OPT}\()?{OPT}(?:(?:đã{GAP})?được{GAP})?(?:{any_of('phê duyệt|ban hành')}{GAP})?"
    rf"(?:kèm{GAP})?(?:theo|tại){GAP}\Z",
    re.I,
)
_DOCUMENT = re.compile(
    r"(?<!\w)" + any_of("kế hoạch|chương trình|đề án|dự án|chiến lược|tiêu chí|nghị quyết|quy hoạch|phong trào"),
    re.I,
)
# Between a document's name and a period: then the period is that of an aim, or of what is to be done.
_OF_AN_AIM = re.compile(
    rf"(?<!\w)(?:mục{GAP}tiêu(?!{GAP}quốc)|chỉ{GAP}tiêu|kết{GAP}quả|số{GAP}liệu|hoàn{GAP}thành|nhằm|để|đạt)(?!\w)", re.I
)
_REACH = 600
_NEAR = 60


def with_title(text: str, found: Citation, limit: int, periods: Periods) -> Citation:
    """The citation with the title that follows it, and the period in that title."""
    opener = _TITLE.match(text, found.end, limit)
    if opener is None:
        return found
    start = opener.start("opener")
    end = _title_end(text, start, limit, periods)
    if end is None or len(text[start:end].split()) - len(opener["opener"].split()) < 2:
        return found
    found = replace(found, title=folded(text[start:end]), title_start=start, title_end=end)
    return found if found.period else _with_title_period(text, found, periods)


def _title_end(text: str, start: int, limit: int, periods: Periods) -> int | None:
    """Where a title ends; None where that is unclear: cut off by a citation it speaks of, or far too long."""
    reach = min(limit, start + _REACH)
    end = _first_stop(text, start, reach)
    era = periods.first_from(start)
    if era is not None and era.end <= (end or reach):
        more = _AND_MORE.match(text, era.end, reach)
        end = era.end if more else end
    if end is None:
        if reach < limit or (limit < len(text) and not _LINK_END.search(text, max(start, reach - 40), reach)):
            return None
        end = reach
    return _trimmed(text, start, end)


def _first_stop(text: str, start: int, reach: int) -> int | None:
    """The first place that closes a title: punctuation, a new paragraph, the end of its quotation."""
    quoted_until = -1
    parens = 0
    for stop in _TITLE_STOP.finditer(text, start, reach):
        sign = stop[0]
        if stop.start() < quoted_until:
            continue
        if sign in {"“", '"'}:
            closing = _closing_quote(text, stop.end(), reach)
            if closing is None and sign == '"':
                return stop.start() if stop.start() > start else None
            quoted_until = closing if closing is not None else quoted_until
        elif sign == "(":
            parens += 1
        elif sign == ")" and parens:
            parens -= 1
        elif not (sign == "," and (parens or _GOES_ON_AFTER_COMMA.match(text, stop.start(), reach))):
            return stop.start()
    return None


def _closing_quote(text: str, position: int, reach: int) -> int | None:
    """Where the quotation opened before `position` is closed, in the same sentence."""
    closing = _CLOSING.search(text, position, reach)
    return closing.start() + 1 if closing and closing[0] != ";" else None


def _trimmed(text: str, start: int, end: int) -> int:
    """The end without trailing spaces and loose words ("và", "theo")."""
    for _ in range(6):
        while end > start and (text[end - 1].isspace() or text[end - 1] in ",*"):
            end -= 1
        loose = _LOOSE_END.search(text, max(start, end - 10), end)
        if loose is None:
            break
        end = loose.start()
    return end


def _with_title_period(text: str, found: Citation, periods: Periods) -> Citation:
    """The period that the title names: its first span, else the last year it is for."""
    era = periods.first_from(found.title_start)
    if era is not None and era.end <= found.title_end:
        return replace(found, period=era.period, period_start=era.start, period_end=era.end)
    for year in reversed(list(_TITLE_YEAR.finditer(text, found.title_start, found.title_end))):
        if not _NOT_TITLE_YEAR.search(text, max(found.title_start, year.start() - 80), year.start()):
            value = int(year["y"])
            period = Period(PeriodKind.YEAR, value, 0, value)
            return replace(found, period=period, period_start=year.start(), period_end=year.end())
    return found


def with_period_before(text: str, found: Citation, floor: int, periods: Periods) -> Citation:
    """The period in the name before "theo Quyết định số …", in the same clause and after `floor`."""
    window = max(floor, found.start - 300)
    link = _BY_WAY_OF.search(text, max(window, found.start - 40), found.start)
    era = periods.last_before(found.start) if link else None
    if link is None or era is None or era.start < window or era.end > link.start():
        return found
    between = text[era.end : link.start()]
    if len(between) > _NEAR or not all(sign.isalnum() or sign.isspace() or sign in '_”"*' for sign in between):
        return found
    clause = max(window, *(text.rfind(sign, window, era.start) + 1 for sign in ";:\n"))
    named = list(_DOCUMENT.finditer(text, clause, era.start))
    if not named or _OF_AN_AIM.search(text, named[-1].end(), era.start):
        return found
    return replace(found, period=era.period, period_start=era.start, period_end=era.end)
