"""What is surely a cited document's own: its title, and the period that its name holds.

What follows a number may also say what is done with the document, or what of it is meant; a period may be the part of
its time that a report is about, or that of another plan made after it. Of those a document may have many.

Texts are in lower case here, and words are looked for as they stand: each place is a clause at most, and patterns of so
many words would take longer to compile than to search it.
"""

from __future__ import annotations

import re
from enum import Enum
from typing import NamedTuple

from bdg_cli.dates import Period, PeriodKind
from bdg_cli.prose.mentions import Citation


def _each(phrases: str) -> tuple[str, ...]:
    return tuple(phrases.split("|"))


_TITLE_OPENERS = ("về ", "ban hành ", "phê duyệt ", "quy định ")
_TITLE_WORDS = 4  # a shorter title is too little to compare
_ABBREVIATION = 3  # capitals in a row: another may write them out
# "gửi kết quả thực hiện Quyết định số … về Sở Nội vụ"
_BODIES = _each(
    "ubnd|hđnd|ủy ban|uỷ ban|hội đồng|sở|phòng nội|phòng lao|phòng văn|phòng y|phòng tư|phòng giáo|ban chỉ|ban vì|bộ|"
    "văn phòng|thường trực|cục|chi cục|hội liên|công an|trung tâm|đảng ủy|tỉnh|huyện|cơ quan|đơn vị|địa chỉ|hộp thư|"
    "thư điện tử|địa phương"
)
_TO_A_BODY = tuple(f"về {body} " for body in _BODIES)
# "các chỉ tiêu của Quyết định số … về …": what is said then is what the targets are about.
_CONTENT = _each(
    "chỉ tiêu|mục tiêu|nội dung|quy định|nhiệm vụ|giải pháp|trách nhiệm|mức|chế độ|yêu cầu|chỉ đạo|ý kiến|tinh thần|"
    "hướng dẫn|nguyên tắc|tiêu chí|điều|khoản|mục|phần|phụ lục|biểu mẫu"
)
_NEAR = 60
_DOCUMENTS = _each("kế hoạch|chương trình|đề án|dự án|chiến lược|tiêu chí|nghị quyết|quy hoạch|phong trào")
_ENACTING = {"decision", "resolution"}  # what is enacted bears the name, not the act
_NOT_OF_THE_NAME = {"trong", "đến", "hết", "từ", "của", "cho", "qua", "vào", "với", "tại"}
_MADE = _each(
    "xây dựng|lập|ban hành|soạn|soạn thảo|lồng ghép|cụ thể hóa|cụ thể hoá|điều chỉnh|gia hạn|kéo dài|thay thế|tiếp nối|"
    "kế thừa|phê duyệt"
)
# What looks back, or shares out, may be of any part of the time; what goes on, of a part from its beginning.
_OF_ANY_PART = _each(
    "sơ kết|tổng kết|đánh giá|kết quả|kinh phí|nguồn lực|ngân sách|dự toán|số liệu|tình hình|tiến độ|giữa kỳ|giữa kì|"
    "báo cáo|lộ trình|phân kỳ|năm thực hiện"
)
_OF_A_BEGINNING = _each("kiểm tra|giám sát|việc thực hiện|việc triển khai|rà soát|theo dõi|nhiệm vụ|hoàn thành|đến hết")
_FARTHEST = 300
_WORD = re.compile(r"\w+")


class Part(Enum):
    """Of what part of a document's time a clause may speak, rather than of all of it."""

    NONE = 0
    BEGINNING = 1
    ANY = 2

    def may_be(self, period: Period, whole: Period) -> bool:
        """Whether a period may be the part that is spoken of, of a document's own."""
        if self is Part.NONE or not whole.contains(period):
            return False
        return self is Part.ANY or period.start == whole.start


class OwnPeriod(NamedTuple):
    """The name that holds a citation's period, and of what part of its time the sentence may speak."""

    name: str
    part: Part


def surely_its_title(small: str, found: Citation) -> bool:
    """Whether what follows a citation surely is the document's title, long enough to compare.

    A document named by its number alone has been named before: then anything may follow.
    """
    if found.title is None or not (found.issuer or found.date):
        return False
    title = found.title.lower()
    if not title.startswith(_TITLE_OPENERS) or len(set(title.split())) < _TITLE_WORDS:
        return False
    if any(len(word) >= _ABBREVIATION and word.isupper() for word in _WORD.findall(found.title)):
        return False
    if not title.startswith("về "):
        return True
    return not title.startswith(_TO_A_BODY) and not _holds(small[max(0, found.start - _NEAR) : found.start], _CONTENT)


def own_period(small: str, found: Citation) -> OwnPeriod | None:
    """How a citation's period belongs to the document; None where it may be that of something else."""
    if found.period is None or found.period.kind not in {PeriodKind.SPAN, PeriodKind.YEAR}:
        return None
    if found.title is not None and found.title_start <= found.period_start < found.title_end:
        return _in_title(small, found, found.period.kind)
    return _before(small, found) if found.period_start < found.start else None


def part_spoken_of(small: str, position: int) -> Part:
    """Of what part of its time the clause before a name may speak: of results, of money, of a review."""
    clause = small[_clause(small, position) : position]
    if _holds(clause, _OF_ANY_PART):
        return Part.ANY
    return Part.BEGINNING if _holds(clause, _OF_A_BEGINNING) else Part.NONE


def _in_title(small: str, found: Citation, kind: PeriodKind) -> OwnPeriod | None:
    if kind is PeriodKind.YEAR and not (found.issuer and found.date):
        return None
    start, end = found.title_start, found.period_start
    own = _named(small, (_document(small, start, end) if found.kind in _ENACTING else None) or start, end, found.start)
    quoted = max(small.rfind(sign, start, end) for sign in '“"') > small.rfind("”", start, end)
    return own._replace(part=Part.NONE) if own is not None and quoted else own


def _before(small: str, found: Citation) -> OwnPeriod | None:
    clause = _clause(small, found.period_start)
    start = _document(small, clause, found.period_start)
    if start is None or _holds(small[clause:start], _MADE):
        return None
    return _named(small, start, found.period_start, start)


def _named(small: str, start: int, end: int, position: int) -> OwnPeriod | None:
    name = _WORD.findall(small[start:end])
    if not name or name[-1] in _NOT_OF_THE_NAME:
        return None
    return OwnPeriod(" ".join(name), part_spoken_of(small, position))


def _document(small: str, start: int, end: int) -> int | None:
    """Where the name of a document begins: the first in a stretch of text."""
    places = [place for word in _DOCUMENTS if (place := small.find(word, start, end)) >= 0]
    return min(places, default=None)


def _clause(small: str, position: int) -> int:
    """Where the clause begins that goes on at `position`."""
    floor = max(0, position - _FARTHEST)
    return max(floor, *(small.rfind(sign, floor, position) + 1 for sign in (";", ":", "\n", ". ")))


def _holds(text: str, phrases: tuple[str, ...]) -> bool:
    """Whether one of the phrases stands there, in whole words."""
    spaced = f" {' '.join(_WORD.findall(text))} "
    return any(f" {phrase} " in spaced for phrase in phrases)
