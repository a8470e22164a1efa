"""The sheet for the person who signs: places in words of an office, who accepted what, two pages at most."""

from __future__ import annotations

import re
import shutil
import subprocess
from datetime import date
from pathlib import Path

import docx
import pytest

from bdg_cli import entry
from bdg_cli.documents import check_sheet, docx_writer, wording
from bdg_cli.documents.check_sheet import AcceptedPoint, Checked, Point
from bdg_cli.documents.model import Document, Heading, Paragraph, Runs, Table, Title
from bdg_cli.documents.whereabouts import WHOLE, whereabouts
from bdg_cli.findings import Place
from bdg_cli.load import shipped_registry
from bdg_cli.validation import Outcome, validate
from bdg_cli.workshop import Workshop
from tests.pages import MINIMAL

TODAY = "2026-11-23"
PLANS = Path(__file__).parents[1] / "plans"
CHECKED = Checked(
    "demo", "Kế hoạch", "12/KH-UBND", "Thực hiện công tác bình đẳng giới", "dự thảo", date(2026, 11, 23), "1"
)


# ------------------------------------------------------------------------------ places in words


@pytest.fixture(scope="module")
def outcome() -> Outcome:
    return validate(str(PLANS), TODAY, use_cache=False, baseline=False)


def test_every_finding_has_a_place_in_words(outcome: Outcome) -> None:
    shop = Workshop(outcome.layout, TODAY)
    said = set()
    for finding in outcome.findings:
        if finding.plan is None:
            continue
        words = whereabouts(shop.plan(finding.plan).plan, shop.registry, finding.place)
        assert words[0].isupper()
        assert not re.search(r"yaml|dòng \d|[a-z]_[a-z]|\bnone\b", words), words
        said.add(words)
    assert {
        "Số", "Ngày ban hành", "Nơi nhận", "Chế độ báo cáo (6 tháng)", "Mục tiêu 5", "Mục tiêu 2, chỉ tiêu 2.1", WHOLE,
        "Mục I.2 “Yêu cầu”", "Phân công cho Sở Y tế, chịu trách nhiệm",
    } <= said  # fmt: skip


def place_of(plan_id: str, path: str, needle: str) -> str:
    shop = Workshop(validate(str(PLANS), TODAY, use_cache=False).layout, TODAY)
    loaded = shop.plan(plan_id)
    source = loaded.sources[f"{plan_id}/{path}"]
    start = source.text.index(needle)
    return whereabouts(loaded.plan, shop.registry, source.place(start, start + len(needle)))


@pytest.mark.parametrize(
    ("plan", "path", "needle", "words"),
    [
        ("tra-vinh-2023-2025", "targets.yaml", 'id: "3.3b"', "Mục tiêu 3, chỉ tiêu 3.3, số đo 3.3b"),
        ("tra-vinh-2023-2025", "targets.yaml", "value: 50", "Mục tiêu 2, chỉ tiêu 2.1, giá trị"),
        ("bac-kan-2018", "plan.yaml", "articles:", "Điều"),
        ("bac-kan-2018", "plan.yaml", "attached:", "Văn bản kèm theo"),
        ("tra-vinh-2023-2025", "plan.yaml", "issuer:", "Cơ quan ban hành"),
    ],
)
def test_places_by_kind(plan: str, path: str, needle: str, words: str) -> None:
    assert place_of(plan, path, needle) == words


def test_a_place_nobody_can_name_is_a_file_and_a_line() -> None:
    assert whereabouts(None, shipped_registry(), Place("demo/plan.yaml", 7, 1)) == "Tệp demo/plan.yaml, dòng 7"


# ------------------------------------------------------------------------------ the sheet


def points(count: int, severity: str = "error") -> tuple[Point, ...]:
    return tuple(
        Point(
            severity, f"CC{100 + number % 9}", "Một văn bản, hai ngày", f"Mục II.{number} “Phối hợp thực hiện”",
            f"`2857/QĐ-UBND` ở đây ghi ngày 30 tháng 8 năm 2021, nơi khác ghi ngày {number} tháng 12 năm 2021",
            "mở bản gốc của văn bản được dẫn, sửa ngày sai; nên ghi văn bản vào registry/acts.yaml một lần.",
        )
        for number in range(1, count + 1)
    )  # fmt: skip


