"""Everything is judged on the day the plan uses it: agencies and who takes over, acts, areas, levels, the decree."""

from __future__ import annotations

from pathlib import Path

import pytest

from bdg_cli.checks.check import Example
from bdg_cli.findings import Finding
from tests import pages

_PLAN = """\
date: {day}
period: {period}
parents: [nq-28-2021]
opening: |
  Ủy ban nhân dân tỉnh ban hành Kế hoạch thực hiện công tác bình đẳng giới năm {year}, cụ thể như sau:
title: Thực hiện công tác bình đẳng giới năm {year}
reporting:
  - from: [so-noi-vu-mau]
    to: ubnd-mau
    period: year
    deadline: {year}-12-20
"""
_AGENCIES = """\
agencies:
  - {id: ubnd-mau, kind: ubnd-tinh, area: lang-son}
  - {id: so-noi-vu-mau, kind: so-noi-vu, area: lang-son}
  - {id: so-y-te-mau, kind: so-y-te, area: lang-son}
"""
_TARGET = """\
objectives:
  - id: "1"
    title: Trong nhiều lĩnh vực
    targets:
"""
_ONE = """\
      - id: "1.{number}"
        text: Phấn đấu {{{{ value }}}}.
        measures: [{{id: "1.{number}", indicator: {indicator}, op: ">=", value: 50, unit: "%", due: 2025}}]
"""


def found(folder: Path, files: dict[str, str], today: str) -> list[Finding]:
    """What the whole program finds in the smallest repository with these files laid over it."""
    pages.lay(Example("Đúng", tuple(files.items()), None, False), folder)
    return pages.found(folder, today).findings


def plan(day: str, period: str = "") -> str:
    return _PLAN.format(day=day, period=period or day[:4], year=day[:4])


def with_agency(kind: str) -> str:
    return f"{_AGENCIES}  - {{id: co-quan-mau, kind: {kind}, area: lang-son}}\n"


def duty(claims: str) -> str:
    answers = f"    answers_for: [{{role: owner, targets: [{claims}]}}]\n" if claims else ""
    tasks = "    tasks: [{text: Theo dõi việc thực hiện Kế hoạch., deadline: 2025-11}]\n"
    rest = '  - agency: so-noi-vu-mau\n    answers_for: [{role: owner, targets: ["1"]}]\n'
    return f"duties:\n  - agency: co-quan-mau\n{tasks}{answers}{rest}"


HEIRS = [
    # domain.md 4: old body, what it answers for, what must be named, what must not
    ("so-ldtbxh", ["cl-2-1"], ["kế thừa: Sở Nội vụ"], ["sang"]),
    ("so-ldtbxh", ["cl-5-3"], ["kế thừa: Sở Nội vụ", "giáo dục nghề nghiệp sang Sở Giáo dục và Đào tạo"], ["Y tế"]),
    ("so-ldtbxh", ["cl-3-4"], ["kế thừa: Sở Nội vụ", "bảo trợ xã hội sang Sở Y tế"], ["Giáo dục"]),
    ("so-ldtbxh", ["cl-3-3"], ["mua bán người sang Sở Y tế"], ["Giáo dục", "Môi trường"]),
    (
        "so-ldtbxh",
        [],
        [
            "kế thừa: Sở Nội vụ",
            "trẻ em",
            "sang Sở Y tế",
            "giáo dục nghề nghiệp sang Sở Giáo dục và Đào tạo",
            "giảm nghèo sang Sở Nông nghiệp và Môi trường",
        ],
        [],
    ),
    ("so-khdt", ["cl-2-3"], ["kế thừa: Sở Tài chính"], ["sang"]),
    (
        "so-tttt",
        ["cl-6-3"],
        ["kế thừa: Sở Khoa học và Công nghệ", "báo chí, thông tin cơ sở sang Sở Văn hóa, Thể thao và Du lịch"],
        [],
    ),
    ("so-gtvt", [], ["kế thừa: Sở Xây dựng"], []),
    ("so-tnmt", [], ["kế thừa: Sở Nông nghiệp và Môi trường"], []),
    ("so-nnptnt", [], ["kế thừa: Sở Nông nghiệp và Môi trường"], []),
    ("ban-dan-toc", [], ["kế thừa: Sở Dân tộc và Tôn giáo"], []),
    ("phong-ldtbxh", ["cl-5-3"], ["kế thừa: Phòng Nội vụ", "giáo dục nghề nghiệp sang Phòng Giáo dục và Đào tạo"], []),
    ("phong-vhtt-huyen", [], ["kế thừa: Phòng Văn hóa, Khoa học và Thông tin"], []),
    ("phong-noi-vu-huyen", [], ["kế thừa: Phòng Văn hóa - Xã hội"], []),
    ("phong-tckh-huyen", [], ["kế thừa: Phòng Kinh tế"], []),
    ("ubnd-huyen", [], ["kế thừa: Ủy ban nhân dân xã"], []),
]


