"""Which row counts for a question: the newest of the best vintage, and what may be expected of a source."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from bdg_cli.data import observations, results
from bdg_cli.data.observations import COLUMNS, FigureStatus
from bdg_cli.data.results import Results
from bdg_cli.dates import Period
from bdg_cli.models.registry import Indicator, Level
from bdg_cli.registry import Registry

IND, AREA = "ti-le-nu", "tra-vinh"


def indicator(**fields: Any) -> Indicator:
    usual: dict[str, Any] = {"id": IND, "name": "Tỷ lệ nữ", "unit": "%", "kind": "level"}
    return Indicator.model_validate({**usual, "definitions": [{"factor": "100"}], **fields})


def made(*rows: dict[str, str], known: Indicator | None = None) -> Results:
    usual = {"indicator": IND, "area": AREA, "period": "2024"}
    lines = [",".join({**usual, **cells}.get(column, "") for column in COLUMNS) for cells in rows]
    read = observations.read("data/a.csv", "\n".join([",".join(COLUMNS), *lines]) + "\n")
    assert read.faults == []
    return Results(read.observations, Registry(indicators={IND: known or indicator()}))


def value(found: Results, period: str = "2024") -> Decimal | None:
    figure = found.figure(IND, AREA, Period.parse(period))
    assert figure is not None
    return figure.value


def test_no_row_is_no_figure() -> None:
    assert made().figure(IND, AREA, Period.parse("2024")) is None
    assert made({"value": "1"}).figure(IND, AREA, Period.parse("2023")) is None
    assert made({"value": "1"}).figure(IND, "ca-mau", Period.parse("2024")) is None
    assert made({"value": "1"}).figure("khac", AREA, Period.parse("2024")) is None


@pytest.mark.parametrize(
    ("rows", "counts"),
    [
        pytest.param([{"value": "1", "as_of": "2024-12-01"}, {"value": "2", "as_of": "2025-01-01"}], "2", id="newest"),
        pytest.param(
            [{"value": "2", "as_of": "2025-01-01"}, {"value": "1", "as_of": "2024-12-01"}],
            "2",
            id="newest-in-any-order",
        ),
        pytest.param(
            [
                {"value": "1", "vintage": "official", "as_of": "2024-12-01"},
                {"value": "2", "vintage": "preliminary", "as_of": "2025-06-01"},
            ],
            "1",
            id="best-vintage-before-newest",
        ),
        pytest.param(
            [{"value": "1", "vintage": "preliminary"}, {"value": "2", "vintage": "estimate"}],
            "1",
            id="preliminary-before-estimate",
        ),
        pytest.param(
            [{"value": "1", "vintage": "estimate"}, {"value": "2", "vintage": "official"}],
            "2",
            id="official-last",
        ),
        pytest.param([{"value": "1", "as_of": "2024-01-01"}, {"value": "2"}], "1", id="a-day-before-none"),
        pytest.param([{"value": "1"}, {"value": "2", "sex": "female"}], "1", id="women-are-not-everybody"),
        pytest.param([{"value": "1"}, {"value": "2", "group": "kinh"}], "1", id="a-group-is-not-everybody"),
        pytest.param([{"value": "1"}, {"value": "2", "period": "2024H1"}], "1", id="a-half-is-not-the-year"),
    ],
)
def test_the_row_that_counts(rows: list[dict[str, str]], counts: str) -> None:
    assert value(made(*rows)) == Decimal(counts)


def test_history_ends_with_the_row_that_counts() -> None:
    found = made(
        {"value": "3", "vintage": "official", "as_of": "2025-04-01"},
        {"value": "1", "vintage": "estimate", "as_of": "2024-12-20"},
        {"value": "2", "vintage": "official", "as_of": "2025-03-01"},
    )
    assert [row.value for row in found.history(IND, AREA, Period.parse("2024"))] == [1, 2, 3]


@pytest.mark.parametrize(
    ("cells", "status", "expected"),
    [
        pytest.param({"numerator": "1", "denominator": "3"}, "", Decimal(1) / Decimal(3) * 100, id="unrounded"),
        pytest.param({"value": "0"}, "", Decimal(0), id="zero"),
        pytest.param({"status": "none", "numerator": "0", "denominator": "0"}, "none", None, id="nothing-arose"),
        pytest.param({"status": "missing"}, "missing", None, id="missing"),
        pytest.param({"status": "not-due"}, "not-due", None, id="not-due"),
        pytest.param({"status": "missing", "value": "5"}, "missing", None, id="status-wins-over-value"),
        pytest.param({"numerator": "0", "denominator": "0"}, "", None, id="zero-denominator-unsaid"),
    ],
)
def test_value_and_status(cells: dict[str, str], status: str, expected: Decimal | None) -> None:
    figure = made(cells).figure(IND, AREA, Period.parse("2024"))
    assert figure is not None
    assert (figure.status, figure.value) == (FigureStatus(status), expected)


@pytest.mark.parametrize(
    ("cells", "estimate"),
    [
        pytest.param({"vintage": "estimate"}, True, id="said-so"),
        pytest.param({"vintage": "official"}, False, id="official-without-cutoff"),
        pytest.param({"window": "administrative", "cutoff": "2024-06-14"}, False, id="administrative-window-closed"),
        pytest.param({"window": "administrative", "cutoff": "2024-06-13"}, True, id="administrative-a-day-early"),
        pytest.param({"window": "statistical", "cutoff": "2024-06-14"}, True, id="calendar-half-is-not-final-on-14-6"),
        pytest.param({"window": "statistical", "cutoff": "2024-06-30"}, False, id="calendar-half-closed"),
        pytest.param({"cutoff": "2024-06-14"}, False, id="administrative-by-default"),
        pytest.param(
            {"window": "statistical", "cutoff": "2024-06-14", "vintage": "official"},
            True,
            id="whatever-it-says",
        ),
    ],
)
def test_estimate(cells: dict[str, str], estimate: bool) -> None:
    period = Period.parse("2024H1")
    figure = made({"value": "1", "period": "2024H1", **cells}).figure(IND, AREA, period)
    assert figure is not None
    assert figure.estimate is estimate


def test_a_row_without_a_window_follows_its_indicator() -> None:
    """A statistical indicator's half-year, cut off on 14/6, is an estimate though the row names no window."""
    known = indicator(window="statistical")
    found = made({"value": "1", "period": "2024H1", "cutoff": "2024-06-14"}, known=known)
    figure = found.figure(IND, AREA, Period.parse("2024H1"))
    assert figure is not None
    assert figure.estimate


