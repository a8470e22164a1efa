"""`bdg why`: the arithmetic of a verdict, each number with its line; what is said of sums, paths, other definitions."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from bdg_cli import progress
from bdg_cli.commands import why
from bdg_cli.data.told import exact
from bdg_cli.dates import Period
from bdg_cli.explain import Explanation, Teller
from bdg_cli.layout import WrongUse, scan
from bdg_cli.workshop import Workshop
from tests.test_accounts import lay

TRA_VINH = "tra-vinh-2023-2025"
HEADER = "indicator,area,period,sex,numerator,denominator,value,status,vintage,source,as_of\n"


def explained(root: Path, number: str, period: str, plan: str = "demo") -> Explanation:
    shop = Workshop(scan(str(root)), "2026-01-01")
    loaded = shop.plan(plan).plan
    assert loaded is not None
    asked = Period.parse(period)
    teller = Teller(loaded, shop.registry, shop.results, asked)
    for target in progress.of_plan(loaded, shop.registry, shop.results, asked):
        for entry in target.measures:
            if entry.measure.id == number:
                return teller.measure(entry)
    raise AssertionError(number)


def lines(explanation: Explanation, label: str) -> list[str]:
    return [line for step in explanation.steps if step.label == label for line in step.lines]


def ours(top: Path, number: str, period: str) -> Explanation:
    return explained(top / "plans", number, period, TRA_VINH)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("60", "60"), ("59.95", "59,95"), ("1.8434285714285714", "1,84342857…"), ("0", "0"), ("1E+3", "1.000"),
        ("99.999999999", "99,99999999…"), ("-2.50", "-2,5"), ("27.00", "27"),
    ],
)  # fmt: skip
def test_an_unrounded_number_is_cut_off_and_never_rounded(value: str, written: str) -> None:
    assert exact(Decimal(value)) == written


# -------------------------------------------------------------------------------------- the plan of Trà Vinh


def test_a_rate_from_its_counts(top: Path) -> None:
    found = ours(top, "3.1", "2023")
    assert [(one.place.path, one.place.line, one.column, str(one.value)) for one in found.inputs] == [
        ("data/2023.csv", 7, "numerator", "15.40"),
        ("data/2023.csv", 7, "denominator", "9.00"),
    ]
    assert lines(found, "Phép tính") == ["15,40 : 9,00 = 1,71111111…"]
    assert lines(found, "So sánh")[0] == "1,71111111… ≤ 1,7: không đúng"
    assert lines(found, "In ra") == ["1,71 lần; làm tròn thành 1,7 thì trái với đánh giá"]
    assert lines(found, "Cả nước") == ["kỳ 2023: 16,13/8,75 = 1,84 lần (bdg:data/strategy.csv:8)"]


def test_a_figure_that_rounds_to_its_target(top: Path) -> None:
    assert lines(ours(top, "6.1", "2023"), "In ra") == ["59,95%; làm tròn thành 60 thì trái với đánh giá"]


def test_what_does_not_count_and_why(top: Path) -> None:
    assert lines(ours(top, "2.1", "2023"), "Bỏ qua") == ["data/2023.csv:3: 118.200/246.000 (sơ bộ, kém chính thức)"]
    assert lines(ours(top, "5.3", "2022"), "Bỏ qua") == ["data/2022.csv:18: 2.150/7.020 (số cũ, ngày 20/12/2022)"]


def test_no_row_because_the_source_has_none(top: Path) -> None:
    found = ours(top, "1.1", "2024H1")
    assert found.inputs == ()
    assert "nguồn không công bố số của kỳ này, cấp này (kỳ công bố: năm" in found.rule
    assert "số gần nhất: kỳ 2023 là 58,6% (data/2023.csv:2)" in lines(found, "Số liệu")


def test_nothing_arose(top: Path) -> None:
    found = ours(top, "3.3a", "2024H1")
    assert lines(found, "So sánh") == ["dữ liệu ghi rõ như vậy → không phát sinh"]
    assert "trạng thái none: không phát sinh" in lines(found, "Số liệu")
    assert lines(found, "Phép tính") == []


def test_the_sexes_beside_it(top: Path) -> None:
    assert lines(ours(top, "3.2a", "2023"), "Phân tổ") == [
        "nữ: 131/161 = 81,37% (data/2023.csv:11)",
        "nam: 22/27 = 81,48% (data/2023.csv:12)",
    ]


def test_after_the_province_has_ended(top: Path) -> None:
    told = lines(ours(top, "1.1", "2025"), "Số liệu")
    assert "tỉnh Trà Vinh chỉ còn đến ngày 30/6/2025, nhập vào tỉnh Vĩnh Long" in told


def test_groups_are_told_where_there_is_no_whole(top: Path) -> None:
    found = explained(top / "plans", "1.1", "2023", "clqg-bdg-2021-2030")
    told = lines(found, "Phân tổ")
    assert "provinces: 47/63 = 74,60% (bdg:data/strategy.csv:6)" in told
    assert found.entry.judged.figure is None, "a group is not everybody"


def test_a_milestone_on_the_way(top: Path) -> None:
    found = explained(top / "plans", "2.1", "2023", "clqg-bdg-2021-2030")
    assert lines(found, "So sánh")[-1] == "so với mốc năm 2025: vượt"


# -------------------------------------------------------------------------------------- other ways to a figure


MEASURE = """objectives:
  - id: "1"
    title: Mục tiêu
    targets:
      - id: "1.1"
        text: Đạt {{ value }}.
        measures:
          - id: "1.1"
            indicator: %s
            op: ">="
            value: 60
            unit: "%%"
            due: 2025