def accepted(count: int, owner: str = "Văn thư", until: str = "permanent") -> tuple[AcceptedPoint, ...]:
    return tuple(
        AcceptedPoint("VB101", "Thiếu số", f"Mục {number}", "chưa có số", "bản lưu không ghi số", owner, until)
        for number in range(1, count + 1)
    )


def made(
    open_ones: tuple[Point, ...] = (), granted: tuple[AcceptedPoint, ...] = (), unread: tuple[str, ...] = (),
    shared: int = 0, checked: Checked = CHECKED,
) -> Document:  # fmt: skip
    return check_sheet.build(checked, open_ones, granted, unread, shared, str(PLANS), {})


def text_of(document: Document) -> str:
    """All words of a document, tables cell by cell."""
    said: list[str] = []
    for block in document.blocks:
        match block:
            case Title(kind, subject):
                said += [kind, joined(subject)]
            case Heading(_, number, runs):
                said += [number, joined(runs)]
            case Paragraph(runs):
                said.append(joined(runs))
            case Table(_, rows, note):
                said += [joined(cell) for row in rows for cell in row.cells] + [joined(note)]
    return " ".join(" ".join(said).replace("\u00a0", " ").split())


def joined(runs: Runs) -> str:
    return "".join(run.text for run in runs)


def test_says_how_the_document_stands() -> None:
    text = text_of(made((*points(3), *points(1, "warning")), accepted(2)))
    assert "còn 03 lỗi phải sửa" in text
    assert "ngoài ra có 01 cảnh báo cần xem lại; 02 điểm đã được chấp nhận." in text
    assert "Người chấp nhận: Văn thư, không thời hạn." in text
    assert "`" not in text
    clean = text_of(made())
    assert "Văn bản không còn lỗi nào phải sửa trước khi ký." in clean
    assert "I." not in clean.split("trước khi ký.")[1]


def test_says_who_accepted_what_until_when() -> None:
    granted = (*accepted(1), *accepted(1, "Sở Nội vụ", "2026-12-31"), *accepted(1, "", ""))
    text = text_of(made((), granted))
    assert "Văn thư, không thời hạn" in text
    (table,) = (block for block in made((), granted).blocks if isinstance(block, Table))
    said = [joined(row.cells[-1]).replace("\u00a0", " ") for row in table.rows]
    assert said == ["Văn thư, không thời hạn", "Sở Nội vụ, đến hết ngày 31/12/2026", "theo chú thích trong tệp"]


def test_says_what_was_not_checked() -> None:
    text = text_of(
        made(unread=("demo/targets.yaml",), shared=2, checked=Checked("demo", "", "", "", "", date.today(), "1"))
    )
    assert "Chưa kiểm tra hết: demo/targets.yaml không đọc được" in text
    assert "còn 02 lỗi" in text
    assert "Văn bản “demo”, chưa đọc được" in text


def test_a_rule_and_its_way_out_are_told_once() -> None:
    text = text_of(made(points(20)))
    assert text.count("(CC101)") == 1


def test_what_a_plan_says_is_no_template_and_no_markup() -> None:
    one = Point("error", "CC101", "{{ 7*7 }}", "**đậm** {{ x }}", "*nghiêng* {% if %} <b>", '{{ cite("mã") }}')
    text = text_of(made((one,)))
    for words in ("{{ 7*7 }}", "**đậm** {{ x }}", "*nghiêng* {% if %} <b>", '{{ cite("mã") }}'):
        assert words in text


@pytest.mark.parametrize(
    ("errors", "warnings", "granted"),
    [(200, 0, 0), (200, 200, 200), (0, 0, 200), (3, 200, 1), (14, 9, 0)],
)
def test_two_pages_at_most_and_the_rest_is_counted(errors: int, warnings: int, granted: int, tmp_path: Path) -> None:
    document = made((*points(errors), *points(warnings, "warning")), accepted(granted))
    tables = [block for block in document.blocks if isinstance(block, Table)]
    shown = sum(len(table.rows) for table in tables)
    text = text_of(document)
    left = sum(int(number) for number in re.findall(r"Còn (\d+) mục nữa", text))
    assert shown + left == errors + warnings + granted
    if granted:
        assert "bản lưu không ghi số" in text, "what was accepted has its place however much is open"
    if not (shutil.which("soffice") and shutil.which("pdfinfo")):
        pytest.skip("LibreOffice or poppler is not installed")
    pages = pages_of(document, tmp_path)
    assert pages <= 2
    if left:
        assert pages == 2


