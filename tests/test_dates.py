"""Partial dates and reporting periods: what is read, which days it means, in which window figures fall."""

from __future__ import annotations

import re
from datetime import date

import pytest

from bdg_cli.dates import ADMINISTRATIVE, STATISTICAL, PartialDate, Period

# -------------------------------------------------------------------------------------- partial dates


@pytest.mark.parametrize(
    ("text", "earliest", "latest", "complete"),
    [
        pytest.param("2022", date(2022, 1, 1), date(2022, 12, 31), False, id="year"),
        pytest.param("2022-03", date(2022, 3, 1), date(2022, 3, 31), False, id="month"),
        pytest.param("2023-02", date(2023, 2, 1), date(2023, 2, 28), False, id="february"),
        pytest.param("2024-02", date(2024, 2, 1), date(2024, 2, 29), False, id="leap-february"),
        pytest.param("2024-06-15", date(2024, 6, 15), date(2024, 6, 15), True, id="day"),
        pytest.param("2024-02-29", date(2024, 2, 29), date(2024, 2, 29), True, id="leap-day"),
        pytest.param("11-15", date(1, 11, 15), date(9999, 11, 15), False, id="every-year"),
        pytest.param("02-29", date(1, 2, 28), date(9999, 2, 28), False, id="every-year-29-february"),
    ],
)
def test_partial_date_is_an_interval(text: str, earliest: date, latest: date, complete: bool) -> None:
    read = PartialDate.parse(text)
    assert (read.earliest, read.latest, read.complete) == (earliest, latest, complete)
    assert str(read) == text


@pytest.mark.parametrize("text", ["2024-06-15\n", " 2024-06-15 "])
def test_space_around_a_date_is_no_fault(text: str) -> None:
    assert PartialDate.parse(text) == PartialDate(2024, 6, 15)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty"),
        pytest.param("15/6/2024", id="vietnamese-order"),
        pytest.param("2024-6-15", id="one-digit-month"),
        pytest.param("24-06-15", id="two-digit-year"),
        pytest.param("2024-06-15T00:00", id="with-time"),
        pytest.param("2023-02-29", id="no-leap-day"),
        pytest.param("2024-13", id="month-13"),
        pytest.param("2024-00", id="month-0"),
        pytest.param("2024-05-00", id="day-0"),
        pytest.param("2024-04-31", id="april-31"),
        pytest.param("0000", id="year-0"),
        pytest.param("02-30", id="every-30-february"),
        pytest.param("13-40", id="every-month-13"),
        pytest.param("00-15", id="every-month-0"),
        pytest.param("٢٠٢٤", id="other-digits"),
        pytest.param("tháng 6", id="words"),
    ],
)
def test_what_is_not_a_date_is_told_in_vietnamese(text: str) -> None:
    with pytest.raises(ValueError, match=re.compile("ngày")):
        PartialDate.parse(text)


# -------------------------------------------------------------------------------------- periods


@pytest.mark.parametrize(
    ("text", "written", "start", "end"),
    [
        pytest.param("2024", "2024", date(2024, 1, 1), date(2024, 12, 31), id="year"),
        pytest.param("2024H1", "2024H1", date(2024, 1, 1), date(2024, 6, 30), id="first-half"),
        pytest.param("2024H2", "2024H2", date(2024, 7, 1), date(2024, 12, 31), id="second-half"),
        pytest.param("2024-S1", "2024H1", date(2024, 1, 1), date(2024, 6, 30), id="s1-is-h1"),
        pytest.param("2024-S2", "2024H2", date(2024, 7, 1), date(2024, 12, 31), id="s2-is-h2"),
        pytest.param("2024Q1", "2024Q1", date(2024, 1, 1), date(2024, 3, 31), id="q1"),
        pytest.param("2024Q3", "2024Q3", date(2024, 7, 1), date(2024, 9, 30), id="q3"),
        pytest.param("2024Q4", "2024Q4", date(2024, 10, 1), date(2024, 12, 31), id="q4"),
        pytest.param("2024M05", "2024M05", date(2024, 5, 1), date(2024, 5, 31), id="month"),
        pytest.param("2024M02", "2024M02", date(2024, 2, 1), date(2024, 2, 29), id="leap-month"),
        pytest.param("2024M12", "2024M12", date(2024, 12, 1), date(2024, 12, 31), id="december"),
        pytest.param("2024-9M", "2024-9M", date(2024, 1, 1), date(2024, 9, 30), id="nine-months"),
        pytest.param("2023SY", "2023SY", date(2023, 9, 1), date(2024, 8, 31), id="school-year"),
        pytest.param("2023-2025", "2023-2025", date(2023, 1, 1), date(2025, 12, 31), id="span"),
        pytest.param("2024-2024", "2024-2024", date(2024, 1, 1), date(2024, 12, 31), id="span-of-one-year"),
    ],
)
def test_period_codes(text: str, written: str, start: date, end: date) -> None:
    period = Period.parse(text)
    assert (str(period), period.start, period.end) == (written, start, end)
    assert Period.parse(written) == period


@pytest.mark.parametrize(
    "text",
    [
        "", "24", "2024H3", "2024H0", "2024-h1", "2024Q5", "2024M13", "2024M00", "2024M5", "2024-6M",
        "2025-2023", "2024-06", "6 tháng 2024", "2024 H1", "0000", "9999SY", "0000H1", "0000-2024", "٢٠٢٤",
    ],
)  # fmt: skip
def test_what_is_not_a_period_is_told_in_vietnamese(text: str) -> None:
    with pytest.raises(ValueError, match=re.compile("kỳ|giai đoạn")):
        Period.parse(text)


