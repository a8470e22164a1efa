"""All observations of a repository, asked for a few at a time: rows stay in their files until somebody needs them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from bdg_cli.data.index import Index
from bdg_cli.data.observations import Observation, Reader
from bdg_cli.data.table import Origin, is_blank
from bdg_cli.dates import Period
from bdg_cli.findings import Fault


class Rows(Protocol):
    """Observations by what they are about, in the order of files and lines."""

    def rows(self, indicator: str, area: str, period: Period) -> Sequence[Observation]:
        """Every row of one figure, its breakdowns and revisions too."""
        ...

    def periods(self, indicator: str, area: str) -> set[Period]:
        """The periods that an indicator and area have rows for."""
        ...


class Held:
    """Observations that are all in memory."""

    def __init__(self, observations: Iterable[Observation]) -> None:
        self._found: dict[tuple[str, str], dict[Period, list[Observation]]] = {}
        for row in observations:
            self._found.setdefault((row.indicator, row.area), {}).setdefault(row.period, []).append(row)

    def rows(self, indicator: str, area: str, period: Period) -> Sequence[Observation]:
        """Every row of one figure."""
        return self._found.get((indicator, area), {}).get(period, ())

    def periods(self, indicator: str, area: str) -> set[Period]:
        """The periods that an indicator and area have rows for."""
        return set(self._found.get((indicator, area), ()))


class Store(Protocol):
    """The bytes of one file."""

    def blocks(self) -> Iterator[list[bytes]]:
        """All of it, as blocks of whole lines."""
        ...

    def lines(self, offsets: Iterable[int]) -> Iterator[bytes]:
        """The lines that begin at the offsets."""
        ...

    def span(self, start: int, end: int) -> bytes:
        """The bytes from `start` to `end`."""
        ...


class File(Origin):
    """One CSV with its index."""

    __slots__ = ("index", "reader", "store")

    def __init__(self, path: str, index: Index, store: Store) -> None:
        super().__init__(path, index.columns)
        self.index = index
        self.store = store
        self.reader = Reader(self)

    def locate(self, offset: int) -> tuple[int, int]:
        """The number of the line at an offset in bytes, and how many characters of the file stand before it."""
        first, line, characters = self.index.block(offset)
        between = self.store.span(first, offset)
        return line + between.count(b"\n"), characters + len(between.decode("utf-8-sig" if first == 0 else "utf-8"))

    def read(self, offsets: Sequence[int]) -> Iterator[Observation]:
        """The observations of the lines at the offsets."""
        for offset, raw in zip(offsets, self.store.lines(offsets), strict=True):
            row = self.reader.row(offset, raw.decode().rstrip("\r\n"))
            if row is not None:
                yield row

    def stretches(self) -> Iterator[tuple[list[Observation], list[tuple[str, Fault]]]]:
        """All observations of the file in stretches, each with the faults found in reading it."""
        reader = Reader(self)
        offset, number, characters, headed = 0, 0, 0, False
        for lines in self.store.blocks():
            found = []
            for line in lines:
                text = line.decode("utf-8-sig" if offset == 0 else "utf-8")
                raw, place = text.rstrip("\r\n"), (number + 1, characters)
                if headed and not is_blank(raw):
                    row = reader.row(offset, raw, place)
                    found += [row] if row is not None else []
                headed = headed or not is_blank(raw)  # the first line that holds something is the header
                offset, number, characters = offset + len(line), number + 1, characters + len(text)
            yield found, reader.faults
            reader.faults = []


class Filed:
    """The files of a repository, the later ones over the earlier."""

    def __init__(self, files: Iterable[File]) -> None:
        self.files = tuple(files)
        self._of_period: dict[Period, list[File]] = {}
        for file in self.files:
            for period in file.index.periods:
                self._of_period.setdefault(period, []).append(file)

    def rows(self, indicator: str, area: str, period: Period) -> Sequence[Observation]:
        """Every row of one figure."""
        asked = (indicator, area, period)
        found: list[Observation] = []
        for file in self._of_period.get(period, ()):
            offsets = file.index.offsets(indicator, area, period)
            # A file that was changed meanwhile has other rows there now: they are not what was asked for.
            found += [row for row in file.read(offsets) if (row.indicator, row.area, row.period) == asked]
        return found

    def periods(self, indicator: str, area: str) -> set[Period]:
        """The periods that an indicator and area have rows for."""
        return set().union(*(file.index.periods_of(indicator, area) for file in self.files))

    @property
    def indicators(self) -> tuple[str, ...]:
        """Every indicator that has rows, sorted."""
        return tuple(sorted({name for file in self.files for name in file.index.indicators}))

    @property
    def all_periods(self) -> frozenset[Period]:
        """Every period that has rows."""
        return frozenset(self._of_period)

    @property
    def areas(self) -> frozenset[str]:
        """Every area that has rows."""
        return frozenset(area for file in self.files for area in file.index.areas)

    def faulty_lines(self) -> list[tuple[str, int]]:
        """In which files, and at how many places, something is wrong in rows that were asked for."""
        found = [(file.path, len({fault.place.pack() for _, fault in file.reader.faults})) for file in self.files]
        return [(path, number) for path, number in found if number]

    def history(self, indicator: str) -> tuple[Observation, ...]:
        """Every row of an indicator, in the order of files and lines."""
        return tuple(row for file in self.files for row in file.read(file.index.offsets_of(indicator)))

    def observations(self) -> Iterator[Observation]:
        """Every row of every file."""
        for file in self.files:
            for found, _ in file.stretches():
                yield from found


class Overlaid:
    """Several sets of rows as one, the later after the earlier."""

    def __init__(self, *parts: Rows) -> None:
        self._parts = parts

    def rows(self, indicator: str, area: str, period: Period) -> Sequence[Observation]:
        """Every row of one figure."""
        return [row for part in self._parts for row in part.rows(indicator, area, period)]

    def periods(self, indicator: str, area: str) -> set[Period]:
        """The periods that an indicator and area have rows for."""
        return set().union(*(part.periods(indicator, area) for part in self._parts))
