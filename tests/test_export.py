"""`bdg export`: tables as CSV and Excel, and a plan that is edited in Excel and collected as edits of its YAML."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from bdg_cli.data.guard import guarded, unguarded
from bdg_cli.documents.seal import is_ours
from bdg_cli.workbooks.tables import RESULTS, TARGETS, Table
from tests.exchange import ASSIGNMENTS, Office, Workbook, files, write
from tests.exchange import TARGETS as TARGETS_YAML

TARGET_SHEET, TASK_SHEET = "Chỉ tiêu", "Phân công"


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Office:
    """A repository whose plan is a draft: it may be edited."""
    return Office(tmp_path, monkeypatch, capsys, status="draft")


def table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def book(office: Office) -> Workbook:
    """The plan's workbook, opened."""
    path = office.out / "demo.xlsx"
    assert office.run("export", "--plan", "demo", "--format", "xlsx", "-o", str(path), "--force") == 0
    return Workbook(path)


# ---------------------------------------------------------------------------------------------- tables


def test_targets_as_csv(office: Office) -> None:
    assert office.run("export") == 0
    rows = table(office.said)
    assert tuple(rows[0]) == TARGETS.keys
    assert [row["measure"] for row in rows] == ["1.1", "2.1a", "2.1b", "2.2"]
    assert rows[0]["text"] == "Phấn đấu 60% cơ quan có lãnh đạo chủ chốt là nữ."
    assert (rows[0]["owners"], rows[2]["sources"]) == ("so-noi-vu-mau", "so-y-te-mau")
    assert (rows[2]["op"], rows[2]["value"], rows[2]["baseline"], rows[2]["baseline_period"]) == (
        "<=", "1.7", "1.84", "2023",
    )  # fmt: skip
    assert (rows[0]["path"], rows[0]["line"]) == ("demo/targets.yaml", "8")


@pytest.mark.parametrize("known", [TARGETS, RESULTS], ids=lambda known: known.title)
def test_every_column_is_documented(known: Table, top: Path) -> None:
    pages = (top / "docs" / "excel.md").read_text("utf-8")
    name = "`targets`:" if known is TARGETS else "`results`:"
    page = pages[pages.index(name) :].split("\n\n", 1)[0]
    assert [key for key in known.keys if f"`{key}`" not in page] == []


def test_results_as_csv_of_one_period_or_of_all(office: Office) -> None:
    assert office.run("export", "--what", "results", "--period", "2024H1") == 0
    rows = table(office.said)
    assert tuple(rows[0]) == RESULTS.keys
    first = rows[0]
    assert (first["numerator"], first["denominator"], first["value"], first["unit"]) == ("18", "31", "58.1", "%")
    assert (first["vintage"], first["estimate"], first["verdict"], first["line"]) == (
        "estimate", "true", "not-due-yet", "4",
    )  # fmt: skip
    assert office.run("export", "--what", "results") == 0
    assert {row["period"] for row in table(office.said)} == {"2024H1"}


def test_a_value_keeps_the_decimals_that_its_verdict_needs(office: Office) -> None:
    write(office.repo, "data/2024.csv", office.text("data/2024.csv") + "cl-1-1,tra-vinh,2024,,,1199,2000,,,,,,x,,\n")
    assert office.run("export", "--what", "results", "--period", "2024") == 0
    assert table(office.said)[0]["value"] == "59.95"


def test_a_plan_without_results_gives_an_empty_table(office: Office) -> None:
    assert office.run("export", "--what", "results", "--period", "2031") == 0
    assert office.said == ",".join(RESULTS.keys) + "\n"


def test_no_cell_of_a_csv_is_a_formula(office: Office) -> None:
    write(office.repo, "demo/targets.yaml", TARGETS_YAML.replace("text: Đưa nội dung", 'text: "=1+1 Đưa nội dung') + "")
    text = office.text("demo/targets.yaml").replace("chương trình giảng dạy.\n", 'chương trình giảng dạy."\n')
    write(office.repo, "demo/targets.yaml", text)
    assert office.run("export") == 0
    rows = table(office.said)
    assert rows[3]["text"].startswith("'=1+1")
    assert not [
        value for row in rows for key, value in row.items() if key != "op" and value[:1] in {"=", "+", "-", "@"}
    ]


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@x", "\tx", "'=1", "''x", "'x", "x", "", "'"])
def test_guarded_text_comes_back(text: str) -> None:
    assert unguarded(guarded(text)) == text
    assert guarded(text)[:1] not in {"=", "+", "-", "@", "\t"}


