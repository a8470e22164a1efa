"""The hidden sheet of a workbook that comes back: which format, which repository, and what each key means.

A key is a digest of the ids it stands for, so a row is known by what it is about, not by where it stands. A digest over
the whole sheet tells whether somebody has changed it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bdg_cli.workbooks.model import HIDDEN, KEYS, Cell, Column, Look, Row, Sheet
from bdg_cli.workbooks.reader import Entry, Grid, Unreadable

TITLES = "|"  # between the titles of sheets that are there to be read by people only


def key(*parts: str) -> str:
    """The key of what the parts name: `k` and ten hex digits, which no program takes for a number."""
    return "k" + hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:10]


def sheet(form: str, head: Mapping[str, str], rows: Mapping[str, Mapping[str, Any]]) -> Sheet:
    """The hidden sheet: `head` says what the workbook is, `rows` what each key stands for."""
    made = Sheet(HIDDEN, (Column("", 100),), hidden=True, protected=True)
    texts = {name: _text(meaning) for name, meaning in rows.items()}
    whole = {"format": form, **head, "digest": _digest(form, dict(head), texts)}
    made.add(Row((Cell(_text(whole), Look.BARE),), KEYS))
    made.add(Row((Cell("Trang này do bdg dùng để nhận lại biểu; xin đừng sửa, đừng xóa.", Look.BARE),)))
    for name, text in texts.items():
        made.add(Row((Cell(text, Look.BARE),), name))
    return made


@dataclass(frozen=True)
class Marks:
    """What the hidden sheet says."""

    form: str
    head: dict[str, str]
    rows: dict[str, dict[str, Any]]


def read(grids: Mapping[str, Grid]) -> Marks:
    """The marks of a workbook. Raises Unreadable where it has none, or they were changed."""
    grid = grids.get(HIDDEN)
    if grid is None:
        raise Unreadable(
            f"tệp không phải biểu của bdg, hoặc trang ẩn {HIDDEN} đã bị xóa; hãy chép số liệu vào biểu do bdg form, "
            "bdg export làm ra rồi gửi lại"
        )
    texts = {grid.at(row, 1).text: grid.at(row, 2).text for row in grid.rows() if not grid.at(row, 1).empty}
    try:
        head = json.loads(texts.pop(KEYS, "{}"))
        rows = {name: json.loads(text) for name, text in texts.items()}
        form, digest = str(head.pop("format", "")), head.pop("digest", "")
    except (ValueError, AttributeError, RecursionError):
        form, digest, head, rows = "", "", {}, {}
    if not digest or digest != _digest(form, head, texts):
        raise Unreadable(f"trang ẩn {HIDDEN} của tệp đã bị sửa; hãy chép số liệu vào biểu gốc rồi gửi lại")
    return Marks(form, head, rows)


Shapes = Mapping[str, Mapping[str, type]]  # by kind of meaning, the type of what each of its keys holds


def check(known: Marks, head: tuple[str, ...], shapes: Shapes) -> None:
    """Raise Unreadable where the marks are not what bdg writes: they came from outside, whatever their digest says."""
    sound = all(isinstance(known.head.get(name), str) for name in head) and all(
        isinstance(meaning, dict)
        and meaning.get("kind") in shapes
        and all(isinstance(meaning.get(name), kind) for name, kind in shapes[meaning["kind"]].items())
        and all(isinstance(value, str) for value in meaning.get("filled", {}).values())
        for meaning in known.rows.values()
    )
    if not sound:
        raise Unreadable(f"trang ẩn {HIDDEN} của tệp không đúng dạng; hãy xuất lại biểu rồi chép số liệu sang")


def _text(meaning: Mapping[str, Any]) -> str:
    return json.dumps(meaning, ensure_ascii=False, sort_keys=True)


def _digest(form: str, head: dict[str, str], texts: Mapping[str, str]) -> str:
    lines = [form, _text(head), *(f"{name}\x1f{texts[name]}" for name in sorted(texts))]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


# ---------------------------------------------------------------------------------------------- where rows are now


@dataclass
class Found:
    """A row of a sheet, with the columns as they stand there now."""

    grid: Grid
    row: int
    columns: dict[str, int]

    @property
    def hidden(self) -> bool:
        """Whether somebody has hidden it, its sheet, or a column in which it has an entry."""
        columns = {entry.column for entry in self.filled()}
        return self.grid.hidden or self.row in self.grid.hidden_rows or bool(columns & self.grid.hidden_columns)

    def at(self, column: str) -> Entry:
        """The entry in a column, by the column's key; an empty one where the column is gone."""
        return self.grid.at(self.row, self.columns.get(column, 0))

    def filled(self) -> list[Entry]:
        """What stands in the keyed columns."""
        return [entry for name in self.columns if not (entry := self.at(name)).empty]


@dataclass
class Places:
    """Every keyed row of a workbook, and the rows with entries in keyed columns that have no key."""

    rows: dict[str, list[Found]] = field(default_factory=dict)
    strays: list[Found] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)


def places(grids: Mapping[str, Grid], known: Marks) -> Places:
    """Where the keys stand now. A sheet without keys that bdg did not write is named in `unknown`."""
    unread = {HIDDEN, *known.head.get("unread", "").split(TITLES)}
    found = Places()
    for grid in grids.values():
        if grid.title in unread:
            continue
        corner = next((spot for spot, entry in sorted(grid.entries.items()) if entry.text == KEYS), None)
        if corner is None:
            if grid.entries:
                found.unknown.append(grid.title)
            continue
        _enter(found, grid, *corner)
    return found


def _enter(found: Places, grid: Grid, top: int, side: int) -> None:
    columns = {
        entry.text: column
        for (row, column), entry in grid.entries.items()
        if row == top and column != side and entry.text
    }
    for row in grid.rows():
        name = grid.at(row, side).text
        here = Found(grid, row, columns)
        if name and row != top:
            found.rows.setdefault(name, []).append(here)
        elif row > top + 1 and here.filled():  # below the header, which stands right under the hidden row
            found.strays.append(here)
