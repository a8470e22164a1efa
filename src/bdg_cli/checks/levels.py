"""CT: targets that no figure of their own level can answer."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bdg_cli.checks.check import check
from bdg_cli.checks.units import PERCENT, indicator_of, is_qualitative, unit_key
from bdg_cli.data.results import definition_at
from bdg_cli.findings import WARNING, Fault, Place
from bdg_cli.models.plan import Measure, Target
from bdg_cli.models.registry import Indicator, Level
from bdg_cli.plan import Plan
from bdg_cli.registry import Registry

_LEVELS = (Level.CENTRAL, Level.PROVINCE, Level.DISTRICT, Level.COMMUNE)
# What a rate counts, behind its number: "40% tỉnh, thành phố", "100% xã, phường". More than one, so no single one has it.
_UNITS = {
    Level.PROVINCE: r"(?:số\s+|các\s+)?tỉnh\s*(?:,|và)\s*thành\s+phố",
    Level.DISTRICT: r"(?:số\s+|các\s+)?(?:quận|huyện)\s*,\s*(?:quận|huyện|thị|thành)",
    Level.COMMUNE: r"(?:số\s+|các\s+)?xã\s*,\s*(?:phường|thị\s+trấn|đặc\s+khu)",
}
_COUNTED = {level: re.compile(rf"\A\s*{pattern}\b", re.IGNORECASE) for level, pattern in _UNITS.items()}
_ONE = {Level.PROVINCE: "một tỉnh", Level.DISTRICT: "một huyện", Level.COMMUNE: "một xã"}
_COUNTED_UNITS = {"tỉnh": Level.PROVINCE, "huyện": Level.DISTRICT, "xã": Level.COMMUNE}


@check("CT114", WARNING, "Đặt ở cấp không có số liệu")
def below_publication(plan: Plan, registry: Registry) -> Iterator[Fault]:
    """Chỉ tiêu mà nguồn chỉ công bố cho cả nước thì tỉnh, xã đặt ra cũng không có số để đánh giá. Tỷ lệ đếm số tỉnh (40% số
    tỉnh có cơ sở y tế …) là của cả nước, một tỉnh không có tỷ lệ ấy; cũng vậy tỷ lệ số xã trong kế hoạch của một xã. Chỉ xét
    chỉ tiêu mà sổ đã kiểm chứng cấp công bố; chỉ tiêu định tính có bằng chứng riêng nên không xét.

    Cách xử lý: thay bằng chỉ tiêu mà cấp mình có số (số cơ sở, số người, có hay không), hoặc bỏ; chỉ theo dõi số của cấp trên
    thì nói ở phần nội dung.

    Sai:

        # demo/targets.yaml
        objectives:
          - id: "1"
            title: Trong lĩnh vực y tế
            targets:
              - id: "1.1"
                text: Giảm tỷ số tử vong mẹ còn {{ value }}.
                measures:
                  - id: "1.1"
                    indicator: cl-4-2  # <- CT114
                    op: "<="
                    value: 42
                    unit: ca/100.000 trẻ sinh sống
                    due: 2024
              - id: "1.2"
                text: Có {{ value }} tỉnh, thành phố có cơ sở y tế cung cấp dịch vụ cho người chuyển giới.
                measures:
                  - id: "1.2"
                    indicator: cl-4-4  # <- CT114
                    op: ">="
                    value: 40
                    unit: "%"
                    due: 2024
              - id: "1.3"
                text: Có {{ value }} tỉnh, thành phố có mô hình nhà tạm lánh.
                measures:
                  - id: "1.3"  # <- CT114
                    op: ">="
                    value: 50
                    unit: "%"
                    due: 2024

        # demo/assignments.yaml
        duties:
          - agency: so-y-te-mau
            tasks:
              - text: Kiểm soát mất cân bằng giới tính khi sinh.
                deadline: 2024-11
            answers_for:
              - role: owner
                targets: ["1"]

    Đúng:

        # demo/targets.yaml
        objectives:
          - id: "1"
            title: Trong lĩnh vực y tế
            targets:
              - id: "1.1"
                text: Có ít nhất {{ value }} cung cấp dịch vụ cho người chuyển giới.
                measures:
                  - id: "1.1"
                    op: ">="
                    value: 1
                    unit: cơ sở y tế
                    due: 2024

    Không phải lỗi (tỉnh đặt tỷ lệ xã; nguồn có số của tỉnh):

        # demo/targets.yaml
        objectives:
          - id: "1"
            title: Trong lĩnh vực chính trị, thông tin
            targets:
              - id: "1.1"
                text: Phấn đấu {{ value }} cơ quan có lãnh đạo chủ chốt là nữ.
                measures: [{id: "1.1", indicator: cl-1-1, op: ">=", value: 60, unit: "%", due: 2024}]
              - id: "1.2"
                text: Đạt {{ value }} xã, phường, thị trấn có tin, bài về bình đẳng giới.
                measures: [{id: "1.2", op: "=", value: 100, unit: "%", due: 2024}]

    Không phải lỗi (cấp công bố chưa kiểm chứng; chỉ tiêu định tính có bằng chứng):

        # registry/indicators.yaml
        indicators:
          - id: vay-von
            name: Tỷ lệ phụ nữ được vay vốn
            unit: "%"
            direction: up
            kind: level
            publication: year
            lowest_level: central
            publication_verified: false

        # demo/targets.yaml
        objectives:
          - id: "1"
            title: Trong lĩnh vực kinh tế, giáo dục
            targets:
              - id: "1.1"
                text: Phấn đấu {{ value }} phụ nữ có nhu cầu được vay vốn.
                measures: [{id: "1.1", indicator: vay-von, op: ">=", value: 60, unit: "%", due: 2024}]
              - id: "1.2"
                text: Nội dung về bình đẳng giới được đưa vào chương trình giảng dạy.
                measures: [{id: "1.2", indicator: cl-5-1, due: 2024, evidence: chương trình giảng dạy đã ban hành}]
    """
    level = _level(plan, registry)
    if level is None or level is Level.CENTRAL:
        return
    for target, measure in plan.measures():
        if is_qualitative(measure, registry):
            continue
        wrong = _of_indicator(measure, registry, plan, level) or _of_words(target, measure, level)
        if wrong is not None:
            place, message = wrong
            yield Fault(place, f"số đo {measure.id}: {message}", value=measure.id)


def _level(plan: Plan, registry: Registry) -> Level | None:
    """The level of government the plan is for: of its area, else of who issues it."""
    area = registry.areas.get(plan.file.area or "")
    return area.level if area is not None else registry.level(plan.file.issuer)


def _of_indicator(measure: Measure, registry: Registry, plan: Plan, level: Level) -> tuple[Place, str] | None:
    indicator = indicator_of(measure, registry)
    if indicator is None or not indicator.publication_known:
        return None
    counted = _counts(indicator, plan)
    if counted is not None and _LEVELS.index(level) >= _LEVELS.index(counted):
        message = f"{indicator.id} là tỷ lệ tính trên số đơn vị {counted.term}; {_ONE[level]} không có tỷ lệ ấy"
        return measure.at("indicator"), message
    lowest = indicator.lowest_level
    if lowest is not None and _LEVELS.index(level) > _LEVELS.index(lowest):
        source = "cả nước" if lowest is Level.CENTRAL else lowest.term
        message = f"nguồn chỉ công bố {indicator.id} cho {source}; đặt ở {level.term} thì không có số để đánh giá"
        return measure.at("indicator"), message
    return None


def _counts(indicator: Indicator, plan: Plan) -> Level | None:
    """The level whose units an indicator counts, as its denominator says."""
    definition = definition_at(indicator, plan.period) if plan.period is not None else None
    count = definition.denominator if definition is not None else None
    return _COUNTED_UNITS.get(count.unit or "") if count is not None else None


def _of_words(target: Target, measure: Measure, level: Level) -> tuple[Place, str] | None:
    """The same for a percentage whose words, right behind the number, say that it counts units of its own level."""
    if measure.indicator is not None or unit_key(measure.unit) != PERCENT:
        return None
    text = target.text
    for expression in text.expressions():
        if expression.name != "value" or expression.argument not in {None, measure.id}:
            continue
        for counted, pattern in _COUNTED.items():
            match = pattern.match(text.raw[expression.end :])
            if match is not None and _LEVELS.index(level) >= _LEVELS.index(counted):
                message = f"tỷ lệ tính trên số đơn vị {counted.term}; {_ONE[level]} không có tỷ lệ ấy"
                return measure.at("id"), message
    return None
