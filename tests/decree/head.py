"""1.2 Header block (Phụ lục I, mục II.1 to II.5)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from tests.decree.parts import Role, Unit
from tests.decree.rule import HALF, WHOLE, Paper, looks, rule
from tests.decree.widths import last_line, width
from tests.decree.word import Par

_PLAY = 3.0  # points
_NUMBER = re.compile(r"^Số: (\d{2,}|\s+)/(?P<symbol>\S+?)(-\s+)?$")  # a draft may leave the issuer to be filled in
_MIXED = ("QyĐ", "CTr", "TTr", "TrS")  # Phụ lục III writes these so (H7a)
_DATE = re.compile(r"^(?P<place>[^,]+), ngày (?P<day>\d+|\s+) tháng (?P<month>\d+|\s+) năm (?P<year>\d{4}|\s+)$")
_MOTTO = "Độc lập - Tự do - Hạnh phúc"
_ABOUT_GAP = 6.0


@rule("H1")
def nation(paper: Paper) -> Iterator[str]:
    """Quốc hiệu."""
    for unit in _headed(paper):
        yield from looks(unit.nation, "Quốc hiệu", sizes=HALF, bold=True, italic=False, caps=True, align="center")
        if unit.nation and unit.nation.cell and unit.nation.cell.column == 0:
            yield "Quốc hiệu is not on the right"


@rule("H2")
def motto(paper: Paper) -> Iterator[str]:
    """Tiêu ngữ, in these words, with hyphens."""
    for unit in _headed(paper):
        yield from looks(unit.motto, "Tiêu ngữ", sizes=WHOLE, bold=True, italic=False, caps=False, align="center")
        if unit.motto and unit.motto.text != _MOTTO:
            yield f"Tiêu ngữ is written {unit.motto.text!r}"
        yield from _close_together(unit.nation, unit.motto)


@rule("H3")
def rule_under_motto(paper: Paper) -> Iterator[str]:
    """A solid line as long as the motto."""
    for unit in _headed(paper):
        if unit.motto is None:
            continue
        wanted = width(unit.motto.text, max(unit.motto.sizes))
        yield from _line(unit.motto_rule, "under Tiêu ngữ", wanted, wanted)


@rule("H4")
def parent(paper: Paper) -> Iterator[str]:
    """The body above: not bold."""
    for unit in _headed(paper):
        for par in unit.agencies[:-1]:
            yield from looks(par, "the body above", sizes=HALF, bold=False, italic=False, caps=True, align="center")


@rule("H5")
def issuer(paper: Paper) -> Iterator[str]:
    """The issuing body: bold, close under the body above."""
    for unit in _headed(paper):
        for par in unit.agencies[-1:]:
            yield from looks(par, "the issuer", sizes=HALF, bold=True, italic=False, caps=True, align="center")
        for above, below in pairwise(unit.agencies):
            yield from _close_together(above, below)


@rule("H6")
def rule_under_issuer(paper: Paper) -> Iterator[str]:
    """A solid line of a third to a half of the line of text above."""
    for unit in _headed(paper):
        for par in unit.agencies[-1:]:
            yield from _share(paper, unit.agency_rule, par, "under the issuer")


@rule("H7")
def number(paper: Paper) -> Iterator[str]:
    """`Số: 05/KH-UBND` in 13; a draft's number is blank."""
    for unit in paper.units:
        if unit.number is None:
            continue
        size = frozenset({13.0})
        yield from looks(unit.number, "the number", sizes=size, bold=False, italic=False, align="center")
        match = _NUMBER.match(unit.number.text)
        if match is None:
            yield f"the number is written {unit.number.text!r}"
            continue
        plain = match["symbol"]
        for mixed in _MIXED:
            plain = plain.replace(mixed, mixed.upper())
        if plain != plain.upper() or "--" in plain or plain.strip("-") != plain:
            yield f"the notation is written {match['symbol']!r}"


