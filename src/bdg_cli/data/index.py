"""Where the rows of one CSV stand: by indicator, area and period, so that a figure is found without reading the rest.

An index holds places, never values: what a row says is always read from the file itself. Pure; blocks of bytes in.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable
from itertools import count, islice
from operator import gt
from typing import Any, NamedTuple

from bdg_cli.data.table import REQUIRED, cells_of, columns_of, is_blank
from bdg_cli.dates import Period

_BOM = b"\xef\xbb\xbf"
_BITS = 20  # of an entry for the period, the others for the offset: 16 TB, a million periods
_MASK = (1 << _BITS) - 1
_MOST_PERIODS = 1 << 16

Packed = tuple[Any, ...]


class Unreadable(NamedTuple):
    """Why nothing of a file is read: the line that says so, with the characters before it and in it."""

    code: str
    line: int
    message: str
    start: int = -1
    length: int = 0


Shelf = tuple[memoryview, memoryview]  # of an indicator: the number of the area of each row, sorted, and the entries
_EMPTY: Shelf = (memoryview(array("I")), memoryview(array("Q")))


class Index:
    """The rows of one file. `fault` says why none is read; None where the file can be read."""

    def __init__(
        self, columns: tuple[str, ...], fault: Unreadable | None, areas: dict[str, int], periods: list[str],
        shelves: dict[str, Shelf], blocks: memoryview,
    ) -> None:  # fmt: skip
        self.columns = columns
        self.fault = fault
        self._areas = areas
        self._periods = [_period(text) for text in periods]
        self._written: dict[Period, set[int]] = {}
        for number, period in enumerate(self._periods):
            if period is not None:
                self._written.setdefault(period, set()).add(number)
        self._shelves = shelves
        self._blocks = blocks

    @property
    def indicators(self) -> tuple[str, ...]:
        """The indicators that have rows."""
        return tuple(self._shelves)

    @property
    def areas(self) -> tuple[str, ...]:
        """The areas that have rows."""
        return tuple(self._areas)

    @property
    def periods(self) -> frozenset[Period]:
        """The periods that have rows."""
        return frozenset(self._written)

    def periods_of(self, indicator: str, area: str) -> set[Period]:
        """The periods that one indicator and area have rows for."""
        found = {self._periods[entry & _MASK] for entry in self._stretch(indicator, area)}
        return {period for period in found if period is not None}

    def offsets(self, indicator: str, area: str, period: Period) -> list[int]:
        """Where the rows of one figure begin, in bytes, in the order of the file."""
        written = self._written.get(period)
        if written is None:
            return []
        return [entry >> _BITS for entry in self._stretch(indicator, area) if entry & _MASK in written]

    def offsets_of(self, indicator: str) -> list[int]:
        """Where all rows of an indicator begin, in the order of the file."""
        _, entries = self._shelves.get(indicator, _EMPTY)
        return sorted(entry >> _BITS for entry in entries)

    def block(self, offset: int) -> tuple[int, int, int]:
        """The block that holds an offset: where it begins in bytes, its first line, the characters before it."""
        starts = self._blocks[::3]
        position = bisect_right(starts, offset) - 1
        first, line, characters = self._blocks[3 * position : 3 * position + 3]
        return first, line, characters

    def _stretch(self, indicator: str, area: str) -> memoryview:
        number = self._areas.get(area)
        areas, entries = self._shelves.get(indicator, _EMPTY)
        if number is None:
            return _EMPTY[1]
        return entries[bisect_left(areas, number) : bisect_right(areas, number)]

    def pack(self) -> Packed:
        """The plain values that the cache keeps."""
        shelves = {name: (areas.tobytes(), entries.tobytes()) for name, (areas, entries) in self._shelves.items()}
        periods = [str(period) if period is not None else "" for period in self._periods]
        fault = tuple(self.fault) if self.fault else None
        return (self.columns, fault, self._areas, periods, shelves, self._blocks.tobytes())

    @classmethod
    def unpack(cls, packed: Packed) -> Index:
        """The index that `pack` gave."""
        columns, fault, areas, periods, shelves, blocks = packed
        cast = {name: (_view(one, "I"), _view(other, "Q")) for name, (one, other) in shelves.items()}
        return cls(columns, Unreadable(*fault) if fault else None, areas, periods, cast, _view(blocks, "Q"))


def build(blocks: Iterable[list[bytes]]) -> Index:
    """The index of a file, given as blocks of whole lines with their line ends."""
    builder = _Builder()
    for lines in blocks:
        builder.take(lines)
        if builder.fault:
            return Index((), builder.fault, {}, [], {}, _view(b"", "Q"))
    return builder.index()


class _Builder:
    def __init__(self) -> None:
        self.fault: Unreadable | None = None
        self.columns: tuple[str, ...] = ()
        self._blocks = array("Q")
        self._offset = 0
        self._line = 1
        self._characters = 0  # up to the end of the block
        self._characters_before = 0
        self._areas: defaultdict[bytes, int] = defaultdict(count().__next__)
        self._periods: defaultdict[bytes, int] = defaultdict(count().__next__)
        self._rows: defaultdict[bytes, tuple[array[int], array[int]]] = defaultdict(lambda: (array("I"), array("Q")))

    def take(self, lines: list[bytes]) -> None:
        """One more block of lines."""
        whole = b"".join(lines)
        self._blocks.extend((self._offset, self._line, self._characters))
        self._characters_before = self._characters
        try:
            self._characters += len(whole.decode()) - (self._offset == 0 and whole.startswith(_BOM))
        except UnicodeDecodeError as error:
            self._undecodable(whole, error.start)
            return
        if b"\0" in whole:
            self._undecodable(whole, whole.index(b"\0"))
            return
        rest = lines if self.columns else self._header(lines)
        if self.columns and not self.fault:
            if self.columns[:3] == REQUIRED and len(self.columns) > 3:
                self._sort(rest)
            else:
                self._sort_slowly(rest)
        self._line += len(lines)
        if len(self._periods) > _MOST_PERIODS:
            message = f"cột period có hơn {_MOST_PERIODS} giá trị khác nhau; các cột bị lệch?"
            self.fault = Unreadable("TP014", 1, message)

    def _undecodable(self, whole: bytes, at: int) -> None:
        line = self._line + whole.count(b"\n", 0, at)
        what = _coding_of(whole, at)
        message = f"tệp không phải UTF-8 (có lẽ là {what}), sai từ dòng {line}; hãy lưu lại dạng “CSV UTF-8”"
        self.fault = Unreadable("TP007", line, message)

    def _header(self, lines: list[bytes]) -> list[bytes]:
        """Read the first line that is not blank as the header; the lines after it."""
        for position, line in enumerate(lines):
            raw = line.removeprefix(_BOM).decode().rstrip("\r\n")
            self._offset += len(line)
            if not is_blank(raw):
                self.columns, message = columns_of(raw)
                if message:
                    before = sum(len(one.removeprefix(_BOM).decode()) for one in lines[:position])
                    start = self._characters_before + before
                    self.fault = Unreadable("TP014", self._line + position, message, start, len(raw))
                return lines[position + 1 :]
        return []

    def _sort(self, lines: list[bytes]) -> None:
        """Lines under the usual header. One that has too few cells is no row: it is found when the file is checked."""
        rows, areas, periods, offset = self._rows, self._areas, self._periods, self._offset
        for line in lines:
            try:
                indicator, area, period, _ = line.split(b",", 3)
                of_area, entries = rows[indicator]
                of_area.append(areas[area])
                entries.append(offset << _BITS | periods[period])
            except ValueError:
                pass
            offset += len(line)
        self._offset = offset

    def _sort_slowly(self, lines: list[bytes]) -> None:
        """Lines whose first cells are others than indicator, area, period."""
        at = [self.columns.index(name) for name in REQUIRED]
        for line in lines:
            cells = cells_of(line.decode().rstrip("\r\n"))
            if cells is not None and len(cells) == len(self.columns):
                indicator, area, period = (cells[position].encode() for position in at)
                of_area, entries = self._rows[indicator]
                of_area.append(self._areas[area])
                entries.append(self._offset << _BITS | self._periods[period])
            self._offset += len(line)

    def index(self) -> Index:
        """What has been sorted, as one table."""
        areas: dict[str, int] = {}
        for raw, number in self._areas.items():
            areas.setdefault(_bare(raw), number)
        same = [areas[_bare(raw)] for raw in self._areas]  # one area is written with quotes here, without them there
        found: dict[str, tuple[array[int], array[int]]] = {}
        for raw, (of_area, entries) in self._rows.items():
            shelf = found.setdefault(_bare(raw), (array("I"), array("Q")))
            shelf[0].extend(map(same.__getitem__, of_area))
            shelf[1].extend(entries)
        shelves = {name: _by_area(*found[name]) for name in sorted(found) if name}
        periods = [_bare(period) for period in self._periods]
        return Index(self.columns, None, areas, periods, shelves, memoryview(self._blocks))


def _by_area(of_area: array[int], entries: array[int]) -> Shelf:
    """Rows sorted by area, and within an area as they stand in the file."""
    if any(map(gt, of_area, islice(of_area, 1, None))):
        order = sorted(range(len(of_area)), key=of_area.__getitem__)
        of_area = array("I", map(of_area.__getitem__, order))
        entries = array("Q", map(entries.__getitem__, order))
    return memoryview(of_area), memoryview(entries)


def _coding_of(raw: bytes, at: int) -> str:
    """What bytes may be that are not UTF-8; `at` is the first that cannot be."""
    if raw[:2] in {b"\xff\xfe", b"\xfe\xff"} or b"\0" in raw[: at + 1]:
        return "UTF-16, “Unicode Text” của Excel"
    return "bảng mã cũ như Windows-1258, TCVN3, VNI"


def _bare(cell: bytes) -> str:
    """A cell without spaces around it, and without the quotes that some spreadsheets put around every text."""
    text = cell.decode().strip()
    if '"' in text:
        cells = cells_of(text)
        text = cells[0].strip() if cells is not None and len(cells) == 1 else text
    return text


def _period(text: str) -> Period | None:
    try:
        return Period.parse(text)
    except ValueError:
        return None


def _view(raw: bytes, kind: str) -> memoryview:
    return memoryview(raw).cast(kind)  # type: ignore[call-overload, no-any-return]
