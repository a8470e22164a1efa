"""`bdg collect` of forms: what is added, changed, refused with its cell; a second run changes nothing."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

import bdg_cli
from bdg_cli.workbooks import marks, writer
from bdg_cli.workbooks.form import FORMAT
from bdg_cli.workbooks.model import HIDDEN, Book, Cell, Column, Look, Row, Sheet
from tests.exchange import PERIOD, TODAY, Office, Workbook, files, write

CSV = f"data/{PERIOD}-so-noi-vu-mau.csv"
REPORTS = f"reports/{PERIOD}.yaml"
HEAD = "indicator,area,period,sex,group,numerator,denominator,value,status,vintage,window,cutoff,source,as_of,note\n"


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Office:
    """A repository that takes forms in."""
    return Office(tmp_path, monkeypatch, capsys)


def filled(office: Office) -> Workbook:
    """A form as a careful agency fills it."""
    book = office.form()
    book.counts("2.1a", 66, 85, vintage="ước", source="Sở VHTTDL")
    book.counts("2.1a", 57, 73, "female")
    book.counts("2.1a", 9, 12, "male")
    book.put("Nhiệm vụ", "Tham mưu công tác", state="đang thực hiện", result="Mở 02 lớp;\n- 60 lượt người.")
    return book


# ---------------------------------------------------------------------------------------------- what is taken


def test_shows_and_writes_nothing(office: Office) -> None:
    book = filled(office)
    before = files(office.repo)
    assert office.collect(book) == 0
    assert "thêm     Số liệu!" in office.said
    assert "chỉ tiêu 2.1a, chung: 66/85 = 77,65%, ước" in office.said
    assert "Chưa ghi gì; thêm --apply để ghi." in office.said
    assert files(office.repo) == before


def test_applied_figures_and_tasks_are_where_they_belong(office: Office) -> None:
    assert office.collect(filled(office), "--apply") == 0
    assert office.text(CSV) == HEAD + (
        "cl-3-2a,tra-vinh,2024H1,,,66,85,,,estimate,administrative,2024-06-14,Sở VHTTDL,2024-06-20,\n"
        "cl-3-2a,tra-vinh,2024H1,female,,57,73,,,estimate,administrative,2024-06-14,Sở VHTTDL,2024-06-20,\n"
        "cl-3-2a,tra-vinh,2024H1,male,,9,12,,,estimate,administrative,2024-06-14,Sở VHTTDL,2024-06-20,\n"
    )
    assert office.text(REPORTS) == (
        "reports:\n"
        "  - plan: demo\n"
        "    received:\n"
        "      - agency: so-noi-vu-mau\n"
        "        sent: 2024-06-20\n"
        "        tasks:\n"
        '          - task: "1"\n'
        "            state: ongoing\n"
        "            result: |\n"
        "              Mở 02 lớp;\n"
        "              - 60 lượt người.\n"
    )
    assert office.run("validate", "--select", "TP,SL102,SL103,SL104,SL106,SL110,SL114,SL116") == 0, office.said


@pytest.mark.parametrize("today", [TODAY, "2024-07-15"])
def test_a_second_run_changes_nothing(office: Office, today: str) -> None:
    book = filled(office)
    assert office.collect(book, "--apply") == 0
    before = files(office.repo)
    assert office.collect(book, "--apply", today=today) == 0
    assert "Không có gì mới để ghi." in office.said
    assert "giữ nguyên: 4 mục" in office.said
    assert files(office.repo) == before


def test_a_form_sent_back_as_it_went_out_counts_as_received(office: Office) -> None:
    assert office.collect(office.form(), "--apply", "--received", "2024-06-18") == 0
    assert office.text(CSV) == ""
    assert "sent: 2024-06-18" in office.text(REPORTS)


def test_an_empty_form_is_refused(office: Office) -> None:
    assert office.collect(office.form("so-y-te-mau"), "--apply") == 1
    assert "biểu chưa điền gì" in office.said
    assert office.text(REPORTS) == ""


def test_a_changed_figure_is_a_new_row_of_its_history(office: Office) -> None:
    book = filled(office)
    office.collect(book, "--apply")
    book.counts("2.1a", 67, 86)
    book.counts("2.1a", 10, 13, "male")
    assert office.collect(book, "--apply", today="2024-07-02") == 0
    assert "chung: 66/85 → 67/86" in office.said
    rows = office.text(CSV).splitlines()
    assert len(rows) == 6
    assert rows[4].startswith("cl-3-2a,tra-vinh,2024H1,,,67,86,,,estimate")
    assert rows[4].endswith("2024-07-02,")
    assert office.run("status", "--period", PERIOD, "--format", "json") == 0
    shown = json.loads(office.said)
    assert next(row["value"] for row in shown["rows"] if row["measure"] == "2.1a").startswith("77.9")


def test_a_correction_of_the_same_day_replaces_the_row_of_that_day(office: Office) -> None:
    book = filled(office)
    office.collect(book, "--apply")
    book.counts("2.1a", 10, 13, "male")
    book.counts("2.1a", 67, 86)
    assert office.collect(book, "--apply") == 0
    assert "sửa số thu trong ngày" in office.said
    assert len(office.text(CSV).splitlines()) == 4
    assert ",67,86," in office.text(CSV)


def test_a_figure_in_another_file_is_history_too(office: Office) -> None:
    book = office.form()
    book.counts("1.1", 20, 31)
    assert office.collect(book, "--apply") == 0
    assert "chung: 18/31 → 20/31" in office.said
    assert "18,31" in office.text("data/2024.csv")


def test_an_estimate_does_not_replace_an_official_figure(office: Office) -> None:
    write(office.repo, "data/2024.csv", office.text("data/2024.csv").replace(",estimate,", ",official,"))
    book = office.form()
    book.counts("1.1", 20, 31, vintage="ước")
    assert office.collect(book, "--apply") == 1
    assert "đã có số chính thức 18/31 (data/2024.csv:4, ngày 14/6/2024)" in " ".join(office.said.split())
    assert office.text(CSV) == ""


def test_the_same_figure_made_official_is_a_new_row(office: Office) -> None:
    book = office.form()
    book.put("Số liệu", "1.1", vintage="chính thức")
    assert office.collect(book, "--apply") == 0
    assert "18/31, ước → 18/31 = 58,06%, chính thức" in office.said
    assert ",18,31,,,official," in office.text(CSV)


def test_numbers_typed_the_vietnamese_way(office: Office) -> None:
    book = office.form()
    book.counts("1.1", "1.018", "1.031")
    book.counts("2.1b", "15,4", "9.0")
    assert office.collect(book, "--apply") == 0
    assert "cl-1-1,tra-vinh,2024H1,,,1018,1031," in office.text(CSV)
    assert "cl-3-1,tra-vinh,2024H1,,,15.4,9," in office.text(CSV)


def test_no_denominator_means_that_nothing_occurred(office: Office) -> None:
    book = office.form()
    book.counts("2.1a", 0, 0)
    assert office.collect(book, "--apply") == 0
    assert ",0,0,,none," in office.text(CSV)


def test_a_status_without_figures(office: Office) -> None:
    book = office.form()
    book.put("Số liệu", "2.1a", status="chưa có số liệu", note="Chờ công an tỉnh")
    assert office.collect(book, "--apply") == 0
    assert ",,,,missing,,administrative,2024-06-14,Sở Nội vụ,2024-06-20,Chờ công an tỉnh" in office.text(CSV)


def test_a_qualitative_indicator_is_yes_or_no(office: Office) -> None:
    book = office.form()
    book.put("Số liệu", "2.2", all="có")
    assert office.collect(book, "--apply") == 0
    assert "cl-5-1,tra-vinh,2024H1,,,,,1,," in office.text(CSV)


def test_a_value_without_counts(office: Office) -> None:
    own = 'indicators:\n  - id: rieng\n    name: Chỉ tiêu riêng\n    unit: "%"\n    kind: level\n'
    write(office.repo, "registry/indicators.yaml", own)
    write(office.repo, "demo/targets.yaml", office.text("demo/targets.yaml").replace("cl-1-1", "rieng"))
    book = office.form()
    assert "Giá trị (%)" in [cell.value for cell in book.sheet("Số liệu")["D"]]
    for typed in ("59,1%", "59,1", 59.1):
        book.put("Số liệu", "Chỉ tiêu riêng", all=typed)
        assert office.collect(book, "--apply") == 0
        assert "rieng,tra-vinh,2024H1,,,,,59.1,," in office.text(CSV)
    cell = book.cell("Số liệu", "Chỉ tiêu riêng", "all")
    cell.value, cell.number_format = 0.591, "0.0%"
    assert office.collect(book, "--apply") == 0
    assert "Không có gì mới" in office.said


def test_a_breakdown_that_was_not_asked_is_refused(office: Office) -> None:
    book = office.form()
    book.counts("1.1", 12, 20, "female")
    assert office.collect(book, "--apply") == 1
    assert f"Số liệu!{book.cell('Số liệu', '1.1', 'female').coordinate} TP005: chỉ tiêu 1.1 không hỏi" in office.said
    assert office.text(CSV) == ""


def test_text_that_looks_like_a_formula_stays_text(office: Office) -> None:
    book = office.form()
    book.counts("2.1a", 66, 85, note="=HYPERLINK(0)", source="- Báo cáo số 12")
    book.put("Nhiệm vụ", "Tham mưu công tác", result="=1+1 lớp")
    assert office.collect(book, "--apply") == 0
    assert ",'- Báo cáo số 12,2024-06-20,'=HYPERLINK(0)" in office.text(CSV)
    assert 'result: "=1+1 lớp"' in office.text(REPORTS)
    before = files(office.repo)
    assert office.collect(book, "--apply", today="2024-07-01") == 0
    assert files(office.repo) == before
    again = office.form()
    assert again.cell("Số liệu", "2.1a", "note").value == "=HYPERLINK(0)"
    assert again.cell("Số liệu", "2.1a", "note").data_type == "s"


def test_a_cutoff_before_the_window_closes_is_the_day_of_the_form(office: Office) -> None:
    book = office.form()
    book.counts("2.1a", 66, 85)
    assert office.collect(book, "--apply", today="2024-05-31") == 0
    assert ",administrative,2024-05-31,Sở Nội vụ,2024-05-31," in office.text(CSV)


# ---------------------------------------------------------------------------------------------- reports


KEPT = """\
# Theo dõi báo cáo 6 tháng
reports:
  - plan: demo
    due: 2024-06-18  # công văn đôn đốc
    received:
      - agency: so-y-te-mau
        sent: 2024-06-12
      - agency: so-noi-vu-mau
        tasks:
          # lớp đầu tiên
          - task: tap-huan
            state: not-started
        note: chưa gửi

