"""Figures that nobody wrote down: counts added over areas, over periods, over the sexes; and what is never added."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from bdg_cli import load
from bdg_cli.data import observations
from bdg_cli.data.counts import Way
from bdg_cli.data.observations import COLUMNS, FigureStatus, Sex
from bdg_cli.data.results import Figure, Results
from bdg_cli.data.territory import Territory
from bdg_cli.dates import Period
from bdg_cli.models.registry import Area, Indicator
from bdg_cli.registry import Registry

IND = "duoc-ho-tro"
PEOPLE = {"numerator": {"name": "Được hỗ trợ", "unit": "người"}, "denominator": {"name": "Cần hỗ trợ", "unit": "người"}}


def indicator(**fields: Any) -> Indicator:
    usual: dict[str, Any] = {"id": IND, "name": "Tỷ lệ được hỗ trợ", "unit": "%", "kind": "flow"}
    return Indicator.model_validate({**usual, "definitions": [{**PEOPLE, "factor": 100}], **fields})


def area(identity: str, level: str = "province", parent: str | None = None, **fields: Any) -> Area:
    entry = {"id": identity, "name": identity.title(), "level": level, "parent": parent, **fields}
    return Area.model_validate(entry)


# A province of two districts until 30/6/2025, of two communes after; one that joined it; a country.
OLD, NEW = {"to": "2025-06-30"}, {"from": "2025-07-01"}
AREAS = [
    area("nuoc", "central"),
    area("tinh-a", parent="nuoc"),
    area("tinh-b", parent="nuoc", valid=OLD, merged_into="tinh-a"),
    area("huyen-1", "district", "tinh-a", valid=OLD),
    area("huyen-2", "district", "tinh-a", valid=OLD),
    area("xa-1", "commune", "tinh-a", valid=NEW),
    area("xa-2", "commune", "tinh-a", valid=NEW),
]


def made(*rows: dict[str, str], known: Indicator | None = None, areas: list[Area] | None = None) -> Results:
    usual = {"indicator": IND, "area": "tinh-a", "period": "2024"}
    lines = [",".join({**usual, **cells}.get(column, "") for column in COLUMNS) for cells in rows]
    read = observations.read("data/a.csv", "\n".join([",".join(COLUMNS), *lines]) + "\n")
    assert read.faults == []
    registry = Registry(
        areas={one.id: one for one in (AREAS if areas is None else areas)}, indicators={IND: known or indicator()}
    )
    return Results(read.observations, registry)


def row(where: str, period: str, counts: str, **cells: str) -> dict[str, str]:
    numerator, _, denominator = counts.partition("/")
    return {"area": where, "period": period, "numerator": numerator, "denominator": denominator, **cells}


def counts(figure: Figure | None) -> tuple[str, Way] | None:
    return None if figure is None else (f"{figure.row.numerator}/{figure.row.denominator}", figure.way)


def ask(found: Results, where: str, period: str) -> Figure | None:
    return found.figure(IND, where, Period.parse(period))


# -------------------------------------------------------------------------------------- over areas


def test_a_province_is_the_sum_of_the_districts_it_had() -> None:
    found = made(row("huyen-1", "2024", "3/4"), row("huyen-2", "2024", "10/96"))
    figure = ask(found, "tinh-a", "2024")
    assert counts(figure) == ("13/100", Way.BELOW)
    assert figure is not None
    assert figure.value == 13, "not (75 + 10,4…) / 2: rates are never averaged"
    assert [one.area for one in figure.rows] == ["huyen-1", "huyen-2"]


def test_from_july_2025_there_are_no_districts() -> None:
    rows = [row("huyen-1", "2025H2", "1/2"), row("huyen-2", "2025H2", "1/2")]
    assert ask(made(*rows), "tinh-a", "2025H2") is None, "an area that has ended has no figure to add"
    now = made(*rows, row("xa-1", "2025H2", "3/4"), row("xa-2", "2025H2", "5/6"))
    assert counts(ask(now, "tinh-a", "2025H2")) == ("8/10", Way.BELOW)


def test_one_part_without_a_figure_leaves_no_sum() -> None:
    found = made(row("huyen-1", "2024", "3/4"))
    assert ask(found, "tinh-a", "2024") is None
    gap = found.shortfall(IND, "tinh-a", Period.parse("2024"))
    assert gap is not None
    assert (gap.areas, gap.absent) == (("huyen-1", "huyen-2"), ("huyen-2",))
    assert made().shortfall(IND, "tinh-a", Period.parse("2024")) is None


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        pytest.param({"numerator": "0", "denominator": "0", "status": "none"}, "3/4", id="nothing-arose-there"),
        pytest.param({"status": "none"}, "3/4", id="nothing-arose-and-no-zeros-written"),
        pytest.param({"status": "missing"}, None, id="said-missing"),
        pytest.param({"value": "50"}, None, id="a-rate-without-counts"),
        pytest.param({"numerator": "1", "denominator": "2", "window": "statistical"}, None, id="another-window"),
    ],
)
def test_what_a_part_must_have(cells: dict[str, str], expected: str | None) -> None:
    found = made(row("huyen-1", "2024", "3/4"), {"area": "huyen-2", "period": "2024", **cells})
    figure = ask(found, "tinh-a", "2024")
    assert (None if figure is None else counts(figure)) == (None if expected is None else (expected, Way.BELOW))


def test_nothing_arose_anywhere() -> None:
    none = {"numerator": "0", "denominator": "0", "status": "none"}
    figure = ask(made({"area": "huyen-1", **none}, {"area": "huyen-2", **none}), "tinh-a", "2024")
    assert figure is not None
    assert (figure.status, figure.value) == (FigureStatus.NONE, None)


def test_a_row_of_its_own_comes_before_any_sum() -> None:
    found = made(row("tinh-a", "2024", "50/100"), row("huyen-1", "2024", "3/4"), row("huyen-2", "2024", "10/96"))
    assert counts(ask(found, "tinh-a", "2024")) == ("50/100", Way.ROW)
    said = made({"status": "missing"}, row("huyen-1", "2024", "3/4"), row("huyen-2", "2024", "10/96"))
    figure = ask(said, "tinh-a", "2024")
    assert figure is not None
    assert figure.status is FigureStatus.MISSING, "what its own people say counts"


def test_a_sum_of_sums() -> None:
    rows = [row("huyen-1", "2024", "3/4"), row("huyen-2", "2024", "10/96"), row("tinh-b", "2024", "7/100")]
    figure = ask(made(*rows), "nuoc", "2024")
    assert counts(figure) == ("20/200", Way.BELOW)
    assert figure is not None
    assert len(figure.rows) == 3


@pytest.mark.parametrize(
    "known",
    [
        pytest.param({"breakdowns": ["level"]}, id="the-areas-own-bodies-are-in-none-of-its-parts"),
        pytest.param({"lowest_level": "province"}, id="no-figures-that-far-down"),
        pytest.param({"definitions": [{"factor": 100}]}, id="nobody-knows-what-is-counted"),
        pytest.param(
            {"definitions": [{**PEOPLE, "numerator": {"name": "Số giờ trung bình", "unit": "giờ/tuần"}}]}, id="averages"
        ),
    ],
)
def test_what_is_never_added_over_areas(known: dict[str, Any]) -> None:
    rows = [row("huyen-1", "2024", "3/4"), row("huyen-2", "2024", "10/96")]
    assert ask(made(*rows, known=indicator(**known)), "tinh-a", "2024") is None


def test_the_average_population_of_a_province_is_that_of_its_districts() -> None:
    known = indicator(definitions=[{**PEOPLE, "denominator": {"name": "Dân số trung bình", "unit": "người"}}])
    rows = [row("huyen-1", "2024", "3/4"), row("huyen-2", "2024", "10/96")]
    assert counts(ask(made(*rows, known=known), "tinh-a", "2024")) == ("13/100", Way.BELOW)


def test_areas_in_a_circle_end() -> None:
    circle = [area("x", parent="y"), area("y", parent="x"), area("z", parent="z")]
    found = made(areas=circle)
    assert ask(found, "x", "2024") is None
    assert ask(found, "z", "2024") is None


def test_a_plain_count_adds_up() -> None:
    known = indicator(unit="lớp", definitions=[{"numerator": {"name": "Lớp tập huấn", "unit": "lớp"}}])
    rows = [{"area": "huyen-1", "numerator": "3"}, {"area": "huyen-2", "value": "4"}]
    figure = ask(made(*rows, known=known), "tinh-a", "2024")
    assert figure is not None
    assert (figure.value, figure.way) == (Decimal(7), Way.BELOW)


# -------------------------------------------------------------------------------------- merged areas


def test_before_the_merger_a_province_is_what_became_it() -> None:
    rows = [row("tinh-a", "2025H2", "60/100"), row("tinh-a", "2024H2", "30/100"), row("tinh-b", "2024H2", "20/100")]
    found, now = made(*rows), Period.parse("2025H2")
    earlier = found.year_before(IND, "tinh-a", now)
    assert counts(earlier) == ("50/200", Way.MERGED)
    assert counts(ask(found, "tinh-a", "2024H2")) == ("30/100", Way.ROW), "asked of then, it is the old province"


def test_no_comparison_with_a_part_of_what_it_is_now() -> None:
    rows = [row("tinh-a", "2025H2", "60/100"), row("tinh-a", "2024H2", "30/100")]
    assert made(*rows).year_before(IND, "tinh-a", Period.parse("2025H2")) is None
    assert made(*rows).before(IND, "tinh-a", Period.parse("2025H2")) is None


def test_a_new_name_alone_changes_no_figure() -> None:
    renamed = [
        area("hue", valid={"from": "2025-01-01"}),
        area("thua-thien-hue", valid={"to": "2024-12-31"}, merged_into="hue"),
    ]
    found = made({"area": "thua-thien-hue", "value": "45"}, {"area": "hue", "period": "2025"}, areas=renamed)
    earlier = found.before(IND, "hue", Period.parse("2025"))
    assert earlier is not None
    assert (earlier.value, earlier.way) == (Decimal(45), Way.MERGED)


def test_the_year_of_the_merger_is_the_old_half_and_the_new_half() -> None:
    rows = [row("tinh-a", "2025H1", "10/20"), row("tinh-b", "2025H1", "5/10"), row("tinh-a", "2025H2", "20/30")]
    figure = ask(made(*rows), "tinh-a", "2025")
    assert counts(figure) == ("35/60", Way.PERIODS)
    assert figure is not None
    assert [part.way for part in figure.parts] == [Way.MERGED, Way.ROW]
    assert ask(made(*rows[::2]), "tinh-a", "2025") is None, "half of the province is missing from the first half"


def test_an_ended_province_keeps_its_own_figures_and_gets_no_others() -> None:
    found = made(row("tinh-b", "2024", "20/100"), row("tinh-a", "2025", "60/100"))
    assert counts(ask(found, "tinh-b", "2024")) == ("20/100", Way.ROW)
    assert ask(found, "tinh-b", "2025") is None
    ended = found.ended("tinh-b", Period.parse("2025"))
    assert ended is not None
    assert ended.merged_into == "tinh-a"


def test_the_63_provinces_and_the_34_of_today() -> None:
    areas = list(load.shipped_registry().areas.values())
    territory = Territory({one.id: one for one in areas})
    assert len(territory.below("viet-nam", date(2025, 6, 30))) == 63
    assert len(territory.below("viet-nam", date(2025, 7, 1))) == 34
    on, day = date(2026, 12, 31), date(2024, 12, 31)
    assert sorted(territory.earlier("vinh-long", on, day)) == ["ben-tre", "tra-vinh", "vinh-long"]
    assert territory.earlier("hue", on, day) == ("thua-thien-hue",)
    assert territory.earlier("ha-noi", on, day) == ("ha-noi",)
    assert sorted(territory.earlier("thai-nguyen", on, day)) == ["bac-kan", "thai-nguyen"]


def test_what_stood_under_a_merged_province_stands_under_its_heir() -> None:
    areas = [*AREAS, area("xa-3", "commune", "tinh-b"), area("xa-4", "commune", "huyen-1")]
    territory = Territory({one.id: one for one in areas})
    assert territory.below("tinh-b", date(2025, 6, 30)) == ("xa-3",)
    assert territory.below("huyen-1", date(2025, 6, 30)) == ("xa-4",)
    assert territory.below("tinh-a", date(2025, 7, 1)) == ("xa-1", "xa-2", "xa-3", "xa-4")
    assert territory.below("tinh-a", date(2025, 6, 30)) == ("huyen-1", "huyen-2")


# -------------------------------------------------------------------------------------- over periods


@pytest.mark.parametrize(
    ("parts", "asked", "expected"),
    [
        pytest.param({"2024H1": "1/2", "2024H2": "3/4"}, "2024", "4/6", id="halves"),
        pytest.param({f"2024Q{n}": "1/2" for n in (1, 2, 3, 4)}, "2024", "4/8", id="quarters"),
        pytest.param({"2024H1": "1/2", "2024Q3": "1/2", "2024Q4": "1/2"}, "2024", "3/6", id="a-half-and-two-quarters"),
        pytest.param({f"2024M{n:02}": "1/2" for n in range(1, 13)}, "2024", "12/24", id="months"),
        pytest.param({"2024Q1": "1/2", "2024Q2": "1/2"}, "2024H1", "2/4", id="quarters-of-a-half"),
        pytest.param({"2024H1": "1/2", "2024Q3": "1/2"}, "2024-9M", "2/4", id="nine-months"),
        pytest.param({"2024H1": "1/2"}, "2024", None, id="half-a-year-is-no-year"),
        pytest.param({"2024": "4/6"}, "2024H1", None, id="a-year-says-nothing-of-its-half"),
        pytest.param({"2023H2": "1/2", "2024H1": "1/2"}, "2024", None, id="halves-of-two-years"),
    ],
)
def test_what_arises_adds_up_over_time(parts: dict[str, str], asked: str, expected: str | None) -> None:
    figure = ask(made(*(row("tinh-b", period, said) for period, said in parts.items())), "tinh-b", asked)
    assert counts(figure) == (None if expected is None else (expected, Way.PERIODS))


def test_a_stock_under_a_flow_does_not_add_up() -> None:
    """The women of a province are not twice as many in a year as in half of it."""
    definition = {**PEOPLE, "denominator": {"name": "Phụ nữ", "unit": "người", "kind": "level"}}
    rows = [row("tinh-b", "2024H1", "1/900"), row("tinh-b", "2024H2", "3/900")]
    assert ask(made(*rows, known=indicator(definitions=[definition])), "tinh-b", "2024") is None


@pytest.mark.parametrize("kind", ["level", "cumulative"])
@pytest.mark.parametrize(
    ("known", "asked", "expected"),
    [
        pytest.param("2024H2", "2024", True, id="second-half"),
        pytest.param("2024Q4", "2024", True, id="last-quarter"),
        pytest.param("2024M12", "2024", True, id="last-month"),
        pytest.param("2024Q2", "2024H1", True, id="half"),
        pytest.param("2024Q3", "2024-9M", True, id="nine-months"),
        pytest.param("2025", "2023-2025", True, id="last-year-of-a-span"),
        pytest.param("2024H1", "2024", False, id="first-half"),
        pytest.param("2024", "2024H2", False, id="never-from-a-longer-one"),
    ],
)
def test_a_level_is_that_of_the_same_day(kind: str, known: str, asked: str, expected: bool) -> None:
    figure = ask(made(row("tinh-b", known, "3/4"), known=indicator(kind=kind)), "tinh-b", asked)
    assert counts(figure) == (("3/4", Way.SAME_END) if expected else None)
    assert figure is None or figure.period == Period.parse(asked)


def test_halves_of_two_definitions_make_no_year() -> None:
    narrow = {**PEOPLE, "factor": 100, "from": "2024-07-01", "denominator": {"name": "Tìm đến", "unit": "người"}}
    known = indicator(definitions=[{**PEOPLE, "factor": 100}, narrow])
    rows = [row("tinh-b", "2024H1", "1/2"), row("tinh-b", "2024H2", "3/4")]
    assert ask(made(*rows, known=known), "tinh-b", "2024") is None


# -------------------------------------------------------------------------------------- over the sexes


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param({"female": "5/6", "male": "1/4"}, "6/10", id="both"),
        pytest.param({"female": "5/6", "male": "1/4", "unknown": "1/1"}, "7/11", id="and-those-not-known"),
        pytest.param({"female": "5/6"}, None, id="women-only"),
        pytest.param({"female": "5/6", "unknown": "1/1"}, None, id="no-men"),
        pytest.param({"female": "5/10", "male": "2/10"}, None, id="shares-of-one-whole"),
        pytest.param({"female": "5/6", "male": "/4"}, None, id="a-count-missing"),
    ],
)
def test_men_and_women_make_everybody(rows: dict[str, str], expected: str | None) -> None:
    figure = ask(made(*(row("tinh-b", "2024", said, sex=sex) for sex, said in rows.items())), "tinh-b", "2024")
    assert counts(figure) == (None if expected is None else (expected, Way.SEXES))


def test_breakdowns_are_told_apart() -> None:
    rows = [row("tinh-b", "2024", "7/11"), *(row("tinh-b", "2024", said, sex=sex) for sex, said in
            (("female", "5/6"), ("male", "1/4"), ("unknown", "1/1")))]  # fmt: skip
    found = made(*rows).by_sex(IND, "tinh-b", Period.parse("2024"))
    assert {sex: figure.value for sex, figure in found.items()} == {
        Sex.FEMALE: Decimal(5) / 6 * 100, Sex.MALE: 25, Sex.UNKNOWN: 100,
    }  # fmt: skip


# -------------------------------------------------------------------------------------- what a sum says of itself


def test_a_sum_is_as_final_as_its_least_final_part_and_says_if_it_is_made_up() -> None:
    figure = ask(
        made(
            row("huyen-1", "2024", "3/4", vintage="official", as_of="2025-01-05", source="Số liệu minh họa"),
            row("huyen-2", "2024", "1/6", vintage="estimate", as_of="2024-12-20", source="Sở A"),
        ),
        "tinh-a", "2024",
    )  # fmt: skip
    assert figure is not None
    assert figure.estimate
    assert figure.illustrative
    assert (figure.row.vintage.value, figure.row.as_of) == ("estimate", date(2025, 1, 5))
    assert "minh họa" in figure.row.source
    assert figure.row.line.place().line == 2, "it stands where its first part does"


def test_revisions_of_a_part_count_once() -> None:
    found = made(
        row("huyen-1", "2024", "3/4", as_of="2024-12-20"),
        row("huyen-1", "2024", "2/4", as_of="2025-02-01"),
        row("huyen-2", "2024", "1/6"),
    )
    assert counts(ask(found, "tinh-a", "2024")) == ("3/10", Way.BELOW)


# -------------------------------------------------------------------------------------- comparing


@pytest.mark.parametrize(
    ("known", "earlier", "obstacle"),
    [
        pytest.param({}, "2023", "", id="alike"),
        pytest.param(
            {"definitions": [{**PEOPLE, "factor": 100}, {**PEOPLE, "factor": 1000, "from": "2024-01-01"}]},
            "2023", "định nghĩa của chỉ tiêu đã đổi từ ngày 01/01/2024", id="another-factor",
        ),
        pytest.param(
            {"definitions": [{**PEOPLE, "factor": 100}, {**PEOPLE, "factor": 100, "from": "2024-01-01"}]},
            "2023", "", id="another-day-same-definition",
        ),
        pytest.param(
            {"definitions": [{"numerator": {"name": "Lớp", "unit": "lớp"}}]}, "2023H1",
            "số phát sinh của hai kỳ dài ngắn khác nhau", id="a-years-count-beside-half-a-years",
        ),
        pytest.param({}, "2023H1", "", id="rates-of-long-and-short-periods"),
    ],
)  # fmt: skip
def test_what_may_be_compared(known: dict[str, Any], earlier: str, obstacle: str) -> None:
    found = made(row("tinh-b", "2024", "3/4"), row("tinh-b", earlier, "1/4"), known=indicator(**known))
    now, before = ask(found, "tinh-b", "2024"), ask(found, "tinh-b", earlier)
    assert now is not None
    assert before is not None
    assert found.obstacle(now, before) == obstacle


@pytest.mark.parametrize(
    ("periods", "asked", "expected"),
    [
        pytest.param(["2021", "2022", "2023", "2024"], "2024", ["2021", "2022", "2023", "2024"], id="years"),
        pytest.param(["2022", "2024"], "2024", ["2022", "2024"], id="with-a-gap"),
        pytest.param(["2023H1", "2023H2", "2024H1"], "2024H1", ["2023H1", "2023H2", "2024H1"], id="halves"),
        pytest.param(["2022", "2023"], "2024H1", ["2022", "2023"], id="years-where-there-are-no-halves"),
        pytest.param(["2024", "2025"], "2024", ["2024"], id="never-the-future"),
        pytest.param([f"20{n}" for n in range(10, 25)], "2024", [f"20{n}" for n in range(17, 25)], id="the-last-eight"),
    ],
)
def test_a_series(periods: list[str], asked: str, expected: list[str]) -> None:
    found = made(*(row("tinh-b", period, "1/2") for period in periods), known=indicator(kind="level"))
    assert [str(one.period) for one in found.series(IND, "tinh-b", Period.parse(asked))] == expected
