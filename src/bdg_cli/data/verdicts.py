"""The verdict on a measure and on a target: pure arithmetic, with each step in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

from bdg_cli.data.counts import Figure, is_plain_count
from bdg_cli.data.observations import FigureStatus
from bdg_cli.data.periods import months
from bdg_cli.data.results import Results, definition_at, is_published, same_definition
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
_YEAR = 12  # months
_ONLY_MORE = {Operator.AT_LEAST, Operator.ABOVE}  # what is reached in part of a year stays so: counts only grow
_DONE = {Verdict.MET, Verdict.EXCEEDED}
_ALONE = {
    FigureStatus.NONE: Verdict.NONE,
    FigureStatus.MISSING: Verdict.MISSING,
    FigureStatus.NOT_DUE: Verdict.NOT_DUE,
}


class Ground(Term):
    """Why a verdict is what it is: the one rule that decided. The terms are what `bdg why` says of it."""

    REACHED = ("reached", "đạt mức của mục tiêu")
    BETTER = ("better", "tốt hơn hẳn mức của mục tiêu")
    DUE = ("due", "chưa đạt mức của mục tiêu khi đã hết năm đạt")
    AHEAD = ("ahead", "chưa hết năm đạt; không kém đường tiến độ từ số gốc")
    LATE = ("late", "chưa hết năm đạt; kém đường tiến độ từ số gốc")
    NO_PATH = ("no-path", "chưa hết năm đạt; không có số gốc nên không có đường tiến độ")
    OTHER_DEFINITION = (
        "other-definition",
        "chưa hết năm đạt; số gốc tính theo định nghĩa khác nên không có đường tiến độ",
    )
    PART_OF_YEAR = ("part-of-year", "số phát sinh của một phần năm, mục tiêu là của cả năm")
    NO_GOAL = ("no-goal", "kế hoạch không nêu mức phải đạt")
    SHOWN = ("shown", "định tính; đã có căn cứ chứng minh")
    NOT_SHOWN = ("not-shown", "định tính; chưa có căn cứ chứng minh")
    SAID = ("said", "dữ liệu ghi rõ như vậy")
    NO_ROW = ("no-row", "không có dòng số liệu nào")
    UNPUBLISHED = ("unpublished", "nguồn không công bố số của kỳ này, cấp này")
    NO_INDICATOR = ("no-indicator", "số đo không gắn với chỉ tiêu thống kê nào")


@dataclass(frozen=True, slots=True)
class Ruling:
    """A verdict, the rule that gave it, and the value expected by then where there is a path."""

    verdict: Verdict
    ground: Ground
    expected: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """A measure with its figure and verdict for one period."""

    measure: Measure
    figure: Figure | None
    verdict: Verdict
    ground: Ground = Ground.NO_ROW
    expected: Decimal | None = None


def judge(
    measure: Measure, results: Results, indicator: Indicator | None, area: str, level: Level | None,
    period: Period, last_year: int | None,
) -> Judged:  # fmt: skip
    """The verdict on one measure of a plan for `area` in `period`. `last_year` stands for a due year not given."""
    if indicator is None:
        return Judged(measure, None, Verdict.MISSING, Ground.NO_INDICATOR)
    figure = results.figure(indicator.id, area, period)
    if figure is None or (figure.value is None and figure.status is FigureStatus.ORDINARY):
        if is_published(indicator, level, period):
            return Judged(measure, figure, Verdict.MISSING, Ground.NO_ROW)
        return Judged(measure, figure, Verdict.NOT_DUE, Ground.UNPUBLISHED)
    if figure.value is None:
        return Judged(measure, figure, _ALONE[figure.status], Ground.SAID)
    ruling = rule(
        measure, figure.value, period, measure.due or last_year,
        partial=is_plain_count(indicator, figure.definition) and months(period) < _YEAR,
        comparable=_baseline_counts_alike(measure, indicator, figure),
    )  # fmt: skip
    return Judged(measure, figure, ruling.verdict, ruling.ground, ruling.expected)


def _baseline_counts_alike(measure: Measure, indicator: Indicator, figure: Figure) -> bool:
    """Whether the baseline was counted as the figure is."""
    if measure.baseline is None:
        return True
    return same_definition(definition_at(indicator, measure.baseline.period), figure.definition)


def of_value(measure: Measure, value: Decimal, period: Period, due: int | None) -> Verdict:
    """The verdict on an unrounded value."""
    return rule(measure, value, period, due).verdict


def rule(
    measure: Measure, value: Decimal, period: Period, due: int | None, *,
    partial: bool = False, comparable: bool = True,
) -> Ruling:  # fmt: skip
    """The verdict on an unrounded value, and why.

    `partial`: the value counts what arose in a part of a year, the goal is for a whole one. `comparable`: the
    baseline is of the same definition as the value, so that there is a path between them.
    """
    if measure.op is None or measure.value is None:
        return _without_goal(measure, value, period, due)
    reached = reaches(measure.op, value, measure.value, measure.tolerance or Decimal(0), measure.side)
    if partial and not (reached and measure.op in _ONLY_MORE):
        return Ruling(Verdict.NOT_DUE_YET, Ground.PART_OF_YEAR)  # more may still come, and it is no whole yet
    if reached:
        strictly = measure.op in {Operator.AT_LEAST, Operator.AT_MOST} and value != measure.value
        return Ruling(Verdict.EXCEEDED, Ground.BETTER) if strictly else Ruling(Verdict.MET, Ground.REACHED)
    if _due(period, due):
        return Ruling(Verdict.MISSED, Ground.DUE)
    expected = expected_value(measure, period.end, due)
    if expected is None:
        return Ruling(Verdict.NOT_DUE_YET, Ground.NO_PATH)
    if not comparable:
        return Ruling(Verdict.NOT_DUE_YET, Ground.OTHER_DEFINITION)
    assert measure.baseline is not None
    upwards = measure.value >= measure.baseline.value
    if value >= expected if upwards else value <= expected:
        return Ruling(Verdict.ON_TRACK, Ground.AHEAD, expected)
    return Ruling(Verdict.BEHIND, Ground.LATE, expected)


def _without_goal(measure: Measure, value: Decimal, period: Period, due: int | None) -> Ruling:
    """A qualitative measure is shown or not; one without operator or value cannot be judged."""
    if not measure.qualitative:
        return Ruling(Verdict.NOT_DUE_YET, Ground.NO_GOAL)
    if value > 0:
        return Ruling(Verdict.MET, Ground.SHOWN)
    return Ruling(Verdict.MISSED if _due(period, due) else Verdict.NOT_DUE_YET, Ground.NOT_SHOWN)


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
    points = path_points(measure, due)
    if not points:
        return None
    if day <= points[0][0]:
        return points[0][1]
    for (before, low), (after, high) in pairwise(points):
        if before <= day <= after:
            return low + (high - low) * Decimal((day - before).days) / Decimal((after - before).days)
    return points[-1][1]


def path_points(measure: Measure, due: int | None) -> list[tuple[date, Decimal]]:
    """The days and values that the path to the due year leads over; none without a baseline."""
    if measure.baseline is None or measure.value is None or due is None:
        return []
    points = [(measure.baseline.period.end, measure.baseline.value)]
    points += [(date(entry.year, 12, 31), entry.value) for entry in measure.milestones]
    return sorted({*points, (date(due, 12, 31), measure.value)})


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