@rule("H8")
def place_and_date(paper: Paper) -> Iterator[str]:
    """`Hà Nội, ngày 05 tháng 01 năm 2020`: italic, on the line of the number."""
    for unit in paper.units:
        par = unit.place_date
        if par is None:
            continue
        yield from looks(par, "place and date", sizes=WHOLE, bold=False, italic=True, caps=False, align="center")
        if unit.number and par.cell and unit.number.cell and par.cell.row != unit.number.cell.row:
            yield "place and date do not stand on the line of the number"
        match = _DATE.match(par.text)
        if match is None:
            yield f"place and date are written {par.text!r}"
        elif not match["place"][:1].isupper():
            yield f"the place begins with a small letter: {par.text}"


@rule("H8a")
def padded(paper: Paper) -> Iterator[str]:
    """A zero before days below 10 and before months 1 and 2, before nothing else."""
    for unit in paper.units:
        match = _DATE.match(unit.place_date.text) if unit.place_date else None
        if match is None:
            continue
        day, month = match["day"].strip(), match["month"].strip()
        if day and day != f"{int(day):02}":
            yield f"day {day} has no leading zero"
        if month and month != (f"{int(month):02}" if int(month) < 3 else str(int(month))):
            yield f"month {month} is padded wrongly"


@rule("H9")
def subject_of_a_letter(paper: Paper) -> Iterator[str]:
    """`V/v …` under the number, 6 pt below it, not bold, without a rule."""
    for unit in paper.units:
        par = unit.about
        if par is None:
            continue
        yield from looks(par, "V/v", sizes=HALF, bold=False, italic=False, caps=False, align="center")
        if not par.text.startswith("V/v "):
            yield f"the subject of a letter begins {par.text[:12]!r}"
        if abs(par.before + (unit.number.after if unit.number else 0) - _ABOUT_GAP) > 0.5:
            yield f"V/v stands {par.before:g} pt below the number, not 6"
        if par.drawn:
            yield "there is a rule under V/v"


@rule("H10")
def kind(paper: Paper) -> Iterator[str]:
    """The name of the type."""
    for unit in paper.units:
        yield from looks(unit.kind, "the type", sizes=WHOLE, bold=True, italic=False, caps=True, align="center")


@rule("H11")
def subject(paper: Paper) -> Iterator[str]:
    """The subject under the type, with a rule of a third to a half of its last line."""
    for unit in paper.units:
        if unit.kind is None:
            continue
        for par in unit.subject:
            yield from looks(par, "the subject", sizes=WHOLE, bold=True, italic=False, caps=False, align="center")
        for par in unit.subject[-1:]:
            yield from _share(paper, unit.title_rule, par, "under the subject")


def _headed(paper: Paper) -> Iterator[Unit]:
    return (unit for unit in paper.units if unit.role is not Role.ANNEX and unit.nation is not None)


def _close_together(above: Par | None, below: Par | None) -> Iterator[str]:
    """Single line spacing, nothing between."""
    if above is None or below is None:
        return
    if above.after + below.before > 0 or any(abs(par.line - 1) > 0.01 for par in (above, below)):
        yield f"{above.text} and {below.text[:40]} do not stand in single spacing"


def _line(par: Par | None, where: str, least: float, most: float) -> Iterator[str]:
    if par is None or not par.drawn:
        yield f"no line is drawn {where}"
        return
    for drawn in par.drawn:
        if not drawn.solid:
            yield f"the line {where} is not solid"
        if not least - _PLAY <= drawn.length <= most + _PLAY:
            yield f"the line {where} is {drawn.length:.0f} pt long, not {least:.0f} to {most:.0f}"
    if par.align != "center":
        yield f"the line {where} is not balanced under the text"


def _share(paper: Paper, line: Par | None, text: Par, where: str) -> Iterator[str]:
    """A third to a half of the last line of a text, as that wraps in its room."""
    room = (text.cell.width if text.cell else paper.room(text)) - text.left - text.right
    size = max(text.sizes, default=14.0)
    full = width(last_line(text.whole, size, room), size)
    yield from _line(line, where, full / 3, full / 2)
