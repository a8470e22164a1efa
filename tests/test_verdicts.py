"""Verdicts: the table of design.md 2, on unrounded numbers, before, in and after the due year."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from bdg_cli.data import observations, verdicts
from bdg_cli.data.observations import COLUMNS
from bdg_cli.data.results import Results
from bdg_cli.data.verdicts import Ground, Verdict
from bdg_cli.dates import Period
from bdg_cli.models.plan import Measure
from bdg_cli.models.registry import Indicator, Level
from bdg_cli.registry import Registry

MET, EXCEEDED, MISSED = Verdict.MET, Verdict.EXCEEDED, Verdict.MISSED
ON_TRACK, BEHIND = Verdict.ON_TRACK, Verdict.BEHIND
NONE, MISSING, NOT_DUE, NOT_DUE_YET = Verdict.NONE, Verdict.MISSING, Verdict.NOT_DUE, Verdict.NOT_DUE_YET


def measure(**fields: Any) -> Measure:
    return Measure.model_validate({"id": "1.1", "indicator": "i", **fields})


def verdict(result: str, period: str = "2025", due: int | None = 2025, /, **fields: Any) -> Verdict:
    return verdicts.of_value(measure(**fields), Decimal(result), Period.parse(period), due)


def test_names_in_json_and_words_in_print() -> None:
    assert {entry.value: entry.term for entry in Verdict} == {
        "exceeded": "vượt",
        "met": "đạt",
        "partly-met": "đạt một phần",
        "missed": "chưa đạt",
        "on-track": "đúng tiến độ",
        "behind": "chậm tiến độ",
        "none": "không phát sinh",
        "missing": "chưa có số liệu",
        "incomplete": "chưa đủ số liệu",
        "not-due": "chưa đến kỳ công bố",
        "not-due-yet": "chưa đến hạn",
    }


@pytest.mark.parametrize(
    ("op", "below", "equal", "above"),
    [
        pytest.param(">=", MISSED, MET, EXCEEDED, id="at-least"),
        pytest.param(">", MISSED, MISSED, MET, id="above"),
        pytest.param("<=", EXCEEDED, MET, MISSED, id="at-most"),
        pytest.param("<", MET, MISSED, MISSED, id="below"),
        pytest.param("=", MISSED, MET, MISSED, id="equal"),
        pytest.param("~", MISSED, MET, MISSED, id="about-without-tolerance"),
    ],
)
@pytest.mark.parametrize("wanted", ["60", "0", "1.7"])
def test_operators(op: str, below: Verdict, equal: Verdict, above: Verdict, wanted: str) -> None:
    step = Decimal("0.000001")
    for value, expected in (
        (Decimal(wanted) - step, below),
        (Decimal(wanted), equal),
        (Decimal(wanted) + step, above),
    ):
        assert verdict(str(value), op=op, value=wanted) is expected


@pytest.mark.parametrize(
    ("value", "side", "expected"),
    [
        pytest.param("47.9", None, MISSED, id="just-outside-below"),
        pytest.param("48", None, MET, id="lower-edge"),
        pytest.param("52", None, MET, id="upper-edge"),
        pytest.param("52.1", None, MISSED, id="just-outside-above"),
        pytest.param("90", "up", MET, id="up-better"),
        pytest.param("47.9", "up", MISSED, id="up-worse"),
        pytest.param("48", "up", MET, id="up-within"),
        pytest.param("10", "down", MET, id="down-better"),
        pytest.param("52.1", "down", MISSED, id="down-worse"),
    ],
)
def test_about(value: str, side: str | None, expected: Verdict) -> None:
    assert verdict(value, op="~", value="50", tolerance="2", side=side) is expected


@pytest.mark.parametrize(
    ("op", "wanted", "value", "expected"),
    [
        pytest.param("<=", "0", "0", MET, id="no-maternal-death-is-a-real-zero"),
        pytest.param("<=", "8", "0", EXCEEDED, id="zero-is-better"),
        pytest.param(">=", "60", "0", MISSED, id="zero-is-worse"),
        pytest.param(">=", "0", "0", MET, id="zero-wanted"),
        pytest.param(">", "0", "0", MISSED, id="more-than-zero"),
        pytest.param("<=", "0", "0.0001", MISSED, id="not-quite-zero"),
        pytest.param(">=", "100", "100.0", MET, id="trailing-zero"),
    ],
)
def test_zero_is_a_number(op: str, wanted: str, value: str, expected: Verdict) -> None:
    assert verdict(value, op=op, value=wanted) is expected


# -------------------------------------------------------------------------------------- the due year


@pytest.mark.parametrize(
    ("period", "due", "expected"),
    [
        pytest.param("2025", 2025, MISSED, id="the-year-itself"),
        pytest.param("2025H2", 2025, MISSED, id="half-that-reaches-its-end"),
        pytest.param("2025Q4", 2025, MISSED, id="quarter-that-reaches-its-end"),
        pytest.param("2023-2025", 2025, MISSED, id="span-that-reaches-its-end"),
        pytest.param("2026", 2025, MISSED, id="later"),
        pytest.param("2025H1", 2025, NOT_DUE_YET, id="first-half"),
        pytest.param("2025-9M", 2025, NOT_DUE_YET, id="nine-months"),
        pytest.param("2024", 2025, NOT_DUE_YET, id="year-before"),
        pytest.param("2024SY", 2025, NOT_DUE_YET, id="school-year-ends-in-august"),
        pytest.param("2025SY", 2025, MISSED, id="school-year-past-its-end"),
        pytest.param("2025", None, NOT_DUE_YET, id="no-due-year-at-all"),
    ],
)
def test_missed_only_when_the_period_reaches_the_end_of_the_due_year(
    period: str, due: int | None, expected: Verdict
) -> None:
    assert verdict("50", period, due, op=">=", value="60") is expected


@pytest.mark.parametrize("with_baseline", [True, False])
@pytest.mark.parametrize(
    ("value", "expected"), [pytest.param("60", MET, id="met"), pytest.param("61", EXCEEDED, id="exceeded")]
)
def test_met_also_counts_before_the_due_year(value: str, expected: Verdict, with_baseline: bool) -> None:
    fields: dict[str, Any] = {"baseline": {"value": "40", "period": "2021"}} if with_baseline else {}
    assert verdict(value, "2023", 2030, op=">=", value="60", **fields) is expected


# Straight from 40 at the end of 2020 to 60 at the end of 2025; then with a milestone of 45 in 2024.
UP: dict[str, Any] = {"op": ">=", "value": "60", "baseline": {"value": "40", "period": "2020"}}
LATE: dict[str, Any] = {**UP, "milestones": [{"year": 2024, "value": "45"}]}
DOWN: dict[str, Any] = {"op": "<=", "value": "10", "baseline": {"value": "20", "period": "2020"}}
FALL: dict[str, Any] = {**DOWN, "milestones": [{"year": 2023, "value": "15"}]}


@pytest.mark.parametrize(
    ("fields", "period", "value", "expected"),
    [
        pytest.param(UP, "2022", "48.1", ON_TRACK, id="above-the-path"),
        pytest.param(UP, "2022", "47.9", BEHIND, id="below-the-path"),
        pytest.param(UP, "2024", "56.1", ON_TRACK, id="above-late"),
        pytest.param(UP, "2024", "45", BEHIND, id="straight-path-without-milestone"),
        pytest.param(LATE, "2024", "45", ON_TRACK, id="exactly-the-milestone"),
        pytest.param(LATE, "2024", "44.99", BEHIND, id="below-the-milestone"),
        pytest.param(LATE, "2022", "42.6", ON_TRACK, id="on-the-way-to-the-milestone"),
        pytest.param(LATE, "2022", "42.4", BEHIND, id="behind-on-the-way-to-the-milestone"),
        pytest.param(LATE, "2025H1", "52", BEHIND, id="after-the-milestone"),
        pytest.param(LATE, "2025H1", "53", ON_TRACK, id="steep-after-the-milestone"),
        pytest.param(DOWN, "2022", "15.9", ON_TRACK, id="falling-below-the-path"),
        pytest.param(DOWN, "2022", "16.1", BEHIND, id="falling-above-the-path"),
        pytest.param(FALL, "2023", "15", ON_TRACK, id="falling-exactly-the-milestone"),
        pytest.param(FALL, "2023", "15.01", BEHIND, id="falling-above-the-milestone"),
        pytest.param(UP, "2020", "40", ON_TRACK, id="at-the-baseline"),
        pytest.param(UP, "2025", "59.99", MISSED, id="the-path-ends-in-the-due-year"),
    ],
)
def test_on_the_way(fields: dict[str, Any], period: str, value: str, expected: Verdict) -> None:
    assert verdict(value, period, **fields) is expected


def test_milestones_alone_are_no_path() -> None:
    fields = {key: value for key, value in LATE.items() if key != "baseline"}
    assert verdict("10", "2022", **fields) is NOT_DUE_YET


@pytest.mark.parametrize(
    ("fields", "day", "expected"),
    [
        pytest.param(LATE, date(2020, 12, 31), "40", id="baseline"),
        pytest.param(LATE, date(2024, 12, 31), "45", id="milestone"),
        pytest.param(LATE, date(2025, 12, 31), "60", id="due"),
        pytest.param(LATE, date(2030, 1, 1), "60", id="after"),
        pytest.param(LATE, date(2000, 1, 1), "40", id="before"),
        pytest.param({"op": ">=", "value": "60"}, date(2022, 1, 1), None, id="no-baseline"),
    ],
)
def test_the_path(fields: dict[str, Any], day: date, expected: str | None) -> None:
    found = verdicts.expected_value(measure(**fields), day, 2025)
    assert found == (None if expected is None else Decimal(expected))


def test_the_path_grows_every_day() -> None:
    days = [date(year, month, 1) for year in range(2021, 2026) for month in range(1, 13)]
    values = [verdicts.expected_value(measure(**LATE), day, 2025) for day in days]
    known = [value for value in values if value is not None]
    assert known == sorted(known)
    assert len(set(known)) == len(values)


@pytest.mark.parametrize(
    ("fields", "value", "period", "expected"),
    [
        pytest.param({"evidence": "quyết định"}, "1", "2024", MET, id="shown"),
        pytest.param({"evidence": "quyết định"}, "0", "2025", MISSED, id="not-shown-when-due"),
        pytest.param({"evidence": "quyết định"}, "0", "2024", NOT_DUE_YET, id="not-shown-yet"),
        pytest.param({}, "1", "2025", NOT_DUE_YET, id="no-operator-no-value"),
        pytest.param({"op": ">="}, "1", "2025", NOT_DUE_YET, id="no-value"),
        pytest.param({"value": "60"}, "61", "2025", NOT_DUE_YET, id="no-operator"),
    ],
)
def test_without_a_number_to_reach(fields: dict[str, Any], value: str, period: str, expected: Verdict) -> None:
    assert verdict(value, period, **fields) is expected


# -------------------------------------------------------------------------------------- with data


def judged(
    cells: dict[str, str] | None, period: str = "2025", known: dict[str, Any] | None = None, **fields: Any
) -> Verdict:
    definitions = [{"factor": (known or {}).pop("factor", "100")}]
    indicator = Indicator.model_validate(
        {"id": "i", "name": "I", "unit": "%", "kind": "level", "definitions": definitions, **(known or {})}
    )
    usual = {"indicator": "i", "area": "tra-vinh", "period": period}
    lines = [] if cells is None else [",".join({**usual, **cells}.get(column, "") for column in COLUMNS)]
    read = observations.read("data/a.csv", "\n".join([",".join(COLUMNS), *lines]) + "\n")
    assert read.faults == []
    results = Results(read.observations, Registry(indicators={"i": indicator}))
    entry = measure(**{"op": ">=", "value": "60", **fields})
    return verdicts.judge(
        entry, results, indicator, "tra-vinh", Level.PROVINCE, Period.parse(period), 2025
    ).verdict  # fmt: skip


@pytest.mark.parametrize(
    ("cells", "fields", "expected"),
    [
        pytest.param({"numerator": "1199", "denominator": "2000"}, {}, MISSED, id="59.95-is-not-60"),
        pytest.param({"value": "59.95"}, {}, MISSED, id="59.95-typed"),
        pytest.param({"numerator": "1200", "denominator": "2000"}, {}, MET, id="60-is-60"),
        pytest.param({"numerator": "2", "denominator": "3"}, {"value": "66.67"}, MISSED, id="two-thirds"),
        pytest.param({"denominator": "0", "value": "61"}, {}, EXCEEDED, id="value-beside-zero-denominator"),
        pytest.param({"status": "none", "numerator": "0", "denominator": "0"}, {}, NONE, id="nothing-arose"),
        pytest.param({"status": "missing"}, {}, MISSING, id="said-missing"),
        pytest.param({"status": "not-due"}, {}, NOT_DUE, id="said-not-due"),
        pytest.param({"numerator": "0", "denominator": "0"}, {}, MISSING, id="no-value-at-all"),
        pytest.param({"numerator": "0", "denominator": "5"}, {"op": "<=", "value": "0"}, MET, id="real-zero"),
        pytest.param(None, {}, MISSING, id="no-row"),
        pytest.param({"value": "1", "sex": "female"}, {}, MISSING, id="women-only"),
    ],
)  # fmt: skip
def test_from_the_data(cells: dict[str, str] | None, fields: dict[str, Any], expected: Verdict) -> None:
    assert judged(cells, **fields) is expected


def test_a_ratio_is_compared_as_it_is() -> None:
    """16,13 / 8,75 is 1,843…: not at most 1,7, and not at most 1,8 either."""
    cells = {"numerator": "16.13", "denominator": "8.75"}
    assert judged(cells, known={"factor": "1"}, op="<=", value="1.7") is MISSED
    assert judged(cells, known={"factor": "1"}, op="<=", value="1.8") is MISSED
    assert judged(cells, known={"factor": "1"}, op="<=", value="1.85") is EXCEEDED


@pytest.mark.parametrize(
    ("known", "period", "expected"),
    [
        pytest.param({"publication": "year"}, "2025H1", NOT_DUE, id="half-of-a-yearly"),
        pytest.param({"publication": "year"}, "2025", MISSING, id="year-of-a-yearly"),
        pytest.param({"lowest_level": "central"}, "2025", NOT_DUE, id="country-only"),
        pytest.param({}, "2025H1", MISSING, id="nothing-known"),
    ],
)
def test_without_a_row(known: dict[str, Any], period: str, expected: Verdict) -> None:
    assert judged(None, period, dict(known)) is expected


def test_a_row_counts_even_where_none_was_expected() -> None:
    assert judged({"value": "61"}, "2025H1", {"publication": "year"}) is EXCEEDED


@pytest.mark.parametrize(
    ("due", "expected"),
    [pytest.param(None, MISSED, id="plans-last-year"), pytest.param(2030, NOT_DUE_YET, id="own-due-year")],
)
def test_the_plans_last_year_stands_for_a_due_year_not_given(due: int | None, expected: Verdict) -> None:
    assert judged({"value": "50"}, due=due) is expected


def test_a_measure_without_indicator_has_no_figure() -> None:
    results = Results([], Registry())
    found = verdicts.judge(measure(), results, None, "tra-vinh", Level.PROVINCE, Period.parse("2025"), 2025)
    assert (found.verdict, found.figure) == (MISSING, None)


# -------------------------------------------------------------------------------------- several measures


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        pytest.param([MET], MET, id="one"),
        pytest.param([MET, EXCEEDED], MET, id="met-and-exceeded"),
        pytest.param([EXCEEDED, EXCEEDED], EXCEEDED, id="all-exceeded"),
        pytest.param([MET, MISSED], Verdict.PARTLY_MET, id="met-and-missed"),
        pytest.param([EXCEEDED, MISSED], Verdict.PARTLY_MET, id="exceeded-and-missed"),
        pytest.param([MET, MISSING], Verdict.INCOMPLETE, id="met-and-missing"),
        pytest.param([EXCEEDED, MISSING], Verdict.INCOMPLETE, id="exceeded-and-missing"),
        pytest.param([MISSED, MISSED], MISSED, id="all-missed"),
        pytest.param([MISSED, MISSING], MISSED, id="missed-before-missing"),
        pytest.param([MISSING, BEHIND], MISSING, id="missing-before-behind"),
        pytest.param([BEHIND, NOT_DUE], BEHIND, id="behind-before-not-due"),
        pytest.param([NOT_DUE, NOT_DUE_YET], NOT_DUE, id="not-due-before-not-due-yet"),
        pytest.param([NOT_DUE_YET, ON_TRACK], NOT_DUE_YET, id="not-due-yet-before-on-track"),
        pytest.param([ON_TRACK, MET], ON_TRACK, id="on-track-before-met"),
        pytest.param([MET, BEHIND], BEHIND, id="met-and-behind"),
        pytest.param([MET, NOT_DUE], NOT_DUE, id="met-and-not-due"),
        pytest.param([EXCEEDED, NOT_DUE_YET], NOT_DUE_YET, id="exceeded-and-not-due-yet"),
        pytest.param([NONE, MET], MET, id="none-is-ignored-beside-met"),
        pytest.param([NONE, MISSED], MISSED, id="none-is-ignored-beside-missed"),
        pytest.param([NONE, MET, MISSED], Verdict.PARTLY_MET, id="none-is-ignored-among-three"),
        pytest.param([NONE, NONE], NONE, id="all-none"),
        pytest.param([NONE], NONE, id="one-none"),
    ],
)
def test_a_target_of_several_measures(parts: list[Verdict], expected: Verdict) -> None:
    assert verdicts.of_target(parts) is expected
    assert verdicts.of_target(parts[::-1]) is expected


# The whole table for two measures, by the rule of design.md 2: rows and columns from the best to the worst.
_SHORT = {
    "v": EXCEEDED, "d": MET, "t": ON_TRACK, "h": NOT_DUE_YET, "k": NOT_DUE, "c": BEHIND, "m": MISSING, "x": MISSED,
    "o": NONE, "p": Verdict.PARTLY_MET, "i": Verdict.INCOMPLETE,
}  # fmt: skip
_TABLE = """
  v d t h k c m x o
