"""Reads periods: spans of years, school years, halves, nine months and quarters."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from bdg_cli.dates import Period, PeriodKind
from bdg_cli.prose.mentions import PeriodMention, Taken, start_of
from bdg_cli.prose.patterns import COUNTED, DASH, GAP, OPT, SPACE, STOP_DIGITS, YEAR, begun, lazy

_A_YEAR = re.compile(YEAR)
_ERA = (
    rf"{begun('giai đoạn|thời kỳ|thời kì')}{GAP}"
    rf"(?:(?:[iv]{{1,3}}|[1-9])(?:{GAP}|{OPT}[,:(]{OPT}))?"
)
_UNTIL = rf"(?:{SPACE}{DASH}{OPT}|{GAP}(?:đến|tới)(?:{GAP}hết)?{GAP})"
_ERA_OF_YEARS = re.compile(
    rf"{_ERA}(?:từ{GAP})?(?:năm{GAP})?(?P<a>{YEAR}){_UNTIL}(?:năm{GAP})?(?P<b>{YEAR}){STOP_DIGITS}"
)
_TWO_YEARS = re.compile(rf"(?P<a>{YEAR}){_UNTIL}(?P<year2>năm{GAP})?(?P<b>{YEAR}){STOP_DIGITS}")
_BEFORE_YEARS = re.compile(rf"(?<!\w)(?P<from>từ{GAP})?(?P<year>năm{GAP})?\Z")
_FARTHEST = 60  # characters that such words and their gaps may take
_DAY_BEFORE = re.compile(r"[\d/][\s*]{1,8}\Z")
_SCHOOL_YEAR = lazy(rf"{begun('năm học')}{GAP}(?P<a>{YEAR}){SPACE}{DASH}{SPACE}(?P<b>{YEAR}){STOP_DIGITS}")
_HALF = lazy(
    rf"{begun('06|6|sáu')}{GAP}tháng{GAP}(?P<half>đầu|cuối)(?:{GAP}năm)?{GAP}(?P<y>{YEAR}){STOP_DIGITS}",
)
_NINE = lazy(rf"{begun('09|9|chín')}{GAP}tháng{GAP}(?:đầu{GAP}năm|đầu|năm){GAP}(?P<y>{YEAR}){STOP_DIGITS}")
_QUARTER = lazy(
    rf"{begun('quý')}{GAP}(?P<q>iv|i{{1,3}}|[1-4])(?: ?/ ?|,?{GAP}(?:năm{GAP})?)(?P<y>{YEAR}){STOP_DIGITS}",
)
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}


def _spans(small: str) -> Iterator[PeriodMention]:
    """Spans of years: those called a period, then those from one year to another."""
    if len(_A_YEAR.findall(small)) < 2:
        return
    for match in _ERA_OF_YEARS.finditer(small):
        yield from _span(match.start(), match)
    for match in _TWO_YEARS.finditer(small):
        before = _BEFORE_YEARS.search(small, max(0, match.start() - _FARTHEST), match.start())
        if before is not None and _is_span(small, before, match):
            yield from _span(before.start(), match)


def _span(start: int, match: re.Match[str]) -> Iterator[PeriodMention]:
    first, last = int(match["a"]), int(match["b"])
    if first <= last:
        yield PeriodMention(start, match.end(), Period(PeriodKind.SPAN, first, 0, last))


def _is_span(small: str, before: re.Match[str], match: re.Match[str]) -> bool:
    """Whether two years make a period without "giai đoạn": not `từ 1950 đến 2000 hộ`, not a date's end."""
    if before["year"] and not before["from"]:
        return not _DAY_BEFORE.search(small, max(0, before.start() - 10), before.start())
    if before["from"]:
        return bool(before["year"] or match["year2"]) or not COUNTED.match(small, match.end())
    return False


def _parts_of_years(small: str) -> Iterator[PeriodMention]:
    """Those that are not whole years; each pattern is tried only where its word stands."""
    if "học" in small:
        yield from _school_years(small)
    if "tháng" in small:
        yield from _months_of_years(small)
    if "quý" in small:
        yield from _quarters(small)


def _school_years(small: str) -> Iterator[PeriodMention]:
    for match in _SCHOOL_YEAR().finditer(small):
        first, last = int(match["a"]), int(match["b"])
        if last == first + 1:
            yield PeriodMention(match.start(), match.end(), Period(PeriodKind.SCHOOL_YEAR, first, 0, last))


def _months_of_years(small: str) -> Iterator[PeriodMention]:
    for match in _HALF().finditer(small):
        year, half = int(match["y"]), 1 if match["half"] == "đầu" else 2
        yield PeriodMention(match.start(), match.end(), Period(PeriodKind.HALF, year, half, year))
    for match in _NINE().finditer(small):
        year = int(match["y"])
        yield PeriodMention(match.start(), match.end(), Period(PeriodKind.NINE_MONTHS, year, 0, year))


def _quarters(small: str) -> Iterator[PeriodMention]:
    for match in _QUARTER().finditer(small):
        year, quarter = int(match["y"]), _QUARTERS[match["q"]]
        yield PeriodMention(match.start(), match.end(), Period(PeriodKind.QUARTER, year, quarter, year))


class Periods:
    """The periods of a text in lower case, in order, to be found by place."""

    def __init__(self, small: str) -> None:
        taken = Taken(len(small))
        found = (*_spans(small), *_parts_of_years(small)) if _A_YEAR.search(small) else ()
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
