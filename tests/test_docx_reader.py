"""What is read of a .docx: words wherever a program puts them, bookmarks wherever they end up, looks as they are."""

from __future__ import annotations

import io
import zipfile

import pytest

from bdg_cli.documents.docx_reader import Line, WordFile, read

MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
)
MARK = "_bdg0007_11111111_22222222"


def word(body: str, styles: str = "") -> WordFile:
    """The file with this body, as read."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("[Content_Types].xml", f'<Types><Override ContentType="{MAIN}"/></Types>')
        package.writestr("_rels/.rels", f'<r><R Type="{RELATIONS}/officeDocument" Target="/word/document2.xml"/></r>')
        package.writestr("word/_rels/document2.xml.rels", f'<r><R Type="{RELATIONS}/styles" Target="styles2.xml"/></r>')
        package.writestr("word/document2.xml", f"<w:document {NAMES}><w:body>{body}</w:body></w:document>")
        package.writestr("word/styles2.xml", f"<w:styles {NAMES}>{styles}</w:styles>")
    return read(out.getvalue())


def lines(body: str, styles: str = "") -> tuple[Line, ...]:
    return word(body, styles).lines


def run(text: str, look: str = "") -> str:
    return f"<w:r><w:rPr>{look}</w:rPr><w:t>{text}</w:t></w:r>"


def start(name: str = MARK, number: int = 1) -> str:
    return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>'


def end(number: int = 1) -> str:
    return f'<w:bookmarkEnd w:id="{number}"/>'


@pytest.mark.parametrize(
    "inside, text",
    [
        pytest.param(run("một") + run(" hai"), "một hai", id="runs"),
        pytest.param("<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t></w:r>", "a\tb\nc", id="breaks"),
        pytest.param(f"<w:hyperlink>{run('nối')}</w:hyperlink>", "nối", id="link"),
        pytest.param(f"<w:sdt><w:sdtPr/><w:sdtContent>{run('ô')}</w:sdtContent></w:sdt>", "ô", id="control"),
        pytest.param(f"<w:smartTag>{run('thẻ')}</w:smartTag>", "thẻ", id="smart-tag"),
        pytest.param(f"<w:ins>{run('thêm')}</w:ins><w:del><w:r><w:t>cũ</w:t></w:r></w:del>", "thêm", id="tracked"),
        pytest.param("<w:r><w:instrText> PAGE </w:instrText></w:r>" + run("2"), "2", id="field"),
        pytest.param('<w:r><w:sym w:font="Symbol" w:char="2022"/></w:r>', "•", id="symbol"),
        pytest.param("<w:r><w:noBreakHyphen/><w:t>x</w:t></w:r>", "-x", id="hyphen"),
        pytest.param("<w:r><w:t>a</w:t><w:footnoteReference/></w:r>", "a[chú thích]", id="footnote"),
        pytest.param("<w:r><w:drawing><a:blip/></w:drawing></w:r>", "\ufffc", id="picture"),
        pytest.param(
            f"<mc:AlternateContent><mc:Choice>{run('mới')}</mc:Choice><mc:Fallback>{run('cũ')}</mc:Fallback></mc:AlternateContent>",
            "mới", id="alternatives",
        ),
        pytest.param(run("Tie\u0302\u0301ng"), "Tiếng", id="decomposed"),
    ],
)  # fmt: skip
def test_words(inside: str, text: str) -> None:
    assert [line.text for line in lines(f"<w:p>{inside}</w:p>")] == [text]


def test_lines_without_words_are_none() -> None:
    assert lines("<w:p/><w:p><w:r><w:t> </w:t></w:r></w:p>") == ()


def test_a_text_box_is_lines_of_its_own() -> None:
    box = f"<w:r><w:pict><w:txbxContent><w:p>{run('trong khung')}</w:p></w:txbxContent></w:pict></w:r>"
    assert [line.text for line in lines(f"<w:p>{run('ngoài')}{box}</w:p>")] == ["ngoài", "trong khung"]


def test_cells_know_table_row_and_column() -> None:
    def cell(text: str, span: int = 1) -> str:
        return f'<w:tc><w:tcPr><w:gridSpan w:val="{span}"/></w:tcPr><w:p>{run(text)}</w:p></w:tc>'

    inner = f"<w:tbl><w:tr>{cell('trong')}</w:tr></w:tbl>"
    body = (
        f"<w:tbl><w:tr>{cell('a', 2)}{cell('b')}</w:tr>"
        f"<w:tr><w:trPr><w:del/></w:trPr>{cell('xóa')}</w:tr>"
        f"<w:sdt><w:sdtContent><w:tr>{cell('c')}<w:tc>{inner}<w:p/></w:tc></w:tr></w:sdtContent></w:sdt></w:tbl>"
        f"<w:p>{run('giữa')}</w:p><w:tbl><w:tr>{cell('d')}</w:tr></w:tbl>"
    )
    found = word(body)
    assert [(line.text, line.spot.table, line.spot.row, line.spot.column) for line in found.lines] == [
        ("a", 1, 1, 1), ("b", 1, 1, 3), ("c", 1, 2, 1), ("trong", 1, 2, 2), ("giữa", 0, 0, 0), ("d", 2, 1, 1),
    ]  # fmt: skip
    assert found.tracked


@pytest.mark.parametrize(
    "body, spans",
    [
        pytest.param(f"<w:p>{run('- ')}{start()}{run('chữ')}{end()}</w:p>", [(2, 5)], id="inside"),
        pytest.param(f"{start()}<w:p>{run('chữ')}</w:p>{end()}", [(0, 3)], id="around"),
        pytest.param(
            f"<w:p>{run('a')}{start()}{run('b')}</w:p><w:p>{run('cd')}{end()}{run('e')}</w:p>",
            [(1, 2), (0, 2)], id="two-lines",
        ),
        pytest.param(f"<w:p>{start()}{run('a')}</w:p><w:p>{end()}{run('e')}</w:p>", [(0, 1)], id="up-to-the-next"),
        pytest.param(f"<w:p>{start()}{end()}</w:p>", [(0, 0)], id="emptied"),
        pytest.param(f"<w:p>{start('_bdg0007')}{run('a')}{end()}</w:p>", [], id="of-another-bdg"),
        pytest.param(f"<w:p>{start(MARK + '_Copy_1')}{run('a')}{end()}</w:p>", [], id="of-a-copy"),
        pytest.param(f"<w:p>{start()}{run('a')}</w:p>", [], id="never-ended"),
    ],
)  # fmt: skip
def test_bookmarks(body: str, spans: list[tuple[int, int]]) -> None:
    marks = [mark for line in lines(body) for mark in line.marks]
    assert [(mark.start, mark.end) for mark in marks] == spans
    assert {(mark.number, mark.source, mark.signed) for mark in marks} <= {(7, "11111111", "22222222")}


def test_looks_follow_styles_and_what_is_set_directly() -> None:
    styles = (
        '<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="28"/></w:rPr></w:rPrDefault></w:docDefaults>'
        '<w:style w:type="paragraph" w:default="1" w:styleId="N"><w:name w:val="Normal"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="H"><w:name w:val="Heading 1"/><w:basedOn w:val="N"/>'
        '<w:pPr><w:jc w:val="center"/></w:pPr><w:rPr><w:b/></w:rPr></w:style>'
    )
    red, light = '<w:color w:val="FF0000"/>', '<w:b w:val="0"/>'
    plain = f"<w:p>{run('a')}{run('b', '<w:b/>')}{run('c', red)}</w:p>"
    heading = f'<w:p><w:pPr><w:pStyle w:val="H"/></w:pPr>{run("d")}{run("e", light)}</w:p>'
    first, second = lines(plain + heading, styles)
    assert (first.style, first.side, second.style, second.side) == ("Normal", "left", "heading 1", "center")
    assert [(look.bold, look.colour, look.size) for _, look in first.looks] == [
        (False, "", 28), (True, "", 28), (False, "ff0000", 28),
    ]  # fmt: skip
    assert [look.bold for _, look in second.looks] == [True, False]
