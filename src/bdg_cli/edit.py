"""The one place that writes files: whole or not at all."""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from bdg_cli.findings import Edit


def write_file(path: str, data: bytes) -> None:
    """Write a file whole: beside it first, then in its place, so that a kill leaves the old one or the new one.

    A file that is there already keeps its permissions, and a link to it stays a link.
    """
    path = os.path.realpath(path)
    folder = os.path.dirname(path)
    os.makedirs(folder, exist_ok=True)
    beside = os.path.join(folder, f".{os.path.basename(path)}.{os.urandom(4).hex()}.tmp")
    try:
        with open(beside, "xb") as stream:
            stream.write(data)
        if os.path.exists(path):
            os.chmod(beside, os.stat(path).st_mode & 0o7777)
        os.replace(beside, path)
    finally:
        if os.path.exists(beside):
            os.remove(beside)


class Scratch:
    """A folder for another program to work in; gone when it is left, whatever that program leaves behind."""

    def __enter__(self) -> str:
        import tempfile

        self._folder = tempfile.mkdtemp(prefix="bdg-")
        return self._folder

    def __exit__(self, *_: object) -> None:
        import shutil

        shutil.rmtree(self._folder, ignore_errors=True)


def append(path: str, text: str) -> None:
    """Add text to a file that others write too (GitHub's job summary)."""
    with open(path, "a", encoding="utf-8", errors="replace") as stream:
        stream.write(text)


def disjoint(edits: Iterable[Edit]) -> list[Edit]:
    """Those edits of one file that can be made at once: equal ones once; of two that overlap, the first and longer."""
    kept: dict[tuple[str, int, int, str], Edit] = {}
    position = 0
    for edit in sorted(edits, key=lambda edit: (edit.start, -edit.end, edit.new)):
        if edit.start >= position:
            kept.setdefault(edit.pack(), edit)
            position = edit.end
    return list(kept.values())


def edited(text: str, edits: Iterable[Edit]) -> str:
    """The text with edits of it applied; they must not overlap. Every untouched character stays."""
    out: list[str] = []
    position = 0
    for edit in sorted(edits, key=lambda edit: edit.start):
        if edit.start < position:
            raise ValueError("edits overlap")
        out += [text[position : edit.start], edit.new]
        position = edit.end
    return "".join([*out, text[position:]])
