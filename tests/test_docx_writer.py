"""The .docx as Word will read it: reopened with python-docx, looked at as XML, made a PDF by LibreOffice."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import docx
import pytest
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.table import Table as WordTable
from docx.text.paragraph import Paragraph as WordParagraph
from lxml import etree

from bdg_cli.documents import docx_writer
from bdg_cli.documents.advances import Type, balanced_width, lines, text_width
from bdg_cli.documents.docx_styles import STYLES_USED
from bdg_cli.documents.docx_writer import MOTTO, NATION
from bdg_cli.documents.docx_xml import digest
from bdg_cli.documents.model import (
    Align,
    Annex,
    Block,
    Closing,
    Column,
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
from bdg_cli.findings import Place

STYLE_FILE = Path(__file__).parent.parent / "templates" / "style.docx"
NAMES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
}
W = f"{{{NAMES['w']}}}"
BODY = "Ủy ban nhân dân tỉnh xây dựng Kế hoạch thực hiện Chiến lược quốc gia về bình đẳng giới. " * 4


def runs(text: str, route: str = "") -> Runs:
    return (Run(text, origin=Place("ke-hoach/plan.yaml", route=route) if route else None),)


LETTERHEAD = Letterhead(
    (),
    runs("Ủy ban nhân dân tỉnh Trà Vinh"),
    runs("Số:      /KH-UBND"),
    runs("Trà Vinh, ngày    tháng 6 năm 2026"),
)
SUBJECT = "Thực hiện Chiến lược quốc gia về bình đẳng giới giai đoạn 2026 - 2030 trên địa bàn tỉnh Trà Vinh"
CLOSING = Closing(
    (runs("- Bộ Nội vụ (b/c);"), runs("- Lưu: VT.")),
    (Signatory((runs("KT. Chủ tịch"), runs("Phó Chủ tịch")), (), runs("Nguyễn Thị Bình")),),
)
TABLE = Table(
    (Column("TT", 20, Align.CENTRE), Column("Chỉ tiêu", 100), Column("Năm 2025", 40, Align.RIGHT)),
    (
        Row((runs("I. Trong lĩnh vực chính trị"),), group=True),
        *(Row((runs(str(n)), runs("Tỷ lệ nữ", f"targets/{n}"), runs("59,95"))) for n in range(1, 60)),
    ),
    note=runs("Ghi chú: số liệu ước thực hiện."),
)
BLOCKS: tuple[Block, ...] = (
    LETTERHEAD,
    Title("Kế hoạch", runs(SUBJECT, "title")),
    Paragraph(runs("Căn cứ Luật Bình đẳng giới.", "basis/0"), Style.BASIS),
    Heading(1, "I.", runs("Mục đích, yêu cầu", "sections/0/title")),
    Heading(2, "1.", runs("Mục đích:", "sections/1/title"), run_in=runs(BODY, "sections/1/text")),
    Heading(3, "a)", runs("Chính trị", "sections/2/title")),
    Paragraph(runs("Đến năm 2030 đạt 75%;", "sections/2/items/0"), Style.ITEM, "-"),
    *(Paragraph(runs(BODY)) for _ in range(12)),
    Paragraph(runs("Nghiêm túc thực hiện./.")),
    CLOSING,
    Annex("Phụ lục I", "Chỉ tiêu", runs("(Kèm theo Kế hoạch)"), landscape=True),
    TABLE,
    Annex("Phụ lục II", "Phân công", ()),
    Paragraph(runs("Hết./.")),
)


def document(*blocks: Block, custom: dict[str, str] | None = None) -> Document:
    properties = Properties("Kế hoạch", "UBND tỉnh", "Bình đẳng giới", "bdg", custom or {})
    return Document("ke-hoach", properties, blocks)


def written(*blocks: Block) -> bytes:
    return docx_writer.write(document(*blocks), STYLE_FILE)


def opened(*blocks: Block) -> WordDocument:
    return docx.Document(io.BytesIO(written(*blocks)))


def part(data: bytes, name: str) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return etree.fromstring(package.read(name))


def body(*blocks: Block) -> etree._Element:
    return part(written(*blocks), "word/document.xml")


def found(root: etree._Element, path: str) -> list[etree._Element]:
    elements = root.xpath(path, namespaces=NAMES)
    assert isinstance(elements, list)
    return [element for element in elements if isinstance(element, etree._Element)]


def words(root: etree._Element) -> str:
    return "".join(element.text or "" for element in found(root, ".//w:t"))


def paragraphs(word: WordDocument) -> Iterator[WordParagraph]:
    """All paragraphs in the order of the page, cells left to right."""
    for content in word.iter_inner_content():
        if isinstance(content, WordTable):
            for row in content.rows:
                for cell in dict.fromkeys(row.cells):
                    yield from cell.paragraphs
        else:
            yield content


def looks(word: WordDocument) -> list[tuple[str, str]]:
    """Style and text of each paragraph that has text."""
    return [(p.style.name or "", p.text) for p in paragraphs(word) if p.text and p.style is not None]


# -- style.docx ------------------------------------------------------------------------------------------


def test_style_file_has_every_style_the_writer_names_and_no_other() -> None:
    styles = part(STYLE_FILE.read_bytes(), "word/styles.xml")
    names = {element.get(f"{W}val") for element in found(styles, "w:style/w:name")}
    assert names == {*STYLES_USED, "Normal", "Normal Table", "Default Paragraph Font", "VB Số trang"}


def test_style_names_have_no_comma() -> None:
    # In Word a comma parts a style's name from an alias: the name would not come back as it was.
    assert not [name for name in STYLES_USED if "," in name or ";" in name]


def test_style_file_is_times_new_roman_vietnamese_without_theme() -> None:
    with zipfile.ZipFile(STYLE_FILE) as package:
        styles = package.read("word/styles.xml").decode()
        assert not [name for name in package.namelist() if "theme" in name]
    fonts = "".join(re.findall(r"<w:rFonts [^>]*>", styles))
    assert dict(re.findall(r'w:(\w+)="([^"]*)"', fonts)) == dict.fromkeys(
        ("ascii", "hAnsi", "eastAsia", "cs"), "Times New Roman"
    )
    assert 'w:lang w:val="vi-VN"' in styles
    assert "Theme" not in styles


def test_page_is_as_the_decree_wants_it() -> None:
    section = opened(Paragraph(runs("a"))).sections[0]
    assert (section.page_width.mm, section.page_height.mm) == pytest.approx((210, 297), abs=0.1)  # type: ignore[union-attr]
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [margin.mm for margin in margins if margin] == pytest.approx([20, 20, 30, 20], abs=0.1)
    assert section.different_first_page_header_footer
    header = section.header.paragraphs[0]
    assert "PAGE" in header._p.xml
    assert header.style is not None
    assert header.style.name == "VB Số trang"


def test_body_style_keeps_to_the_decree() -> None:
    """NĐ 30, Phụ lục I, mục II.6.e: 13-14 pt, justified, first line 1 or 1,27 cm, 6 pt, 1 to 1,5 lines."""
    styles = part(STYLE_FILE.read_bytes(), "word/styles.xml")
    style = found(styles, f"w:style[w:name/@w:val='{Style.BODY.value}']")[0]
    spacing, indent = found(style, "w:pPr/w:spacing")[0], found(style, "w:pPr/w:ind")[0]
    assert indent.get(f"{W}firstLine") == "720"
    assert int(spacing.get(f"{W}after", "0")) >= 120
    assert 240 <= int(spacing.get(f"{W}line", "0")) <= 360
    assert found(style, "w:pPr/w:jc")[0].get(f"{W}val") == "both"
    assert found(style, "w:rPr/w:sz")[0].get(f"{W}val") == "28"


def test_a_missing_style_is_named(tmp_path: Path) -> None:
    other = tmp_path / "style.docx"
    with zipfile.ZipFile(STYLE_FILE) as source, zipfile.ZipFile(other, "w") as target:
        for name in source.namelist():
            target.writestr(name, source.read(name).replace("VB Căn cứ".encode(), b"VB Khac"))
    with pytest.raises(ValueError, match="thiếu kiểu: VB Căn cứ"):
        docx_writer.write(document(), other)


# -- blocks ----------------------------------------------------------------------------------------------


def test_text_and_styles_in_order() -> None:
    assert looks(opened(*BLOCKS[:7])) == [
        ("VB Cơ quan ban hành", "Ủy ban nhân dân tỉnh Trà Vinh"),
        ("VB Quốc hiệu", NATION),
        ("VB Tiêu ngữ", MOTTO),
        ("VB Số ký hiệu", "Số:      /KH-UBND"),
        ("VB Địa danh và ngày tháng", "Trà Vinh, ngày    tháng 6 năm 2026"),
        ("VB Tên loại", "Kế hoạch"),
        ("VB Trích yếu", SUBJECT),
        ("VB Căn cứ", "Căn cứ Luật Bình đẳng giới."),
        ("Heading 1", "I. Mục đích, yêu cầu"),
        ("VB Đề mục liền 2", f"1. Mục đích: {BODY}"),
        ("Heading 3", "a) Chính trị"),
        ("VB Gạch đầu dòng", "- Đến năm 2030 đạt 75%;"),
    ]


def test_letterhead_of_a_draft_letter() -> None:
    letterhead = Letterhead(
        runs("UBND tỉnh"),
        runs("Sở Nội vụ"),
        runs("Số:"),
        runs("Lào Cai"),
        runs("V/v báo cáo"),
        draft="DỰ THẢO",
    )
    assert [style for style, _ in looks(opened(letterhead))] == [
        "VB Dự thảo",
        "VB Cơ quan chủ quản",
        "VB Cơ quan ban hành",
        "VB Quốc hiệu",
        "VB Tiêu ngữ",
        "VB Số ký hiệu",
        "VB Trích yếu công văn",
        "VB Địa danh và ngày tháng",
    ]


def test_attached_document_has_no_row_for_number_and_date() -> None:
    table = opened(Letterhead((), runs("Sở Nội vụ"), None, None)).tables[0]
    assert len(table.rows) == 1


def test_run_in_heading_is_bold_up_to_the_text() -> None:
    paragraph = opened(BLOCKS[4]).paragraphs[0]
    titles = [run.text for run in paragraph.runs if run.style and run.style.name == "VB Tên đề mục"]
    assert "".join(titles) == "1. Mục đích:"
    assert paragraph.runs[-1].text == BODY
    assert not any(run.bold for run in paragraph.runs)


def test_bold_and_italic_runs() -> None:
    paragraph = opened(Paragraph((Run("a"), Run("b", bold=True), Run("c", italic=True)))).paragraphs[0]
    assert [(run.text, run.bold, run.italic) for run in paragraph.runs] == [
        ("a", None, None),
        ("b", True, None),
        ("c", None, True),
    ]


@pytest.mark.parametrize(
    "following, style",
    [((), "VB Kính gửi một nơi"), ((Paragraph(runs("Sở."), Style.ADDRESSEE, "-"),), "VB Kính gửi")],
    ids=["one", "several"],
)
def test_one_addressee_is_centred(following: tuple[Block, ...], style: str) -> None:
    first = Paragraph(runs("Kính gửi: Bộ Nội vụ"), Style.ADDRESSEE_FIRST)
    assert looks(opened(first, *following))[0][0] == style


def test_closing_stays_with_the_last_line_of_text() -> None:
    root = body(Paragraph(runs("Trước.")), Paragraph(runs("Hết./.")), CLOSING)
    kept = [words(p) for p in found(root, "w:body/w:p[w:pPr/w:keepNext]")]
    assert kept == ["Hết./."]
    assert len(found(root, "w:body/w:tbl/w:tr")) == len(found(root, "w:body/w:tbl/w:tr[w:trPr/w:cantSplit]")) == 1


def test_closing_after_a_table_stays_with_its_last_row() -> None:
    bare = Table(TABLE.columns, TABLE.rows)
    root = body(bare, CLOSING)
    assert found(root, "w:body/w:tbl[1]/w:tr[last()]//w:keepNext")
    assert not found(root, "w:body/w:tbl[1]/w:tr[last()-1]//w:keepNext")


def test_signature_order() -> None:
    signatory = Signatory((runs("KT. Chủ tịch"),), (runs("Phó Trưởng ban"),), runs("Lê B"))
    cell = opened(Closing((), (signatory,))).tables[0].rows[0].cells[1]
    styles = [paragraph.style.name for paragraph in cell.paragraphs if paragraph.style]
    assert styles == ["VB Quyền hạn và chức vụ", "VB Chỗ ký", "VB Quyền hạn và chức vụ", "VB Người ký"]
    assert [p.text for p in cell.paragraphs] == ["KT. Chủ tịch", "", "Phó Trưởng ban", "Lê B"]


def test_table_header_repeats_rows_stay_whole_and_groups_span() -> None:
    root = body(TABLE)
    rows = found(root, ".//w:tr")
    assert [bool(found(row, "w:trPr/w:tblHeader")) for row in rows] == [True] + [False] * 60
    assert all(found(row, "w:trPr/w:cantSplit") for row in rows)
    assert found(rows[1], "w:tc/w:tcPr/w:gridSpan")[0].get(f"{W}val") == "3"
    grid = [int(column.get(f"{W}w", "0")) for column in found(root, ".//w:gridCol")]
    assert grid == [1134, 5669, 2268]
    styles = [style for style, _ in looks(opened(TABLE))]
    assert styles[:7] == [*["VB Bảng đầu"] * 3, "VB Bảng nhóm", "VB Bảng giữa", "VB Bảng", "VB Bảng phải"]
    assert styles[-1] == "VB Ghi chú bảng"


def test_a_table_wider_than_the_page_is_narrowed_to_it() -> None:
    wide = Table((Column("a", 100), Column("b", 220)), (Row((runs("1"), runs("2"))),))
    for blocks, room in (((wide,), 9071), ((Annex("Phụ lục", "Tên", (), landscape=True), wide), 14570)):
        grid = [int(column.get(f"{W}w", "0")) for column in found(body(*blocks), ".//w:gridCol")]
        assert sum(grid) == pytest.approx(room, abs=2)
        assert grid[1] / grid[0] == pytest.approx(2.2, rel=0.01)


def test_a_row_higher_than_most_of_a_page_may_split() -> None:
    columns = (Column("TT", 20), Column("Nội dung", 60))
    rows = tuple(Row((runs("1"), runs(BODY * times))) for times in (1, 2, 12))
    flags = [bool(found(row, "w:trPr/w:cantSplit")) for row in found(body(Table(columns, rows)), ".//w:tr")]
    assert flags == [True, True, True, False]


def test_tables_never_touch_and_never_end_the_body() -> None:
    bare = Table(TABLE.columns, TABLE.rows)
    for blocks in ((bare, bare), (LETTERHEAD, bare), (LETTERHEAD,), (bare, CLOSING, bare)):
        tags = [child.tag for child in found(body(*blocks), "w:body/*")]
        assert (f"{W}tbl", f"{W}tbl") not in list(pairwise(tags))
        assert tags[-2:] == [f"{W}p", f"{W}sectPr"]


def test_an_empty_document_opens() -> None:
    assert opened().sections


# -- sections --------------------------------------------------------------------------------------------


def test_annexes_are_sections_with_their_own_numbers() -> None:
    sections = opened(*BLOCKS).sections
    assert [section.orientation for section in sections] == [
        WD_ORIENT.PORTRAIT,
        WD_ORIENT.LANDSCAPE,
        WD_ORIENT.PORTRAIT,
    ]
    ends = found(body(*BLOCKS), ".//w:sectPr")
    assert [len(found(end, "w:pgNumType[@w:start='1']")) for end in ends] == [0, 1, 1]
    assert all(section.different_first_page_header_footer for section in sections)
    assert all("PAGE" in section.header.paragraphs[0]._p.xml for section in sections)
    turned = sections[1]
    assert turned.page_width is not None
    assert turned.page_width.mm == pytest.approx(297, abs=0.1)
    margins = (turned.top_margin, turned.bottom_margin, turned.left_margin, turned.right_margin)
    assert [margin.mm for margin in margins if margin] == pytest.approx([20] * 4, abs=0.1)


def test_attached_document_begins_a_section_once() -> None:
    attached = Letterhead((), runs("Sở Nội vụ"), None, None)
    assert len(opened(LETTERHEAD, Paragraph(runs("a")), attached).sections) == 2
    assert len(opened(Paragraph(runs("a")), Annex("", "", ()), attached).sections) == 2


# -- rule lines ------------------------------------------------------------------------------------------


def rules(*blocks: Block) -> list[float]:
    """The lengths in points of the drawn lines."""
    return [int(extent.get("cx", "0")) / 12700 for extent in found(body(*blocks), ".//wp:extent")]


def test_rule_lines_have_the_lengths_of_the_decree() -> None:
    """Mục II.1.c: as long as the motto; II.2.b and II.5.a: a third to a half of the line of text."""
    bold = Type(13, "bold")
    issuer, motto, subject = rules(LETTERHEAD, Title("Kế hoạch", runs("Thực hiện công tác bình đẳng giới")))
    assert motto == pytest.approx(text_width(MOTTO, Type(14, "bold")), abs=0.01)
    assert 1 / 3 <= issuer / text_width("TỈNH TRÀ VINH", bold) <= 1 / 2
    assert 1 / 3 <= subject / text_width("Thực hiện công tác bình đẳng giới", Type(14, "bold")) <= 1 / 2


def test_rule_lines_are_drawn_and_have_alternative_text() -> None:
    root = body(LETTERHEAD)
    described = [element.get("descr") for element in found(root, ".//wp:docPr")]
    assert described == ["Đường kẻ dưới tên cơ quan ban hành", "Đường kẻ dưới Tiêu ngữ"]
    numbers = [element.get("id") for element in found(root, ".//wp:docPr")]
    assert numbers == ["1", "2"]
    assert b'prst="line"' in etree.tostring(root)
    assert b"v:line" not in etree.tostring(root)


def test_motto_column_holds_the_name_of_the_country_on_one_line() -> None:
    column = found(body(LETTERHEAD), ".//w:gridCol")[1]
    assert int(column.get(f"{W}w", "0")) / 20 > text_width(NATION, Type(13, "bold"))


def test_balanced_lines_leave_no_lone_word() -> None:
    type_ = Type(13, "bold")
    text = "ỦY BAN NHÂN DÂN TỈNH TRÀ VINH"
    assert lines(text, type_, 187) == ["ỦY BAN NHÂN DÂN TỈNH", "TRÀ VINH"]
    assert lines(text, type_, balanced_width(text, type_, 187)) == ["ỦY BAN NHÂN DÂN", "TỈNH TRÀ VINH"]


# -- origins, properties, bytes --------------------------------------------------------------------------


def test_bookmarks_are_hidden_and_lead_to_the_yaml() -> None:
    data = written(*BLOCKS)
    root = part(data, "word/document.xml")
    names = [start.get(f"{W}name", "") for start in found(root, ".//w:bookmarkStart")]
    origins = [entry.get("at", "") for entry in part(data, "customXml/bdgOrigins.xml")]
    assert [int(name[4:8]) for name in names] == list(range(1, len(origins) + 1))
    assert all(name.startswith("_bdg") and len(name) <= 40 for name in names)
    ends = [end.get(f"{W}id") for end in found(root, ".//w:bookmarkEnd")]
    assert ends == [start.get(f"{W}id") for start in found(root, ".//w:bookmarkStart")]
    titled = origins.index("ke-hoach/plan.yaml#title")
    assert names[titled] == f"_bdg{titled + 1:04}_{digest('ke-hoach/plan.yaml#title')}_{digest(SUBJECT)}"


def test_a_bookmark_holds_the_text_of_its_origin_only() -> None:
    root = body(
        Heading(1, "I.", runs("Mục đích", "title")),
        Paragraph((*runs("Theo "), *runs("kế ", "text"), *runs("hoạch", "text"), *runs(" tỉnh", "area"))),
        Paragraph((Run("tính ra", origin=Place("")),)),
    )
    bookmarked = []
    for start in found(root, ".//w:bookmarkStart"):
        text, follower = "", start.getnext()
        while follower is not None and follower.tag != f"{W}bookmarkEnd":
            text += words(follower)
            follower = follower.getnext()
        bookmarked.append(text)
    assert bookmarked == ["Mục đích", "kế hoạch", " tỉnh", "tính ra"]


def test_equal_routes_are_told_apart_by_their_order() -> None:
    paragraphs = [Paragraph(runs(text, "basis"), Style.BASIS) for text in ("Một;", "Hai;", "Ba.")]
    _, origins = docx_writer.compose(document(*paragraphs), STYLE_FILE)
    assert [origin.address for origin in origins] == [
        "ke-hoach/plan.yaml#basis", "ke-hoach/plan.yaml#basis@2", "ke-hoach/plan.yaml#basis@3",
    ]  # fmt: skip


def test_every_line_with_words_is_marked_and_signed() -> None:
    """Also what bdg computed: a change in it can be told from a change of the repository."""
    root = body(*BLOCKS)
    for paragraph in found(root, ".//w:p"):
        said = words(paragraph)
        names = [start.get(f"{W}name", "") for start in found(paragraph, ".//w:bookmarkStart")]
        assert bool(names) == bool(said)
        assert {name[-8:] for name in names} <= {digest(said)}


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("A & B", id="ampersand"),
        pytest.param("1 < 2 > 0", id="angles"),
        pytest.param("\"trích\" 'dẫn' “kép”", id="quotes"),
        pytest.param("👩‍⚖️ 👨🏽", id="emoji"),
        pytest.param("chữ\u200fphải", id="right-to-left"),
        pytest.param("]]> &amp; <!-- -->", id="markup"),
        pytest.param("  a  b  ", id="spaces"),
        pytest.param("x" * 10_000, id="long"),
        pytest.param("a\tb\nc", id="breaks"),
    ],
)
def test_text_survives(text: str) -> None:
    assert opened(Paragraph(runs(text, 'r"<&'))).paragraphs[0].text == text


def test_what_xml_cannot_hold_is_dropped() -> None:
    text = "a\x00b\x0bc\x1fd\ud800e\uffff\r\nf"
    assert opened(Paragraph(runs(text)), CLOSING).paragraphs[0].text == "abcde\nf"


def test_same_input_same_bytes() -> None:
    assert written(*BLOCKS) == written(*BLOCKS)


def test_zip_carries_no_date_of_today() -> None:
    with zipfile.ZipFile(io.BytesIO(written(*BLOCKS))) as package:
        entries = package.infolist()
    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
    assert entries[0].filename == "[Content_Types].xml"
    assert [e.filename for e in entries[1:]] == sorted(e.filename for e in entries[1:])


def test_properties() -> None:
    long = document(custom={"bdg-version": "1.0", 'a "<&>': "b & c"})
    data = docx_writer.write(long, STYLE_FILE)
    core = docx.Document(io.BytesIO(data)).core_properties
    assert (core.title, core.author, core.subject, core.keywords, core.language) == (
        "Kế hoạch", "UBND tỉnh", "Bình đẳng giới", "bdg", "vi-VN",
    )  # fmt: skip
    assert core.created == core.modified
    custom = {entry.get("name"): entry[0].text for entry in part(data, "docProps/custom.xml")}
    assert custom == {"bdg-version": "1.0", 'a "<&>': "b & c"}


def test_a_long_title_fits_the_core_properties() -> None:
    data = docx_writer.write(Document("d", Properties("dài " * 100, "", "", ""), ()), STYLE_FILE)
    assert len(docx.Document(io.BytesIO(data)).core_properties.title) <= 255


def test_a_document_of_bdg_can_serve_as_style_file(tmp_path: Path) -> None:
    """An office may save its own style.docx from a rendered plan: parts are replaced, not doubled."""
    first = tmp_path / "first.docx"
    first.write_bytes(docx_writer.write(document(*BLOCKS[:4], custom={"a": "1"}), STYLE_FILE))
    second = docx_writer.write(document(*BLOCKS[:4], custom={"b": "2"}), first)
    with zipfile.ZipFile(io.BytesIO(second)) as package:
        names = package.namelist()
    assert len(names) == len(set(names))
    assert [entry.get("name") for entry in part(second, "docProps/custom.xml")] == ["b"]


# -- LibreOffice -----------------------------------------------------------------------------------------


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) is not installed")
@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext (poppler-utils) is not installed")
def test_libreoffice_shows_the_text(tmp_path: Path) -> None:
    (tmp_path / "plan.docx").write_bytes(written(*BLOCKS))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "plan.docx"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=180)
    text = subprocess.run(
        ["pdftotext", "-layout", "plan.pdf", "-"], cwd=tmp_path, check=True, capture_output=True, timeout=60
    ).stdout.decode()
    pages = [" ".join(page.split()) for page in text.split("\f")]
    assert NATION in pages[0]
    assert MOTTO in pages[0]
    assert "I. MỤC ĐÍCH, YÊU CẦU" in pages[0]
    assert pages[1].startswith("2 ")  # page 1 shows no number, page 2 does
    annex = next(number for number, page in enumerate(pages) if page.startswith("Phụ lục I CHỈ TIÊU"))
    assert "Nguyễn Thị Bình" in pages[annex - 1]
    assert pages[annex + 1].startswith("2 TT Chỉ tiêu Năm 2025")  # own numbers, header row again
