"""Text in CSV files that a spreadsheet would take for a formula: guarded by an apostrophe, which reading takes off."""

from __future__ import annotations

_RISKY = frozenset("=+-@\t\r'")


def guarded(text: str) -> str:
    """The text as a CSV cell: with an apostrophe in front where a spreadsheet would see a formula."""
    return f"'{text}" if text[:1] in _RISKY and text else text


def unguarded(cell: str) -> str:
    """The text that `guarded` made the cell of."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in _RISKY and cell[1:] else cell
