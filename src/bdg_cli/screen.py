"""Text that came from files, made fit for a screen or a log: harmless, measured in columns, cut and wrapped.

What a planner typed must not colour a terminal, end a line, turn the order of letters, or be taken for a command by
the runner of a CI. Light on imports: it stands on the path that answers from the cache.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

_BLANKS = "\t\n\v\f\r\x1c\x1d\x1e\x1f\x85\u2028\u2029"  # all that some reader takes for the end of a line
# They turn the order of the text on the screen, or show nothing at all.
_DIRECTIONS = (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
_CONTROLS = (*range(0x20), *range(0x7F, 0xA0), *_DIRECTIONS)
_IMPOSSIBLE = (*range(0xD800, 0xE000), 0xFFFE, 0xFFFF)  # in UTF-8, or in XML
_PLAIN: dict[int, str | None] = {
    **dict.fromkeys(_CONTROLS),
    **dict.fromkeys(_IMPOSSIBLE, "\ufffd"),
    **dict.fromkeys(map(ord, _BLANKS), " "),
}
_VISIBLE: dict[int, str] = {
    **dict.fromkeys((*_CONTROLS, 0x2028, 0x2029), "·"),
    **dict.fromkeys(_IMPOSSIBLE, "\ufffd"),
}
# Signs that take one column each: what plans are written in. Whatever else comes is looked up.
_USUAL = frozenset(
    map(chr, (*range(0x20, 0x7F), *range(0xA0, 0x300), *range(0x1E00, 0x1F00), *range(0x2010, 0x2028), 0xFFFD))
) | frozenset("│─→≥≤…·")


def plain(text: str) -> str:
    """The text on one line, without what colours a terminal, ends a line, or cannot stand in UTF-8 or XML."""
    return text.translate(_PLAIN)


def visible(text: str) -> str:
    """The text with one visible sign for each control character, sign for sign; no runner's `##[command]` in it."""
    shown = text if _USUAL.issuperset(text) else text.translate(_VISIBLE)
    return shown.replace("##[", "#·[")


def line(text: str) -> str:
    """The same as a whole line of output: it does not begin as a command of a runner does (`::error`)."""
    return _no_command(visible(text))


def _no_command(shown: str) -> str:
    bare = shown.lstrip()
    return f"{shown[: len(shown) - len(bare)]}·{bare}" if bare.startswith("::") else shown


def width(text: str) -> int:
    """Columns on a terminal: two for a wide sign, none for a mark on the letter before it."""
    return len(text) if _USUAL.issuperset(text) else _columns(text)[-1]


def window(text: str, first: int, last: int, room: int) -> tuple[str, int, int]:
    """The stretch of a line, at most `room` columns wide, in which the characters `first` to `last` are seen.

    Returns it with `…` where it is cut, the columns before the mark, and the columns of the mark (1 at least).
    """
    at: Sequence[int] = range(len(text) + 1) if _USUAL.issuperset(text) else _columns(text)
    start = 0
    if at[-1] > room and at[last] > room - 1:
        lead = max(0, min(room // 4, room - 2 - (at[last] - at[first])))
        start = min(bisect_left(at, max(at[first] - lead, 0)), bisect_left(at, at[-1] - room + 1))
        while start < first and at[start] == at[start + 1]:
            start += 1  # a mark belongs to the letter before it
    stop = len(text)
    cut = 1 if start else 0
    if at[-1] - at[start] + cut > room:
        stop = max(start, bisect_right(at, at[start] + room - cut - 1) - 1)
    shown = "…" * cut + text[start:stop] + ("…" if stop < len(text) else "")
    goes_on = last > stop > first  # then the mark reaches under the `…`
    first, last = min(first, stop), min(last, stop)
    before, marked = cut + at[first] - at[start], at[last] - at[first] + goes_on
    if last > first and not marked and before:  # a mark on the letter before it: that letter is underlined
        before -= 1
    return shown, before, max(1, marked)


def wrapped(text: str, room: int, lead: str = "") -> list[str]:
    """The text in rows of at most `room` columns, the first after `lead`, the others below it; no row is a command."""
    rows: list[str] = []
    indent = " " * width(lead)
    row, taken, empty = lead, len(indent), True
    shown = visible(text)
    measure = len if _USUAL.issuperset(shown) else width
    for word in shown.split(" "):
        columns = measure(word)
        if not empty and taken + 1 + columns > room:
            rows.append(_no_command(row))
            row, taken, empty = indent, len(indent), True
        row = f"{row}{word}" if empty else f"{row} {word}"
        taken += columns if empty else columns + 1
        empty = False
    return [*rows, _no_command(row.rstrip())]


def _columns(text: str) -> list[int]:
    """The column at which each character begins, and at the end that after the last."""
    from unicodedata import category, east_asian_width

    at = [0]
    for sign in text:
        if category(sign) in {"Mn", "Me", "Cf"}:
            at.append(at[-1])
        else:
            at.append(at[-1] + (2 if east_asian_width(sign) in "WF" else 1))
    return at