# hết
"""


def test_comments_and_order_of_the_reports_stay(office: Office) -> None:
    write(office.repo, REPORTS, KEPT)
    book = office.form()
    assert book.cell("Nhiệm vụ", "=1+1 là dòng", "state").value == "chưa thực hiện"
    book.put("Nhiệm vụ", "=1+1 là dòng", state="đã hoàn thành", result="Xong.")
    book.put("Nhiệm vụ", "nổi bật khác trong kỳ", result="Ký giao ước thi đua.")
    assert office.collect(book, "--apply") == 0
    assert office.text(REPORTS) == KEPT.replace(
        "            state: not-started\n        note: chưa gửi\n",
        "            state: done\n            result: Xong.\n"
        "        sent: 2024-06-20\n        summary: Ký giao ước thi đua.\n",
    )


def test_the_day_a_report_first_came_is_kept_unless_said_otherwise(office: Office) -> None:
    write(office.repo, REPORTS, KEPT.replace("        tasks:\n", "        sent: 2024-06-10\n        tasks:\n"))
    book = filled(office)
    assert office.collect(book, "--apply") == 0
    assert "sent: 2024-06-10" in office.text(REPORTS)
    assert office.collect(book, "--apply", "--received", "2024-06-11") == 0
    assert "sent: 2024-06-11" in office.text(REPORTS)


def test_a_report_file_that_cannot_be_amended_is_left_alone(office: Office) -> None:
    broken = "reports:\n  - plan: &x demo\n    received: []\n"
    write(office.repo, REPORTS, broken)
    assert office.collect(filled(office), "--apply") == 1
    assert f"{REPORTS}:2:" in office.said
    assert "bằng tay" in office.said
    assert office.text(REPORTS) == broken


def test_a_task_reworded_since_is_refused_with_its_cell(office: Office) -> None:
    book = filled(office)
    where = f"Nhiệm vụ!{book.cell('Nhiệm vụ', 'Tham mưu công tác', 'result').coordinate}"
    text = office.text("demo/assignments.yaml").replace("Tham mưu công tác cán bộ nữ", "Tham mưu công tác cán bộ")
    write(office.repo, "demo/assignments.yaml", text)
    assert office.collect(book, "--apply") == 1
    assert f"từ chối  {where} TP005: nhiệm vụ này đã được sửa" in office.said
    assert "tasks:" not in office.text(REPORTS)


def test_words_that_bdg_would_read_as_its_own_are_refused(office: Office) -> None:
    book = office.form()
    where = book.put("Nhiệm vụ", "Tham mưu công tác", result="Đạt {{ value }} lớp")
    assert office.collect(book, "--apply") == 1
    assert f"{where} TP005" in office.said


# ---------------------------------------------------------------------------------------------- what is refused


@pytest.mark.parametrize(
    ("numerator", "denominator", "refused", "told"),
    [
        pytest.param("12 người", 85, "upper SL101", "không phải số", id="words"),
        pytest.param(66, "77,6%", "lower SL101", "không phải tỷ lệ", id="percentage"),
        pytest.param(66.5, 85, "upper SL101", "số đếm nguyên", id="half a person"),
        pytest.param(None, 85, "upper SL103", "có mẫu số mà thiếu tử số", id="half an answer"),
        pytest.param(90, 85, "upper SL102", "tử số 90 lớn hơn mẫu số 85", id="more than all"),
        pytest.param(-1, 85, "upper SL101", "nhỏ hơn 0", id="negative"),
    ],
)
def test_a_refused_figure_names_its_cell(
    office: Office, numerator: Any, denominator: Any, refused: str, told: str
) -> None:
    book = office.form()
    book.counts("2.1a", numerator, denominator)
    book.counts("1.1", 20, 31)
    which, code = refused.split()
    cell = book.cell("Số liệu", "2.1a", "all", which == "lower").coordinate
    assert office.collect(book, "--apply") == 1
    assert f"từ chối  Số liệu!{cell} {code}: " in office.said
    assert told in " ".join(office.said.split())
    assert "1 mục bị từ chối" in office.said
    assert "cl-1-1" in office.text(CSV)  # one bad figure does not stop the others
    assert "cl-3-2a" not in office.text(CSV)


def test_a_breakdown_is_taken_with_its_whole_or_not_at_all(office: Office) -> None:
    book = filled(office)
    book.counts("2.1a", 10, 12, "male")
    assert office.collect(book, "--apply") == 1
    assert "SL104" in office.said
    assert office.text(CSV) == ""
    assert "task" in office.text(REPORTS)


def test_a_status_that_denies_its_figure(office: Office) -> None:
    book = office.form()
    book.counts("2.1a", 66, 85, status="chưa có số liệu")
    assert office.collect(book, "--apply") == 1
    assert "SL116" in office.said
    assert office.text(CSV) == ""


def test_warnings_are_told_and_do_not_refuse(office: Office) -> None:
    book = office.form()
    book.counts("2.1a", 20, 85)
    assert office.collect(book, "--apply") == 0
    assert "lưu ý    Số liệu!" in office.said
    assert "SL109" in office.said
    assert ",20,85," in office.text(CSV)


def test_a_formula_counts_only_with_its_result(office: Office) -> None:
    book = office.form()
    cell = book.cell("Số liệu", "2.1a", "all")
    cell.value = "=60+6"
    book.put("Số liệu", "2.1a", below=1, all=85)
    path = book.save(office.out / "filled.xlsx")
    assert office.collect(path, "--apply") == 1
    assert f"Số liệu!{cell.coordinate} SL101: ô có công thức mà chưa có kết quả" in office.said
    _give_results(path, cell.coordinate, "66")
    assert office.collect(path, "--apply") == 0
    assert ",66,85," in office.text(CSV)


def _give_results(path: Path, cell: str, value: str) -> None:
    """Put the result beside a formula, as Excel does when it saves."""
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    for name, content in parts.items():
        if name.startswith("xl/worksheets/sheet"):
            before, mark, after = content.partition(f'<c r="{cell}"'.encode())
            if b"<f>60+6</f>" in after:
                after = after.replace(b"<f>60+6</f><v></v>", f"<f>60+6</f><v>{value}</v>".encode(), 1)
                after = after.replace(b"<f>60+6</f><v/>", f"<f>60+6</f><v>{value}</v>".encode(), 1)
                after = after.replace(b"<f>60+6</f><v />", f"<f>60+6</f><v>{value}</v>".encode(), 1)
            parts[name] = before + mark + after
    with zipfile.ZipFile(path, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)


def test_dates_errors_and_merged_cells(office: Office) -> None:
    book = office.form()
    book.counts("2.1a", 66, 85)
    upper = book.cell("Số liệu", "2.1a", "all")
    upper.value, upper.number_format = 45296, "dd/mm/yyyy"
    hours = book.cell("Số liệu", "2.1b", "all")
    hours.value = "#DIV/0!"
    hours.data_type = "e"
    book.counts("1.1", 20, 31)
    sheet = book.sheet("Số liệu")
    first, last = book.cell("Số liệu", "1.1", "all"), book.cell("Số liệu", "1.1", "all", 1)
    sheet.merge_cells(f"{first.coordinate}:{last.coordinate}")
    assert office.collect(book, "--apply") == 1
    said = " ".join(office.said.split())
    assert f"{upper.coordinate} SL101: Excel đã đổi ô này thành ngày giờ" in said
    assert f"{hours.coordinate} SL101: ô báo lỗi #DIV/0!" in said
    assert f"{last.coordinate} SL101: ô này bị gộp" in said
    assert office.text(CSV) == ""


# ---------------------------------------------------------------------------------------------- rows that moved


def test_moved_rows_and_columns_are_known_by_their_keys(office: Office) -> None:
    book = filled(office)
    sheet = book.sheet("Số liệu")
    book.unmerge("Số liệu")
    row = book.row("Số liệu", "2.1a")
    width = sheet.max_column
    kept = [[sheet.cell(row + step, column).value for column in range(1, width + 1)] for step in (0, 1)]
    sheet.delete_rows(row, 2)
    sheet.insert_rows(1, 2)
    sheet.insert_cols(3)
    bottom = sheet.max_row + 3
    for step, values in enumerate(reversed(kept)):  # the denominator above the numerator
        for column, value in enumerate(values, 1):
            sheet.cell(bottom + step, column if column < 3 else column + 1).value = value
    assert office.collect(book, "--apply") == 0
    assert "cl-3-2a,tra-vinh,2024H1,female,,57,73," in office.text(CSV)
    assert "cl-1-1" not in office.text(CSV)


def test_a_row_that_was_inserted_is_refused(office: Office) -> None:
    book = office.form()
    book.counts("1.1", 20, 31)
    sheet = book.sheet("Số liệu")
    row = sheet.max_row + 1
    sheet.cell(row, book.columns("Số liệu")["all"]).value = 77
    assert office.collect(book) == 1
    assert "không có trong biểu gốc" in office.said
    assert f"Số liệu!{sheet.cell(row, book.columns('Số liệu')['all']).coordinate} " in office.said


def test_a_deleted_row_is_named(office: Office) -> None:
    book = filled(office)
    book.sheet("Nhiệm vụ").delete_rows(book.row("Nhiệm vụ", "=1+1 là dòng"))
    assert office.collect(book, "--apply") == 0
    assert "không còn nhiệm vụ tap-huan của demo: coi như để trống" in office.said


def test_half_an_indicator_that_was_deleted_is_refused(office: Office) -> None:
    book = office.form()
    book.counts("2.1a", 66, 85)
    sheet = book.sheet("Số liệu")
    book.unmerge("Số liệu")
    sheet.delete_rows(book.row("Số liệu", "2.1a") + 1)
    assert office.collect(book, "--apply") == 1
    assert "dòng mẫu số đã bị xóa" in office.said


def test_a_copied_row_must_say_the_same(office: Office) -> None:
    book = office.form()
    sheet = book.sheet("Nhiệm vụ")
    row = book.row("Nhiệm vụ", "Tham mưu công tác")
    book.put("Nhiệm vụ", "Tham mưu công tác", result="Một lớp")
    for column in range(1, sheet.max_column + 1):
        sheet.cell(sheet.max_row + (column == 1), column).value = sheet.cell(row, column).value
    assert office.collect(book) == 0
    sheet.cell(sheet.max_row, book.columns("Nhiệm vụ")["result"]).value = "Hai lớp"
    assert office.collect(book) == 1
    assert "hai bản ghi khác nhau" in office.said


@pytest.mark.parametrize("what", ["row", "column", "sheet"])
def test_what_is_hidden_is_not_taken_in_silence(office: Office, what: str) -> None:
    book = office.form()
    book.counts("2.1a", 66, 85)
    sheet = book.sheet("Số liệu")
    if what == "row":
        sheet.row_dimensions[book.row("Số liệu", "2.1a")].hidden = True
    elif what == "column":
        sheet.column_dimensions[book.cell("Số liệu", "2.1a", "all").column_letter].hidden = True
    else:
        sheet.sheet_state = "hidden"
    assert office.collect(book, "--apply") == 1
    assert "đang bị ẩn" in office.said
    assert office.text(CSV) == ""


def test_sheets_of_others_are_named_and_not_read(office: Office) -> None:
    book = filled(office)
    book.book.create_sheet("Nháp")["A1"] = 5
    hidden = book.book.create_sheet("Ẩn")
    hidden["A1"] = 6
    hidden.sheet_state = "hidden"
    assert office.collect(book) == 0
    assert "trang “Nháp” không thuộc biểu" in office.said
    assert "trang “Ẩn” không thuộc biểu" in office.said


# ---------------------------------------------------------------------------------------------- wrong forms


def test_last_period_s_form_with_a_new_heading(office: Office) -> None:
    book = filled(office)
    sheet = book.sheet("Số liệu")
    row = book.row("Số liệu", "BIỂU SỐ LIỆU")
    sheet.cell(row, 2).value = "BIỂU SỐ LIỆU BÌNH ĐẲNG GIỚI 6 THÁNG CUỐI NĂM 2024"
    assert office.collect(book, "--apply") == 1
    assert f"Số liệu!B{row} ghi “BIỂU SỐ LIỆU BÌNH ĐẲNG GIỚI 6 THÁNG CUỐI NĂM 2024”" in " ".join(office.said.split())
    assert office.text(CSV) == ""


def test_a_form_of_another_period_repository_or_agency(office: Office) -> None:
    book = filled(office)
    assert office.collect(book, "--period", "2024") == 1
    assert "biểu của kỳ 2024H1, không phải kỳ 2024" in office.said
    write(office.repo, "bdg.yaml", office.text("bdg.yaml").replace("Kho mẫu", "Kho khác"))
    assert office.collect(book) == 1
    assert "biểu của kho “Kho mẫu”, không phải kho này (“Kho khác”)" in " ".join(office.said.split())
    write(office.repo, "bdg.yaml", office.text("bdg.yaml").replace("Kho khác", "Kho mẫu"))
    for path in ("registry/agencies.yaml", "demo/assignments.yaml", "demo/plan.yaml"):
        write(office.repo, path, office.text(path).replace("so-noi-vu-mau", "so-noi-vu-moi"))
    assert office.collect(book) == 1
    assert "không có cơ quan “so-noi-vu-mau”" in office.said


def test_a_definition_that_changed_since(office: Office) -> None:
    own = """\
