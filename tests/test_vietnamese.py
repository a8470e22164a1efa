"""Forms of written Vietnamese: numbers, dates, points, comparison without marks."""

from __future__ import annotations

import unicodedata
from datetime import date
from decimal import Decimal

import pytest

from bdg_cli import vietnamese


@pytest.mark.parametrize(
    ("value", "places", "written"),
    [
        pytest.param("1234.5", None, "1.234,5", id="thousands-and-decimals"),
        pytest.param("1234567", None, "1.234.567", id="millions"),
        pytest.param("60", None, "60", id="whole"),
        pytest.param("60.00", None, "60,00", id="zeros-as-given"),
        pytest.param("59.95", 2, "59,95", id="as-many-places"),
        pytest.param("59.95", 1, "60,0", id="rounded-half-up"),
        pytest.param("2.5", 0, "3", id="half-up-not-to-even"),
        pytest.param("-2.5", 0, "-3", id="half-away-from-zero"),
        pytest.param("-0.001", 1, "0,0", id="no-negative-zero"),
        pytest.param("0", None, "0", id="zero"),
        pytest.param("1E+3", None, "1.000", id="no-exponent"),
        pytest.param("999.999", 2, "1.000,00", id="carries-over"),
    ],
)
def test_number(value: str, places: int | None, written: str) -> None:
    assert vietnamese.number(Decimal(value), places) == written


@pytest.mark.parametrize(("value", "written"), [(0, "00"), (4, "04"), (10, "10"), (12, "12"), (3321, "3.321")])
def test_count(value: int, written: str) -> None:
    assert vietnamese.count(value) == written


@pytest.mark.parametrize(
    ("parts", "written"),
    [
        pytest.param((2024, 3, 5), "ngày 05 tháng 3 năm 2024", id="day-below-ten"),
        pytest.param((2024, 1, 15), "ngày 15 tháng 01 năm 2024", id="january"),
        pytest.param((2024, 2, 9), "ngày 09 tháng 02 năm 2024", id="february"),
        pytest.param((2024, 10, 20), "ngày 20 tháng 10 năm 2024", id="october"),
    ],
)
def test_long_date(parts: tuple[int, int, int], written: str) -> None:
    """NĐ 30/2020/NĐ-CP: a leading zero for days below 10 and for the months 1 and 2."""
    assert vietnamese.long_date(*parts) == written


def test_unknown_parts_of_a_date_are_left_blank() -> None:
    written = vietnamese.long_date(2024, 2, None)
    assert written.split() == ["ngày", "tháng", "02", "năm", "2024"]
    assert len(written) > len("ngày tháng 02 năm 2024")
    assert vietnamese.long_date(None, None, None).split() == ["ngày", "tháng", "năm"]


@pytest.mark.parametrize(
    ("day", "written"),
    [(date(2024, 3, 5), "05/3/2024"), (date(2021, 2, 1), "01/02/2021"), (date(2021, 12, 8), "08/12/2021")],
)
def test_short_date(day: date, written: str) -> None:
    assert vietnamese.short_date(day) == written


@pytest.mark.parametrize(
    ("value", "numeral"),
    [(1, "I"), (4, "IV"), (9, "IX"), (14, "XIV"), (40, "XL"), (49, "XLIX"), (90, "XC"), (2024, "MMXXIV")],
)
def test_roman(value: int, numeral: str) -> None:
    assert vietnamese.roman(value) == numeral


@pytest.mark.parametrize(
    ("value", "sign"),
    [(1, "a"), (4, "d"), (5, "đ"), (6, "e"), (7, "g"), (23, "y"), (24, "aa"), (28, "ađ"), (47, "ba")],
)
def test_points_run_in_the_order_of_the_vietnamese_alphabet(value: int, sign: str) -> None:
    assert vietnamese.letter(value) == sign


def test_points_are_all_different() -> None:
    signs = [vietnamese.letter(value) for value in range(1, 24 * 23 + 1)]
    assert len(set(signs)) == len(signs)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Đắk Nông", "dak nong"),
        ("Lộc Bình", "loc binh"),
        ("ĐẠI HỌC", "dai hoc"),
        ("ường ữ ễ", "uong u e"),
        ("A-1", "a-1"),
    ],
)
def test_without_marks(text: str, plain: str) -> None:
    assert vietnamese.without_marks(text) == plain
    assert vietnamese.without_marks(unicodedata.normalize("NFD", text)) == plain


@pytest.mark.parametrize(
    ("text", "expected"),
    [("ủy ban", "Ủy ban"), ("đắk Nông", "Đắk Nông"), ("UBND tỉnh", "UBND tỉnh"), ("", "")],
)
def test_sentence_case(text: str, expected: str) -> None:
    assert vietnamese.sentence_case(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Ủy ban nhân dân", "ủy ban nhân dân"), ("UBND tỉnh", "UBND tỉnh"), ("Đ", "đ"), ("", "")],
)
def test_lower_first(text: str, expected: str) -> None:
    assert vietnamese.lower_first(text) == expected


@pytest.mark.parametrize(
    ("name", "known", "near"),
    [
        pytest.param("taks", ["text", "tasks", "agency"], "tasks", id="swapped-letters"),
        pytest.param("so-noi-vụ", ["so-noi-vu", "so-y-te"], "so-noi-vu", id="with-a-mark"),
        pytest.param("xyz", ["text", "tasks"], None, id="nothing-near"),
        pytest.param("a", [], None, id="nothing-known"),
    ],
)
def test_nearest(name: str, known: list[str], near: str | None) -> None:
    assert vietnamese.nearest(name, known) == near


@pytest.mark.parametrize(
    ("parts", "sentence"),
    [([], ""), (["a"], "a"), (["a", "b"], "a và b"), (["a", "b", "c"], "a, b và c")],
)
def test_listed(parts: list[str], sentence: str) -> None:
    assert vietnamese.listed(parts) == sentence


def test_words_are_compared_composed_and_small() -> None:
    decomposed = unicodedata.normalize("NFD", "Bình đẳng, GIỚI")
    assert vietnamese.words(decomposed) == {"bình", "đẳng", "giới"}


def test_nfc_makes_one_character_of_a_letter() -> None:
    assert vietnamese.nfc("e\u0302\u0301") == "\u1ebf"
