"""Reads names of agencies: one by one, as groups ("các sở, ban, ngành"), as lists with a shared head ("các Sở: …")."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from bdg_cli.prose.issuers import end_of_issuer
from bdg_cli.prose.mentions import Agency, start_of
from bdg_cli.prose.patterns import GAP, OPT, any_of, folded

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
_HEAD = re.compile(any_of(f"{_WHOLE}|{_OPENING}"))
_AND = re.compile(rf"{GAP}và{GAP}")
_PHRASE = re.compile(
    GAP
    + any_of(
        "vì sự tiến bộ của phụ nữ|vì sự tiến bộ phụ nữ|mặt trận tổ quốc|tổ quốc|liên hiệp phụ nữ|nhân dân|"
        "bình đẳng giới|thông tin điện tử"
    ),
    re.I,
)
_ACRONYM = re.compile(rf"{GAP}[A-ZĐ]{{2,12}}+(?:[&-][A-ZĐ]{{1,8}}+){{0,4}}(?!\w)")
_NOT_A_NAME = re.compile(rf"Bộ{GAP}(?:luật|tiêu|chỉ{GAP}tiêu|trưởng)|Phòng{GAP}(?:chống|ngừa)|Ban{GAP}hành", re.I)
_LEVEL = f"(?!xã{GAP}hội){any_of('tỉnh|thành phố|tp|thị xã|thị trấn|quận|huyện|phường|đặc khu|xã')}"
_LEVEL_WORD = re.compile(rf"(?<!\w){_LEVEL}", re.I)
_PLACE = re.compile(
    rf"{GAP}(?:các{GAP}cấp(?!\w)|(?P<many>các{GAP})?(?:cấp{GAP})?{_LEVEL}"
    rf"(?P<more>(?:(?:,{OPT}|{OPT}/{OPT}|{GAP}và{GAP})(?:các{GAP})?{_LEVEL}){{1,5}})?)",
    re.I,
)
_PLACE_NAME = re.compile(rf"{GAP}([^\W\d_]+|\d{{1,2}}(?!\w|/|[.,]\d))")
_SHORT_NAMES = {"Huế", "Vinh"}
_LONGEST_NAME = 140  # characters from the head to the place behind a name

# The fields of provincial departments and district offices, for lists: some of them hold a comma or "và".
_FIELD = re.compile(
    any_of(
        "Nội vụ|Tư pháp|Tài chính|Y tế|Công Thương|Xây dựng|Ngoại vụ|Du lịch|Giao thông vận tải|Giáo dục và Đào tạo|"
        "Giáo dục - Đào tạo|Kế hoạch và Đầu tư|Kế hoạch - Đầu tư|Khoa học và Công nghệ|Thông tin và Truyền thông|"
        "Tài nguyên và Môi trường|Nông nghiệp và Môi trường|Nông nghiệp và Phát triển nông thôn|Dân tộc và Tôn giáo|"
        "Văn hóa, Thể thao và Du lịch|Văn hoá, Thể thao và Du lịch|Văn hóa và Thể thao|Văn hoá và Thể thao|"
        "Văn hóa và Thông tin|Văn hoá và Thông tin|Văn hóa - Thông tin|Văn hóa - Xã hội|Tài chính - Kế hoạch|"
        "Lao động - Thương binh và Xã hội|Lao động – Thương binh và Xã hội|Lao động, Thương binh và Xã hội|"
        "Quy hoạch - Kiến trúc|Dân tộc|Kinh tế"
    )
)
_OTHER_FIELD = re.compile(rf"[^\W\d_]+(?:&[^\W\d_]+)?(?:{GAP}(?!và )[^\W\d_]+){{0,4}}+")
_LIST = re.compile(rf"[Cc]ác{GAP}(?P<head>[Ss]ở|[Bb]ộ|[Pp]hòng|[Cc]ục)(?P<colon>{OPT}:)?{GAP}(?=[^\W\d_])")
_INSPECTORATE = re.compile(any_of("Thanh tra"))
_BETWEEN = re.compile(rf"{OPT}[,;]{OPT}(?P<and>và{GAP})?|{GAP}(?P<last>và){GAP}")

# Groups are read in lower case, and from their first word on: such a pattern begins with one of a few letters.
_UNIT = any_of("tỉnh|thành phố|tp|thị xã|thị trấn|quận|huyện|phường|đặc khu|xã")
_PARTS = any_of("ban ngành|ban|ngành|đoàn thể|hội|đơn vị|địa phương|phòng|tổ chức|doanh nghiệp|sở") + f"(?!{GAP}viên)"
_GROUP = re.compile(
    rf"(?:sở|bộ|phòng|ban|cơ quan)(?:(?:,{OPT}{_PARTS}){{1,4}}|{GAP}ngành(?!\w)(?:,{OPT}{_PARTS}){{0,3}})"
    rf"(?:{GAP}và{GAP}{_PARTS})?(?:{GAP}(?:của{GAP})?(?:cấp{GAP})?{_UNIT})?"
    rf"|{_UNIT}(?:(?:,{OPT}|{GAP}và{GAP}){_UNIT}){{1,4}}"
)
_EACH = re.compile(rf"(?<!\w)các{GAP}\Z")
_ONE_OF_THEM = re.compile(rf"(?:,{OPT}|{GAP}và{GAP})\w+\Z")


def agencies(text: str, small: str) -> list[Agency]:
    """Every agency, group and member of a list, in order; of readings that overlap, the one that begins first."""
    found: list[Agency] = []
    end = 0
    for one in sorted(chain(_lists(text), _groups(text, small), _single(text)), key=start_of):
        if one.start >= end:
            found.append(one)
            end = one.end
    return found


def _single(text: str) -> Iterator[Agency]:
    position = 0
    for match in _HEAD.finditer(text):
        if match.start() >= position and not _joined(text, match.start()):
            found = _named(text, match.start(), match.end())
            if found is not None:
                position = found.end
                yield found


def _joined(text: str, start: int) -> bool:
    """Whether what begins at `start` is part of a longer word or of a notation (`KH-UBND`)."""
    before = text[start - 1] if start else " "
    return before.isalnum() or before in "/&_-"


def _named(text: str, start: int, head_end: int) -> Agency | None:
    """The agency whose head stands there; None where the head's word means something else."""
    if folded(text[start:head_end]) in _WHOLE_NAMES:
        end: int | None = head_end
    else:
        end = _end_of_core(text, start, head_end)
    if end is None:
        return None
    core = folded(text[start:end])
    place = _PLACE.match(text, end)
    if place is None:
        return Agency(start, end, core, core)
    group = bool(place["many"] or place["more"] or place[0].split()[0].lower() == "các")
    end = place.end() if group else _end_of_place(text, place.end())
    return Agency(start, end, folded(text[start:end]), core, group)


