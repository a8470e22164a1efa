"""The lines of files that findings point to. Light on imports, like the output that shows them.

A file is read once and only the lines that are wanted are kept: a table can be far larger than all that is said of it.
"""

from __future__ import annotations

import os
from bisect import bisect_right

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bdg_cli.findings import Edit, Place
    from bdg_cli.layout import Layout

_SHIPPED = "bdg:"
_REFERENCE = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "reference")


class Lines:
    """Some lines of a repository's files, and of those that ship with bdg; `places` says which."""

    def __init__(self, layout: Layout, places: Iterable[Place] = ()) -> None:
        self._layout = layout
        self._wanted: dict[str, set[int]] = {}
        for place in places:
            if place.start >= 0:
                self._wanted.setdefault(place.path, set()).add(place.line)
        self._kept: dict[str, dict[int, str]] = {}
        self._starts: dict[str, list[int]] = {}

    def of(self, place: Place) -> str | None:
        """The line a place begins on; None where the file cannot be shown."""
        if place.start < 0:
            return None
        if place.path not in self._kept:
            self._kept[place.path] = self._pick(place.path)
        return self._kept[place.path].get(place.line)

    def region(self, edit: Edit) -> tuple[int, int, int, int]:
        """Line, column, last line and column after the last of what an edit replaces, from 1, in characters."""
        return (*self._position(edit.path, edit.start), *self._position(edit.path, edit.end))

    def _pick(self, path: str) -> dict[int, str]:
        wanted = self._wanted.get(path, set())
        last = max(wanted, default=0)
        kept = {}
        for number, row in enumerate(self._rows(path), 1):
            if number in wanted:
                kept[number] = row.rstrip("\r\n")
            if number >= last:
                break
        return kept

    def _position(self, path: str, offset: int) -> tuple[int, int]:
        if path not in self._starts:
            starts = [0]
            for row in self._rows(path):
                if row.endswith("\n"):
                    starts.append(starts[-1] + len(row))
            self._starts[path] = starts
        line = bisect_right(self._starts[path], offset)
        return line, offset - self._starts[path][line - 1] + 1

    def _rows(self, path: str) -> Iterator[str]:
        """The rows of a file with their ends; only a line feed ends one, as where places are counted."""
        shipped = path.startswith(_SHIPPED)
        disk = os.path.join(_REFERENCE, *path[len(_SHIPPED) :].split("/")) if shipped else self._layout.absolute(path)
        try:
            with open(disk, encoding="utf-8-sig", errors="replace", newline="\n") as stream:
                yield from stream
        except OSError:
            return
