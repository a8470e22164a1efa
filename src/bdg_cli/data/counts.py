"""Counts added up: what may be added, and the one figure that comes of several. Rates are never averaged. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from bdg_cli.data.observations import FigureStatus, Observation, Sex
from bdg_cli.dates import ADMINISTRATIVE, Period
from bdg_cli.models.located import Term
from bdg_cli.models.registry import Count, Definition, Indicator, IndicatorKind

# An average of two parts is not their sum; but the average population of a province is that of its communes together.
_NOT_COUNTED = re.compile(r"[/%]|(?<!dân số )(?:trung bình|bình quân)", re.IGNORECASE)
_THOUSANDS = re.compile(r"nghìn|ngàn|triệu", re.IGNORECASE)
_ILLUSTRATIVE = "minh họa"


class Way(Term):
    """How a figure came about."""

    ROW = ("row", "ghi trong dữ liệu")
    SEXES = ("sexes", "cộng nam, nữ")
    SAME_END = ("same-end", "lấy kỳ ngắn hơn có cùng ngày cuối")
    PERIODS = ("periods", "cộng các kỳ bên trong")
    MERGED = ("merged", "cộng các địa bàn đã nhập lại")
    BELOW = ("below", "cộng các địa bàn trực thuộc")


@dataclass(frozen=True, slots=True)
class Figure:
    """The figure that counts, with the row it comes from. `value` is unrounded, None unless ordinary.

    Of a sum, `row` holds the added counts and stands where the first of `parts` does.
    """

    row: Observation
    value: Decimal | None
    window: str = ADMINISTRATIVE
    definition: Definition | None = None
    way: Way = Way.ROW
    parts: tuple[Figure, ...] = ()

    @property
    def status(self) -> FigureStatus:
        """Ordinary, or why there is no value."""
        return self.row.status

    @property
    def period(self) -> Period:
        """The period it is for."""
        return self.row.period

    @property
    def known(self) -> bool:
        """Whether it has a value."""
        return self.value is not None

    @property
    def estimate(self) -> bool:
        """Whether it is an estimate: said so, or cut off before its window has closed (design.md 2)."""
        if self.parts:
            return any(part.estimate for part in self.parts)
        row = self.row
        return row.vintage.value == "estimate" or (
            row.cutoff is not None and row.cutoff < row.period.window(self.window)[1]
        )

    @property
    def rows(self) -> tuple[Observation, ...]:
        """The rows of the data that it rests on."""
        return tuple(row for part in self.parts for row in part.rows) if self.parts else (self.row,)

    @property
    def illustrative(self) -> bool:
        """Whether some row it rests on is made up to show how bdg works."""
        return any(says_illustrative(row.source) for row in self.rows)


def says_illustrative(source: str) -> bool:
    """Whether a row's source says that the figure is made up to show how bdg works."""
    return _ILLUSTRATIVE in source.lower()


def adds_up(counted: Count | None) -> bool:
    """Whether a column is a count: hours a week and averages are not. Where the registry is silent it is one."""
    return counted is None or not (_is_no_count(counted.unit or "") or _is_no_count(counted.name))


@lru_cache(maxsize=1000)  # of every figure that may be a sum
def _is_no_count(words: str) -> bool:
    return _NOT_COUNTED.search(words) is not None


def is_in_whole_units(counted: Count | None) -> bool:
    """Whether a column counts people or things one by one, so that a fraction of one cannot be."""
    return counted is not None and bool(counted.unit) and adds_up(counted) and not is_in_thousands(counted)


def is_in_thousands(counted: Count | None) -> bool:
    """Whether a column counts in thousands or millions: it is rounded already."""
    return counted is not None and _THOUSANDS.search(counted.unit or "") is not None


def is_summable(definition: Definition | None) -> bool:
    """Whether figures under a definition can be added: all that it counts are counts."""
    if definition is None or (definition.numerator is None and definition.denominator is None):
        return False
    return adds_up(definition.numerator) and adds_up(definition.denominator)


def is_plain_count(indicator: Indicator, definition: Definition | None) -> bool:
    """Whether an indicator counts what arises in a period and divides it by nothing: its half-year is half a result."""
    without = definition is None or definition.denominator is None
    return indicator.kind is IndicatorKind.FLOW and without and not indicator.qualitative


def adds_over_time(indicator: Indicator, definition: Definition | None) -> bool:
    """Whether a year is the sum of its halves: everything counted arises within the period."""
    if definition is None or not is_summable(definition):
        return False
    counts = [counted for counted in (definition.numerator, definition.denominator) if counted is not None]
    return all((counted.kind or indicator.kind) is IndicatorKind.FLOW for counted in counts)


def measured(row: Observation, definition: Definition | None) -> Decimal | None:
    """The value of a row under a definition, unrounded; None where it has none."""
    if row.status is not FigureStatus.ORDINARY:
        return None
    factor = definition.factor if definition else Decimal(1)
    if definition is not None and definition.numerator is not None and definition.denominator is None:
        return row.value if row.numerator is None else row.numerator * factor
    return row.rate(factor)


def total(
    parts: Sequence[Figure], way: Way, definition: Definition, area: str, period: Period
) -> Figure | None:  # fmt: skip
    """The figure of several by their counts; None where one of them has no count, or their windows differ."""
    windows = {part.window for part in parts}
    if not parts or len(windows) > 1 or any(part.definition is not definition for part in parts):
        return None
    columns = ("numerator", "denominator") if definition.denominator is not None else ("value",)
    sums: dict[str, Decimal] = {}
    for column in columns:
        counts = [_count(part, column) for part in parts]
        if None in counts:
            return None
        sums[column] = sum((entry for entry in counts if entry is not None), Decimal(0))
    row = _added(parts, sums, area, period)
    return Figure(row, measured(row, definition), windows.pop(), definition, way, tuple(parts))


def _count(part: Figure, column: str) -> Decimal | None:
    """A count of a figure; zero where nothing arose."""
    row = part.row
    written = {"numerator": row.numerator, "denominator": row.denominator, "value": part.value}[column]
    if part.status is FigureStatus.NONE:
        return written or Decimal(0)
    return written if part.status is FigureStatus.ORDINARY else None


def _added(parts: Sequence[Figure], sums: dict[str, Decimal], area: str, period: Period) -> Observation:
    """One row for the sum: as final as the least final of its parts, as new as the newest."""
    first = parts[0].row
    rows = [part.row for part in parts]
    nothing = all(part.status is FigureStatus.NONE for part in parts) or sums.get("denominator") == 0
    days = [row.as_of or date.min for row in rows]
    made_up = any(part.illustrative for part in parts)
    source = f"{'Số liệu minh họa, không phải số thật; ' if made_up else ''}cộng từ {len(parts)} số liệu"
    return first._replace(
        area=area, period=period, sex=Sex.ALL, group="",
        numerator=sums.get("numerator"), denominator=sums.get("denominator"), value=sums.get("value"),
        status=FigureStatus.NONE if nothing else FigureStatus.ORDINARY,
        vintage=min((row.vintage for row in rows), key=lambda vintage: vintage.rank),
        cutoff=None, as_of=max(days) if min(days) > date.min else None, source=source, note="",
    )  # fmt: skip