def pages_of(document: Document, folder: Path) -> int:
    """How many pages LibreOffice makes of it."""
    (folder / "x.docx").write_bytes(docx_writer.write(document, wording.find("style.docx", None)))
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(folder / "x.docx")]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    told = subprocess.run(["pdfinfo", str(folder / "x.pdf")], check=True, capture_output=True).stdout.decode()
    match = re.search(r"Pages:\s+(\d+)", told)
    assert match
    return int(match[1])


# ------------------------------------------------------------------------------ the command


def bdg(monkeypatch: pytest.MonkeyPatch, folder: Path, *words: str) -> int:
    monkeypatch.chdir(folder)
    monkeypatch.setattr("sys.argv", ["bdg", *words])
    return entry.main()


@pytest.fixture
def plans(tmp_path: Path) -> Path:
    folder = tmp_path / "Kho của tỉnh"
    shutil.copytree(MINIMAL, folder)
    return folder


def words_in(path: Path) -> str:
    document = docx.Document(str(path))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return " ".join(" ".join([*(one.text for one in document.paragraphs), *cells]).split())


def test_writes_the_sheet_of_one_plan(
    plans: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    plan = plans / "demo/plan.yaml"
    plan.write_text(plan.read_text("utf-8").replace("number: 12", "number:"), "utf-8")
    assert bdg(monkeypatch, plans, "validate", "--docx", "demo", "--today", "2024-07-01") == 1
    assert "Đã ghi build/demo-kiem-tra.docx" in capsys.readouterr().out
    words = words_in(plans / "build/demo-kiem-tra.docx")
    assert "Đã ban hành mà thiếu số (VB101): văn bản đã ban hành nhưng chưa có số." in words
    assert bdg(monkeypatch, plans, "validate", "--docx", "demo", "--today", "2024-07-01", "--fail-on", "never") == 0
    assert "không đổi" in capsys.readouterr().out
    (plans / "baseline.yaml").write_text(
        "accepted:\n  - {code: VB101, path: demo/plan.yaml, reason: bản lưu, owner: Văn thư, until: permanent}\n",
        "utf-8",
    )
    assert bdg(monkeypatch, plans, "validate", "--docx", "demo", "--today", "2024-07-01", "-o", "ra") == 0
    words = words_in(plans / "ra/demo-kiem-tra.docx")
    assert "bản lưu" in words
    assert "Văn thư, không thời hạn" in words


def test_a_plan_that_cannot_be_read_has_a_sheet_too(plans: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (plans / "demo/targets.yaml").write_text("objectives: [\n", "utf-8")
    assert bdg(monkeypatch, plans, "validate", "--docx", "demo", "--today", "2024-07-01") == 1
    words = words_in(plans / "build/demo-kiem-tra.docx")
    assert "Tệp demo/targets.yaml, dòng 2" in words
    assert "Chưa kiểm tra hết: demo/targets.yaml" in words


@pytest.mark.parametrize(
    ("words", "told"),
    [
        pytest.param(["--docx", "demoo"], "có phải “demo”?", id="unknown-plan"),
        pytest.param(["--docx", "demo", "--format", "json"], "--docx in cả phiếu", id="with-a-format"),
        pytest.param(["--docx", "demo", "--select", "VB"], "--docx in cả phiếu", id="with-a-selection"),
        pytest.param(["--docx", "demo", "demo"], "--docx in cả phiếu", id="with-a-path"),
        pytest.param(["--docx", "demo", "--fail-on", "x"], "không có mức", id="unknown-level"),
    ],
)
def test_wrong_use(
    words: list[str], told: str, plans: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert bdg(monkeypatch, plans, "validate", *words) == 2
    assert told in capsys.readouterr().err
    assert not (plans / "build").exists()
