"""Document → .docx: the body as one string of XML, put into the package that templates/style.docx is.

The look is in the named styles of style.docx (NĐ 30/2020/NĐ-CP, Phụ lục I); this module says which block
wears which style and what stands beside what. The same document and style give the same bytes.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, assert_never

from bdg_cli.documents import docx_chart
from bdg_cli.documents import docx_xml as xml
from bdg_cli.documents.advances import Type, balanced_width, lines, text_width
from bdg_cli.documents.model import (
    Align,
    Annex,
    Block,
    Chart,
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

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.opc.part import Part

# NĐ 30/2020/NĐ-CP, Phụ lục I, mục II.1.
NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
RECIPIENTS = "Nơi nhận:"

ORIGINS_PART = "/customXml/bdgOrigins.xml"

# Styles beyond those of `model.Style`. No commas: in Word a comma parts a style's name from an alias.
PARENT = "VB Cơ quan chủ quản"
ISSUER = "VB Cơ quan ban hành"
DRAFT = "VB Dự thảo"
NATION_STYLE = "VB Quốc hiệu"
MOTTO_STYLE = "VB Tiêu ngữ"
NUMBER = "VB Số ký hiệu"
PLACE_DATE = "VB Địa danh và ngày tháng"
LETTER_SUBJECT = "VB Trích yếu công văn"
RULE = "VB Đường kẻ"
TITLE_RULE = "VB Đường kẻ cuối tên"
KIND = "VB Tên loại"
SUBJECT = "VB Trích yếu"
ATTACHED_TO = "VB Kèm theo"
HEADINGS = ("heading 1", "heading 2", "heading 3", "heading 4")
ONE_ADDRESSEE = "VB Kính gửi một nơi"
RECIPIENTS_STYLE = "VB Nơi nhận"
RECIPIENT = "VB Nơi nhận dòng"
AUTHORITY = "VB Quyền hạn và chức vụ"
SIGNATURE_SPACE = "VB Chỗ ký"
SIGNER = "VB Người ký"
ANNEX_LABEL = "VB Phụ lục"
ANNEX_TITLE = "VB Tên phụ lục"
CELLS = {Align.LEFT: "VB Bảng", Align.CENTRE: "VB Bảng giữa", Align.RIGHT: "VB Bảng phải"}
HEADER_CELL = "VB Bảng đầu"
GROUP_CELL = "VB Bảng nhóm"
TABLE_NOTE = "VB Ghi chú bảng"
SEPARATOR = "VB Ngăn cách"
SECTION_END = "VB Cuối phần"  # so low that a full page stays one page
FRAME_TABLE = "VB Khung"
GRID_TABLE = "VB Kẻ bảng"

STYLES_USED = (
    *(style.value for style in Style), *HEADINGS, *CELLS.values(),
    PARENT, ISSUER, DRAFT, NATION_STYLE, MOTTO_STYLE, NUMBER, PLACE_DATE, LETTER_SUBJECT, RULE, TITLE_RULE,
    KIND, SUBJECT, ATTACHED_TO, ONE_ADDRESSEE, RECIPIENTS_STYLE, RECIPIENT, AUTHORITY, SIGNATURE_SPACE,
    SIGNER, ANNEX_LABEL, ANNEX_TITLE, HEADER_CELL, GROUP_CELL, TABLE_NOTE, SEPARATOR, SECTION_END,
    FRAME_TABLE, GRID_TABLE,
)  # fmt: skip

# The type of the lines that are measured; style.docx sets them so.
_AGENCY_TYPE = Type(13, "bold")
_MOTTO_TYPE = _TITLE_TYPE = Type(14, "bold")

_TWIPS = 20  # to the point
_TWIPS_PER_MM = 1440 / 25.4
_RULE_SHARE = 0.42  # of the line of text above: the decree wants 1/3 to 1/2
_ROOM = 4.0  # points of play, so that another font of the same metrics does not wrap where ours does not
_RECIPIENT_SHARE = 0.4
_WRITTEN = datetime(1980, 1, 1)  # a constant date: the same input gives the same bytes


def write(document: Document, style_path: Path) -> bytes:
    """The whole .docx file: `document` set in the styles, page and header of the file at `style_path`."""
    import docx  # heavy: only when a Word file is made
    import docx.opc.exceptions

    try:
        package = docx.Document(str(style_path))
    except (KeyError, ValueError, zipfile.BadZipFile, docx.opc.exceptions.PackageNotFoundError) as fault:
        raise ValueError(f"{style_path.name} không phải tệp Word dùng được") from fault
    _drop_own_data(package)
    body = _Body(_style_ids(package, style_path), _section(package))
    _put_body(package, body.of(document.blocks))
    _add_charts(package, body.charts)
    _set_properties(package, document.properties)
    _add_origins(package, body.places)
    saved = io.BytesIO()
    package.save(saved)
    return _with_fixed_dates(saved)


class _Body:
    """Builds the body block by block, counting bookmarks, drawings and the sections still open."""

    def __init__(self, style_ids: dict[str, str], portrait: str) -> None:
        self.style_ids = style_ids
        self.portrait = portrait
        self.text_width = xml.text_area(portrait)
        self.section = xml.section_properties(portrait)
        self.places: list[str] = []
        self.charts: list[Chart] = []
        self.drawings = 0
        self.parts: list[str] = []

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
        landscape = isinstance(block, Annex) and block.landscape
        restart = bool(self.parts) or isinstance(block, Annex)
        self.section = xml.section_properties(self.portrait, landscape=landscape, restart=restart)
        self.text_width = xml.text_area(self.section)

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
            case Chart():
                yield self._chart(block)
            case Closing():
                yield self._closing(block)
                yield self._paragraph(SECTION_END, "")
            case Annex():
                yield from self._annex(block)
            case _:
                assert_never(block)

    # -- pieces of paragraphs ------------------------------------------------------------

    def _paragraph(self, style: str, content: str, inset: int = 0) -> str:
        return xml.paragraph(self.style_ids[style], content, inset=inset)

    def _line(self, style: str, runs: Runs) -> str:
        return self._paragraph(style, self._runs(runs))

    def _runs(self, runs: Runs, *, bold: bool | None = None, caps: bool = False) -> str:
        """The runs; each stretch of one origin in its hidden bookmark. `bold`: what a plain run is given."""
        stretches = []
        for at, stretch in groupby(runs, _address):
            content = "".join(xml.run(run.text, bold=run.bold or bold, italic=run.italic, caps=caps) for run in stretch)
            stretches.append(self._bookmarked(at, content) if at else content)
        return "".join(stretches)

    def _bookmarked(self, at: str, content: str) -> str:
        self.places.append(at)
        return xml.hidden_bookmark(len(self.places), content)

    def _rule(self, width: float, meaning: str, style: str = RULE) -> str:
        """A drawn line in a low paragraph of its own: it stays under its text however that wraps."""
        self.drawings += 1
        return self._paragraph(style, xml.rule_line(self.drawings, width, meaning))

    def _balanced(self, style: str, runs: Runs, type_: Type, width: int, *, caps: bool = False) -> str:
        """A centred paragraph whose lines are of like length, in a column `width` twips wide."""
        text = _printed(runs, caps)
        room = width / _TWIPS
        inset = 0
        if len(lines(text, type_, room)) > 1:
            narrow = min(balanced_width(text, type_, room) + _ROOM, room)
            inset = int((room - narrow) / 2 * _TWIPS)
        return self._paragraph(style, self._runs(runs), inset)

    # -- blocks --------------------------------------------------------------------------

    def _letterhead(self, block: Letterhead) -> str:
        """Boxes 1 to 5b of the decree's diagram; the right column holds the country's name on one line."""
        right = round((text_width(NATION, _AGENCY_TYPE) + _ROOM) * _TWIPS)
        widths = [self.text_width - right, right]
        rows = self._pair(widths, self._agency(block, widths[0]), self._nation())
        if block.number is not None or block.place_date is not None or block.subject:
            rows += self._pair(widths, self._numbers(block, widths[0]), self._place_date(block))
        return xml.table(self.style_ids[FRAME_TABLE], widths, rows)

    def _pair(self, widths: list[int], left: str, right: str) -> str:
        return xml.whole_row(xml.cell(widths[0], left) + xml.cell(widths[1], right))

    def _agency(self, block: Letterhead, width: int) -> str:
        parts = [self._paragraph(DRAFT, xml.run(block.draft))] if block.draft else []
        if block.parent:
            parts.append(self._balanced(PARENT, block.parent, Type(13), width, caps=True))
        parts.append(self._balanced(ISSUER, block.issuer, _AGENCY_TYPE, width, caps=True))
        rule = _rule_width(_printed(block.issuer, caps=True), _AGENCY_TYPE, width)
        parts.append(self._rule(rule, "Đường kẻ dưới tên cơ quan ban hành"))
        return "".join(parts)

    def _nation(self) -> str:
        return (
            self._paragraph(NATION_STYLE, xml.run(NATION))
            + self._paragraph(MOTTO_STYLE, xml.run(MOTTO))
            + self._rule(text_width(MOTTO, _MOTTO_TYPE), "Đường kẻ dưới Tiêu ngữ")
        )

    def _numbers(self, block: Letterhead, width: int) -> str:
        parts = self._line(NUMBER, block.number or ())
        if block.subject:
            parts += self._balanced(LETTER_SUBJECT, block.subject, Type(12), width)
        return parts

    def _place_date(self, block: Letterhead) -> str:
        return self._line(PLACE_DATE, block.place_date or ())

    def _title(self, block: Title) -> Iterator[str]:
        yield self._paragraph(KIND, xml.run(block.kind))
        if block.subject:
            yield self._balanced(SUBJECT, block.subject, _TITLE_TYPE, self.text_width)
        if block.attached_to:
            yield self._balanced(ATTACHED_TO, block.attached_to, Type(14, "italic"), self.text_width)
        width = _rule_width(_printed(block.subject) or block.kind.upper(), _TITLE_TYPE, self.text_width)
        yield self._rule(width, "Đường kẻ dưới trích yếu nội dung", TITLE_RULE)

    def _heading(self, block: Heading) -> str:
        """A heading on its own line, or the bold beginning of a paragraph of text.

        Points a), b) are upright and not bold even with a title (NĐ 30, Phụ lục I, mục II.6.d).
        """
        number = f"{block.number} " if block.number else ""
        if not block.run_in:
            content = (xml.run(number) if number else "") + self._runs(block.text)
            return self._paragraph(HEADINGS[min(block.level, len(HEADINGS)) - 1], content)
        bold = block.level < 3 or None
        caps = block.level == 1
        opening = (xml.run(number, bold=bold) if number else "") + self._runs(block.text, bold=bold, caps=caps)
        gap = xml.run(" ") if block.text else ""
        return self._paragraph(Style.BODY.value, opening + gap + self._runs(block.run_in))

    def _text(self, block: Paragraph, following: Block | None) -> str:
        marker = xml.run(f"{block.marker} ") if block.marker else ""
        style = self._addressee_style(block, following) or block.style.value
        return self._paragraph(style, marker + self._runs(block.runs))

    def _addressee_style(self, block: Paragraph, following: Block | None) -> str | None:
        """A single addressee stands on the line of "Kính gửi:", centred; several stand in lines below it."""
        if block.style is not Style.ADDRESSEE_FIRST:
            return None
        if isinstance(following, Paragraph) and following.style is Style.ADDRESSEE:
            return None
        fits = text_width(_printed(block.runs), Type(14)) < self.text_width / _TWIPS
        return ONE_ADDRESSEE if fits else None

    def _table(self, block: Table, following: Block | None) -> Iterator[str]:
        widths = [round(column.width * _TWIPS_PER_MM) for column in block.columns]
        titles = (
            xml.cell(width, self._paragraph(HEADER_CELL, xml.run(column.title)))
            for width, column in zip(widths, block.columns, strict=True)
        )
        rows = [xml.repeated_header_row("".join(titles))]
        styles = [CELLS[column.align] for column in block.columns]
        rows.extend(self._row(row, widths, styles) for row in block.rows)
        if isinstance(following, Closing):
            rows[-1] = xml.kept_with_next(rows[-1])
        if self.parts and self.parts[-1].startswith("<w:tbl>"):
            yield self._paragraph(SEPARATOR, "")
        yield xml.table(self.style_ids[GRID_TABLE], widths, "".join(rows), centred=True)
        yield self._line(TABLE_NOTE, block.note) if block.note else self._paragraph(SEPARATOR, "")

    def _row(self, row: Row, widths: list[int], styles: list[str]) -> str:
        if row.group:
            content = "".join(self._runs(runs) for runs in row.cells)
            merged = xml.cell(sum(widths), self._paragraph(GROUP_CELL, content), span=len(widths))
            return xml.whole_row(merged)
        return xml.whole_row(
            "".join(
                xml.cell(width, self._line(style, runs))
                for width, style, runs in zip(widths, styles, row.cells, strict=True)
            )
        )

    def _chart(self, block: Chart) -> str:
        """As wide as the text; the part that holds it is added when the body stands."""
        self.charts.append(block)
        self.drawings += 1
        width = self.text_width / _TWIPS
        content = docx_chart.drawing(self.drawings, len(self.charts), width, block.description)
        return self._paragraph(Style.CENTRED.value, content)

    def _closing(self, block: Closing) -> str:
        """Recipients left, signatures right: one row that does not split."""
        left = round(self.text_width * _RECIPIENT_SHARE)
        recipients = ""
        if block.recipients:
            recipients = self._paragraph(RECIPIENTS_STYLE, xml.run(RECIPIENTS))
            recipients += "".join(self._line(RECIPIENT, runs) for runs in block.recipients)
        signatures = "".join(self._signature(signatory) for signatory in block.signatories)
        empty = self._paragraph(RECIPIENT, "")
        widths = [left, self.text_width - left]
        row = self._pair(widths, recipients or empty, signatures or empty)
        return xml.table(self.style_ids[FRAME_TABLE], widths, row)

    def _signature(self, signatory: Signatory) -> str:
        above = "".join(self._line(AUTHORITY, runs) for runs in signatory.authority)
        below = "".join(self._line(AUTHORITY, runs) for runs in signatory.also)
        return above + self._paragraph(SIGNATURE_SPACE, "") + below + self._line(SIGNER, signatory.name)

    def _annex(self, block: Annex) -> Iterator[str]:
        if block.label:
            yield self._paragraph(ANNEX_LABEL, xml.run(block.label))
        if block.title:
            yield self._balanced(ANNEX_TITLE, (Run(block.title),), _TITLE_TYPE, self.text_width, caps=True)
        if block.attached_to:
            yield self._balanced(ATTACHED_TO, block.attached_to, Type(14, "italic"), self.text_width)
        if block.label or block.title or block.attached_to:
            yield self._paragraph(SEPARATOR, "")


def _address(run: Run) -> str:
    """`path#route` of a run, empty where bdg computed it."""
    return f"{run.origin.path}#{run.origin.route}" if run.origin and run.origin.path else ""


def _printed(runs: Iterable[Run], caps: bool = False) -> str:
    text = "".join(run.text for run in runs)
    return text.upper() if caps else text


def _rule_width(text: str, type_: Type, width: int) -> float:
    """The points of the rule under a text: 1/3 to 1/2 of its last line (NĐ 30, Phụ lục I, mục II.2, II.5)."""
    room = width / _TWIPS
    if len(lines(text, type_, room)) > 1:
        room = balanced_width(text, type_, room)
    return _RULE_SHARE * text_width(lines(text, type_, room)[-1], type_)


# -- the package ------------------------------------------------------------------------------------------


def _style_ids(package: WordDocument, style_path: Path) -> dict[str, str]:
    """The ids of the named styles; Word gives new ids when it saves in another language, names stay."""
    ids = {str(style.name_val): str(style.styleId) for style in package.styles.element.style_lst}
    missing = sorted(set(STYLES_USED) - ids.keys())
    if missing:
        raise ValueError(f"{style_path.name} thiếu kiểu: {', '.join(missing)}")
    return ids


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
    """A style file may be a document bdg once wrote: its origins, charts and custom properties are not ours."""
    from docx.opc.constants import RELATIONSHIP_TYPE

    own = {RELATIONSHIP_TYPE.CUSTOM_XML, RELATIONSHIP_TYPE.CUSTOM_PROPERTIES, RELATIONSHIP_TYPE.CHART}
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


def _add_charts(package: WordDocument, charts: list[Chart]) -> None:
    """Each chart as a part, with its numbers as a workbook inside, so that Word can edit it."""
    from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE

    for number, chart in enumerate(charts, start=1):
        content = docx_chart.part(chart)
        part = _new_part(package, f"/word/charts/chart{number}.xml", CONTENT_TYPE.DML_CHART, content)
        name = f"/word/embeddings/Microsoft_Excel_Sheet{number}.xlsx"
        workbook = _new_part(package, name, CONTENT_TYPE.SML_SHEET, docx_chart.workbook(chart))
        part.load_rel(RELATIONSHIP_TYPE.PACKAGE, workbook, docx_chart.WORKBOOK)
        package.part.load_rel(RELATIONSHIP_TYPE.CHART, part, docx_chart.relation(number))


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


def _new_part(package: WordDocument, name: str, kind: str, content: str | bytes) -> Part:
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    blob = content if isinstance(content, bytes) else content.encode()
    return Part(PackURI(name), kind, blob, package.part.package)


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
