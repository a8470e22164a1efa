"""Makes templates/style.docx anew: page, header and named styles of NĐ 30/2020/NĐ-CP, Phụ lục I.

Run once, or to start over. Afterwards the file itself is the truth and may be edited in Word; the writer
takes page size, margins, header and styles from it.
"""

from __future__ import annotations

import sys
import unicodedata
import zipfile
from dataclasses import dataclass
from pathlib import Path

from bdg_cli.documents.docx_styles import RUN_IN_TITLES
from bdg_cli.documents.docx_xml import NAMESPACES, escaped, page_number_field

STYLE_FILE = Path(__file__).parent.parent / "templates" / "style.docx"

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_FONT = "Times New Roman"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"


@dataclass(frozen=True)
class Look:
    """One paragraph style: sizes in points, spaces in points, indents in twips, `base` another style's name.

    `together`: no space between paragraphs of this same style.
    """

    name: str
    base: str = "Normal"
    size: float | None = None
    bold: bool | None = None
    italic: bool | None = None
    caps: bool | None = None
    align: str = ""
    before: float | None = None
    after: float | None = None
    line: int | None = None
    exact: float | None = None
    left: int | None = None
    hanging: int | None = None
    first: int | None = None
    keep: bool | None = None
    outline: int | None = None
    framed: bool = False
    together: bool = False


_BODY = "VB Thân bài"
_LETTERHEAD = "VB Quốc hiệu"
_TITLE = "VB Tên loại"
_CELL = "VB Bảng"

# What stands at the head of a page is not kept with what follows: it cannot be parted from it, and a chain of kept
# paragraphs longer than a page is broken anywhere.
# Sizes 13/14/14 for Quốc hiệu, Tiêu ngữ and place with date (NĐ 30, note to Phụ lục I mục V): 13 with 14.
LOOKS = (
    Look(_BODY, size=14, align="both", first=720, after=6, line=264),
    Look("VB Căn cứ", _BODY, italic=True),
    Look("VB Gạch đầu dòng", _BODY),
    Look("VB Điểm", _BODY),
    Look("VB Giữa", size=14, align="center", before=6, after=6, keep=True),
    Look("VB Thẩm quyền ban hành", "VB Giữa", bold=True, caps=True),
    Look("VB Lời quyết định", "VB Giữa", bold=True, caps=True),
    Look("VB Chú thích", _BODY, size=12, italic=True),
    # The hyphens of several addressees stand under the colon of "Kính gửi:" (mục II.9.b).
    Look("VB Kính gửi", size=14, left=2581, hanging=1163, before=18),
    Look("VB Kính gửi một nơi", size=14, align="center", before=18, after=12),
    Look("VB Kính gửi dòng", size=14, left=2581, hanging=163, after=12, together=True),
    Look("heading 1", _BODY, bold=True, caps=True, before=6, keep=True, outline=0),
    Look("heading 2", _BODY, bold=True, keep=True, outline=1),
    Look("heading 3", _BODY, keep=True, outline=2),
    Look("heading 4", _BODY, keep=True, outline=3),
    # A heading that opens a paragraph of text: the paragraph stands in the navigation pane, its beginning is bold.
    Look("VB Đề mục liền 1", _BODY, before=6, outline=0),
    Look("VB Đề mục liền 2", _BODY, outline=1),
    Look("VB Đề mục liền 3", _BODY, outline=2),
    Look("VB Đề mục liền 4", _BODY, outline=3),
    Look(_LETTERHEAD, size=13, bold=True, caps=True, align="center"),
    Look("VB Tiêu ngữ", size=14, bold=True, align="center"),
    Look("VB Cơ quan chủ quản", size=13, caps=True, align="center"),
    Look("VB Cơ quan ban hành", size=13, bold=True, caps=True, align="center"),
    Look("VB Số ký hiệu", size=13, align="center", before=4),
    Look("VB Địa danh và ngày tháng", size=14, italic=True, align="center", before=4),
    Look("VB Trích yếu công văn", size=12, align="center", before=6),
    Look("VB Dự thảo", size=13, bold=True, align="center", after=4, framed=True),
    Look("VB Đường kẻ", size=4, align="center", exact=6),
    Look("VB Đường kẻ cuối tên", "VB Đường kẻ", exact=6, after=14),
    Look(_TITLE, size=14, bold=True, caps=True, align="center", before=18),
    Look("VB Trích yếu", size=14, bold=True, align="center"),
    Look("VB Kèm theo", size=14, italic=True, align="center"),
    Look("VB Phụ lục", size=14, bold=True, align="center", outline=0),
    Look("VB Tên phụ lục", size=14, bold=True, caps=True, align="center"),
    Look("VB Nơi nhận", size=12, bold=True, italic=True),
    Look("VB Nơi nhận dòng", size=11),
    Look("VB Quyền hạn và chức vụ", size=14, bold=True, caps=True, align="center", keep=True),
    Look("VB Chỗ ký", size=14, align="center", exact=64, keep=True),
    Look("VB Người ký", size=14, bold=True, align="center", after=12),
    Look(_CELL, size=12, before=2, after=2),
    Look("VB Bảng giữa", _CELL, align="center"),
    Look("VB Bảng phải", _CELL, align="right"),
    Look("VB Bảng đầu", _CELL, bold=True, align="center", keep=True),
    Look("VB Bảng nhóm", _CELL, bold=True, keep=True),
    Look("VB Ghi chú bảng", size=12, italic=True, align="both", before=3, after=6),
    Look("VB Ngăn cách", size=4, exact=6),
    Look("VB Cuối phần", size=1, exact=1),
    Look("VB Số trang", size=14, align="center"),
)


