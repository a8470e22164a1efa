"""The lines of files that findings point to, read once each. Light on imports, like the output that shows them."""

from __future__ import annotations

import os
from bisect import bisect_right

TYPE_CHECKING = False
if TYPE_CHECKING:
    from bdg_cli.findings import Edit, Place
    from bdg_cli.layout import Layout

_SHIPPED = "bdg:"
_REFERENCE = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "reference")


class Lines:
    """The lines of a repository's files, and of those that ship with bdg."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._read: dict[str, list[str]] = {}
        self._starts: dict[str, list[int]] = {}

    def of(self, place: Place) -> str | None:
        """The line a place begins on; None where the file cannot be shown."""
        if place.start < 0:
            return None
        lines = self._lines(place.path)
        return lines[place.line - 1].rstrip("\r") if place.line <= len(lines) else None

    def region(self, edit: Edit) -> tuple[int, int, int, int]:
        """Line, column, last line and column after the last of what an edit replaces, from 1, in characters."""
        return (*self._position(edit.path, edit.start), *self._position(edit.path, edit.end))

    def _position(self, path: str, offset: int) -> tuple[int, int]:
        if path not in self._starts:
            starts = [0]
            for row in self._lines(path):
                starts.append(starts[-1] + len(row) + 1)
            self._starts[path] = starts
        line = max(1, bisect_right(self._starts[path], offset, hi=len(self._lines(path))))
        return line, offset - self._starts[path][line - 1] + 1

    def _lines(self, path: str) -> list[str]:
        if path not in self._read:
            self._read[path] = self._text(path).split("\n")
        return self._read[path]

    def _text(self, path: str) -> str:
        shipped = path.startswith(_SHIPPED)
        disk = os.path.join(_REFERENCE, *path[len(_SHIPPED) :].split("/")) if shipped else self._layout.absolute(path)
        try:
            with open(disk, encoding="utf-8-sig", errors="replace", newline="") as stream:
                return stream.read()
        except OSError:
            return ""
