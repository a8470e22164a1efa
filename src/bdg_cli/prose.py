"""The one reader of Vietnamese administrative prose: text in, typed mentions with exact offsets out.

Checks, the importer and the typography of documents all stand on it; nobody else matches such things. Pure,
and linear in the text: every repetition in a pattern is bounded, every look to either side has a fixed reach.

Text is expected in NFC. Inside a mention a line break counts as a space; a blank line or the beginning of a
list item ends what came before. `**` around a word is passed over.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from itertools import pairwise

from bdg_cli.dates import PartialDate, Period, PeriodKind
from bdg_cli.vietnamese import nfc


@dataclass(frozen=True, slots=True)
class Citation:
    """A document cited by its number.

    `start` to `end` runs from the type word (or "số") over number, date and issuer; title and period may lie
    outside. A date's span includes its word "ngày". Missing parts are None, and their offsets -1. In `issuer`
    and `title` a line break of the text reads as a space.
    """

    start: int
    end: int
    kind: str | None
    number: str
    number_start: int
    number_end: int
    date: PartialDate | None = None
    date_start: int = -1
    date_end: int = -1
    issuer: str | None = None
    issuer_start: int = -1
    issuer_end: int = -1
    period: Period | None = None
    period_start: int = -1
    period_end: int = -1
    title: str | None = None
    title_start: int = -1
    title_end: int = -1


@dataclass(frozen=True, slots=True)
class NamedAct:
    """An act called by one of the known names; `period` is the one that follows it and is its own."""

    start: int
    end: int
    name: str
    period: Period | None = None
    period_start: int = -1
    period_end: int = -1


@dataclass(frozen=True, slots=True)
class DateMention:
    """A day, a month of a year, or (without a year) a day of every year."""

    start: int
    end: int
    date: PartialDate


@dataclass(frozen=True, slots=True)
class DateRange:
    """From one day to another; `yearly` only where the text says "hằng năm", "hàng năm" or "mỗi năm"."""

    start: int
    end: int
    first: PartialDate
    last: PartialDate
    yearly: bool


@dataclass(frozen=True, slots=True)
class PeriodMention:
    """A span of years, a half-year, nine months, a quarter or a school year."""

    start: int
    end: int
    period: Period


@dataclass(frozen=True, slots=True)
class Deadline:
    """A day by which something is due; `exclusive` where that day itself is too late ("trước ngày …")."""

    start: int
    end: int
    date: PartialDate
    exclusive: bool


Mention = Citation | NamedAct | DateMention | DateRange | PeriodMention | Deadline


# ---------------------------------------------------------------------------------------- pieces of patterns

_I = re.IGNORECASE
# A line break that goes on with the sentence: it opens neither an empty line (`hard`) nor a list item.
_LINE_BREAK = re.compile(
    r"(?P<hard>\n[ \t\r]*\n\s*)|[ \t*]{0,4}\r?\n[ \t]{0,16}+(?!\r?\n|[-–+*#]\s|\d{1,2}[.)]\s|[a-zđ]\)\s)"
)
_BLANKS = str.maketrans(dict.fromkeys("\t\u00a0\u202f*", " "))
# A gap inside a mention, in text that `_level` has made plain: patterns stay small, and quick to compile.
_GAP = " {1,24}+"
_OPT = " {0,24}+"
_SPACE = r"[ \u00a0\u202f]?"
_DASH = r"[-\u2010\u2011\u2013\u2212]"
_YEAR = r"(?:19|20)\d\d"
_STOP_DIGITS = r"(?!\d|[/.,]\d)"
_PLACE_WORDS = r"(?:tỉnh|thành phố|thị xã|thị trấn|quận|huyện|phường|đặc khu|xã(?! hội))"


def _level(text: str) -> str:
    """The text, of the same length, in which every gap inside a sentence is made of spaces."""
    if "\n" in text:
        text = _LINE_BREAK.sub(lambda gap: gap["hard"] or " " * len(gap.group()), text)
    return text.translate(_BLANKS)


def _words(phrases: str) -> str:
    """An alternation of phrases (with `|` between them), longest first; any gap stands for a space."""
    ordered = sorted(phrases.split("|"), key=len, reverse=True)
    return "(?:" + "|".join(_GAP.join(map(re.escape, phrase.split())) for phrase in ordered) + r")(?!\w)"


# ----------------------------------------------------------------------------------------------------- dates


def _date_pattern(p: str) -> str:
    """A date in any of its forms; the names of its groups begin with `p`."""
    year = rf"(?:/ ?|,?{_GAP}năm{_GAP})"
    return (
        rf"(?:(?P<{p}d>\d{{1,2}})(?:"
        rf"/ ?(?P<{p}m>\d{{1,2}})(?:{year}(?P<{p}y>{_YEAR}))?"
        rf"|(?P<{p}s>[.-])(?P<{p}dm>\d{{1,2}})(?P={p}s)(?P<{p}dy>{_YEAR})"
        rf"|{_GAP}tháng{_GAP}(?P<{p}lm>\d{{1,2}})(?:{year}(?P<{p}ly>{_YEAR}))?)"
        rf"|tháng{_GAP}(?P<{p}om>\d{{1,2}})(?: ?/ ?|,?{_GAP}năm{_GAP})(?P<{p}oy>{_YEAR})"
        rf"){_STOP_DIGITS}"
    )


_TO = rf"(?:{_GAP}(?:đến|tới)(?:{_GAP}hết)?{_GAP}(?:ngày{_GAP})?|{_SPACE}{_DASH}{_OPT}(?:ngày{_GAP})?)"
_YEARLY = rf"(?:,?{_GAP}(?P<yearly>hằng năm|hàng năm|mỗi năm|hằng{_GAP}năm|hàng{_GAP}năm))?"
_BEGIN = r"(?<![\w/.,])"

_DATE = re.compile(rf"{_BEGIN}(?:(?P<lead>ngày){_GAP})?{_date_pattern('')}", _I)
_RANGE = re.compile(
    rf"{_BEGIN}(?P<from>từ{_GAP})?(?P<lead>ngày{_GAP})?(?:{_date_pattern('a')}|(?P<only>\d{{1,2}}))"
    rf"(?P<to>{_TO}){_date_pattern('b')}{_YEARLY}",
    _I,
)
_MONTHS = re.compile(
    rf"{_BEGIN}(?:từ{_GAP})?tháng{_GAP}(?P<m>\d{{1,2}})(?:(?:/|{_GAP}năm{_GAP})(?P<y>{_YEAR}))?"
    rf"(?:{_GAP}(?:đến|tới)(?:{_GAP}hết)?{_GAP}|{_SPACE}{_DASH}{_OPT})"
    rf"tháng{_GAP}(?P<bm>\d{{1,2}})(?: ?/ ?|{_GAP}năm{_GAP})(?P<by>{_YEAR}){_STOP_DIGITS}",
    _I,
)
_DEADLINE = re.compile(
    r"(?<!\w)(?P<head>"
    + _words(
        "trước|chậm nhất|muộn nhất|trễ nhất|đến hết|hết|không quá|không muộn hơn|không chậm hơn|"
        "không trễ hơn|hạn cuối|hạn chót"
    )
    + rf"(?:{_OPT}:)?(?:{_GAP}(?:là|vào|đến|hết|trước)(?!\w)){{0,3}})"
    + rf"(?P<clock>{_GAP}\d{{1,2}}(?:h(?:\d\d)?(?:{_GAP}phút)?|{_GAP}giờ(?:{_GAP}\d\d(?:{_GAP}phút)?)?),?)?"
    + rf"{_GAP}(?P<lead>ngày{_GAP})?{_date_pattern('')}",
    _I,
)
# The date that a cited document bears, and one left to be filled in by hand ("ngày    tháng 02 năm 2024").
_OWN_DATE = re.compile(
    rf"{_OPT}(?:,{_OPT})?(?P<paren>\()?(?:(?:ký|ban{_GAP}hành){_GAP})?(?P<lead>ngày{_GAP})?{_date_pattern('')}",
    _I,
)
_OWN_BLANK_DATE = re.compile(
    rf"{_OPT}(?:,{_OPT})?(?P<blank>ngày[\s.…_]{{1,20}}tháng[\s.…_]{{1,20}}(?:(?P<m>\d{{1,2}})\s{{1,8}})?"
    rf"năm\s{{1,8}}(?P<y>{_YEAR})){_STOP_DIGITS}",
    _I,
)
_OWN_YEAR = re.compile(rf"{_GAP}(?P<all>năm{_GAP}(?P<y>{_YEAR})){_STOP_DIGITS}(?!{_OPT}(?:{_DASH}|đến)\s?\d)", _I)

# What is counted, after "10/12": then it is a part of a whole and no day.
_COUNTED = re.compile(
    rf"{_GAP}"
    + _words(
        "xã|huyện|sở|phường|tỉnh|quận|thôn|ấp|khóm|bản|tổ|người|trường|số|vụ|hộ|trẻ|nữ|lượt|ca|"
        "phòng|ban|ngành|bộ|cuộc|lớp|tin|bài|đảng|cấp|chi|cơ|đơn|chỉ|mục|tiêu|cán|công|đại|ủy|uỷ|"
        "thành|doanh|hợp|nhiệm|mô|địa|đồng|phụ|học|cụm|khu|thị|lãnh|trưởng|phó|giám|chủ|tổng|nội|"
        "câu|chiến"
    ),
    _I,
)
_AFTER_COUNT_WORD = re.compile(
    r"(?:(?<!\w)(?:đạt|có|được|là|còn|số|tỷ lệ|tỉ lệ|chiếm|gồm|khoảng|hơn|tổng|bằng)|=|%[ ]?\(?)[ \u00a0]?\Z",
    _I,
)
_DAY_WORD_BEFORE = re.compile(r"(?:(?<!\w)(?:từ|đến|tới|trước|sau|hết|ngày)[ \u00a0*]{1,4}|[^\W\d][ ]?\()\Z", _I)
_DAY_OF_EVENT = re.compile(r"(?<!\w)ngày [^;.:\n\d]{1,60}\Z", _I)
_MAY_FOLLOW_DAY = re.compile(rf"\s*(?:\Z|[;,.:)\]”\"/–-]|\n|(?:{_words('hằng năm|hàng năm|mỗi năm|và|đến')}))", _I)


def _known(year: str | None, month: str | None, day: str | None) -> PartialDate | None:
    """The date, if the calendar has it; 29/02 of every year it has."""
    try:
        date(int(year or 2000), int(month or 1), int(day or 1))
    except ValueError:
        return None
    return PartialDate(int(year) if year else None, int(month) if month else None, int(day) if day else None)


def _value(match: re.Match[str], p: str = "") -> PartialDate | None:
    """The date that the groups beginning with `p` hold."""
    if match[f"{p}om"]:
        return _known(match[f"{p}oy"], match[f"{p}om"], None)
    year = match[f"{p}y"] or match[f"{p}dy"] or match[f"{p}ly"]
    return _known(year, match[f"{p}m"] or match[f"{p}dm"] or match[f"{p}lm"], match[f"{p}d"])


def _is_day(text: str, match: re.Match[str]) -> bool:
    """Whether what looks like a date is one: `1/2 số xã`, `24/7` and `đạt 10/12` are not."""
    if match["lead"] or match["om"] or match["y"] or match["ly"]:
        return True
    if match["s"]:
        return match["s"] == "-"
    if match["lm"]:
        return False
    return _is_bare_day(text, match)


def _is_bare_day(text: str, match: re.Match[str]) -> bool:
    """Whether `15/11` with neither "ngày" nor year is a day of the year: only where its context says so."""
    start, end = match.start("d"), match.end()
    if _COUNTED.match(text, end) or (match["d"], match["m"]) == ("24", "7"):
        return False
    behind = max(0, start - 80)
    if _DAY_WORD_BEFORE.search(text, max(0, start - 12), start) or _DAY_OF_EVENT.search(text, behind, start):
        return True
    if len(match["d"]) + len(match["m"]) == 2 or _AFTER_COUNT_WORD.search(text, max(0, start - 12), start):
        return False
    return bool(_MAY_FOLLOW_DAY.match(text, end))


def _dates(text: str) -> Iterator[DateMention]:
    for match in _DATE.finditer(text):
        value = _value(match)
        if value is not None and _is_day(text, match):
            yield DateMention(match.start(), match.end(), value)


def _ranges(text: str) -> Iterator[DateRange]:
    for match in _RANGE.finditer(text):
        ends = _range_ends(match)
        if ends is not None and _is_range(text, match):
            yield DateRange(match.start(), match.end(), *ends, bool(match["yearly"]))
    for match in _MONTHS.finditer(text):
        first = _known(match["y"] or match["by"], match["m"], None)
        last = _known(match["by"], match["bm"], None)
        if first is not None and last is not None:
            yield DateRange(match.start(), match.end(), first, last, False)


def _range_ends(match: re.Match[str]) -> tuple[PartialDate, PartialDate] | None:
    """Both ends. What the first leaves out is taken from the last (or the year before, to stay in order)."""
    last = _value(match, "b")
    if last is None or last.day is None:
        return None
    if match["only"]:
        first = _known(_text(last.year), _text(last.month), match["only"]) if match["lead"] else None
        return (first, last) if first is not None and int(match["only"]) <= last.day else None
    first = _value(match, "a")
    if first is None or first.day is None:
        return None
    if first.year is None and last.year is not None:
        earlier = (first.month or 0, first.day) > (last.month or 0, last.day)
        first = _known(str(last.year - earlier), _text(first.month), _text(first.day))
    return None if first is None else (first, last)


def _text(value: int | None) -> str | None:
    return None if value is None else str(value)


def _is_range(text: str, match: re.Match[str]) -> bool:
    opened = bool(match["from"] or match["lead"] or match["yearly"])
    if match["by"] or match["bdy"] or match["bly"]:
        return opened or match["to"].strip()[:1] not in {"đ", "t", "Đ", "T"}
    return opened and (bool(match["lead"]) or not _COUNTED.match(text, match.end()))


def _deadlines(text: str) -> Iterator[Deadline]:
    for match in _DEADLINE.finditer(text):
        value = _value(match)
        head = match["head"].lower()
        named = match["lead"] or head.endswith("trước") or "nhất" in head or "hạn" in head
        if value is None or not named or not _is_due_day(text, match):
            continue
        # "trước 17 giờ ngày D" still gives the day D itself.
        yield Deadline(match.start(), match.end(), value, "trước" in head and not match["clock"])


def _is_due_day(text: str, match: re.Match[str]) -> bool:
    """Whether what follows "trước" is a day: not `trước 6 tháng 10 …`, not `trước 10/12 xã`."""
    if match["lead"]:
        return True
    if match["lm"]:
        return bool(match["ly"])
    return bool(not match["m"] or match["y"] or not _COUNTED.match(text, match.end()))


# --------------------------------------------------------------------------------------------------- periods

_ERA = (
    rf"{_words('giai đoạn|thời kỳ|thời kì')}{_GAP}"
    rf"(?:(?:(?-i:[IV]{{1,3}})|[1-9])(?:{_GAP}|{_OPT}[,:(]{_OPT}))?"
)
_UNTIL = rf"(?:{_SPACE}{_DASH}{_OPT}|{_GAP}(?:đến|tới)(?:{_GAP}hết)?{_GAP})"
_SPANS = (
    re.compile(
        rf"(?<!\w){_ERA}(?:từ{_GAP})?(?:năm{_GAP})?(?P<a>{_YEAR}){_UNTIL}(?:năm{_GAP})?(?P<b>{_YEAR}){_STOP_DIGITS}",
        _I,
    ),
    re.compile(
        rf"(?<!\w)(?P<from>từ{_GAP})?(?P<year>năm{_GAP})?(?P<a>{_YEAR}){_UNTIL}(?P<year2>năm{_GAP})?"
        rf"(?P<b>{_YEAR}){_STOP_DIGITS}",
        _I,
    ),
)
_SCHOOL_YEAR = re.compile(
    rf"(?<!\w)năm{_GAP}học{_GAP}(?P<a>{_YEAR}){_SPACE}{_DASH}{_SPACE}(?P<b>{_YEAR}){_STOP_DIGITS}", _I
)
_HALF = re.compile(
    rf"(?<!\w)(?:0?6|sáu){_GAP}tháng{_GAP}(?P<half>đầu|cuối)(?:{_GAP}năm)?{_GAP}(?P<y>{_YEAR}){_STOP_DIGITS}",
    _I,
)
_NINE = re.compile(
    rf"(?<!\w)(?:0?9|chín){_GAP}tháng{_GAP}(?:đầu{_GAP}năm|đầu|năm){_GAP}(?P<y>{_YEAR}){_STOP_DIGITS}", _I
)
_QUARTER = re.compile(
    rf"(?<!\w)quý{_GAP}(?P<q>(?-i:IV|I{{1,3}})|[1-4])(?: ?/ ?|,?{_GAP}(?:năm{_GAP})?)"
    rf"(?P<y>{_YEAR}){_STOP_DIGITS}",
    _I,
)
_QUARTERS = {"I": 1, "II": 2, "III": 3, "IV": 4, "1": 1, "2": 2, "3": 3, "4": 4}


def _spans(text: str) -> Iterator[PeriodMention]:
    for named, pattern in zip((True, False), _SPANS, strict=True):
        for match in pattern.finditer(text):
            first, last = int(match["a"]), int(match["b"])
            if first <= last and (named or _is_span(text, match)):
                yield PeriodMention(match.start(), match.end(), Period(PeriodKind.SPAN, first, 0, last))


def _is_span(text: str, match: re.Match[str]) -> bool:
    """Whether two years make a period without "giai đoạn": not `từ 1950 đến 2000 hộ`, not a date's end."""
    if match["year"] and not match["from"]:
        return not re.search(r"[\d/][\s*]{1,8}\Z", text[max(0, match.start() - 10) : match.start()])
    if match["from"]:
        return bool(match["year"] or match["year2"]) or not _COUNTED.match(text, match.end())
    return False


