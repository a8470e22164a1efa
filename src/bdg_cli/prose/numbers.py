"""Reads the numbers of documents (`131/KH-UBND`) and the kind of act that their notation or type word says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum
from typing import NamedTuple

from bdg_cli.prose.patterns import DASH, OPT, YEAR, any_of

# What may stand before the number is looked at behind its first digit: a pattern that begins with a digit is quick.
_SERIAL = re.compile(
    r"\d(?:(?<=[Ss]ố\d)|(?<=SỐ\d)|(?<![\w/.,–-]\d))\d{0,5}[a-zA-Z]?"
    rf"(?: ?/ ?(?P<year>{YEAR}) ?/ ?| ?(?P<sign>/|{DASH}) ?)"
)
_SYMBOL = re.compile(r"[A-ZĐĂÂÊÔƠƯ][A-Za-zĐĂÂÊÔƠƯđăâêôơư0-9&]{0,15}(?!\w)")
_ASSEMBLY = re.compile(r"QH\d{1,2}(?!\w)")
_LOOSE_DASH = re.compile(rf" ?{DASH} ?")
_TIGHT_DASH = re.compile(DASH)
_LOOSE_SLASH = re.compile(" ?/ ?")
_TIGHT_SIGN = re.compile(rf"{DASH}|/")
# NĐ 30/2020/NĐ-CP, Phụ lục III, mục I, and what the Party and the National Assembly add. Letters have none.
ABBREVIATIONS: dict[str, str | None] = {
    "NQ": "resolution", "NQLT": "resolution", "NĐ": "decree", "QĐ": "decision", "CT": "directive",
    "TT": "circular", "TTLT": "circular", "KH": "plan", "CTr": "programme", "CTR": "programme",
    "CTrHĐ": "programme", "BC": "report", "TB": "notice", "KL": "conclusion", "TTr": "submission",
    "TTR": "submission", "HD": "guidance", "CV": "letter",
} | dict.fromkeys((
    "QC", "QyĐ", "QYĐ", "QĐi", "TC", "PA", "ĐA", "DA", "BB", "HĐ", "CĐ",
    "BGN", "BTT", "GUQ", "GM", "GGT", "GNP", "PG", "PC", "PB", "SY", "TrS",
    "SL", "PL", "L", "VBHN", "TL",
))  # fmt: skip
_BY_NOTATION = ""
TYPES: dict[str, str | None] = {
    "bộ luật": "code", "luật": "law", "nghị quyết liên tịch": "resolution", "nghị quyết": "resolution",
    "nghị định": "decree", "quyết định": "decision", "chỉ thị": "directive", "thông tư liên tịch": "circular",
    "thông tư": "circular", "kế hoạch": "plan", "công văn": "letter", "chương trình": "programme",
    "báo cáo": "report", "thông báo": "notice", "kết luận": "conclusion", "tờ trình": "submission",
    "hướng dẫn": "guidance", "văn bản": _BY_NOTATION, "pháp lệnh": None, "quy chế": None, "quy định": None,
    "công điện": None, "đề án": None, "dự án": None, "phương án": None, "biên bản": None, "hiến pháp": None,
}  # fmt: skip
SHORT_TYPES: dict[str, str | None] = {
    "QĐ": "decision", "KH": "plan", "NĐ": "decree", "NQ": "resolution", "CT": "directive", "TT": "circular",
    "CV": "letter", "BC": "report", "TB": "notice", "KL": "conclusion", "TTr": "submission",
    "CTr": "programme", "HD": "guidance", "VB": _BY_NOTATION,
}  # fmt: skip
TYPE = rf"(?P<type>{any_of('|'.join(TYPES))}|(?-i:{'|'.join(sorted(SHORT_TYPES, key=len, reverse=True))}))"
MANNER = any_of(
        "hành động|phối hợp|liên tịch|liên ngành|kết luận|hướng dẫn|chuyên đề|hỏa tốc|khẩn|"
        "cá biệt|sửa đổi|chỉ đạo"
    )  # fmt: skip
_SPACED_DASH = re.compile(rf"\s{DASH}\s")
_FORM_CODE = re.compile(rf"(?<!\w){any_of('biểu|mẫu|biểu mẫu|mẫu biểu|phụ lục')}{OPT}(?:số{OPT}:?{OPT})?\Z", re.I)


def is_form(text: str, start: int) -> bool:
    """Whether the number is that of a form ("Biểu 01/BC-X") and not of a document."""
    return bool(_FORM_CODE.search(text, max(0, start - 30), start))


class Form(Enum):
    """The ways a number is built: with its year, without, and the Party's."""

    YEARLY = "125/2021/NĐ-CP"
    PLAIN = "131/KH-UBND"
    PARTY = "21-CT/TW"


