"""Reads periods: spans of years, school years, halves, nine months and quarters."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from bdg_cli.dates import Period, PeriodKind
from bdg_cli.prose.mentions import PeriodMention, Taken, start_of
from bdg_cli.prose.patterns import COUNTED, DASH, GAP, OPT, SPACE, STOP_DIGITS, YEAR, any_of, lazy

_A_YEAR = re.compile(YEAR)
_ERA = (
    rf"{any_of('giai đoạn|thời kỳ|thời kì')}{GAP}"
    rf"(?:(?:(?-i:[IV]{{1,3}})|[1-9])(?:{GAP}|{OPT}[,:(]{OPT}))?"
)
_UNTIL = rf"(?:{SPACE}{DASH}{OPT}|{GAP}(?:đến|tới)(?:{GAP}hết)?{GAP})"
_SPANS = (
    re.compile(
        rf"(?<!\w){_ERA}(?:từ{GAP})?(?:năm{GAP})?(?P<a>{YEAR}){_UNTIL}(?:năm{GAP})?(?P<b>{YEAR}){STOP_DIGITS}",
        re.I,
    ),
    re.compile(
        rf"(?<!\w)(?P<from>từ{GAP})?(?P<year>năm{GAP})?(?P<a>{YEAR}){_UNTIL}(?P<year2>năm{GAP})?"
        rf"(?P<b>{YEAR}){STOP_DIGITS}",
        re.I,
    ),
)
_SCHOOL_YEAR = lazy(rf"(?<!\w)năm{GAP}học{GAP}(?P<a>{YEAR}){SPACE}{DASH}{SPACE}(?P<b>{YEAR}){STOP_DIGITS}", re.I)
_HALF = lazy(
    rf"(?<!\w)(?:0?6|sáu){GAP}tháng{GAP}(?P<half>đầu|cuối)(?:{GAP}năm)?{GAP}(?P<y>{YEAR}){STOP_DIGITS}",
    re.I,
)
_NINE = lazy(rf"(?<!\w)(?:0?9|chín){GAP}tháng{GAP}(?:đầu{GAP}năm|đầu|năm){GAP}(?P<y>{YEAR}){STOP_DIGITS}", re.I)
_QUARTER = lazy(
    rf"(?<!\w)quý{GAP}(?P<q>(?-i:IV|I{{1,3}})|[1-4])(?: ?/ ?|,?{GAP}(?:năm{GAP})?)"
    rf"(?P<y>{YEAR}){STOP_DIGITS}",
    re.I,
)
_QUARTERS = {"I": 1, "II": 2, "III": 3, "IV": 4, "1": 1, "2": 2, "3": 3, "4": 4}


def _spans(text: str) -> Iterator[PeriodMention]:
    if len(_A_YEAR.findall(text)) < 2:
        return
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
        return bool(match["year"] or match["year2"]) or not COUNTED.match(text, match.end())
    return False


def _parts_of_years(text: str, small: str) -> Iterator[PeriodMention]:
    """Those that are not whole years; each pattern is tried only where its word stands."""
    if "học" in small:
        yield from _school_years(text)
    if "tháng" in small:
        yield from _months_of_years(text)
    if "quý" in small:
        yield from _quarters(text)


def _school_years(text: str) -> Iterator[PeriodMention]:
    for match in _SCHOOL_YEAR().finditer(text):
        first, last = int(match["a"]), int(match["b"])
        if last == first + 1:
            yield PeriodMention(match.start(), match.end(), Period(PeriodKind.SCHOOL_YEAR, first, 0, last))


def _months_of_years(text: str) -> Iterator[PeriodMention]:
    for match in _HALF().finditer(text):
        year, half = int(match["y"]), 1 if match["half"].lower() == "đầu" else 2
        yield PeriodMention(match.start(), match.end(), Period(PeriodKind.HALF, year, half, year))
    for match in _NINE().finditer(text):
        year = int(match["y"])
        yield PeriodMention(match.start(), match.end(), Period(PeriodKind.NINE_MONTHS, year, 0, year))


def _quarters(text: str) -> Iterator[PeriodMention]:
    for match in _QUARTER().finditer(text):
        year, quarter = int(match["y"]), _QUARTERS[match["q"]]
        yield PeriodMention(match.start(), match.end(), Period(PeriodKind.QUARTER, year, quarter, year))


class Periods:
    """The periods of a text in order, to be found by place."""

    def __init__(self, text: str, small: str) -> None:
        taken = Taken(len(text))
        found = (*_spans(text), *_parts_of_years(text, small)) if _A_YEAR.search(text) else ()
        kept = [one for one in found if taken.take(one.start, one.end)]
        self.all = sorted(kept, key=start_of)
        self._starts = [found.start for found in self.all]

    def first_from(self, position: int) -> PeriodMention | None:
        """The first that begins at `position` or after."""
        index = bisect_left(self._starts, position)
        return self.all[index] if index < len(self.all) else None

    def last_before(self, position: int) -> PeriodMention | None:
        """The last that begins before `position`."""
        index = bisect_left(self._starts, position)
        return self.all[index - 1] if index else None
