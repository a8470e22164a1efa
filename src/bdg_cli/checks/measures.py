"""CT: the numbers of a measure against each other, and which way they go."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

from bdg_cli.checks.check import check
from bdg_cli.checks.units import PERCENT, indicator_of, outside, unit_key
from bdg_cli.data.verdicts import reaches
from bdg_cli.findings import ERROR, INFO, Fault, Place
from bdg_cli.models.plan import Measure, Milestone, Operator, Target
from bdg_cli.models.registry import Direction
from bdg_cli.plan import Plan
from bdg_cli.registry import Registry
from bdg_cli.vietnamese import number, period_words

# “giữ ở mức”, “giữ vững”; but not “nữ giữ chức vụ lãnh đạo”.
_KEPT = re.compile(
    r"\b(?:duy\s+trì|ổn\s+định|giữ(?!\s+(?:(?:các|những|một)\s+)?(?:chức|vị\s+trí|vai|cương|trọng)))\b", re.IGNORECASE
)


@check("CT106", ERROR, "Chiều ngược")
def wrong_way(plan: Plan, registry: Registry) -> Iterator[Fault]:
    """“Đạt ít nhất” dùng cho chỉ tiêu cao hơn là tốt hơn, “không quá” cho chỉ tiêu thấp hơn là tốt hơn; ngược lại thì
    kết quả xấu đi vẫn được tính là đạt. Phép so sánh “bằng” và “khoảng” không có chiều nên không bị xem là ngược.

    Cách xử lý: sửa `op`; nếu chỉ tiêu thống kê khác với lời văn thì sửa `indicator`.

    Sai:

        # demo/targets.yaml
        objectives:
          - id: "1"
            title: Trong lĩnh vực chính trị
            targets:
              - id: "1.1"
                text: Phấn đấu {{ value }} cơ quan có lãnh đạo chủ chốt là nữ.
                measures:
                  - id: "1.1"
                    indicator: cl-1-1
                    op: "<="  # <- CT106
                    value: 60
                    unit: "%"
                    due: 2024

    Đúng:

        # demo/targets.yaml
        objectives:
          - id: "1"
            title: Trong lĩnh vực chính trị
            targets:
              - id: "1.1"
                text: Phấn đấu {{ value }} cơ quan có lãnh đạo chủ chốt là nữ.
                measures:
                  - id: "1.1"
                    indicator: cl-1-1
                    op: ">="
                    value: 60
                    unit: "%"
                    due: 2024

    Không phải lỗi (“bằng”, “khoảng” không có chiều):

        # demo/targets.yaml
        objectives:
          - id: "1"
            title: Trong lĩnh vực chính trị
            targets:
              - id: "1.1"
                text: Phấn đấu {{ value }} cơ quan có lãnh đạo chủ chốt là nữ.
                measures:
                  - id: "1.1"
                    indicator: cl-1-1
                    op: "~"
                    value: 60
                    unit: "%"
                    due: 2024
                    tolerance: 2
                    side: down

    Không phải lỗi (hai số đo của một khoảng; “dưới” với chỉ tiêu thấp hơn là tốt hơn):

        # registry/indicators.yaml
        indicators:
          - id: ty-so-gioi-tinh-khi-sinh
            name: Tỷ số giới tính khi sinh của tỉnh
            unit: bé trai/100 bé gái
            direction: down
            kind: flow
            publication: year
          - id: ty-le-tao-hon
            name: Tỷ lệ tảo hôn
            unit: "%"
            direction: down
            kind: flow
            publication: year

        # demo/targets.yaml
        objectives:
          - id: "1"
            title: Trong lĩnh vực y tế, gia đình
            targets:
              - id: "1.1"
                text: Tỷ số giới tính khi sinh trong khoảng từ {{ value("1.1a") }} đến {{ value("1.1b") }}.
                measures:
                  - id: "1.1a"
                    indicator: ty-so-gioi-tinh-khi-sinh
                    op: ">="
                    value: 103
                    unit: bé trai/100 bé gái
                    due: 2024
                  - id: "1.1b"
                    indicator: ty-so-gioi-tinh-khi-sinh
                    op: "<="
                    value: 107
                    unit: bé trai/100 bé gái
                    due: 2024
              - id: "1.2"
                text: Tỷ lệ tảo hôn {{ value }}.
                measures:
                  - id: "1.2"
                    indicator: ty-le-tao-hon
                    op: "<"
                    value: 5
                    unit: "%"
                    due: 2024
    """
    for target, measure in plan.measures():
        reversed_ones = list(_reversed(target, measure, registry))
        if reversed_ones:
            (place, message), *others = reversed_ones
            indicator = registry.indicators[measure.indicator or ""]
            related = [*others, (indicator.at("direction"), "chiều tốt lên của chỉ tiêu thống kê")]
            yield Fault(place, message, related, value=measure.id)


def _reversed(target: Target, measure: Measure, registry: Registry) -> Iterator[tuple[Place, str]]:
    """The operators of a measure that go against its indicator, unless another measure makes the other end of a range."""
    indicator = indicator_of(measure, registry)
    if indicator is None or indicator.direction is None or not indicator.verified:
        return
    good = indicator.direction
    beside = (one for one in target.measures if one is not measure and one.indicator == measure.indicator)
    if any(one.op is not None and one.op.way is good for one in beside):
        return
    written: list[tuple[Measure | Milestone, str, Operator | None, Decimal | None]] = [
        (measure, f"số đo {measure.id}", measure.op, measure.value),
        *((one, f"mốc năm {one.year} của số đo {measure.id}", one.op, one.value) for one in measure.milestones),
    ]
    for owner, name, op, value in written:
        if op is not None and op.way not in {None, good}:
            shown = f" {number(value)}" if value is not None else ""
            message = f"{name} là “{op.term}{shown}”, mà chỉ tiêu thống kê {indicator.id} {good.term}"
            yield owner.at("op"), message


@dataclass(frozen=True, slots=True)
class _Point:
    """A value on the way of a measure: when, how much, what it is called. `day` is None where CT102, CT108 speak of it."""

    day: date | None
    value: Decimal
    name: str
    day_place: Place
    place: Place


@check("CT109", ERROR, "Mốc không đi một chiều")
def not_one_way(plan: Plan, registry: Registry) -> Iterator[Fault]:
    """Từ số gốc qua các mốc đến năm đạt, năm phải tăng dần và giá trị chỉ đi về một phía: phía tốt lên. Nếu không,
    “đúng tiến độ” không có nghĩa. Báo chỗ gãy đầu tiên của mỗi số đo.

    Cách xử lý: xếp lại các mốc theo năm; đối chiếu giá trị của mốc gãy với bản gốc.

    Sai:

        # demo/plan.yaml
        period: 2024-2026
        parents: [kh-10-2021]

        # demo/targets.yaml
        objectives:
          - id: "1"
            title: Trong lĩnh vực chính trị
            targets:
              - id: "1.1"
                text: Phấn đấu {{ value }} cơ quan có lãnh đạo chủ chốt là nữ.
                measures:
                  - id: "1.1"
                    op: ">="
                    value: 60
                    unit: "%"
                    due: 2026
                    baseline: {value: 48, period: 2023}
                    milestones:
                      - year: 2024
                        value: 55
                      - year: 2025
                        value: 52  # <- CT109

    Sai:

        # demo/plan.yaml
        period: 2024-2026
        parents: [kh-10-2021]

        # demo/targets.yaml
        objectives:
          - id: "1"
            title: Trong lĩnh vực chính trị
            targets:
              - id: "1.1"
                text: Phấn đấu {{ value }} cơ quan có lãnh đạo chủ chốt là nữ.
                measures:
                  - id: "1.1"
                    op: ">="
                    value: 60
                    unit: "%"
                    due: 2026
                    milestones:
                      - year: 2025
                        value: 55
                      - year: 2024  # <- CT109
                        value: 58

    Đúng:

        # demo/plan.yaml
        period: 2024-2026
        parents: [kh-10-2021]

        # demo/targets.yaml
        objectives:
          - id: "1"
            title: Trong lĩnh vực chính trị
            targets:
              - id: "1.1"
                text: Phấn đấu {{ value }} cơ quan có lãnh đạo chủ chốt là nữ.
                measures:
                  - id: "1.1"
                    op: ">="
                    value: 60
                    unit: "%"
                    due: 2026
                    baseline: {value: 48, period: 2023}
                    milestones:
                      - year: 2024
                        value: 52
                      - year: 2025
                        value: 55

    Không phải lỗi (chỉ tiêu giảm dần; mốc bằng giá trị cuối là giữ vững):

        # demo/plan.yaml
        period: 2024-2026
        parents: [kh-10-2021]

        # demo/targets.yaml
        objectives:
          - id: "1"
            title: Trong lĩnh vực gia đình
            targets:
              - id: "1.1"
                text: Tỷ lệ tảo hôn {{ value }}.
                measures:
                  - id: "1.1"
                    op: "<"
                    value: 5
                    unit: "%"
                    due: 2026
                    baseline: {value: 9, period: 2023}
                    milestones: [{year: 2024, value: 8}, {year: 2025, value: 6}]
              - id: "1.2"
                text: Có {{ value }} xã có người làm công tác bình đẳng giới.
                measures:
                  - id: "1.2"
                    op: "="
                    value: 100
                    unit: "%"
                    due: 2026
                    milestones: [{year: 2024, value: 100}, {year: 2025, value: 100}]

    Không phải lỗi (số gốc cùng năm với mốc nhưng là số 6 tháng đầu năm):

        # demo/targets.yaml
        objectives:
          - id: "1"
            title: Trong lĩnh vực chính trị
            targets:
              - id: "1.1"
                text: Phấn đấu {{ value }} cơ quan có lãnh đạo chủ chốt là nữ.
                measures:
                  - id: "1.1"
                    op: ">="
                    value: 60
                    unit: "%"
                    due: 2024
                    baseline: {value: 58, period: 2024H1}
    """
    for target, measure in plan.measures():
        if any(outside(target, measure, registry)):
            continue  # CT104 says it
        points = list(_points(measure, plan))
        rising = _rises(measure, registry, points)
        broken = next(filter(None, (_break(*pair, rising) for pair in pairwise(points))), None)
        if broken is not None:
            before, place, message = broken
            yield Fault(place, f"số đo {measure.id}: {message}", [(before.place, before.name)], value=measure.id)


def _points(measure: Measure, plan: Plan) -> Iterator[_Point]:
    """Baseline, milestones and final value. A baseline that meets the final value is not on the way (CT113)."""
    start = measure.baseline
    if start is not None and not _met(measure, start.value):
        yield _Point(
            start.period.end, start.value, f"số gốc {period_words(start.period)}", start.at("period"), start.at("value")
        )
    for entry in measure.milestones:
        day, name = date(entry.year, 12, 31), f"mốc năm {entry.year}"
        yield _Point(day, entry.value, name, entry.at("year"), entry.at("value"))
    if measure.value is not None:
        period, due = plan.period, measure.due
        inside = due is not None and (period is None or period.start.year <= due <= period.end.year)
        end = date(due, 12, 31) if due is not None and inside else None
        name = f"năm đạt {due}" if due is not None else "giá trị cuối"
        yield _Point(end, measure.value, name, measure.at("due"), measure.at("value"))


def _rises(measure: Measure, registry: Registry, points: list[_Point]) -> bool:
    """Whether values must rise: as the indicator, else the comparison, else the points themselves say."""
    indicator = indicator_of(measure, registry)
    way = indicator.direction if indicator is not None and indicator.verified else None
    way = way or measure.way
    if way is None:
        return not points or points[-1].value >= points[0].value
    return way is Direction.UP


def _break(before: _Point, after: _Point, rising: bool) -> tuple[_Point, Place, str] | None:
    """What is wrong between two neighbours: the first of them, where the fault stands, and what it is."""
    if before.day is not None and after.day is not None and after.day <= before.day:
        return before, after.day_place, f"{after.name} không sau {before.name}"
    if before.value == after.value or (after.value > before.value) is rising:
        return None
    compared = "thấp hơn" if rising else "cao hơn"
    message = f"{after.name} là {number(after.value)}, {compared} {number(before.value)} của {before.name}"
    return before, after.place, message


def _met(measure: Measure, value: Decimal) -> bool:
    if measure.op is None or measure.value is None:
        return False
    return reaches(measure.op, value, measure.value, measure.tolerance or Decimal(0), measure.side)


@check("CT113", INFO, "Số gốc đã đạt")
def met_from_the_start(plan: Plan, registry: Registry) -> Iterator[Fault]:
    """Khi số gốc đã đạt giá trị đặt ra thì chỉ tiêu không đòi hỏi gì thêm: hoặc giá trị thấp, hoặc số gốc chép nhầm.

    Cách xử lý: đối chiếu số gốc; nếu đúng thì nâng giá trị, hoặc nói rõ là duy trì.

    Sai:

        # demo/targets.yaml
        objectives:
          - id: "1"
            title: Trong lĩnh vực chính trị
            targets:
              - id: "1.1"
                text: Phấn đấu {{ value }} cơ quan có nữ giữ chức vụ lãnh đạo chủ chốt.
                measures:
                  - id: "1.1"
                    op: ">="
                    value: 60
                    unit: "%"
                    due: 2024
                    baseline:
                      period: 2023
                      value: 62  # <- CT113

    Đúng:

        # demo/targets.yaml
        objectives:
          - id: "1"
            title: Trong lĩnh vực chính trị
            targets:
              - id: "1.1"
                text: Phấn đấu {{ value }} cơ quan có lãnh đạo chủ chốt là nữ.
                measures:
                  - id: "1.1"
                    op: ">="
                    value: 60
                    unit: "%"
                    due: 2024
                    baseline:
                      period: 2023
                      value: 52

    Không phải lỗi (bằng giá trị thì chưa “trên”):

        # demo/targets.yaml
        objectives:
          - id: "1"
            title: Trong lĩnh vực chính trị
            targets:
              - id: "1.1"
                text: Phấn đấu {{ value }} cơ quan có lãnh đạo chủ chốt là nữ.
                measures:
                  - id: "1.1"
                    op: ">"
                    value: 60
                    unit: "%"
                    due: 2024
                    baseline: {value: 60, period: 2023}

    Không phải lỗi (chỉ tiêu duy trì; 100% thì không nâng được nữa):

        # demo/targets.yaml
        objectives:
          - id: "1"
            title: Trong lĩnh vực y tế, truyền thông
            targets:
              - id: "1.1"
                text: Giữ tỷ số giới tính khi sinh ở mức {{ value }}.
                measures:
                  - id: "1.1"
                    op: "<="
                    value: 111
                    unit: bé trai/100 bé gái
                    due: 2024
                    baseline: {value: 110, period: 2023}
              - id: "1.2"
                text: Có {{ value }} đài có chuyên mục về bình đẳng giới.
                measures:
                  - id: "1.2"
                    op: "="
                    value: 100
                    unit: "%"
                    due: 2024
                    baseline: {value: 100, period: 2023}
    """
    for target, measure in plan.measures():
        start, op, value = measure.baseline, measure.op, measure.value
        if start is None or op is None or value is None or not _met(measure, start.value):
            continue
        full = unit_key(measure.unit) == PERCENT and value == 100
        doubtful = any(_reversed(target, measure, registry)) or any(outside(target, measure, registry))
        if full or doubtful or _KEPT.search(target.text.raw):
            continue
        message = (
            f"số gốc {number(start.value)} ({period_words(start.period)}) của số đo {measure.id} đã đáp ứng chỉ tiêu "
            f"“{op.term} {number(value)}”"
        )
        yield Fault(start.at("value"), message, [(measure.at("value"), "giá trị của chỉ tiêu")], value=measure.id)