def _parts_of_years(text: str) -> Iterator[PeriodMention]:
    for match in _SCHOOL_YEAR.finditer(text):
        first, last = int(match["a"]), int(match["b"])
        if last == first + 1:
            yield PeriodMention(match.start(), match.end(), Period(PeriodKind.SCHOOL_YEAR, first, 0, last))
    for match in _HALF.finditer(text):
        year, half = int(match["y"]), 1 if match["half"].lower() == "đầu" else 2
        yield PeriodMention(match.start(), match.end(), Period(PeriodKind.HALF, year, half, year))
    for match in _NINE.finditer(text):
        year = int(match["y"])
        yield PeriodMention(match.start(), match.end(), Period(PeriodKind.NINE_MONTHS, year, 0, year))
    for match in _QUARTER.finditer(text):
        year, quarter = int(match["y"]), _QUARTERS[match["q"]]
        yield PeriodMention(match.start(), match.end(), Period(PeriodKind.QUARTER, year, quarter, year))


class _Periods:
    """The periods of a text in order, to be found by place."""

    def __init__(self, text: str) -> None:
        taken = _Taken(len(text))
        kept = [found for found in (*_spans(text), *_parts_of_years(text)) if taken.take(found.start, found.end)]
        self.all = sorted(kept, key=_start)
        self._starts = [found.start for found in self.all]

    def first_from(self, position: int) -> PeriodMention | None:
        """The first that begins at `position` or after."""
        index = bisect_left(self._starts, position)
        return self.all[index] if index < len(self.all) else None

    def last_before(self, position: int) -> PeriodMention | None:
        """The last that begins before `position`."""
        index = bisect_left(self._starts, position)
        return self.all[index - 1] if index else None


