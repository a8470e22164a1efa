"""Reads days, in a text in lower case: dates in all their forms, ranges from one day to another, and deadlines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from bdg_cli.dates import PartialDate
from bdg_cli.prose.mentions import DateMention, DateRange, Deadline
from bdg_cli.prose.patterns import COUNTED, DASH, GAP, OPT, SPACE, STOP_DIGITS, YEAR, any_of, begun, lazy


def date_pattern(p: str) -> str:
    """A date in any of its forms; the names of its groups begin with `p`."""
    year = rf"(?:/ ?|,?{GAP}năm{GAP})"
    return (
        rf"(?:(?P<{p}d>\d{{1,2}})(?:"
        rf"/ ?(?P<{p}m>\d{{1,2}})(?:{year}(?P<{p}y>{YEAR}))?"
        rf"|(?P<{p}s>[.-])(?P<{p}dm>\d{{1,2}})(?P={p}s)(?P<{p}dy>{YEAR})"
        rf"|{GAP}tháng{GAP}(?P<{p}lm>\d{{1,2}})(?:{year}(?P<{p}ly>{YEAR}))?)"
        rf"|tháng{GAP}(?P<{p}om>\d{{1,2}})(?: ?/ ?|,?{GAP}năm{GAP})(?P<{p}oy>{YEAR})"
        rf"){STOP_DIGITS}"
    )


_TO = rf"(?:{GAP}(?:đến|tới)(?:{GAP}hết)?{GAP}(?:ngày{GAP})?|{SPACE}{DASH}{OPT}(?:ngày{GAP})?)"
_YEARLY = rf"(?:,?{GAP}(?P<yearly>hằng năm|hàng năm|mỗi năm|hằng{GAP}năm|hàng{GAP}năm))?"
# Where a date or a range may begin; the patterns of both are tried at these places only.
_BEGIN = re.compile(
    r"[\dnt](?<![\w/.,][\dnt])(?:(?<=\d)|(?<=n)(?=gày )|(?<=t)(?=ừ |háng ))",
)
_DATE = re.compile(rf"(?:(?P<lead>ngày){GAP})?{date_pattern('')}")
_RANGE = re.compile(
    rf"(?P<from>từ{GAP})?(?P<lead>ngày{GAP})?(?:{date_pattern('a')}|(?P<only>\d{{1,2}}))"
    rf"(?P<to>{_TO}){date_pattern('b')}{_YEARLY}",
)
_MONTHS = lazy(
    rf"t(?<![\w/.,]t)(?:ừ{GAP}t)?háng{GAP}(?P<m>\d{{1,2}})(?:(?:/|{GAP}năm{GAP})(?P<y>{YEAR}))?"
    rf"(?:{GAP}(?:đến|tới)(?:{GAP}hết)?{GAP}|{SPACE}{DASH}{OPT})"
    rf"tháng{GAP}(?P<bm>\d{{1,2}})(?: ?/ ?|{GAP}năm{GAP})(?P<by>{YEAR}){STOP_DIGITS}",
)
_DEADLINE = re.compile(
    "(?P<head>"
    + begun(
        "trước|chậm nhất|muộn nhất|trễ nhất|đến hết|hết|không quá|không muộn hơn|không chậm hơn|"
        "không trễ hơn|hạn cuối|hạn chót"
    )
    + rf"(?:{OPT}:)?(?:{GAP}(?:là|vào|đến|hết|trước)(?!\w)){{0,3}})"
    + rf"(?P<clock>{GAP}\d{{1,2}}(?:h(?:\d\d)?(?:{GAP}phút)?|{GAP}giờ(?:{GAP}\d\d(?:{GAP}phút)?)?),?)?"
    + rf"{GAP}(?P<lead>ngày{GAP})?{date_pattern('')}",
)
_DEADLINE_WORDS = ("trước", "nhất", "hết", "hơn", "quá", "hạn")
_THREE_NUMBERS = re.compile(r"\d\D+\d+\D+\d")
_AFTER_COUNT_WORD = re.compile(
    r"(?:(?<!\w)(?:đạt|có|được|là|còn|số|tỷ lệ|tỉ lệ|chiếm|gồm|khoảng|hơn|tổng|bằng)|=|%[ ]?\(?)[ \u00a0]?\Z",
)
_DAY_WORD_BEFORE = re.compile(r"(?:(?<!\w)(?:từ|đến|tới|trước|sau|hết|ngày)[ \u00a0*]{1,4}|[^\W\d][ ]?\()\Z")
_DAY_OF_EVENT = re.compile(r"(?<!\w)ngày [^;.:\n\d]{1,60}\Z")
_MAY_FOLLOW_DAY = re.compile(rf"\s*(?:\Z|[;,.:)\]”\"/–-]|\n|(?:{any_of('hằng năm|hàng năm|mỗi năm|và|đến')}))")


def known_date(year: str | None, month: str | None, day: str | None) -> PartialDate | None:
    """The date, if the calendar has it; 29/02 of every year it has."""
    try:
        date(int(year or 2000), int(month or 1), int(day or 1))
    except ValueError:
        return None
    return PartialDate(int(year) if year else None, int(month) if month else None, int(day) if day else None)


def date_in(match: re.Match[str], p: str = "") -> PartialDate | None:
    """The date that the groups beginning with `p` hold."""
    if match[f"{p}om"]:
        return known_date(match[f"{p}oy"], match[f"{p}om"], None)
    year = match[f"{p}y"] or match[f"{p}dy"] or match[f"{p}ly"]
    return known_date(year, match[f"{p}m"] or match[f"{p}dm"] or match[f"{p}lm"], match[f"{p}d"])


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
    if COUNTED.match(text, end) or (match["d"], match["m"]) == ("24", "7"):
        return False
    behind = max(0, start - 80)
    if _DAY_WORD_BEFORE.search(text, max(0, start - 12), start) or _DAY_OF_EVENT.search(text, behind, start):
        return True
    if len(match["d"]) + len(match["m"]) == 2 or _AFTER_COUNT_WORD.search(text, max(0, start - 12), start):
        return False
    return bool(_MAY_FOLLOW_DAY.match(text, end))


def beginnings(text: str) -> list[int]:
    """Where a date or a range of days may begin."""
    return [match.start() for match in _BEGIN.finditer(text)]


def _found(pattern: re.Pattern[str], text: str, places: list[int]) -> Iterator[re.Match[str]]:
    """Every match that begins at one of the places; one ends before the next begins."""
    end = 0
    for place in places:
        match = pattern.match(text, place) if place >= end else None
        if match is not None:
            end = match.end()
            yield match


def dates(text: str, places: list[int]) -> Iterator[DateMention]:
    """Every date, those inside ranges, deadlines and citations too; `places` are the `beginnings` of the text."""
    for match in _found(_DATE, text, places):
        value = date_in(match)
        if value is not None and _is_day(text, match):
            yield DateMention(match.start(), match.end(), value)


def ranges(text: str, places: list[int]) -> Iterator[DateRange]:
    """First those from day to day, then those from month to month."""
    if _THREE_NUMBERS.search(text) is None:
        return
    for match in _found(_RANGE, text, places):
        ends = _range_ends(match)
        if ends is not None and _is_range(text, match):
            yield DateRange(match.start(), match.end(), *ends, bool(match["yearly"]))
    for match in _MONTHS().finditer(text) if "tháng" in text else ():
        first = known_date(match["y"] or match["by"], match["m"], None)
        last = known_date(match["by"], match["bm"], None)
        if first is not None and last is not None:
            yield DateRange(match.start(), match.end(), first, last, False)


def _range_ends(match: re.Match[str]) -> tuple[PartialDate, PartialDate] | None:
    """Both ends. What the first leaves out is taken from the last (or the year before, to stay in order)."""
    last = date_in(match, "b")
    if last is None or last.day is None:
        return None
    if match["only"]:
        first = known_date(_text(last.year), _text(last.month), match["only"]) if match["lead"] else None
        return (first, last) if first is not None and int(match["only"]) <= last.day else None
    first = date_in(match, "a")
    if first is None or first.day is None:
        return None
    if first.year is None and last.year is not None:
        earlier = (first.month or 0, first.day) > (last.month or 0, last.day)
        first = known_date(str(last.year - earlier), _text(first.month), _text(first.day))
    return None if first is None else (first, last)


def _text(value: int | None) -> str | None:
    return None if value is None else str(value)


def _is_range(text: str, match: re.Match[str]) -> bool:
    opened = bool(match["from"] or match["lead"] or match["yearly"])
    if match["by"] or match["bdy"] or match["bly"]:
        return opened or match["to"].strip()[:1] not in {"đ", "t"}
    return opened and (bool(match["lead"]) or not COUNTED.match(text, match.end()))


def deadlines(text: str) -> Iterator[Deadline]:
    """Every day that a word such as "trước" or "chậm nhất" makes the last one."""
    if not any(word in text for word in _DEADLINE_WORDS):
        return
    for match in _DEADLINE.finditer(text):
        value = date_in(match)
        head = match["head"]
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
    return bool(not match["m"] or match["y"] or not COUNTED.match(text, match.end()))