@pytest.mark.parametrize(
    ("text", "administrative", "statistical"),
    [
        pytest.param(
            "2024H1",
            (date(2023, 12, 15), date(2024, 6, 14)),
            (date(2024, 1, 1), date(2024, 6, 30)),
            id="first-half",
        ),
        pytest.param(
            "2024H2",
            (date(2024, 6, 15), date(2024, 12, 14)),
            (date(2024, 7, 1), date(2024, 12, 31)),
            id="second-half",
        ),
        pytest.param(
            "2024",
            (date(2023, 12, 15), date(2024, 12, 14)),
            (date(2024, 1, 1), date(2024, 12, 31)),
            id="year",
        ),
        pytest.param(
            "2024Q2",
            (date(2024, 3, 15), date(2024, 6, 14)),
            (date(2024, 4, 1), date(2024, 6, 30)),
            id="quarter",
        ),
        pytest.param(
            "2024M01",
            (date(2023, 12, 15), date(2024, 1, 14)),
            (date(2024, 1, 1), date(2024, 1, 31)),
            id="january",
        ),
        pytest.param(
            "2024M03",
            (date(2024, 2, 15), date(2024, 3, 14)),
            (date(2024, 3, 1), date(2024, 3, 31)),
            id="march",
        ),
        pytest.param(
            "2024-9M",
            (date(2023, 12, 15), date(2024, 9, 14)),
            (date(2024, 1, 1), date(2024, 9, 30)),
            id="nine-months",
        ),
        pytest.param(
            "2023SY",
            (date(2023, 9, 1), date(2024, 8, 31)),
            (date(2023, 9, 1), date(2024, 8, 31)),
            id="school-year-has-one-window",
        ),
    ],
)
def test_windows(text: str, administrative: tuple[date, date], statistical: tuple[date, date]) -> None:
    """NĐ 09/2019/NĐ-CP, Điều 12 for administrative reports; NĐ 60/2018/NĐ-CP for statistics."""
    period = Period.parse(text)
    assert period.window(ADMINISTRATIVE) == administrative
    assert period.window(STATISTICAL) == statistical


@pytest.mark.parametrize("code", ["{}H1", "{}Q1", "{}M01", "{}"])
def test_administrative_windows_leave_no_day_out(code: str) -> None:
    period = Period.parse(code.format(2020))
    for _ in range(24):
        before = period.previous
        assert (period.window(ADMINISTRATIVE)[0] - before.window(ADMINISTRATIVE)[1]).days == 1
        assert (period.start - before.end).days == 1
        period = before


@pytest.mark.parametrize(
    ("text", "previous", "year_before"),
    [
        pytest.param("2024", "2023", "2023", id="year"),
        pytest.param("2024H1", "2023H2", "2023H1", id="first-half"),
        pytest.param("2024H2", "2024H1", "2023H2", id="second-half"),
        pytest.param("2024Q1", "2023Q4", "2023Q1", id="first-quarter"),
        pytest.param("2024M01", "2023M12", "2023M01", id="january"),
        pytest.param("2024M10", "2024M09", "2023M10", id="october"),
        pytest.param("2024-9M", "2023-9M", "2023-9M", id="nine-months"),
        pytest.param("2023SY", "2022SY", "2022SY", id="school-year"),
        pytest.param("2023-2025", "2020-2022", "2022-2024", id="span"),
    ],
)
def test_periods_before(text: str, previous: str, year_before: str) -> None:
    period = Period.parse(text)
    assert (str(period.previous), str(period.year_before)) == (previous, year_before)
    assert period.previous == Period.parse(previous)
    assert period.year_before == Period.parse(year_before)


@pytest.mark.parametrize(
    ("outer", "inner", "inside"),
    [
        pytest.param("2023-2025", "2024H1", True, id="half-in-span"),
        pytest.param("2023-2025", "2025", True, id="last-year-in-span"),
        pytest.param("2023-2025", "2026", False, id="after-span"),
        pytest.param("2023-2025", "2022H2", False, id="before-span"),
        pytest.param("2024", "2024", True, id="itself"),
        pytest.param("2024H1", "2024", False, id="larger"),
        pytest.param("2024", "2023SY", False, id="school-year-crosses-the-year"),
        pytest.param("2023-2024", "2023SY", True, id="school-year-in-span"),
        pytest.param("2024-9M", "2024Q3", True, id="quarter-in-nine-months"),
        pytest.param("2024-9M", "2024H2", False, id="half-crosses-nine-months"),
    ],
)
def test_contains_by_the_calendar(outer: str, inner: str, inside: bool) -> None:
    assert Period.parse(outer).contains(Period.parse(inner)) is inside


@pytest.mark.parametrize(
    ("text", "year", "last"),
    [
        ("2024", 2024, 2024),
        ("2024H2", 2024, 2024),
        ("2024-9M", 2024, 2024),
        ("2023SY", 2023, 2024),
        ("2023-2025", 2023, 2025),
    ],
)
def test_first_and_last_year(text: str, year: int, last: int) -> None:
    period = Period.parse(text)
    assert (period.year, period.last_year) == (year, last)


def test_two_spellings_are_one_period() -> None:
    assert len({Period.parse("2024H1"), Period.parse("2024-H1"), Period.parse("2024-S1")}) == 1
