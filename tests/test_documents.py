"""The documents of plans/ as text, held against snapshots; and the rules of order that every document keeps."""

from __future__ import annotations

import zipfile
from pathlib import Path

import docx
import pytest

from bdg_cli import entry

TRA_VINH = "tra-vinh-2023-2025"
CASES = [
    pytest.param(["render-plan", TRA_VINH], "ke-hoach-tra-vinh", id="plan"),
    pytest.param(["render-plan", "bac-kan-2018"], "quyet-dinh-bac-kan", id="decision-before-2020"),
    pytest.param(["render-plan", "dak-nong-2023"], "cong-van-dak-nong", id="letter"),
    pytest.param(["render-plan", "hai-phong-2022"], "ke-hoach-hai-phong", id="plan-of-a-city"),
    pytest.param(["render-plan", "loc-binh-2024"], "ke-hoach-loc-binh", id="plan-of-a-district"),
    pytest.param(["render-plan", TRA_VINH, "--agency", "so-y-te-tra-vinh"], "trich-so-y-te-tra-vinh", id="extract"),
    pytest.param(["render-plan", "bac-kan-2018", "--annex"], "phu-luc-phan-cong-bac-kan", id="annex"),
    pytest.param(["render-plan", "bac-kan-2018", "--submission"], "to-trinh-bac-kan", id="submission"),
    pytest.param(["report", "--period", "2024", "--plan", "loc-binh-2024"], "bao-cao-loc-binh-2024", id="report-tasks"),
    pytest.param(
        ["report", "--period", "2024H1", "--plan", TRA_VINH], "bao-cao-tra-vinh-2024H1", id="report-half-year"
    ),
    pytest.param(["report", "--period", "2023", "--plan", TRA_VINH], "bao-cao-tra-vinh-2023", id="report-year-locked"),
    pytest.param(["report", "--period", "2024", "--plan", TRA_VINH], "bao-cao-tra-vinh-2024", id="report-year"),
    pytest.param(
        ["report", "--period", "2023-2025", "--plan", TRA_VINH], "bao-cao-tra-vinh-2023-2025", id="report-whole-plan"
    ),
    pytest.param(
        ["remind", "--period", "2024H1", "--plan", TRA_VINH, "--today", "2024-06-20"],
        "don-doc-tra-vinh-2024H1",
        id="reminder",
    ),
]


