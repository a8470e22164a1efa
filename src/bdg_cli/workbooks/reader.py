"""The bytes of an .xlsx into sheets of entries: what stands in each cell, and of which sort. Nothing here guesses.

A file that is no workbook, is locked, carries macros or is far too large is refused before it is unpacked.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
import zlib
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING, Any

from bdg_cli.vietnamese import nfc
from bdg_cli.workbooks.model import address

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_MOST_PARTS = 2_000
_LARGEST_PART = 8_000_000  # bytes unpacked; a filled form has some 50,000
LARGEST = 64_000_000
TOO_LARGE = "tệp lớn quá mức của một biểu mẫu nên không mở; hãy chép số liệu vào biểu mẫu gốc rồi gửi lại"
_MOST_ROWS = 20_000
_MOST_COLUMNS, _LAST_ROW = 16_384, 1_048_576
_MOST_CELLS = 200_000  # in areas that are merged or carry a link: each becomes an object
_ROW = re.compile(rb"<(?:\w+:)?row[\s/>]")
_AREA = re.compile(rb"""<(?:\w+:)?(?:mergeCell|hyperlink)\s[^>]*?\bref\s*=\s*["']([^"']*)""")
_CORNER = re.compile(r"([A-Z]{0,3})(\d{0,7})\Z")
_OTHERS = {"mimetype": "LibreOffice (.ods)", "xl/workbook.bin": "Excel nhị phân (.xlsb)", "word/document.xml": "Word"}
_SAVE_AGAIN = "hãy mở bằng Excel hoặc LibreOffice, lưu lại dạng .xlsx (Excel Workbook)"


class Unreadable(Exception):  # noqa: N818 - what people send is no fault of bdg
    """A file that cannot be read as a workbook; the message is a Vietnamese sentence with the way out."""


class Sort(Enum):
    """What sort of thing stands in a cell."""

    EMPTY = "empty"
    NUMBER = "number"
    TEXT = "text"
    DAY = "day"
    TRUTH = "truth"
    ERROR = "error"
    UNCOMPUTED = "uncomputed"  # a formula whose value nobody has worked out
    MERGED = "merged"  # inside a merged area, not its first cell


@dataclass(frozen=True, slots=True)
class Entry:
    """One cell as it was left. `percent`: shown as a percentage (59,1% is stored as 0.591)."""

    sheet: str
    row: int
    column: int
    sort: Sort = Sort.EMPTY
    number: Decimal | None = None
    text: str = ""
    day: date | None = None
    percent: bool = False
    formula: bool = False

    @property
    def cell(self) -> str:
        """`C17`."""
        return address(self.row, self.column)

    @property
    def empty(self) -> bool:
        """Whether nothing stands there."""
        return self.sort in {Sort.EMPTY, Sort.MERGED}


@dataclass
class Grid:
    """One sheet: its entries by row and column, and which rows and columns are hidden."""

    title: str
    hidden: bool
    entries: dict[tuple[int, int], Entry] = field(default_factory=dict)
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()

    def at(self, row: int, column: int) -> Entry:
        """The entry of a cell; an empty one where there is none."""
        return self.entries.get((row, column)) or Entry(self.title, row, column)

    def rows(self) -> list[int]:
        """The numbers of the rows that have entries, in order."""
        return sorted({row for row, _ in self.entries})


def read(data: bytes) -> dict[str, Grid]:
    """The sheets of a workbook by title. Raises Unreadable."""
    _inspect(data)
    from openpyxl import load_workbook

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of extensions that openpyxl leaves out: nothing that is read here
            written = load_workbook(io.BytesIO(data))
            worked_out = load_workbook(io.BytesIO(data), data_only=True)
    except Exception as fault:  # openpyxl raises whatever a damaged part happens to cause
        raise Unreadable(f"tệp Excel bị hỏng, không đọc được; {_SAVE_AGAIN}") from fault
    return {sheet.title: _grid(sheet, worked_out[sheet.title]) for sheet in written.worksheets}


def _inspect(data: bytes) -> None:
    """Refuse what is no workbook or must not be opened, from the directory of the package alone."""
    if data.startswith(_OLE):
        if _LOCKED in data:
            raise Unreadable("tệp có mật khẩu nên không đọc được; hãy bỏ mật khẩu rồi lưu lại")
        raise Unreadable(f"tệp là Excel đời cũ (.xls); {_SAVE_AGAIN}")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            _inspect_parts(package)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as fault:
        raise Unreadable(f"tệp không phải Excel .xlsx, hoặc bị hỏng khi gửi; {_SAVE_AGAIN}") from fault


def _inspect_parts(package: zipfile.ZipFile) -> None:
    parts = {part.filename: part for part in package.infolist()}
    if any(part.flag_bits & 1 for part in parts.values()):
        raise Unreadable("tệp nén có mật khẩu nên không đọc được; hãy bỏ mật khẩu rồi lưu lại")
    sizes = [part.file_size for part in parts.values()]
    if len(sizes) > _MOST_PARTS or max(sizes, default=0) > _LARGEST_PART or sum(sizes) > LARGEST:
        raise Unreadable(TOO_LARGE)
    if any(name.lower().endswith("vbaproject.bin") for name in parts):
        raise Unreadable(f"tệp có macro nên không mở; {_SAVE_AGAIN}")
    if "xl/workbook.xml" not in parts:
        kind = next((word for name, word in _OTHERS.items() if name in parts), "")
        raise Unreadable(f"tệp {f'là {kind}, ' if kind else ''}không phải Excel .xlsx; {_SAVE_AGAIN}")
    for name in parts:
        if name.endswith((".xml", ".rels")):
            _inspect_content(package.read(name))


def _inspect_content(content: bytes) -> None:
    """Refuse what a program would unfold into far more than it is: entities, and areas of millions of cells."""
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content or b"\0" in content[:200]:
        raise Unreadable(f"tệp có khai báo XML lạ nên không mở; {_SAVE_AGAIN}")
    if sum(1 for _ in _ROW.finditer(content)) > _MOST_ROWS:
        raise Unreadable(f"trang tính có hơn {_MOST_ROWS} dòng, không phải biểu mẫu của bdg")
    if sum(_size(match[1].decode("ascii", "replace")) for match in _AREA.finditer(content)) > _MOST_CELLS:
        raise Unreadable("trang tính gộp, gắn liên kết một vùng ô quá lớn nên không mở; hãy chép số liệu vào biểu gốc")


def _size(area: str) -> int:
    """How many cells an area like `B2:D9` has; whole rows and columns have as many as Excel allows."""
    ends = [_CORNER.match(end.replace("$", "")) for end in area.split(":")]
    corners = [(_column(end[1]), int(end[2] or 0)) for end in ends if end is not None]
    if len(corners) < 2:
        return 1
    (left, top), (right, bottom) = corners[:2]
    across = abs(right - left) + 1 if left and right else _MOST_COLUMNS
    return across * (abs(bottom - top) + 1 if top and bottom else _LAST_ROW)


def _column(name: str) -> int:
    number = 0
    for sign in name:
        number = number * 26 + ord(sign) - 64
    return number


def _grid(written: Worksheet, worked_out: Worksheet) -> Grid:
    hidden = frozenset(number for number, row in written.row_dimensions.items() if row.hidden)
    columns = frozenset(
        number
        for column in written.column_dimensions.values()
        if column.hidden and column.min is not None and column.max is not None
        for number in range(column.min, min(column.max, _MOST_COLUMNS) + 1)
    )
    grid = Grid(written.title, written.sheet_state != "visible", hidden_rows=hidden, hidden_columns=columns)
    merged = {
        (row, column)
        for area in written.merged_cells.ranges
        for row in range(area.min_row, min(area.max_row, _MOST_ROWS) + 1)
        for column in range(area.min_col, area.max_col + 1)
        if (row, column) != (area.min_row, area.min_col)
    }
    for (row, column), cell in written._cells.items():
        if (row, column) in merged:
            grid.entries[row, column] = Entry(written.title, row, column, Sort.MERGED)
            continue
        entry = _entry(written.title, row, column, cell, worked_out._cells.get((row, column)))
        if not entry.empty:
            grid.entries[row, column] = entry
    return grid


def _entry(sheet: str, row: int, column: int, written: Any, worked_out: Any) -> Entry:
    formula = written.data_type == "f"
    cell = worked_out if formula else written
    value = cell.value if cell is not None else None
    if formula and value is None:
        return Entry(sheet, row, column, Sort.UNCOMPUTED, formula=True)
    if cell is None or value is None:
        return Entry(sheet, row, column)
    percent = "%" in (written.number_format or "")
    match value:
        case bool():
            return Entry(sheet, row, column, Sort.TRUTH, formula=formula)
        case int() | float():
            return Entry(sheet, row, column, Sort.NUMBER, Decimal(repr(value)), percent=percent, formula=formula)
        case datetime():
            return Entry(sheet, row, column, Sort.DAY, day=value.date(), formula=formula)
        case str() if cell.data_type == "e":
            return Entry(sheet, row, column, Sort.ERROR, text=value, formula=formula)
        case str():
            text = nfc(value).replace("\r\n", "\n").replace("_x000D_", "").strip(" \t\n\u00a0")
            return Entry(sheet, row, column, Sort.TEXT if text else Sort.EMPTY, text=text, formula=formula)
    return Entry(sheet, row, column, Sort.DAY, formula=formula)  # a time of day: Excel took a number for one
