"""The tricks of WordprocessingML that the .docx writer needs, one function each, named by the effect.

Everything goes in and out as strings; the prefixes are those of `NAMESPACES`. Units are Word's own:
twips (1/20 pt) on the page, EMU (1/12700 pt) in drawings.
"""

from __future__ import annotations

import re
import unicodedata
import zlib

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)

BOOKMARK_PREFIX = "_bdg"
COMPUTED = "0" * 8  # in place of the digest of an address, where there is none

_EMU_PER_POINT = 12700
_RULE_DROP = 38100  # the line stands 3 pt under the text, clear of dots below letters

# XML 1.0 has no place for most control characters, lone surrogates, U+FFFE and U+FFFF.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_MARKUP = re.compile('[&<>"]')
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}
_BREAKS = re.compile("([\t\n])")
_SPECIAL = re.compile('[\x00-\x1f&<>"\ud800-\udfff\ufffe\uffff]')  # what a run cannot show as it stands
_TO_SIGN = "\x00"  # no text holds it: XML cannot


class Words:
    """What stands in a paragraph: its XML, and the text that it shows. `marked`: there are bookmarks in it."""

    __slots__ = ("marked", "text", "xml")

    def __init__(self, xml: str = "", text: str = "", *, marked: bool = False) -> None:
        self.xml = xml
        self.text = text
        self.marked = marked

    def __add__(self, other: Words) -> Words:
        return Words(self.xml + other.xml, self.text + other.text, marked=self.marked or other.marked)

    def signed(self, signature: str) -> str:
        """The XML, its bookmarks signed with the digest of what the whole paragraph says."""
        return self.xml.replace(_TO_SIGN, signature) if self.marked else self.xml


def joined(pieces: list[Words]) -> Words:
    """Several pieces as one."""
    if len(pieces) == 1:
        return pieces[0]
    return Words(
        "".join([piece.xml for piece in pieces]),
        "".join([piece.text for piece in pieces]),
        marked=any(piece.marked for piece in pieces),
    )


def said(text: str) -> str:
    """The text as it is compared: no kind or number of spaces makes two texts differ."""
    return " ".join(text.split())


def digest(text: str) -> str:
    """Eight hex digits of what a text says."""
    return f"{zlib.crc32(said(text).encode(errors='surrogatepass')):08x}"


def allowed(text: str) -> str:
    """The text in NFC (NĐ 30/2020/NĐ-CP, Phụ lục I, mục I.4: Unicode) without what XML cannot hold."""
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    return _FORBIDDEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def escaped(text: str) -> str:
    """The text as it may stand between tags or inside a quoted attribute."""
    return _MARKUP.sub(lambda match: _ENTITIES[match[0]], allowed(text))


def run(text: str, *, style: str = "", bold: bool = False, italic: bool = False) -> Words:
    """`<w:r><w:rPr><w:rStyle w:val="…"/><w:b/><w:i/></w:rPr><w:t xml:space="preserve">…</w:t></w:r>`.

    `style` is the id of a character style. Line ends become `<w:br/>`, tabs `<w:tab/>`.
    """
    look = f'<w:rStyle w:val="{style}"/>' if style else ""
    look += ("<w:b/>" if bold else "") + ("<w:i/>" if italic else "")
    properties = f"<w:rPr>{look}</w:rPr>" if look else ""
    if _SPECIAL.search(text) is None and unicodedata.is_normalized("NFC", text):
        return Words(f'<w:r>{properties}<w:t xml:space="preserve">{text}</w:t></w:r>', text)
    text = allowed(text)
    return Words(f"<w:r>{properties}{_run_content(escaped(text))}</w:r>", text)


def _run_content(text: str) -> str:
    if "\n" not in text and "\t" not in text:
        return f'<w:t xml:space="preserve">{text}</w:t>'
    signs = {"\n": "<w:br/>", "\t": "<w:tab/>"}
    return "".join(
        signs.get(piece) or f'<w:t xml:space="preserve">{piece}</w:t>' for piece in _BREAKS.split(text) if piece
    )


def paragraph(style: str, content: str, *, inset: int = 0) -> str:
    """`<w:p><w:pPr><w:pStyle w:val="…"/></w:pPr>…</w:p>`.

    `inset` twips on either side narrow a centred text, so that its lines come out of like length.
    """
    indent = f'<w:ind w:left="{inset}" w:right="{inset}"/>' if inset else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{indent}</w:pPr>{content}</w:p>'


