"""How wide text is in Times New Roman: what the drawn rule lines and the balanced titles are measured with.

Only the numbers are shipped, in 1/2048 em, read from Liberation Serif, which has the same metrics.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

_UNITS = 2048
_UNKNOWN = 1024  # half an em, for a character outside the tables
_SYLLABLES = 20_000  # words whose widths are kept

_REGULAR = {
    369: "'",
    410: "|",
    512: " ,.",
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
    512: " ,.",
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
    512: " ,.",
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


# In the font a no-break space is as wide as a space, and Word draws it so; LibreOffice draws it wider. The wider one
# counts, so that a line that is measured to fit does so in both.
_NO_BREAK = {"\u00a0": 704}


def _by_character(table: dict[int, str]) -> dict[str, int]:
    return {character: width for width, characters in table.items() for character in characters} | _NO_BREAK


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
    return _units(text, type_.face) * type_.size / _UNITS


@lru_cache(_SYLLABLES)
def _units(text: str, face: Face) -> int:
    """The width in units of the face. Kept, since Vietnamese writes everything with a few thousand syllables."""
    widths = _WIDTHS[face]
    return sum([widths.get(character, _UNKNOWN) for character in text])


def lines(text: str, type_: Type, width: float, indent: float = 0.0) -> list[str]:
    """How the text wraps in `width` points, its first line `indent` points in: it breaks at plain spaces."""
    return _lines(_measured(text, type_), type_, width, indent)


@dataclass(frozen=True, slots=True)
class _Measured:
    """The words of each line of a text, and their widths in units of the face."""

    stretches: tuple[tuple[list[str], list[int]], ...]
    space: int


def _measured(text: str, type_: Type) -> _Measured:
    face = type_.face
    stretches = [stretch.split(" ") for stretch in text.split("\n")]
    return _Measured(tuple((words, [_units(word, face) for word in words]) for words in stretches), _units(" ", face))


def _lines(measured: _Measured, type_: Type, width: float, indent: float = 0.0) -> list[str]:
    found: list[str] = []
    limit, space = width * _UNITS / type_.size, measured.space
    long = round(indent * _UNITS / type_.size) - space
    for words, widths in measured.stretches:
        start = 0
        for index, wide in enumerate(widths):
            long += space + wide
            if long > limit and index > start:
                found.append(" ".join(words[start:index]))
                start, long = index, wide
        found.append(" ".join(words[start:]))
        long = -space
    return found


def balanced_width(text: str, type_: Type, width: float) -> float:
    """The narrowest width, down from `width`, in which the text needs no more lines than it does there.

    Centred text set so has lines of like length and no lone last word.
    """
    measured = _measured(text, type_)
    count = len(_lines(measured, type_, width))
    longest = max(max(widths) for _, widths in measured.stretches) * type_.size / _UNITS
    low, high = min(longest, width), width
    while high - low > 1:
        middle = (low + high) / 2
        if len(_lines(measured, type_, middle)) > count:
            low = middle
        else:
            high = middle
    return high