class _Taken:
    """Which characters already belong to a mention."""

    def __init__(self, length: int) -> None:
        self._marks = bytearray(length)

    def take(self, start: int, end: int) -> bool:
        """Take the span if all of it is free."""
        if any(self._marks[start:end]):
            return False
        self._marks[start:end] = b"\1" * (end - start)
        return True


def _start(mention: Mention) -> int:
    return mention.start


# ---------------------------------------------------------------------------------- the number of a citation

_SYMBOL = r"[A-ZĐĂÂÊÔƠƯ][A-Za-zĐĂÂÊÔƠƯđăâêôơư0-9&]{0,15}(?!\w)"
_NUMBER = re.compile(
    rf"(?:(?<=[Ss]ố)|(?<=SỐ)|(?<![\w/.,\u2010\u2011\u2013\u2212-]))(?P<serial>\d{{1,6}}[a-zA-Z]?)(?:"
    rf"{_SPACE}/{_SPACE}(?P<year>{_YEAR}){_SPACE}/{_SPACE}"
    rf"(?P<yearly>QH\d{{1,2}}(?!\w)|{_SYMBOL}(?:{_SPACE}{_DASH}{_SPACE}{_SYMBOL})?(?:{_DASH}{_SYMBOL}){{0,3}})"
    rf"|{_SPACE}/{_SPACE}(?P<plain>{_SYMBOL}(?:{_SPACE}{_DASH}{_SPACE}{_SYMBOL})?(?:(?:{_DASH}|/){_SYMBOL}){{0,3}})"
    rf"|{_SPACE}{_DASH}{_SPACE}(?P<party>{_SYMBOL}{_SPACE}/{_SPACE}{_SYMBOL}(?:{_DASH}{_SYMBOL}){{0,3}})"
    rf")"
)
# NĐ 30/2020/NĐ-CP, Phụ lục III, mục I, and what the Party and the National Assembly add. Letters have none.
_ABBREVIATIONS: dict[str, str | None] = {
    "NQ": "resolution", "NQLT": "resolution", "NĐ": "decree", "QĐ": "decision", "CT": "directive",
    "TT": "circular", "TTLT": "circular", "KH": "plan", "CTr": "programme", "CTR": "programme",
    "CTrHĐ": "programme", "BC": "report", "TB": "notice", "KL": "conclusion", "TTr": "submission",
    "TTR": "submission", "HD": "guidance", "CV": "letter",
} | dict.fromkeys((
    "QC", "QyĐ", "QYĐ", "QĐi", "TC", "PA", "ĐA", "DA", "BB", "HĐ", "CĐ",
    "BGN", "BTT", "GUQ", "GM", "GGT", "GNP", "PG", "PC", "PB", "SY", "TrS",
    "SL", "PL", "L", "VBHN", "TL",
))  # fmt: skip
_BY_NOTATION = ""
_TYPES: dict[str, str | None] = {
    "bộ luật": "code", "luật": "law", "nghị quyết liên tịch": "resolution", "nghị quyết": "resolution",
    "nghị định": "decree", "quyết định": "decision", "chỉ thị": "directive", "thông tư liên tịch": "circular",
    "thông tư": "circular", "kế hoạch": "plan", "công văn": "letter", "chương trình": "programme",
    "báo cáo": "report", "thông báo": "notice", "kết luận": "conclusion", "tờ trình": "submission",
    "hướng dẫn": "guidance", "văn bản": _BY_NOTATION, "pháp lệnh": None, "quy chế": None, "quy định": None,
    "công điện": None, "đề án": None, "dự án": None, "phương án": None, "biên bản": None, "hiến pháp": None,
}  # fmt: skip
_SHORT_TYPES: dict[str, str | None] = {
    "QĐ": "decision", "KH": "plan", "NĐ": "decree", "NQ": "resolution", "CT": "directive", "TT": "circular",
    "CV": "letter", "BC": "report", "TB": "notice", "KL": "conclusion", "TTr": "submission",
    "CTr": "programme", "HD": "guidance", "VB": _BY_NOTATION,
}  # fmt: skip
_TYPE = rf"(?P<type>{_words('|'.join(_TYPES))}|(?-i:{'|'.join(sorted(_SHORT_TYPES, key=len, reverse=True))}))"
_MANNER = _words(
        "hành động|phối hợp|liên tịch|liên ngành|kết luận|hướng dẫn|chuyên đề|hỏa tốc|khẩn|"
        "cá biệt|sửa đổi|chỉ đạo"
    )  # fmt: skip