v v d t h k c i p v
d d d t h k c i p d
t t t t h k c m x t
h h h h h k c m x h
k k k k k k c m x k
c c c c c c c m x c
m i i m m m m m x m
x p p x x x x x x x
o v d t h k c m x o
"""


def _table() -> list[tuple[Verdict, Verdict, Verdict]]:
    head, *lines = [line.split() for line in _TABLE.strip().splitlines()]
    return [
        (_SHORT[line[0]], _SHORT[column], _SHORT[cell])
        for line in lines
        for column, cell in zip(head, line[1:], strict=True)
    ]


def test_the_table_is_whole() -> None:
    assert {(one, other) for one, other, _ in _table()} == {
        (one, other) for one in Verdict for other in Verdict
        if not {one, other} & {Verdict.PARTLY_MET, Verdict.INCOMPLETE}
    }  # fmt: skip


@pytest.mark.parametrize(("one", "other", "expected"), _table())
def test_two_measures(one: Verdict, other: Verdict, expected: Verdict) -> None:
    assert verdicts.of_target([one, other]) is expected


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        pytest.param([MET, MISSED, MISSING], Verdict.PARTLY_MET, id="a-miss-is-known-whatever-is-missing"),
        pytest.param([MET, MISSING, BEHIND], Verdict.INCOMPLETE, id="what-is-missing-may-change-it"),
        pytest.param([NONE, MET, MISSING], Verdict.INCOMPLETE, id="none-aside"),
        pytest.param([EXCEEDED, ON_TRACK, NOT_DUE], NOT_DUE, id="the-worst-of-three"),
        pytest.param([], MISSING, id="no-measure-at-all"),
    ],
)
def test_more_measures(parts: list[Verdict], expected: Verdict) -> None:
    assert verdicts.of_target(parts) is expected


# -------------------------------------------------------------------------------------- why, flows, definitions


COUNT = {"kind": "flow", "unit": "lớp", "definitions": [{"numerator": {"name": "Lớp tập huấn", "unit": "lớp"}}]}
RATE = {
    "kind": "flow", "unit": "%", "definitions": [
        {"numerator": {"name": "Người được hỗ trợ", "unit": "người"},
         "denominator": {"name": "Người cần hỗ trợ", "unit": "người"}, "factor": 100},
    ],
}  # fmt: skip


def ruled(
    rows: list[dict[str, str]], period: str, known: dict[str, Any], fields: dict[str, Any], due: int | None = 2025
) -> verdicts.Judged:
    indicator = Indicator.model_validate({"id": "i", "name": "I", **known})
    usual = {"indicator": "i", "area": "tra-vinh"}
    lines = [",".join({**usual, **cells}.get(column, "") for column in COLUMNS) for cells in rows]
    read = observations.read("data/a.csv", "\n".join([",".join(COLUMNS), *lines]) + "\n")
    assert read.faults == []
    results = Results(read.observations, Registry(indicators={"i": indicator}))
    entry = measure(**fields)
    return verdicts.judge(entry, results, indicator, "tra-vinh", Level.PROVINCE, Period.parse(period), due)


@pytest.mark.parametrize(
    ("op", "wanted", "half", "expected"),
    [
        pytest.param(">=", "100", "60", NOT_DUE_YET, id="half-of-a-years-count-is-no-miss"),
        pytest.param(">=", "100", "100", MET, id="reached-early-stays-reached"),
        pytest.param(">", "100", "101", MET, id="more-than-asked-early"),
        pytest.param(">=", "100", "101", EXCEEDED, id="exceeded-early"),
        pytest.param("<=", "10", "4", NOT_DUE_YET, id="few-so-far-is-not-few"),
        pytest.param("<", "10", "0", NOT_DUE_YET, id="none-so-far"),
        pytest.param("<=", "10", "12", NOT_DUE_YET, id="too-many-already-is-not-yet-the-year"),
        pytest.param("=", "10", "10", NOT_DUE_YET, id="as-many-as-asked-by-now"),
        pytest.param("~", "10", "10", NOT_DUE_YET, id="about-as-many-by-now"),
    ],
)
@pytest.mark.parametrize("period", ["2025H1", "2025Q2", "2025-9M", "2025M05"])
def test_a_yearly_count_is_not_judged_by_a_part_of_the_year(
    op: str, wanted: str, half: str, expected: Verdict, period: str
) -> None:
    path = {"baseline": {"value": "90", "period": "2022"}}
    found = ruled([{"period": period, "value": half}], period, COUNT, {"op": op, "value": wanted, **path})
    assert found.verdict is expected
    assert (found.ground is Ground.PART_OF_YEAR) is (expected is NOT_DUE_YET)


def test_the_halves_make_the_year_and_the_year_is_judged() -> None:
    rows = [{"period": "2025H1", "value": "60"}, {"period": "2025H2", "value": "45"}]
    found = ruled(rows, "2025", COUNT, {"op": ">=", "value": "100"})
    assert found.figure is not None
    assert (found.verdict, found.figure.value) == (EXCEEDED, Decimal(105))
    assert ruled(rows[:1], "2025", COUNT, {"op": ">=", "value": "100"}).verdict is MISSING


def test_a_rate_of_a_half_year_is_held_against_the_goal() -> None:
    row = {"period": "2024H1", "numerator": "85", "denominator": "100"}
    assert ruled([row], "2024H1", RATE, {"op": ">=", "value": "80"}).verdict is EXCEEDED
    path = {"op": ">=", "value": "90", "baseline": {"value": "60", "period": "2020"}}
    assert ruled([row], "2024H1", RATE, path).verdict is ON_TRACK
    assert ruled([{**row, "numerator": "79"}], "2024H1", RATE, path).verdict is BEHIND


@pytest.mark.parametrize(
    ("fields", "result", "period", "ground", "expected"),
    [
        pytest.param({"op": ">=", "value": "60"}, "60", "2024", Ground.REACHED, None, id="reached"),
        pytest.param({"op": ">=", "value": "60"}, "61", "2024", Ground.BETTER, None, id="better"),
        pytest.param({"op": ">=", "value": "60"}, "59", "2025", Ground.DUE, None, id="due"),
        pytest.param({"op": ">=", "value": "60"}, "59", "2024", Ground.NO_PATH, None, id="no-path"),
        pytest.param(UP, "57", "2024", Ground.AHEAD, "56", id="ahead"),
        pytest.param(UP, "55", "2024", Ground.LATE, "56", id="late"),
        pytest.param({}, "55", "2024", Ground.NO_GOAL, None, id="no-goal"),
        pytest.param({"evidence": "quyết định"}, "1", "2024", Ground.SHOWN, None, id="shown"),
        pytest.param({"evidence": "quyết định"}, "0", "2024", Ground.NOT_SHOWN, None, id="not-shown"),
    ],
)
def test_the_ground_of_a_ruling(
    fields: dict[str, Any], result: str, period: str, ground: Ground, expected: str | None
) -> None:
    ruling = verdicts.rule(measure(**fields), Decimal(result), Period.parse(period), 2025)
    assert ruling.ground is ground
    assert (ruling.expected is None) is (expected is None)
    assert expected is None or abs((ruling.expected or 0) - Decimal(expected)) < Decimal("0.02")


def test_every_ground_has_words() -> None:
    assert all(ground.term and not ground.term.endswith(".") for ground in Ground)


@pytest.mark.parametrize(
    ("changed", "expected", "ground"),
    [
        pytest.param("2019-01-01", BEHIND, Ground.LATE, id="before-the-baseline"),
        pytest.param("2022-01-01", NOT_DUE_YET, Ground.OTHER_DEFINITION, id="between-baseline-and-figure"),
    ],
)
def test_no_path_from_a_baseline_of_another_definition(changed: str, expected: Verdict, ground: Ground) -> None:
    (usual,) = RATE["definitions"]
    assert isinstance(usual, dict)
    narrow = {**usual, "denominator": {"name": "Người tìm đến", "unit": "người"}, "from": changed}
    known = {**RATE, "definitions": [usual, narrow]}
    row = {"period": "2024", "numerator": "50", "denominator": "100"}
    found = ruled([row], "2024", known, {"op": ">=", "value": "60", "baseline": {"value": "50", "period": "2020"}})
    assert (found.verdict, found.ground) == (expected, ground)


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        pytest.param({"numerator": "0", "denominator": "7"}, EXCEEDED, id="a-real-zero"),
        pytest.param({"numerator": "0", "denominator": "0", "status": "none"}, NONE, id="nothing-arose"),
        pytest.param({"numerator": "0", "denominator": "0"}, MISSING, id="zero-denominator-and-no-word"),
    ],
)
def test_zero(cells: dict[str, str], expected: Verdict) -> None:
    assert ruled([{"period": "2025", **cells}], "2025", RATE, {"op": "<=", "value": "5"}).verdict is expected


def test_a_zero_baseline_and_a_zero_target() -> None:
    rising = {"op": ">=", "value": "10", "baseline": {"value": "0", "period": "2020"}}
    assert verdict("0", "2020", **rising) is ON_TRACK
    assert verdict("3", "2022", **rising) is BEHIND
    falling = {"op": "<=", "value": "0", "baseline": {"value": "10", "period": "2020"}}
    assert verdict("5", "2022", **falling) is ON_TRACK
    assert verdict("7", "2022", **falling) is BEHIND
    assert verdict("0", "2022", **falling) is MET


def test_a_span_is_judged_by_its_last_year() -> None:
    rows = [
        {"period": year, "numerator": counted, "denominator": "100"}
        for year, counted in (("2023", "90"), ("2024", "90"), ("2025", "70"))
    ]
    found = ruled(rows, "2023-2025", RATE, {"op": ">=", "value": "80"})
    assert found.figure is not None
    assert (found.verdict, found.figure.value) == (MISSED, Decimal(70))