indicators:
  - id: rieng
    name: Chỉ tiêu riêng
    unit: "%"
    kind: level
    definitions:
      - numerator: {name: Tử, unit: người}
        denominator: {name: Mẫu, unit: người}
        factor: 100
"""
    write(office.repo, "registry/indicators.yaml", own)
    write(office.repo, "demo/targets.yaml", office.text("demo/targets.yaml").replace("cl-1-1", "rieng"))
    book = office.form()
    book.counts("Chỉ tiêu riêng", 3, 4)
    write(office.repo, "registry/indicators.yaml", own.replace("factor: 100", "factor: 1000"))
    assert office.collect(book, "--apply") == 1
    assert "cách tính của chỉ tiêu đã đổi" in office.said
    assert office.text(CSV) == ""


@pytest.mark.parametrize("how", ["changed", "deleted"])
def test_a_form_whose_hidden_sheet_is_not_what_it_was(office: Office, how: str) -> None:
    book = filled(office)
    if how == "deleted":
        del book.book[HIDDEN]
    else:
        sheet = book.sheet(HIDDEN)
        sheet["B1"] = sheet["B1"].value.replace("2024H1", "2024H2")
    assert office.collect(book, "--apply") == 1
    assert f"trang ẩn {HIDDEN}" in office.said
    assert office.text(CSV) == ""


GOOD_HEAD = {"repository": "Kho mẫu", "agency": "so-noi-vu-mau", "period": PERIOD, "plans": "demo"}
TASK = {"kind": "task", "plan": "demo", "task": "1", "text": "x", "filled": {}}


@pytest.mark.parametrize(
    ("head", "rows"),
    [
        pytest.param({"plans": 5}, {}, id="no text"),
        pytest.param({"period": "../../x"}, {}, id="no period"),
        pytest.param({"agency": "../../x"}, {"k1": TASK}, id="no agency"),
        pytest.param({"plans": "../x"}, {"k1": {**TASK, "plan": "../x"}}, id="no plan"),
        pytest.param({}, {"k1": "x"}, id="no mapping"),
        pytest.param({}, {"k1": {"kind": "other"}}, id="unknown kind"),
        pytest.param({}, {"k1": {"kind": "figure", "filled": {}}}, id="too little"),
        pytest.param({}, {"k1": {**TASK, "filled": {"state": 5}}}, id="no words"),
    ],
)
def test_a_hidden_sheet_that_bdg_did_not_write(office: Office, head: Any, rows: Any) -> None:
    """Its digest fits, for anybody can work one out; what it says is still not trusted."""
    cells = (Cell(None, Look.TEXT), Cell("đã hoàn thành", Look.TEXT))
    sheet = Sheet("Nhiệm vụ", (Column("result", 9), Column("state", 9)))
    sheet.add(sheet.key_row())
    sheet.add(Row(cells, "head"))
    sheet.add(Row(cells, "k1"))
    forged = marks.sheet(FORMAT, {**GOOD_HEAD, **head}, rows)
    path = office.out / "forged.xlsx"
    office.out.mkdir()
    path.write_bytes(writer.write(Book("x", [sheet, forged])))
    before = files(office.repo)
    assert office.collect(path, "--apply") == 1, office.told
    assert "TP014" in office.said or "TP005" in office.said
    assert {name: data for name, data in files(office.repo).items() if not name.startswith("reports/")} == before


def _package(**parts: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return made.getvalue()


def _widened(sheet: bytes, area: bytes) -> bytes:
    """The sheet with its first merged area made as large as a sheet."""
    return re.sub(rb'<mergeCell ref="[^"]*"', b'<mergeCell ref="' + area + b'"', sheet, count=1)


def _bad_files(good: bytes) -> dict[str, tuple[bytes, str]]:
    with zipfile.ZipFile(io.BytesIO(good)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
    rows = b"<row>" + b"</row><row>" * 30_000 + b"</row>"
    return {
        "password.xlsx": (ole + "EncryptedPackage".encode("utf-16-le"), "có mật khẩu"),
        "old.xls": (ole, "Excel đời cũ"),
        "macros.xlsm": (_package(**parts, **{"xl/vbaProject.bin": b"x"}), "macro"),
        "text.xlsx": (b"ten,so\n", "không phải Excel"),
        "empty.xlsx": (b"", "không phải Excel"),
        "cut.xlsx": (good[: len(good) // 2], "không phải Excel"),
        "bomb.xlsx": (_package(**{**parts, sheet: bytes(20_000_000)}), "lớn quá mức"),
        "rows.xlsx": (_package(**{**parts, sheet: rows}), "hơn 20000 dòng"),
        "entity.xlsx": (_package(**{**parts, sheet: b'<!DOCTYPE x [<!ENTITY a "b">]><x/>'}), "khai báo XML lạ"),
        "merged.xlsx": (_package(**{**parts, sheet: _widened(parts[sheet], b"A1:XFD1048576")}), "vùng ô quá lớn"),
        "columns.xlsx": (_package(**{**parts, sheet: _widened(parts[sheet], b"B:XFD")}), "vùng ô quá lớn"),
        "utf16.xlsx": (_package(**{**parts, sheet: parts[sheet].decode().encode("utf-16")}), "khai báo XML lạ"),
        "nan.xlsx": (_package(**{**parts, sheet: parts[sheet].replace(b"<v>18</v>", b"<v>NaN</v>", 1)}), "bị hỏng"),
        "broken.xlsx": (_package(**{**parts, sheet: b"<worksheet"}), "bị hỏng"),
        "table.ods": (_package(mimetype=b"application/vnd.oasis.opendocument.spreadsheet"), "LibreOffice (.ods)"),
        "letter.docx": (_package(**{"word/document.xml": b"<x/>"}), "Word"),
        "other.xlsx": (_package(**{"x.txt": b""}), "không phải Excel"),
    }


def test_bad_files_are_refused_in_a_line_and_stop_no_other(office: Office) -> None:
    good = filled(office).save(office.out / "good.xlsx")
    bad = _bad_files(good.read_bytes())
    for name, (content, _) in bad.items():
        (office.out / name).write_bytes(content)
    paths = [str(office.out / name) for name in bad]
    empty = office.out / "trống"
    empty.mkdir()
    others = [str(office.out / "none.xlsx"), str(empty), os.devnull]
    assert office.run("collect", *paths, *others, str(good), "--apply") == 1
    blocks = dict(block.split("\n", 1) for block in office.said.replace(f"{office.out}/", "\n@").split("\n@")[1:])
    for name, (_, told) in bad.items():
        words = " ".join(blocks[name].split())
        assert words.startswith("từ chối TP014: "), name
        assert told in words, name
    assert "không có tệp ấy" in " ".join(blocks["none.xlsx"].split())
    assert office.said.count("đó không phải một tệp") == 2
    assert "66,85" in office.text(CSV)


def test_a_folder_or_a_pattern_stands_for_its_workbooks(office: Office) -> None:
    filled(office).save(office.out / "gửi về" / "biểu [1].xlsx")
    (office.out / "gửi về" / "~$biểu [1].xlsx").write_bytes(b"x")
    (office.out / "gửi về" / "thư.txt").write_bytes(b"x")
    for words in (office.out / "gửi về", office.out / "gửi về" / "*.xlsx"):
        assert office.run("collect", str(words)) == 0
        assert office.said.count(".xlsx: Sở Nội vụ") == 1
        assert "~$" not in office.said


def test_as_json_each_thing_has_its_fate_and_cell(office: Office) -> None:
    book = filled(office)
    book.counts("1.1", 40, 31)
    assert office.collect(book, "--format", "json") == 1
    document = json.loads(office.said)
    assert (document["format"], document["written"], document["changes"]) == ("bdg-collect/1", False, [CSV, REPORTS])
    refused = next(one for one in document["files"][0]["outcomes"] if one["fate"] == "refused")
    cell = book.cell("Số liệu", "1.1", "all").coordinate
    assert (refused["code"], refused["sheet"], refused["cell"]) == ("SL102", "Số liệu", cell)


def test_two_forms_in_one_run_see_each_other(office: Office) -> None:
    first = office.form()
    first.counts("2.1b", "15,4", 9)
    second = office.form("so-y-te-mau")
    second.counts("2.1b", "15,6", 9)
    paths = [str(first.save(office.out / "a.xlsx")), str(second.save(office.out / "b.xlsx"))]
    assert office.run("collect", *paths, "--apply") == 1
    assert "đã có số cùng ngày 15,4/9 (data/2024H1-so-noi-vu-mau.csv:2" in " ".join(office.said.split())
    assert office.text("data/2024H1-so-y-te-mau.csv") == ""
    assert office.text(REPORTS).count("- agency:") == 2


def test_a_file_of_figures_without_the_columns_that_are_needed(office: Office) -> None:
    write(office.repo, CSV, "indicator,area,period,value\n")
    assert office.collect(filled(office), "--apply") == 1
    assert f"{CSV} thiếu cột" in office.said
    assert office.text(CSV) == "indicator,area,period,value\n"


def test_columns_in_another_order_are_kept(office: Office) -> None:
    columns = HEAD.strip().split(",")
    write(office.repo, CSV, ",".join(reversed(columns)) + "\r\n")
    assert office.collect(filled(office), "--apply") == 0
    text = (office.repo / CSV).read_bytes().decode()
    assert text.split("\r\n")[1].endswith(",66,,,2024H1,tra-vinh,cl-3-2a")
    assert text.count("\n") == text.count("\r\n") == 4


def test_the_mark_of_utf8_stays(office: Office) -> None:
    (office.repo / "data").mkdir(exist_ok=True)
    (office.repo / CSV).write_bytes(b"\xef\xbb\xbf" + HEAD.encode())
    assert office.collect(filled(office), "--apply") == 0
    assert (office.repo / CSV).read_bytes().startswith(b"\xef\xbb\xbfindicator,")
    assert not (office.repo / REPORTS).read_bytes().startswith(b"\xef")


def test_what_was_typed_does_not_command_the_terminal(office: Office) -> None:
    book = office.form()
    book.put("Số liệu", "2.1a", all="::error::\u202e12")
    assert office.collect(book) == 1
    assert "\u202e" not in office.said


def test_a_kill_leaves_no_half_written_file(office: Office) -> None:
    """The process is stopped while it writes: each file is the old one or the new one, and a new run completes."""
    book = filled(office).save(office.out / "filled.xlsx")
    write(office.repo, REPORTS, KEPT)
    script = (
        "import os, sys\n"
        "from bdg_cli import edit, entry\n"
        "replace = os.replace\n"
        "def stop(source, target):\n"
        "    replace(source, target) if target.endswith('.csv') else os._exit(9)\n"
        "os.replace = stop\n"
        f"sys.argv = ['bdg', 'collect', {str(book)!r}, '--apply', '--today', {TODAY!r}]\n"
        "sys.exit(entry.main())\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(Path(bdg_cli.__file__).parents[1])}
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=office.repo, env=environment, capture_output=True, timeout=60
    )
    assert done.returncode == 9
    assert office.text(CSV).endswith("2024-06-20,\n")
    assert office.text(REPORTS) == KEPT
    for left in office.repo.rglob(".*.tmp"):  # what was being written stands beside it, and is read by nobody
        left.unlink()
    assert office.collect(book, "--apply") == 0
    assert "sent: 2024-06-20" in office.text(REPORTS)
    assert len(office.text(CSV).splitlines()) == 4


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_a_form_saved_by_libreoffice(office: Office, tmp_path: Path) -> None:
    book = filled(office).save(office.out / "filled.xlsx")
    saved = tmp_path / "saved"
    command = [
        "soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/profile", "--convert-to",
        "xlsx:Calc MS Excel 2007 XML", "--outdir", str(saved), str(book),
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    assert office.collect(saved / "filled.xlsx", "--apply") == 0, office.said
    assert ",66,85," in office.text(CSV)
    assert "state: ongoing" in office.text(REPORTS)
    before = files(office.repo)
    assert office.collect(book, "--apply") == 0
    assert files(office.repo) == before