%s"""
BASELINE = "            baseline: {value: 40, period: 2020}\n            milestones: [{year: 2023, value: 50}]\n"


def demo(root: Path, *rows: str, indicator: str = "cl-3-2a", more: str = "", registry: str = "") -> Path:
    lay(root, a=HEADER + "".join(f"{line}\n" for line in rows))
    (root / "demo" / "targets.yaml").write_text(MEASURE % (indicator, more), "utf-8")
    if registry:
        (root / "registry" / "indicators.yaml").write_text(registry, "utf-8")
    return root


def test_a_year_of_two_halves(tmp_path: Path) -> None:
    rows = ["cl-3-2a,tra-vinh,2024H1,,30,60,,,,S,", "cl-3-2a,tra-vinh,2024H2,,40,50,,,,S,"]
    found = explained(demo(tmp_path / "kho", *rows), "1.1", "2024")
    assert lines(found, "Số liệu") == [
        "kỳ 2024 không có dòng riêng: cộng các kỳ bên trong",
        "kỳ 2024H1: 30/60 (data/a.csv:2)",
        "kỳ 2024H2: 40/50 (data/a.csv:3)",
    ]
    assert lines(found, "Phép tính") == [
        "tử số 30 + 40 = 70", "mẫu số 60 + 50 = 110", "70 : 110 × 100 = 63,63636363…",
    ]  # fmt: skip
    assert len(found.inputs) == 4


def test_the_path_from_the_baseline(tmp_path: Path) -> None:
    found = explained(demo(tmp_path / "kho", "cl-3-2a,tra-vinh,2023,,48,100,,,,S,", more=BASELINE), "1.1", "2023")
    told = lines(found, "So sánh")
    assert told[0] == "48 ≥ 60: không đúng"
    assert told[1] == "đường tiến độ: 40 (31/12/2020) → 50 (31/12/2023) → 60 (31/12/2025); đến 31/12/2023 phải là 50"
    assert told[2] == "chưa hết năm đạt; kém đường tiến độ từ số gốc → chậm tiến độ"
    assert "số gốc 40% (năm 2020)" in lines(found, "Mục tiêu")


TWO_DEFINITIONS = """indicators:
  - id: rieng
    name: Tỷ lệ của tỉnh
    unit: "%"
    kind: level
    definitions:
      - {numerator: {name: A, unit: người}, denominator: {name: B, unit: người}, factor: 100}
      - {from: 2024-03-01, numerator: {name: A, unit: người}, denominator: {name: C, unit: người}, factor: 100}
"""


def test_two_definitions_are_never_compared_in_silence(tmp_path: Path) -> None:
    rows = ["rieng,tra-vinh,2023,,40,100,,,,S,", "rieng,tra-vinh,2024,,50,100,,,,S,"]
    root = demo(tmp_path / "kho", *rows, indicator="rieng", registry=TWO_DEFINITIONS, more=BASELINE)
    found = explained(root, "1.1", "2024")
    obstacle = "định nghĩa của chỉ tiêu đã đổi từ ngày 01/3/2024"
    assert lines(found, "Xu hướng") == [f"kỳ trước, 2023: 40% (data/a.csv:2); không so sánh vì {obstacle}"]
    assert "số gốc tính theo định nghĩa khác nên không có đường tiến độ" in found.rule
    assert any("sau ngày kế hoạch" in line for line in lines(found, "Lưu ý"))
    entry = found.entry
    assert (entry.before, entry.year_before) == (None, None), "a report has nothing to compare with"
    assert entry.incomparable == (f"không so sánh với kỳ 2023: {obstacle}",)


def test_a_part_that_is_missing_is_named(tmp_path: Path) -> None:
    areas = """areas:
  - {id: huyen-a, name: A, unit: huyện, level: district, parent: tra-vinh}
  - {id: huyen-b, name: B, unit: huyện, level: district, parent: tra-vinh}
