"""What falls to one agency: by name, through groups, as a partner; and what is given to somebody nearer does not."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bdg_cli.layout import scan
from bdg_cli.models.plan import Role
from bdg_cli.portion import Portion, of_agency
from bdg_cli.workshop import Workshop

TOP = Path(__file__).parents[1]

ASSIGNMENTS = """
duties:
  - agency: so-noi-vu-mau
    tasks:
      - {id: can-bo-nu, text: Tham mưu công tác cán bộ nữ.}
      - {text: Tập huấn., partners: [so-y-te-mau]}
      - {text: Kiểm tra., partners: [so-ban-nganh-mau]}
    answers_for:
      - {role: coordinator}
      - {role: owner, targets: ["1"]}
  - agency: so-y-te-mau
    tasks: [{text: Kiểm soát mất cân bằng giới tính khi sinh.}]
    answers_for:
      - {role: owner, targets: ["1.2b"]}
      - {role: data, targets: ["1.1"]}
  - group: so-ban-nganh-mau
    tasks: [{text: Lồng ghép giới.}]
"""
TARGETS = """
objectives:
  - id: 1
    title: Trong lĩnh vực chính trị
    targets:
      - {id: 1.1, text: A, measures: [{id: 1.1, op: ">=", value: 60, unit: "%"}]}
      - id: 1.2
        text: B
        measures:
          - {id: 1.2a, op: ">=", value: 60, unit: "%"}
          - {id: 1.2b, op: ">=", value: 60, unit: "%"}
"""


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    shutil.copytree(TOP / "tests" / "data" / "minimal", tmp_path / "plans")
    (tmp_path / "plans" / "demo" / "assignments.yaml").write_text(ASSIGNMENTS, "utf-8")
    (tmp_path / "plans" / "demo" / "targets.yaml").write_text(TARGETS, "utf-8")
    return tmp_path / "plans"


def portion(repository: Path, agency: str, plan: str = "demo") -> Portion:
    shop = Workshop(scan(str(repository)), "2026-11-23")
    loaded = shop.plan(plan).plan
    assert loaded is not None
    return of_agency(loaded, shop.registry, agency)


def test_tasks_by_name_through_a_group_and_as_partner(repository: Path) -> None:
    found = portion(repository, "so-y-te-mau")
    assert [task.text.raw for duty in found.own for task in duty.tasks] == [
        "Kiểm soát mất cân bằng giới tính khi sinh."
    ]
    assert [(one.group, one.duty.tasks[0].text.raw) for one in found.shared] == [
        ("so-ban-nganh-mau", "Lồng ghép giới.")
    ]
    assert [one.task.text.raw for one in found.helping] == ["Tập huấn.", "Kiểm tra."]
    assert [entry.deadline and str(entry.deadline) for entry in found.reporting] == ["2024-12-20"]


def test_nobody_helps_himself(repository: Path) -> None:
    assert portion(repository, "so-noi-vu-mau").helping == ()


def test_what_is_given_to_somebody_nearer_is_not_the_objectives(repository: Path) -> None:
    owner = portion(repository, "so-noi-vu-mau")
    assert owner.general == (Role.COORDINATOR,)
    assert [(one.target.id, one.roles, [part.id for part in one.measures]) for one in owner.answered] == [
        ("1.1", (Role.OWNER,), []),
        ("1.2", (Role.OWNER,), ["1.2a"]),
    ]
    other = portion(repository, "so-y-te-mau")
    assert [(one.target.id, one.roles, [part.id for part in one.measures]) for one in other.answered] == [
        ("1.1", (Role.DATA,), []),
        ("1.2", (Role.OWNER,), ["1.2b"]),
    ]


def test_a_group_may_ask_too(repository: Path) -> None:
    assert [duty.group for duty in portion(repository, "so-ban-nganh-mau").own] == ["so-ban-nganh-mau"]


def test_an_agency_with_nothing(repository: Path) -> None:
    assert portion(repository, "so-ldtbxh-mau").empty


def test_members_by_kind_and_area() -> None:
    """UBND các huyện: the registry lists no members, but says of which kind in which province they are."""
    shop = Workshop(scan(str(TOP / "plans")), "2026-11-23")
    registry = shop.registry
    district = next(one for one in registry.agencies.values() if one.kind == "ubnd-huyen")
    groups = {group.id for group in registry.groups.values() if group.kind == "ubnd-huyen"}
    assert set(registry.groups_of(district.id)) & groups == {
        group for group in groups if registry.groups[group].area in _above(district.area, registry.areas)
    }


def _above(area: str | None, areas: dict) -> set[str]:  # type: ignore[type-arg]
    found: set[str] = set()
    while area:
        found.add(area)
        area = areas[area].parent if area in areas else None
    return found


def test_a_letter_that_names_nobody_binds_whom_it_is_addressed_to() -> None:
    found = portion(TOP / "plans", "so-ban-nganh-doan-the-dak-nong", "dak-nong-2023")
    assert len(found.common) > 3
    assert portion(TOP / "plans", "ubnd-dak-nong", "dak-nong-2023").common == ()
