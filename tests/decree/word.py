"""A finished .docx as it will look, from its XML alone: styles, defaults and direct formatting resolved.

Nothing of bdg is used here, and no library that made the file: a fault of the writer must not hide itself.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain

from lxml import etree

NAMES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "rel": "http://schemas.openxmlformats.org/package/2006/relationships",
}
W = f"{{{NAMES['w']}}}"
R = f"{{{NAMES['r']}}}"
_SCRIPTS = ("ascii", "hAnsi", "cs")
_TOGGLES = ("b", "i", "caps")
_EMU_PER_POINT = 12700
_DRAWINGS = tuple(f"{{{NAMES['wp']}}}{tag}" for tag in ("anchor", "inline"))
_LINES = ("line", "straightConnector1")
Element = etree._Element


@dataclass(frozen=True, slots=True)
class Look:
    """How letters look. `size` in points; `fonts` are those of the three scripts that Vietnamese may fall into."""

    fonts: frozenset[str]
    size: float
    bold: bool
    italic: bool
    caps: bool
    colour: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text."""

    text: str
    look: Look

    @property
    def shown(self) -> str:
        """The text as it is printed."""
        return self.text.upper() if self.look.caps else self.text


@dataclass(frozen=True, slots=True)
class Drawn:
    """A drawn line: its length in points, and whether it is solid."""

    length: float
    solid: bool


@dataclass(slots=True)
class Cell:
    """Where in which table a paragraph stands, counted from 0; `width` in points."""

    table: int
    row: int
    column: int
    width: float
    borders: bool


@dataclass(slots=True)
class Par:
    """A paragraph. Indents and spaces in points, `line` in lines (0 where it is exact or at least so many points)."""

    pieces: list[Piece]
    base: Look
    style: str
    align: str
    left: float
    right: float
    first: float
    before: float
    after: float
    line: float
    points: float
    keep_next: bool
    outline: int | None
    drawn: list[Drawn]
    section: int
    cell: Cell | None = None

    @property
    def text(self) -> str:
        """The text as it is printed; spaces that do not break count as spaces."""
        return self.whole.replace("\u00a0", " ")

    @property
    def whole(self) -> str:
        """The same with its no-break spaces."""
        return "".join(piece.shown for piece in self.pieces)

    @property
    def words(self) -> list[Piece]:
        """The pieces that show something."""
        return [piece for piece in self.pieces if piece.text.strip()]

    def all(self, **wanted: object) -> bool:
        """Whether every piece that shows something looks so."""
        return all(getattr(piece.look, name) == value for piece in self.words for name, value in wanted.items())

    @property
    def sizes(self) -> set[float]:
        """The sizes in it."""
        return {piece.look.size for piece in self.words}

    @property
    def is_caps(self) -> bool:
        """Whether it is printed in capitals."""
        return self.text == self.text.upper()


@dataclass(slots=True)
class Section:
    """A stretch with its own page. Measures in millimetres; `header` are the paragraphs of its ordinary header."""

    width: float
    height: float
    landscape: bool
    margins: dict[str, float]
    header_at: float
    title_page: bool
    start: int | None
    number_format: str
    header: list[Par] = field(default_factory=list)
    first_header: list[Par] = field(default_factory=list)
    has_page_field: bool = False
    first_has_page_field: bool = False