def kept_with_next(block: str) -> str:
    """`<w:keepNext/>` in the first paragraph of the block: it stays on the page of what follows it."""
    head, close, rest = block.partition("</w:pPr>")
    return re.sub(r"(<w:pStyle [^>]*/>)(?!<w:keepNext/>)", r"\1<w:keepNext/>", head, count=1) + close + rest


def ending_section(block: str, section: str) -> str:
    """A paragraph that ends its section: `<w:pPr>…<w:sectPr>…</w:sectPr></w:pPr>`."""
    return block.replace("</w:pPr>", f"{section}</w:pPr>", 1)


def bookmarked(number: int, address: str, content: Words) -> Words:
    """`<w:bookmarkStart w:id="1" w:name="_bdg0001_…_…"/>…<w:bookmarkEnd w:id="1"/>`.

    The name says which stretch of the document this was, where it came from, and what its paragraph said: enough to
    know it again when every other part of the file is lost. Word does not list a bookmark whose name begins with an
    underscore; a name has at most 40 characters.
    """
    source = digest(address) if address else COMPUTED
    name = f"{BOOKMARK_PREFIX}{number:04}_{source}_{_TO_SIGN}"
    start = f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>'
    return Words(f'{start}{content.xml}<w:bookmarkEnd w:id="{number}"/>', content.text, marked=True)