def style_id(name: str) -> str:
    """`VB Thân bài` is `VBThanbai`, `heading 1` is `Heading1`: Word's own way."""
    plain = unicodedata.normalize("NFD", name.replace("đ", "d").replace("Đ", "D"))
    letters = "".join(sign for sign in plain if sign.isalnum())
    return letters[:1].upper() + letters[1:]


def paragraph_style(look: Look) -> str:
    """`<w:style w:type="paragraph">` of a look."""
    return (
        f'<w:style w:type="paragraph" {_custom(look.name)}w:styleId="{style_id(look.name)}">'
        f'<w:name w:val="{escaped(look.name)}"/><w:basedOn w:val="{style_id(look.base)}"/>'
        f'{_next(look)}<w:uiPriority w:val="1"/><w:qFormat/>'
        f"<w:pPr>{_paragraph_look(look)}</w:pPr><w:rPr>{_text_look(look)}</w:rPr></w:style>"
    )


def _next(look: Look) -> str:
    """After a heading or the subject Enter goes on with text."""
    heads = look.outline is not None or look.name == "VB Trích yếu"
    return f'<w:next w:val="{style_id(_BODY)}"/>' if heads else ""


def character_style(name: str, *, caps: bool) -> str:
    """`<w:style w:type="character">`: bold, in capitals if asked."""
    return (
        f'<w:style w:type="character" w:customStyle="1" w:styleId="{style_id(name)}">'
        f'<w:name w:val="{name}"/><w:basedOn w:val="DefaultParagraphFont"/>'
        f'<w:uiPriority w:val="1"/><w:qFormat/><w:rPr><w:b/>{"<w:caps/>" if caps else ""}</w:rPr></w:style>'
    )


def _custom(name: str) -> str:
    return "" if name.startswith("heading") else 'w:customStyle="1" '


def _paragraph_look(look: Look) -> str:
    parts = [_switch("keepNext", look.keep), _spacing(look), _indent(look)]
    if look.together:
        parts.append("<w:contextualSpacing/>")
    if look.align:
        parts.append(f'<w:jc w:val="{look.align}"/>')
    if look.outline is not None:
        parts.append(f'<w:outlineLvl w:val="{look.outline}"/>')
    return "".join(parts)


def _spacing(look: Look) -> str:
    values = {
        "before": _twips(look.before),
        "after": _twips(look.after),
        "line": look.line if look.line is not None else _twips(look.exact),
    }
    text = "".join(f' w:{name}="{value}"' for name, value in values.items() if value is not None)
    if not text:
        return ""
    rule = ' w:lineRule="exact"' if look.exact else ' w:lineRule="auto"' if look.line else ""
    return f"<w:spacing{text}{rule}/>"


def _indent(look: Look) -> str:
    values = {"left": look.left, "hanging": look.hanging, "firstLine": look.first}
    text = "".join(f' w:{name}="{value}"' for name, value in values.items() if value is not None)
    return f"<w:ind{text}/>" if text else ""


