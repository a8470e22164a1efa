"""A CSV as lines of cells: its header, its quoting, and where each cell stands. Pure."""

from __future__ import annotations

import csv
import re

from bdg_cli.findings import Place
from bdg_cli.vietnamese import nearest

COLUMNS = (
    "indicator", "area", "period", "sex", "group", "numerator", "denominator", "value", "status", "vintage",
    "window", "cutoff", "source", "as_of", "note",
)  # fmt: skip
REQUIRED = ("indicator", "area", "period")
MAX_COLUMNS = 100
MAX_LINE = 100_000  # characters; a longer line is a quote that swallowed the rest, or no table at all
_IDENTITY = ("indicator", "area", "period", "sex", "group", "vintage", "as_of")
_CELL = re.compile(r'"(?:[^"]|"")*"[^,]*|[^,]*')
_SAVE_AS = "hãy lưu lại dạng “CSV UTF-8” ngăn bởi dấu phẩy"


class Origin:
    """The file that lines come from: its path, its columns, and the way from a line's offset to its number."""

    __slots__ = ("columns", "path")

    def __init__(self, path: str, columns: tuple[str, ...]) -> None:
        self.path = path
        self.columns = columns

    def locate(self, offset: int) -> tuple[int, int]:
        """The number of the line that begins at an offset in bytes, and the characters of the file before it."""
        raise LookupError(f"{self.path}: {offset}")  # whoever reads a file from its start knows where it is


class Line:
    """One line of a CSV as it stands. `at` is its number and the characters before it; None: looked for when asked."""

    __slots__ = ("_at", "offset", "raw", "source")

    def __init__(self, source: Origin, offset: int, raw: str, at: tuple[int, int] | None = None) -> None:
        self.source = source
        self.offset = offset
        self.raw = raw
        self._at = at

    @property
    def at(self) -> tuple[int, int]:
        """Its number in the file, from 1, and how many characters stand before it."""
        if self._at is None:
            self._at = self.source.locate(self.offset)
        return self._at

    @property
    def number(self) -> int:
        """Its number in the file, from 1."""
        return self.at[0]

    @property
    def name(self) -> str:
        """What figure it is, for routes: the cells that tell one row from another."""
        cells = dict(zip(self.source.columns, cells_of(self.raw) or (), strict=False))
        return "/".join(cells.get(column, "").strip() for column in _IDENTITY)

    def place(self, column: str | None = None) -> Place:
        """Where a column's value stands; the whole line where that cannot be said exactly."""
        number, start = self.at
        first, last = 0, len(self.raw)
        columns = self.source.columns
        spans = _spans(self.raw) if column in columns else []
        if column in columns and len(spans) == len(columns):
            begin, stop = spans[columns.index(column)]
            first, last = (begin, stop) if stop > begin else (first, last)
        route = f"{self.name}/{column or ''}"
        return Place(
            self.source.path, number, first + 1, number, last + 1, start + first, start + last, route
        )  # fmt: skip


def cells_of(raw: str) -> list[str] | None:
    """The cells of a line; None where a quote is not closed on it."""
    if '"' not in raw:
        return raw.split(",")
    if raw.count('"') % 2:
        return None
    try:
        return next(csv.reader([raw]))
    except csv.Error:  # a cell longer than the reader takes, a carriage return within the line
        return None


def columns_of(raw: str) -> tuple[tuple[str, ...], str]:
    """The columns that a header line names; or none, and the words that say what is wrong with it."""
    names = tuple(cell.strip() for cell in cells_of(raw) or (raw,))
    message = _fault_of_header(names)
    return ((), message) if message else (names, "")


def _fault_of_header(names: tuple[str, ...]) -> str:
    if any("\r" in name for name in names):
        return f"các dòng không kết thúc bằng xuống dòng thông thường; {_SAVE_AS}"
    if len(names) > MAX_COLUMNS:
        return f"đầu bảng có {len(names)} cột, quá {MAX_COLUMNS}"
    if len(names) == 1 and names[0].startswith("sep="):
        return f"dòng đầu là “{names[0]}” của Excel, không phải tên cột; {_SAVE_AS}"
    if len(names) == 1 and any(sign in names[0] for sign in ";\t|"):
        return f"các cột ngăn bởi dấu khác dấu phẩy; {_SAVE_AS}"
    if len(set(names)) < len(names):
        return "đầu bảng có hai cột cùng tên"
    unknown = next((name for name in names if name not in COLUMNS), None)
    if unknown is not None:
        return _unknown(unknown)
    absent = [name for name in REQUIRED if name not in names]
    return f"thiếu cột {', '.join(absent)}" if absent else ""


def _unknown(name: str) -> str:
    if not name:
        return "đầu bảng có cột không tên; hãy xóa các cột trống"
    near = nearest(name, COLUMNS)
    hint = f"; có phải “{near}”?" if near else f"; các cột dùng được: {', '.join(COLUMNS)}"
    return f"cột lạ “{name[:40]}”{hint}"


def is_blank(raw: str) -> bool:
    """Whether a line holds nothing: commas alone are what a spreadsheet writes for an empty row."""
    return not raw.strip(' ,"\t\r')


def fault_of_line(raw: str, width: int) -> str:
    """What is wrong with a line that cannot be cut into `width` cells; empty where nothing is."""
    if len(raw) > MAX_LINE:
        return f"dòng dài {len(raw)} ký tự, quá {MAX_LINE}; có dấu nháy kép mở ra mà không đóng?"
    cells = cells_of(raw)
    if cells is None:
        return "dấu nháy kép mở ra mà không đóng trong dòng; ô có nhiều dòng thì viết gộp vào một dòng"
    if len(cells) == width:
        return ""
    return f"dòng có {len(cells)} ô, đầu bảng có {width} cột; có ô thiếu dấu nháy kép quanh dấu phẩy?"


def _spans(raw: str) -> list[tuple[int, int]]:
    """Start and end of each cell of a line, its quotes included."""
    spans = []
    position = 0
    while True:
        cell = _CELL.match(raw, position)
        assert cell is not None  # an empty cell matches too
        spans.append(cell.span())
        position = cell.end() + 1
        if position > len(raw):
            return spans