class Number(NamedTuple):
    """A document's number with its notation (the letters behind it, as written), and where both stand."""

    start: int
    end: int
    form: Form
    notation: str

    @property
    def groups(self) -> list[str]:
        """The letters of the notation, one string a group: `KH`, `UBND`."""
        return [part.strip() for part in _TIGHT_SIGN.split(self.notation)]


def numbers(text: str) -> Iterator[Number]:
    """Everything that looks like a document's number with its notation."""
    for match in _SERIAL.finditer(text):
        start = match.end()
        if match["year"]:
            form, end = Form.YEARLY, _end(_ASSEMBLY, text, start) or _chain(text, start, _TIGHT_DASH)
        elif match["sign"] == "/":
            form, end = Form.PLAIN, _chain(text, start, _TIGHT_SIGN)
        else:
            form, end = Form.PARTY, _party(text, start)
        if end is not None:
            yield Number(match.start(), end, form, text[start:end])


def _end(pattern: re.Pattern[str], text: str, position: int | None) -> int | None:
    match = pattern.match(text, position) if position is not None else None
    return match.end() if match else None


def _joined(text: str, position: int, sign: re.Pattern[str]) -> int | None:
    """Where the next group of letters ends that a sign joins to what ends at `position`."""
    return _end(_SYMBOL, text, _end(sign, text, position))


def _chain(text: str, position: int, sign: re.Pattern[str]) -> int | None:
    """Where groups of letters end: the first joint may have spaces around its hyphen, up to three more are tight."""
    end = _end(_SYMBOL, text, position)
    if end is None:
        return None
    end = _joined(text, end, _LOOSE_DASH) or end
    return _tight(text, end, sign)


def _party(text: str, position: int) -> int | None:
    first = _end(_SYMBOL, text, position)
    end = _joined(text, first, _LOOSE_SLASH) if first is not None else None
    return _tight(text, end, _TIGHT_DASH) if end is not None else None


def _tight(text: str, end: int, sign: re.Pattern[str]) -> int:
    for _ in range(3):
        following = _joined(text, end, sign)
        if following is None:
            break
        end = following
    return end


def is_notation(number: Number, *, said: bool) -> bool:
    """Whether the number speaks for itself, without a type word before it (`said`: "số" stands there)."""
    groups = number.groups
    if any(sum(sign.isalpha() for sign in group) < 2 for group in groups) or not all(map(_is_symbol, groups)):
        return False
    if number.form is Form.YEARLY:
        return True
    if len(groups) == 1:
        return said and groups[0] in ABBREVIATIONS
    if number.form is Form.PARTY:
        return groups[0] in ABBREVIATIONS
    # "12/HTX - DN": spaces around the hyphen are a writer's slip only in what is a notation otherwise.
    return said or groups[0] in ABBREVIATIONS or not _SPACED_DASH.search(number.notation)


def _is_symbol(group: str) -> bool:
    """Whether most letters are capitals, as in `KGVX`, `TTg`, `GDTrH`."""
    capitals = sum(sign.isupper() for sign in group)
    return 2 * capitals > sum(sign.isalpha() for sign in group) or group in ABBREVIATIONS


def kind_of(word: str, number: Number) -> str | None:
    """The kind of document that the type word says, or for "văn bản" the notation."""
    kind = SHORT_TYPES[word] if word in SHORT_TYPES else TYPES[" ".join(word.lower().replace("*", " ").split())]
    return notation_kind(number) if kind == _BY_NOTATION else kind


def notation_kind(number: Number) -> str | None:
    """The kind that the notation says: its first group, or a letter where that is an agency."""
    groups = number.groups
    if groups[0] in ABBREVIATIONS:
        return ABBREVIATIONS[groups[0]]
    return "letter" if number.form is Form.PLAIN and len(groups) > 1 else None
