"""Document → .docx: the body as one string of XML, put into the package that templates/style.docx is.

The look is in the named styles of style.docx (NĐ 30/2020/NĐ-CP, Phụ lục I) as the office's settings adjust them; this
module says which block wears which style and what stands beside what. The same document, style and settings give the
same bytes.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, assert_never

from bdg_cli.documents import docx_xml as xml
from bdg_cli.documents.advances import Type, balanced_width, lines, text_width
from bdg_cli.documents.docx_styles import (
    ANNEX_LABEL,
    ANNEX_TITLE,
    ATTACHED_TO,
    AUTHORITY,
    CELLS,
    DRAFT,
    FRAME_TABLE,
    GRID_TABLE,
    GROUP_CELL,
    HEADER_CELL,
    HEADINGS,
    ISSUER,
    KIND,
    LETTER_SUBJECT,
    MOTTO_STYLE,
    NATION_STYLE,
    NUMBER,
    ONE_ADDRESSEE,
    PARENT,
    PLACE_DATE,
    RECIPIENT,
    RECIPIENTS_STYLE,
    RULE,
    RUN_IN,
    RUN_IN_TITLES,
    SECTION_END,
    SEPARATOR,
    SIGNATURE_SPACE,
    SIGNER,
    SUBJECT,
    TABLE_NOTE,
    TITLE_RULE,
    StyleSheet,
)
from bdg_cli.documents.model import (
    Annex,
    Block,
    Closing,
    Document,
    Heading,
    Letterhead,
    Paragraph,
    Properties,
    Row,
    Run,
    Runs,
    Signatory,
    Style,
    Table,
    Title,
)
from bdg_cli.documents.seal import sealed
from bdg_cli.models.settings import Placement, SettingsFile, TurnedMargins

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.opc.part import Part

# NĐ 30/2020/NĐ-CP, Phụ lục I, mục II.1.
NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
RECIPIENTS = "Nơi nhận:"

ORIGINS_PART = "/customXml/bdgOrigins.xml"

_TWIPS = 20  # to the point
_TWIPS_PER_MM = 1440 / 25.4
_RULE_SHARE = 0.42  # of the line of text above: the decree wants 1/3 to 1/2
_RULE_WEIGHT = 0.75  # points: the decree asks only for a solid line; this is what offices use
_ROOM = 4.0  # points of play, so that another font of the same metrics does not wrap where ours does not
_RECIPIENT_SHARE = 0.4
_TURNED_MARGIN = 20  # mm: the decree is silent on a page on its side; this is what offices set
_LINE = 1.15  # a single line of Times New Roman to its size
_OVERHANG = round(10 * _TWIPS_PER_MM)  # by which the head may reach into the margins, half of it on either side
_CELL_SIDE = 85  # twips between text and edge, as the table style of style.docx has it
_WHOLE_ROW = 0.6  # of a page: a higher row may be split, since moving it would leave an empty page or lose its end
_WRITTEN = datetime(1980, 1, 1)  # a constant date: the same input gives the same bytes


def write(document: Document, style_path: Path, settings: SettingsFile | None = None) -> bytes:
    """The whole .docx file: `document` set in the styles, page and header of the file at `style_path`.

    `settings` adjust those styles. Raises ValueError where the style file cannot be used.
    """
    import docx  # heavy: only when a Word file is made
    import docx.opc.exceptions

    try:
        package = docx.Document(str(style_path))
    except (KeyError, ValueError, zipfile.BadZipFile, docx.opc.exceptions.PackageNotFoundError) as fault:
        raise ValueError(f"{style_path.name} không phải tệp Word dùng được") from fault
    _drop_own_data(package)
    settings = settings or SettingsFile()
    styles = StyleSheet(package, style_path.name)
    styles.adjust(settings)
    body = _Body(styles, _section(package), settings)
    _put_body(package, body.of(document.blocks))
    _set_properties(package, document.properties)
    _add_origins(package, body.places)
    saved = io.BytesIO()
    package.save(saved)
    return _with_fixed_dates(saved)


class _Body:
    """Builds the body block by block, counting bookmarks, drawings and the sections still open."""

    def __init__(self, styles: StyleSheet, portrait: str, settings: SettingsFile) -> None:
        self.styles = styles
        self.portrait = portrait
        self.settings = settings
        self.area = xml.text_area(portrait)
        self.section = xml.section_properties(portrait)
        self.places: list[str] = []
        self.drawings = 0
        self.parts: list[str] = []

    @property
    def text_width(self) -> int:
        """The twips between the side margins of the page being written."""
        return self.area[0]

    def of(self, blocks: tuple[Block, ...]) -> str:
        """`<w:body>` of the blocks."""
        around = zip((None, *blocks), blocks, (*blocks[1:], None), strict=False)
        for before, block, following in around:
            if isinstance(block, Annex) or (isinstance(block, Letterhead) and not isinstance(before, Annex)):
                self._begin_section(block)
            self.parts.extend(self._block(block, following))
            if isinstance(following, Closing) and self.parts:
                self.parts[-1] = xml.kept_with_next(self.parts[-1])
        self._end_on_paragraph()
        return f"<w:body {xml.NAMESPACES}>{''.join(self.parts)}{self.section}</w:body>"

    def _begin_section(self, block: Annex | Letterhead) -> None:
        """An annex, or the letterhead of an attached document, begins a page with its own page numbers."""
        if self.parts:
            self._end_on_paragraph()
            self.parts[-1] = xml.ending_section(self.parts[-1], self.section)
        annex = isinstance(block, Annex)
        turned = self.settings.landscape_margins
        self.section = xml.section_properties(
            self.portrait,
            restart=bool(self.parts) or annex,
            turned=_turned_margins(turned) if isinstance(block, Annex) and block.landscape else None,
            numbered_first=isinstance(block, Annex) and bool(block.label and self.settings.annex_first_page_number),
        )
        self.area = xml.text_area(self.section)

    def _end_on_paragraph(self) -> None:
        """A table cannot end a section nor touch another table."""
        if not self.parts or not self.parts[-1].startswith("<w:p>"):
            self.parts.append(self._paragraph(SECTION_END, ""))

    def _block(self, block: Block, following: Block | None) -> Iterator[str]:
        match block:
            case Letterhead():
                yield self._letterhead(block)
            case Title():
                yield from self._title(block)
            case Heading():
                yield self._heading(block)
            case Paragraph():
                yield self._text(block, following)
            case Table():
                yield from self._table(block, following)
            case Closing():
                yield self._closing(block)
                yield self._paragraph(SECTION_END, "")
            case Annex():
                yield from self._annex(block)
            case _:
                assert_never(block)

    # -- pieces of paragraphs ------------------------------------------------------------

    def _paragraph(self, style: str, content: str, inset: int = 0) -> str:
        return xml.paragraph(self.styles.ids[style], content, inset=inset)

    def _line(self, style: str, runs: Runs) -> str:
        return self._paragraph(style, self._runs(runs))

    def _runs(self, runs: Runs, style: str = "") -> str:
        """The runs; each stretch of one origin in its hidden bookmark. `style` is a character style for all of them."""
        stretches = []
        for at, stretch in groupby(runs, _address):
            content = "".join(self._run(run.text, style, bold=run.bold, italic=run.italic) for run in stretch)
            stretches.append(self._bookmarked(at, content) if at else content)
        return "".join(stretches)

    def _run(self, text: str, style: str = "", *, bold: bool = False, italic: bool = False) -> str:
        return xml.run(text, style=self.styles.ids[style] if style else "", bold=bold, italic=italic)

    def _bookmarked(self, at: str, content: str) -> str:
        self.places.append(at)
        return xml.hidden_bookmark(len(self.places), content)

    def _rule(self, width: float, meaning: str, style: str = RULE) -> str:
        """A drawn line in a low paragraph of its own: it stays under its text however that wraps."""
        self.drawings += 1
        weight = float(self.settings.rule_weight or _RULE_WEIGHT)
        return self._paragraph(style, xml.rule_line(self.drawings, width, weight, meaning))

    def _rule_width(self, text: str, type_: Type, width: int) -> float:
        """The points of the rule under a text: 1/3 to 1/2 of its last line (NĐ 30, Phụ lục I, mục II.2, II.5)."""
        room = width / _TWIPS
        if len(lines(text, type_, room)) > 1:
            room = balanced_width(text, type_, room)
        share = float(self.settings.rule_length or _RULE_SHARE)
        return share * text_width(lines(text, type_, room)[-1], type_)

    def _balanced(self, style: str, runs: Runs, width: int, *, caps: bool = False) -> str:
        """A centred paragraph whose lines are of like length, in a column `width` twips wide."""
        text = _printed(runs, caps)
        type_ = self.styles.type_of(style)
        room = width / _TWIPS
        inset = 0
        if len(lines(text, type_, room)) > 1:
            narrow = min(balanced_width(text, type_, room) + _ROOM, room)
            inset = int((room - narrow) / 2 * _TWIPS)
        return self._paragraph(style, self._runs(runs), inset)

    # -- blocks --------------------------------------------------------------------------

    def _letterhead(self, block: Letterhead) -> str:
        """Boxes 1 to 5b of the decree's diagram; the right column holds the country's name on one line."""
        right = round((text_width(NATION, self.styles.type_of(NATION_STYLE)) + _ROOM) * _TWIPS)
        widths = [self._left_column(block, self.text_width - right), right]
        rows = self._pair(widths, self._agency(block, widths[0]), self._nation())
        if block.number is not None or block.place_date is not None or block.subject:
            rows += self._pair(widths, self._numbers(block, widths[0]), self._place_date(block))
        return xml.table(self.styles.ids[FRAME_TABLE], widths, rows, centred=sum(widths) > self.text_width)

    def _left_column(self, block: Letterhead, room: int) -> int:
        """The room left of the country's name; more, into the margins, where a long number would break."""
        number = text_width(_printed(block.number or ()), self.styles.type_of(NUMBER))
        return max(room, min(round((number + _ROOM) * _TWIPS), room + _OVERHANG))

    def _pair(self, widths: list[int], left: str, right: str) -> str:
        return xml.whole_row(xml.cell(widths[0], left) + xml.cell(widths[1], right))

    def _agency(self, block: Letterhead, width: int) -> str:
        parts = [self._paragraph(DRAFT, xml.run(block.draft))] if block.draft else []
        if block.parent:
            parts.append(self._balanced(PARENT, block.parent, width, caps=True))
        parts.append(self._balanced(ISSUER, block.issuer, width, caps=True))
        rule = self._rule_width(_printed(block.issuer, caps=True), self.styles.type_of(ISSUER), width)
        parts.append(self._rule(rule, "Đường kẻ dưới tên cơ quan ban hành"))
        return "".join(parts)

    def _nation(self) -> str:
        return (
            self._paragraph(NATION_STYLE, xml.run(NATION))
            + self._paragraph(MOTTO_STYLE, xml.run(MOTTO))
            + self._rule(text_width(MOTTO, self.styles.type_of(MOTTO_STYLE)), "Đường kẻ dưới Tiêu ngữ")
        )

    def _numbers(self, block: Letterhead, width: int) -> str:
        parts = self._line(NUMBER, block.number or ())
        if block.subject:
            parts += self._balanced(LETTER_SUBJECT, block.subject, width)
        return parts

    def _place_date(self, block: Letterhead) -> str:
        return self._line(PLACE_DATE, block.place_date or ())

    def _title(self, block: Title) -> Iterator[str]:
        yield self._paragraph(KIND, xml.run(block.kind))
        if block.subject:
            yield self._balanced(SUBJECT, block.subject, self.text_width)
        if block.attached_to:
            yield self._balanced(ATTACHED_TO, block.attached_to, self.text_width)
        width = self._rule_width(
            _printed(block.subject) or block.kind.upper(), self.styles.type_of(SUBJECT), self.text_width
        )
        yield self._rule(width, "Đường kẻ dưới trích yếu nội dung", TITLE_RULE)

    def _heading(self, block: Heading) -> str:
        """A heading on its own line, or the bold beginning of a paragraph of text."""
        number = f"{block.number} " if block.number else ""
        level = min(block.level, len(HEADINGS)) - 1
        if not block.run_in:
            return self._paragraph(HEADINGS[level], (xml.run(number) if number else "") + self._runs(block.text))
        look = RUN_IN_TITLES[level] if level < len(RUN_IN_TITLES) else ""
        opening = (self._run(number, look) if number else "") + self._runs(block.text, look)
        gap = xml.run(" ") if block.text else ""
        return self._paragraph(RUN_IN[level], opening + gap + self._runs(block.run_in))

    def _text(self, block: Paragraph, following: Block | None) -> str:
        marker = xml.run(f"{block.marker} ") if block.marker else ""
        style = self._addressee_style(block, following) or block.style.value
        return self._paragraph(style, marker + self._runs(block.runs))

    def _addressee_style(self, block: Paragraph, following: Block | None) -> str | None:
        """A single addressee stands on the line of "Kính gửi:", centred; several stand in lines below it."""
        if block.style is not Style.ADDRESSEE_FIRST or self.settings.one_addressee is Placement.INDENTED:
            return None
        if isinstance(following, Paragraph) and following.style is Style.ADDRESSEE:
            return None
        fits = text_width(_printed(block.runs), self.styles.type_of(ONE_ADDRESSEE)) < self.text_width / _TWIPS
        return ONE_ADDRESSEE if fits else None

    def _table(self, block: Table, following: Block | None) -> Iterator[str]:
        widths = self._column_widths(block)
        titles = (
            xml.cell(width, self._paragraph(HEADER_CELL, xml.run(column.title)), middle=True)
            for width, column in zip(widths, block.columns, strict=True)
        )
        rows = [xml.repeated_header_row("".join(titles))]
        styles = [CELLS[column.align] for column in block.columns]
        rows.extend(self._row(row, widths, styles) for row in block.rows)
        if isinstance(following, Closing):
            rows[-1] = xml.kept_with_next(rows[-1])
        if self.parts and self.parts[-1].startswith("<w:tbl>"):
            yield self._paragraph(SEPARATOR, "")
        yield xml.table(self.styles.ids[GRID_TABLE], widths, "".join(rows), centred=True)
        yield self._line(TABLE_NOTE, block.note) if block.note else self._paragraph(SEPARATOR, "")

    def _column_widths(self, block: Table) -> list[int]:
        """Twips of each column: as the builder wants them, narrower together where they would leave the page."""
        wanted = sum(column.width for column in block.columns) * _TWIPS_PER_MM
        share = min(1.0, self.text_width / wanted)
        return [round(column.width * _TWIPS_PER_MM * share) for column in block.columns]

    def _row(self, row: Row, widths: list[int], styles: list[str]) -> str:
        if row.group:
            content = "".join(self._runs(runs) for runs in row.cells)
            merged = xml.cell(sum(widths), self._paragraph(GROUP_CELL, content), span=len(widths))
            return xml.whole_row(merged)
        columns = list(zip(widths, styles, row.cells, strict=True))
        cells = "".join(xml.cell(width, self._line(style, runs)) for width, style, runs in columns)
        height = max(self._height(style, runs, width - 2 * _CELL_SIDE) for width, style, runs in columns)
        return xml.whole_row(cells) if height < self._whole else xml.splitting_row(cells)

    @property
    def _whole(self) -> float:
        """The points up to which a row stays on one page."""
        return _WHOLE_ROW * self.area[1] / _TWIPS

    def _height(self, style: str, runs: Runs, width: int) -> float:
        """About how many points a text is high in a column `width` twips wide."""
        type_ = self.styles.type_of(style)
        text = _printed(runs)
        line = type_.size * _LINE
        at_most = len(text) * type_.size  # no letter is wider than its size, so this many lines are enough
        if at_most * _TWIPS / max(width, 1) * line < self._whole / 2 and "\n" not in text:
            return line
        return len(lines(text, type_, width / _TWIPS)) * line

    def _closing(self, block: Closing) -> str:
        """Recipients left, signatures right: one row that does not split, unless the list alone fills the page."""
        left = round(self.text_width * _RECIPIENT_SHARE)
        recipients = ""
        if block.recipients:
            recipients = self._paragraph(RECIPIENTS_STYLE, xml.run(RECIPIENTS))
            recipients += "".join(self._line(RECIPIENT, runs) for runs in block.recipients)
        signatures = "".join(self._signature(signatory) for signatory in block.signatories)
        empty = self._paragraph(RECIPIENT, "")
        widths = [left, self.text_width - left]
        cells = xml.cell(left, recipients or empty) + xml.cell(widths[1], signatures or empty)
        height = sum(self._height(RECIPIENT, runs, left) for runs in block.recipients)
        row = xml.whole_row(cells) if height < self._whole else xml.splitting_row(cells)
        return xml.table(self.styles.ids[FRAME_TABLE], widths, row)

    def _signature(self, signatory: Signatory) -> str:
        above = "".join(self._line(AUTHORITY, runs) for runs in signatory.authority)
        below = "".join(self._line(AUTHORITY, runs) for runs in signatory.also)
        return above + self._paragraph(SIGNATURE_SPACE, "") + below + self._line(SIGNER, signatory.name)

    def _annex(self, block: Annex) -> Iterator[str]:
        if block.label:
            yield self._paragraph(ANNEX_LABEL, xml.run(block.label))
        if block.title:
            yield self._balanced(ANNEX_TITLE, (Run(block.title),), self.text_width, caps=True)
        if block.attached_to:
            yield self._balanced(ATTACHED_TO, block.attached_to, self.text_width)
        if block.label or block.title or block.attached_to:
            yield self._paragraph(SEPARATOR, "")


