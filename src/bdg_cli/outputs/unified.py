"""Two states of a file as a unified diff: plain and fit for `git apply` in a pipe, coloured on a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher

from bdg_cli.outputs.text import Sheet
from bdg_cli.screen import line

_LOOKS = {"-": "31", "+": "32", "@": "36"}
_AROUND = 3  # unchanged lines shown around a change
_NO_NEWLINE = "\\ No newline at end of file"


def render(path: str, before: str, after: str, sheet: Sheet) -> str:
    """The difference, with three lines around each change; empty where there is none."""
    rows = _difference(path, _rows(before), _rows(after))
    return "".join(f"{_row(row, number < 2, sheet)}\n" for number, row in enumerate(rows))


def _difference(path: str, before: list[str], after: list[str]) -> Iterator[str]:
    """The rows of the diff. Every line counts, however often it stands in the file: difflib's own would skip those."""
    groups = list(SequenceMatcher(None, before, after, autojunk=False).get_grouped_opcodes(_AROUND))
    if groups:
        yield from (f"--- a/{path}\n", f"+++ b/{path}\n")
    for group in groups:
        _, first, _, start, _ = group[0]
        _, _, last, _, stop = group[-1]
        yield f"@@ -{_span(first, last)} +{_span(start, stop)} @@\n"
        for tag, low, high, left, right in group:
            if tag == "equal":
                yield from (f" {row}" for row in before[low:high])
            else:
                yield from (f"-{row}" for row in before[low:high])
                yield from (f"+{row}" for row in after[left:right])


def _span(start: int, stop: int) -> str:
    """A range of lines as diffs write it: from 1, without a length of one, from the line before where it is empty."""
    if stop == start:
        return f"{start},0"
    return f"{start + 1}" if stop == start + 1 else f"{start + 1},{stop - start}"


def _rows(text: str) -> list[str]:
    """The lines, parted at line feeds alone: any other sign is part of a line, as it is for git."""
    rows = text.split("\n")
    last = rows.pop()
    return [f"{row}\n" for row in rows] + ([last] if last else [])


def _row(row: str, header: bool, sheet: Sheet) -> str:
    tail = "" if row.endswith("\n") else f"\n{_NO_NEWLINE}"
    bare = row.rstrip("\n")
    returned = bare.endswith("\r")
    shown = line(bare.removesuffix("\r")) + ("\r" if returned and not sheet.colour else "")
    looks = ("1",) if header else (_LOOKS[shown[0]],) if shown[:1] in _LOOKS else ()
    return (sheet.paint(shown, *looks) if looks else shown) + tail
