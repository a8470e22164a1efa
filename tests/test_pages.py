"""Pages as LibreOffice draws them: what stands on which, and that they say what the document says, unchanged."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import docx
import pytest

from bdg_cli.documents import docx_writer
from bdg_cli.documents.docx_writer import MOTTO, NATION, RECIPIENTS
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
from bdg_cli.vietnamese import letter
from tests import papers
from tests.decree import violations
from tests.decree.word import Word

pytestmark = pytest.mark.skipif(
    not (shutil.which("soffice") and shutil.which("pdftotext")),
    reason="LibreOffice (soffice) or poppler (pdftotext) is not installed",
)

STYLE_FILE = papers.TOP / "templates" / "style.docx"
SENTENCE = "Phối hợp với các cơ quan, đơn vị, địa phương thực hiện nhiệm vụ được giao; tổng hợp kết quả, báo cáo. "
Pages = list[str]
Drawer = Callable[[dict[str, bytes]], dict[str, Pages]]


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Drawer:
    """Files to pages of text, all in one run of LibreOffice."""
    profile = (tmp_path_factory.mktemp("profile") / "lo").as_uri()

    def draw(files: dict[str, bytes]) -> dict[str, Pages]:
        folder = tmp_path_factory.mktemp("pages")
        for name, data in files.items():
            (folder / f"{name}.docx").write_bytes(data)
        command = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf"]
        names = [f"{name}.docx" for name in files]
        subprocess.run([*command, *names], cwd=folder, check=True, capture_output=True, timeout=300)
        return {name: _pages(folder / f"{name}.pdf") for name in files}

    return draw


def _pages(path: Path) -> Pages:
    run = subprocess.run(
        ["pdftotext", "-raw", "-enc", "UTF-8", str(path), "-"], check=True, capture_output=True, timeout=60
    )
    return run.stdout.decode().split("\f")[:-1]


def runs(text: str) -> Runs:
    return (Run(text),)


HEAD = Letterhead(
    runs("UBND Thành phố Hồ Chí Minh"),
    runs("Ban Chỉ đạo thực hiện các chương trình mục tiêu quốc gia và công tác bình đẳng giới Thành phố Hồ Chí Minh"),
    runs("Số: 739/BCĐ-CTTN&BĐG"),
    runs("Thành phố Hồ Chí Minh, ngày 05 tháng 12 năm 2026"),
    draft="DỰ THẢO",
)
TITLE = Title(
    "KẾ HOẠCH",
    runs(
        "Triển khai thực hiện Chiến lược quốc gia về bình đẳng giới giai đoạn 2021 - 2030, Chương trình phòng ngừa và "
        "ứng phó với bạo lực trên cơ sở giới và Chương trình truyền thông về bình đẳng giới đến năm 2030 trên địa bàn "
        "Thành phố Hồ Chí Minh năm 2026"
    ),
)
SIGNATORY = Signatory((runs("TM. BAN CHỈ ĐẠO"), runs("KT. TRƯỞNG BAN"), runs("PHÓ TRƯỞNG BAN")), (), runs("Lê Văn Mẫu"))


def closing(count: int) -> Closing:
    lines = tuple(runs(f"- Ủy ban nhân dân xã số {number:03};") for number in range(1, count))
    return Closing((*lines, runs("- Lưu: VT.")), (SIGNATORY,))


def written(*blocks: Block) -> bytes:
    return docx_writer.write(Document("thu", Properties("", "", "", ""), blocks), STYLE_FILE)


def plan(*blocks: Block, recipients: int = 4) -> bytes:
    return written(HEAD, TITLE, *blocks, closing(recipients))


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


# -- what stands on which page -------------------------------------------------------------------------


def test_the_signature_stays_with_the_last_line(drawn: Drawer) -> None:
    """Whatever the length of the text, the last line, the recipients and the whole signature share a page."""
    lengths = range(5, 17)
    files = {
        f"n{count}": plan(*(Paragraph(runs(SENTENCE)) for _ in range(count)), Paragraph(runs("Hết./.")), recipients=8)
        for count in lengths
    }
    broken = 0
    for name, pages in drawn(files).items():
        last = pages[-1]
        for words in ("Hết./.", RECIPIENTS, "TM. BAN CHỈ ĐẠO", "Lê Văn Mẫu", "- Lưu: VT."):
            assert words in last, name
        broken += len(pages) > 1
    assert 0 < broken < len(lengths)  # the lengths go from one page to two


def test_a_list_of_recipients_longer_than_a_page(drawn: Drawer) -> None:
    text = [Paragraph(runs(SENTENCE)) for _ in range(9)]
    pages = drawn({"dai": plan(*text, Paragraph(runs("Hết./.")), recipients=120)})["dai"]
    signed = next(page for page in pages if "TM. BAN CHỈ ĐẠO" in page)
    assert "Lê Văn Mẫu" in signed
    assert RECIPIENTS in signed
    everything = "".join(pages)
    assert [int(number) for number in re.findall(r"xã số (\d{3});", everything)] == list(range(1, 120))
    assert everything.rstrip().endswith("- Lưu: VT.")


def test_a_title_of_four_lines_has_no_lone_word(drawn: Drawer) -> None:
    page = drawn({"ten": plan(Paragraph(runs("Hết./.")))})["ten"][0]
    start = page.index("Triển khai")
    lines = page[start : page.index("năm 2026\n", start) + 8].split("\n")
    assert len([line for line in lines if line.strip()]) == 4
    assert min(len(line.split()) for line in lines if line.strip()) >= 8
    assert "739/BCĐ-CTTN&BĐG" in page
    assert "Thành phố Hồ Chí Minh, ngày 05 tháng 12 năm 2026" in page  # on one line


def test_four_hundred_rows(drawn: Drawer) -> None:
    columns = (Column("TT", 14, Align.CENTRE), Column("Nội dung công việc", 100), Column("Cơ quan", 46))
    rows = tuple(
        Row((runs(f"{number:03}"), runs(f"{SENTENCE}Hết {number:03}"), runs("Sở Y tế"))) for number in range(1, 401)
    )
    annex = Annex("Phụ lục", "Nhiệm vụ", ())
    pages = drawn(
        {"bang": written(HEAD, TITLE, Paragraph(runs("Phụ lục./.")), closing(3), annex, Table(columns, rows))}
    )["bang"]
    tables = pages[1:]
    assert all("Nội dung công việc" in page for page in tables)
    seen: list[str] = []
    for page in tables:
        begun, ended = re.findall(r"^(\d{3}) Phối", page, re.MULTILINE), re.findall(r"Hết\s(\d{3})", page)
        assert begun == ended  # no row goes over a page
        seen += begun
    assert seen == [f"{number:03}" for number in range(1, 401)]
    assert [page.split("\n")[0] for page in tables[1:4]] == ["2", "3", "4"]


def test_cells_of_forty_lines(drawn: Drawer) -> None:
    columns = (Column("TT", 14), Column("Nội dung", 90), Column("Kết quả", 140))
    long = "".join(f"Ý {number:03}: {SENTENCE}" for number in range(1, 46))
    rows = tuple(Row((runs(str(number)), runs(SENTENCE), runs(long))) for number in range(1, 4))
    annex = Annex("Phụ lục", "Kết quả", (), landscape=True)
    pages = drawn({"o": written(HEAD, TITLE, Paragraph(runs("Phụ lục./.")), closing(3), annex, Table(columns, rows))})[
        "o"
    ]
    points = [int(number) for number in re.findall(r"Ý (\d{3}):", " ".join(" ".join(pages).split()))]
    assert points == [*range(1, 46)] * 3
    assert all("Kết quả" in page for page in pages[1:])


def test_an_agency_with_sixty_tasks(drawn: Drawer) -> None:
    """A heading is never the last thing on a page; the points run a, b, c, d, đ … and go on behind y."""
    points = [Paragraph(runs(SENTENCE), Style.POINT, f"{letter(number)})") for number in range(1, 61)]
    blocks: list[Block] = [Heading(1, "I.", runs("Phân công"))]
    for number in range(1, 8):
        blocks += [Heading(2, f"{number}.", runs(f"Sở số {number}")), *points]
    pages = drawn({"viec": plan(*blocks, Paragraph(runs("Hết./.")))})["viec"]
    for page in pages:
        assert not re.search(r"\d\. Sở số \d\s*\Z", page)
    marks = re.findall(r"^([a-zđ]{1,2})\) Phối", "\n".join(pages), re.MULTILINE)
    assert marks == [letter(number) for number in range(1, 61)] * 7


def test_page_numbers(drawn: Drawer, tmp_path: Path) -> None:
    """Not on page 1, then in the middle of the top; each annex and each attached plan begins again, its 1 hidden."""
    files = papers.made(papers.PAPERS, tmp_path, "2024H1")
    for name, pages in drawn(files).items():
        starts = [index for index, page in enumerate(pages) if NATION in page or page.startswith("Phụ lục\n")]
        for index, page in enumerate(pages):
            own = index - max(start for start in starts if start <= index)
            first = page.split("\n")[0].strip()
            assert (first == str(own + 1)) is (own > 0), (name, index)


def test_a_style_file_saved_by_libreoffice_serves(tmp_path: Path) -> None:
    """It names its headings otherwise, and gives other ids; the documents keep the decree all the same."""
    own = tmp_path / "kho" / "templates" / "style.docx"
    shutil.copytree(papers.PAPERS, tmp_path / "kho")
    profile = f"-env:UserInstallation={(tmp_path / 'lo').as_uri()}"
    convert = ["soffice", profile, "--headless", "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(own.parent)]
    subprocess.run([*convert, str(STYLE_FILE)], check=True, capture_output=True, timeout=180)
    assert own.read_bytes() != STYLE_FILE.read_bytes()
    for name, data in papers.made(tmp_path / "kho", tmp_path / "ra", "2024H1").items():
        assert [str(violation) for violation in violations(data)] == [], name


# -- what they say -------------------------------------------------------------------------------------


def said(data: bytes) -> list[str]:
    """Every paragraph of a file as printed, in order."""
    return [par.text for par in Word(data).pars if par.text.strip()]


def without_numbers(pages: Pages) -> str:
    """The text of all pages without page numbers, line breaks and spaces."""
    return "".join(squeezed(re.sub(r"\A\s*\d+\n", "", page)) for page in pages)


def headers(data: bytes) -> Counter[str]:
    """The letters of header rows: on the second page of a table they are drawn again."""
    document = docx.Document(io.BytesIO(data))
    return Counter(squeezed("".join(cell.text for table in document.tables for cell in table.rows[0].cells)))


def test_pages_say_what_the_documents_say(drawn: Drawer, tmp_path: Path) -> None:
    """Each paragraph is drawn whole; and no letter more than there is, but for repeated headers of tables."""
    files = papers.made(papers.PAPERS, tmp_path / "a", "2024H1")
    files |= papers.made(papers.TOP / "plans", tmp_path / "b", "2024H1")
    for name, pages in drawn(files).items():
        text = without_numbers(pages)
        paragraphs = said(files[name])
        for paragraph in paragraphs:
            assert squeezed(paragraph) in text, (name, paragraph)
        more = Counter(text) - Counter(squeezed("".join(paragraphs)))
        assert set(more) <= set(headers(files[name])), (name, more)
        assert Counter(squeezed("".join(paragraphs))) - Counter(text) == Counter(), name


HARD = [
    "Sở Văn hóa & Thể thao <Trung tâm> \"trích\" 'dẫn' “kép” ‘đơn’",
    "5 < 6 > 4 && 7 <= 8; a*b*c; #1; {{ x }}; - gạch; 50%",
    "chữ \u200fphải\u200f sang trái, ký hiệu 👩 và ₫ § ½ ² ≥ ≤ ± × ÷",
    "Đường dẫn https://vi.wikipedia.org/wiki/B%C3%ACnh?a=1&b=2#c và thư điện tử a.b@c.gov.vn",
]


def test_hard_text_survives(drawn: Drawer) -> None:
    long = " ".join(f"chữ{number:04}" for number in range(1, 1251))  # 10.000 characters
    texts = [*HARD, long]
    blocks = [Paragraph(runs(text)) for text in texts]
    cells = Table((Column("Một", 80), Column("Hai", 80)), tuple(Row((runs(text), runs(text))) for text in HARD))
    data = plan(*blocks, cells, Paragraph(runs("Hết./.")))
    document = docx.Document(io.BytesIO(data))
    inside = [par.text.replace("\u00a0", " ") for par in document.paragraphs]
    for text in texts:
        assert text in inside
    assert [cell.text for row in document.tables[1].rows[1:] for cell in row.cells] == [t for t in HARD for _ in "ab"]
    text = without_numbers(drawn({"kho": data})["kho"])
    for hard in texts:
        assert squeezed(hard).replace("\u200f", "") in text.replace("\u200f", ""), hard
    assert squeezed(MOTTO) in text