_SO = rf"(?P<so>số){_OPT}:?{_OPT}"
_BEFORE_NUMBER = re.compile(rf"(?<!\w){_TYPE}(?:{_GAP}{_MANNER})?(?:{_OPT}:)?(?:{_OPT}{_SO}|{_GAP})\Z", _I)
_SO_ALONE = re.compile(rf"(?<!\w){_SO}\Z", _I)
_LAW_NAMED = re.compile(rf"(?<!\w)(?P<type>bộ{_GAP}luật|luật)(?!\w)[^;:.()\d]{{1,110}}\Z", _I)
_TYPE_OF = re.compile(rf"(?<!\w){_TYPE}(?:{_GAP}{_MANNER})?{_GAP}của{_GAP}(?=[^\W\d])", _I)
_FORM_CODE = re.compile(rf"(?<!\w){_words('biểu|mẫu|biểu mẫu|mẫu biểu|phụ lục')}{_OPT}(?:số{_OPT}:?{_OPT})?\Z", _I)


@dataclass(frozen=True, slots=True)
class _Numbered:
    """A number with what stands before it; `issuer` where "của …" stands between type word and number."""

    start: int
    end: int
    kind: str | None
    number: str
    number_start: int
    issuer: tuple[int, int] | None = None


def _numbers(text: str) -> Iterator[_Numbered]:
    for match in _NUMBER.finditer(text):
        found = _numbered(text, match)
        if found is not None:
            yield found


