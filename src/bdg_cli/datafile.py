"""The bytes of a CSV of the repository: read in blocks of lines, or a line at a time at its offset."""

from __future__ import annotations

import io
import os
from collections.abc import Iterable, Iterator
from typing import BinaryIO, ClassVar

from bdg_cli.layout import Layout

_BLOCK = 1 << 18  # bytes of a block; what is in memory at a time
_SMALL = 1 << 20  # bytes; a smaller file is read whole rather than kept open
_MOST_OPEN = 32


class DataFile:
    """One file under data/. It is opened when somebody asks for lines; only a few are at hand at a time."""

    _open: ClassVar[dict[DataFile, BinaryIO]] = {}

    def __init__(self, layout: Layout, path: str) -> None:
        self._path = layout.absolute(path)
        self._tried = layout.changed.get(path)

    def blocks(self) -> Iterator[list[bytes]]:
        """All of it, as blocks of whole lines with their line ends."""
        with self._opened() as stream:
            while lines := stream.readlines(_BLOCK):
                yield lines

    def lines(self, offsets: Iterable[int]) -> Iterator[bytes]:
        """The lines that begin at the offsets."""
        for offset in offsets:
            stream = self._stream()
            stream.seek(offset)
            yield stream.readline()

    def span(self, start: int, end: int) -> bytes:
        """The bytes from `start` to `end`."""
        stream = self._stream()
        stream.seek(start)
        return stream.read(end - start)

    def _stream(self) -> BinaryIO:
        known = self._open.get(self)
        if known is not None:
            return known
        if len(self._open) >= _MOST_OPEN:
            self._open.pop(next(iter(self._open))).close()
        stream = self._opened()
        if not isinstance(stream, io.BytesIO) and os.fstat(stream.fileno()).st_size <= _SMALL:
            with stream:
                stream = io.BytesIO(stream.read())
        self._open[self] = stream
        return stream

    def _opened(self) -> BinaryIO:
        return open(self._path, "rb") if self._tried is None else io.BytesIO(self._tried)


def _close_all() -> None:
    """A process that was forked opens its own: two that share an open file move each other's place in it."""
    while DataFile._open:
        DataFile._open.popitem()[1].close()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_close_all)
