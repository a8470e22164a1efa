"""The named styles of style.docx: their names, how large they set a line, and what settings change in them.

Names, not ids: Word gives new ids when it saves in another language. In a style's name Word reads a comma as the
beginning of an alias, so there is none.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from bdg_cli.documents.advances import Face, Type, text_width
from bdg_cli.documents.model import Align, Style
from bdg_cli.models.settings import Placement, SettingsFile

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.styles.style import ParagraphStyle

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
RUN_IN = ("VB Đề mục liền 1", "VB Đề mục liền 2", "VB Đề mục liền 3", "VB Đề mục liền 4")
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
PAGE_NUMBER = "VB Số trang"
FRAME_TABLE = "VB Khung"
GRID_TABLE = "VB Kẻ bảng"
# Character styles: the beginning of a paragraph that is its heading. Points a), b) have none: mục II.6.d.
RUN_IN_TITLES = ("VB Tên đề mục lớn", "VB Tên đề mục")

STYLES_USED = (
    *(style.value for style in Style), *HEADINGS, *RUN_IN, *RUN_IN_TITLES, *CELLS.values(),
    PARENT, ISSUER, DRAFT, NATION_STYLE, MOTTO_STYLE, NUMBER, PLACE_DATE, LETTER_SUBJECT, RULE, TITLE_RULE,
    KIND, SUBJECT, ATTACHED_TO, ONE_ADDRESSEE, RECIPIENTS_STYLE, RECIPIENT, AUTHORITY, SIGNATURE_SPACE,
    SIGNER, ANNEX_LABEL, ANNEX_TITLE, HEADER_CELL, GROUP_CELL, TABLE_NOTE, SEPARATOR, SECTION_END,
    FRAME_TABLE, GRID_TABLE,
)  # fmt: skip

# The pairs of NĐ 30/2020/NĐ-CP, Phụ lục I, note to mục V: 13 with 14, or 12 with 13. What the decree gives one exact
# size (number, Nơi nhận and its list, Phụ lục) is in neither.
_LARGER = (
    Style.BODY.value, Style.CENTRED.value, Style.ADDRESSEE_FIRST.value, Style.ADDRESSEE.value, ONE_ADDRESSEE,
    MOTTO_STYLE, PLACE_DATE, KIND, SUBJECT, ATTACHED_TO, ANNEX_TITLE, AUTHORITY, SIGNATURE_SPACE, SIGNER, PAGE_NUMBER,
)  # fmt: skip
_SMALLER = (NATION_STYLE, PARENT, ISSUER, DRAFT)

_WORDS_SIZE = 10.0  # what Word takes where nothing says a size
_OFF = {"0", "false", "off"}
_CM = 360_000  # EMU, in which python-docx measures
_PT = 12_700


class StyleSheet:
    """The styles of one package, opened from `name`. Raises ValueError where one is missing."""

    def __init__(self, package: WordDocument, name: str) -> None:
        self._package = package
        wanted = {style.casefold(): style for style in (*STYLES_USED, PAGE_NUMBER)}  # LibreOffice writes "Heading 1"
        named = ((str(element.name_val), element) for element in package.styles.element.style_lst)
        self._elements = {wanted.get(style.casefold(), style): element for style, element in named}
        self._by_id = {str(element.styleId): element for element in self._elements.values()}
        missing = sorted(set(STYLES_USED) - self._elements.keys())
        if missing:
            raise ValueError(f"{name} thiếu kiểu: {', '.join(missing)}")
        self.ids = {style: str(element.styleId) for style, element in self._elements.items()}

    def type_of(self, name: str) -> Type:
        """The size and face in which a style sets a line: each as the nearest in its chain of bases says it."""
        size, switches = _WORDS_SIZE, {"b": False, "i": False}
        for look in self._chain(name, "rPr"):
            found = look.find(_tag("sz"))
            size = float(found.get(_tag("val"))) / 2 if found is not None else size
            for tag in switches:
                switch = look.find(_tag(tag))
                if switch is not None:
                    switches[tag] = switch.get(_tag("val"), "1") not in _OFF
        face: Face = "bold" if switches["b"] else "italic" if switches["i"] else "regular"
        return Type(size, face)

    def first_line_of(self, name: str) -> float:
        """The points by which a style sets in the first line of a paragraph."""
        indent = 0.0
        for look in self._chain(name, "pPr"):
            found = look.find(_tag("ind"))
            if found is not None and found.get(_tag("firstLine")) is not None:
                indent = float(found.get(_tag("firstLine"))) / 20
        return indent

    def _chain(self, name: str, kind: str) -> list[Any]:
        """The `w:rPr` or `w:pPr` of all that a style rests on, the defaults of the document first, its own last."""
        looks: list[Any] = []
        element: Any = self._elements[name]
        seen: list[Any] = []
        while element is not None and element not in seen:
            seen.append(element)
            looks.insert(0, element.find(_tag(kind)))
            base = element.find(_tag("basedOn"))
            element = self._by_id.get(base.get(_tag("val"))) if base is not None else None
        path = "/".join(_tag(tag) for tag in ("docDefaults", f"{kind}Default", kind))
        return [look for look in (self._package.styles.element.find(path), *looks) if look is not None]

    # -- the office's settings ---------------------------------------------------------------------------

    def adjust(self, settings: SettingsFile) -> None:
        """Change what the settings name, and nothing else."""
        if settings.text_size is not None:
            self._resize(settings.text_size)
        body = self._style(Style.BODY.value).paragraph_format
        if settings.first_line_indent is not None:
            body.first_line_indent = _length(settings.first_line_indent * _CM)
        if settings.line_spacing is not None:
            body.line_spacing = float(settings.line_spacing)
        if settings.paragraph_spacing is not None:
            body.space_after = _length(settings.paragraph_spacing * _PT)
        if settings.roman_headings is not None:
            self._place_headings(settings.roman_headings)
        if settings.signature_space is not None:
            self._style(SIGNATURE_SPACE).paragraph_format.line_spacing = _length(settings.signature_space * _PT)
        sizes = {
            LETTER_SUBJECT: settings.letter_subject_size,
            CELLS[Align.LEFT]: settings.table_size,
            TABLE_NOTE: settings.table_size,
        }
        for name, size in sizes.items():
            if size is not None:
                self._set_size(name, size)
        self._set_margins(settings)

    def _resize(self, size: int) -> None:
        for names, points in ((_LARGER, size), (_SMALLER, size - 1)):
            for name in names:
                self._set_size(name, points)
        # The hyphens of several addressees stand under the colon of "Kính gửi:" (mục II.9.b).
        first = self._style(Style.ADDRESSEE_FIRST.value).paragraph_format
        below = self._style(Style.ADDRESSEE.value).paragraph_format
        start = (first.left_indent or 0) + (first.first_line_indent or 0)
        colon, hyphen = (text_width(text, Type(size)) * _PT for text in ("Kính gửi", "- "))
        first.left_indent = below.left_indent = _length(start + colon + hyphen)
        first.first_line_indent, below.first_line_indent = _length(-colon - hyphen), _length(-hyphen)

    def _place_headings(self, place: Placement) -> None:
        from docx.enum.text import WD_ALIGN_PARAGRAPH

        heading = self._style(HEADINGS[0]).paragraph_format
        centred = place is Placement.CENTRED
        heading.alignment = WD_ALIGN_PARAGRAPH.CENTER if centred else None
        heading.first_line_indent = _length(0) if centred else None  # None: as its base has it

    def _set_margins(self, settings: SettingsFile) -> None:
        if settings.margins is None:
            return
        section = self._package.sections[0]
        for side in ("top", "bottom", "left", "right"):
            width = getattr(settings.margins, side)
            if width is not None:
                setattr(section, f"{side}_margin", _length(width * _CM / 10))

    def _set_size(self, name: str, points: int | Decimal) -> None:
        font = self._style(name).font
        font.size = _length(points * _PT)
        for scripts in self._elements[name].findall(f"{_tag('rPr')}/{_tag('szCs')}"):
            scripts.getparent().remove(scripts)

    def _style(self, name: str) -> ParagraphStyle:
        from docx.styles.style import ParagraphStyle

        return ParagraphStyle(self._elements[name])


def _tag(name: str) -> str:
    return f"{{http://schemas.openxmlformats.org/wordprocessingml/2006/main}}{name}"


def _length(emu: Decimal | float) -> Any:
    from docx.shared import Length

    return Length(round(emu))
