"""How wide a line of Times New Roman Bold is: advances in 1/1000 em as Adobe's metrics of Times-Bold give them."""

from __future__ import annotations

import unicodedata

_BOLD = {
    250: " ,.\u00a0", 278: "il/", 333: "-()!:;fjt", 389: "Is", 444: "cerz", 500: "0123456789agovxyJ?“”",
    553: "ơ", 556: "PSbdđhknpqu", 570: "+=<>", 600: "ư", 611: "F", 667: "BELTZ", 722: "ACDĐNRUVXYw", 778: "GHKOQƠ",
    796: "Ư", 833: "m&", 944: "M", 1000: "W%",
}  # fmt: skip
_WIDTHS = {sign: width for width, signs in _BOLD.items() for sign in signs}
_TONES = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323", "\u0302", "\u0306"}


def width(text: str, size: float) -> float:
    """The points that a line of bold letters takes."""
    return sum(_width(sign) for sign in unicodedata.normalize("NFC", text)) * size / 1000


def _width(sign: str) -> int:
    if sign in _WIDTHS:
        return _WIDTHS[sign]
    bare = unicodedata.normalize("NFC", "".join(one for one in unicodedata.normalize("NFD", sign) if one not in _TONES))
    return _WIDTHS.get(bare, 500)


def last_line(text: str, size: float, room: float) -> str:
    """The last line of a text wrapped in `room` points."""
    line = ""
    for word in text.split(" "):
        longer = f"{line} {word}".strip()
        line = longer if not line or width(longer, size) <= room else word
    return line
