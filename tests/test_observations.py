"""CSV into observations: figures as typed, faults where they stand, and no text that makes it raise."""

from __future__ import annotations

import random
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from bdg_cli import edit
from bdg_cli.data import observations
from bdg_cli.data.observations import COLUMNS, FigureStatus, Observation, Read, Sex, Vintage
from bdg_cli.findings import Fault, Place
from bdg_cli.models.registry import Window

PATH = "data/2024.csv"
HEADER = ",".join(COLUMNS) + "\n"
CSV = Path(__file__).parent.parent / "plans" / "data" / "2023.csv"


def row(**cells: str) -> str:
    usual = {"indicator": "cl-1-1", "area": "tra-vinh", "period": "2024"}
    return ",".join({**usual, **cells}.get(column, "") for column in COLUMNS) + "\n"


def read(*rows: str) -> Read:
    return observations.read(PATH, HEADER + "".join(rows))


def only(result: Read) -> tuple[str, Fault]:
    (found,) = result.faults
    return found


def spot(place: Place) -> tuple[int, int, int, int]:
    return place.line, place.column, place.end_line, place.end_column


def one(*rows: str) -> Observation:
    result = read(*rows)
    assert result.faults == []
    (found,) = result.observations
    return found


# -------------------------------------------------------------------------------------- figures


def test_a_full_row() -> None:
    found = one(
        "cl-2-3,tra-vinh,2024-S1,female,kinh,1020,3900,26.15,,official,statistical,2024-06-30,"
        '"Sở Kế hoạch, Đầu tư",2024-07-20,"ghi ""chú"""\n'
    )
    assert found.key == ("cl-2-3", "tra-vinh", "2024H1", "female", "kinh")
    assert (found.numerator, found.denominator, found.value) == (
        Decimal(1020),
        Decimal(3900),
        Decimal("26.15"),
    )
    assert (found.sex, found.status, found.vintage) == (Sex.FEMALE, FigureStatus.ORDINARY, Vintage.OFFICIAL)
    assert found.window is Window.STATISTICAL
    assert (found.cutoff, found.as_of) == (date(2024, 6, 30), date(2024, 7, 20))
    assert (found.source, found.note) == ("Sở Kế hoạch, Đầu tư", 'ghi "chú"')


@pytest.mark.parametrize(
    ("cells", "factor", "rate"),
    [
        pytest.param({"numerator": "1", "denominator": "3"}, "100", Decimal(1) / Decimal(3) * 100, id="unrounded"),
        pytest.param({"numerator": "1", "denominator": "4", "value": "99"}, "100", Decimal(25), id="counts-win"),
        pytest.param({"numerator": "0", "denominator": "4"}, "100", Decimal(0), id="zero-is-a-number"),
        pytest.param({"value": "26.15"}, "100", Decimal("26.15"), id="value-alone-is-not-scaled"),
        pytest.param({"numerator": "1", "value": "7"}, "100", Decimal(7), id="no-denominator"),
        pytest.param({"numerator": "0", "denominator": "0"}, "100", None, id="zero-denominator"),
        pytest.param({}, "100", None, id="nothing"),
    ],
)
def test_rate(cells: dict[str, str], factor: str, rate: Decimal | None) -> None:
    assert one(row(**cells)).rate(Decimal(factor)) == rate


def test_vintages_are_ranked() -> None:
    ranked = sorted(Vintage, key=lambda vintage: vintage.rank)
    assert ranked == [Vintage.UNSAID, Vintage.ESTIMATE, Vintage.PRELIMINARY, Vintage.OFFICIAL]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        pytest.param(HEADER, 0, id="header-alone"),
        pytest.param(HEADER + "\n" + row() + "\n\n" + row() + "\n", 2, id="blank-lines"),
        pytest.param(HEADER + "," * (len(COLUMNS) - 1) + "\n" + row(), 1, id="line-of-commas"),
        pytest.param((HEADER + row()).replace("\n", "\r\n"), 1, id="crlf"),
        pytest.param(HEADER + row().rstrip("\n"), 1, id="no-last-newline"),
        pytest.param("\n\n" + HEADER + row(), 1, id="blank-lines-above"),
        pytest.param("period,area,indicator\n2024,tra-vinh,cl-1-1\n", 1, id="few-columns-in-any-order"),
        pytest.param(" indicator , area , period \n cl-1-1 , tra-vinh , 2024 \n", 1, id="spaces-around"),
    ],
)
def test_what_is_no_fault(text: str, count: int) -> None:
    result = observations.read(PATH, text)
    assert result.faults == []
    assert len(result.observations) == count
    assert {found.indicator for found in result.observations} <= {"cl-1-1"}