def test_files_of_others_are_not_written_over(office: Office) -> None:
    path = office.out / "bang.csv"
    assert office.run("export", "-o", str(path)) == 0
    assert office.run("export", "-o", str(path)) == 0  # the same table
    path.write_text("của tôi", encoding="utf-8")
    assert office.run("export", "-o", str(path)) == 1
    assert path.read_text("utf-8") == "của tôi"
    assert office.run("export", "-o", str(path), "--force") == 0


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--format", "ods"), "csv, xlsx"),
        (("--what", "tasks"), "targets, results"),
        (("--plan", "dem"), "có phải “demo”?"),
        (("--period", "2024X"), "không phải kỳ"),
    ],
)
def test_wrong_use(office: Office, words: tuple[str, ...], told: str) -> None:
    assert office.run("export", *words) == 2
    assert told in office.told


def test_several_plans_are_a_workbook_to_be_read(office: Office) -> None:
    path = office.out / "x.xlsx"
    assert office.run("export", "--format", "xlsx", "-o", str(path)) == 0
    read = openpyxl.load_workbook(path)
    assert read.sheetnames == ["Chỉ tiêu", "Kết quả"]
    heads = [cell.value for cell in read["Kết quả"][2]][1:]
    row = dict(zip(heads, [cell.value for cell in read["Kết quả"][3]][1:], strict=True))
    assert (row["Kết quả"], row["Đánh giá"], row["Độ chính thức"]) == (58.1, "chưa đến hạn", "ước")
    assert read["Kết quả"].auto_filter.ref
    assert is_ours(path)


def test_one_table_of_a_workbook(office: Office) -> None:
    path = office.out / "x.xlsx"
    words = ("export", "--format", "xlsx", "-o", str(path), "--force")
    assert office.run(*words, "--plan", "demo", "--what", "results") == 0
    assert openpyxl.load_workbook(path).sheetnames == ["Kết quả"]
    assert office.run(*words, "--plan", "demo", "--what", "targets") == 0
    assert openpyxl.load_workbook(path).sheetnames == ["Chỉ tiêu", "Phân công", "Cơ quan", "_bdg"]
    assert office.run(*words, "--what", "targets") == 0
    assert openpyxl.load_workbook(path).sheetnames == ["Chỉ tiêu"]


def test_the_national_strategy_can_be_exported(office: Office) -> None:
    assert office.run("export", "--plan", "clqg-bdg-2021-2030") == 0
    assert len(table(office.said)) > 20


# ---------------------------------------------------------------------------------------------- round trip


def test_an_unchanged_workbook_changes_nothing(office: Office) -> None:
    before = files(office.repo)
    assert office.collect(book(office), "--apply") == 0
    assert "Không có gì mới để ghi." in office.said
    assert files(office.repo) == before


def test_the_same_plan_gives_the_same_bytes(office: Office) -> None:
    book(office)
    assert office.run("export", "--plan", "demo", "--format", "xlsx", "-o", str(office.out / "demo.xlsx")) == 0
    assert "không đổi" in office.said


def test_only_what_changed_is_edited(office: Office) -> None:
    made = book(office)
    made.put(TARGET_SHEET, "2.1b", value="1,65", due="2025")
    made.put(TARGET_SHEET, "1.1", op="> (trên)")
    made.put(TARGET_SHEET, "1.1", text="Phấn đấu trên {{ value }} cơ quan có lãnh đạo chủ chốt là nữ.")
    made.put(TASK_SHEET, "Tham mưu công tác", deadline="15/11/2024", partners="so-y-te-mau")
    assert office.collect(made, "--apply") == 0
    assert office.text("demo/targets.yaml") == (
        TARGETS_YAML.replace('op: ">="\n            value: 60', 'op: ">"\n            value: 60')
        .replace("Phấn đấu {{", "Phấn đấu trên {{")
        .replace("value: 1.7\n", "value: 1.65\n")
        .replace("period: 2023}\n", "period: 2023}\n            due: 2025\n")
    )
    assert office.text("demo/assignments.yaml") == ASSIGNMENTS.replace(
        "deadline: 2024-11\n", "deadline: 2024-11-15\n        partners: [so-y-te-mau]\n"
    )
    assert '-            op: ">="\n' in office.said
    assert '+            op: ">"\n' in office.said
    before = files(office.repo)
    assert office.collect(made, "--apply") == 0
    assert "giữ nguyên: 6 mục" in office.said
    assert files(office.repo) == before