def page_number_field() -> str:
    """The number of the page: `<w:fldChar begin/><w:instrText>PAGE</w:instrText>…<w:fldChar end/>`."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        '<w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>2</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def rule_line(number: int, width: float, weight: float, meaning: str) -> Words:
    """A solid line `width` points long and `weight` thick, drawn centred in the column: `<wp:anchor>…<wps:wsp>`.

    NĐ 30/2020/NĐ-CP, Phụ lục I, mục II asks for lines; officers' checkers accept drawn ones only.
    `meaning` is the text for those who cannot see it.
    """
    length = round(width * _EMU_PER_POINT)
    return Words(
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>'
        '<wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0"'
        f' relativeHeight="{number}" behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1">'
        '<wp:simplePos x="0" y="0"/>'
        '<wp:positionH relativeFrom="column"><wp:align>center</wp:align></wp:positionH>'
        f'<wp:positionV relativeFrom="paragraph"><wp:posOffset>{_RULE_DROP}</wp:posOffset></wp:positionV>'
        f'<wp:extent cx="{length}" cy="0"/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapNone/>'
        f'<wp:docPr id="{number}" name="Đường kẻ {number}" descr="{escaped(meaning)}"/>'
        "<wp:cNvGraphicFramePr/>"
        f"<a:graphic>{_line_shape(length, round(weight * _EMU_PER_POINT))}</a:graphic>"
        "</wp:anchor></w:drawing></mc:Choice></mc:AlternateContent></w:r>"
    )


def _line_shape(length: int, weight: int) -> str:
    return (
        '<a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
        "<wps:wsp><wps:cNvCnPr/><wps:spPr>"
        f'<a:xfrm><a:off x="0" y="0"/><a:ext cx="{length}" cy="0"/></a:xfrm>'
        '<a:prstGeom prst="line"><a:avLst/></a:prstGeom>'
        f'<a:ln w="{weight}"><a:solidFill><a:srgbClr val="000000"/></a:solidFill></a:ln>'
        "</wps:spPr><wps:bodyPr/></wps:wsp></a:graphicData>"
    )


def table(style: str, widths: list[int], rows: str, *, centred: bool = False) -> str:
    """`<w:tbl>` of fixed layout: the columns keep `widths` (twips) whatever stands in them."""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    place = '<w:jc w:val="center"/>' if centred else ""
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>{place}'
        '<w:tblLayout w:type="fixed"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"
    )


def whole_row(cells: str) -> str:
    """`<w:trPr><w:cantSplit/></w:trPr>`: a row that no page break goes through."""
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>"


def repeated_header_row(cells: str) -> str:
    """`<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>`: a row that comes again on each page of the table."""
    return f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{cells}</w:tr>"


def splitting_row(cells: str) -> str:
    """`<w:tr>` that a page break may go through: one too high for a page."""
    return f"<w:tr>{cells}</w:tr>"


def cell(width: int, paragraphs: str, *, span: int = 1, middle: bool = False) -> str:
    """`<w:tc>`; `span` columns wide (`<w:gridSpan w:val="6"/>`), its text `middle` of the height.

    A cell must hold a paragraph.
    """
    look = (f'<w:gridSpan w:val="{span}"/>' if span > 1 else "") + ('<w:vAlign w:val="center"/>' if middle else "")
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{look}</w:tcPr>{paragraphs}</w:tc>'


def section_properties(
    portrait: str, *, restart: bool = False, turned: dict[str, int] | None = None, numbered_first: bool = False
) -> str:
    """`<w:sectPr>` made from that of style.docx, whose page size, margins and header it keeps.

    `turned` lays the page on its side with these margins (twips by side); `restart` begins with page 1
    (NĐ 30/2020/NĐ-CP, Phụ lục I, mục III.1.đ: each annex has its own numbers); `numbered_first` shows that 1.
    """
    section = portrait
    if turned is not None:
        section = re.sub(r"<w:pgSz [^>]*/>", _turned_page, section, count=1)
        for side, width in turned.items():
            section = re.sub(rf'(<w:pgMar [^>]*w:{side}=)"\d+"', rf'\g<1>"{width}"', section, count=1)
    if restart:
        section = re.sub(r"<w:pgNumType [^>]*/>", "", section)
        section = re.sub(r"(<w:pgMar [^>]*/>)", r'\1<w:pgNumType w:start="1"/>', section, count=1)
    return re.sub(r"<w:titlePg[^>]*/>", "", section) if numbered_first else section


def _turned_page(size: re.Match[str]) -> str:
    width, height = (_measure(size[0], name) for name in ("w", "h"))
    return f'<w:pgSz w:w="{height}" w:h="{width}" w:orient="landscape"/>'


def text_area(section: str) -> tuple[int, int]:
    """Width and height in twips between the margins of a section."""
    size, margins = (re.search(rf"<w:{name} [^>]*/>", section) for name in ("pgSz", "pgMar"))
    if size is None or margins is None:
        raise ValueError("style.docx: phần cuối thiếu khổ giấy hoặc lề trang")
    width = _measure(size[0], "w") - _measure(margins[0], "left") - _measure(margins[0], "right")
    return width, _measure(size[0], "h") - _measure(margins[0], "top") - _measure(margins[0], "bottom")


def _measure(element: str, name: str) -> int:
    found = re.search(rf'w:{name}="(\d+)"', element)
    if found is None:
        raise ValueError(f"style.docx: {element} thiếu w:{name}")
    return int(found[1])


def origins_part(origins: list[tuple[str, str]]) -> str:
    """`<origins><origin number="1" signed="…" at="path#route"/></origins>`: what was in each bookmark, and from where.

    Address and the digest of the paragraph's text, by number; the address of what bdg computed is empty.
    """
    entries = "".join(
        f'<origin number="{number}" signed="{signed}" at="{escaped(address)}"/>'
        for number, (address, signed) in enumerate(origins, start=1)
    )
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<origins>{entries}</origins>'


def data_store_part() -> str:
    """`<ds:datastoreItem>`: without it Word drops the custom XML part when somebody saves the file."""
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="no"?>\n'
        '<ds:datastoreItem ds:itemID="{6C2B1F0E-30A2-4B5D-9C41-2020B0D60030}"'
        ' xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml">'
        "<ds:schemaRefs/></ds:datastoreItem>"
    )


def custom_properties_part(properties: dict[str, str]) -> str:
    """`<Properties><property name="…"><vt:lpwstr>…</vt:lpwstr></property></Properties>`."""
    entries = "".join(
        f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="{pid}" name="{escaped(name)}">'
        f"<vt:lpwstr>{escaped(value)}</vt:lpwstr></property>"
        for pid, (name, value) in enumerate(properties.items(), start=2)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"'
        ' xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
        f"{entries}</Properties>"
    )


def core_properties_part(title: str, author: str, subject: str, keywords: str) -> str:
    """`<cp:coreProperties>`: what Word shows under File › Info, and nothing of whoever made the style file."""
    space = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
    date = "1980-01-01T00:00:00Z"  # a constant date: the same input gives the same bytes
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<cp:coreProperties xmlns:cp="{space}" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escaped(title)}</dc:title><dc:subject>{escaped(subject)}</dc:subject>"
        f"<dc:creator>{escaped(author)}</dc:creator><cp:keywords>{escaped(keywords)}</cp:keywords>"
        f"<cp:lastModifiedBy>{escaped(author)}</cp:lastModifiedBy><cp:revision>1</cp:revision>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{date}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{date}</dcterms:modified>'
        "<dc:language>vi-VN</dc:language></cp:coreProperties>"
    )


def no_relationships() -> str:
    """`<Relationships/>`, before anything is referred to."""
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
    )
