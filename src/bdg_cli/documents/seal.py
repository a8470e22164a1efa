"""The seal of a .docx, .xlsx or PDF: a digest of it, by which bdg knows a file that it wrote and nobody has changed."""

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
_SEALED = re.compile(rf'name="{SEAL}"[^>]*>\s*<vt:lpwstr[^>]*>([0-9a-f]{{64}})</vt:lpwstr>'.encode())


def sealed(parts: dict[str, bytes]) -> dict[str, bytes]:
    """The parts of a package with the open seal among its properties, if there is one, closed."""
    custom = parts.get(_CUSTOM, b"")
    found = _SEALED.search(custom)
    if found is None or found[1] != OPEN_SEAL.encode():
        return parts
    return {**parts, _CUSTOM: custom.replace(found[1], _digest(parts).encode())}


def is_ours(path: Path) -> bool:
    """Whether bdg wrote this package and nobody has changed it since: its seal still fits its parts."""
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


_PDF_SEAL = re.compile(rb"%bdg-seal ([0-9a-f]{64})\n(?=startxref\s+\d+\s+%%EOF\s*\Z)")
_PDF_END = re.compile(rb"(?=startxref\s+\d+\s+%%EOF\s*\Z)")
# What LibreOffice writes anew each time: the time of day, and two digests over it.
_PDF_DATE = re.compile(rb"(?<=/CreationDate\(D:)\d{14}")
_PDF_NAMES = re.compile(rb"(?<=/ID \[ <)([0-9A-F]{32})>\s*<\1(?=>)")
_PDF_CHECKSUM = re.compile(rb"(?<=/DocChecksum /)[0-9A-F]{32}")


def sealed_pdf(data: bytes) -> bytes:
    """A PDF as LibreOffice made it, without the time of day, and with the seal in a comment before its end.

    Nothing before the comment moves, so that the offsets in the file hold. A signature that somebody puts into the file
    comes behind the end, and breaks the seal.
    """
    data = _PDF_DATE.sub(b"19800101000000", data)
    name = hashlib.sha256(_PDF_CHECKSUM.sub(b"", _PDF_NAMES.sub(b"", data))).hexdigest()[:32].upper().encode()
    data = _PDF_NAMES.sub(lambda found: found[0].replace(found[1], name), data)
    data = _PDF_CHECKSUM.sub(name, data)
    return _PDF_END.sub(f"%{SEAL} {hashlib.sha256(data).hexdigest()}\n".encode(), data, count=1)


def is_our_pdf(data: bytes) -> bool:
    """Whether bdg wrote this PDF and nobody has changed or signed it since."""
    found = _PDF_SEAL.search(data)
    return found is not None and hashlib.sha256(data.replace(found[0], b"")).hexdigest() == found[1].decode()


def _digest(parts: dict[str, bytes]) -> str:
    digest = hashlib.sha256()
    for name in sorted(parts):
        digest.update(f"{name}\0{len(parts[name])}\0".encode())
        digest.update(parts[name])
    return digest.hexdigest()