def _numbered(text: str, match: re.Match[str]) -> _Numbered | None:
    """The citation's head that this number closes; None where it is no document's number."""
    number_start = match.start("serial")
    number = re.sub(_DASH, "-", re.sub(r"\s", "", match[0]))
    before = _BEFORE_NUMBER.search(text, max(0, number_start - 90), number_start)
    so = None if before else _SO_ALONE.search(text, max(0, number_start - 30), number_start)
    if before is None and (_is_form(text, number_start) or not _is_notation(match, said=so is not None)):
        return None
    if before is not None:
        kind = _kind(before["type"], match)
        return _Numbered(before.start(), match.end(), kind, number, number_start)
    start = so.start() if so else number_start
    named = _law(text, start, match) or _type_and_issuer(text, start, match)
    if so and named:
        return _Numbered(named[0], match.end(), _kind(named[1], match), number, number_start, named[2])
    return _Numbered(start, match.end(), _notation_kind(match), number, number_start)


def _is_form(text: str, start: int) -> bool:
    """Whether the number is that of a form ("Biểu 01/BC-X") and not of a document."""
    return bool(_FORM_CODE.search(text, max(0, start - 30), start))


def _groups(match: re.Match[str]) -> list[str]:
    """The letters of the notation, one string a group: `KH`, `UBND`."""
    return [part.strip() for part in re.split(rf"/|{_DASH}", match["yearly"] or match["plain"] or match["party"])]


def _is_notation(match: re.Match[str], *, said: bool) -> bool:
    """Whether the number speaks for itself, without a type word before it (`said`: "số" stands there)."""
    groups = _groups(match)
    if any(sum(sign.isalpha() for sign in group) < 2 for group in groups) or not all(map(_is_symbol, groups)):
        return False
    if match["year"]:
        return True
    if len(groups) == 1:
        return said and groups[0] in _ABBREVIATIONS
    if match["party"]:
        return groups[0] in _ABBREVIATIONS
    # "12/HTX - DN": spaces around the hyphen are a writer's slip only in what is a notation otherwise.
    return said or groups[0] in _ABBREVIATIONS or not re.search(rf"\s{_DASH}\s", match["plain"])


def _is_symbol(group: str) -> bool:
    """Whether most letters are capitals, as in `KGVX`, `TTg`, `GDTrH`."""
    capitals = sum(sign.isupper() for sign in group)
    return 2 * capitals > sum(sign.isalpha() for sign in group) or group in _ABBREVIATIONS


def _kind(word: str, match: re.Match[str]) -> str | None:
    """The kind of document that the type word says, or for "văn bản" the notation."""
    kind = _SHORT_TYPES[word] if word in _SHORT_TYPES else _TYPES[" ".join(word.lower().replace("*", " ").split())]
    return _notation_kind(match) if kind == _BY_NOTATION else kind


def _notation_kind(match: re.Match[str]) -> str | None:
    """The kind that the notation says: its first group, or a letter where that is an agency."""
    groups = _groups(match)
    if groups[0] in _ABBREVIATIONS:
        return _ABBREVIATIONS[groups[0]]
    return "letter" if match["plain"] and len(groups) > 1 else None


_Named = tuple[int, str, tuple[int, int] | None]


def _law(text: str, start: int, match: re.Match[str]) -> _Named | None:
    """`Luật Bình đẳng giới` before `số 73/2006/QH11`: its start and type word."""
    if not (match["yearly"] or "").startswith("QH"):
        return None
    law = _LAW_NAMED.search(text, max(0, start - 120), start)
    return (law.start(), law["type"], None) if law else None


def _type_and_issuer(text: str, start: int, match: re.Match[str]) -> _Named | None:
    """`Kế hoạch của UBND tỉnh` before `số 131/KH-UBND`: its start, type word and issuer."""
    heads = list(_TYPE_OF.finditer(text, max(0, start - 120), start))
    if not heads:
        return None
    nearest = heads[-1]
    end = _issuer_end(text, nearest.end(), start)
    if end is None or text[end:start].strip(" \t\r\n\u00a0*"):
        return None
    return nearest.start(), nearest["type"], (nearest.end(), end)


# --------------------------------------------------------------------------------------------------- issuers