@pytest.mark.parametrize(
    ("rows", "period", "expected"),
    [
        pytest.param([{"period": "2023", "value": "1"}], "2024", "1", id="year"),
        pytest.param(
            [{"period": "2023H2", "value": "1"}, {"period": "2023", "value": "2"}],
            "2024H1",
            "1",
            id="same-kind-first",
        ),
        pytest.param([{"period": "2023", "value": "2"}], "2024H1", "2", id="last-year-for-a-half"),
        pytest.param(
            [{"period": "2021", "value": "1"}, {"period": "2022", "value": "2"}],
            "2024",
            "2",
            id="latest-of-older",
        ),
        pytest.param([{"period": "2025", "value": "1"}], "2024", None, id="never-the-future"),
        pytest.param([{"period": "2024", "value": "1"}], "2024", None, id="never-itself"),
        pytest.param([{"period": "2024H1", "value": "1"}], "2024", None, id="never-a-part-of-itself"),
        pytest.param([{"period": "2024", "value": "1"}], "2024H2", None, id="never-the-whole"),
        pytest.param([{"period": "2023", "status": "missing"}], "2024", None, id="missing-is-no-figure"),
        pytest.param(
            [{"period": "2023", "status": "none"}, {"period": "2022", "value": "0"}],
            "2024",
            "0",
            id="zero-is-a-figure",
        ),
        pytest.param([{"period": "2023", "value": "1", "sex": "female"}], "2024", None, id="everybody-only"),
    ],
)
def test_the_figure_before(rows: list[dict[str, str]], period: str, expected: str | None) -> None:
    figure = made(*rows).before(IND, AREA, Period.parse(period))
    assert (None if figure is None else figure.value) == (None if expected is None else Decimal(expected))


