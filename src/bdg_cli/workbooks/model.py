"""A workbook as bdg thinks of it: sheets of rows of cells, each with a look, some with a rule that Excel itself holds.

Each sheet that is read back has a hidden first column (the key of each row) and a hidden row (the key of each column):
what a cell means travels with its row and its column, wherever people move them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import Enum

KEYS = "bdg"  # stands in the hidden row's first cell
UNREAD = "bdg-unread"  # the key of rows that hold headings, results or signatures: nothing is read there
HIDDEN = "_bdg"  # the hidden sheet with the ids


class Look(Enum):
    """How a cell looks, and whether people may write in it."""

    BARE = "bare"
    TITLE = "title"
    OFFICE = "office"
    NOTE = "note"
    CENTRED_NOTE = "centred-note"
    HEAD = "head"
    GROUP = "group"
    LABEL = "label"
    CENTRED = "centred"
    RIGHT = "right"
    DAY = "day"
    COMPUTED = "computed"
    CLOSED = "closed"
    COUNT = "count"
    DECIMAL = "decimal"
    CHOICE = "choice"
    TEXT = "text"
    DATE = "date"

    @property
    def open(self) -> bool:
        """Whether people may write in it."""
        return self in _OPEN


_OPEN = {Look.COUNT, Look.DECIMAL, Look.CHOICE, Look.TEXT, Look.DATE}


@dataclass(frozen=True, slots=True)
class Rule:
    """What Excel lets people type: one of `choices` (or of the range `source`), or a number from `low` to `high`.

    `low` and `high` are formulas without `=`; `told` is what Excel says when something else is typed.
    """

    told: str
    choices: tuple[str, ...] = ()
    source: str = ""
    low: str = "0"
    high: str = "1E+15"
    whole: bool = False

    @property
    def is_list(self) -> bool:
        """Whether it is a drop-down."""
        return bool(self.choices or self.source)


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell, over `rows` and `columns`. A value is never a formula, whatever it begins with.

    `formula` is one of bdg's own, without `=`; `form` is a number format where the look's does not fit.
    """

    value: str | int | Decimal | date | None = None
    look: Look = Look.LABEL
    formula: str = ""
    rule: Rule | None = None
    rows: int = 1
    columns: int = 1
    form: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its key (empty where it is not read back) and its width in characters."""

    key: str
    width: float


@dataclass(frozen=True, slots=True)
class Row:
    """One row of cells behind the key column. Without a height it is as high as its texts need."""

    cells: tuple[Cell | None, ...]
    key: str = ""
    height: float | None = None
    hidden: bool = False


@dataclass
class Sheet:
    """One sheet. `head` is the first and last row that repeat on each page; the columns exclude the hidden first."""

    title: str
    columns: tuple[Column, ...]
    rows: list[Row] = field(default_factory=list)
    head: tuple[int, int] | None = None
    landscape: bool = True
    hidden: bool = False
    protected: bool = True
    filtered: bool = False

    def add(self, row: Row) -> int:
        """Put a row under the others; its number."""
        self.rows.append(row)
        return len(self.rows)

    @property
    def next(self) -> int:
        """The number that the next row will have."""
        return len(self.rows) + 1

    def key_row(self) -> Row:
        """The hidden row with the keys of the columns."""
        return Row(tuple(Cell(column.key, Look.BARE) for column in self.columns), KEYS, hidden=True)

    def walk(self) -> Iterator[tuple[int, int, Cell]]:
        """Row number, column number (the key column is 1) and cell of every cell that is there."""
        for number, row in enumerate(self.rows, 1):
            for place, cell in enumerate(row.cells, 2):
                if cell is not None:
                    yield number, place, cell


@dataclass
class Book:
    """A workbook. `properties` are custom properties; `title` is what its properties say."""

    title: str
    sheets: list[Sheet]
    properties: dict[str, str] = field(default_factory=dict)


def number_form(value: Decimal) -> str:
    """The number format that shows a number with the decimals it was written with."""
    places = max(0, -int(value.as_tuple().exponent))
    return "#,##0" + ("." + "0" * places if places else "")


def letters(column: int) -> str:
    """The name of a column, from 1: `28` is `AB`."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def address(row: int, column: int) -> str:
    """`C17`."""
    return f"{letters(column)}{row}"