_OF = re.compile(rf"{_OPT}(?:,{_OPT})?của{_GAP}(?=[^\W\d])", _I)
_WORD = re.compile(r"[^\W_]+(?:&[^\W_]+)*")
_LEVEL = re.compile(rf"(?<!\w){_PLACE_WORDS.replace(' ', _GAP)}(?!\w)", _I)
_AGENCY_WORDS = re.compile(
    _words(
        "nhân dân|tỉnh ủy|tỉnh uỷ|thành ủy|thành uỷ|huyện ủy|huyện uỷ|quận ủy|quận uỷ|thị ủy|"
        "thị uỷ|đảng ủy|đảng uỷ|vì sự tiến bộ của phụ nữ|vì sự tiến bộ phụ nữ|kiểm sát|xã hội|"
        "nông thôn|đại biểu|trung ương|nhà nước|vận tải|ủy ban|uỷ ban|hội đồng"
    ),
    _I,
)
_NO_LONGER_ISSUER = re.compile(
    _words(
        "về|việc|ngày|tháng|năm|số|theo|tại|để|cho|trong|trên|nhằm|đã|được|là|có|do|từ|đến|gồm|"
        "như|khóa|khoá|thuộc|gửi|giao|với|bằng|nêu|quy định|hướng dẫn|triển khai|thực hiện|"
        "ban hành|phê duyệt|hành động|phòng ngừa|phòng chống|sửa đổi|bổ sung|điều chỉnh|công bố|"
        "kiện toàn|thành lập|tăng cường|đẩy mạnh|tiếp tục|yêu cầu|chỉ đạo|tổ chức|cụ thể|"
        "kèm theo|đối với|nhiệm kỳ|giai đoạn|thời kỳ|bao gồm|xây dựng|đề nghị|thi hành|liên quan"
    ),
    _I,
)
_TITLE_BEGINS = re.compile(
    _words(
        "về|triển khai|thực hiện|ban hành|phê duyệt|hướng dẫn|quy định|hành động|phòng ngừa|"
        "sửa đổi|tăng cường|đẩy mạnh|quyết định|nghị quyết|ngày|năm|số|giai đoạn"
    ),
    _I,
)
_ANOTHER = re.compile(
    rf"(?:{_TYPE}|" + _words("bộ|sở|ubnd|hđnd|ủy ban|uỷ ban|hội|công an|liên đoàn|cục|phòng|các") + ")",
    _I,
)
_JOINT = re.compile(rf"(?:{_GAP}(?:và|-|–){_GAP}|-|–)(?=[^\W\d])", _I)
_COMMA = re.compile(rf",{_GAP}(?=[^\W\d])")
# Names of agencies that hold a comma: the syllable before it and the one after it.
_COMMA_IN_NAME = {
    ("hóa", "thể"), ("hoá", "thể"), ("thao", "du"), ("động", "thương"), ("binh", "xã"), ("hóa", "khoa"),
    ("hoá", "khoa"), ("tế", "hạ"),
}  # fmt: skip


def _issuer_end(text: str, position: int, limit: int) -> int | None:
    """Where the issuer that begins at `position` ends; None where no agency begins there.

    Each group of words in an agency's name begins with a capital (NĐ 30/2020/NĐ-CP, Phụ lục II, mục IV): a
    small syllable goes on with the name only right after a capital one, or in a phrase that agencies share.
    """
    end: int | None = None
    last, open_word, in_place = "", False, False
    for _ in range(24):
        word = _WORD.match(text, position, limit)
        if word is None or (_TITLE_BEGINS if word[0][0].isupper() else _NO_LONGER_ISSUER).match(text, position):
            break
        level = _LEVEL.match(text, position, limit)
        agency = _AGENCY_WORDS.match(text, position, limit)
        if agency or level:
            found, open_word, in_place = agency or level or word, False, agency is None
        elif word[0][0].isupper():
            found, open_word = word, not in_place and (len(word[0]) == 1 or not word[0].isupper())
        elif open_word:
            found, open_word = word, False
        else:
            break
        end, last = found.end(), word[0]
        following = _next_word(text, end, limit, last if found is word else "")
        if following is None:
            break
        position = following
    return end


def _next_word(text: str, end: int, limit: int, last: str) -> int | None:
    """Where the next word of an agency's name can begin: after a gap, "và", a hyphen, a comma in the name."""
    joint = _JOINT.match(text, end, limit)
    if joint:
        capital = text[joint.end()].isupper()
        return joint.end() if capital and not _ANOTHER.match(text, joint.end(), limit) else None
    comma = _COMMA.match(text, end, limit)
    if comma:
        word = _WORD.match(text, comma.end(), limit)
        known = word is not None and (last.lower(), word[0].lower()) in _COMMA_IN_NAME
        return comma.end() if known else None
    gap = _GAP_ONLY.match(text, end, limit)
    return gap.end() if gap else None


_GAP_ONLY = re.compile(_GAP)


# ------------------------------------------------------------------------------------------------- citations


def _citations(text: str, periods: _Periods) -> list[Citation]:
    heads = list(_numbers(text))
    if not heads:
        return []
    limits = [head.start for head in heads[1:]] + [len(text)]
    cores = [_with_date_and_issuer(text, head, limit) for head, limit in zip(heads, limits, strict=True)]
    titled = [_with_title(text, core, limit, periods) for core, limit in zip(cores, limits, strict=True)]
    out: list[Citation] = []
    for index, found in enumerate(titled):
        earlier = titled[index - 1] if index else None
        floor = max(earlier.end, earlier.title_end, earlier.period_end) if earlier else 0
        out.append(found if found.period else _with_period_before(text, found, floor, periods))
    return out


def _with_date_and_issuer(text: str, head: _Numbered, limit: int) -> Citation:
    """The head with "ngày …" and "của …" after it, in either order."""
    found = Citation(head.start, head.end, head.kind, head.number, head.number_start, head.end)
    if head.issuer:
        found = _issued(text, found, *head.issuer, head.end)
    found = _with_year_after(text, found)
    position = found.end
    for _ in range(2):
        dated = None if found.date else _own_date(text, position, limit, found.kind)
        if dated is not None:
            value, start, end = dated
            position = end
            if value is not None:
                found = replace(found, date=value, date_start=start, date_end=_without_paren(text, end), end=end)
        of = None if found.issuer else _OF.match(text, position, limit)
        issuer_end = _issuer_end(text, of.end(), limit) if of else None
        if of and issuer_end:
            found = _issued(text, found, of.end(), issuer_end, issuer_end)
            position = issuer_end
    return found