@pytest.mark.parametrize("kind, indicators, named, unnamed", HEIRS)
def test_heirs_by_function(
    kind: str, indicators: list[str], named: list[str], unnamed: list[str], tmp_path: Path
) -> None:
    targets = [_ONE.format(number=index, indicator=one) for index, one in enumerate(indicators or ["cl-1-1"], 1)]
    files = {
        "registry/agencies.yaml": with_agency(kind),
        "demo/plan.yaml": plan("2025-01-06"),
        "demo/targets.yaml": _TARGET + "".join(targets),
        "demo/assignments.yaml": duty(", ".join(f'"1.{index}"' for index, _ in enumerate(indicators, 1))),
    }
    (told,) = [one for one in found(tmp_path / "kho", files, "2025-01-10") if one.code == "PC105"]
    assert all(words in told.message for words in named), told.message
    assert not any(words in told.message for words in unnamed), told.message


def test_heirs_of_what_is_claimed_not_of_what_stands_beside(tmp_path: Path) -> None:
    files = {
        "registry/agencies.yaml": with_agency("so-ldtbxh"),
        "demo/plan.yaml": plan("2025-01-06"),
        "demo/targets.yaml": _TARGET
        + _ONE.format(number=1, indicator="cl-2-1")
        + _ONE.format(number=2, indicator="cl-5-3"),
        "demo/assignments.yaml": duty('"1.1"'),
    }
    (told,) = [one for one in found(tmp_path / "kho", files, "2025-01-10") if one.code == "PC105"]
    assert "giáo dục nghề nghiệp" not in told.message


@pytest.mark.parametrize("kind", ["cuc-thong-ke-tinh", "so-vh-tt", "bao-tinh"])
def test_what_is_not_verified_ends_nothing(kind: str, tmp_path: Path) -> None:
    files = {
        "registry/agencies.yaml": with_agency(kind),
        "demo/plan.yaml": plan("2025-01-06"),
        "demo/targets.yaml": _TARGET + _ONE.format(number=1, indicator="cl-1-1"),
        "demo/assignments.yaml": duty("").replace(", deadline: 2025-11", ""),
    }
    codes = {one.code for one in found(tmp_path / "kho", files, "2025-01-10")}
    assert "PC105" not in codes
    assert "PC106" in codes  # the run did look at that duty


@pytest.mark.parametrize(
    "day, ended", [("2025-02-28", False), ("2025-03-01", True), ("2025-03", True), ("2025", False)]
)
def test_an_agency_on_the_day_of_issue(day: str, ended: bool, tmp_path: Path) -> None:
    """Partial dates are held against a plan only where every day they can mean is too late."""
    files = {
        "registry/agencies.yaml": with_agency("so-ldtbxh"),
        "demo/plan.yaml": plan("2025-01-06").replace("date: 2025-01-06", f"date: {day}"),
        "demo/targets.yaml": _TARGET + _ONE.format(number=1, indicator="cl-1-1"),
        "demo/assignments.yaml": duty(""),
    }
    codes = {one.code for one in found(tmp_path / "kho", files, "2025-03-02")}
    assert ("PC104" in codes) is ended
    assert ("PC105" in codes) is not ended


@pytest.mark.parametrize("day, ended", [("2025-06-30", False), ("2025-07-01", True)])
def test_a_level_on_the_day_of_issue(day: str, ended: bool, tmp_path: Path) -> None:
    """All districts together are a group of a kind that ends with the level."""
    group = "groups:\n  - {id: cac-huyen, name: Ủy ban nhân dân các huyện, kind: ubnd-huyen, area: lang-son}\n"
    files = {
        "registry/agencies.yaml": _AGENCIES + group,
        "demo/plan.yaml": plan(day),
        "demo/targets.yaml": _TARGET + _ONE.format(number=1, indicator="cl-1-1"),
        "demo/assignments.yaml": duty("").replace("agency: co-quan-mau", "group: cac-huyen"),
    }
    codes = {one.code for one in found(tmp_path / "kho", files, "2025-07-02")}
    assert ("PC104" in codes) is ended


