"""`bdg form`: what stands in the workbook an agency gets, and what Excel lets people type into it."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from bdg_cli.documents.seal import is_ours
from bdg_cli.workbooks import marks, reader
from bdg_cli.workbooks.model import HIDDEN
from tests.exchange import PERIOD, Office, files, write


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Office:
    """A repository whose forms go out."""
    return Office(tmp_path, monkeypatch, capsys)


def labels(sheet: Any) -> list[str]:
    """The texts of a sheet, without the hidden first column."""
    return [cell.value for row in sheet.iter_rows(min_col=2) for cell in row if isinstance(cell.value, str)]


def test_a_form_holds_what_its_agency_owns_or_supplies_and_its_tasks(office: Office) -> None:
    book = office.form()
    assert {cell for cell in labels(book.sheet("Số liệu")) if cell in {"1.1", "2.1a", "2.1b", "2.2"}} == {
        "1.1", "2.1a", "2.1b", "2.2",
    }  # fmt: skip
    tasks = "\n".join(labels(book.sheet("Nhiệm vụ")))
    assert "Tham mưu công tác cán bộ nữ" in tasks
    assert "Báo cáo kết quả theo quy định" in tasks  # through the group it belongs to
    assert "mất cân bằng giới tính" not in tasks
    other = office.form("so-y-te-mau")
    assert "2.1b" in labels(other.sheet("Số liệu"))
    assert "1.1" not in labels(other.sheet("Số liệu"))


def test_own_tasks_come_before_those_of_groups(office: Office) -> None:
    book = office.form()
    known = marks.read(reader.read((office.out / f"so-noi-vu-mau-{PERIOD}.xlsx").read_bytes()))
    tasks = [meaning["task"] for meaning in known.rows.values() if meaning["kind"] == "task"]
    assert tasks == ["1", "tap-huan", "3"]
    assert book.row("Nhiệm vụ", "Tham mưu công tác") < book.row("Nhiệm vụ", "Báo cáo kết quả theo quy định")


def test_counts_are_asked_by_sex_where_the_indicator_is_broken_down(office: Office) -> None:
    book = office.form()
    assert book.columns("Số liệu").keys() >= {"all", "female", "male", "unknown"}
    assert not book.cell("Số liệu", "2.1a", "female").protection.locked
    assert book.cell("Số liệu", "1.1", "female").protection.locked
    assert "female" not in office.form("so-y-te-mau").columns("Số liệu")


def test_previous_figures_are_shown_and_present_ones_filled_in(office: Office) -> None:
    book = office.form()
    sheet = book.sheet("Số liệu")
    row = book.row("Số liệu", "2.1a")
    assert [sheet.cell(row + step, 5).value for step in range(3)] == [79, 96, "82,29\n(2023H2)"]
    assert [sheet.cell(row + step, 6).value for step in range(3)] == [74, 92, "80,43\n(2023H1)"]
    assert (book.cell("Số liệu", "1.1", "all").value, book.cell("Số liệu", "1.1", "all", 1).value) == (18, 31)
    assert book.cell("Số liệu", "1.1", "vintage").value == "ước"
    assert book.cell("Số liệu", "2.1a", "all").value is None


def test_a_year_has_one_earlier_figure(office: Office) -> None:
    heads = [cell.value for cell in office.form(period="2024").sheet("Số liệu")[8]]
    assert heads[3:7] == ["Nội dung", "Kỳ trước", "Chung", "Nữ"]
    assert [cell.value for cell in office.form().sheet("Số liệu")[8]][4:7] == ["Kỳ trước", "Cùng kỳ năm trước", "Chung"]


def test_the_heading_says_which_days_and_until_when(office: Office) -> None:
    text = "\n".join(labels(office.form(period="2024").sheet("Số liệu")))
    assert "BIỂU SỐ LIỆU BÌNH ĐẲNG GIỚI NĂM 2024" in text
    assert "từ ngày 15/12/2023 đến hết ngày 14/12/2024" in text
    assert "“lịch thống kê” tính từ ngày 01/01/2024 đến hết ngày 31/12/2024" in text
    assert "chậm nhất ngày 19/12/2024" in text  # “trước ngày 20/12/2024”
    assert "số liệu minh họa" in text


def test_labels_are_locked_without_a_password_and_inputs_are_open(office: Office) -> None:
    book = office.form()
    for title in ("Số liệu", "Nhiệm vụ"):
        protection = book.sheet(title).protection
        assert protection.sheet
        assert not protection.password
    assert book.book.security.lockStructure
    assert book.cell("Số liệu", "2.1a", "all").protection.locked is False
    assert book.sheet("Số liệu").cell(book.row("Số liệu", "2.1a"), 3).protection.locked is True
    assert book.cell("Nhiệm vụ", "Tham mưu", "result").protection.locked is False
    assert book.sheet(HIDDEN).sheet_state == "hidden"


def test_excel_itself_checks_what_is_typed(office: Office) -> None:
    book = office.form()
    sheet = book.sheet("Số liệu")

    def rule(cell: Any) -> Any:
        return next(one for one in sheet.data_validations.dataValidation if cell.coordinate in one.sqref)

    upper, lower = book.cell("Số liệu", "2.1a", "all"), book.cell("Số liệu", "2.1a", "all", 1)
    assert (rule(upper).type, rule(upper).operator, rule(upper).formula1) == ("whole", "between", "0")
    assert rule(upper).formula2 == f"IF(ISNUMBER({lower.coordinate}),{lower.coordinate},1E+15)"
    assert rule(lower).formula1 == f"IF(ISNUMBER({upper.coordinate}),{upper.coordinate},0)"
    assert rule(upper).errorStyle == "stop"
    hours = book.cell("Số liệu", "2.1b", "all")
    assert (rule(hours).type, rule(hours).formula2) == ("decimal", "1E+15")  # hours of women may exceed those of men
    assert (
        rule(book.cell("Số liệu", "2.1a", "status")).formula1 == '"không phát sinh,chưa có số liệu,chưa đến kỳ công bố"'
    )
    assert rule(book.cell("Số liệu", "2.1a", "vintage")).formula1 == '"ước,sơ bộ,chính thức"'
    assert rule(book.cell("Số liệu", "2.2", "all")).formula1 == '"có,không"'
    tasks = book.sheet("Nhiệm vụ").data_validations.dataValidation
    assert [one.formula1 for one in tasks] == ['"đã hoàn thành,đang thực hiện,chưa thực hiện"']


def test_a_form_prints_on_a4_with_its_head_on_each_page(office: Office) -> None:
    for sheet in office.form().book.worksheets:
        if sheet.sheet_state == "visible":
            assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
            assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
            assert sheet.sheet_properties.pageSetUpPr.fitToPage
            head = next(cell.row for cell in sheet["B"] if cell.value == "TT")
            assert sheet.print_title_rows == f"${head}:${head}"
            assert {cell.font.name for row in sheet.iter_rows(min_col=2) for cell in row if cell.value} == {
                "Times New Roman"
            }


def test_the_same_form_has_the_same_bytes(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    office.form()
    path = office.out / f"so-noi-vu-mau-{PERIOD}.xlsx"
    first = path.read_bytes()
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")
    assert office.run("form", "so-noi-vu-mau", "--period", PERIOD, "-o", str(office.out), today="2031-01-01") == 0
    assert "không đổi" in office.said
    assert path.read_bytes() == first
    assert is_ours(path)
    with zipfile.ZipFile(path) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_no_text_becomes_a_formula(office: Office) -> None:
    office.form()
    book = openpyxl.load_workbook(office.out / f"so-noi-vu-mau-{PERIOD}.xlsx")
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row if cell.value is not None]
    formulas = {cell.value for cell in cells if cell.data_type == "f"}
    assert all(str(formula).startswith("=IF(AND(ISNUMBER(") for formula in formulas)
    for text in ("=1+1 là dòng bắt đầu bằng dấu bằng", "-SUM(A1)"):
        cell = next(cell for cell in cells if cell.value == text)
        assert cell.data_type == "s"
        assert cell.quotePrefix


def test_every_agency_with_something_to_report_gets_a_form(office: Office) -> None:
    assert office.run("form", "--all", "--period", PERIOD, "-o", str(office.out)) == 0
    assert sorted(files(office.out)) == [f"so-noi-vu-mau-{PERIOD}.xlsx", f"so-y-te-mau-{PERIOD}.xlsx"]
    assert office.told == ""  # progress is for a terminal


def test_a_group_gives_the_forms_of_its_members(office: Office) -> None:
    assert office.run("form", "so-ban-nganh-mau", "--period", PERIOD, "-o", str(office.out)) == 0
    assert len(files(office.out)) == 2


def test_a_group_without_members_answers_for_itself(office: Office) -> None:
    agencies = office.text("registry/agencies.yaml")
    write(office.repo, "registry/agencies.yaml", agencies + "  - id: ubnd-xa-mau\n    name: UBND các xã\n")
    text = office.text("demo/assignments.yaml") + "  - group: ubnd-xa-mau\n    tasks:\n      - text: Việc của xã.\n"
    write(office.repo, "demo/assignments.yaml", text)
    assert "Việc của xã." in labels(office.form("ubnd-xa-mau").sheet("Nhiệm vụ"))


def test_a_filled_form_is_not_written_over(office: Office) -> None:
    book = office.form()
    path = office.out / f"so-noi-vu-mau-{PERIOD}.xlsx"
    book.counts("2.1a", 66, 85)
    book.save(path)
    filled = path.read_bytes()
    assert office.run("form", "so-noi-vu-mau", "--period", PERIOD, "-o", str(office.out)) == 1
    assert "--force" in office.told
    assert path.read_bytes() == filled


@pytest.mark.parametrize(
    ("words", "told"),
    [
        pytest.param(("so-noi-vu", "--period", PERIOD), "có phải “so-noi-vu-mau”?", id="unknown agency"),
        pytest.param(("so-ldtbxh-mau", "--period", PERIOD), "không có chỉ tiêu, nhiệm vụ nào", id="nothing to report"),
        pytest.param(("--all", "--period", "2031"), "không kế hoạch nào", id="no plan in that period"),
        pytest.param(("--period", PERIOD), "--all", id="no agency"),
        pytest.param(("so-noi-vu-mau", "--all", "--period", PERIOD), "--all", id="both"),
        pytest.param(("so-noi-vu-mau", "--period", "2024X"), "không phải kỳ", id="no period"),
        pytest.param(("so-noi-vu-mau", "--period", PERIOD, "--plan", "dem"), "có phải “demo”?", id="unknown plan"),
    ],
)
def test_wrong_use_is_told_in_one_line(office: Office, words: tuple[str, ...], told: str) -> None:
    assert office.run("form", *words, "-o", str(office.out)) == 2
    assert told in office.told
    assert office.told.count("\n") == 1
    assert not office.out.exists()


def test_an_unreadable_plan_does_not_stop_the_others(office: Office) -> None:
    write(office.repo, "hong/plan.yaml", "kind: [\n")
    assert office.run("form", "so-noi-vu-mau", "--period", PERIOD, "-o", str(office.out)) == 1
    assert "hong: không đọc được" in office.told
    assert len(files(office.out)) == 1


def test_forms_of_the_plans_that_come_with_bdg_are_sound(office: Office, top: Path) -> None:
    """What makes Excel offer a repair: merged cells that overlap, rules that are too long, names it does not know."""
    assert office.run("form", "--all", "--period", "2024H1", "--repo", str(top / "plans"), "-o", str(office.out)) == 0
    paths = sorted(office.out.glob("*.xlsx"))
    assert len(paths) > 20
    for path in paths:
        book = openpyxl.load_workbook(path)
        for sheet in book.worksheets:
            areas = list(sheet.merged_cells.ranges)
            for index, area in enumerate(areas):
                assert all(area.isdisjoint(other) for other in areas[index + 1 :]), (path.name, sheet.title, area)
            for rule in sheet.data_validations.dataValidation:
                assert all(len(formula or "") <= 255 for formula in (rule.formula1, rule.formula2))
                assert len(rule.error) <= 225
            assert len(sheet.title) <= 31
            assert all(height.height is None or height.height <= 409 for height in sheet.row_dimensions.values())
