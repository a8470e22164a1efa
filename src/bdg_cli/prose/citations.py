"""Reads citations: a number, the type word before it, date and issuer around it, and its title."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from bdg_cli.dates import PartialDate, Period, PeriodKind
from bdg_cli.prose.days import date_in, date_pattern, known_date
from bdg_cli.prose.issuers import end_of_issuer
from bdg_cli.prose.mentions import Citation
from bdg_cli.prose.numbers import MANNER, TYPE, Form, Number, is_form, is_notation, kind_of, notation_kind, numbers
from bdg_cli.prose.patterns import DASH, GAP, OPT, STOP_DIGITS, YEAR, any_of, folded, lazy
from bdg_cli.prose.periods import Periods
from bdg_cli.prose.titles import with_period_before, with_title

_SO = rf"(?P<so>số){OPT}:?{OPT}"
_BEFORE_NUMBER = re.compile(rf"(?<!\w){TYPE}(?:{GAP}{MANNER})?(?:{OPT}:)?(?:{OPT}{_SO}|{GAP})\Z", re.I)
_SO_ALONE = re.compile(rf"(?<!\w){_SO}\Z", re.I)
_LAW_NAMED = lazy(rf"(?<!\w)(?P<type>bộ{GAP}luật|luật)(?!\w)[^;:.()\d]{{1,110}}\Z", re.I)
_TYPE_OF = lazy(rf"(?<!\w){TYPE}(?:{GAP}{MANNER})?{GAP}của{GAP}(?=[^\W\d])", re.I)
# What must stand before a number for "Kế hoạch của UBND tỉnh số …": "của", and no sign that an issuer's name has not.
_OF_BEFORE = re.compile(r"của [^;:()\d]{2,80}\Z", re.I)
_OF = re.compile(rf"{OPT}(?:,{OPT})?của{GAP}(?=[^\W\d])", re.I)
# The date that a cited document bears, and one left to be filled in by hand ("ngày    tháng 02 năm 2024").
_OWN_DATE = re.compile(
    rf"{OPT}(?:(?P<comma>,){OPT})?(?P<paren>\()?(?:(?:ký|ban{GAP}hành){GAP})?(?P<lead>ngày{GAP})?{date_pattern('')}",
    re.I,
)
# Behind a date that a comma sets off: then it is the document's. Else what follows is done on that day.
_DATE_CLOSES = lazy(rf"{OPT}(?:\Z|[.;)\n\]”\"]|,?{OPT}{any_of('của|về|v/v|do|ban hành|phê duyệt|quy định')})", re.I)
_OWN_BLANK_DATE = lazy(
    rf"{OPT}(?:,{OPT})?(?P<blank>ngày[\s.…_]{{1,20}}tháng[\s.…_]{{1,20}}(?:(?P<m>\d{{1,2}})\s{{1,8}})?"
    rf"năm\s{{1,8}}(?P<y>{YEAR})){STOP_DIGITS}",
    re.I,
)
_OWN_YEAR = re.compile(rf"{GAP}(?P<all>năm{GAP}(?P<y>{YEAR})){STOP_DIGITS}(?!{OPT}(?:{DASH}|đến)\s?\d)", re.I)
_FOR_A_YEAR = {"plan", "programme", "report"}
_DATED_BY_YEAR = {"law", "code", "resolution", "decree", "decision", "directive", "circular"}


def cited(text: str, periods: Periods) -> list[Citation]:
    """Every document cited by number, in order; what follows a number is its own up to the next one's head."""
    heads = list(_numbers(text))
    if not heads:
        return []
    limits = [head.start for head in heads[1:]] + [len(text)]
    cores = [_with_date_and_issuer(text, head, limit) for head, limit in zip(heads, limits, strict=True)]
    titled = [with_title(text, core, limit, periods) for core, limit in zip(cores, limits, strict=True)]
    out: list[Citation] = []
    for index, found in enumerate(titled):
        earlier = titled[index - 1] if index else None
        floor = max(earlier.end, earlier.title_end, earlier.period_end) if earlier else 0
        out.append(found if found.period else with_period_before(text, found, floor, periods))
    return out