@pytest.mark.parametrize(
    ("publication", "lowest", "level", "period", "published"),
    [
        pytest.param("year", None, Level.PROVINCE, "2024", True, id="year-of-a-yearly"),
        pytest.param("year", None, Level.PROVINCE, "2024H1", False, id="half-of-a-yearly"),
        pytest.param("year", None, Level.PROVINCE, "2024-9M", False, id="nine-months-of-a-yearly"),
        pytest.param("year", None, Level.PROVINCE, "2023-2025", True, id="span-of-a-yearly"),
        pytest.param("half-year", None, Level.PROVINCE, "2024H1", True, id="half-of-a-half-yearly"),
        pytest.param("half-year", None, Level.PROVINCE, "2024Q1", False, id="quarter-of-a-half-yearly"),
        pytest.param("quarter", None, Level.PROVINCE, "2024M05", False, id="month-of-a-quarterly"),
        pytest.param("quarter", None, Level.PROVINCE, "2024Q1", True, id="quarter-of-a-quarterly"),
        pytest.param("school-year", None, Level.PROVINCE, "2023SY", True, id="school-year"),
        pytest.param("school-year", None, Level.PROVINCE, "2024H1", False, id="half-of-a-school-year"),
        pytest.param("2-years", None, Level.PROVINCE, "2024", False, id="one-year-of-two"),
        pytest.param("2-years", None, Level.PROVINCE, "2023-2024", True, id="both-years-of-two"),
        pytest.param("5-years", None, Level.PROVINCE, "2024", False, id="one-year-of-five"),
        pytest.param("5-years", None, Level.PROVINCE, "2021-2025", True, id="all-five-years"),
        pytest.param(None, None, Level.COMMUNE, "2024M01", True, id="nothing-known"),
        pytest.param("year", "province", Level.PROVINCE, "2024", True, id="lowest-level-itself"),
        pytest.param("year", "province", Level.CENTRAL, "2024", True, id="above-the-lowest"),
        pytest.param("year", "province", Level.DISTRICT, "2024", False, id="below-the-lowest"),
        pytest.param("year", "central", Level.PROVINCE, "2024", False, id="country-only"),
        pytest.param("year", "province", None, "2024", True, id="level-unknown"),
    ],
)
def test_what_a_source_publishes(
    publication: str | None, lowest: str | None, level: Level | None, period: str, published: bool
) -> None:
    known = indicator(publication=publication, lowest_level=lowest)
    assert results.is_published(known, level, Period.parse(period)) is published


@pytest.mark.parametrize("unsure", ["verified", "publication_verified"])
def test_an_unverified_publication_rules_nothing_out(unsure: str) -> None:
    known = indicator(publication="5-years", lowest_level="central", **{unsure: "false"})
    assert results.is_published(known, Level.COMMUNE, Period.parse("2024M05"))
    certain = indicator(publication="5-years", lowest_level="central")
    assert not results.is_published(certain, Level.COMMUNE, Period.parse("2024M05"))


@pytest.mark.parametrize(
    ("period", "factor"),
    [("2021", 100), ("2022", 1000), ("2023", 1000), ("2022H1", 100), ("2022H2", 1000)],
)
def test_the_definition_in_force_when_the_period_ends(period: str, factor: int) -> None:
    known = indicator(definitions=[{"factor": "1000", "from": "2022-07-01"}, {"factor": "100"}])
    found = made({"period": period, "numerator": "1", "denominator": "4"}, known=known)
    assert value(found, period) == Decimal(factor) / 4


def test_a_definition_from_the_last_day_of_the_period() -> None:
    known = indicator(definitions=[{"factor": "100"}, {"factor": "1000", "from": "2022-12-31"}])
    found = results.definition_at(known, Period.parse("2022"))
    assert found is not None
    assert found.factor == 1000


def test_no_definition_in_force() -> None:
    known = indicator(definitions=[{"factor": "100", "from": "2022-01-01"}])
    assert results.definition_at(known, Period.parse("2021")) is None
    assert results.definition_at(None, Period.parse("2021")) is None


@pytest.mark.parametrize(
    ("source", "said"),
    [("Số liệu Minh họa; Sở Nội vụ", True), ("số liệu minh họa", True), ("Sở Nội vụ", False), ("", False)],
)
def test_figures_that_say_they_are_made_up(source: str, said: bool) -> None:
    assert results.says_illustrative(source) is said
