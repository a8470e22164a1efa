"""What people type into cells: numbers the Vietnamese way, and everything that must not become a number."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from bdg_cli.data.observations import FigureStatus
from bdg_cli.workbooks import typed
from bdg_cli.workbooks.reader import Entry, Sort
from bdg_cli.workbooks.typed import Refused


def text(value: str) -> Entry:
    return Entry("Số liệu", 12, 7, Sort.TEXT, text=value)


def number(value: str, *, percent: bool = False) -> Entry:
    return Entry("Số liệu", 12, 7, Sort.NUMBER, Decimal(value), percent=percent)


@pytest.mark.parametrize(
    ("entry", "whole", "percentage", "wanted"),
    [
        (text("1.234"), True, False, "1234"),
        (text("1.234.567"), True, False, "1234567"),
        (text("1 234"), True, False, "1234"),
        (text("1\u00a0234"), True, False, "1234"),
        (text("1.234,5"), False, False, "1234.5"),
        (text("59,1"), False, True, "59.1"),
        (text("59,1%"), False, True, "59.1"),
        (text("59,1 %"), False, True, "59.1"),
        (text("59.1"), False, True, "59.1"),
        (text("1,234,567"), True, False, "1234567"),
        (text("1,234.5"), False, False, "1234.5"),
        (text("0"), True, False, "0"),
        (text("007"), True, False, "7"),
        (number("66.0"), True, False, "66"),
        (number("0.591", percent=True), False, True, "59.1"),
        (number("59.1"), False, True, "59.1"),
        (number("1E+3"), True, False, "1000"),
        (Entry("x", 1, 1), True, False, None),
    ],
)
def test_numbers(entry: Entry, whole: bool, percentage: bool, wanted: str | None) -> None:
    value = typed.number(entry, whole=whole, percentage=percentage)
    assert value == (None if wanted is None else Decimal(wanted))


@pytest.mark.parametrize(
    ("entry", "whole", "told"),
    [
        (text("1.234"), False, "hai cách"),
        (text("59,1%"), True, "không phải tỷ lệ"),
        (number("0.591", percent=True), True, "không phải tỷ lệ"),
        (text("12 người"), True, "không phải số"),
        (text("khoảng 50"), True, "không phải số"),
        (text("-"), True, "không phải số"),
        (text("NaN"), False, "không phải số"),
        (text("inf"), False, "không phải số"),
        (text("1e5"), True, "không phải số"),
        (text("١٢"), True, "không phải số"),
        (text("-3"), True, "nhỏ hơn 0"),
        (number("-3"), True, "nhỏ hơn 0"),
        (number("12.5"), True, "số đếm nguyên"),
        (text("1,234"), True, "số đếm nguyên"),
        (number("NaN"), False, "không phải một con số"),
        (number("Infinity"), False, "không phải một con số"),
        (number("1e300"), False, "không phải một con số"),
        (text("9" * 400), True, "không phải một con số"),
        (Entry("x", 1, 1, Sort.DAY, day=date(2024, 1, 5)), True, "thành ngày"),
        (Entry("x", 1, 1, Sort.TRUTH), True, "TRUE/FALSE"),
        (Entry("x", 1, 1, Sort.ERROR, text="#DIV/0!"), True, "#DIV/0!"),
        (Entry("x", 1, 1, Sort.UNCOMPUTED, formula=True), True, "chưa có kết quả"),
        (Entry("x", 1, 1, Sort.MERGED), True, "gộp"),
    ],
)
def test_what_is_no_number_is_refused_with_the_way_out(entry: Entry, whole: bool, told: str) -> None:
    with pytest.raises(Refused) as refusal:
        typed.number(entry, whole=whole)
    assert told in refusal.value.message
    assert refusal.value.code == "SL101"
    assert len(refusal.value.message) < 200


@pytest.mark.parametrize("written", ["không phát sinh", "Không  phát sinh", "none", "khôNG phát sinh"])
def test_closed_values_by_their_words(written: str) -> None:
    assert typed.choice(text(written), FigureStatus) is FigureStatus.NONE


def test_other_words_are_refused_with_the_choices() -> None:
    with pytest.raises(Refused) as refusal:
        typed.choice(text("không có"), FigureStatus)
    assert "không phát sinh, chưa có số liệu, chưa đến kỳ công bố" in refusal.value.message
