"""The verdict on a measure and on a target: pure arithmetic, with each step in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

from bdg_cli.data.observations import FigureStatus
from bdg_cli.data.results import Figure, Results, is_published
from bdg_cli.dates import Period
from bdg_cli.models.located import Term
from bdg_cli.models.plan import Measure, Operator, Side
from bdg_cli.models.registry import Indicator, Level


class Verdict(Term):
    """What is said of a result. The values are the names in JSON."""

    EXCEEDED = ("exceeded", "vượt")
    MET = ("met", "đạt")
    PARTLY_MET = ("partly-met", "đạt một phần")
    MISSED = ("missed", "chưa đạt")
    ON_TRACK = ("on-track", "đúng tiến độ")
    BEHIND = ("behind", "chậm tiến độ")
    NONE = ("none", "không phát sinh")
    MISSING = ("missing", "chưa có số liệu")
    INCOMPLETE = ("incomplete", "chưa đủ số liệu")
    NOT_DUE = ("not-due", "chưa đến kỳ công bố")
    NOT_DUE_YET = ("not-due-yet", "chưa đến hạn")


# From worst to best, for a target of several measures (design.md 2).
_WORST_FIRST = (
    Verdict.MISSED,
    Verdict.MISSING,
    Verdict.BEHIND,
    Verdict.NOT_DUE,
    Verdict.NOT_DUE_YET,
    Verdict.ON_TRACK,
    Verdict.MET,
    Verdict.EXCEEDED,
)
_DONE = {Verdict.MET, Verdict.EXCEEDED}
_ALONE = {
    FigureStatus.NONE: Verdict.NONE,
    FigureStatus.MISSING: Verdict.MISSING,
    FigureStatus.NOT_DUE: Verdict.NOT_DUE,
}


@dataclass(frozen=True, slots=True)
class Judged:
    """A measure with its figure and verdict for one period."""

    measure: Measure
    figure: Figure | None
    verdict: Verdict


def judge(
    measure: Measure, results: Results, indicator: Indicator | None, area: str, level: Level | None,
    period: Period, last_year: int | None,
) -> Judged:  # fmt: skip
    """The verdict on one measure of a plan for `area` in `period`. `last_year` stands for a due year not given."""
    if indicator is None:
        return Judged(measure, None, Verdict.MISSING)
    figure = results.figure(indicator.id, area, period)
    if figure is None or (figure.value is None and figure.status is FigureStatus.ORDINARY):
        published = is_published(indicator, level, period)
        return Judged(measure, figure, Verdict.MISSING if published else Verdict.NOT_DUE)
    if figure.value is None:
        return Judged(measure, figure, _ALONE[figure.status])
    return Judged(measure, figure, of_value(measure, figure.value, period, measure.due or last_year))


def of_value(measure: Measure, value: Decimal, period: Period, due: int | None) -> Verdict:
    """The verdict on an unrounded value."""
    if measure.op is None or measure.value is None:
        if measure.qualitative and value > 0:
            return Verdict.MET
        return Verdict.MISSED if measure.qualitative and _due(period, due) else Verdict.NOT_DUE_YET
    if reaches(measure.op, value, measure.value, measure.tolerance or Decimal(0), measure.side):
        strictly = measure.op in {Operator.AT_LEAST, Operator.AT_MOST} and value != measure.value
        return Verdict.EXCEEDED if strictly else Verdict.MET
    if _due(period, due):
        return Verdict.MISSED
    expected = expected_value(measure, period.end, due)
    if expected is None:
        return Verdict.NOT_DUE_YET
    assert measure.baseline is not None
    upwards = measure.value >= measure.baseline.value
    ahead = value >= expected if upwards else value <= expected
    return Verdict.ON_TRACK if ahead else Verdict.BEHIND


def reaches(op: Operator, value: Decimal, wanted: Decimal, tolerance: Decimal, side: Side | None) -> bool:
    """Whether a value meets what is wanted. Equal meets `>=` and `<=`, not `>` and `<`; zero is a number."""
    match op:
        case Operator.AT_LEAST:
            return value >= wanted
        case Operator.ABOVE:
            return value > wanted
        case Operator.AT_MOST:
            return value <= wanted
        case Operator.BELOW:
            return value < wanted
        case Operator.EQUAL:
            return value == wanted
        case Operator.ABOUT:
            near = abs(value - wanted) <= tolerance
            return near or (side is Side.UP and value > wanted) or (side is Side.DOWN and value < wanted)


def expected_value(measure: Measure, day: date, due: int | None) -> Decimal | None:
    """The value on the straight path from the baseline over the milestones to the due year; None without a baseline."""
    if measure.baseline is None or measure.value is None or due is None:
        return None
    points = [(measure.baseline.period.end, measure.baseline.value)]
    points += [(date(entry.year, 12, 31), entry.value) for entry in measure.milestones]
    points = sorted({*points, (date(due, 12, 31), measure.value)})
    if day <= points[0][0]:
        return points[0][1]
    for (before, low), (after, high) in pairwise(points):
        if before <= day <= after:
            return low + (high - low) * Decimal((day - before).days) / Decimal((after - before).days)
    return points[-1][1]


def of_target(verdicts: Sequence[Verdict]) -> Verdict:
    """The verdict on a target of several measures (design.md 2, the row with `measure: null`)."""
    counted = [verdict for verdict in verdicts if verdict is not Verdict.NONE]
    if not counted:
        return Verdict.NONE if verdicts else Verdict.MISSING
    done = any(verdict in _DONE for verdict in counted)
    if done and Verdict.MISSED in counted:
        return Verdict.PARTLY_MET
    if done and Verdict.MISSING in counted:
        return Verdict.INCOMPLETE
    return min(counted, key=_WORST_FIRST.index)


def _due(period: Period, due: int | None) -> bool:
    return due is not None and period.end >= date(due, 12, 31)