def test_spaces_inside_a_note_stay() -> None:
    assert one(row(note='"theo dõi, tổng  hợp"')).note == "theo dõi, tổng  hợp"


# -------------------------------------------------------------------------------------- TP014


@pytest.mark.parametrize(
    ("text", "at", "words"),
    [
        pytest.param(
            "indicator;area;period\ncl-1-1;x;2024\n",
            (1, 1, 1, 22),
            "ngăn bởi dấu khác dấu phẩy",
            id="semicolons",
        ),
        pytest.param("indicator\tarea\tperiod\n", (1, 1, 1, 22), "ngăn bởi dấu khác dấu phẩy", id="tabs"),
        pytest.param("indicator,area,period,area\n", (1, 1, 1, 27), "hai cột cùng tên", id="column-twice"),
        pytest.param("indicator,area,perriod\n", (1, 1, 1, 23), "“period”", id="unknown-column-with-nearest"),
        pytest.param("indicator,area,period,xyz\n", (1, 1, 1, 26), "“xyz”", id="unknown-column"),
        pytest.param("area,period\n", (1, 1, 1, 12), "indicator", id="column-missing"),
        pytest.param("indicator\n", (1, 1, 1, 10), "thiếu cột area, period", id="one-column"),
        pytest.param("\n\nindicator,area\n", (3, 1, 3, 15), "period", id="header-further-down"),
        pytest.param(",".join(f"c{n}" for n in range(101)) + "\n", (1, 1, 1, 395), "101 cột", id="too-many-columns"),
        pytest.param(HEADER + "cl-1-1,tra-vinh,2024\n", (2, 1, 2, 21), "3 ô", id="too-few-cells"),
        pytest.param(
            HEADER + row(note="một, hai"),
            (2, 1, 2, 41),
            "dấu nháy kép quanh dấu phẩy",
            id="comma-without-quotes",
        ),
        pytest.param(HEADER + '"cl-1-1,tra-vinh\n', (2, 1, 2, 17), "1 ô", id="quote-left-open"),
    ],
)
def test_a_table_that_cannot_be_read(text: str, at: tuple[int, int, int, int], words: str) -> None:
    code, fault = only(observations.read(PATH, text))
    assert code == "TP014"
    assert spot(fault.place) == at
    assert words in fault.message


def test_a_broken_line_costs_only_itself() -> None:
    result = read(row(), "cl-1-1,tra-vinh\n", row(period="2023"))
    assert [str(found.period) for found in result.observations] == ["2024", "2023"]
    assert only(result)[1].place.line == 3


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(HEADER + row(note="x" * 200_000), id="very-long-cell"),
        pytest.param(HEADER + row(note="a\x00b"), id="nul"),
        pytest.param(HEADER + row(value="9" * 5000), id="very-long-number"),
        pytest.param(HEADER + row(numerator="1e999999", denominator="1e-999999"), id="huge-exponents"),
        pytest.param(HEADER + row(period="0000"), id="year-zero"),
        pytest.param(HEADER + row(period="9999SY"), id="last-school-year"),
    ],
)
def test_hostile_cells_never_raise(text: str) -> None:
    result = observations.read(PATH, text)
    assert len(result.observations) + len(result.faults) >= 1
    for found in result.observations:
        found.rate(Decimal(100))
        assert found.period.start <= found.period.end
        assert str(found.period)


@pytest.mark.parametrize("cell", ["a\u2028b", "a\x0bb", "a\x85b", "a\x1cb"])
def test_only_line_ends_end_lines(cell: str) -> None:
    """A separator that crept into a note from Word is part of the note; later lines keep their number."""
    result = read(row(note=cell), row(period="2024-"))
    code, fault = [found for found in result.faults if found[0] == "TP005"][-1]
    assert (code, fault.place.line) == ("TP005", 3)


def test_mutations_of_a_real_file_never_raise() -> None:
    rng = random.Random(0)
    text = CSV.read_text("utf-8")
    signs = ['"', ",", "\n", "\r", ";", "\x00", "-", ".", "0", "ế", "\u2028", " ", "e9", "/"]
    read = 0
    for _ in range(400):
        changed = list(text)
        for _ in range(rng.randint(1, 6)):
            position = rng.randrange(len(changed))
            changed[position : position + rng.randrange(3)] = rng.choice(signs)
        for found in observations.read(PATH, "".join(changed)).observations:
            found.rate(Decimal(100))
            read += 1
    assert read > 400, "most mutations leave rows that are read"


