"""How wide text is in Times New Roman: what the drawn rule lines and the balanced titles are measured with.

Only the numbers are shipped, in 1/2048 em, read from Liberation Serif, which has the same metrics.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

_UNITS = 2048
_UNKNOWN = 1024  # half an em, for a character outside the tables

_REGULAR = {
    369: "'",
    410: "|",
    512: " ,.\u00a0",
    569: "/:;\\ijltìíĩỉị",
    614: "²³",
    682: "!()-I[]`frÌÍĨỈỊ‘’",
    797: "Js",
    819: "°",
    836: '"',
    909: "?acezàáãảạăằắẵẳặâầấẫẩậèéẽẻẹêềếễểệ“”",
    961: "^",
    983: "{}",
    1024: "#$*0123456789_bdghknopquvxyòóõỏọôồốỗổộùúũủụỳýỹỷỵđ–§",
    1050: "₫",
    1083: "ơờớỡởợ",
    1108: "~",
    1110: "ưừứữửự",
    1124: "±÷≥≤",
    1139: "FPS",
    1155: "+<=>×",
    1251: "ELTZÈÉẼẺẸÊỀẾỄỂỆ",
    1366: "BCR",
    1479: "ADGHKNOQUVXYwÀÁÃẢẠĂẰẮẴẲẶÂẦẤẪẨẬÒÓÕỎỌÔỒỐỖỔỘƠỜỚỠỞỢÙÚŨỦỤỲÝỸỶỴĐ",
    1536: "½",
    1589: "ƯỪỨỮỬỰ",
    1593: "&m",
    1706: "%",
    1821: "M",
    1886: "@",
    1933: "W",
    2048: "—…",
}

_BOLD = {
    451: "|",
    512: " ,.\u00a0",
    569: "'/\\ilìíĩỉị",
    614: "²³",
    682: "!()-:;[]`fjt‘’",
    797: "IsÌÍĨỈỊ",
    807: "{}",
    819: "°",
    909: "cerzèéẽẻẹêềếễểệ",
    1024: "#$*0123456789?J_agovxyàáãảạăằắẵẳặâầấẫẩậòóõỏọôồốỗổộỳýỹỷỵ–“”§",
    1050: "₫",
    1065: "~",
    1124: "±÷≥≤",
    1134: "ơờớỡởợ",
    1137: '"',
    1139: "Sbdhknpquùúũủụđ",
    1167: "+<=>×",
    1190: "^",
    1229: "ưừứữửự",
    1251: "FP",
    1366: "BELTZÈÉẼẺẸÊỀẾỄỂỆ",
    1479: "ACDNRUVXYwÀÁÃẢẠĂẰẮẴẲẶÂẦẤẪẨẬÙÚŨỦỤỲÝỸỶỴĐ",
    1536: "½",
    1593: "GHKOQÒÓÕỎỌÔỒỐỖỔỘƠỜỚỠỞỢ",
    1630: "ƯỪỨỮỬỰ",
    1706: "&m",
    1905: "@",
    1933: "M",
    2048: "%W—…",
}

_ITALIC = {
    438: "'",
    512: " ,.\u00a0",
    563: "|",
    569: "/\\fijltìíĩỉị",
    614: "²³",
    682: "!()-:;I`ÌÍĨỈỊ‘’",
    797: "[]rsz",
    819: "{}°",
    860: '"',
    864: "^",
    909: "Jcekvxyèéẽẻẹêềếễểệỳýỹỷỵ",
    1024: "#$*0123456789?S_abdghnopquàáãảạăằắẵẳặâầấẫẩậòóõỏọôồốỗổộùúũủụđ–§",
    1050: "₫",
    1093: "ơờớỡởợ",
    1108: "~",
    1117: "ưừứữửự",
    1124: "±÷≥≤",
    1139: "LTYZỲÝỸỶỴ“”",
    1251: "ABEFPRVXÀÁÃẢẠĂẰẮẴẲẶÂẦẤẪẨẬÈÉẼẺẸÊỀẾỄỂỆ",
    1366: "CKNw",
    1382: "+<=>×",
    1479: "DGHOQUmÒÓÕỎỌÔỒỐỖỔỘƠỜỚỠỞỢÙÚŨỦỤĐ",
    1536: "½",
    1544: "ƯỪỨỮỬỰ",
    1593: "&",
    1706: "%MW",
    1821: "—…",
    1884: "@",
}


def _by_character(table: dict[int, str]) -> dict[str, int]:
    return {character: width for width, characters in table.items() for character in characters}


_WIDTHS = {
    "regular": _by_character(_REGULAR),
    "bold": _by_character(_BOLD),
    "italic": _by_character(_ITALIC),
}


Face = Literal["regular", "bold", "italic"]


@dataclass(frozen=True, slots=True)
class Type:
    """What a line is set in: points, and one of the three faces a heading of the decree has."""

    size: float
    face: Face = "regular"


def text_width(text: str, type_: Type) -> float:
    """The width of `text` on one line, in points."""
    return _units(text, type_) * type_.size / _UNITS


def _units(text: str, type_: Type) -> int:
    widths = _WIDTHS[type_.face]
    return sum([widths.get(character, _UNKNOWN) for character in text])


def lines(text: str, type_: Type, width: float) -> list[str]:
    """How the text wraps in `width` points: breaks at plain spaces, as a word processor does."""
    return _lines(_measured(text, type_), type_, width)


@dataclass(frozen=True, slots=True)
class _Measured:
    """The words of each line of a text with their widths, in units of the face."""

    stretches: tuple[tuple[tuple[str, int], ...], ...]
    space: int


def _measured(text: str, type_: Type) -> _Measured:
    stretches = (tuple((word, _units(word, type_)) for word in stretch.split(" ")) for stretch in text.split("\n"))
    return _Measured(tuple(stretches), _units(" ", type_))


def _lines(measured: _Measured, type_: Type, width: float) -> list[str]:
    found: list[str] = []
    for stretch in measured.stretches:
        line, long = "", 0
        for word, wide in stretch:
            longer = long + measured.space + wide
            if line and longer * type_.size / _UNITS > width:
                found.append(line)
                line, long = word, wide
            else:
                line, long = (f"{line} {word}", longer) if line else (word, wide)
        found.append(line)
    return found


def balanced_width(text: str, type_: Type, width: float) -> float:
    """The narrowest width, down from `width`, in which the text needs no more lines than it does there.

    Centred text set so has lines of like length and no lone last word.
    """
    measured = _measured(text, type_)
    count = len(_lines(measured, type_, width))
    longest = max(wide for stretch in measured.stretches for _, wide in stretch) * type_.size / _UNITS
    low, high = min(longest, width), width
    while high - low > 1:
        middle = (low + high) / 2
        if len(_lines(measured, type_, middle)) > count:
            low = middle
        else:
            high = middle
    return high
