"""The seal of a .docx or .xlsx: a digest over its parts, by which bdg knows a file that it wrote and nobody changed."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from pathlib import Path

SEAL = "bdg-seal"
OPEN_SEAL = "0" * 64
_CUSTOM = "docProps/custom.xml"
_SEALED = re.compile(rf'name="{SEAL}"[^>]*>\s*<vt:lpwstr[^>]*>([0-9a-f]{{64}})</vt:lpwstr>'.encode())


def sealed(parts: dict[str, bytes]) -> dict[str, bytes]:
    """The parts of a package with the open seal among its properties, if there is one, closed."""
    custom = parts.get(_CUSTOM, b"")
    found = _SEALED.search(custom)
    if found is None or found[1] != OPEN_SEAL.encode():
        return parts
    return {**parts, _CUSTOM: custom.replace(found[1], _digest(parts).encode())}


def packed(parts: dict[str, bytes]) -> bytes:
    """The parts as one sealed package, in a fixed order under a fixed date: the same parts give the same bytes."""
    written = io.BytesIO()
    closed = sealed(parts)
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as target:
        # Readers that guess a file's kind look for the content types first.
        for name in sorted(closed, key=lambda name: (name != "[Content_Types].xml", name)):
            entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0  # not the system bdg happens to run on
            target.writestr(entry, closed[name])
    return written.getvalue()


def is_ours(path: Path) -> bool:
    """Whether bdg wrote this package and nobody has changed it since: its seal still fits its parts."""
    try:
        with zipfile.ZipFile(path) as package:
            parts = {name: package.read(name) for name in package.namelist()}
    except (OSError, zipfile.BadZipFile):
        return False
    found = _SEALED.search(parts.get(_CUSTOM, b""))
    if found is None:
        return False
    opened = parts[_CUSTOM].replace(found[1], OPEN_SEAL.encode())
    return _digest({**parts, _CUSTOM: opened}) == found[1].decode()


def _digest(parts: dict[str, bytes]) -> str:
    digest = hashlib.sha256()
    for name in sorted(parts):
        digest.update(f"{name}\0{len(parts[name])}\0".encode())
        digest.update(parts[name])
    return digest.hexdigest()