def _end_of_core(text: str, start: int, head_end: int) -> int | None:
    """Where a name ends, without the place behind it."""
    if _NOT_A_NAME.match(text, start):
        return None
    known = _ACRONYM.match(text, head_end)
    if known is not None:
        return known.end()
    known = _PHRASE.match(text, head_end)
    if known is None and not _capital(text, head_end):
        return None
    reach = min(len(text), start + _LONGEST_NAME)
    level = _LEVEL_WORD.search(text, head_end, reach)
    end = end_of_issuer(text, start, level.start() if level else reach) or 0
    another = next((found for found in _AND.finditer(text, start, end) if _HEAD.match(text, found.end())), None)
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


def _lists(text: str) -> Iterator[Agency]:
    """The members of "các Sở: Tài chính, Nội vụ, Y tế và Công an tỉnh"."""
    for match in _LIST.finditer(text):
        members = list(_members(text, match))
        if match["colon"] or len(members) > 1:
            yield from members


def _members(text: str, match: re.Match[str]) -> Iterator[Agency]:
    head = match["head"][0].upper() + match["head"][1:]
    position, start, last = match.end(), match.start("head") if not match["colon"] else match.end(), False
    for _ in range(30):
        found = _member(text, position, head, last)
        if found is None:
            return
        yield Agency(start, found.end, found.name, found.core, found.group, found.under)
        between = _BETWEEN.match(text, found.end)
        if between is None:
            return
        position = start = between.end()
        last = bool(between["and"] or between["last"])


def _member(text: str, position: int, head: str, last: bool) -> Agency | None:
    """The member that begins there; one with a head of its own behind "và" stands beside the list, not in it."""
    own = _HEAD.match(text, position) or _INSPECTORATE.match(text, position)
    if own is not None:
        found = _named(text, position, own.end())
        end, name = (found.end, found.name) if found else (own.end(), folded(own[0]))
        core, group = (found.core, found.group) if found else (name, False)
        return Agency(position, end, name, core, group, None if last else head)
    field = _FIELD.match(text, position) or _OTHER_FIELD.match(text, position)
    if field is None or not field[0][0].isupper():
        return None
    name = f"{head} {folded(field[0])}"
    return Agency(position, field.end(), name, name, False, head)


def _groups(text: str, small: str) -> Iterator[Agency]:
    """`các sở, ban, ngành, đoàn thể tỉnh`, `các huyện, thị xã, thành phố`."""
    for match in _GROUP.finditer(small):
        start, end = match.span()
        if _joined(text, start) or small.startswith("cán", start - 4):
            continue
        each = _EACH.search(small, max(0, start - 30), start)
        start = each.start() if each else start
        last = _ONE_OF_THEM.search(text, start, end)
        if last and text[end - 1 : end].islower() and last[0].split()[-1][0].isupper() and _capital(text, end):
            end = last.start()  # "các cơ quan, đơn vị, | Ban Vì sự tiến bộ …"
        name = folded(text[start:end])
        yield Agency(start, end, name, name, group=True)


def _capital(text: str, position: int) -> bool:
    return text[position : position + 24].lstrip(" ")[:1].isupper()
