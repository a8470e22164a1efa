"""Reads gaps, words and counted things: the pieces that the patterns of several modules are made of."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache

# A line break that goes on with the sentence: it opens neither an empty line (`hard`) nor a list item.
_OPENING = r"\n|[-–+*#]\s|\d{1,2}[.)]\s|[a-zđ]\)\s"
_LINE_BREAK = re.compile(rf"\n(?:(?P<hard>[ \t]*\n\s*)|[ \t]{{0,16}}+(?!{_OPENING}))")
_KEPT_BREAK = re.compile(rf"\n[ \t]*(?:{_OPENING})")  # without one, every line break is a space
_BLANKS = "\t\u00a0\u202f*"
_DASHES = "\u2010\u2011\u2212"
# A gap inside a mention, in text that `level` has made plain: patterns stay small, and quick to compile.
GAP = " {1,24}+"
OPT = " {0,24}+"
SPACE = " ?"
DASH = "[-–]"
YEAR = r"(?:19|20)\d\d"
STOP_DIGITS = r"(?!\d|[/.,]\d)"


def lazy(pattern: str, flags: int = 0) -> Callable[[], re.Pattern[str]]:
    """A pattern that is compiled when it is first asked for: most plans never need it, and compiling costs as much as
    reading."""
    return cache(lambda: re.compile(pattern, flags))


def level(text: str) -> str:
    """The text, of the same length, in which every gap inside a sentence is made of spaces, every dash is - or –."""
    if "\n" in text:
        text = text.replace("\r", " ")
        if _KEPT_BREAK.search(text) is None:
            text = text.replace("\n", " ")
        else:
            text = _LINE_BREAK.sub(lambda gap: gap[0] if gap["hard"] else " " * len(gap[0]), text)
    for sign in _BLANKS:
        text = text.replace(sign, " ")
    for sign in _DASHES:
        text = text.replace(sign, "-")
    return text


def lower(text: str) -> str:
    """The text in lower case, of the same length."""
    small = text.lower()
    if len(small) == len(text):
        return small
    return "".join(sign.lower() if len(sign.lower()) == 1 else sign for sign in text)


def any_of(phrases: str) -> str:
    """An alternation of phrases (with `|` between them), longest first; any gap stands for a space."""
    ordered = sorted(phrases.split("|"), key=len, reverse=True)
    return "(?:" + "|".join(GAP.join(map(re.escape, phrase.split())) for phrase in ordered) + r")(?!\w)"


def begun(phrases: str) -> str:
    """Like `any_of`, where a word begins. The look back stands behind the first letter.

    A pattern that begins with a letter is searched for thirty times as fast as one that begins with a look back.
    """
    rests: dict[str, list[str]] = {}
    for phrase in sorted(phrases.split("|"), key=len, reverse=True):
        rests.setdefault(phrase[0], []).append(GAP.join(map(re.escape, phrase.split()))[1:])
    each = (rf"{first}(?<!\w{first})(?:{'|'.join(rest)})" for first, rest in rests.items())
    return f"(?:{'|'.join(each)})(?!\\w)"


def first_of(text: str, phrases: Iterable[str]) -> tuple[int, str] | None:
    """Where the first of the phrases stands as whole words, and which. Rarely asked, a pattern would cost more."""
    found = ((at, -len(phrase)) for phrase in phrases if (at := _at(text, phrase)) >= 0)
    first = min(found, default=None)
    return None if first is None else (first[0], text[first[0] : first[0] - first[1]])


def says(text: str, phrases: Iterable[str]) -> bool:
    """Whether one of the phrases stands in the text as whole words."""
    return any(_at(text, phrase) >= 0 for phrase in phrases)


def _at(text: str, phrase: str) -> int:
    at = text.find(phrase)
    while at >= 0 and (text[at - 1 : at].isalnum() or text[at + len(phrase) : at + len(phrase) + 1].isalnum()):
        at = text.find(phrase, at + 1)
    return at


def by_first_letter(phrases: Iterable[str]) -> str:
    """An alternation of phrases as they stand, told apart by their first letters: quick where most text is none."""
    rests: dict[str, list[str]] = {}
    for phrase in phrases:
        rests.setdefault(phrase[0], []).append(re.escape(phrase[1:]))
    return "|".join(f"{re.escape(first)}(?:{'|'.join(rest)})" for first, rest in rests.items())


LEVELS = "tỉnh|thành phố|tp|thị xã|thị trấn|quận|huyện|phường|đặc khu|xã"  # of places
LEVEL = any_of(LEVELS)
WORD = re.compile(r"[^\W_]+(?:&[^\W_]+)*")
# What is counted, after "10/12": then it is a part of a whole and no day.
COUNTED = re.compile(
    rf"{GAP}"
    + any_of(
        "xã|huyện|sở|phường|tỉnh|quận|thôn|ấp|khóm|bản|tổ|người|trường|số|vụ|hộ|trẻ|nữ|lượt|ca|"
        "phòng|ban|ngành|bộ|cuộc|lớp|tin|bài|đảng|cấp|chi|cơ|đơn|chỉ|mục|tiêu|cán|công|đại|ủy|uỷ|"
        "thành|doanh|hợp|nhiệm|mô|địa|đồng|phụ|học|cụm|khu|thị|lãnh|trưởng|phó|giám|chủ|tổng|nội|"
        "câu|chiến"
    ),
    re.I,
)


def folded(text: str) -> str:
    """The words with single spaces, without marks of bold."""
    return " ".join(text.replace("*", " ").split())
