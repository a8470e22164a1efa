"""Reads the numbers of documents (`131/KH-UBND`) and the kind of act that their notation or type word says."""

from __future__ import annotations

import re

from bdg_cli.prose.patterns import DASH, OPT, SPACE, YEAR, any_of

_SYMBOL = r"[A-ZĐĂÂÊÔƠƯ][A-Za-zĐĂÂÊÔƠƯđăâêôơư0-9&]{0,15}(?!\w)"
NUMBER = re.compile(
    # What may stand before the number is looked at behind its first digit: a pattern that begins with a digit is quick.
    r"(?P<serial>\d(?:(?<=[Ss]ố\d)|(?<=SỐ\d)|(?<![\w/.,\u2010\u2011\u2013\u2212-]\d))\d{0,5}[a-zA-Z]?)(?:"
    rf"{SPACE}/{SPACE}(?P<year>{YEAR}){SPACE}/{SPACE}"
    rf"(?P<yearly>QH\d{{1,2}}(?!\w)|{_SYMBOL}(?:{SPACE}{DASH}{SPACE}{_SYMBOL})?(?:{DASH}{_SYMBOL}){{0,3}})"
    rf"|{SPACE}/{SPACE}(?P<plain>{_SYMBOL}(?:{SPACE}{DASH}{SPACE}{_SYMBOL})?(?:(?:{DASH}|/){_SYMBOL}){{0,3}})"
    rf"|{SPACE}{DASH}{SPACE}(?P<party>{_SYMBOL}{SPACE}/{SPACE}{_SYMBOL}(?:{DASH}{_SYMBOL}){{0,3}})"
    rf")"
)
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
_FORM_CODE = re.compile(rf"(?<!\w){any_of('biểu|mẫu|biểu mẫu|mẫu biểu|phụ lục')}{OPT}(?:số{OPT}:?{OPT})?\Z", re.I)


def is_form(text: str, start: int) -> bool:
    """Whether the number is that of a form ("Biểu 01/BC-X") and not of a document."""
    return bool(_FORM_CODE.search(text, max(0, start - 30), start))


def _groups(match: re.Match[str]) -> list[str]:
    """The letters of the notation, one string a group: `KH`, `UBND`."""
    return [part.strip() for part in re.split(rf"/|{DASH}", match["yearly"] or match["plain"] or match["party"])]


def is_notation(match: re.Match[str], *, said: bool) -> bool:
    """Whether the number speaks for itself, without a type word before it (`said`: "số" stands there)."""
    groups = _groups(match)
    if any(sum(sign.isalpha() for sign in group) < 2 for group in groups) or not all(map(_is_symbol, groups)):
        return False
    if match["year"]:
        return True
    if len(groups) == 1:
        return said and groups[0] in ABBREVIATIONS
    if match["party"]:
        return groups[0] in ABBREVIATIONS
    # "12/HTX - DN": spaces around the hyphen are a writer's slip only in what is a notation otherwise.
    return said or groups[0] in ABBREVIATIONS or not re.search(rf"\s{DASH}\s", match["plain"])


def _is_symbol(group: str) -> bool:
    """Whether most letters are capitals, as in `KGVX`, `TTg`, `GDTrH`."""
    capitals = sum(sign.isupper() for sign in group)
    return 2 * capitals > sum(sign.isalpha() for sign in group) or group in ABBREVIATIONS


def kind_of(word: str, match: re.Match[str]) -> str | None:
    """The kind of document that the type word says, or for "văn bản" the notation."""
    kind = SHORT_TYPES[word] if word in SHORT_TYPES else TYPES[" ".join(word.lower().replace("*", " ").split())]
    return notation_kind(match) if kind == _BY_NOTATION else kind


def notation_kind(match: re.Match[str]) -> str | None:
    """The kind that the notation says: its first group, or a letter where that is an agency."""
    groups = _groups(match)
    if groups[0] in ABBREVIATIONS:
        return ABBREVIATIONS[groups[0]]
    return "letter" if match["plain"] and len(groups) > 1 else None