def test_long_prose_keeps_its_block_and_is_wrapped(office: Office) -> None:
    made = book(office)
    cell = made.cell(TASK_SHEET, "Tham mưu công tác", "text")
    cell.value = cell.value.replace(
        "tổng hợp kết quả thực hiện", "tổng hợp kết quả thực hiện - kể cả ở cấp xã - mỗi quý"
    )
    assert office.collect(made, "--apply") == 0
    text = office.text("demo/assignments.yaml")
    assert "      - text: |\n          Tham mưu công tác cán bộ nữ;" in text
    assert max(map(len, text.splitlines())) <= 100
    assert not any(line.lstrip().startswith("- kể cả") for line in text.splitlines())
    assert office.run("validate", "--select", "TP") == 0


def test_a_cell_that_is_emptied_takes_its_key_away(office: Office) -> None:
    made = book(office)
    made.put(TARGET_SHEET, "1.1", due=None)
    made.put(TARGET_SHEET, "2.1b", baseline=None, baseline_period=None)
    made.put(TASK_SHEET, "=1+1 là dòng", product=None)
    assert office.collect(made, "--apply") == 0
    assert office.text("demo/targets.yaml") == TARGETS_YAML.replace("            due: 2024\n", "").replace(
        "            baseline: {value: 1.84, period: 2023}\n", ""
    )
    assert "product" not in office.text("demo/assignments.yaml")


def test_a_baseline_comes_and_goes_whole(office: Office) -> None:
    made = book(office)
    made.put(TARGET_SHEET, "1.1", baseline="55,5", baseline_period="2022")
    assert office.collect(made, "--apply") == 0
    assert "            baseline:\n              value: 55.5\n              period: 2022\n" in office.text(
        "demo/targets.yaml"
    )
    half = book(office)
    half.put(TARGET_SHEET, "2.1a", baseline="55,5")
    half.put(TARGET_SHEET, "2.1b", baseline=None)
    assert office.collect(half, "--apply") == 1
    assert office.said.count("phải có cả hai") == 2


def test_rows_are_added_behind_those_of_their_kind(office: Office) -> None:
    made = book(office)
    below = {"objective": "1", "target": "1.2", "measure": "1.2"}
    words = "Có {{ value }} xã có nữ lãnh đạo."
    made.put(TARGET_SHEET, "Thêm mới", 1, **below, text=words, indicator="cl-1-1", op="≥ (đạt)", value=70, unit="%")
    made.put(TARGET_SHEET, "Thêm mới", 2, target="2.1", measure="2.1c", op="≥", value="1.234,5", unit="người")
    made.put(TASK_SHEET, "Thêm mới", 1, agency="so-y-te-mau", text="Việc mới", deadline="15/11 hằng năm")
    made.put(TASK_SHEET, "Thêm mới", 2, agency="so-ldtbxh-mau", text="- Bắt đầu bằng gạch")
    assert office.collect(made, "--apply") == 0
    targets, tasks = office.text("demo/targets.yaml"), office.text("demo/assignments.yaml")
    assert (
        '            due: 2024\n      - id: "1.2"\n        text: Có {{ value }} xã có nữ lãnh đạo.\n        measures:\n'
        '          - id: "1.2"\n            indicator: cl-1-1\n            op: ">="\n            value: 70\n'
        '            unit: "%"\n  - id: "2"\n'
    ) in targets
    assert (
        '            baseline: {value: 1.84, period: 2023}\n          - id: "2.1c"\n            op: ">="\n'
        "            value: 1234.5\n            unit: người\n"
    ) in targets
    assert "giới tính khi sinh.\n      - text: Việc mới\n        deadline: 11-15\n    answers_for:" in tasks
    assert tasks.endswith('  - agency: so-ldtbxh-mau\n    tasks:\n      - text: "- Bắt đầu bằng gạch"\n')
    before = files(office.repo)
    assert office.collect(made, "--apply") == 0
    assert files(office.repo) == before


