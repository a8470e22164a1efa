"""The one place that writes files: whole or not at all."""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from bdg_cli.findings import Edit


def write_file(path: str, data: bytes) -> None:
    """Write a file whole: beside it first, then in its place, so that a kill leaves the old one or the new one."""
    folder = os.path.dirname(path) or os.curdir
    os.makedirs(folder, exist_ok=True)
    beside = os.path.join(folder, f".{os.path.basename(path)}.{os.urandom(4).hex()}.tmp")
    try:
        with open(beside, "xb") as stream:
            stream.write(data)
        os.replace(beside, path)
    finally:
        if os.path.exists(beside):
            os.remove(beside)


def remove(path: str) -> None:
    """Take a file of bdg's own cache away; nothing happens where there is none."""
    if os.path.exists(path):
        os.remove(path)


def make_folder(path: str) -> None:
    """A folder, with those above it."""
    os.makedirs(path, exist_ok=True)


def remove_folder(path: str) -> None:
    """A scratch folder of bdg's own, with all that is in it."""
    import shutil

    shutil.rmtree(path, ignore_errors=True)


def append(path: str, text: str) -> None:
    """Add text to a file that others write too (GitHub's job summary)."""
    with open(path, "a", encoding="utf-8", errors="replace") as stream:
        stream.write(text)


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
