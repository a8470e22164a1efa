"""Reads the names of agencies, one by one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bdg_cli.prose.issuers import end_of_issuer
from bdg_cli.prose.mentions import Agency
from bdg_cli.prose.patterns import GAP, LEVEL, OPT, any_of, folded

# Words that are an agency by themselves, with a place behind them at most.
_WHOLE = (
    "UBND|HĐND|Ủy ban nhân dân|Uỷ ban nhân dân|Ủy ban Nhân dân|Uỷ ban Nhân dân|Hội đồng nhân dân|Hội đồng Nhân dân|"
    "Công an|Chính phủ|Thủ tướng Chính phủ|Quốc hội|Thanh tra Chính phủ|Thanh tra tỉnh|Thanh tra thành phố|"
    "Tỉnh ủy|Tỉnh uỷ|Thành ủy|Thành uỷ|Huyện ủy|Huyện uỷ|Quận ủy|Quận uỷ|Thị ủy|Thị uỷ|Đảng ủy|Đảng uỷ|"
    "Tỉnh đoàn|Thành đoàn|Huyện đoàn|MTTQ|UBMTTQ|LĐLĐ|Văn phòng UBND|Văn phòng HĐND và UBND|Văn phòng HĐND - UBND|"
    "Văn phòng Hội đồng nhân dân và Ủy ban nhân dân|Văn phòng Ủy ban nhân dân"
)
# Words that open a name: a capital, or a known phrase, goes on with it.
_OPENING = (
    "Sở|Bộ|Phòng|Ban|Cục|Chi cục|Tổng cục|Vụ|Hội|Liên đoàn|Đoàn|Đài|Báo|Trung tâm|Viện|Văn phòng|Kho bạc|Ngân hàng|"
    "Cổng|Tòa án|Toà án|Viện kiểm sát|Bảo hiểm xã hội|Mặt trận|Ủy ban|Uỷ ban"
)
_WHOLE_NAMES = frozenset(_WHOLE.split("|"))
# Without a look behind it, so that it begins with letters: a search for one of a few letters is quick.
HEAD = re.compile(any_of(f"{_WHOLE}|{_OPENING}"))
_AND = re.compile(rf"{GAP}và{GAP}")
_PHRASE = re.compile(
    GAP
    + any_of(
        "vì sự tiến bộ của phụ nữ|vì sự tiến bộ phụ nữ|mặt trận tổ quốc|tổ quốc|liên hiệp phụ nữ|nhân dân|"
        "bình đẳng giới|thông tin điện tử"
    )
)
_ACRONYM = re.compile(rf"{GAP}[A-ZĐ]{{2,12}}+(?:[&-][A-ZĐ]{{1,8}}+){{0,4}}(?!\w)")
# In lower case, as the patterns from here on: those that ignore case take long to compile.
_NOT_A_NAME = re.compile(rf"bộ{GAP}(?:luật|tiêu|chỉ{GAP}tiêu|trưởng)|phòng{GAP}(?:chống|ngừa)|ban{GAP}hành")
_NO_LEVEL = rf"(?!{GAP}(?:hội|ủy|uỷ|đoàn)(?!\w))"  # “xã hội”, “Ban Tổ chức Tỉnh ủy”
_LEVEL_WORD = re.compile(rf"(?<!\w){LEVEL}{_NO_LEVEL}")
_PLACE = re.compile(
    rf"{GAP}(?:các{GAP}cấp(?!\w)|(?P<many>các{GAP})?(?:cấp{GAP})?{LEVEL}{_NO_LEVEL}"
    rf"(?P<more>(?:(?:,{OPT}|{OPT}/{OPT}|{GAP}và{GAP})(?:các{GAP})?{LEVEL}){{1,5}})?)"
)
_PLACE_NAME = re.compile(rf"{GAP}([^\W\d_]+|\d{{1,2}}(?!\w|/|[.,]\d))")
_SHORT_NAMES = {"Huế", "Vinh"}
_LONGEST_NAME = 140  # characters from the head to the place behind a name


def bodies(text: str, small: str) -> Iterator[Agency]:
    """Every single agency by its own name, in order; `small` is the text in lower case."""
    position = 0
    for match in HEAD.finditer(text):
        if match.start() >= position and not is_part(text, match.start()):
            found = named(text, small, match.start(), match.end())
            if found is not None:
                position = found.end
                yield found


def is_part(text: str, start: int) -> bool:
    """Whether what begins at `start` is part of a longer word or of a notation (`KH-UBND`)."""
    before = text[start - 1] if start else " "
    return before.isalnum() or before in "/&_-"


def named(text: str, small: str, start: int, head_end: int) -> Agency | None:
    """The agency whose head stands there; None where the head's word means something else."""
    if folded(text[start:head_end]) in _WHOLE_NAMES:
        end: int | None = head_end
    else:
        end = _end_of_core(text, small, start, head_end)
    if end is None:
        return None
    core = folded(text[start:end])
    place = _PLACE.match(small, end)
    if place is None:
        return Agency(start, end, core, core)
    group = bool(place["many"] or place["more"] or place[0].split()[0] == "các")
    end = place.end() if group else _end_of_place(text, place.end())
    return Agency(start, end, folded(text[start:end]), core, group)


def _end_of_core(text: str, small: str, start: int, head_end: int) -> int | None:
    """Where a name ends, without the place behind it."""
    if _NOT_A_NAME.match(small, start):
        return None
    known = _ACRONYM.match(text, head_end)
    if known is not None:
        return known.end()
    known = _PHRASE.match(small, head_end)
    if known is None and not begins_large(text, head_end):
        return None
    reach = min(len(text), start + _LONGEST_NAME)
    level = _LEVEL_WORD.search(small, head_end, reach)
    end = end_of_issuer(text, start, level.start() if level else reach) or 0
    another = next((found for found in _AND.finditer(text, start, end) if HEAD.match(text, found.end())), None)
    end = _without_verb(text, head_end, another.start() if another else end)
    end = max(end, known.end() if known else 0)
    return end if end > head_end else None


def _without_verb(text: str, start: int, end: int) -> int:
    """The end without a small word behind two capitals: they were the whole of a name ("Báo Trà Vinh | đăng")."""
    words = text[start:end].split()
    if len(words) > 2 and words[-1][0].islower() and words[-2][0].isupper() and words[-3][0].isupper():
        return text.rindex(words[-2], start, end) + len(words[-2])
    return end


def _end_of_place(text: str, end: int) -> int:
    """Where the proper name of a place ends that begins behind its level word."""
    words: list[re.Match[str]] = []
    for _ in range(4):
        word = _PLACE_NAME.match(text, words[-1].end() if words else end)
        if word is None or not (word[1][0].isupper() or word[1].isdigit()):
            break
        words.append(word)
    if len(words) == 1 and words[0][1].isalpha() and _PLACE_NAME.match(text, words[0].end()):
        return words[0].end() if words[0][1] in _SHORT_NAMES else end  # "thành phố | Thực hiện …"
    return words[-1].end() if words else end


def begins_large(text: str, position: int) -> bool:
    """Whether the next word begins with a capital."""
    return text[position : position + 24].lstrip(" ")[:1].isupper()