@pytest.mark.parametrize(
    ("sheet", "values", "told"),
    [
        (TARGET_SHEET, {"measure": "1.3"}, "cần có mã chỉ tiêu"),
        (TARGET_SHEET, {"target": "1.3", "measure": "1.3"}, "cần có lời văn"),
        (TARGET_SHEET, {"target": "9.1", "measure": "9.1", "text": "x"}, "không có mục tiêu 9"),
        (TARGET_SHEET, {"target": "1.1", "measure": "2.1a"}, "mã 2.1a đã có"),
        (TARGET_SHEET, {"target": "1.1", "measure": "1.1", "value": 5}, "đã có trong kho với giá trị “60”"),
        (TARGET_SHEET, {"target": "a.b", "measure": "1.4"}, "không phải mã"),
        (
            TARGET_SHEET,
            {"target": "1.1", "measure": "1.1b", "indicator": "cl-1-2"},
            "không có chỉ tiêu thống kê nào mang mã “cl-1-2”; có phải",
        ),
        (TARGET_SHEET, {"target": "1.1", "measure": "1.1b", "baseline": 5}, "phải có cả hai"),
        (TASK_SHEET, {"text": "Việc"}, "cần có mã cơ quan"),
        (TASK_SHEET, {"agency": "so-y-te"}, "cần có nội dung"),
        (TASK_SHEET, {"agency": "so-y-te-mu", "text": "Việc"}, "có phải “so-y-te-mau”?"),
    ],
)
def test_added_rows_that_are_not_whole(office: Office, sheet: str, values: dict[str, Any], told: str) -> None:
    made = book(office)
    where = made.put(sheet, "Thêm mới", 1, **values)
    before = files(office.repo)
    assert office.collect(made, "--apply") == 1
    assert told in " ".join(office.said.split())
    assert f"từ chối  {where.split('!')[0]}!" in office.said
    assert files(office.repo) == before


@pytest.mark.parametrize(
    ("sheet", "row", "values", "told"),
    [
        (TARGET_SHEET, "1.1", {"value": "nhiều"}, "không phải số"),
        (TARGET_SHEET, "1.1", {"due": "hai nghìn"}, "không phải số"),
        (TARGET_SHEET, "1.1", {"due": 20245}, "không phải năm"),
        (TARGET_SHEET, "1.1", {"op": "gần"}, "hãy chọn một trong"),
        (TARGET_SHEET, "1.1", {"text": None}, "không để trống được"),
        (TARGET_SHEET, "1.1", {"text": "Đạt {{ value } cơ quan"}, "{{ … }} viết hỏng"),
        (TARGET_SHEET, "2.1b", {"baseline_period": "năm ngoái"}, "không phải kỳ"),
        (TARGET_SHEET, "2.1b", {"text": "chữ"}, "dòng đầu của chỉ tiêu"),
        (TASK_SHEET, "Tham mưu", {"deadline": "cuối năm"}, "không phải thời hạn"),
        (TASK_SHEET, "Tham mưu", {"deadline": "31/02/2024"}, "không phải thời hạn"),
        (TASK_SHEET, "Tham mưu", {"partners": "so-y-te-mu"}, "có phải “so-y-te-mau”?"),
    ],
)
def test_edits_that_cannot_be_taken(office: Office, sheet: str, row: str, values: dict[str, Any], told: str) -> None:
    made = book(office)
    where = made.put(sheet, row, **values)
    before = files(office.repo)
    assert office.collect(made, "--apply") == 1
    assert f"từ chối  {where} " in office.said
    assert told in " ".join(office.said.split())
    assert files(office.repo) == before


def test_an_edit_over_somebody_else_s_is_refused(office: Office) -> None:
    made = book(office)
    made.put(TARGET_SHEET, "1.1", value=65)
    write(office.repo, "demo/targets.yaml", TARGETS_YAML.replace("value: 60", "value: 62"))
    assert office.collect(made, "--apply") == 1
    assert "trong kho nay là “62”, khi xuất là “60”" in office.said
    assert "value: 62" in office.text("demo/targets.yaml")