@dataclass(frozen=True, slots=True)
class _Numbered:
    """A number with what stands before it; `issuer` where "của …" stands between type word and number."""

    start: int
    end: int
    kind: str | None
    number: str
    number_start: int
    issuer: tuple[int, int] | None = None


_Named = tuple[int, str, tuple[int, int] | None]


def _numbers(text: str) -> Iterator[_Numbered]:
    for number in numbers(text):
        found = _numbered(text, number)
        if found is not None:
            yield found


def _numbered(text: str, number: Number) -> _Numbered | None:
    """The citation's head that this number closes; None where it is no document's number."""
    number_start = number.start
    key = "".join(text[number_start : number.end].split()).replace("–", "-")
    before = _BEFORE_NUMBER.search(text, max(0, number_start - 90), number_start)
    so = None if before else _SO_ALONE.search(text, max(0, number_start - 30), number_start)
    if before is None and (is_form(text, number_start) or not is_notation(number, said=so is not None)):
        return None
    if before is not None:
        kind = kind_of(before["type"], number)
        return _Numbered(before.start(), number.end, kind, key, number_start)
    start = so.start() if so else number_start
    named = (_law(text, start, number) or _type_and_issuer(text, start)) if so else None
    if named:
        return _Numbered(named[0], number.end, kind_of(named[1], number), key, number_start, named[2])
    return _Numbered(start, number.end, notation_kind(number), key, number_start)


def _law(text: str, start: int, number: Number) -> _Named | None:
    """`Luật Bình đẳng giới` before `số 73/2006/QH11`: its start and type word."""
    if number.form is not Form.YEARLY or not number.notation.startswith("QH"):
        return None
    law = _LAW_NAMED().search(text, max(0, start - 120), start)
    return (law.start(), law["type"], None) if law else None


def _type_and_issuer(text: str, start: int) -> _Named | None:
    """`Kế hoạch của UBND tỉnh` before `số 131/KH-UBND`: its start, type word and issuer."""
    if not _OF_BEFORE.search(text, max(0, start - 120), start):
        return None
    heads = list(_TYPE_OF().finditer(text, max(0, start - 120), start))
    if not heads:
        return None
    nearest = heads[-1]
    end = end_of_issuer(text, nearest.end(), start)
    if end is None or text[end:start].strip(" \t\r\n\u00a0*"):
        return None
    return nearest.start(), nearest["type"], (nearest.end(), end)


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
        issuer_end = end_of_issuer(text, of.end(), limit) if of else None
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
    return replace(found, issuer=folded(text[start:end]), issuer_start=start, issuer_end=end, end=citation_end)


def _without_paren(text: str, end: int) -> int:
    return end - 1 if text[end - 1] == ")" else end


def _own_date(text: str, position: int, limit: int, kind: str | None) -> tuple[PartialDate | None, int, int] | None:
    """The date right after a number or issuer, with its place; None for a day that the calendar has not."""
    match = _OWN_DATE.match(text, position, limit)
    if match and match["comma"] and not _closes(text, match.end(), limit):
        return None
    if match and (match["lead"] or match["y"] or match["ly"] or match["dy"] or match["om"]):
        start = match.start("lead") if match["lead"] else match.start("om" if match["om"] else "d")
        start = text.rfind("t", position, start) if match["om"] and not match["lead"] else start
        closed = bool(match["paren"]) and text.startswith(")", match.end())
        return date_in(match), start, match.end() + closed
    blank = _OWN_BLANK_DATE().match(text, position, limit) if "ngày" in text[position : position + 60].lower() else None
    if blank:
        return known_date(blank["y"], blank["m"], None), blank.start("blank"), blank.end()
    year = _OWN_YEAR.match(text, position, limit) if kind in _DATED_BY_YEAR else None
    return (PartialDate(int(year["y"])), year.start("all"), year.end()) if year else None


def _closes(text: str, end: int, limit: int) -> bool:
    """Whether a citation goes on or ends behind a date: "…, ngày 05/3/2023 tổ chức" tells when something is done."""
    return _DATE_CLOSES().match(text, end) is not None or (
        limit < len(text) and text[end:limit].strip(" ,") in {"", "và"}
    )
