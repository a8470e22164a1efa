"""Text from files on a screen: harmless, and measured as a terminal measures it."""

from __future__ import annotations

import random
import unicodedata

import pytest

from bdg_cli import screen

WIDE = "ＡＢ中文🎉"
DECOMPOSED = unicodedata.normalize("NFD", "Trà Vinh, Đắk Nông")


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        pytest.param("", 0, id="empty"),
        pytest.param("Kế hoạch số 12/KH-UBND", 22, id="vietnamese"),
        pytest.param(DECOMPOSED, 18, id="decomposed"),
        pytest.param(WIDE, 10, id="wide"),
        pytest.param("a\u200bb\ufeffc", 3, id="zero-width"),
        pytest.param("“Luật” – 1.234,5 ≥ 60%…", 23, id="punctuation"),
    ],
)
def test_width(text: str, columns: int) -> None:
    assert screen.width(text) == columns


def test_visible_is_sign_for_sign() -> None:
    text = "a\x1b[31m\tb\r\x85\u202e\u2028\u200e\ud800##[error]"
    shown = screen.visible(text)
    assert len(shown) == len(text)
    assert not any(unicodedata.category(sign) in {"Cc", "Cs", "Zl"} for sign in shown)
    assert "\u202e" not in shown
    assert "##[" not in shown
    assert screen.visible("Đắk Nông: “50%”") == "Đắk Nông: “50%”"


@pytest.mark.parametrize("text", ["::error::bịa", "   ::warning file=a::bịa", "\t::stop-commands::x"])
def test_a_line_is_no_command(text: str) -> None:
    assert not screen.line(text).strip("· ").startswith("::") or "·::" in screen.line(text)
    assert not screen.line(text).lstrip().startswith("::")


def test_plain_stays_on_one_line() -> None:
    assert screen.plain("a\r\nb\x1b[31mc\u2028d\ud800") == "a  b[31mc d\ufffd"


@pytest.mark.parametrize("room", [20, 40, 75])
def test_a_window_shows_the_mark(room: int) -> None:
    """Whatever the line and the mark: it fits, and what is underlined is what was marked."""
    rng = random.Random(room)
    letters = ["a", "ế", "đ", "中", "e\u0301", "🎉", " "]
    for _ in range(500):
        signs = [rng.choice(letters) for _ in range(rng.randrange(1, 120))]
        first = rng.randrange(len(signs))
        last = min(len(signs), first + rng.randrange(1, 8))
        starts = [len("".join(signs[:index])) for index in range(len(signs) + 1)]
        text = "".join(signs)
        shown, before, marked = screen.window(text, starts[first], starts[last], room)
        assert screen.width(shown) <= room
        wanted = "".join(signs[first:last])
        assert marked == max(1, screen.width(wanted))
        assert under(shown, before, marked) == wanted


def under(text: str, before: int, columns: int) -> str:
    """The signs that stand over an underline."""
    at, found, inside = 0, "", False
    for sign in text:
        own = screen.width(sign)
        inside = before <= at < before + columns if own else inside  # a mark goes with its letter
        found += sign if inside else ""
        at += own
    return found


@pytest.mark.parametrize(
    ("text", "first", "last", "expected"),
    [
        pytest.param("ngắn", 0, 4, ("ngắn", 0, 4), id="short"),
        pytest.param("x" * 100, 0, 2, ("x" * 19 + "…", 0, 2), id="cut-right"),
        pytest.param("x" * 100, 98, 100, ("…" + "x" * 19, 18, 2), id="cut-left"),
        pytest.param("x" * 100, 0, 100, ("x" * 19 + "…", 0, 20), id="all-of-a-long-line"),
        pytest.param("ngắn", 4, 4, ("ngắn", 4, 1), id="behind-the-end"),
        pytest.param("e\u0301a", 1, 2, ("e\u0301a", 0, 1), id="the-mark-of-a-letter"),
    ],
)
def test_windows(text: str, first: int, last: int, expected: tuple[str, int, int]) -> None:
    assert screen.window(text, first, last, 20) == expected


def test_wrapped_fits_and_loses_no_word() -> None:
    text = "Ủy ban nhân dân tỉnh ban hành Kế hoạch thực hiện công tác bình đẳng giới năm 2024 中文 " * 4
    rows = screen.wrapped(text, 40, "  = ")
    assert max(map(screen.width, rows)) <= 40
    assert rows[0].startswith("  = ")
    assert all(row.startswith("    ") for row in rows[1:])
    assert " ".join(rows).replace("=", "").split() == text.split()


def test_no_row_of_wrapped_text_is_a_command() -> None:
    rows = screen.wrapped("aaaa ::error::bịa ::warning::bịa", 12)
    assert not [row for row in rows if row.lstrip().startswith("::")]


def test_a_word_longer_than_the_row_stays_whole() -> None:
    assert screen.wrapped("a " + "b" * 50, 20, "  ") == ["  a", "  " + "b" * 50]