def _address(run: Run) -> str:
    """`path#route` of a run, empty where bdg computed it."""
    return f"{run.origin.path}#{run.origin.route}" if run.origin and run.origin.path else ""


def _turned_margins(set_: TurnedMargins | None) -> dict[str, int]:
    """Twips by side of a page on its side: 20 mm on each, where the settings say nothing."""
    chosen = {side: getattr(set_, side, None) for side in ("top", "bottom", "left", "right")}
    return {side: round(float(width or _TURNED_MARGIN) * _TWIPS_PER_MM) for side, width in chosen.items()}


def _printed(runs: Iterable[Run], caps: bool = False) -> str:
    text = "".join(run.text for run in runs)
    return text.upper() if caps else text


# -- the package ------------------------------------------------------------------------------------------


def _section(package: WordDocument) -> str:
    from lxml import etree

    section = package.element.body.sectPr
    if section is None:
        raise ValueError("style.docx: thiếu khổ giấy và lề trang")
    return etree.tostring(section, encoding="unicode", with_tail=False)


def _put_body(package: WordDocument, body: str) -> None:
    from lxml import etree

    parser = etree.XMLParser(huge_tree=True, remove_blank_text=False, resolve_entities=False)
    package.element.replace(package.element.body, etree.fromstring(body, parser))