"""
    root = demo(tmp_path / "kho", "cl-3-2a,huyen-a,2024,,48,100,,,,S,")
    (root / "registry" / "areas.yaml").write_text(areas, "utf-8")
    told = lines(explained(root, "1.1", "2024"), "Số liệu")
    assert told[0] == "không có dòng nào của cl-3-2a, tỉnh Trà Vinh, kỳ 2024"
    assert told[1] == "chưa cộng được từ 2 địa bàn trực thuộc, còn thiếu 1: huyện B"


def test_a_repeated_row_is_said_to_be_one(tmp_path: Path) -> None:
    rows = ["cl-3-2a,tra-vinh,2024,,48,100,,,,S,"] * 2
    assert lines(explained(demo(tmp_path / "kho", *rows), "1.1", "2024"), "Bỏ qua") == [
        "data/a.csv:2: 48/100 (trùng với dòng được dùng: bdg validate báo SL106)"
    ]


# -------------------------------------------------------------------------------------- the command


def run(
    capsys: pytest.CaptureFixture[str], top: Path, number: str, period: str | None = "2023", form: str = "text",
    plan: str = TRA_VINH,
) -> str:  # fmt: skip
    code = why.run(plan, number, period, form, repo=str(top / "plans"), today="2024-07-01", use_cache=False)
    assert code == 0
    return capsys.readouterr().out


def test_a_target_of_several_measures_says_how_they_make_one_verdict(
    top: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = run(capsys, top, "5.2")
    assert told.startswith(f"Chỉ tiêu 5.2 · {TRA_VINH} · kỳ 2023: CHƯA ĐẾN HẠN\n")
    assert "5.2a đạt, 5.2b chưa đến hạn: lấy đánh giá kém nhất, nên cả chỉ tiêu chưa đến hạn" in " ".join(told.split())
    assert told.count("Số đo 5.2") == 2
    assert run(capsys, top, "5.2a").count("5.2") >= 1


@pytest.mark.parametrize("width", ["80", "120"])
def test_no_line_is_wider_than_the_terminal(
    top: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, width: str
) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", width)
    told = run(capsys, top, "3.2")
    assert max(map(len, told.splitlines())) <= int(width)


def test_the_document_for_programs(top: Path, capsys: pytest.CaptureFixture[str]) -> None:
    one = json.loads(run(capsys, top, "3.1", form="json"))
    assert list(one) == ["format", "period", "today", "rows", "reports", "inputs", "rule", "steps"]
    (row,) = one["rows"]
    assert {key: row[key] for key in ("measure", "value", "unit", "verdict", "path", "line")} == {
        "measure": "3.1", "value": "1.711111111111111111111111111", "unit": "lần", "verdict": "not-due-yet",
        "path": f"{TRA_VINH}/targets.yaml", "line": 65,
    }  # fmt: skip
    assert one["inputs"] == row["inputs"] == [
        {"path": "data/2023.csv", "line": 7, "column": "numerator", "value": "15.40"},
        {"path": "data/2023.csv", "line": 7, "column": "denominator", "value": "9.00"},
    ]  # fmt: skip
    two = json.loads(run(capsys, top, "3.2", form="json"))
    assert [row["measure"] for row in two["rows"]] == [None, "3.2a", "3.2b"]
    assert len(two["inputs"]) == 4
    assert two["rule"] == two["rows"][0]["rule"]


def test_a_national_plan_rests_on_what_ships_with_bdg(top: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told: dict[str, Any] = json.loads(run(capsys, top, "3.1", form="json", plan="clqg-bdg-2021-2030"))
    assert {one["path"] for one in told["inputs"]} == {"bdg:data/strategy.csv"}
    assert told["rows"][0]["value"].startswith("1.843428571428571428571428571")


def test_without_a_period_the_latest(top: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "kỳ 2024:" in run(capsys, top, "6.1", None)


@pytest.mark.parametrize(
    ("plan", "number", "period", "form", "words"),
    [
        pytest.param(TRA_VINH, "3.9", "2023", "text", "có phải “3.", id="nearest-target"),
        pytest.param(TRA_VINH, "x", "2023", "text", "kế hoạch có: 1.1", id="no-target-near"),
        pytest.param(TRA_VINH, "3", "2023", "text", "3 là mục tiêu", id="an-objective"),
        pytest.param("tra-vinh", "3.1", "2023", "text", "có phải “tra-vinh-2023-2025”?", id="nearest-plan"),
        pytest.param(TRA_VINH, "3.1", "2023-6", "text", "2024H1", id="no-period"),
        pytest.param(TRA_VINH, "3.1", "2023", "xml", "text, json", id="no-format"),
        pytest.param("dak-nong-2023", "1", "2023", "text", "không chỉ tiêu nào", id="a-letter-has-no-targets"),
    ],
)
def test_wrong_use_has_a_way_out(top: Path, plan: str, number: str, period: str, form: str, words: str) -> None:
    with pytest.raises(WrongUse, match=words.replace("?", r"\?")):
        why.run(plan, number, period, form, repo=str(top / "plans"), today=None, use_cache=False)
