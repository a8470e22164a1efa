"""Reads acts called by a known name, and the period behind a name where it is the act's own."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from bdg_cli.prose.mentions import Citation, NamedAct
from bdg_cli.prose.patterns import GAP, OPT, WORD, any_of
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


@lru_cache(maxsize=16)
def _index(names: tuple[str, ...]) -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """Known names by their first word, longest first."""
    index: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for name in names:
        words = tuple(match[0] for match in WORD.finditer(nfc(name).lower()))
        if words:
            index.setdefault(words[0], []).append((words, name))
    for known in index.values():
        known.sort(key=lambda entry: len(entry[0]), reverse=True)
    return index


def named(text: str, names: tuple[str, ...]) -> Iterator[NamedAct]:
    """Where the known names stand, whole words in any case; of names that overlap, the longest."""
    index = _index(names)
    if not index:
        return
    tokens = [(match[0].lower(), match.start(), match.end()) for match in WORD.finditer(text)]
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