def _drop_own_data(package: WordDocument) -> None:
    """A style file may be a document bdg once wrote: its origins and custom properties are not ours."""
    from docx.opc.constants import RELATIONSHIP_TYPE

    own = {RELATIONSHIP_TYPE.CUSTOM_XML, RELATIONSHIP_TYPE.CUSTOM_PROPERTIES}
    for relationships in (package.part.rels, package.part.package.rels):
        for name in [name for name, found in relationships.items() if found.reltype in own]:
            del relationships[name]


def _set_properties(package: WordDocument, properties: Properties) -> None:
    core = package.core_properties
    core.title = _short(properties.title)
    core.author = core.last_modified_by = _short(properties.author)
    core.subject = _short(properties.subject)
    core.keywords = _short(properties.keywords)
    core.language = "vi-VN"
    core.created = core.modified = _WRITTEN
    core.revision = 1
    if properties.custom:
        _add_custom_properties(package, properties.custom)


def _add_custom_properties(package: WordDocument, custom: dict[str, str]) -> None:
    from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE

    content = xml.custom_properties_part(custom)
    part = _new_part(package, "/docProps/custom.xml", CONTENT_TYPE.OFC_CUSTOM_PROPERTIES, content)
    package.part.package.relate_to(part, RELATIONSHIP_TYPE.CUSTOM_PROPERTIES)


