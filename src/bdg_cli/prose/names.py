"""Reads acts called by a known name, and the period behind a name where it is the act's own."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache

from bdg_cli.prose.mentions import Citation, NamedAct
from bdg_cli.prose.patterns import GAP, OPT, WORD, any_of, begun
from bdg_cli.prose.periods import Periods
from bdg_cli.vietnamese import nfc

_NAME_GAP = re.compile(r"(?!\s*\n\s*\n)[\s,\-–“”\"*]{1,8}")
_BEFORE_OWN_PERIOD = re.compile(rf"(?:{OPT}[,”\"])?{OPT}[”\"]?{OPT}")
_PLAN = re.compile(r"(?<!\w)" + any_of("kế hoạch|chương trình|đề án|dự án|phương án"), re.I)
_STARTS_AS_DOCUMENT = re.compile(
    any_of("kế hoạch|chương trình|chiến lược|đề án|dự án|luật|bộ luật|nghị quyết|tháng"), re.I
)
_NOT_GOVERNED = re.compile(rf"[;:,.()]|(?<!\w){any_of('và|hoặc|để|nhằm|theo|trong|gắn|góp phần|với')}", re.I)
_APPROVES = re.compile(
    rf"(?:về{GAP}việc{GAP}|về{GAP})?(?:(?:phê{GAP}duyệt|ban{GAP}hành|công{GAP}bố){GAP})?"
    rf"(?:chương{GAP}trình{OPT}|đề{GAP}án{OPT}|kế{GAP}hoạch{OPT})?[“\"]?\Z",
    re.I,
)


class _Step:
    """What may follow a word of a known name; `name` where a name ends with this word."""

    __slots__ = ("name", "then")

    def __init__(self) -> None:
        self.name: str | None = None
        self.then: dict[str, _Step] = {}


@lru_cache(maxsize=16)
def _index(names: tuple[str, ...]) -> _Step:
    """The known names word by word."""
    root = _Step()
    for name in names:
        step = root
        for match in WORD.finditer(nfc(name).lower()):
            step = step.then.setdefault(match[0], _Step())
        step.name = step.name or name
    return root


def named(small: str, names: tuple[str, ...]) -> Iterator[NamedAct]:
    """Where the known names stand in a text in lower case, whole words; of names that overlap, the longest."""
    root = _index(names)
    position = 0
    for match in _first_words(names).finditer(small) if names else ():
        start, step = match.start(), root.then[match[0]]
        found = _longest(small, match.end(), step) if start >= position and _is_whole(small, match) else None
        if found is not None:
            position, name = found
            yield NamedAct(start, position, name)


@lru_cache(maxsize=16)
def _first_words(names: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(begun("|".join(_index(names).then)))


def _is_whole(text: str, match: re.Match[str]) -> bool:
    """Whether it is a word by itself, and no part of one with "&" in it."""
    start, end = match.span()
    return text[end : end + 1] != "&" and text[start - 1 : start] != "&"


def _longest(text: str, end: int, step: _Step) -> tuple[int, str] | None:
    """End and name of the longest known name whose first word ends at `end`."""
    best = (end, step.name) if step.name else None
    while step.then:
        gap = _NAME_GAP.match(text, end)
        word = WORD.match(text, gap.end()) if gap else None
        if word is None or word[0] not in step.then:
            break
        step, end = step.then[word[0]], word.end()
        best = (end, step.name) if step.name else best
    return best


class Titles:
    """The citations that have a title, to be found by a place inside it."""

    def __init__(self, citations: Iterable[Citation]) -> None:
        self._titled = [found for found in citations if found.title]
        self._starts = [found.title_start for found in self._titled]

    def around(self, position: int) -> Citation | None:
        """The citation in whose title the place lies."""
        index = bisect_left(self._starts, position + 1) - 1
        found = self._titled[index] if index >= 0 else None
        return found if found is not None and position < found.title_end else None


def with_own_period(text: str, found: NamedAct, titles: Titles, periods: Periods) -> NamedAct:
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
