"""A package of parts as one zip file: in a fixed order under a fixed date, so that the same parts give the same bytes.

Written by hand (PKWARE APPNOTE 4.3: each part behind its header, then the directory), since `zipfile` would compress
the parts of a style file again for every document.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping
from typing import NamedTuple

CONTENT_TYPES = "[Content_Types].xml"  # first in a package: readers that guess a file's kind look for it there
_DATE = (1 << 5) | 1  # 01/01/1980, as DOS writes it
_VERSION = 20  # of the format: deflated parts
_UTF8 = 1 << 11  # names are in UTF-8
_DEFLATED = 8
_LEVEL = 1  # a file is an eighth larger than at the usual 6, in a third of the time


class Packed(NamedTuple):
    """A part as it goes into an archive."""

    content: bytes
    squeezed: bytes
    checksum: int


def packed(content: bytes) -> Packed:
    """The part, compressed."""
    squeezer = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    return Packed(content, squeezer.compress(content) + squeezer.flush(), zlib.crc32(content))


def archived(parts: Mapping[str, bytes], ready: Mapping[str, Packed] | None = None) -> bytes:
    """The archive of the parts of a package by name, the content types first and the others sorted.

    `ready` are parts that may be in it as they are; others of the same name are compressed here.
    """
    out: list[bytes] = []
    directory: list[bytes] = []
    offset = 0
    for name in sorted(parts, key=lambda name: (name != CONTENT_TYPES, name)):
        part = ready.get(name) if ready else None
        if part is None or part.content is not parts[name]:
            part = packed(parts[name])
        title = name.encode()
        sizes = (part.checksum, len(part.squeezed), len(part.content), len(title), 0)
        about = struct.pack("<5H3L2H", _VERSION, _UTF8, _DEFLATED, 0, _DATE, *sizes)
        out += [b"PK\x03\x04", about, title, part.squeezed]
        behind = struct.pack("<3H2L", 0, 0, 0, 0, offset)
        directory += [b"PK\x01\x02", struct.pack("<H", _VERSION), about, behind, title]
        offset += 4 + len(about) + len(title) + len(part.squeezed)
    listed = b"".join(directory)
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, len(parts), len(parts), len(listed), offset, 0)
    return b"".join([*out, listed, end])