def _with_year_after(text: str, found: Citation) -> Citation:
    """A plan's "năm 2024" right behind its number: the year it is for. (An act's is the year it is of.)"""
    year = _OWN_YEAR.match(text, found.end) if found.kind in _FOR_A_YEAR else None
    if year is None:
        return found
    period = Period(PeriodKind.YEAR, int(year["y"]), 0, int(year["y"]))
    return replace(found, period=period, period_start=year.start("all"), period_end=year.end(), end=year.end())


def _issued(text: str, found: Citation, start: int, end: int, citation_end: int) -> Citation:
    return replace(found, issuer=_folded(text[start:end]), issuer_start=start, issuer_end=end, end=citation_end)


def _folded(text: str) -> str:
    """The words with single spaces, without marks of bold."""
    return " ".join(text.replace("*", " ").split())


def _without_paren(text: str, end: int) -> int:
    return end - 1 if text[end - 1] == ")" else end


def _own_date(text: str, position: int, limit: int, kind: str | None) -> tuple[PartialDate | None, int, int] | None:
    """The date right after a number or issuer, with its place; None for a day that the calendar has not."""
    match = _OWN_DATE.match(text, position, limit)
    if match and (match["lead"] or match["y"] or match["ly"] or match["dy"] or match["om"]):
        start = match.start("lead") if match["lead"] else match.start("om" if match["om"] else "d")
        start = text.rfind("t", position, start) if match["om"] and not match["lead"] else start
        closed = bool(match["paren"]) and text.startswith(")", match.end())
        return _value(match), start, match.end() + closed
    blank = _OWN_BLANK_DATE.match(text, position, limit)
    if blank:
        return _known(blank["y"], blank["m"], None), blank.start("blank"), blank.end()
    year = _OWN_YEAR.match(text, position, limit) if kind in _DATED_BY_YEAR else None
    return (PartialDate(int(year["y"])), year.start("all"), year.end()) if year else None


_FOR_A_YEAR = {"plan", "programme", "report"}
_DATED_BY_YEAR = {"law", "code", "resolution", "decree", "decision", "directive", "circular"}


# ---------------------------------------------------------------------------------------- titles and periods

_TITLE = re.compile(
    rf"(?:{_OPT},{_OPT}(?={_words('về|v/v|ban hành|phê duyệt|quy định|hành động|phòng ngừa')})|{_OPT})"
    + "(?P<opener>"
    + _words(
        "về việc|về|v/v|ban hành|phê duyệt|quy định|hướng dẫn|triển khai|thực hiện|hành động|"
        "phòng ngừa|sửa đổi|bổ sung|điều chỉnh|công bố|kiện toàn|thành lập|tăng cường|đẩy mạnh"
    )
    + r'|[“"](?=\w))',
    _I,
)
_TITLE_STOP = re.compile(
    r"[;,“”\"()]|\{\{|[.:!?…](?=\s|\Z|/)|\r?\n[ \t]{0,16}+(?=\r?\n|[-–+*#]\s|\d{1,2}[.)]\s|[a-zđ]\)\s|\Z)"
)
_GOES_ON_AFTER_COMMA = re.compile(
    rf",{_GAP}(?:"
    + _words(
        "giai đoạn|thời kỳ|định hướng|tầm nhìn|chống|ứng phó|vì sự tiến bộ|công chức|viên chức|"
        "thể thao|người lao động|xử lý|trẻ em|bổ sung|thay thế|nhiệm vụ|giải pháp|chỉ tiêu|"
        "quản lý|bảo vệ"
    )
    + rf"|năm{_GAP}{_YEAR})",
    _I,
)
_AND_MORE = re.compile(rf"{_GAP}và{_GAP}(?!{_words('định hướng|tầm nhìn|những năm|các năm')})", _I)
_LOOSE_END = re.compile(rf"(?<!\w){_words('và|theo|tại|của|các|với|do|kèm theo|cùng')}\Z", _I)
_LINK_END = re.compile(rf"(?:,|(?<!\w){_words('và|theo|tại|kèm theo')})[\s*]*\Z", _I)
_TITLE_YEAR = re.compile(rf"(?<!\w)năm{_GAP}(?P<y>{_YEAR}){_STOP_DIGITS}", _I)
_NOT_TITLE_YEAR = re.compile(
    rf"(?:(?<!\w){_words('đến|tới|từ|hết')}|\d){_GAP}\Z|(?<!\w)(?<!pháp )luật[^;,]{{1,60}}\Z", _I
)
_BY_WAY_OF = re.compile(
    rf"(?:,|{_OPT}\()?{_OPT}(?:(?:đã{_GAP})?được{_GAP})?(?:{_words('phê duyệt|ban hành')}{_GAP})?"
    rf"(?:kèm{_GAP})?(?:theo|tại){_GAP}\Z",
    _I,
)
_DOCUMENT = re.compile(
    r"(?<!\w)" + _words("kế hoạch|chương trình|đề án|dự án|chiến lược|tiêu chí|nghị quyết|quy hoạch|phong trào"),
    _I,
)
_REACH = 600


def _with_title(text: str, found: Citation, limit: int, periods: _Periods) -> Citation:
    """The citation with the title that follows it, and the period in that title."""
    opener = _TITLE.match(text, found.end, limit)
    if opener is None:
        return found
    start = opener.start("opener")
    end = _title_end(text, start, limit, periods)
    if end is None or len(text[start:end].split()) - len(opener["opener"].split()) < 2:
        return found
    found = replace(found, title=_folded(text[start:end]), title_start=start, title_end=end)
    return found if found.period else _with_title_period(text, found, periods)


def _title_end(text: str, start: int, limit: int, periods: _Periods) -> int | None:
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
    closing = re.compile(r"[”\";]").search(text, position, reach)
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


def _with_title_period(text: str, found: Citation, periods: _Periods) -> Citation:
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