# -------------------------------------------------------------------------------------- SL101, TP005


@pytest.mark.parametrize(
    "cell",
    ["abc", "12.5.1", "1 234", "1_000", "12%", "NaN", "Infinity", "-", "1,234", "12;5", "0x1F", "１２"],
)
def test_what_is_no_number(cell: str) -> None:
    result = read(row(value=f'"{cell}"' if "," in cell else cell))
    code, fault = only(result)
    assert code == "SL101"
    assert f"“{cell}”" in fault.message
    assert fault.edits == ()
    assert result.observations[0].value is None


@pytest.mark.parametrize(
    ("cells", "fixed"),
    [
        pytest.param({"value": '"12,5"'}, {"value": "12.5"}, id="alone"),
        pytest.param({"value": '"1.234,567"'}, {"value": "1234.567"}, id="with-points-for-thousands"),
        pytest.param(
            {"value": '"12,5"', "source": '"Sở Y tế, tỉnh"'},
            {"value": "12.5", "source": '"Sở Y tế, tỉnh"'},
            id="with-another-quoted-cell",
        ),
    ],
)
def test_a_decimal_comma_is_fixed_and_nothing_else_is_touched(cells: dict[str, str], fixed: dict[str, str]) -> None:
    text = HEADER + row() + row(**cells) + row(period="2023")
    code, fault = only(observations.read(PATH, text))
    assert code == "SL101"
    after = observations.read(PATH, edit.edited(text, fault.edits))
    assert after.faults == []
    expected = observations.read(PATH, HEADER + row() + row(**fixed) + row(period="2023"))
    assert [(found.key, found.value, found.source) for found in after.observations] == [
        (found.key, found.value, found.source) for found in expected.observations
    ]


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        pytest.param({"sex": "nữ"}, "female", id="sex"),
        pytest.param({"status": "thiếu"}, "missing", id="status"),
        pytest.param({"vintage": "final"}, "official", id="vintage"),
        pytest.param({"window": "lich"}, "administrative", id="window"),
        pytest.param({"period": "2024-6"}, "2024H1", id="period"),
        pytest.param({"period": ""}, "2024H1", id="no-period"),
        pytest.param({"cutoff": "14/6/2024"}, "2024-06-15", id="cutoff"),
        pytest.param({"as_of": "2024-06-31"}, "2024-06-15", id="as-of"),
        pytest.param({"as_of": "2024-W24-6"}, "2024-06-15", id="week-date"),
    ],
)
def test_values_that_are_not_accepted(cells: dict[str, str], words: str) -> None:
    code, fault = only(read(row(**cells)))
    assert code == "TP005"
    assert words in fault.message
    assert fault.place.route.split("/")[-1] == next(iter(cells))


# -------------------------------------------------------------------------------------- places


@pytest.mark.parametrize(
    ("cells", "column", "marked"),
    [
        pytest.param({"area": "dak-nong", "period": "sai"}, "period", "sai", id="third-cell"),
        pytest.param({"group": "Đắk Nông ế", "value": "x1"}, "value", "x1", id="after-vietnamese"),
        pytest.param({"source": '"Sở A, tỉnh B"', "value": "x1"}, "value", "x1", id="before-a-quoted-cell"),
        pytest.param({"group": '"a, b"', "value": "x1"}, "value", "x1", id="after-a-quoted-cell"),
        pytest.param({"group": '"a ""b"", c"', "value": "x1"}, "value", "x1", id="after-doubled-quotes"),
    ],
)
@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["lf", "crlf"])
def test_a_cell_is_marked_exactly(cells: dict[str, str], column: str, marked: str, newline: str) -> None:
    text = (HEADER + row() + "\n" + row(**cells)).replace("\n", newline)
    _, fault = only(observations.read(PATH, text))
    place = fault.place
    assert text[place.start : place.end] == marked
    line = text.split(newline)[3]
    assert (place.line, place.end_line, line[place.column - 1 : place.end_column - 1]) == (4, 4, marked)
    assert place.route.split("/")[-1] == column


def test_an_empty_or_unknown_cell_is_marked_by_its_line() -> None:
    text = HEADER + row()
    found = observations.read(PATH, text).observations[0]
    for column in ("value", "nope", None):
        place = found.line.place(column)
        assert text[place.start : place.end] == row().rstrip("\n")
        assert (place.line, place.column) == (2, 1)
