"""The periodic report: what it is called, what it says of each result, and what it marks as unwritten."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bdg_cli import entry
from tests.pages import MINIMAL

HEAD = "indicator,area,period,numerator,denominator,value,status,vintage,window,cutoff,source,as_of,note\n"
TARGETS = """\
objectives:
  - id: "1"
    title: Trong lĩnh vực chính trị
    targets:
      - id: "1.1"
        text: Phấn đấu {{{{ value }}}} cơ quan có lãnh đạo chủ chốt là nữ.
        measures:
          - id: "1.1"
            indicator: {indicator}
            op: "{op}"
            value: {value}
            unit: "{unit}"
            due: {due}
{more}"""


class Office:
    """The smallest repository, with targets and figures of its own."""

    def __init__(self, root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self.root = root
        self.monkeypatch = monkeypatch
        self.capsys = capsys
        shutil.copytree(MINIMAL, root)

    def target(
        self,
        op: str = ">=",
        value: str = "60",
        unit: str = "%",
        due: int = 2024,
        indicator: str = "cl-1-1",
        more: str = "",
    ) -> None:
        text = TARGETS.format(op=op, value=value, unit=unit, due=due, indicator=indicator, more=more)
        (self.root / "demo" / "targets.yaml").write_text(text, "utf-8")
        if due > 2024:
            self.change("demo/plan.yaml", "period: 2024\n", f"period: 2023-{due}\n")

    def figures(self, *rows: str) -> None:
        (self.root / "data" / "2024.csv").write_text(HEAD + "".join(f"{row}\n" for row in rows), "utf-8")

    def change(self, path: str, old: str, new: str) -> None:
        file = self.root / path
        text = file.read_text("utf-8")
        assert old in text
        file.write_text(text.replace(old, new), "utf-8")

    def report(self, period: str = "2024", *words: str, expected: int = 0) -> str:
        """The report as text, with plain spaces."""
        self.capsys.readouterr()
        common = ("--repo", str(self.root), "--today", "2024-12-22", "--format", "text")
        self.monkeypatch.setattr("sys.argv", ["bdg", "report", "--period", period, *common, *words])
        code = entry.main()
        printed = self.capsys.readouterr()
        assert code == expected, printed.err
        return printed.out.replace("\u00a0", " ")

    def sentence(self, period: str = "2024") -> str:
        """What is said of target 1.1."""
        return next(line for line in self.report(period).splitlines() if line.startswith("- Chỉ tiêu 1.1: "))


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Office:
    return Office(tmp_path / "kho", monkeypatch, capsys)


def row(counts: str, period: str = "2024", indicator: str = "cl-1-1", *, rest: str = ",official,,,Sở Nội vụ,,") -> str:
    """One figure: `18,31` counts; `,,58.1` a rate."""
    cells = counts if counts.count(",") > 1 else f"{counts},"
    return f"{indicator},tra-vinh,{period},{cells},{rest}"


RATE = "Tỷ lệ cơ quan quản lý nhà nước, chính quyền địa phương các cấp có lãnh đạo chủ chốt là nữ"
RATIO = "Tỷ số giới tính khi sinh"

SENTENCES = [
    pytest.param(
        {}, ["61,100"], f"{RATE} đạt 61% (61/100 cơ quan), vượt 1 điểm phần trăm so với mục tiêu năm 2024 (đạt 60%).",
        id="exceeded",
    ),
    pytest.param(
        {"due": 2025, "value": "61"}, ["61,100"],
        f"{RATE} đạt 61% (61/100 cơ quan), đạt mục tiêu đến năm 2025 (đạt 61%).",
        id="met-before-its-year",
    ),
    pytest.param(
        {}, [",,59.95"], f"{RATE} mới đạt 59,95%, chưa đạt mục tiêu năm 2024 (đạt 60%), còn thiếu 0,05 điểm phần trăm.",
        id="missed-by-little-is-not-rounded-away",
    ),
    pytest.param(
        {"due": 2025}, ["58,100"],
        f"{RATE} đạt 58% (58/100 cơ quan); mục tiêu đến năm 2025: đạt 60%, còn cách 2 điểm phần trăm.",
        id="not-due-yet",
    ),
    pytest.param(
        {"due": 2025, "more": "            baseline: {value: 50, period: 2023}\n"}, ["56,100"],
        f"{RATE} đạt 56% (56/100 cơ quan), đúng tiến độ thực hiện mục tiêu đến năm 2025 (đạt 60%).", id="on-track",
    ),
    pytest.param(
        {"due": 2025, "more": "            baseline: {value: 50, period: 2023}\n"}, ["51,100"],
        f"{RATE} mới đạt 51% (51/100 cơ quan), chậm tiến độ thực hiện mục tiêu đến năm 2025 (đạt 60%).", id="behind",
    ),
    pytest.param(
        {"due": 2025, "more": "            milestones: [{year: 2024, value: 55}]\n"}, ["56,100"],
        f"{RATE} đạt 56% (56/100 cơ quan); mục tiêu đến năm 2025: đạt 60%, còn cách 4 điểm phần trăm; "
        "đã đạt mốc năm 2024 (55%).", id="milestone",
    ),
    pytest.param(
        {"op": "<=", "value": "111", "unit": "bé trai/100 bé gái", "indicator": "cl-4-1"}, ["1110,1010"],
        f"{RATIO} ở mức 109,9 bé trai/100 bé gái (1.110/1.010 trẻ), thấp hơn 1,1 bé trai/100 bé gái so với mức tối đa "
        "của mục tiêu năm 2024 (không quá 111 bé trai/100 bé gái).", id="exceeded-downwards",
    ),
    pytest.param(
        {"op": "<=", "value": "111", "unit": "bé trai/100 bé gái", "indicator": "cl-4-1"}, ["1130,1010"],
        f"{RATIO} còn ở mức 111,9 bé trai/100 bé gái (1.130/1.010 trẻ), chưa đạt mục tiêu năm 2024 "
        "(không quá 111 bé trai/100 bé gái), còn cao hơn 0,9 bé trai/100 bé gái.", id="missed-downwards",
    ),
    pytest.param({"op": "~", "value": "60"}, ["57,100"],
        f"{RATE} mới đạt 57% (57/100 cơ quan), chưa đạt mục tiêu năm 2024 (khoảng 60%).", id="about"),
    pytest.param({}, [",,"], f"{RATE}: chưa có số liệu của kỳ báo cáo; mục tiêu năm 2024: đạt 60%.", id="missing"),
]  # fmt: skip


@pytest.mark.parametrize(("target", "figures", "said"), SENTENCES)
def test_what_is_said_of_a_result(office: Office, target: dict[str, str], figures: list[str], said: str) -> None:
    office.target(**target)  # type: ignore[arg-type]
    indicator = target.get("indicator", "cl-1-1")
    office.figures(*(row(counts, indicator=indicator) for counts in figures if counts != ",,"))
    assert office.sentence() == f"- Chỉ tiêu 1.1: {said}"


@pytest.mark.parametrize(
    ("status", "period", "said"),
    [
        pytest.param("none", "2024", "trong kỳ không phát sinh trường hợp nào nên không tính tỷ lệ", id="none"),
        pytest.param("missing", "2024", "chưa có số liệu của kỳ báo cáo", id="missing"),
        pytest.param("not-due", "2024H1", "chưa đến kỳ công bố số liệu", id="not-due"),
    ],
)
def test_why_there_is_no_figure(office: Office, status: str, period: str, said: str) -> None:
    """And the newest figure there is, with its period."""
    office.figures(row("18,31", "2023"), row(",,", period, rest=f"{status},,,,Sở Nội vụ,,"))
    assert office.sentence(period) == (
        f"- Chỉ tiêu 1.1: {RATE}: {said}; kết quả gần nhất (năm 2023) là 58,1%; mục tiêu năm 2024: đạt 60%."
    )


def test_half_a_year_is_compared_with_the_same_and_the_one_before(office: Office) -> None:
    estimate = ",estimate,,,Sở Nội vụ,,"
    office.figures(
        row("50,100", "2023H1", rest=estimate), row("52,100", "2023H2", rest=estimate), row("55,100", "2023"),
        row("58,100", "2024H1", rest=estimate),
    )  # fmt: skip
    said = office.sentence("2024H1")
    assert "tăng 8 điểm phần trăm so với cùng kỳ năm 2023 (50%)" in said
    assert "và tăng 6 điểm phần trăm so với 6 tháng cuối năm 2023 (52%)" in said


def test_changes_are_reckoned_from_the_figures_as_printed(office: Office) -> None:
    """82,29 and 77,65 are printed 82,3 and 77,6: a reader reckons 4,7, not 4,6."""
    office.figures(row("79,96", "2023"), row("66,85"))
    assert "giảm 4,7 điểm phần trăm so với năm 2023 (82,3%)" in office.sentence()


def test_equal_and_nearly_equal(office: Office) -> None:
    office.figures(row("60,100", "2023"), row("6,10"))
    assert office.sentence().endswith("; bằng năm 2023.")
    office.figures(row(",,60.01", "2023"), row(",,60.02"))
    assert office.sentence().endswith("tăng 0,01 điểm phần trăm so với năm 2023 (60,01%).")
    office.figures(row(",,61.01", "2023"), row(",,61.02"))
    assert office.sentence().endswith("; tương đương năm 2023.")


def test_figures_counted_in_two_ways_are_not_compared(office: Office) -> None:
    (office.root / "registry" / "indicators.yaml").write_text(
        """\
