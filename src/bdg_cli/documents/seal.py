"""The seal of a .docx: a digest over all its parts, by which bdg knows a file that it wrote and nobody has changed."""

from __future__ import annotations

import hashlib
import re
import zipfile
import zlib
from pathlib import Path

SEAL = "bdg-seal"
OPEN_SEAL = "0" * 64
_CUSTOM = "docProps/custom.xml"
_LARGEST = 200_000_000  # bytes of all parts: bdg writes nothing near it, and a file made to do harm is not unpacked
_SEALED = re.compile(rf'name="{SEAL}"[^>]*>\s*<vt:lpwstr>([0-9a-f]{{64}})</vt:lpwstr>'.encode())


def sealed(parts: dict[str, bytes]) -> dict[str, bytes]:
    """The parts of a package with the open seal among its properties, if there is one, closed."""
    custom = parts.get(_CUSTOM, b"")
    found = _SEALED.search(custom)
    if found is None or found[1] != OPEN_SEAL.encode():
        return parts
    return {**parts, _CUSTOM: custom.replace(found[1], _digest(parts).encode())}


def is_ours(path: Path) -> bool:
    """Whether bdg wrote this .docx and nobody has changed it since: its seal still fits its parts."""
    try:
        with zipfile.ZipFile(path) as package:
            if sum(entry.file_size for entry in package.infolist()) > _LARGEST:
                return False
            parts = {name: package.read(name) for name in package.namelist()}
    except (OSError, zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError):
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
