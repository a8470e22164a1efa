"""domain.md 5, "Never a finding": each item, on the plan it was read in or in a small repository.

Each case names what must be absent, and something that the same run does find, so that silence is not blindness.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bdg_cli import validation
from bdg_cli.checks import CATALOGUE
from bdg_cli.checks.check import Example
from bdg_cli.findings import Finding
from tests import pages

TODAY = "2026-11-23"
BAC_KAN, DAK_NONG, HAI_PHONG = "bac-kan-2018", "dak-nong-2023", "hai-phong-2022"
LOC_BINH, TRA_VINH = "loc-binh-2024", "tra-vinh-2023-2025"
_OF_2018 = """\
date: 2018-03-19
title: Thực hiện công tác bình đẳng giới năm 2018
period: 2018
parents: [qd-1696-2015]
opening: |
  Thực hiện Quyết định số 1696/QĐ-TTg ngày 02/10/2015 của Thủ tướng Chính phủ, Ủy ban nhân dân tỉnh ban hành
  Kế hoạch thực hiện công tác bình đẳng giới năm 2018, cụ thể như sau:
reporting:
  - from: [so-noi-vu-mau]
    to: ubnd-mau
    period: year
    deadline: 2018-12-25
"""
_NO_TARGETS = {
    "demo/targets.yaml": "objectives: []\n",
    "demo/assignments.yaml": "duties:\n  - group: so-ban-nganh-mau\n    tasks:\n"
    "      - {text: Thực hiện công tác bình đẳng giới của ngành., deadline: 2024-11}\n",
}

Found = Callable[[str], list[Finding]]


@pytest.fixture(scope="module")
def on_plan() -> Found:
    """The findings on one of the five plans, none accepted."""
    top = Path(__file__).parents[1]
    outcome = validation.validate(str(top / "plans"), TODAY, use_cache=False, baseline=False)
    return lambda plan: [one for one in outcome.findings if one.plan == plan]


def in_small(folder: Path, files: dict[str, str], today: str = "2024-07-01") -> list[Finding]:
    """The findings in the smallest repository with these files laid over it."""
    pages.lay(Example("Đúng", tuple(files.items()), None, False), folder)
    return pages.found(folder, today).findings


def codes(findings: list[Finding]) -> set[str]:
    return {one.code for one in findings}


def at(findings: list[Finding], text: str, top: Path) -> set[str]:
    """The codes of findings whose marked stretch or message holds a text."""
    found = set()
    for one in findings:
        lines = (top / one.place.path).read_text("utf-8").splitlines()
        marked = " ".join(lines[one.place.line - 1 : one.place.end_line])
        if text in one.message or text in marked[one.place.column - 1 :]:
            found.add(one.code)
    return found


def test_s3_department_of_culture_and_sports_was_correct_in_2022(on_plan: Found, top: Path) -> None:
    found = on_plan(HAI_PHONG)
    assert codes(found).isdisjoint({"PC104", "PC105", "PC112", "PC113", "TP012"})
    assert at(found, "Sở Văn hóa và Thể thao", top / "plans") == set()
    assert "VB104" in codes(found)


def test_s4_merged_office_is_a_real_name(on_plan: Found, top: Path) -> None:
    found = on_plan(LOC_BINH)
    assert codes(found).isdisjoint({"PC104", "PC105", "PC113", "TP012"})
    assert at(found, "Phòng Lao động, Thương binh, Xã hội - Dân tộc", top / "plans") == set()
    assert {"TG103", "PC106"} <= codes(found)


@pytest.mark.parametrize("number", ["131/KH-UBND", "117/KH-UBND", "125/2021/NĐ-CP", "7875/UBND-VX"])
def test_s3_acts_are_cited_consistently(number: str, on_plan: Found, top: Path) -> None:
    found = on_plan(HAI_PHONG)
    told = {one.code for one in found if number in one.message}
    assert told.isdisjoint({code for code in CATALOGUE if code.startswith("CC")} | {"VB108"})
    assert "CC104" in codes(found)  # 2282/QĐ-TTg, which is not


def test_a_saturday_is_a_day_to_sign(on_plan: Found, tmp_path: Path) -> None:
    """CT 21-CT/TW of 20/01/2018 is a Saturday, yet right; a wrong day of the same act is found."""
    assert not any("21-CT/TW" in one.message for one in on_plan(TRA_VINH))
    closing = "closing: Các cơ quan thực hiện Chỉ thị số 21-CT/TW ngày {}/01/2018 của Ban Bí thư.\n"
    assert in_small(tmp_path / "đúng", {"demo/plan.yaml": closing.format(20)}) == []
    assert codes(in_small(tmp_path / "sai", {"demo/plan.yaml": closing.format(22)})) == {"CC104"}


def test_s1_deadlines_of_2018_do_not_break_a_decree_of_2019(on_plan: Found, tmp_path: Path) -> None:
    found = on_plan(BAC_KAN)
    assert "TG103" not in codes(found)
    assert "TG104" in codes(found)
    early = _OF_2018.replace("2018-12-25", "2018-12-10")
    assert "TG103" not in codes(in_small(tmp_path / "2018", {"demo/plan.yaml": early, **_of_2018_only()}))
    now = "reporting: [{from: [so-noi-vu-mau], to: ubnd-mau, period: year, deadline: 2024-12-10}]\n"
    assert codes(in_small(tmp_path / "2024", {"demo/plan.yaml": now})) == {"TG103"}


def _of_2018_only() -> dict[str, str]:
    return {path: text.replace("2024-11", "2018-11") for path, text in _NO_TARGETS.items()}


def test_s0_targets_of_the_last_year_are_in_range(on_plan: Found) -> None:
    found = on_plan(TRA_VINH)
    assert codes(found).isdisjoint({"CT108", "CT109"})
    assert {"CT102", "CT107", "CT110"} <= codes(found)


@pytest.mark.parametrize("number", ["520/KH-UBND", "149/KH-UBND"])
def test_s2_periods_to_2030_are_right(number: str, on_plan: Found) -> None:
    found = on_plan(DAK_NONG)
    assert not any(number in one.message for one in found)
    assert codes(found).isdisjoint({"CC101", "CC102", "CC104", "CC105", "CC106"})
    assert "TG103" in codes(found)


def test_s2_numbers_start_again_each_year(on_plan: Found, tmp_path: Path) -> None:
    assert "VB108" not in codes(on_plan(DAK_NONG))
    assert "VB108" in codes(on_plan(TRA_VINH))
    named = (
        "Thực hiện Kế hoạch số 560/KH-UBND ngày 16/8/2021 của Ủy ban nhân dân tỉnh; Kế hoạch số 520/KH-UBND ngày {} của"
    )
    opening = f"opening: {named} Ủy ban nhân dân tỉnh, Ủy ban nhân dân tỉnh ban hành Kế hoạch, cụ thể như sau.\n"
    later = in_small(tmp_path / "2022", {"demo/plan.yaml": opening.format("08/9/2022")})
    same = in_small(tmp_path / "2021", {"demo/plan.yaml": opening.format("08/9/2021")})
    assert codes(later) == {"CC103"}  # neither is in the register
    assert codes(same) == {"CC103", "VB108"}


def test_letters_have_no_abbreviation_of_their_type(on_plan: Found, tmp_path: Path) -> None:
    assert codes(on_plan(DAK_NONG)).isdisjoint({"VB103", "CC107", "CC108"})
    letter = "kind: letter\nsymbol: {}\ntitle:\nsubject: triển khai công tác bình đẳng giới năm 2024\n"
    letter += "addressees: [{{group: so-ban-nganh-mau}}]\n"
    assert in_small(tmp_path / "đúng", {"demo/plan.yaml": letter.format("UBND-KGVX")}) == []
    assert codes(in_small(tmp_path / "sai", {"demo/plan.yaml": letter.format("KH-UBND")})) == {"VB103"}


@pytest.mark.parametrize("plan", [BAC_KAN, DAK_NONG, HAI_PHONG, LOC_BINH])
def test_a_plan_without_targets_carries_out_another(plan: str, on_plan: Found) -> None:
    found = on_plan(plan)
    assert not any(one.code.startswith("CT") or one.code in {"PC101", "PC109", "SL111"} for one in found)
    assert found


def test_a_plan_without_targets_and_without_a_parent_is_told(tmp_path: Path) -> None:
    said = "closing: Các cơ quan phấn đấu đạt các chỉ tiêu của Kế hoạch này.\n"
    linked = in_small(tmp_path / "có", {"demo/plan.yaml": f"{said}parents: [kh-10-2021]\n", **_NO_TARGETS})
    alone = in_small(tmp_path / "không", {"demo/plan.yaml": f"{said}parents: []\n", **_NO_TARGETS})
    assert linked == []
    assert codes(alone) == {"CT111"}


def test_the_older_name_of_the_action_month_is_right_for_2018(on_plan: Found, tmp_path: Path) -> None:
    month = "Tháng hành động vì bình đẳng giới và phòng, chống bạo lực trên cơ sở giới"
    events = f"events: [{{id: thang, name: '{month}', start: 2018-11-15, end: 2018-12-15}}]\n"
    closing = f"closing: Các cơ quan tổ chức {month}, báo cáo kết quả thi hành Quyết định này.\n"
    small = in_small(tmp_path / "kho", {"demo/plan.yaml": _OF_2018 + events + closing, **_of_2018_only()})
    assert codes(small) == {"VB111"}  # the run has read that sentence
    names = [one for one in on_plan(BAC_KAN) if one.code.startswith("CH")]
    assert not any("phòng, chống" in one.message and "phòng ngừa, ứng phó" in one.message for one in names)