def _with_period_before(text: str, found: Citation, floor: int, periods: _Periods) -> Citation:
    """The period in the name before "theo Quyết định số …", in the same clause and after `floor`."""
    window = max(floor, found.start - 300)
    link = _BY_WAY_OF.search(text, max(window, found.start - 40), found.start)
    era = periods.last_before(found.start) if link else None
    if link is None or era is None or era.start < window or era.end > link.start():
        return found
    if re.search(r"[^\w\s”\"*]", text[era.end : link.start()]) or link.start() - era.end > 60:
        return found
    clause = max(window, *(text.rfind(sign, window, era.start) + 1 for sign in ";:\n"))
    if not _DOCUMENT.search(text, clause, era.start):
        return found
    return replace(found, period=era.period, period_start=era.start, period_end=era.end)


# ------------------------------------------------------------------------------------------------ named acts

_NAME_GAP = re.compile(r"(?!\s*\n\s*\n)[\s,\-–“”\"*]{1,8}")
_BEFORE_OWN_PERIOD = re.compile(rf"(?:{_OPT}[,”\"])?{_OPT}[”\"]?{_OPT}")
_PLAN = re.compile(r"(?<!\w)" + _words("kế hoạch|chương trình|đề án|dự án|phương án"), _I)
_STARTS_AS_DOCUMENT = re.compile(
    _words("kế hoạch|chương trình|chiến lược|đề án|dự án|luật|bộ luật|nghị quyết|tháng"), _I
)
_NOT_GOVERNED = re.compile(rf"[;:,.()]|(?<!\w){_words('và|hoặc|để|nhằm|theo|trong|gắn|góp phần|với')}", _I)
_APPROVES = re.compile(
    rf"(?:về{_GAP}việc{_GAP}|về{_GAP})?(?:(?:phê{_GAP}duyệt|ban{_GAP}hành|công{_GAP}bố){_GAP})?"
    rf"(?:chương{_GAP}trình{_OPT}|đề{_GAP}án{_OPT}|kế{_GAP}hoạch{_OPT})?[“\"]?\Z",
    _I,
)


@lru_cache(maxsize=16)
def _index(names: tuple[str, ...]) -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """Known names by their first word, longest first."""
    index: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for name in names:
        words = tuple(match[0] for match in _WORD.finditer(nfc(name).lower()))
        if words:
            index.setdefault(words[0], []).append((words, name))
    for known in index.values():
        known.sort(key=lambda entry: len(entry[0]), reverse=True)
    return index


def _named(text: str, names: tuple[str, ...]) -> Iterator[NamedAct]:
    """Where the known names stand, whole words in any case; of names that overlap, the longest."""
    index = _index(names)
    if not index:
        return
    tokens = [(match[0].lower(), match.start(), match.end()) for match in _WORD.finditer(text)]
    position = 0
    while position < len(tokens):
        found = _name_at(text, tokens, position, index)
        if found is None:
            position += 1
        else:
            length, name = found
            yield NamedAct(tokens[position][1], tokens[position + length - 1][2], name)
            position += length


def _name_at(
    text: str,
    tokens: list[tuple[str, int, int]],
    position: int,
    index: dict[str, list[tuple[tuple[str, ...], str]]],
) -> tuple[int, str] | None:
    for words, name in index.get(tokens[position][0], ()):
        stretch = tokens[position : position + len(words)]
        if tuple(token[0] for token in stretch) == words and all(
            _NAME_GAP.fullmatch(text, left[2], right[1]) for left, right in pairwise(stretch)
        ):
            return len(words), name
    return None


class _Titles:
    """The citations that have a title, to be found by a place inside it."""

    def __init__(self, citations: Iterable[Citation]) -> None:
        self._titled = [found for found in citations if found.title]
        self._starts = [found.title_start for found in self._titled]

    def around(self, position: int) -> Citation | None:
        """The citation in whose title the place lies."""
        index = bisect_left(self._starts, position + 1) - 1
        found = self._titled[index] if index >= 0 else None
        return found if found is not None and position < found.title_end else None


def _with_own_period(text: str, found: NamedAct, titles: _Titles, periods: _Periods) -> NamedAct:
    """The named act with the period right behind it, unless it is that of the plan carrying the act out."""
    era = periods.first_from(found.end)
    if era is None or not _BEFORE_OWN_PERIOD.fullmatch(text, found.end, era.start):
        return found
    if _is_governed(text, found, titles.around(found.start)):
        return found
    return replace(found, period=era.period, period_start=era.start, period_end=era.end)


def _is_governed(text: str, found: NamedAct, citation: Citation | None) -> bool:
    """Whether the name only tells what a plan is for ("Kế hoạch thực hiện Chiến lược …")."""
    if citation is not None:
        enacts = citation.kind in {"decision", "resolution", "decree", "law", "code", None}
        return not (enacts and _APPROVES.fullmatch(text, citation.title_start, found.start))
    start = max(0, found.start - 160)
    end = found.start
    plans = list(_PLAN.finditer(text, start, end))
    if plans and not text[plans[-1].end() : end].strip(' “"\n*') and not _STARTS_AS_DOCUMENT.match(found.name):
        end = plans.pop().start()  # the act's own type word: Chương trình “Tăng cường …”
    if not plans:
        return False
    between = text[plans[-1].end() : end]
    return len(between.split()) <= 12 and not _NOT_GOVERNED.search(between)


# ------------------------------------------------------------------------------------------------------ read


def read(text: str, names: Iterable[str] = ()) -> tuple[Mention, ...]:
    """Everything the text mentions, in order of place.

    `names` are the names under which acts without number are looked for. A date or period inside a citation,
    range or deadline is not reported again, and a period that belongs to a document stays with it.
    """
    text = _level(text)
    periods = _Periods(text)
    citations = _citations(text, periods)
    taken = _Taken(len(text))
    out: list[Mention] = [found for found in citations if taken.take(found.start, found.end)]
    titles = _Titles(citations)
    acts = [found for found in _named(text, tuple(names)) if taken.take(found.start, found.end)]
    acts = [_with_own_period(text, found, titles, periods) for found in acts]
    owners: list[Citation | NamedAct] = [*citations, *acts]
    for owner in owners:
        if owner.period is not None:
            taken.take(owner.period_start, owner.period_end)
    out += acts
    for mentions in (_ranges(text), _deadlines(text), periods.all, _dates(text)):
        out += [found for found in mentions if taken.take(found.start, found.end)]
    return tuple(sorted(out, key=_start))
