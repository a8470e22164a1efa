"""How high a row must be for its texts: Excel does not work that out for merged cells, nor on opening."""

from __future__ import annotations

from bdg_cli.documents.advances import Type, lines
from bdg_cli.vietnamese import nfc
from bdg_cli.workbooks.model import Look, Row, Sheet

_POINTS_A_CHARACTER = 5.25  # of a column's width
_PADDING = 4.0  # points, of a cell
_LINE = 1.22  # a line's height, in type sizes
_HIGHEST = 409.0  # Excel's own limit


def type_of(look: Look) -> tuple[float, bool]:
    """The type of a look: its size in points, and whether it is bold."""
    match look:
        case Look.TITLE:
            return 14, True
        case Look.OFFICE | Look.HEAD | Look.GROUP:
            return 11, True
        case Look.NOTE | Look.CENTRED_NOTE:
            return 10.5, False
    return 11, False


def text_height(text: str, width: float, look: Look) -> float:
    """The height in points of a text wrapped in `width` characters."""
    size, bold = type_of(look)
    room = width * _POINTS_A_CHARACTER - _PADDING
    return len(lines(nfc(text), Type(size, "bold" if bold else "regular"), room)) * size * _LINE


def row_height(sheet: Sheet, row: Row) -> float:
    """The height that the longest text of a row needs. A cell merged downwards asks for its share."""
    widths = [column.width for column in sheet.columns]
    needed = [
        text_height(cell.value, sum(widths[place : place + cell.columns]), cell.look) / cell.rows
        for place, cell in enumerate(row.cells)
        if cell is not None and isinstance(cell.value, str)
    ]
    return min(round(max(needed, default=11.0) + _PADDING, 1), _HIGHEST)
