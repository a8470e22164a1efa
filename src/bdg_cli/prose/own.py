"""What is surely a cited document's own: its title, and the period that its name holds.

What follows a number may also say what is done with the document, or what of it is meant; a period may be the part of
its time that a report is about, or that of another plan made after it. Of those a document may have many.
"""

from __future__ import annotations

import re
from enum import Enum
from typing import NamedTuple

from bdg_cli.dates import Period, PeriodKind
from bdg_cli.prose.mentions import Citation
from bdg_cli.prose.patterns import GAP, any_of, folded, lazy

_TITLE_OPENERS = ("về ", "ban hành ", "phê duyệt ", "quy định ")
_TITLE_WORDS = 4  # a shorter title is too little to compare
# "gửi kết quả thực hiện Quyết định số … về Sở Nội vụ"
_TO_A_BODY = lazy(
    rf"[Vv]ề{GAP}(?:UBND|HĐND|[ỦU]y ban|Uỷ ban|Hội đồng|Sở|Phòng|Ban|Bộ|Văn phòng|Thường trực|Cục|Chi cục|Hội|Công an|"
    r"Trung tâm|Đảng|Tỉnh|Huyện|cơ quan|đơn vị|địa chỉ|hộp thư|thư điện tử|địa phương)(?!\w)"
)
_ABBREVIATION = lazy(r"(?<!\w)[A-ZĐ&]{3,}(?!\w)")  # another may write it out
# "các chỉ tiêu của Quyết định số … về …": what is said then is what the targets are about.
_OF_ITS_CONTENT = lazy(
    r"(?<!\w)"
    + any_of(
        "chỉ tiêu|mục tiêu|nội dung|quy định|nhiệm vụ|giải pháp|trách nhiệm|mức|chế độ|yêu cầu|chỉ đạo|ý kiến|"
        "tinh thần|hướng dẫn|nguyên tắc|tiêu chí|điều|khoản|mục|phần|phụ lục|biểu mẫu"
    )
    + r"[^.;:\n]{0,60}\Z",
    re.I,
)
_DOCUMENT = lazy(
    rf"(?<!\w){any_of('kế hoạch|chương trình|đề án|dự án|chiến lược|tiêu chí|nghị quyết|quy hoạch|phong trào')}", re.I
)
_CLAUSE = lazy(r"[;:\n]|[.!?](?= )")
_NOT_OF_THE_NAME = lazy(rf"(?<!\w){any_of('trong|đến|đến hết|hết|từ|của|cho|qua|vào|đối với|tại')}\s*\Z", re.I)
_MADE = lazy(
    r"(?<!\w)"
    + any_of(
        "xây dựng|lập|ban hành|soạn|soạn thảo|lồng ghép|cụ thể hóa|cụ thể hoá|điều chỉnh|gia hạn|kéo dài|thay thế|"
        "tiếp nối|kế thừa|phê duyệt"
    ),
    re.I,
)
# What looks back, or shares out, may be of any part of the time; what goes on, of a part from its beginning.
_OF_ANY_PART = lazy(
    r"(?<!\w)"
    + any_of(
        "sơ kết|tổng kết|đánh giá|kết quả|kinh phí|nguồn lực|ngân sách|dự toán|số liệu|tình hình|tiến độ|giữa kỳ|"
        "giữa kì|báo cáo|lộ trình|phân kỳ|năm thực hiện"
    ),
    re.I,
)
_OF_A_BEGINNING = lazy(
    r"(?<!\w)"
    + any_of("kiểm tra|giám sát|việc thực hiện|việc triển khai|rà soát|theo dõi|nhiệm vụ|hoàn thành|đến hết"),
    re.I,
)
_IN_QUOTES = lazy(r"[“\"][^“”\"]*\Z")
_FARTHEST = 300


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


def surely_its_title(text: str, found: Citation) -> bool:
    """Whether what follows a citation surely is the document's title, long enough to compare.

    A document named by its number alone has been named before: then anything may follow.
    """
    title = found.title
    if title is None or not (found.issuer or found.date) or not title.lower().startswith(_TITLE_OPENERS):
        return False
    if len(set(title.lower().split())) < _TITLE_WORDS or _ABBREVIATION().search(title):
        return False
    if not title.lower().startswith("về "):
        return True
    before = max(0, found.start - _FARTHEST)
    return not _TO_A_BODY().match(title) and not _OF_ITS_CONTENT().search(text, before, found.start)


def own_period(text: str, found: Citation) -> OwnPeriod | None:
    """How a citation's period belongs to the document; None where it may be that of something else."""
    if found.period is None or found.period.kind not in {PeriodKind.SPAN, PeriodKind.YEAR}:
        return None
    if found.title is not None and found.title_start <= found.period_start < found.title_end:
        return _in_title(text, found)
    return _before(text, found) if found.period_start < found.start else None


def part_spoken_of(text: str, position: int) -> Part:
    """Of what part of its time the clause before a name may speak: of results, of money, of a review."""
    clause = _clause(text, position)
    if _OF_ANY_PART().search(text, clause, position):
        return Part.ANY
    return Part.BEGINNING if _OF_A_BEGINNING().search(text, clause, position) else Part.NONE


def _in_title(text: str, found: Citation) -> OwnPeriod | None:
    assert found.period is not None
    if found.period.kind is PeriodKind.YEAR and not (found.issuer and found.date):
        return None
    start = found.title_start
    named = _DOCUMENT().search(text, start, found.period_start) if found.kind in {"decision", "resolution"} else None
    own = _named(text, named.start() if named else start, found.period_start, found.start)
    return own._replace(part=Part.NONE) if own and _IN_QUOTES().search(text, start, found.period_start) else own


def _before(text: str, found: Citation) -> OwnPeriod | None:
    clause = _clause(text, found.period_start)
    named = _DOCUMENT().search(text, clause, found.period_start)
    if named is None or _MADE().search(text, clause, named.start()):
        return None
    return _named(text, named.start(), found.period_start, named.start())


def _named(text: str, start: int, end: int, position: int) -> OwnPeriod | None:
    if _NOT_OF_THE_NAME().search(text, start, end):
        return None
    name = " ".join(re.findall(r"\w+", folded(text[start:end]).lower()))
    return OwnPeriod(name, part_spoken_of(text, position))


def _clause(text: str, position: int) -> int:
    """Where the clause begins that goes on at `position`."""
    start = max(0, position - _FARTHEST)
    ends = [match.end() for match in _CLAUSE().finditer(text, start, position)]
    return ends[-1] if ends else start