@pytest.mark.parametrize(
    "area, day, today, code, told",
    [
        pytest.param("bac-kan", "2025-06-30", "2025-07-01", "PC105", "nhập vào tỉnh Thái Nguyên", id="while it runs"),
        pytest.param("bac-kan", "2025-07-01", "2025-07-01", "PC104", "nhập vào tỉnh Thái Nguyên", id="after"),
        pytest.param("dak-nong", "2025-08-01", "2025-08-01", "PC104", "nhập vào tỉnh Lâm Đồng", id="after, another"),
        pytest.param("bac-kan", "2025-01-06", "2025-06-30", "", "", id="not before it happens"),
        pytest.param("bac-kan", "2025-01-06", "2026-01-01", "", "", id="not when the plan is over"),
        pytest.param("lang-son", "2025-08-01", "2025-08-01", "", "", id="a province that stays"),
        pytest.param("hai-phong", "2025-08-01", "2025-08-01", "", "", id="a city that others went into"),
    ],
)
def test_a_territory_is_told_once(area: str, day: str, today: str, code: str, told: str, tmp_path: Path) -> None:
    files = {
        "registry/agencies.yaml": _AGENCIES.replace("lang-son", area),
        "demo/plan.yaml": f"area: {area}\n" + plan(day),
        "demo/targets.yaml": _TARGET + _ONE.format(number=1, indicator="cl-1-1"),
        "demo/assignments.yaml": duty("").replace("co-quan-mau", "so-y-te-mau"),
    }
    findings = [one for one in found(tmp_path / "kho", files, today) if one.code in {"PC104", "PC105"}]
    assert [one.code for one in findings] == ([code] if code else [])
    assert all(told in one.message and one.place.route == "area" for one in findings)


def test_a_ministry_that_has_gone_is_no_recipient(tmp_path: Path) -> None:
    recipients = "recipients:\n  - {agency: bo-ldtbxh, purpose: báo cáo}\n  - {text: VT, purpose: lưu}\n"
    files = {
        "registry/agencies.yaml": with_agency("so-y-te"),
        "demo/plan.yaml": recipients + plan("2025-03-03"),
        "demo/targets.yaml": "objectives: []\n",
        "demo/assignments.yaml": "duties: []\n",
    }
    (told,) = [one for one in found(tmp_path / "kho", files, "2025-03-03") if one.code == "PC104"]
    assert "kế thừa: Bộ Nội vụ" in told.message


@pytest.mark.parametrize("day, over", [("2023-06-30", False), ("2023-07-01", True)])
def test_an_act_on_the_day_of_the_plan(day: str, over: bool, tmp_path: Path) -> None:
    closing = 'closing: Công an xử lý hành vi bạo lực theo {{ cite("luat-pcblgd-2007") }}.\n'
    files = {
        "registry/agencies.yaml": with_agency("so-y-te"),
        "demo/plan.yaml": closing + plan(day),
        "demo/targets.yaml": "objectives: []\n",
        "demo/assignments.yaml": "duties: []\n",
    }
    codes = {one.code for one in found(tmp_path / "kho", files, "2023-07-01")}
    assert ("CC105" in codes) is over


@pytest.mark.parametrize(
    "day, bound", [("2019-03-11", False), ("2019-03-12", True), ("2019-03", False), ("2019", False)]
)
def test_the_decree_on_reports_binds_from_its_day(day: str, bound: bool, tmp_path: Path) -> None:
    files = {
        "registry/agencies.yaml": with_agency("so-y-te"),
        "demo/plan.yaml": plan("2019-01-02").replace("date: 2019-01-02", f"date: {day}").replace("12-20", "12-14"),
        "demo/targets.yaml": "objectives: []\n",
        "demo/assignments.yaml": "duties: []\n",
    }
    codes = {one.code for one in found(tmp_path / "kho", files, "2019-12-01")}
    assert ("TG103" in codes) is bound


@pytest.mark.parametrize(
    "deadline, last",
    [
        pytest.param("2024-09-04", "30/8/2024", id="two days of the national day and a weekend"),
        pytest.param("2025-05-03", "29/4/2025", id="a day swapped for a Saturday"),
        pytest.param("2024-06-17", "14/6/2024", id="a weekend"),
    ],
)
def test_working_days_are_of_the_shipped_calendar(deadline: str, last: str, tmp_path: Path) -> None:
    files = {
        "registry/agencies.yaml": with_agency("so-y-te"),
        "demo/plan.yaml": plan("2024-01-15", "2024-2025")
        .replace("2024-12-20", deadline)
        .replace("period: year", "period: month"),
        "demo/targets.yaml": "objectives: []\n",
        "demo/assignments.yaml": "duties: []\n",
    }
    (told,) = [one for one in found(tmp_path / "kho", files, "2024-02-01") if one.code == "TG104"]
    assert told.message.endswith(f"ngày làm việc cuối cùng là {last}")


def test_a_saturday_worked_for_another_day_is_no_day_off(tmp_path: Path) -> None:
    files = {
        "registry/agencies.yaml": with_agency("so-y-te"),
        "demo/plan.yaml": plan("2024-01-15")
        .replace("2024-12-20", "2024-05-05")
        .replace("period: year", "period: month"),
        "demo/targets.yaml": "objectives: []\n",
        "demo/assignments.yaml": "duties: []\n",
    }
    assert found(tmp_path / "kho", files, "2024-02-01") == []  # 04/5/2024 is the last day