def _add_origins(package: WordDocument, places: list[str]) -> None:
    """A custom XML part says which place in the YAML each hidden bookmark shows."""
    if not places:
        return
    from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE

    origins = _new_part(package, ORIGINS_PART, CONTENT_TYPE.XML, xml.origins_part(places))
    store = _new_part(
        package,
        "/customXml/bdgOriginsProps.xml",
        CONTENT_TYPE.OFC_CUSTOM_XML_PROPERTIES,
        xml.data_store_part(),
    )
    package.part.relate_to(origins, RELATIONSHIP_TYPE.CUSTOM_XML)
    origins.relate_to(store, RELATIONSHIP_TYPE.CUSTOM_XML_PROPS)


def _new_part(package: WordDocument, name: str, kind: str, content: str) -> Part:
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    return Part(PackURI(name), kind, content.encode(), package.part.package)


def _short(text: str) -> str:
    """Core properties hold 255 characters; a longer text ends at a word."""
    said = xml.allowed(" ".join(text.replace("\u00a0", " ").split()))
    return said if len(said) <= 255 else said[:254].rsplit(" ", 1)[0] + "…"


def _with_fixed_dates(saved: io.BytesIO) -> bytes:
    """The same parts in a fixed order under a fixed date: python-docx stamps them with the time of day."""
    with zipfile.ZipFile(saved) as source:
        parts = sealed({name: source.read(name) for name in source.namelist()})
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as target:
        # Readers that guess a file's kind look for the content types first.
        for name in sorted(parts, key=lambda name: (name != "[Content_Types].xml", name)):
            entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0  # not the system bdg happens to run on
            target.writestr(entry, parts[name])
    return written.getvalue()
