"""The shipped reference: whole, consistent, and honest about what is not verified."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from bdg_cli import load
from bdg_cli.layout import scan
from bdg_cli.models.registry import Level
from bdg_cli.registry import Registry
from bdg_cli.workshop import national_results
from tests.pages import MINIMAL


@pytest.fixture(scope="module")
def registry() -> Registry:
    return load.registry(scan(str(MINIMAL))).registry


def test_strategy(registry: Registry) -> None:
    plan = load.shipped_plan(load.STRATEGY, registry)
    assert [len(objective.targets) for objective in plan.objectives] == [1, 3, 4, 4, 4, 4]
    assert sum(1 for _ in plan.measures()) == 23
    assert sum(measure.qualitative for _, measure in plan.measures()) == 1
    assert {measure.due for _, measure in plan.measures()} == {2030}
    assert all(measure.indicator in registry.indicators for _, measure in plan.measures())


@pytest.mark.parametrize(
    "identity, targets", [("ct-bltcsg-2021-2025", 2), ("ct-lanh-dao-2021-2030", 1), ("ct-truyen-thong-2030", 5)]
)
def test_programmes(registry: Registry, identity: str, targets: int) -> None:
    plan = load.shipped_plan(identity, registry)
    act = registry.acts[plan.file.parents[0]]
    assert act.number == f"{plan.file.number}/{plan.file.symbol}"
    assert (act.date, act.issuer) == (plan.file.date, plan.file.issuer)
    assert sum(1 for _ in plan.walk_targets()) == targets


def test_references_resolve(registry: Registry) -> None:
    for act in registry.acts.values():
        assert act.issuer is None or act.issuer in registry.agencies, act.id
        assert act.replaced_by is None or act.replaced_by in registry.acts, act.id
    for identity in (*registry.agencies, *registry.groups):
        for heir in registry.heirs(identity):
            assert heir.kind in registry.kinds or heir.agency in registry.agencies, identity
    for area in registry.areas.values():
        assert area.parent is None or area.parent in registry.areas, area.id
        assert area.merged_into is None or area.merged_into in registry.areas, area.id


def test_an_heir_exists_when_the_agency_ends(registry: Registry) -> None:
    for kind in registry.kinds.values():
        last = kind.valid.to if kind.valid else None
        for heir in kind.heirs:
            following = registry.kinds[heir.kind or ""].valid
            assert last is not None, kind.id
            assert following is None or following.to is None or following.to > last, kind.id


def test_names_in_prose_are_of_one_act(registry: Registry) -> None:
    names = [name.lower() for act in registry.acts.values() for name in act.names]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("day, count", [(date(2025, 6, 30), 63), (date(2025, 7, 1), 34)])
def test_provinces(registry: Registry, day: date, count: int) -> None:
    provinces = [area for area in registry.areas.values() if area.level is Level.PROVINCE]
    assert sum(area.valid is None or area.valid.covers(day) for area in provinces) == count


def test_merged_provinces_lead_to_one_that_is_there(registry: Registry) -> None:
    for area in registry.areas.values():
        if area.merged_into is not None:
            after = registry.areas[area.merged_into]
            assert area.valid is not None
            assert area.valid.to is not None
            assert after.valid is None or after.valid.covers(area.valid.to + timedelta(days=1)), area.id


def test_calendar() -> None:
    calendar = load.calendar()
    assert not calendar.works(date(2024, 2, 12))  # Tết
    assert not calendar.works(date(2024, 6, 15))  # Saturday
    assert calendar.works(date(2024, 5, 4))  # Saturday worked for 29/4
    assert calendar.last_working_day(date(2024, 12, 14)) == date(2024, 12, 13)
    assert {day.year for day in calendar.holidays} == set(range(2018, 2027))


def test_national_results_have_a_source() -> None:
    rows = national_results()
    assert {row.period.year for row in rows} == {2022, 2023, 2024}
    assert all(row.source and row.area == "viet-nam" for row in rows)


def test_publication_is_verified_apart_from_the_indicator(registry: Registry) -> None:
    apart = {one.id for one in registry.indicators.values() if one.verified and not one.publication_verified}
    assert apart == {"cl-2-3", "cl-3-2a", "cl-3-2b", "cl-3-3", "cl-3-4", "cl-5-4a", "cl-5-4b"}
    assert not any(registry.indicators[identity].publication_known for identity in (*apart, "cl-4-3"))
    assert registry.indicators["cl-4-2"].publication_known


def test_no_official_code_is_invented(registry: Registry) -> None:
    assert {indicator.official_code for indicator in registry.indicators.values()} == {None}


def test_the_wording_of_seeds_is_not_copied(top: Path) -> None:
    """Facts go into the project, sentences do not: no long run of words of the original stands in the plan."""
    seed = top.parent / "shared" / "seeds" / "000_fcc054a5848b308c.txt"
    if not seed.exists():
        pytest.skip("the originals are not here (../shared/seeds)")
    original = seed.read_text("utf-8").lower().split()
    names = (  # the plan's own long title, citations and the names of programmes are facts
        "theo quyết định số",
        "vì sự tiến bộ của phụ nữ; chiến lược",
        "chiến lược quốc gia bình đẳng giới;",
        "trên cơ sở giới; chương trình",
        "chương trình truyền thông về bình đẳng giới tỉnh",
        "bình đẳng giới đối với nữ cán bộ, công chức, viên chức”",
    )
    length = 25
    runs = {" ".join(original[start : start + length]) for start in range(len(original) - length + 1)}
    copied = []
    for path in (top / "plans" / "tra-vinh-2023-2025").glob("*.yaml"):
        words = path.read_text("utf-8").lower().split()
        for start in range(len(words) - length + 1):
            run = " ".join(words[start : start + length])
            cites = re.search(r"\d[/-]", run) is not None
            if run in runs and not cites and not any(name in run for name in names):
                copied.append(run)
    assert copied == []
