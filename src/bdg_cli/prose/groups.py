"""Reads groups of agencies ("các sở, ban, ngành") and lists with a shared head ("các Sở: Tài chính, Nội vụ")."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain

from bdg_cli.prose.agencies import HEAD, begins_large, is_part, named
from bdg_cli.prose.mentions import Agency, start_of
from bdg_cli.prose.patterns import GAP, LEVEL, LEVELS, OPT, any_of, begun, folded

# The fields of provincial departments and district offices, for lists: some of them hold a comma or "và".
_FIELDS = (
    "Nội vụ|Tư pháp|Tài chính|Y tế|Công Thương|Xây dựng|Ngoại vụ|Du lịch|Giao thông vận tải|Giáo dục và Đào tạo|"
    "Giáo dục - Đào tạo|Kế hoạch và Đầu tư|Kế hoạch - Đầu tư|Khoa học và Công nghệ|Thông tin và Truyền thông|"
    "Tài nguyên và Môi trường|Nông nghiệp và Môi trường|Nông nghiệp và Phát triển nông thôn|Dân tộc và Tôn giáo|"
    "Văn hóa, Thể thao và Du lịch|Văn hoá, Thể thao và Du lịch|Văn hóa và Thể thao|Văn hoá và Thể thao|"
    "Văn hóa và Thông tin|Văn hoá và Thông tin|Văn hóa - Thông tin|Văn hóa - Xã hội|Tài chính - Kế hoạch|"
    "Lao động - Thương binh và Xã hội|Lao động – Thương binh và Xã hội|Lao động, Thương binh và Xã hội|"
    "Quy hoạch - Kiến trúc|Dân tộc|Kinh tế"
)
_LONGEST_FIELD = 60  # characters, with gaps
_OTHER_FIELD = re.compile(rf"[^\W\d_]+(?:&[^\W\d_]+)?(?:{GAP}(?!và )[^\W\d_]+){{0,4}}+")
_LIST = re.compile(rf"[Cc]ác{GAP}(?P<head>[Ss]ở|[Bb]ộ|[Pp]hòng|[Cc]ục)(?P<colon>{OPT}:)?{GAP}(?=[^\W\d_])")
_INSPECTORATE = re.compile(any_of("Thanh tra"))
_BETWEEN = re.compile(rf"{OPT}(?:,|(?P<stop>;)){OPT}(?P<and>và{GAP})?|{GAP}(?P<last>và){GAP}")

# Groups are read in lower case, those of agencies apart from those of levels: each pattern begins with a letter.
_PARTS = any_of("ban ngành|ban|ngành|đoàn thể|hội|đơn vị|địa phương|phòng|tổ chức|doanh nghiệp|sở") + f"(?!{GAP}viên)"
_OF_AGENCIES = re.compile(
    begun("sở|bộ|phòng|ban|cơ quan")
    + rf"(?:(?:,{OPT}{_PARTS}){{1,4}}|{GAP}ngành(?!\w)(?:,{OPT}{_PARTS}){{0,3}})"
    + rf"(?:{GAP}và{GAP}{_PARTS})?(?:{GAP}(?:của{GAP})?(?:cấp{GAP})?{LEVEL})?"
)
_OF_LEVELS = re.compile(begun(LEVELS) + rf"(?:(?:,{OPT}|{GAP}và{GAP}){LEVEL}){{1,4}}")
_EACH = re.compile(rf"(?<!\w)các{GAP}\Z")
_ONE_OF_THEM = re.compile(rf"(?:,{OPT}|{GAP}và{GAP})\w+\Z")


def with_groups(text: str, small: str, single: Iterable[Agency]) -> list[Agency]:
    """Single agencies, groups and members of lists in order; of those that overlap, the one that begins first."""
    found: list[Agency] = []
    end = 0
    for one in sorted(chain(_lists(text, small), _groups(text, small), single), key=start_of):
        if one.start >= end:
            found.append(one)
            end = one.end
    return found


def _lists(text: str, small: str) -> Iterator[Agency]:
    """The members of "các Sở: Tài chính, Nội vụ, Y tế và Công an tỉnh"."""
    for match in _LIST.finditer(text):
        members = list(_members(text, small, match))
        if match["colon"] or len(members) > 1:
            yield from members


def _members(text: str, small: str, match: re.Match[str]) -> Iterator[Agency]:
    """The members. One with a head of its own is not called what the list's head says, but stands `beside` the list,
    behind "và" or ";", or with its full name, or where no colon opens the list, behind all that belong to it.
    """
    found = list(_listed(text, small, match))
    last = max((at for at, (one, _) in enumerate(found) if one.under), default=-1)
    beside = False
    for at, (one, apart) in enumerate(found):
        if one.under is None:
            full = one.name != one.core
            closed = full and at > last if match["colon"] else full or at > last
            beside = beside or apart or closed
            yield one if beside else one._replace(under=_head(match))
        else:
            yield one


def _head(match: re.Match[str]) -> str:
    return match["head"][0].upper() + match["head"][1:]


def _listed(text: str, small: str, match: re.Match[str]) -> Iterator[tuple[Agency, bool]]:
    """What is listed, under the head of the list unless it has one of its own; whether "và" or a ";" comes before."""
    position, start, apart, stopped = (
        match.end(),
        match.start("head") if not match["colon"] else match.end(),
        False,
        False,
    )
    for _ in range(30):
        found = _member(text, small, position, _head(match))
        if found is None:
            return
        yield found._replace(start=start), apart or stopped
        between = _BETWEEN.match(text, found.end)
        if between is None:
            return
        position = start = between.end()
        apart = bool(between["and"] or between["last"])
        stopped = stopped or bool(between["stop"])


def _member(text: str, small: str, position: int, head: str) -> Agency | None:
    """The member that begins there: a field under the head of the list, or a body with a head of its own."""
    own = HEAD.match(text, position) or _INSPECTORATE.match(text, position)
    if own is not None:
        found = named(text, small, position, own.end())
        end, name = (found.end, found.name) if found else (own.end(), folded(own[0]))
        core, group = (found.core, found.group) if found else (name, False)
        return Agency(position, end, name, core, group)
    last = _end_of_field(text, position)
    if last is None or not text[position].isupper():
        return None
    name = f"{head} {folded(text[position:last])}"
    return Agency(position, last, name, name, False, head)


def _end_of_field(text: str, position: int) -> int | None:
    """Where a field ends that begins there: a known one, the longest, else a few words."""
    ahead = text[position : position + _LONGEST_FIELD]
    words = " ".join(ahead.split())
    known = [field for field in _FIELDS.split("|") if words.startswith(field)]
    known = [field for field in known if not words[len(field) : len(field) + 1].isalnum()]
    if known:
        end = 0
        for word in max(known, key=len).split():
            end = ahead.index(word, end) + len(word)
        return position + end
    other = _OTHER_FIELD.match(text, position)
    return other.end() if other else None


def _groups(text: str, small: str) -> Iterator[Agency]:
    """`các sở, ban, ngành, đoàn thể tỉnh`, `các huyện, thị xã, thành phố`."""
    for match in chain(_OF_AGENCIES.finditer(small), _OF_LEVELS.finditer(small)):
        start, end = match.span()
        if is_part(text, start) or small.startswith("cán", start - 4):
            continue
        each = _EACH.search(small, max(0, start - 30), start)
        start = each.start() if each else start
        last = _ONE_OF_THEM.search(text, start, end)
        if last and text[end - 1 : end].islower() and last[0].split()[-1][0].isupper() and begins_large(text, end):
            end = last.start()  # "các cơ quan, đơn vị, | Ban Vì sự tiến bộ …"
        name = folded(text[start:end])
        yield Agency(start, end, name, name, group=True)
