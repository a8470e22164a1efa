"""Reads what a text says of a figure: `tỷ lệ … năm 2023 đạt 48,2%, chưa đạt mục tiêu`.

Only where it is certain what is meant. The figure is called by its full name; between the name and the number stand
words that do nothing but join them; nothing before the name makes it an aim, another area or a change. Everything
else is passed over: a statement that is missed costs less than one that is misread.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from bdg_cli.dates import Period, PeriodKind
from bdg_cli.prose.amounts import amount_at, unit_follows
from bdg_cli.prose.patterns import GAP, OPT, STOP_DIGITS, YEAR, any_of, level, lower
from bdg_cli.prose.periods import Periods

_END_OF_CLAUSE = re.compile(r"[;\n]|\.(?=\s|\Z)")
_YEAR_ALONE = re.compile(rf"(?<!\w)(?:cuối{GAP})?năm{GAP}(?P<year>{YEAR}){STOP_DIGITS}", re.IGNORECASE)
# Before the name: words that make it an aim, a change or somebody else's figure.
_NOT_A_RESULT = re.compile(
    r"(?<!\w)"
    + any_of(
        "phấn đấu|mục tiêu|chỉ tiêu|đến năm|đến cuối|đến hết|dự kiến|nâng|tăng|giảm|kế hoạch|giao|bảo đảm|đảm bảo|"
        "duy trì|yêu cầu|ít nhất|tối thiểu|cả nước|toàn quốc|trung ương|huyện|quận|thị xã|xã|phường|thành phố|khu vực|"
        "trừ|nếu|không tính|so với|hằng năm|hàng năm|mỗi năm|bình quân"
    ),
    re.IGNORECASE,
)
_AIM = rf"{GAP}{any_of('mục tiêu|chỉ tiêu')}"
_REACHED = rf"(?:đã{GAP})?(?:đạt{GAP}và{GAP}vượt|vượt(?:{GAP}mức)?|đạt){_AIM}"
_MISSED = rf"(?:vẫn{GAP})?(?:chưa|không){GAP}đạt(?:{GAP}được)?{_AIM}"
_CLAIM = re.compile(rf"{OPT}[,)]?{OPT}(?:(?P<reached>{_REACHED})|(?P<missed>{_MISSED}))", re.IGNORECASE)
_LINK = re.compile(
    rf"(?:{OPT}[,(:]?{OPT}(?!{_REACHED}|{_MISSED})"
    + any_of(
        "là|đạt|đạt được|đã đạt|đã đạt được|ước|ước đạt|mới đạt|chỉ đạt|chiếm|chiếm tỷ lệ|ở mức|còn|còn ở mức|tăng lên|"
        "đã tăng lên|giảm còn|giảm xuống còn|đã giảm còn|đã giảm xuống còn|trong|của tỉnh|toàn tỉnh|trên địa bàn tỉnh|"
        "trong kỳ|trong kỳ báo cáo|đã|mới|chỉ"
    )
    + rf"){{0,6}}{OPT}[,(:]?{OPT}",
    re.IGNORECASE,
)
# Behind the number: a share of something else than the figure.
_OF_SOMETHING = re.compile(
    rf"{OPT}{any_of('so với|kế hoạch|mục tiêu|chỉ tiêu|dự toán|điểm|của|trong số|trong tổng số')}", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Statement:
    """What is said of one figure: its value, or that it reaches (does not reach) its target, or both.

    `value` is None where no number is given, `reached` None where nothing is said of the target, `period` None where
    none is named.
    """

    start: int
    end: int
    subject: str
    value: Decimal | None
    places: int
    reached: bool | None
    period: Period | None


class Subjects:
    """Names of figures, each with its unit, to be looked for in many texts."""

    def __init__(self, units: Mapping[str, str]) -> None:
        self._sought = [(" ".join(name.lower().split()), name, unit) for name, unit in units.items()]

    def statements(self, text: str) -> tuple[Statement, ...]:
        """What a text says of these figures."""
        flat = level(text)
        short = " ".join(flat.lower().split())
        mentioned = [(name, unit) for small, name, unit in self._sought if small in short]
        if not mentioned:
            return ()
        reading = _Reading(flat)
        found = [one for name, unit in mentioned for one in reading.of(name, unit)]
        return tuple(sorted(found, key=lambda one: one.start))


class _Reading:
    """One text, with its clauses, its periods, and itself with the periods blanked out."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._small = lower(text)
        self._starts = [0, *(end.end() for end in _END_OF_CLAUSE.finditer(text))]
        self._periods = _periods(text)
        signs = list(text)
        for start, end, _ in self._periods:
            signs[start:end] = " " * (end - start)
        self._masked = "".join(signs)

    def of(self, name: str, unit: str) -> Iterator[Statement]:
        """What is said of one figure."""
        for match in _pattern(name.lower()).finditer(self._small):
            begin = self._starts[bisect_right(self._starts, match.start()) - 1]
            link = _LINK.match(self._masked, match.end())
            if link is None or _NOT_A_RESULT.search(self.text, begin, match.start()):
                continue
            named = {period for start, _, period in self._periods if begin <= start < link.end()}
            said = _said(self._masked, link.end(), unit)
            if said is not None and len(named) <= 1:
                start, end, value, places, reached = said
                start = match.start() if value is None else start
                yield Statement(start, end, name, value, places, reached, next(iter(named), None))


def _said(text: str, position: int, unit: str) -> tuple[int, int, Decimal | None, int, bool | None] | None:
    """Place, value, its decimals and the claim of what stands at `position`; None where it is no such thing."""
    quantity = amount_at(text, position)
    if quantity is None:
        claim = _CLAIM.match(text, position)
        return (position, claim.end(), None, 0, claim["reached"] is not None) if claim else None
    end = unit_follows(text, quantity.end, unit)
    if end < 0 or _OF_SOMETHING.match(text, end):
        return None
    claim = _CLAIM.match(text, end)
    reached = claim["reached"] is not None if claim else None
    return quantity.start, end, quantity.value, quantity.places, reached


def _periods(text: str) -> list[tuple[int, int, Period]]:
    """Start, end and value of each period that the text names, and of each year that stands alone."""
    found = [(one.start, one.end, one.period) for one in Periods(lower(text)).all]
    for match in _YEAR_ALONE.finditer(text):
        if not any(start < match.end() and match.start() < end for start, end, _ in found):
            year = int(match["year"])
            found.append((match.start(), match.end(), Period(PeriodKind.YEAR, year, 0, year)))
    return found


@cache
def _pattern(name: str) -> re.Pattern[str]:
    words = GAP.join(map(re.escape, name.split()))
    return re.compile(rf"(?<!\w){words}(?!\w)")
