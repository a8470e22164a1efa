"""What earlier runs found, by content: one file for each repository, outside it. Losing it loses nothing but time.

A unit (the registry, one plan, the data …) is stored with the digests of everything its findings depend on, and
counts only while all of them are the same. Light on imports: it stands on the path that answers from the cache.
"""

from __future__ import annotations

import marshal
import os
import sys
import time
from binascii import crc32

from bdg_cli import __version__, edit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from bdg_cli.layout import Layout

_GRAIN = 2_000_000_000  # nanoseconds: FAT keeps time in steps of two seconds
_MAGIC = b"bdg-cache/1\n"


def folder() -> str:
    """`$BDG_CACHE_DIR`, else the user's cache folder."""
    chosen = os.environ.get("BDG_CACHE_DIR")
    if chosen:
        return chosen
    if sys.platform == "win32":
        return os.path.join(os.environ.get("LOCALAPPDATA") or os.path.expanduser("~"), "bdg", "cache")
    if sys.platform == "darwin":
        return os.path.expanduser("~/Library/Caches/bdg")
    return os.path.join(os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache"), "bdg")


class Cache:
    """The cache of one repository; with `use` false an empty one that is never written.

    A `borrowed` one knows the units of the repository at `root` and serves another version of it: files are read
    anew, units with the same content are not done again, and nothing is written.
    """

    def __init__(self, root: str, *, use: bool = True, borrowed: bool = False) -> None:
        self._root = root
        self._use = use and not borrowed
        self._path = os.path.join(folder(), f"{crc32(os.fsencode(root)):08x}.bin")
        stored = self._read() if use else None
        self._files: dict[str, tuple[int, int, int, str]] = stored["files"] if stored and not borrowed else {}
        self._units: dict[str, tuple[dict[str, str], bytes]] = stored["units"] if stored else {}
        self._changed = False
        self._asked: set[str] = set()
        self._seen: set[str] = set()

    def digest(self, layout: Layout, paths: Iterable[str]) -> str:
        """One digest over names and contents of files; a file is read again only where its statistics differ."""
        return combined(f"{path}={self._file_digest(layout, path)}" for path in paths)

    def get(self, unit: str, inputs: dict[str, str]) -> dict[str, Any] | None:
        """What was stored for a unit, if all its inputs are still the same."""
        self._asked.add(unit)
        known = self._units.get(unit)
        if known is None or known[0] != inputs:
            return None
        payload: dict[str, Any] = marshal.loads(known[1])
        return payload

    def put(self, unit: str, inputs: dict[str, str], payload: dict[str, Any]) -> None:
        """Store plain values (tuples, lists, dicts, text, numbers, bytes) for a unit."""
        self._units[unit] = (inputs, marshal.dumps(payload))
        self._changed = True

    def save(self) -> None:
        """Write what has changed; units that were not asked for are gone from the repository and dropped."""
        gone = self._units.keys() - self._asked
        if not self._use or not (self._changed or gone):
            return
        for unit in gone:
            del self._units[unit]
        self._files = {path: known for path, known in self._files.items() if path in self._seen}
        body = marshal.dumps({"root": self._root, "stamp": stamp(), "files": self._files, "units": self._units})
        try:
            edit.write_file(self._path, _MAGIC + crc32(body).to_bytes(4, "big") + body)
        except OSError:
            return  # a read-only home must not stop a check

    def _read(self) -> dict[str, Any] | None:
        try:
            with open(self._path, "rb") as stream:
                raw = stream.read()
        except OSError:
            return None
        body = raw[len(_MAGIC) + 4 :]
        if not raw.startswith(_MAGIC) or raw[len(_MAGIC) : len(_MAGIC) + 4] != crc32(body).to_bytes(4, "big"):
            return None
        stored: dict[str, Any] = marshal.loads(body)
        return stored if stored["root"] == self._root and stored["stamp"] == stamp() else None

    def _file_digest(self, layout: Layout, path: str) -> str:
        self._seen.add(path)
        if path in layout.changed:
            import hashlib

            return hashlib.sha256(layout.changed[path]).hexdigest()
        modified, size, changed = layout.stats[path]
        known = self._files.get(path)
        if known is not None and known[:3] == (modified, size, changed):
            return known[3]
        import hashlib

        with open(layout.absolute(path), "rb") as stream:
            digest = hashlib.sha256(stream.read()).hexdigest()
        # A file changed within the clock's grain of now may change again and look the same: look at it next time too.
        if time.time_ns() - modified > _GRAIN:
            self._files[path] = (modified, size, changed, digest)
            self._changed = True
        return digest


def stamp() -> str:
    """What bdg itself is: version, interpreter, files; a changed check is never answered from old results."""
    package = os.path.dirname(os.path.abspath(__file__))
    seen: list[str] = []
    folders = [package]
    while folders:
        with os.scandir(folders.pop()) as entries:
            for entry in entries:
                if entry.is_dir():
                    if entry.name != "__pycache__":
                        folders.append(entry.path)
                    continue
                status = entry.stat()
                seen.append(f"{entry.path} {status.st_mtime_ns} {status.st_size}")
    return f"{__version__} {sys.hexversion} {marshal.version} {crc32('|'.join(sorted(seen)).encode()):08x}"


def combined(parts: Iterable[str]) -> str:
    """Several digests as one short text. Long ones are digested again, so that inputs stay small."""
    text = "\n".join(parts)
    if len(text) <= 1000:
        return text
    import hashlib

    return hashlib.sha256(text.encode()).hexdigest()