indicators:
  - id: ty-le-nu
    name: Tỷ lệ nữ
    unit: "%"
    direction: up
    kind: level
    publication: year
    lowest_level: commune
    source_agency: Sở Nội vụ
    definitions:
      - numerator: {name: Nữ, unit: người}
        denominator: {name: Tất cả, unit: người}
        factor: 100
      - from: 2024-01-01
        numerator: {name: Nữ từ 18 tuổi, unit: người}
        denominator: {name: Tất cả từ 18 tuổi, unit: người}
        factor: 100
""",
        "utf-8",
    )
    office.target(indicator="ty-le-nu")
    office.figures(row("50,100", "2023", "ty-le-nu"), row("61,100", "2024", "ty-le-nu"))
    assert office.sentence().endswith("vượt 1 điểm phần trăm so với mục tiêu năm 2024 (đạt 60%).")
    report = office.report()
    assert "| Không" in report, "Không so với năm 2023 vì định nghĩa của chỉ tiêu đã đổi từ ngày 01/01/2024"
    assert "|     50 |" in report, "the table still states what was not compared"


def test_estimates_are_marked(office: Office) -> None:
    """A calendar half-year is open until 30 June: a figure of 14 June is an estimate, whatever it is called."""
    statistical = ",official,statistical,,Sở Nội vụ,2024-06-14,"
    office.target(indicator="cl-6-1")
    office.figures(row("58,100", "2024H1", "cl-6-1", rest=statistical))
    text = office.report("2024H1")
    assert "đạt 58% (58/100 người; số ước)" in text
    assert "58*" in text
    assert "Số có dấu (*) là số ước" in text


@pytest.mark.parametrize(
    ("period", "plan_period", "said"),
    [
        pytest.param("2024H1", "2024", "Sơ kết công tác bình đẳng giới 6 tháng đầu năm 2024", id="half"),
        pytest.param("2024", "2024", "Tổng kết công tác bình đẳng giới năm 2024", id="year"),
        pytest.param("2024-9M", "2024", "Sơ kết công tác bình đẳng giới 9 tháng đầu năm 2024", id="nine months"),
        pytest.param("2024Q3", "2024", "Kết quả thực hiện công tác bình đẳng giới quý III năm 2024", id="quarter"),
        pytest.param("2023-2025", "2023-2025", "Tổng kết công tác bình đẳng giới giai đoạn 2023-2025", id="whole plan"),
        pytest.param(
            "2023-2024", "2023-2025", "Sơ kết công tác bình đẳng giới giai đoạn 2023-2024", id="part of a plan"
        ),
    ],
)
def test_what_the_report_is_called(office: Office, period: str, plan_period: str, said: str) -> None:
    office.change("demo/plan.yaml", "period: 2024\n", f"period: {plan_period}\n")
    assert said in " ".join(office.report(period).split())


def test_both_subjects_where_the_plan_asks_for_one_report_on_both(office: Office) -> None:
    office.change(
        "demo/plan.yaml",
        "    period: year\n",
        "    period: year\n    combined_with: báo cáo công tác vì sự tiến bộ của phụ nữ\n",
    )
    assert "Tổng kết công tác bình đẳng giới và vì sự tiến bộ của phụ nữ năm 2024" in " ".join(office.report().split())


def test_a_span_of_years_is_held_against_its_last_and_compared_with_its_start(office: Office) -> None:
    office.change("demo/plan.yaml", "period: 2024\n", "period: 2023-2024\n")
    office.figures(row("50,100", "2022"), row("56,100", "2023"), row("61,100"))
    text = office.report("2023-2024")
    assert "tăng 5 điểm phần trăm so với năm 2023 (56%) và tăng 11 điểm phần trăm so với năm 2022 (50%)" in text


def test_what_nobody_has_written_is_marked(office: Office) -> None:
    text = office.report()
    for part in ("công tác chỉ đạo, triển khai", "ưu điểm", "tồn tại, hạn chế", "kiến nghị, đề xuất"):
        assert f"(chưa có nội dung: {part})" in text


def test_to_whom_it_is_addressed(office: Office) -> None:
    (office.root / "reports").mkdir()
    (office.root / "reports" / "2024.yaml").write_text(
        "reports:\n  - plan: demo\n    addressees:\n      - text: Bộ Nội vụ\n", "utf-8"
    )
    text = office.report()
    assert "Kính gửi: Bộ Nội vụ" in text
    assert "- Như trên;" in text


def test_tasks_by_id_by_position_and_of_a_group(office: Office) -> None:
    office.change("demo/assignments.yaml", "      - text: Tham mưu", "      - id: can-bo-nu\n        text: Tham mưu")
    duties = office.root / "demo" / "assignments.yaml"
    duties.write_text(
        duties.read_text("utf-8")
        + "  - group: so-ban-nganh-mau\n    tasks:\n      - text: Tuyên truyền trong cơ quan.\n",
        "utf-8",
    )
    (office.root / "reports").mkdir()
    (office.root / "reports" / "2024.yaml").write_text(
        """\