class Word:
    """A whole file."""

    def __init__(self, data: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            self.parts = {name: package.read(name) for name in package.namelist()}
        self.body = self._part("word/document.xml").find(f"{W}body")
        assert self.body is not None
        styles = self._part("word/styles.xml")
        self._styles = {style.get(f"{W}styleId", ""): style for style in styles.iterfind(f"{W}style")}
        self._defaults = styles.find(f"{W}docDefaults")
        self._default = next(
            (key for key, one in self._styles.items() if one.get(f"{W}default") and one.get(f"{W}type") == "paragraph"),
            "",
        )
        self._tables = 0
        self._ended = 0
        self.pars: list[Par] = list(self._walk(self.body))
        self.sections: list[Section] = []
        for element in self.body.iter(f"{W}sectPr"):
            self.sections.append(self._section(element))

    def _part(self, name: str) -> Element:
        return etree.fromstring(self.parts[name])

    # -- styles --------------------------------------------------------------------------------------

    def _chain(self, style: str) -> list[Element]:
        """A style and what it is based on, nearest first."""
        found: list[Element] = []
        element = self._styles.get(style)
        while element is not None and element not in found:
            found.append(element)
            base = element.find(f"{W}basedOn")
            element = self._styles.get(base.get(f"{W}val", "")) if base is not None else None
        return found

    def _name(self, style: str) -> str:
        element = self._styles.get(style)
        name = element.find(f"{W}name") if element is not None else None
        return name.get(f"{W}val", "") if name is not None else style

    def _default_look(self) -> Element | None:
        return self._defaults.find(f"{W}rPrDefault/{W}rPr") if self._defaults is not None else None

    def look(self, paragraph_style: str, mark: Element | None, character_style: str, direct: Element | None) -> Look:
        """The look of a run: direct formatting, character style, paragraph style, defaults, in this order.

        Bold, italic and capitals of the two kinds of style cancel each other, as Word has it.
        """
        of_paragraph = [style.find(f"{W}rPr") for style in self._chain(paragraph_style)]
        of_character = [style.find(f"{W}rPr") for style in self._chain(character_style)] if character_style else []
        layers = [layer for layer in (direct, *of_character, *of_paragraph, self._default_look()) if layer is not None]
        switches = {
            tag: _direct(direct, tag, default=_toggled(of_paragraph, tag) != _toggled(of_character, tag))
            for tag in _TOGGLES
        }
        fonts = {script: _first(layers, "rFonts", script) for script in _SCRIPTS}
        size = _first(layers, "sz", "val")
        return Look(
            frozenset(font or "?" for font in fonts.values()),
            float(size) / 2 if size else 10.0,
            switches["b"],
            switches["i"],
            switches["caps"],
            _first(layers, "color", "val") or "auto",
        )

    # -- paragraphs ----------------------------------------------------------------------------------

    def _walk(self, parent: Element) -> Iterator[Par]:
        for child in parent:
            if child.tag == f"{W}p":
                par = self._par(child)
                par.section = self._ended
                self._ended += child.find(f"{W}pPr/{W}sectPr") is not None
                yield par
            elif child.tag == f"{W}tbl":
                yield from self._table(child)

    def _table(self, table: Element) -> Iterator[Par]:
        number = self._tables
        self._tables += 1
        borders = self._has_borders(table)
        for row_number, row in enumerate(table.iterfind(f"{W}tr")):
            for column, cell in enumerate(row.iterfind(f"{W}tc")):
                width = cell.find(f"{W}tcPr/{W}tcW")
                points = float(width.get(f"{W}w", "0")) / 20 if width is not None else 0.0
                for par in self._walk(cell):
                    par.cell = Cell(number, row_number, column, points, borders)
                    yield par

    def _has_borders(self, table: Element) -> bool:
        own = table.find(f"{W}tblPr/{W}tblBorders")
        style = table.find(f"{W}tblPr/{W}tblStyle")
        names = self._chain(style.get(f"{W}val", "")) if style is not None else []
        borders = [own, *(one.find(f"{W}tblPr/{W}tblBorders") for one in names)]
        found = next((one for one in borders if one is not None), None)
        return found is not None and any(edge.get(f"{W}val") not in {"nil", "none"} for edge in found)

    def _par(self, element: Element) -> Par:
        own = element.find(f"{W}pPr")
        named = own.find(f"{W}pStyle") if own is not None else None
        style = named.get(f"{W}val", "") if named is not None else self._default
        looks = [own, *(one.find(f"{W}pPr") for one in self._chain(style))]
        if self._defaults is not None:
            looks.append(self._defaults.find(f"{W}pPrDefault/{W}pPr"))
        layers = [layer for layer in looks if layer is not None]
        rule = _first(layers, "spacing", "lineRule") or "auto"
        line = float(_first(layers, "spacing", "line") or 240)
        hanging = float(_first(layers, "ind", "hanging") or 0)
        first = _nearest(layers, "ind", ("firstLine", "hanging"))
        outline = _first(layers, "outlineLvl", "val")
        mark = own.find(f"{W}rPr") if own is not None else None
        return Par(
            pieces=list(self._pieces(element, style)),
            base=self.look(style, mark, "", mark),
            style=self._name(style),
            align=_first(layers, "jc", "val") or "left",
            left=float(_first(layers, "ind", "left") or 0) / 20,
            right=float(_first(layers, "ind", "right") or 0) / 20,
            first=(-hanging if first == "hanging" else float(_first(layers, "ind", "firstLine") or 0)) / 20,
            before=float(_first(layers, "spacing", "before") or 0) / 20,
            after=float(_first(layers, "spacing", "after") or 0) / 20,
            line=line / 240 if rule == "auto" else 0.0,
            points=0.0 if rule == "auto" else line / 20,
            keep_next=_direct_in(layers, "keepNext"),
            outline=int(outline) if outline is not None else None,
            drawn=[_drawn(one) for one in element.iter(*_DRAWINGS) if _is_line(one)],
            section=0,
        )

    def _pieces(self, element: Element, style: str) -> Iterator[Piece]:
        for run in element.iter(f"{W}r"):
            text = "".join(_shown(child) for child in run)
            if not text:
                continue
            look = run.find(f"{W}rPr")
            named = look.find(f"{W}rStyle") if look is not None else None
            yield Piece(text, self.look(style, None, named.get(f"{W}val", "") if named is not None else "", look))

    # -- sections ------------------------------------------------------------------------------------

    @cached_property
    def _targets(self) -> dict[str, str]:
        relations = self._part("word/_rels/document.xml.rels")
        return {one.get("Id", ""): one.get("Target", "") for one in relations}

    def _section(self, element: Element) -> Section:
        size, margins = element.find(f"{W}pgSz"), element.find(f"{W}pgMar")
        numbers, title = element.find(f"{W}pgNumType"), element.find(f"{W}titlePg")
        assert size is not None
        assert margins is not None
        start = numbers.get(f"{W}start") if numbers is not None else None
        section = Section(
            width=_mm(size.get(f"{W}w")),
            height=_mm(size.get(f"{W}h")),
            landscape=size.get(f"{W}orient") == "landscape",
            margins={side: _mm(margins.get(f"{W}{side}")) for side in ("top", "bottom", "left", "right")},
            header_at=_mm(margins.get(f"{W}header")),
            title_page=title is not None and title.get(f"{W}val", "1") not in {"0", "false"},
            start=int(start) if start is not None else None,
            number_format=(numbers.get(f"{W}fmt") if numbers is not None else None) or "decimal",
        )
        if self.sections:  # what a section does not say of its header is as before
            before = self.sections[-1]
            section.header, section.has_page_field = before.header, before.has_page_field
            section.first_header, section.first_has_page_field = before.first_header, before.first_has_page_field
        for reference in element.iterfind(f"{W}headerReference"):
            target = self._targets[reference.get(f"{R}id", "")].lstrip("/")
            part = self._part(target if target.startswith("word/") else f"word/{target}")
            pars = [self._par(one) for one in part.iter(f"{W}p")]
            if reference.get(f"{W}type") == "first":
                section.first_header, section.first_has_page_field = pars, _has_page_field(part)
            elif reference.get(f"{W}type") == "default":
                section.header, section.has_page_field = pars, _has_page_field(part)
        return section


def _mm(twips: str | None) -> float:
    return float(twips or 0) / 1440 * 25.4


def _shown(child: Element) -> str:
    if child.tag == f"{W}t":
        return child.text or ""
    return {f"{W}tab": "\t", f"{W}br": "\n", f"{W}noBreakHyphen": "-"}.get(str(child.tag), "")


def _first(layers: list[Element], tag: str, name: str) -> str | None:
    """An attribute as the first layer that says it has it."""
    for layer in layers:
        element = layer.find(f"{W}{tag}")
        if element is not None and element.get(f"{W}{name}") is not None:
            return element.get(f"{W}{name}")
    return None


def _nearest(layers: list[Element], tag: str, names: tuple[str, ...]) -> str | None:
    """Which of several attributes that exclude each other the first layer with any of them has."""
    for layer in layers:
        element = layer.find(f"{W}{tag}")
        for name in names if element is not None else ():
            if element is not None and element.get(f"{W}{name}") is not None:
                return name
    return None


def _is_on(element: Element) -> bool:
    return element.get(f"{W}val", "1") not in {"0", "false", "off"}


def _toggled(layers: list[Element | None], tag: str) -> bool:
    for layer in layers:
        element = layer.find(f"{W}{tag}") if layer is not None else None
        if element is not None:
            return _is_on(element)
    return False


def _direct(look: Element | None, tag: str, *, default: bool) -> bool:
    element = look.find(f"{W}{tag}") if look is not None else None
    return default if element is None else _is_on(element)


def _direct_in(layers: list[Element], tag: str) -> bool:
    elements = (layer.find(f"{W}{tag}") for layer in layers)
    return next((_is_on(element) for element in elements if element is not None), False)


def _is_line(element: Element) -> bool:
    """Whether a drawing is a line, and no picture or chart."""
    return any(one.get("prst") in _LINES for one in element.iter(f"{{{NAMES['a']}}}prstGeom"))


def _drawn(element: Element) -> Drawn:
    extent = element.find(f"{{{NAMES['wp']}}}extent")
    dashes = list(element.iter(f"{{{NAMES['a']}}}prstDash"))
    length = float(extent.get("cx", "0")) / _EMU_PER_POINT if extent is not None else 0.0
    return Drawn(length, all(dash.get("val") == "solid" for dash in dashes))


def _has_page_field(part: Element) -> bool:
    simple = (one.get(f"{W}instr", "") for one in part.iter(f"{W}fldSimple"))
    complex_ = (one.text or "" for one in part.iter(f"{W}instrText"))
    return any("PAGE" in instruction.split() for instruction in chain(simple, complex_))