def test_measures_and_tasks_are_found_where_they_are_now(office: Office) -> None:
    made = book(office)
    made.put(TARGET_SHEET, "2.2", evidence="Quyết định ban hành chương trình")
    made.put(TASK_SHEET, "Kiểm soát mất cân bằng", product="Báo cáo")
    head, one, two = TARGETS_YAML.partition('  - id: "2"\n')
    first, rest = head.split("objectives:\n")[1], one + two
    write(office.repo, "demo/targets.yaml", f"objectives:\n{rest}{first}")
    duties = ASSIGNMENTS.replace(
        "duties:\n", "duties:\n  - agency: so-ldtbxh-mau\n    tasks:\n      - text: Việc khác.\n"
    )
    write(office.repo, "demo/assignments.yaml", duties)
    assert office.collect(made, "--apply") == 0
    assert "evidence: Quyết định ban hành chương trình" in office.text("demo/targets.yaml")
    assert "khi sinh.\n        product: Báo cáo\n" in office.text("demo/assignments.yaml")


def test_deleted_rows_are_refused(office: Office) -> None:
    made = book(office)
    for title in (TARGET_SHEET, TASK_SHEET):
        made.unmerge(title)
    made.sheet(TARGET_SHEET).delete_rows(made.row(TARGET_SHEET, "2.1b"))
    made.sheet(TASK_SHEET).delete_rows(made.row(TASK_SHEET, "Kiểm soát mất cân bằng"))
    before = files(office.repo)
    assert office.collect(made, "--apply") == 1
    said = " ".join(office.said.split())
    assert "dòng của số đo 2.1b đã bị xóa" in said
    assert "dòng của nhiệm vụ “Kiểm soát mất cân bằng giới tính khi…” của so-y-te-mau đã bị xóa" in said
    assert files(office.repo) == before


def test_an_issued_plan_is_not_edited(office: Office) -> None:
    made = book(office)
    made.put(TARGET_SHEET, "1.1", value=50)
    plan = office.text("demo/plan.yaml").replace("status: draft", "status: issued")
    write(office.repo, "demo/plan.yaml", plan)
    before = files(office.repo)
    assert office.collect(made, "--apply") == 1
    assert "kế hoạch đã ban hành nên không sửa bằng Excel" in office.said
    assert "amended_by" in office.said
    assert files(office.repo) == before
    locked = book(office)
    assert locked.cell(TARGET_SHEET, "1.1", "value").protection.locked


def test_a_workbook_saved_by_libreoffice(office: Office, tmp_path: Path) -> None:
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not installed")
    made = book(office)
    made.put(TARGET_SHEET, "1.1", value="65,5")
    path = made.save(office.out / "edited.xlsx")
    saved = tmp_path / "saved"
    command = [
        "soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/profile", "--convert-to",
        "xlsx:Calc MS Excel 2007 XML", "--outdir", str(saved), str(path),
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    assert office.collect(saved / "edited.xlsx", "--apply") == 0, office.said
    assert office.text("demo/targets.yaml") == TARGETS_YAML.replace("value: 60", "value: 65.5")


def test_the_workbook_looks_up_agencies(office: Office) -> None:
    made = book(office)
    listed = [cell.value for cell in made.sheet("Cơ quan")["B"]]
    assert "so-noi-vu-mau" in listed
    validations = made.sheet(TASK_SHEET).data_validations.dataValidation
    assert any(one.formula1 == f"'Cơ quan'!$B$3:$B${len(listed)}" for one in validations)


def test_every_plan_that_comes_with_bdg_goes_out_and_back_unchanged(office: Office, top: Path, tmp_path: Path) -> None:
    repo = tmp_path / "plans"
    shutil.copytree(top / "plans", repo)
    for path in sorted(repo.glob("*/plan.yaml")):
        path.write_text(path.read_text("utf-8").replace("status: issued", "status: draft"), encoding="utf-8")
        name = path.parent.name
        out = tmp_path / f"{name}.xlsx"
        assert office.run("export", "--repo", str(repo), "--plan", name, "--format", "xlsx", "-o", str(out)) == 0
        before = files(repo)
        assert office.run("collect", str(out), "--repo", str(repo), "--apply") == 0, office.said
        assert "Không có gì mới để ghi." in office.said
        assert files(repo) == before