reports:
  - plan: demo
    received:
      - agency: so-noi-vu-mau
        sent: 2024-12-18
        tasks:
          - {task: can-bo-nu, state: done, result: Đã quy hoạch 12 cán bộ nữ}
      - agency: so-y-te-mau
        sent: 2024-12-19
        summary: kiểm soát mất cân bằng giới tính khi sinh.
        tasks:
          - {task: 1, state: ongoing}
      - agency: so-ban-nganh-mau
        sent: 2024-12-19
        tasks:
          - {task: 1, state: not-started, result: Chuyển sang năm sau}
""",
        "utf-8",
    )
    text = office.report()
    assert "Trong 03 nhiệm vụ của Kế hoạch: 01 đã hoàn thành, 01 đang thực hiện, 01 chưa thực hiện" in text
    assert "- Sở Nội vụ: đã hoàn thành 01 trong 01 nhiệm vụ được giao." in text
    assert (
        "- Sở Y tế: kiểm soát mất cân bằng giới tính khi sinh; đang thực hiện 01 trong 01 nhiệm vụ được giao." in text
    )
    assert "Đã quy hoạch 12 cán bộ nữ" in " ".join(text.split())
    assert "chi tiết tại Phụ lục I" in text


def test_a_task_that_the_agency_does_not_have_is_a_finding(office: Office) -> None:
    from bdg_cli import validation

    (office.root / "reports").mkdir()
    (office.root / "reports" / "2024.yaml").write_text(
        "reports:\n  - plan: demo\n    received:\n      - agency: so-y-te-mau\n        sent: 2024-12-18\n"
        "        tasks:\n          - {task: 2, state: done}\n", "utf-8",
    )  # fmt: skip
    found = validation.validate(str(office.root), "2024-12-19", use_cache=False).findings
    assert [(one.code, one.place.line, one.message) for one in found] == [
        ("TP012", 7, "Sở Y tế không có nhiệm vụ “2” trong kế hoạch; đánh số từ 1 đến 1")
    ]


def test_a_plan_of_another_year_asked_for_by_name_fails(office: Office) -> None:
    assert office.report("2023", "--plan", "demo", expected=1) == ""


# -- reminders -----------------------------------------------------------------------------------------


def reminder(office: Office, today: str, expected: int = 0) -> str:
    office.capsys.readouterr()
    words = ("remind", "--period", "2024", "--repo", str(office.root), "--today", today, "--format", "text")
    office.monkeypatch.setattr("sys.argv", ["bdg", *words])
    assert entry.main() == expected
    printed = office.capsys.readouterr()
    return (printed.out + printed.err).replace("\u00a0", " ")


def received(office: Office, *sent: str) -> None:
    entries = "".join(f"      - agency: {agency}\n        sent: 2024-12-18\n" for agency in sent)
    (office.root / "reports").mkdir(exist_ok=True)
    (office.root / "reports" / "2024.yaml").write_text(f"reports:\n  - plan: demo\n    received:\n{entries}", "utf-8")


def test_a_reminder_before_the_deadline(office: Office) -> None:
    received(office, "so-noi-vu-mau")
    text = reminder(office, "2024-12-10")
    assert "Kính gửi: Sở Y tế" in text
    assert "V/v đôn đốc gửi báo cáo kết quả" in text
    assert "- Sở Y tế: kết quả 01 nhiệm vụ; hạn gửi chậm nhất ngày 19/12/2024." in text
    assert "theo đúng thời hạn" in text
    assert "đã quá hạn" not in text
    assert "/UBND" in text
    assert "/KH-UBND ngày" in text or "12/KH-UBND" in text


def test_a_reminder_after_the_deadline(office: Office) -> None:
    received(office, "so-noi-vu-mau")
    text = reminder(office, "2024-12-23")
    assert "hạn gửi chậm nhất ngày 19/12/2024 (đã quá hạn)." in text
    assert "khẩn trương" in text
    assert "trước ngày" in text


def test_nobody_to_remind(office: Office) -> None:
    received(office, "so-noi-vu-mau", "so-y-te-mau")
    assert reminder(office, "2024-12-23") == "demo: mọi cơ quan đã gửi báo cáo kỳ 2024, không cần đôn đốc\n"


def test_a_reminder_can_be_held_against_the_repository(office: Office, tmp_path: Path) -> None:
    received(office, "so-noi-vu-mau")
    common = ("--repo", str(office.root), "--today", "2024-12-23")
    office.monkeypatch.setattr("sys.argv", ["bdg", "remind", "--period", "2024", *common, "-o", str(tmp_path)])
    assert entry.main() == 0
    letter = tmp_path / "demo-don-doc-2024.docx"
    office.monkeypatch.setattr("sys.argv", ["bdg", "check-docx", str(letter), *common])
    assert entry.main() == 0
    received(office, "so-noi-vu-mau", "so-y-te-mau")
    office.capsys.readouterr()
    assert entry.main() == 1
    assert "không cần đôn đốc" in office.capsys.readouterr().err


@pytest.mark.parametrize(
    ("plan", "period", "symbol"),
    [
        pytest.param("dak-nong-2023", "2023", "/BC-SLĐTBXH", id="a letter names its issuer first"),
        pytest.param("bac-kan-2018", "2018", "/BC-UBND", id="a decision names its kind first"),
    ],
)
def test_the_notation_of_a_report(
    plan: str, period: str, symbol: str, top: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ("report", "--period", period, "--plan", plan, "--repo", str(top / "plans"), "--format", "text")
    monkeypatch.setattr("sys.argv", ["bdg", *words])
    assert entry.main() == 0
    assert f"{symbol} " in capsys.readouterr().out
