"""1.5 Signature and recipients (Phụ lục I, mục II.7, II.9)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tests.decree.parts import RECIPIENTS, Role, Unit
from tests.decree.rule import WHOLE, Paper, looks, rule
from tests.decree.word import Par

_ANY_PREFIX = re.compile(r"^(TM|Q|KT|TL|TUQ)\b[^A-ZÀ-Ỹ]*", re.IGNORECASE)
_PREFIX = re.compile(r"^(TM|Q|KT|TL|TUQ)\. \S")
_TITLE = re.compile(r"^(GS|PGS|TS|ThS|BS|KS|Giáo sư|Tiến sĩ|Thạc sĩ|Bác sĩ|Kỹ sư|Ông|Bà|Đồng chí|Đ/c)\b", re.IGNORECASE)


@rule("S1")
def prefixes(paper: Paper) -> Iterator[str]:
    """`TM.`, `Q.`, `KT.`, `TL.`, `TUQ.` with a full stop and a space."""
    for par in _posts(paper):
        if _ANY_PREFIX.match(par.text) and not _PREFIX.match(par.text):
            yield f"an authority is written {par.text!r}"


@rule("S2")
def lines(paper: Paper) -> Iterator[str]:
    """Below `KT.`, `TL.`, `TUQ.` stands the post of the signer."""
    for unit in paper.units:
        posts = [par.text for par in unit.signature if par.words and par.is_caps]
        for index, text in enumerate(posts):
            if re.match(r"^(KT|TL|TUQ)\.", text) and index == len(posts) - 1:
                yield f"no post of the signer under {text}"


@rule("S3")
def posts(paper: Paper) -> Iterator[str]:
    """Authority and post: capitals, bold, upright."""
    for par in _posts(paper):
        yield from looks(par, "the post", sizes=WHOLE, bold=True, italic=False, caps=True, align="center")


@rule("S4")
def names(paper: Paper) -> Iterator[str]:
    """The signer's name: bold, upright, small letters, without titles."""
    for unit in paper.units:
        for par in _names(unit):
            yield from looks(par, "the name", sizes=WHOLE, bold=True, italic=False, caps=False, align="center")
            if _TITLE.match(par.text):
                yield f"a title before the name: {par.text}"


@rule("N1")
def heading(paper: Paper) -> Iterator[str]:
    """`Nơi nhận:` in 12, bold and italic, flush left, level with the post."""
    for unit in _signed(paper):
        par = unit.recipients[0]
        yield from looks(par, "Nơi nhận:", sizes=frozenset({12.0}), bold=True, italic=True, caps=False, align="left")
        if par.text != "Nơi nhận:":
            yield f"Nơi nhận: is written {par.text!r}"
        if par.left + par.first:
            yield "Nơi nhận: is not flush left"
        first = next((one for one in unit.signature if one.words), None)
        if first and first.cell and par.cell and (first.cell.table, first.cell.row) != (par.cell.table, par.cell.row):
            yield "Nơi nhận: is not level with the post"


@rule("N2")
def recipients(paper: Paper) -> Iterator[str]:
    """The list in 11, upright, each line `- …;`, flush left."""
    for unit in _signed(paper):
        for par in unit.recipients[1:]:
            yield from looks(par, "a recipient", sizes=frozenset({11.0}), bold=False, italic=False, align="left")
            if not par.text.startswith("- "):
                yield f"a recipient without its hyphen: {par.text}"
            if par.left + par.first:
                yield f"a recipient is not flush left: {par.text}"
        for par in unit.recipients[1:-1]:
            if not par.text.endswith(";"):
                yield f"a recipient without its semicolon: {par.text}"


@rule("N3")
def filed(paper: Paper) -> Iterator[str]:
    """The last line: `- Lưu: VT, ….`"""
    for unit in _signed(paper):
        last = unit.recipients[-1].text
        if not re.match(r"^- Lưu: VT\b.*\.$", last):
            yield f"the last recipient is {last!r}"


@rule("N4")
def first_recipient(paper: Paper) -> Iterator[str]:
    """`- Như trên;` with Kính gửi, `- Như Điều …;` in a decision, neither otherwise."""
    for unit in _signed(paper):
        first = unit.recipients[1].text if len(unit.recipients) > 1 else ""
        if unit.is_decision:
            if not re.match(r"^- Như Điều \d", first):
                yield f"the first recipient of a decision is {first!r}"
        elif bool(unit.addressees) is not (first == "- Như trên;"):
            yield f"Kính gửi {'is' if unit.addressees else 'is not'} there, and the first recipient is {first!r}"


def _posts(paper: Paper) -> Iterator[Par]:
    for unit in paper.units:
        names = {id(par) for par in _names(unit)}
        yield from (par for par in unit.signature if par.words and id(par) not in names)


def _names(unit: Unit) -> list[Par]:
    """The lines under a space for the signature that are no post: in small letters, or the last of all."""
    said = [par for par in unit.signature if par.words]
    below = [par for par in said if _has_space(unit, par)]
    return [par for par in below if not par.is_caps or (par is said[-1] and not _ANY_PREFIX.match(par.text))]


def _has_space(unit: Unit, name: Par) -> bool:
    """Whether there is room for a signature above a line."""
    above = unit.signature[: unit.signature.index(name)]
    return any(not par.words for par in above)


def _signed(paper: Paper) -> Iterator[Unit]:
    for unit in paper.units:
        if unit.role is Role.MAIN and unit.recipients and RECIPIENTS.match(unit.recipients[0].text):
            yield unit
