"""Reads the name of the agency that issued a document, as far as it goes."""

from __future__ import annotations

import re

from bdg_cli.prose.numbers import TYPE
from bdg_cli.prose.patterns import GAP, OPT, STOP_DIGITS, WORD, any_of

_PLACE_WORDS = r"(?:tỉnh|thành phố|thị xã|thị trấn|quận|huyện|phường|đặc khu|xã(?! hội))"
_LEVEL = re.compile(
    rf"(?<!\w)(?:(?:phường|quận){GAP}\d{{1,2}}{STOP_DIGITS}(?!/|\w|{GAP}(?:tháng|năm|ngày)(?!\w))|"
    rf"{_PLACE_WORDS.replace(' ', GAP)}(?!\w))",
    re.I,
)
# "UBND TP. Cao Lãnh", "UBND H. Càng Long": the dot of a shortened level, with a name behind it.
_SHORT_LEVELS = {"tp", "tx", "tt", "h", "q", "p", "x"}
_DOT = re.compile(rf"\.{OPT}(?=[^\W\d_]|\d)")
_AGENCY_WORDS = re.compile(
    any_of(
        "nhân dân|tỉnh ủy|tỉnh uỷ|thành ủy|thành uỷ|huyện ủy|huyện uỷ|quận ủy|quận uỷ|thị ủy|"
        "thị uỷ|đảng ủy|đảng uỷ|vì sự tiến bộ của phụ nữ|vì sự tiến bộ phụ nữ|kiểm sát|xã hội|"
        "nông thôn|đại biểu|trung ương|nhà nước|vận tải|ủy ban|uỷ ban|hội đồng"
    ),
    re.I,
)
_NO_LONGER_ISSUER = re.compile(
    any_of(
        "về|việc|ngày|tháng|năm|số|theo|tại|để|cho|trong|trên|nhằm|đã|được|là|có|do|từ|đến|gồm|"
        "như|khóa|khoá|thuộc|gửi|giao|với|bằng|nêu|quy định|hướng dẫn|triển khai|thực hiện|"
        "ban hành|phê duyệt|hành động|phòng ngừa|phòng chống|sửa đổi|bổ sung|điều chỉnh|công bố|"
        "kiện toàn|thành lập|tăng cường|đẩy mạnh|tiếp tục|yêu cầu|chỉ đạo|tổ chức|cụ thể|"
        "kèm theo|đối với|nhiệm kỳ|giai đoạn|thời kỳ|bao gồm|xây dựng|đề nghị|thi hành|liên quan"
    ),
    re.I,
)
_TITLE_BEGINS = re.compile(
    any_of(
        "về|triển khai|thực hiện|ban hành|phê duyệt|hướng dẫn|quy định|hành động|phòng ngừa|"
        "sửa đổi|tăng cường|đẩy mạnh|quyết định|nghị quyết|ngày|năm|số|giai đoạn"
    ),
    re.I,
)
_ANOTHER = re.compile(
    rf"(?:{TYPE}|" + any_of("bộ|sở|ubnd|hđnd|ủy ban|uỷ ban|hội|công an|liên đoàn|cục|phòng|các") + ")",
    re.I,
)
_JOINT = re.compile(rf"(?:{GAP}(?:và|-|–){GAP}|-|–)(?=[^\W\d])", re.I)
_COMMA = re.compile(rf",{GAP}(?=[^\W\d])")
# Names of agencies that hold a comma: the syllable before it and the one after it.
_COMMA_IN_NAME = {
    ("hóa", "thể"), ("hoá", "thể"), ("thao", "du"), ("động", "thương"), ("binh", "xã"), ("hóa", "khoa"),
    ("hoá", "khoa"), ("tế", "hạ"),
}  # fmt: skip
_GAP_ONLY = re.compile(GAP)


def end_of_issuer(text: str, position: int, limit: int) -> int | None:
    """Where the issuer that begins at `position` ends; None where no agency begins there.

    Each group of words in an agency's name begins with a capital (NĐ 30/2020/NĐ-CP, Phụ lục II, mục IV): a
    small syllable goes on with the name only right after a capital one, or in a phrase that agencies share.
    """
    end: int | None = None
    last, open_word, in_place = "", False, False
    for _ in range(24):
        word = WORD.match(text, position, limit)
        if word is None or (_TITLE_BEGINS if word[0][0].isupper() else _NO_LONGER_ISSUER).match(text, position):
            break
        level = _LEVEL.match(text, position, limit)
        agency = _AGENCY_WORDS.match(text, position, limit)
        if agency or level:
            found, open_word, in_place = agency or level or word, False, agency is None
        elif word[0][0].isupper():
            found, open_word = word, not in_place and (len(word[0]) == 1 or not word[0].isupper())
        elif open_word:
            found, open_word = word, False
        else:
            break
        end, last = found.end(), word[0]
        following = _next_word(text, end, limit, last if found is word else "")
        if following is None:
            break
        position = following
    return end


def _next_word(text: str, end: int, limit: int, last: str) -> int | None:
    """Where the next word of an agency's name can begin: after a gap, "và", a hyphen, a comma in the name."""
    joint = _JOINT.match(text, end, limit)
    if joint:
        capital = text[joint.end()].isupper()
        return joint.end() if capital and not _ANOTHER.match(text, joint.end(), limit) else None
    comma = _COMMA.match(text, end, limit)
    if comma:
        word = WORD.match(text, comma.end(), limit)
        known = word is not None and (last.lower(), word[0].lower()) in _COMMA_IN_NAME
        return comma.end() if known else None
    dot = _DOT.match(text, end, limit) if last.lower() in _SHORT_LEVELS else None
    if dot:
        capital = text[dot.end()].isupper()
        return dot.end() if capital and not _ANOTHER.match(text, dot.end(), limit) else None
    gap = _GAP_ONLY.match(text, end, limit)
    return gap.end() if gap else None
