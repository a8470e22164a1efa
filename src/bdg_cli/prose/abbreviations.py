"""Reads abbreviations, and where a text says what they stand for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from bdg_cli.prose.mentions import Abbreviation, Definition, start_of
from bdg_cli.prose.patterns import GAP, OPT, folded, lazy
from bdg_cli.vietnamese import without_marks

_SHORT = r"[A-ZĐ]{1,12}+(?:[&-][A-ZĐ]{1,8}+){0,5}"
_WORD = re.compile(rf"{_SHORT}(?!\w)")
_ROMAN = re.compile(r"[IVXLC]+\Z")
_BESIDE_BEFORE = re.compile(r"([^\W\d_]{2,24}) \Z")
_BESIDE_AFTER = re.compile(r" ([^\W\d_]{2,24})")
# "sau đây viết tắt là", "dưới đây gọi tắt là", "gọi chung là".
_CALLED = (
    rf"(?:(?:[Ss]au|[Dd]ưới){GAP}đây{GAP})?(?:[Đđ]ược{GAP})?"
    rf"(?:(?:[Vv]iết|[Gg]ọi){GAP}tắt(?:{GAP}là)?|[Gg]ọi{GAP}(?:chung{GAP})?là)(?!\w)"
)
_SEVERAL = rf"{_SHORT}(?:(?:{OPT}[,;/]{OPT}|{GAP}và{GAP}|{GAP}[-–]{GAP}){_SHORT}){{0,3}}"
# "(sau đây gọi tắt là ngành, địa phương)", or a short form alone in parentheses.
_DEFINED = re.compile(
    rf"\({OPT}(?:{_CALLED}{OPT}:?{OPT}[“\"]?(?P<called>[^()“”\"\n ][^()“”\"\n]{{0,80}})[”\"]?"
    rf"|(?P<short>{_SEVERAL})){OPT}\)"
)
_EXPLAINED = re.compile(rf"(?P<short>{_SHORT}){GAP}\({OPT}(?P<long>[^\W\d_][^()\d;:\n]{{3,80}})\)")
# In a list of abbreviations: "BĐG: bình đẳng giới; VSTBPN: …"; called so, "BĐG - bình đẳng giới, VSTBPN - …"; in words.
_LONG = r"(?=(?P<long>[^\W\d_][^().;:\n\d]{3,80}))"
_LISTED = lazy(rf"(?P<short>{_SHORT}){OPT}[:=]{OPT}{_LONG}")
_LISTED_AS_SUCH = lazy(rf"(?P<short>{_SHORT}){GAP}(?:[-–]|là (?:(?:chữ|từ|cụm từ) )?viết tắt của){GAP}{_LONG}")
_TOKEN = re.compile(r"[^\W\d_]+")
_LINKING = frozenset({"và", "của", "các", "về", "cho", "với"})
_LONGEST = 160  # characters of a long form


def abbreviations(text: str, taken: Iterable[tuple[int, int]]) -> Iterator[Abbreviation]:
    """Every word of two capitals or more.

    The numbers of documents (those stretches are `taken`), Roman numerals and words of a line in capitals are none.
    """
    spans = sorted(taken)
    index = 0
    for match in _WORD.finditer(text):
        start, end = match.span()
        while index < len(spans) and spans[index][1] <= start:
            index += 1
        free = index == len(spans) or end <= spans[index][0]
        if free and end - start > 1 and not _ROMAN.match(match[0]) and not _is_part(text, start, end):
            yield Abbreviation(start, end, match[0])


def _is_part(text: str, start: int, end: int) -> bool:
    """Whether the capitals belong to a longer word or to a line that is all capitals."""
    before = text[start - 1] if start else " "
    if before.isalnum() or before in "&-." or (before == "/" and not text[start - 2 : start - 1].isalpha()):
        return True
    beside = (_BESIDE_BEFORE.search(text, max(0, start - 25), start), _BESIDE_AFTER.match(text, end))
    return any(word is not None and word[1].isupper() and not _WORD.fullmatch(word[1]) for word in beside)


def definitions(text: str) -> Iterator[Definition]:
    """Every place that says what something is called from there on, in order."""
    found: list[Definition] = []
    if "(" in text:
        found += [one for match in _DEFINED.finditer(text) for one in _defined(text, match)]
        found += [one for match in _EXPLAINED.finditer(text) if (one := _explained(text, match)) is not None]
    if ":" in text or "=" in text:
        found += [one for match in _LISTED().finditer(text) if (one := _explained(text, match)) is not None]
    if "iết tắt" in text:
        found += [one for match in _LISTED_AS_SUCH().finditer(text) if (one := _explained(text, match)) is not None]
    yield from sorted(found, key=start_of)


def _defined(text: str, match: re.Match[str]) -> Iterator[Definition]:
    """The short form in the parenthesis with the words before it; a bare one only where the initials are right.

    Of several (`công nghiệp hóa, hiện đại hóa (CNH, HĐH)`) it is not said which words belong to which.
    """
    group = "called" if match["called"] else "short"
    all_short = group == "short" or match[group].replace(" và ", " ").isupper()
    parts = list(_WORD.finditer(text, *match.span(group))) if all_short else []
    if len(parts) > 1:
        for part in parts:
            yield Definition(match.start(), match.end(), part[0], part.start(), part.end(), None)
        return
    short = match[group].rstrip()
    lead, _, capitals = short.rpartition(" ")
    begin = _long_form(text, match.start(), capitals) if _WORD.fullmatch(capitals) else None
    if begin is not None and lead:  # "Sở LĐTBXH": the words before the initials stand before the long form too
        begin = begin - len(lead) - 1 if text.endswith(f"{lead} ", 0, begin) else None
    if begin is None and group == "short":
        return
    start = match.start() if begin is None else begin
    long = None if begin is None else folded(text[begin : match.start()])
    yield Definition(start, match.end(), short, match.start(group), match.start(group) + len(short), long)


def _long_form(text: str, end: int, short: str) -> int | None:
    """Where the words before `end` begin whose initials the short form is made of; linking words may be left out."""
    tokens = list(_TOKEN.finditer(text, max(0, end - _LONGEST), end))
    letters = [without_marks(sign) for sign in short if sign.isalpha()]
    if not tokens or text[tokens[-1].end() : end].strip(' ”"'):
        return None
    for token in reversed(tokens):
        if text[token.end() : end].count(".") or text[token.end() : end].count(";"):
            return None
        if without_marks(token[0][0]) == letters[-1]:
            letters.pop()
            if not letters:
                return token.start()
        elif token[0].lower() not in _LINKING:
            return None
    return None


def _explained(text: str, match: re.Match[str]) -> Definition | None:
    """`UBND (Ủy ban nhân dân)`, `UBND: Ủy ban nhân dân`: the short form first; a list may go on behind a comma."""
    short, start = match["short"], match.start("long")
    if len(short) < 2 or _is_part(text, match.start(), match.end("short")):
        return None
    commas = [start + at for at, sign in enumerate(match["long"]) if sign == ","]
    for stop in (match.end("long"), *commas):
        end = start + len(text[start:stop].rstrip())
        if _long_form(text[:end], end, short) == start:
            stop = max(match.end(), end)
            return Definition(match.start(), stop, short, match.start(), match.end("short"), folded(text[start:end]))
    return None