def bdg(monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    """Run the command in this process."""
    monkeypatch.setattr("sys.argv", ["bdg", *words])
    return entry.main()


@pytest.mark.parametrize("words, name", CASES)
def test_snapshot(
    words: list[str],
    name: str,
    top: Path,
    update: bool,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    code = bdg(monkeypatch, *words, "--repo", str(top / "plans"), "--format", "text")
    printed = capsys.readouterr().out
    assert code == 0
    snapshot = top / "tests" / "snapshots" / f"{name}.txt"
    if update:
        snapshot.write_text(printed, encoding="utf-8")
    assert printed == snapshot.read_text("utf-8"), "if the change is meant: python tasks.py docs"


@pytest.fixture
def made(top: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder with the documents of plans/."""
    for words, _ in ((["render-plan"], ""), (["report", "--period", "2024H1"], "")):
        assert bdg(monkeypatch, *words, "--repo", str(top / "plans"), "-o", str(tmp_path / "văn bản")) == 0
    return tmp_path / "văn bản"


def test_same_bytes_twice(made: Path, top: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    again = tmp_path / "lần hai"
    bdg(monkeypatch, "render-plan", "--repo", str(top / "plans"), "-o", str(again))
    bdg(monkeypatch, "report", "--period", "2024H1", "--repo", str(top / "plans"), "-o", str(again))
    names = sorted(path.name for path in made.iterdir())
    assert names == sorted(path.name for path in again.iterdir())
    for name in names:
        assert (made / name).read_bytes() == (again / name).read_bytes()


def test_parts_in_the_order_of_the_decree(made: Path) -> None:
    """NĐ 30/2020/NĐ-CP, Điều 8: motto, agency, number, place and date, type and subject, text, signer, recipients."""
    document = docx.Document(str(made / f"{TRA_VINH}.docx"))
    head, *_, end = document.tables
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in head.rows[0].cells[1].text
    assert "ỦY BAN" not in head.rows[0].cells[0].text.split("\n")[0]
    assert head.rows[1].cells[0].text.startswith("Số:")
    assert head.rows[1].cells[1].text.startswith("Trà Vinh, ngày")
    texts = [paragraph.text for paragraph in document.paragraphs if paragraph.text]
    assert texts[0] == "KẾ HOẠCH"
    assert sum(text.endswith("./.") for text in texts) == 1
    assert texts[-1].endswith("./.")
    left, right = end.rows[0].cells
    assert left.text.startswith("Nơi nhận:")
    assert left.text.endswith("- Lưu: VT, BVSTBPN.")
    assert right.text.strip().endswith("Nguyễn Văn Út")


def test_every_fact_of_the_plan_is_on_the_page(made: Path) -> None:
    text = "\n".join(paragraph.text for paragraph in docx.Document(str(made / f"{TRA_VINH}.docx")).paragraphs)
    text = text.replace("\u00a0", " ")
    for fact in (
        "2857/QĐ-UBND ngày 08/12/2021", "2857/QĐ-UBND ngày 30 tháng 8 năm 2021", "1567/QĐ-UBND ngày 30/12/2021",
        "778/QĐ-UBND ngày 26/4/2022", "178/QĐ-TTg ngày 28/02/2016", "21-CT/TW ngày 20/01/2018",
        "60%", "dưới 30%", "27%", "1,7 lần", "80%", "50%", "111 bé trai/100 bé gái", "42/100.000 trẻ sinh sống",
        "18/1.000 phụ nữ", "40%", "90%", "khoảng 85%", "04 tin, bài", "15/11 đến ngày 15/12/2022",
        "mục tiêu 1 của Kế hoạch này", "chỉ tiêu 3 của mục tiêu 2", "chỉ tiêu 1 của mục tiêu 3",
    ):  # fmt: skip
        assert fact in text, fact


def test_letter(made: Path) -> None:
    """NĐ 30/2020/NĐ-CP, Mẫu 1.5: no name of a kind, V/v under the number, Kính gửi answered by Như trên."""
    document = docx.Document(str(made / "dak-nong-2023.docx"))
    head, *_, end = document.tables
    assert "V/v triển khai công tác bình đẳng giới năm 2023" in head.rows[1].cells[0].text
    texts = [paragraph.text for paragraph in document.paragraphs if paragraph.text]
    assert texts[0] == "Kính gửi:"
    assert texts[1].endswith(";")
    assert texts[2].endswith(".")
    assert end.rows[0].cells[0].text.split("\n")[1] == "- Như trên;"
    assert not any(text.isupper() for text in texts)


def test_decision_with_its_plan(made: Path) -> None:
    """NĐ 30/2020/NĐ-CP, Mẫu 1.3; the plan of a decision issued before the decree keeps its signature."""
    document = docx.Document(str(made / "bac-kan-2018.docx"))
    texts = [paragraph.text.replace("\u00a0", " ") for paragraph in document.paragraphs if paragraph.text]
    order = ["QUYẾT ĐỊNH", "ỦY BAN NHÂN DÂN TỈNH BẮC KẠN", "QUYẾT ĐỊNH:", "KẾ HOẠCH"]
    assert [text for text in texts if text in order] == order
    basis = [text for text in texts if text.startswith(("Căn cứ", "Theo đề nghị"))]
    assert len(basis) == 5
    assert all(text.endswith(";") for text in basis[:-1])
    assert basis[-1].endswith(".")
    assert "(Kèm theo Quyết định số 415/QĐ-UBND ngày 19 tháng 3 năm 2018 của Ủy ban nhân dân tỉnh Bắc Kạn)" in texts
    assert sum(text.endswith("./.") for text in texts) == 2
    assert sum("Phạm Duy Hưng" in cell.text for table in document.tables for cell in table.rows[-1].cells) == 2
    assert len(document.sections) == 2


def test_annexes_of_the_report(made: Path) -> None:
    """Results, tasks, those who have not sent, restated figures: each with a label that the text points to."""
    document = docx.Document(str(made / f"{TRA_VINH}-bao-cao-2024H1.docx"))
    _, _, results, tasks, unsent, restated = document.tables
    header = [cell.text for cell in results.rows[0].cells]
    assert header == [
        "TT", "Mục tiêu, chỉ tiêu", "Đơn vị tính", "Mục tiêu đến 2025", "Kế hoạch năm 2024", "Cùng kỳ năm trước",
        "Kết quả kỳ trước", "Kết quả kỳ báo cáo", "Đánh giá", "Cơ quan báo cáo", "Ghi chú",
    ]  # fmt: skip
    rows = {row.cells[0].text: [cell.text for cell in row.cells] for row in results.rows}
    assert rows["6.1"][3:9] == ["≥ 60", "–", "58,3", "59,95 (năm\u00a02023)", "60,5*", "Vượt"]
    assert rows["3.3a"][7:9] == ["không phát sinh", "Không phát sinh"]
    assert rows["2.1"][9] == "Chưa phân công"
    assert rows["3.1"][9] == "Sở VHTTDL và Cục Thống kê"
    told = [[cell.text.replace("\u00a0", " ") for cell in row.cells] for row in tasks.rows]
    assert [told[11][0], told[11][2]] == ["8", "Đang thực hiện"]
    assert told[11][3].startswith("Đã rà soát quy hoạch cán bộ nữ")
    assert told[10][0] == "Sở Nội vụ (đã gửi báo cáo ngày 12/6/2024)"
    assert [cell.text for cell in unsent.rows[1].cells] == [
        "1", "Sở Kế hoạch và Đầu tư", "Kết quả chỉ tiêu 2.3", "18/6/2024",
    ]  # fmt: skip
    assert [cell.text for cell in restated.rows[1].cells][2:6] == ["Năm 2023", "08/BC-BVSTBPN", "48%", "48,2%"]
    texts = [paragraph.text for paragraph in document.paragraphs]
    for label in ("Phụ lục I", "Phụ lục II", "Phụ lục III", "Phụ lục IV"):
        assert label in texts
        assert any(f"(chi tiết tại {label})" in text.replace("\u00a0", " ") for text in texts), label
    assert [section.orientation for section in document.sections] == [0, 1, 1, 0, 1]
    assert sum(text.endswith("./.") for text in texts) == 5
    assert any("số liệu minh họa" in text for text in texts)


def test_a_file_edited_by_hand_is_not_overwritten(
    made: Path, top: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    target = made / f"{TRA_VINH}.docx"
    document = docx.Document(str(target))
    document.paragraphs[3].add_run(" (sửa tay)")
    document.save(str(target))
    edited = target.read_bytes()
    words = ("render-plan", "--repo", str(top / "plans"), "-o", str(made))
    assert bdg(monkeypatch, *words) == 1
    assert target.read_bytes() == edited
    assert "--force" in capsys.readouterr().out
    assert bdg(monkeypatch, *words, "--force") == 0
    assert target.read_bytes() != edited


def test_provenance(made: Path) -> None:
    with zipfile.ZipFile(made / f"{TRA_VINH}.docx") as package:
        custom = package.read("docProps/custom.xml").decode()
        origins = package.read("customXml/bdgOrigins.xml").decode()
    assert f"<vt:lpwstr>{TRA_VINH}</vt:lpwstr>" in custom
    assert 'name="bdg-inputs"' in custom
    assert f"{TRA_VINH}/plan.yaml#opening" in origins
    assert f"{TRA_VINH}/targets.yaml#objectives/2/targets/2.3/text" in origins