def _text_look(look: Look) -> str:
    parts = [_switch("b", look.bold), _switch("i", look.italic), _switch("caps", look.caps)]
    if look.size is not None:
        half_points = round(look.size * 2)
        parts.append(f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>')
    if look.framed:
        parts.append('<w:bdr w:val="single" w:sz="6" w:space="0" w:color="auto"/>')
    return "".join(parts)


def _switch(name: str, on: bool | None) -> str:
    return {None: "", True: f"<w:{name}/>", False: f'<w:{name} w:val="0"/>'}[on]


def _twips(points: float | None) -> int | None:
    return None if points is None else round(points * 20)


def table_style(name: str, borders: bool, side: int) -> str:
    """`<w:style w:type="table">`: a single black grid or none, `side` twips between text and cell edge."""
    edges = "".join(
        f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
        for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
        if borders
    )
    margins = "".join(
        f'<w:{edge} w:w="{width}" w:type="dxa"/>'
        for edge, width in (("top", 0), ("left", side), ("bottom", 0), ("right", side))
    )
    return (
        f'<w:style w:type="table" w:customStyle="1" w:styleId="{style_id(name)}">'
        f'<w:name w:val="{name}"/><w:basedOn w:val="TableNormal"/><w:uiPriority w:val="1"/><w:qFormat/>'
        f"<w:tblPr>{f'<w:tblBorders>{edges}</w:tblBorders>' if edges else ''}"
        f"<w:tblCellMar>{margins}</w:tblCellMar></w:tblPr></w:style>"
    )


def styles_part() -> str:
    """word/styles.xml: Times New Roman, black, vi-VN, widow control; no theme (mục I.4)."""
    defaults = (
        "<w:docDefaults><w:rPrDefault><w:rPr>"
        f'<w:rFonts w:ascii="{_FONT}" w:hAnsi="{_FONT}" w:eastAsia="{_FONT}" w:cs="{_FONT}"/>'
        '<w:color w:val="auto"/><w:sz w:val="28"/><w:szCs w:val="28"/>'
        '<w:lang w:val="vi-VN" w:eastAsia="vi-VN" w:bidi="vi-VN"/>'
        "</w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:widowControl/>"
        '<w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/>'
        "</w:pPr></w:pPrDefault></w:docDefaults>"
        '<w:latentStyles w:defLockedState="0" w:defUIPriority="99" w:defSemiHidden="1"'
        ' w:defUnhideWhenUsed="1" w:defQFormat="0" w:count="376"/>'
    )
    basics = (
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/>'
        '<w:tblPr><w:tblInd w:w="0" w:type="dxa"/></w:tblPr></w:style>'
    )
    looks = "".join(paragraph_style(look) for look in LOOKS)
    looks += "".join(character_style(name, caps=caps) for name, caps in zip(RUN_IN_TITLES, (True, False), strict=True))
    tables = table_style("VB Khung", False, 0) + table_style("VB Kẻ bảng", True, 85)
    return f"{_HEAD}<w:styles {NAMESPACES}>{defaults}{basics}{looks}{tables}</w:styles>"


def document_part() -> str:
    """word/document.xml: an empty body on A4, margins 20/20/30/20 mm, page 1 without number."""
    return (
        f"{_HEAD}<w:document {NAMESPACES}><w:body>"
        f'<w:p><w:pPr><w:pStyle w:val="{style_id(_BODY)}"/></w:pPr></w:p>'
        '<w:sectPr><w:headerReference w:type="default" r:id="rId3"/>'
        '<w:pgSz w:w="11906" w:h="16838"/>'
        '<w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1701"'
        ' w:header="567" w:footer="567" w:gutter="0"/><w:titlePg/></w:sectPr></w:body></w:document>'
    )


def header_part() -> str:
    """word/header1.xml: the page number, centred, inside the top margin (mục I.7)."""
    style = style_id("VB Số trang")
    return (
        f'{_HEAD}<w:hdr {NAMESPACES}><w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{page_number_field()}</w:p></w:hdr>'
    )


def settings_part() -> str:
    """word/settings.xml: as Word 2013 and later, so that tables stand between the margins."""
    return (
        f'{_HEAD}<w:settings {NAMESPACES}><w:zoom w:percent="100"/><w:defaultTabStop w:val="720"/>'
        '<w:characterSpacingControl w:val="doNotCompress"/><w:compat>'
        '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word"'
        ' w:val="15"/></w:compat><w:themeFontLang w:val="vi-VN"/>'
        '<w:decimalSymbol w:val=","/><w:listSeparator w:val=";"/></w:settings>'
    )


def _relationships(targets: dict[str, str]) -> str:
    entries = "".join(
        f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets.items(), start=1)
    )
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{entries}</Relationships>'


def _content_types(kinds: dict[str, str]) -> str:
    entries = "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in kinds.items())
    return (
        f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
        f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{entries}</Types>'
    )


def _core_properties() -> str:
    return (
        f'{_HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:language>vi-VN</dc:language>'
        "</cp:coreProperties>"
    )


def parts() -> dict[str, str]:
    """Every part of the package by name, in the order they are stored."""
    kinds = {
        "word/document.xml": f"{_WORD}.document.main+xml",
        "word/styles.xml": f"{_WORD}.styles+xml",
        "word/settings.xml": f"{_WORD}.settings+xml",
        "word/header1.xml": f"{_WORD}.header+xml",
        "docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
    }
    package = {
        f"{_OFFICE}/officeDocument": "word/document.xml",
        f"{_PACKAGE}/relationships/metadata/core-properties": "docProps/core.xml",
    }
    document = {
        f"{_OFFICE}/styles": "styles.xml",
        f"{_OFFICE}/settings": "settings.xml",
        f"{_OFFICE}/header": "header1.xml",
    }
    return {
        "[Content_Types].xml": _content_types(kinds),
        "_rels/.rels": _relationships(package),
        "docProps/core.xml": _core_properties(),
        "word/document.xml": document_part(),
        "word/_rels/document.xml.rels": _relationships(document),
        "word/header1.xml": header_part(),
        "word/settings.xml": settings_part(),
        "word/styles.xml": styles_part(),
    }


def main(target: Path) -> None:
    """Write the package, the same bytes every time."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts().items():
            entry = zipfile.ZipInfo(name)
            entry.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(entry, content.encode())


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else STYLE_FILE)
