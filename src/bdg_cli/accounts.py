"""The data files as units of work: indexes that are kept, and what the checks of figures find in each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from hashlib import blake2b

from bdg_cli.cache import Cache
from bdg_cli.checks import CHECKS
from bdg_cli.data import index
from bdg_cli.data.index import Index, Unreadable
from bdg_cli.data.observations import Observation
from bdg_cli.data.rows import File, Filed
from bdg_cli.data.table import COLUMNS
from bdg_cli.datafile import DataFile
from bdg_cli.findings import Fault, Place
from bdg_cli.layout import Layout
from bdg_cli.registry import Registry

Coded = tuple[str, Fault]

_STRETCH = [check for check in CHECKS if "observations" in check.inputs]
_WHOLE = [check for check in CHECKS if "history" in check.inputs]
_SHOWN = 5  # further places of one cause
_MOST_EDITS = 2_000  # of one finding; what is left over is mended by the next run
_MOST = 300  # faults of one code in one file; who has more mends a column, not a cell


class Accounts:
    """The CSV files of a repository. `unread` are those of which no row can be read."""

    def __init__(self, layout: Layout, cache: Cache) -> None:
        opened = [self._open(layout, cache, path) for path in layout.data]
        self._files = {file.path: file for file in opened}
        self.rows = Filed(file for file in opened if not file.index.fault)
        self.unread = [file.path for file in opened if file.index.fault]

    @cached_property
    def observations(self) -> tuple[Observation, ...]:
        """Every row of every file: for a repository whose figures fit into memory."""
        return tuple(self.rows.observations())

    @staticmethod
    def _open(layout: Layout, cache: Cache, path: str) -> File:
        store = DataFile(layout, path)
        packed = cache.derived(layout, path, lambda: index.build(store.blocks()).pack())
        return File(path, Index.unpack(packed), store)

    def faults_of(self, path: str, registry: Registry) -> tuple[list[Coded], dict[str, str]]:
        """What is wrong with one file and with its rows by themselves, and a digest of the rows of each indicator."""
        file = self._files[path]
        if file.index.fault:
            return [_whole_file(path, file.index.fault)], {}
        gathered = Gathered()
        digests: dict[str, blake2b] = {}
        for rows, faults in file.stretches():
            gathered.add(faults)
            given = {"observations": tuple(rows), "registry": registry}
            for check in _STRETCH:
                gathered.add((check.code, fault) for fault in check.run(**given))
            for row in rows:
                _digest_of(digests, row.indicator).update(f"{row.line.at}{row.line.raw}\n".encode())
        return gathered.faults(), {name: digest.hexdigest() for name, digest in sorted(digests.items())}

    def faults_among(self, indicator: str, registry: Registry) -> list[Coded]:
        """What is wrong with the rows of one indicator beside each other, in whatever files they stand."""
        gathered = Gathered()
        given = {"history": self.rows.history(indicator), "registry": registry}
        for check in _WHOLE:
            gathered.add((check.code, fault) for fault in check.run(**given))
        return gathered.faults()


class Gathered:
    """Faults as they come; those of one cause become one, and a flood of one kind is cut short and counted."""

    def __init__(self) -> None:
        self._single: list[Coded] = []
        self._alike: dict[tuple[str, str, str], Coded] = {}
        self._further: dict[tuple[str, str, str], int] = {}
        self._counts: dict[tuple[str, str], int] = {}

    def add(self, faults: Iterable[Coded]) -> None:
        """Take faults in the order found."""
        for code, fault in faults:
            key = (code, fault.place.path, fault.alike)
            if fault.alike and key in self._alike:
                self._again(key, fault)
                continue
            counted = key[:2]
            self._counts[counted] = self._counts.get(counted, 0) + 1
            if self._counts[counted] > _MOST:
                continue
            if fault.alike:
                self._alike[key] = (code, fault)
            else:
                self._single.append((code, fault))

    def _again(self, key: tuple[str, str, str], fault: Fault) -> None:
        _, first = self._alike[key]
        self._further[key] = self._further.get(key, 0) + 1
        if self._further[key] <= _SHOWN:
            first.related = (*first.related, (fault.place, "cũng vậy"))
        if fault.edits and len(first.edits) < _MOST_EDITS:
            first.edits = (*first.edits, *fault.edits)

    def faults(self) -> list[Coded]:
        """All of them, each cause once."""
        for key, further in self._further.items():
            _, fault = self._alike[key]
            fault.message += f" ({further + 1} dòng)"
        self._further.clear()
        found = [*self._single, *self._alike.values()]
        return [(code, _with_column(fault)) for code, fault in [*found, *self._cut_short()]]

    def _cut_short(self) -> Iterator[Coded]:
        for (code, path), number in self._counts.items():
            if number > _MOST:
                message = f"còn {number - _MOST} chỗ khác của tệp có cùng loại lỗi này, không kể ra ở đây"
                yield code, Fault(Place(path), message, value="further")


def _with_column(fault: Fault) -> Fault:
    """A fault of a cell names its column: who opens the file in a spreadsheet sees letters, not characters."""
    column = fault.place.route.rpartition("/")[2]
    if column in COLUMNS and f"cột {column}" not in fault.message:
        fault.message = f"cột {column}: {fault.message}"
    return fault


def _digest_of(digests: dict[str, blake2b], indicator: str) -> blake2b:
    if indicator not in digests:
        digests[indicator] = blake2b(digest_size=16)
    return digests[indicator]


def _whole_file(path: str, fault: Unreadable) -> Coded:
    """Why nothing of a file can be read, at the line that says so."""
    stop = fault.start + fault.length
    place = Place(path, fault.line, 1, fault.line, fault.length + 1, fault.start, stop, "/" if fault.length else "")
    return fault.code, Fault(place, fault.message)
