"""1.1 Page (Phụ lục I, mục I), and the order of parts (Điều 8)."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from tests.decree.parts import Role
from tests.decree.rule import WHOLE, Paper, rule
from tests.decree.word import Par, Section

_PLAY = 0.3  # mm: files are measured in twips, and some tools round
_RANGES = {"top": (20, 25), "bottom": (20, 25), "left": (30, 35), "right": (15, 20)}


@rule("P1")
def a4(paper: Paper) -> Iterator[str]:
    """A4, 210 × 297 mm."""
    for number, section in enumerate(paper.word.sections, 1):
        sides = sorted((section.width, section.height))
        if abs(sides[0] - 210) > _PLAY or abs(sides[1] - 297) > _PLAY:
            yield f"section {number} is {section.width:.0f} × {section.height:.0f} mm, not A4"


@rule("P2")
def upright(paper: Paper) -> Iterator[str]:
    """Portrait; landscape where there are tables."""
    for number, section in enumerate(paper.word.sections):
        tables = any(par.cell and par.cell.borders for par in paper.word.pars if par.section == number)
        if _is_wide(section) and not tables:
            yield f"section {number + 1} is landscape and has no table"
        if _is_wide(section) is not section.landscape:
            yield f"section {number + 1}: its size and its orientation contradict each other"


@rule("P3")
def margins(paper: Paper) -> Iterator[str]:
    """Top and bottom 20 to 25, left 30 to 35, right 15 to 20 mm; of turned pages the decree is silent (P2a)."""
    for number, section in enumerate(paper.word.sections, 1):
        for side, (least, most) in _RANGES.items() if not _is_wide(section) else ():
            if not least - _PLAY <= section.margins[side] <= most + _PLAY:
                yield f"section {number}: {side} margin {section.margins[side]:.1f} mm, not {least} to {most}"


@rule("P4")
def font(paper: Paper) -> Iterator[str]:
    """Times New Roman, Unicode, black, everywhere."""
    for par in _everywhere(paper):
        for piece in par.words:
            if piece.look.fonts != {"Times New Roman"}:
                yield f"{', '.join(sorted(piece.look.fonts))}: {piece.text[:60]}"
            if piece.look.colour not in {"auto", "000000"}:
                yield f"colour {piece.look.colour}: {piece.text[:60]}"
            if not unicodedata.is_normalized("NFC", piece.text):
                yield f"decomposed letters: {piece.text[:60]}"


@rule("P5")
def page_number(paper: Paper) -> Iterator[str]:
    """From 1, Arabic, 13 to 14, upright, centred in the top margin; not on the first page."""
    for number, section in enumerate(paper.word.sections, 1):
        if not section.has_page_field:
            yield f"section {number}: no page number in the header"
            continue
        if number == 1 and (not section.title_page or section.first_has_page_field):
            yield "the first page shows its number"
        if section.number_format != "decimal":
            yield f"section {number}: page numbers are {section.number_format}"
        if section.header_at >= section.margins["top"]:
            yield f"section {number}: the page number is not inside the top margin"
        for par in section.header:
            if par.words and (par.align != "center" or not par.sizes <= WHOLE or not par.all(italic=False)):
                yield f"section {number}: the page number is {par.align}, {par.sizes} pt, italic {par.base.italic}"
    first = paper.word.sections[0].start if paper.word.sections else None
    if first not in {None, 1}:
        yield f"the pages begin with {first}"


@rule("P6")
def own_page_numbers(paper: Paper) -> Iterator[str]:
    """Each annex is numbered by itself; so is a document attached to another."""
    for unit in paper.units[1:]:
        if paper.word.sections[unit.sections[0]].start != 1:
            yield f"{unit.role.value} {unit.label.text if unit.label else ''}: pages do not begin with 1 again"


@rule("P7")
def sizes_together(paper: Paper) -> Iterator[str]:
    """13/14/14 or 12/13/13 for Quốc hiệu, Tiêu ngữ, place and date."""
    for unit in paper.units:
        pars = [par for par in (unit.nation, unit.motto, unit.place_date) if par is not None]
        if len(pars) < 2:
            continue
        found = tuple(max(par.sizes) for par in pars)
        if found not in {(13.0, 14.0, 14.0)[: len(found)], (12.0, 13.0, 13.0)[: len(found)]}:
            yield f"Quốc hiệu, Tiêu ngữ, địa danh are set in {'/'.join(f'{size:g}' for size in found)}"


@rule("Điều 8")
def order_of_parts(paper: Paper) -> Iterator[str]:
    """Motto, agency, number, place and date, type and subject, text, signer, recipients: none lacking."""
    for unit in paper.units:
        if unit.role is not Role.MAIN:
            continue
        parts = {
            "Quốc hiệu": unit.nation,
            "Tiêu ngữ": unit.motto,
            "the agency": unit.agencies,
            "the number": unit.number,
            "place and date": unit.place_date,
            "the subject": unit.about if unit.is_letter else unit.subject,
            "the text": unit.body,
            "the signer": unit.signature,
            "Nơi nhận": unit.recipients,
        }
        yield from (f"there is no place for {name}" for name, part in parts.items() if not part)


def _everywhere(paper: Paper) -> Iterator[Par]:
    yield from paper.word.pars
    for section in paper.word.sections:
        yield from section.header


def _is_wide(section: Section) -> bool:
    return section.width > section.height
