"""Two states of a file as a unified diff: plain and fit for `git apply` in a pipe, coloured on a terminal."""

from __future__ import annotations

import difflib

from bdg_cli.outputs.text import Sheet
from bdg_cli.screen import line

_LOOKS = {"-": "31", "+": "32", "@": "36"}
_NO_NEWLINE = "\\ No newline at end of file"


def render(path: str, before: str, after: str, sheet: Sheet) -> str:
    """The difference, with three lines around each change; empty where there is none."""
    rows = difflib.unified_diff(_rows(before), _rows(after), f"a/{path}", f"b/{path}", n=3)
    return "".join(f"{_row(row, number < 2, sheet)}\n" for number, row in enumerate(rows))


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
