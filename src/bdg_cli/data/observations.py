"""CSV text into observations, one row a figure. Pure: faults are returned, nothing raises for what was typed."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from bdg_cli.data.guard import unguarded
from bdg_cli.dates import Period
from bdg_cli.findings import Edit, Fault, Place
from bdg_cli.models.located import Term
from bdg_cli.models.registry import Window
from bdg_cli.nodes import Source
from bdg_cli.vietnamese import nearest

COLUMNS = (
    "indicator", "area", "period", "sex", "group", "numerator", "denominator", "value", "status", "vintage",
    "window", "cutoff", "source", "as_of", "note",
)  # fmt: skip
REQUIRED = ("indicator", "area", "period")
_IDENTITY = ("indicator", "area", "period", "sex", "group", "vintage", "as_of")
MAX_COLUMNS = 100
_CELL = re.compile(r'"(?:[^"]|"")*"[^,]*|[^,]*')
_NUMBER = re.compile(r"-?\d{1,30}(\.\d{1,30})?\Z", re.ASCII)
_COMMA = re.compile(r"(-?\d{1,30}),(\d{1,30})\Z", re.ASCII)
_POINTS_AND_COMMA = re.compile(r"(-?\d{1,3}(?:\.\d{3}){1,9}),(\d{1,30})\Z", re.ASCII)
_DAY = re.compile(r"\d{4}-\d\d-\d\d\Z", re.ASCII)


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
        return list(Vintage).index(self)


class Sex(Term):
    """Whom a figure is about; empty is everybody."""

    ALL = ("", "chung")
    FEMALE = ("female", "nữ")
    MALE = ("male", "nam")
    UNKNOWN = ("unknown", "không rõ")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a CSV: its file, its number, its characters; `name` says what figure it is, for routes."""

    source: Source
    number: int
    start: int
    end: int
    columns: tuple[str, ...]
    name: str = ""

    def place(self, column: str | None = None) -> Place:
        """Where a column's value stands; the whole line where that cannot be said exactly."""
        raw = self.source.text[self.start : self.end]
        first, last = 0, len(raw)
        spans = _spans(raw)
        if column in self.columns and len(spans) == len(self.columns):
            begin, stop = spans[self.columns.index(column)]
            first, last = (begin, stop) if stop > begin else (first, last)
        route = f"{self.name}/{column or ''}"
        return Place(
            self.source.path,
            self.number,
            first + 1,
            self.number,
            last + 1,
            self.start + first,
            self.start + last,
            route,
        )


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


@dataclass(frozen=True, slots=True)
class Observation:
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

    def rate(self, factor: Decimal) -> Decimal | None:
        """The value, from numerator and denominator wherever both are known; unrounded."""
        if self.numerator is not None and self.denominator:
            return self.numerator / self.denominator * factor
        return self.value


@dataclass
class Read:
    """What one CSV gave."""

    observations: list[Observation] = field(default_factory=list)
    faults: list[tuple[str, Fault]] = field(default_factory=list)
    unread: bool = False  # its first line says nothing that could be read


def read(path: str, text: str) -> Read:
    """The observations of one CSV text, and the faults found on the way (TP014, TP005, SL101)."""
    source = Source(path, text)
    result = Read()
    lines = _lines(source)
    if not lines or not _header_stands(source, lines[0], result):
        return result
    header, *rows = lines
    columns = tuple(name.strip() for name in header[2])
    for number, (start, end), cells in rows:
        named = dict(zip(columns, (cell.strip() for cell in cells), strict=False))
        name = "/".join(named.get(key, "") for key in _IDENTITY)
        line = Line(source, number, start, end, columns, name)
        if len(cells) != len(columns):
            message = f"dòng có {len(cells)} ô, đầu bảng có {len(columns)} cột; có ô thiếu dấu nháy kép quanh dấu phẩy?"
            result.faults.append(("TP014", Fault(line.place(), message)))
            continue
        _row(line, named, result)
    return result


def _lines(source: Source) -> list[tuple[int, tuple[int, int], list[str]]]:
    """Number, offsets and cells of each line that is not blank. A quoted cell may not run over lines."""
    found = []
    position = 0
    for number, raw in enumerate(source.text.split("\n"), 1):
        bare = raw.rstrip("\r")
        if bare.strip(" ,"):
            found.append((number, (position, position + len(bare)), _cells(bare)))
        position += len(raw) + 1
    return found


