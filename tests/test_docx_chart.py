"""Charts in a Word file: the part, the workbook inside it with the same numbers, the words for who cannot see it."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from lxml import etree

from bdg_cli.documents import docx_writer, text_writer
from bdg_cli.documents.model import Annex, Block, Chart, Document, Paragraph, Properties, Run, Series
from bdg_cli.documents.wording import shipped_folder

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"


def chart(*series: Series, title: str = "Kết quả mục tiêu 3 (%)", note: str = "") -> Chart:
    some = series or (
        Series("Mục tiêu đến năm 2025", (Decimal(80), Decimal(50))),
        Series("Năm 2023", (Decimal("81.4"), None)),
        Series("Năm 2024", (Decimal("59.95"), Decimal(0))),
    )
    return Chart(title, ("Chỉ tiêu 3.2a", "Chỉ tiêu 3.2b"), some, "Biểu đồ cột: 80 & 50", note)


def written(*charts: Chart) -> dict[str, bytes]:
    """The parts of a document with these charts."""
    blocks: tuple[Block, ...] = (Paragraph((Run("Trước"),)), *charts, Paragraph((Run("Sau./."),)))
    data = docx_writer.write(Document("x", Properties("a", "b", "c", "d"), blocks), shipped_folder() / "style.docx")
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def said(element: etree._Element, path: str, name: str) -> str:
    """An attribute of the element at a path."""
    found = element.find(path)
    assert found is not None, path
    return found.get(name, "")


def numbers(part: bytes) -> list[list[str | None]]:
    """The values of each series, None where there is none."""
    found = []
    for values in etree.fromstring(part).iter(f"{C}val"):
        cache = values.find(f"{C}numRef/{C}numCache")
        if cache is None:
            continue
        points = {point.get("idx"): point.findtext(f"{C}v") for point in cache.iter(f"{C}pt")}
        found.append([points.get(str(index)) for index in range(int(said(cache, f"{C}ptCount", "val")))])
    return found


def test_the_workbook_holds_the_numbers_of_the_chart() -> None:
    parts = written(chart())
    assert numbers(parts["word/charts/chart1.xml"]) == [["80", "50"], ["81.4", None], ["59.95", "0"]]
    sheet = openpyxl.load_workbook(io.BytesIO(parts["word/embeddings/Microsoft_Excel_Sheet1.xlsx"])).active
    assert sheet is not None
    assert sheet.title == "Số liệu"
    assert [[cell.value for cell in row] for row in sheet.rows] == [
        [None, "Mục tiêu đến năm 2025", "Năm 2023", "Năm 2024"],
        ["Chỉ tiêu 3.2a", 80, 81.4, 59.95],
        ["Chỉ tiêu 3.2b", 50, None, 0],
    ]


def test_the_chart_refers_to_the_cells_of_its_workbook() -> None:
    part = etree.fromstring(written(chart())["word/charts/chart1.xml"])
    formulas = [formula.text for formula in part.iter(f"{C}f")]
    assert formulas[:3] == ["'Số liệu'!$B$1", "'Số liệu'!$A$2:$A$3", "'Số liệu'!$B$2:$B$3"]
    assert formulas[-1] == "'Số liệu'!$D$2:$D$3"


def test_parts_are_found_from_one_another() -> None:
    parts = written(chart(), chart(title="Kết quả mục tiêu 4"))
    document = parts["word/_rels/document.xml.rels"].decode()
    body = parts["word/document.xml"].decode()
    for number in (1, 2):
        assert re.search(rf'Id="bdgChart{number}"[^>]*Target="/word/charts/chart{number}.xml"', document)
        assert f'r:id="bdgChart{number}"' in body
        own = parts[f"word/charts/_rels/chart{number}.xml.rels"].decode()
        assert 'Id="rId1"' in own
        assert f"/word/embeddings/Microsoft_Excel_Sheet{number}.xlsx" in own
        assert f'PartName="/word/charts/chart{number}.xml"' in parts["[Content_Types].xml"].decode()


def test_what_those_are_told_who_cannot_see_it() -> None:
    drawing = next(etree.fromstring(written(chart())["word/document.xml"]).iter(f"{WP}inline"))
    assert said(drawing, f"{WP}docPr", "descr") == "Biểu đồ cột: 80 & 50"


def test_each_number_has_its_own_decimals_the_vietnamese_way() -> None:
    part = etree.fromstring(written(chart())["word/charts/chart1.xml"])
    looks = [said(label, f"{C}numFmt", "formatCode") for label in part.iter(f"{C}dLbl")]
    assert looks == [
        "[$-42A]#,##0", "[$-42A]#,##0", "[$-42A]#,##0.0", "[$-42A]#,##0.00", "[$-42A]#,##0",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("values", "floor"),
    [pytest.param(("1", "2"), True, id="from zero"), pytest.param(("-1", "2"), False, id="below zero")],
)
def test_the_axis_begins_at_zero(values: tuple[str, str], floor: bool) -> None:
    some = Series("Năm 2024", tuple(Decimal(value) for value in values))
    part = etree.fromstring(written(chart(some))["word/charts/chart1.xml"])
    assert (part.find(f".//{C}valAx/{C}scaling/{C}min") is not None) is floor


def test_words_are_escaped_and_never_become_formulas() -> None:
    some = Series("=1+1 <&>", (Decimal(1), Decimal(2)))
    parts = written(chart(some, title="A & B"))
    assert "=1+1 <&>" in [point.text for point in etree.fromstring(parts["word/charts/chart1.xml"]).iter(f"{C}v")]
    sheet = openpyxl.load_workbook(io.BytesIO(parts["word/embeddings/Microsoft_Excel_Sheet1.xlsx"])).active
    assert sheet is not None
    assert (sheet["B1"].value, sheet["B1"].data_type) == ("=1+1 <&>", "s")


def test_the_same_chart_gives_the_same_bytes() -> None:
    assert written(chart()) == written(chart())


def test_a_style_file_that_holds_a_chart_leaves_nothing_of_it(tmp_path: Path) -> None:
    """An office may take a report that bdg once wrote for its style.docx."""
    document = Document("x", Properties("a", "b", "c", "d"), (chart(title="Cũ"), Paragraph((Run("./."),))))
    style = tmp_path / "style.docx"
    style.write_bytes(docx_writer.write(document, shipped_folder() / "style.docx"))
    with zipfile.ZipFile(io.BytesIO(docx_writer.write(Document("y", document.properties, ()), style))) as package:
        assert not [name for name in package.namelist() if "chart" in name or "embeddings" in name]
        assert "chart" not in package.read("word/_rels/document.xml.rels").decode()


def test_as_text() -> None:
    document = Document("x", Properties("a", "b", "c", "d"), (chart(note="(minh họa)"),))
    assert text_writer.write(document) == (
        "[Biểu đồ] Kết quả mục tiêu 3 (%)\n"
        "  (minh họa)\n"
        "  Chỉ tiêu 3.2a - Mục tiêu đến năm 2025: 80; Năm 2023: 81,4; Năm 2024: 59,95\n"
        "  Chỉ tiêu 3.2b - Mục tiêu đến năm 2025: 50; Năm 2024: 0\n"
    )


def test_libreoffice_draws_it_and_saves_it_again(tmp_path: Path) -> None:
    """Real LibreOffice: the numbers stand on the page with a comma, and the file saved there still has its chart."""
    if not (shutil.which("soffice") and shutil.which("pdftotext")):
        pytest.skip("LibreOffice or poppler is not installed")
    blocks = (Paragraph((Run("Trước"),)), chart(note="(số liệu minh họa)"), Annex("Phụ lục", "Bảng", ()), chart())
    source = tmp_path / "bieu do.docx"
    properties = Properties("a", "b", "c", "d")
    source.write_bytes(docx_writer.write(Document("x", properties, blocks), shipped_folder() / "style.docx"))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    for kind in ("pdf", "odt"):
        convert = ["soffice", profile, "--headless", "--convert-to", kind, "--outdir", str(tmp_path), str(source)]
        subprocess.run(convert, check=True, capture_output=True, timeout=180)
    page = subprocess.run(["pdftotext", str(tmp_path / "bieu do.pdf"), "-"], check=True, capture_output=True)
    drawn = page.stdout.decode()
    for words in ("59,95", "81,4", "Chỉ tiêu 3.2b", "Mục tiêu đến năm 2025", "(số liệu minh họa)"):
        assert words in drawn, words
    with zipfile.ZipFile(tmp_path / "bieu do.odt") as package:
        charts = [name for name in package.namelist() if re.fullmatch(r"Object \d+/content.xml", name)]
        assert len(charts) == 2
        assert "59.95" in package.read(charts[0]).decode()
