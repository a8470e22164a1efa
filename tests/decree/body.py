"""1.3 Body and 1.4 Headings (Phụ lục I, mục II.6, II.9)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from tests.decree.parts import HEADING, KINDS, Role, Unit
from tests.decree.rule import WHOLE, Paper, looks, rule
from tests.decree.widths import width
from tests.decree.word import Par

LETTERS = "abcdđeghiklmnopqrstuvxy"
_CM = 72 / 2.54
_SINGLE = 1.15  # a single line of Times New Roman to its size
_CITED = re.compile(
    r"(?P<kind>Luật|Nghị quyết|Nghị định|Quyết định|Chỉ thị|Thông tư|Kế hoạch|Công văn) số (?P<number>[\w./&-]+)"
)
_DATED = re.compile(r"^,? ngày \d")


@rule("B1")
def addressees(paper: Paper) -> Iterator[str]:
    """Kính gửi: letters have it; one on its line, several below it with hyphens under the colon."""
    for unit in _texts(paper):
        lines = unit.addressees
        if not lines:
            if unit.is_letter:
                yield "a letter without Kính gửi"
            continue
        for par in lines:
            yield from looks(par, "Kính gửi", sizes=WHOLE, bold=False, italic=False)
        first, *others = lines
        if not first.text.startswith("Kính gửi:"):
            yield f"Kính gửi is written {first.text[:20]!r}"
        if first.text.strip() == "Kính gửi:":
            yield from _several(first, others)


def _several(first: Par, others: list[Par]) -> Iterator[str]:
    if len(others) < 2:
        yield "Kính gửi stands alone on its line, and not several follow"
    for par, end in zip(others, [";"] * (len(others) - 1) + ["."], strict=True):
        if not par.text.startswith("- ") or not par.text.endswith(end):
            yield f"an addressee must begin with “- ” and end with “{end}”: {par.text}"
    colon = first.left + first.first + width_of("Kính gửi", first)
    for par in others:
        if abs(par.left + par.first - colon) > 3:
            yield f"the hyphen stands at {par.left + par.first:.0f} pt, the colon at {colon:.0f}"


def width_of(text: str, par: Par) -> float:
    """About the width of a text that is not bold: regular letters are a little narrower."""
    return width(text, max(par.sizes)) * _REGULAR


_REGULAR = 50.0 / 53.7  # of "Kính gửi", Times New Roman to Times New Roman Bold, both at 14


@rule("B2")
def basis(paper: Paper) -> Iterator[str]:
    """Căn cứ: italic, one a line, `;` behind each, `.` behind the last."""
    for unit in _texts(paper):
        lines = unit.basis
        for par, end in zip(lines, [";"] * (len(lines) - 1) + ["."], strict=True) if lines else ():
            yield from looks(par, "căn cứ", sizes=WHOLE, bold=False, italic=True)
            if not par.text.rstrip().endswith(end):
                yield f"a line of căn cứ must end with “{end}”: …{par.text[-30:]}"


@rule("B3")
def authority(paper: Paper) -> Iterator[str]:
    """Who decides: between subject and căn cứ, in capitals, bold, centred."""
    for unit in _texts(paper):
        if not unit.is_decision:
            continue
        if unit.authority is None or unit.authority is unit.decides:
            yield "a decision without its authority line"
            continue
        yield from looks(
            unit.authority, "the authority", sizes=WHOLE, bold=True, italic=False, caps=True, align="center"
        )


@rule("B4")
def decides(paper: Paper) -> Iterator[str]:
    """`QUYẾT ĐỊNH:` on a line of its own, behind căn cứ."""
    for unit in _texts(paper):
        if not unit.is_decision:
            continue
        if unit.decides is None:
            yield "a decision without QUYẾT ĐỊNH:"
            continue
        yield from looks(unit.decides, "QUYẾT ĐỊNH:", sizes=WHOLE, bold=True, italic=False, caps=True, align="center")
        if unit.decides.text != "QUYẾT ĐỊNH:":
            yield f"QUYẾT ĐỊNH: is written {unit.decides.text!r}"


@rule("B5")
def text(paper: Paper) -> Iterator[str]:
    """13 to 14, upright, justified, first line 1 or 1.27 cm, 6 pt between paragraphs, single to 1.5 lines."""
    for unit in paper.units:
        pars = [par for par in (*unit.basis, *unit.body) if not _is_centred_heading(par)]
        texts = {id(par) for par in pars}
        for par in pars:
            yield from _one(par)
        for above, below in pairwise(unit.said):
            if id(above) in texts and id(below) in texts and above.after + below.before < 6 - 0.01:
                yield f"{above.after + below.before:g} pt above: {below.text[:60]}"


def _one(par: Par) -> Iterator[str]:
    yield from looks(par, "text", sizes=WHOLE, align="both")
    if par.base.italic and not par.text.startswith(("Căn cứ", "Theo đề nghị", "Xét đề nghị")):
        yield f"text must be upright: {par.text[:60]}"
    if not _CM - 1.5 <= par.first <= 1.27 * _CM + 1.5:
        yield f"first line indented {par.first / _CM:.2f} cm: {par.text[:60]}"
    if par.points:
        size = max(par.sizes, default=14.0) * _SINGLE
        if not size - 1 <= par.points <= size * 1.5 + 1:
            yield f"lines of {par.points:g} pt: {par.text[:60]}"
    elif not 1 - 0.01 <= par.line <= 1.5 + 0.01:
        yield f"{par.line:.2f} lines: {par.text[:60]}"


@rule("B6")
def citations(paper: Paper) -> Iterator[str]:
    """A document cited in full a second time: type and number are enough then."""
    for unit in paper.units:
        full: set[str] = set()
        for par in unit.said:
            for match in _CITED.finditer(par.text):
                if not _DATED.match(par.text[match.end() :]):
                    continue
                if match["number"] in full:
                    yield f"{match[0]} is cited with its date again: {par.text[max(0, match.start() - 20) :][:80]}"
                full.add(match["number"])


@rule("B7")
def end_mark(paper: Paper) -> Iterator[str]:
    """`./.` closes the text of each unit, and stands nowhere else."""
    for unit in paper.units:
        marks = [par for par in unit.said if "./." in par.text]
        name = unit.label.text if unit.label else unit.role.value
        if unit.last is None or not unit.last.text.rstrip().endswith("./."):
            yield f"{name}: the text does not end with ./."
        if sum(par.text.count("./.") for par in marks) > 1:
            yield f"{name}: ./. stands more than once"


# -- headings ------------------------------------------------------------------------------------------


@rule("1.4 Phần, Chương")
def parts(paper: Paper) -> Iterator[str]:
    """`Phần I`, `Chương I`: centred, bold, small letters."""
    for par in _pars(paper):
        if re.match(r"^(Phần|Chương) [IVXLC]+$", par.text, re.IGNORECASE):
            yield from looks(par, "Phần, Chương", sizes=WHOLE, bold=True, italic=False, caps=False, align="center")


@rule("1.4 Mục")
def roman(paper: Paper) -> Iterator[str]:
    """`I. MỤC ĐÍCH, YÊU CẦU`: capitals, bold, upright, on one line."""
    for par in _pars(paper):
        match = HEADING.match(par.text)
        if not match or not match["roman"]:
            continue
        title, _ = _opening(par)
        if not title or not title.strip().startswith(match["roman"]):
            yield f"a heading {match['roman']}. that is not bold: {par.text[:60]}"
        elif title != title.upper():
            yield f"a heading {match['roman']}. that is not in capitals: {par.text[:60]}"
        if not par.sizes <= WHOLE or par.base.italic:
            yield f"a heading {match['roman']}. of {par.sizes} pt, italic {par.base.italic}: {par.text[:60]}"
        if not par.text.startswith(f"{match['roman']}. "):
            yield f"a Roman number without its full stop: {par.text[:20]}"


@rule("1.4 Điều")
def articles(paper: Paper) -> Iterator[str]:
    """`Điều 1.` bold, upright, in the size of the text."""
    for par in _pars(paper):
        match = HEADING.match(par.text)
        if not match or not match["article"]:
            continue
        title, _ = _opening(par)
        if not re.match(r"^Điều \d+\.", title):
            yield f"Điều must be bold with its number and a full stop: {par.text[:30]}"
        if par.base.italic or not par.sizes <= WHOLE:
            yield f"Điều of {par.sizes} pt, italic {par.base.italic}: {par.text[:30]}"


@rule("1.4 Khoản")
def clauses(paper: Paper) -> Iterator[str]:
    """`1. Title`: bold with a title, not bold without one."""
    for par in _pars(paper):
        match = HEADING.match(par.text)
        if not match or not match["arabic"]:
            continue
        title, rest = _opening(par)
        titled = par.outline is not None
        if titled and not title:
            yield f"a khoản with a title must be bold: {par.text[:60]}"
        if not titled and title and not rest:
            yield f"a khoản without a title must not be bold: {par.text[:60]}"
        if par.base.italic or not par.sizes <= WHOLE:
            yield f"a khoản of {par.sizes} pt, italic {par.base.italic}: {par.text[:60]}"
        if not par.text.startswith(f"{match['arabic']}. "):
            yield f"a number without its full stop: {par.text[:20]}"


@rule("1.4 Điểm")
def points(paper: Paper) -> Iterator[str]:
    """`a) …`: upright, not bold."""
    for par in _pars(paper):
        match = HEADING.match(par.text)
        if not match or not match["letter"]:
            continue
        if par.words[0].look.bold or par.base.italic or not par.sizes <= WHOLE:
            yield f"a điểm must be upright and not bold: {par.text[:60]}"
        if not par.text.startswith(f"{match['letter']}) "):
            yield f"a letter without its bracket: {par.text[:20]}"


@rule("1.4 thứ tự")
def order(paper: Paper) -> Iterator[str]:
    """Numbers and letters follow one another: I, II; 1, 2; a, b, c, d, đ, e, g …"""
    for unit in paper.units:
        last: dict[str, int] = {}
        for par in unit.body:
            match = HEADING.match(par.text)
            level = match.lastgroup if match else None
            if match is None or level is None:
                continue
            value = _value(level, match[level])
            if value not in {1, last.get(level, 0) + 1}:
                yield f"{match[level]} does not follow: {par.text[:60]}"
            last[level] = value
            for below in _BELOW[level]:
                last.pop(below, None)


_BELOW = {"roman": ("arabic", "letter"), "article": ("arabic", "letter"), "arabic": ("letter",), "letter": ()}


def _value(level: str, number: str) -> int:
    """The place of a number in its row, 0 for one that is in none."""
    if level == "letter":
        before = len(LETTERS) * (LETTERS.find(number[0]) + 1) if len(number) == 2 else 0
        place = LETTERS.find(number[-1]) + 1
        return before + place if place else 0
    if level != "roman":
        return int(number.split()[-1])
    signs = [{"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}[sign] for sign in number]
    return sum(-one if one < after else one for one, after in zip(signs, [*signs[1:], 0], strict=True))


def _opening(par: Par) -> tuple[str, str]:
    """The bold beginning of a paragraph, and the rest."""
    title = ""
    for index, piece in enumerate(par.pieces):
        if not piece.look.bold and piece.text.strip():
            return title, "".join(one.shown for one in par.pieces[index:]).strip()
        title += piece.shown.replace("\u00a0", " ")
    return title, ""


def _texts(paper: Paper) -> Iterator[Unit]:
    return (unit for unit in paper.units if unit.role is Role.MAIN)


def _pars(paper: Paper) -> Iterator[Par]:
    for unit in paper.units:
        yield from (par for par in unit.body if par.words)


def _is_centred_heading(par: Par) -> bool:
    """A Roman heading may be centred: the decree does not say where it stands; Phần and Chương must be."""
    match = HEADING.match(par.text)
    return par.align == "center" and (
        bool(match and match["roman"]) or par.text.upper() in KINDS or bool(re.match(r"^(Phần|Chương) ", par.text))
    )