def _cells(bare: str) -> list[str]:
    try:
        return next(csv.reader([bare]))
    except csv.Error:  # a cell longer than the reader takes
        return []


def _header_stands(source: Source, header: tuple[int, tuple[int, int], list[str]], result: Read) -> bool:
    number, (start, end), cells = header
    names = [cell.strip() for cell in cells]
    place = Line(source, number, start, end, ()).place()
    message = ""
    if len(names) > MAX_COLUMNS:
        message = f"đầu bảng có {len(names)} cột, quá {MAX_COLUMNS}"
    elif len(names) == 1 and (";" in names[0] or "\t" in names[0]):
        message = "các cột ngăn bởi dấu khác dấu phẩy; hãy lưu lại dạng CSV ngăn bởi dấu phẩy, mã UTF-8"
    elif len(set(names)) < len(names):
        message = "đầu bảng có hai cột cùng tên"
    else:
        unknown = next((name for name in names if name not in COLUMNS), None)
        absent = [name for name in REQUIRED if name not in names]
        if unknown is not None:
            near = nearest(unknown, COLUMNS)
            message = f"cột lạ “{unknown}”" + (f"; có phải “{near}”?" if near else "")
        elif absent:
            message = f"thiếu cột {', '.join(absent)}"
    if message:
        result.faults.append(("TP014", Fault(place, message)))
        result.unread = True
    return not message


def _row(line: Line, cells: dict[str, str], result: Read) -> None:
    def typed(column: str, kind: type[Term]) -> Term | None:
        try:
            return kind(cells.get(column, ""))
        except ValueError:
            choices = ", ".join(member.value for member in kind if member.value)
            fault(column, f"“{cells[column]}” không nhận ở cột {column}; hãy chọn một trong: {choices}")
            return None

    def fault(column: str, message: str) -> None:
        result.faults.append(("TP005", Fault(line.place(column), message, value=cells[column])))

    numbers = {name: _number(line, name, cells.get(name, ""), result) for name in ("numerator", "denominator", "value")}
    dates = {name: _date(line, name, cells.get(name, ""), result) for name in ("cutoff", "as_of")}
    sex, status, vintage = typed("sex", Sex), typed("status", FigureStatus), typed("vintage", Vintage)
    window = typed("window", Window) if cells.get("window") else None
    try:
        period = Period.parse(cells["period"])
    except ValueError as error:
        fault("period", str(error))
        return
    if sex is None or status is None or vintage is None:
        return
    assert isinstance(sex, Sex)
    assert isinstance(status, FigureStatus)
    assert isinstance(vintage, Vintage)
    assert window is None or isinstance(window, Window)
    result.observations.append(
        Observation(
            line, cells["indicator"], cells["area"], period, sex, cells.get("group", ""),
            numbers["numerator"], numbers["denominator"], numbers["value"], status, vintage, window,
            dates["cutoff"], dates["as_of"], unguarded(cells.get("source", "")), unguarded(cells.get("note", "")),
        )
    )  # fmt: skip


def _number(line: Line, column: str, cell: str, result: Read) -> Decimal | None:
    if not cell:
        return None
    if _NUMBER.match(cell):
        return Decimal(cell)
    place = line.place(column)
    edits: tuple[Edit, ...] = ()
    message = f"“{cell}” ở cột {column} không phải số"
    meant = _meant(cell)
    if len(meant) == 1:
        message += f"; phần thập phân trong CSV đứng sau dấu chấm: {meant[0]}"
        written = line.source.text[place.start : place.end].strip().strip('"').strip()
        if written == cell:  # else the cell cannot be told apart, and the place is the whole line
            edits = (Edit(place.path, place.start, place.end, meant[0]),)
    elif meant:
        message += f"; viết {' hoặc '.join(meant)}, tùy dấu phẩy ngăn hàng nghìn hay phần thập phân"
    result.faults.append(("SL101", Fault(place, message, value=cell, edits=edits)))
    return None


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


def _date(line: Line, column: str, cell: str, result: Read) -> date | None:
    if not cell:
        return None
    try:
        if _DAY.match(cell):
            return date.fromisoformat(cell)
    except ValueError:
        pass  # the right form, and no day of the calendar
    message = f"“{cell}” ở cột {column} không phải ngày; hãy viết năm-tháng-ngày, như 2024-06-15"
    result.faults.append(("TP005", Fault(line.place(column), message, value=cell)))
    return None
