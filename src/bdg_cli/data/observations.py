"""The rows of a CSV as observations, one row a figure. Pure: faults are returned, nothing raises for what was typed."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from operator import itemgetter
from typing import NamedTuple, TypeVar

from bdg_cli.data.guard import unguarded
from bdg_cli.data.table import COLUMNS as COLUMNS
from bdg_cli.data.table import Line, Origin, cells_of, columns_of, fault_of_line, is_blank
from bdg_cli.dates import Period
from bdg_cli.findings import Edit, Fault
from bdg_cli.models.located import Term
from bdg_cli.models.registry import Window

_NUMBER = re.compile(r"-?\d{1,30}(\.\d{1,30})?\Z", re.ASCII)
_COMMA = re.compile(r"(-?\d{1,30}),(\d{1,30})\Z", re.ASCII)
_POINTS_AND_COMMA = re.compile(r"(-?\d{1,3}(?:\.\d{3}){1,9}),(\d{1,30})\Z", re.ASCII)
_DAY = re.compile(r"\d{4}-\d\d-\d\d\Z", re.ASCII)
_REMEMBERED = 50_000  # distinct values of a column that are kept while a file is read

_T = TypeVar("_T")


class FigureStatus(Term):
    """Why a row has no ordinary value."""

    ORDINARY = ("", "")
    NONE = ("none", "không phát sinh")
    MISSING = ("missing", "chưa có số liệu")
    NOT_DUE = ("not-due", "chưa đến kỳ công bố")


class Vintage(Term):
    """How final a figure is; the later the better."""

    UNSAID = ("", "")
    ESTIMATE = ("estimate", "ước")
    PRELIMINARY = ("preliminary", "sơ bộ")
    OFFICIAL = ("official", "chính thức")

    @property
    def rank(self) -> int:
        """Official counts before preliminary, that before an estimate."""
        return _RANKS[self]


_RANKS = {vintage: rank for rank, vintage in enumerate(Vintage)}


class Sex(Term):
    """Whom a figure is about; empty is everybody."""

    ALL = ("", "chung")
    FEMALE = ("female", "nữ")
    MALE = ("male", "nam")
    UNKNOWN = ("unknown", "không rõ")


class Observation(NamedTuple):
    """One figure: what, where, when, for whom, how sure. `value` is as written; see `rate`."""

    line: Line
    indicator: str
    area: str
    period: Period
    sex: Sex
    group: str
    numerator: Decimal | None
    denominator: Decimal | None
    value: Decimal | None
    status: FigureStatus
    vintage: Vintage
    window: Window | None
    cutoff: date | None
    as_of: date | None
    source: str
    note: str

    @property
    def key(self) -> tuple[str, str, str, str, str]:
        """What the figure is about; several rows of one key are its history."""
        return (self.indicator, self.area, str(self.period), self.sex.value, self.group)

    @property
    def rank(self) -> tuple[int, date]:
        """The greater counts: the newest `as_of` of the best vintage."""
        return (self.vintage.rank, self.as_of or date.min)

    def rate(self, factor: Decimal) -> Decimal | None:
        """The value, from numerator and denominator wherever both are known; unrounded."""
        if self.numerator is not None and self.denominator:
            return self.numerator / self.denominator * factor
        return self.value


@dataclass
class Read:
    """What one CSV gave; `unread` where its first line says nothing that could be read."""

    observations: list[Observation] = field(default_factory=list)
    faults: list[tuple[str, Fault]] = field(default_factory=list)
    unread: bool = False


def read(path: str, text: str) -> Read:
    """The observations of one CSV text, and the faults found on the way (TP014, TP005, SL101)."""
    result = Read()
    reader: Reader | None = None
    position = 0
    for number, whole in enumerate(text.split("\n"), 1):
        raw, at = whole.rstrip("\r"), (number, position)
        position += len(whole) + 1
        if is_blank(raw):
            continue
        if reader is None:
            columns, message = columns_of(raw)
            origin = Origin(path, columns)
            if message:
                place = Line(origin, 0, raw, at).place()
                return Read([], [("TP014", Fault(place, message))], unread=True)
            reader = Reader(origin)
            continue
        row = reader.row(0, raw, at)
        if row is not None:
            result.observations.append(row)
    result.faults = reader.faults if reader else []
    return result


class Reader:
    """Reads the lines of one CSV: each into an observation, and into `faults` what is wrong with it.

    Values that come again (periods, words, counts) are read once.
    """

    def __init__(self, source: Origin) -> None:
        self.source = source
        self.faults: list[tuple[str, Fault]] = []
        columns = source.columns
        self._width = len(columns)
        self._pick = itemgetter(*(columns.index(name) if name in columns else len(columns) for name in COLUMNS))
        self._words = _Known(str)
        self._texts = _Known(unguarded)
        self._numbers = _Known(_number)
        self._days = _Known(_day)
        self._periods: _Known[Period] = _Known(Period.parse)
        self._sexes = _Known(Sex)
        self._statuses = _Known(FigureStatus)
        self._vintages = _Known(Vintage)
        self._windows = _Known(_window)

    def row(self, offset: int, raw: str, at: tuple[int, int] | None = None) -> Observation | None:
        """The observation of the line at `offset`, if known `at` a number; None where it says not what it is about."""
        cells = cells_of(raw) if len(raw) <= 4096 or not fault_of_line(raw, self._width) else None
        line = Line(self.source, offset, raw, at)
        if cells is None or len(cells) != self._width:
            self.faults.append(("TP014", Fault(line.place(), fault_of_line(raw, self._width))))
            return None
        cells.append("")  # stands for every column that the file does not have
        picked = self._pick(cells)
        words, texts, numbers, days = self._words, self._texts, self._numbers, self._days
        try:
            (
                indicator, area, period, sex, group, numerator, denominator, value, status, vintage,
                window, cutoff, source, as_of, note,
            ) = picked  # fmt: skip
            return Observation(
                line, words[indicator], words[area], self._periods[period], self._sexes[sex], words[group],
                numbers[numerator], numbers[denominator], numbers[value], self._statuses[status],
                self._vintages[vintage], self._windows[window], days[cutoff], days[as_of], texts[source], texts[note],
            )  # fmt: skip
        except ValueError:
            return self._faulty(line, dict(zip(COLUMNS, (cell.strip() for cell in picked), strict=True)))

    def _faulty(self, line: Line, cells: dict[str, str]) -> Observation | None:
        """A row of which some cell is not what its column takes: what is left of it, if that is still a figure."""
        numbers = {name: self._or_fault(line, name, cells, _number) for name in ("numerator", "denominator", "value")}
        dates = {name: self._or_fault(line, name, cells, _day) for name in ("cutoff", "as_of")}
        sex = self._or_fault(line, "sex", cells, Sex)
        status = self._or_fault(line, "status", cells, FigureStatus)
        vintage = self._or_fault(line, "vintage", cells, Vintage)
        window = self._or_fault(line, "window", cells, _window)
        period = self._or_fault(line, "period", cells, Period.parse)
        if sex is None or status is None or vintage is None or period is None:
            return None
        return Observation(
            line, cells["indicator"], cells["area"], period, sex, cells["group"], numbers["numerator"],
            numbers["denominator"], numbers["value"], status, vintage, window, dates["cutoff"], dates["as_of"],
            unguarded(cells["source"]), unguarded(cells["note"]),
        )  # fmt: skip

    def _or_fault(self, line: Line, column: str, cells: dict[str, str], kind: Callable[[str], _T]) -> _T | None:
        cell = cells[column]
        try:
            return kind(cell)
        except ValueError as error:
            if column in {"numerator", "denominator", "value"}:
                self.faults.append(("SL101", _not_a_number(line, column, cell)))
            else:
                self.faults.append(("TP005", Fault(line.place(column), _refused(column, cell, error), value=cell)))
            return None


class _Known(dict[str, _T]):
    """What the cells of a column mean, each read once. Raises what `kind` raises for a cell it does not take."""

    def __init__(self, kind: Callable[[str], _T]) -> None:
        super().__init__()
        self._kind = kind

    def __missing__(self, cell: str) -> _T:
        if len(self) > _REMEMBERED:
            self.clear()
        value = self[cell] = self._kind(cell.strip())
        return value


def _number(cell: str) -> Decimal | None:
    if not cell:
        return None
    if not _NUMBER.match(cell):
        raise ValueError(cell)
    return Decimal(cell)


def _day(cell: str) -> date | None:
    if not cell:
        return None
    if not _DAY.match(cell):
        raise ValueError(cell)
    return date.fromisoformat(cell)


def _window(cell: str) -> Window | None:
    return Window(cell) if cell else None


_TERMS: dict[str, type[Term]] = {"sex": Sex, "status": FigureStatus, "vintage": Vintage, "window": Window}


def _refused(column: str, cell: str, error: ValueError) -> str:
    """Why a column does not take a cell, and what it takes."""
    if column == "period":
        return str(error)
    if column in _TERMS:
        choices = ", ".join(member.value for member in _TERMS[column] if member.value)
        return f"“{cell}” không nhận ở cột {column}; hãy chọn một trong: {choices}"
    return f"“{cell}” ở cột {column} không phải ngày; hãy viết năm-tháng-ngày, như 2024-06-15"


def _not_a_number(line: Line, column: str, cell: str) -> Fault:
    place = line.place(column)
    edits: tuple[Edit, ...] = ()
    message = f"“{cell}” ở cột {column} không phải số"
    meant = _meant(cell)
    if len(meant) == 1:
        message += f"; phần thập phân trong CSV đứng sau dấu chấm: {meant[0]}"
        written = line.raw[place.column - 1 : place.end_column - 1].strip().strip('"').strip()
        if written == cell:  # else the cell cannot be told apart, and the place is the whole line
            edits = (Edit(place.path, place.start, place.end, meant[0]),)
    elif meant:
        message += f"; viết {' hoặc '.join(meant)}, tùy dấu phẩy ngăn hàng nghìn hay phần thập phân"
    return Fault(place, message, value=cell, edits=edits)


def _meant(cell: str) -> tuple[str, ...]:
    """What a number with a comma can mean: `59,1` and `1.234,5` one thing, `1,234` two."""
    match = _POINTS_AND_COMMA.match(cell)
    if match:
        return (f"{match[1].replace('.', '')}.{match[2]}",)
    match = _COMMA.match(cell)
    if match is None:
        return ()
    decimal = f"{match[1]}.{match[2]}"
    return (f"{match[1]}{match[2]}", decimal) if len(match[2]) == 3 else (decimal,)
