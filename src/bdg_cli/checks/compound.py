"""CT: a target that says several numbers has a measure for each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from bdg_cli.checks.check import check
from bdg_cli.findings import WARNING, Fault
from bdg_cli.models.plan import Target
from bdg_cli.plan import Plan
from bdg_cli.prose import Quantity, Reading
from bdg_cli.prose.patterns import lazy
from bdg_cli.vietnamese import listed

_DIGITS = re.compile(r"\d+")
_EACH = lazy(r"(?<!\w)(?:mỗi|hằng|hàng|từng|một) (?:quý|năm|tháng|tuần|kỳ|xã|phường|đơn vị|cơ quan|lần|đợt)", re.I)
_TIME = frozenset({"năm", "tháng", "ngày", "tuần", "quý", "tuổi", "giờ", "phút"})  # ages, terms, lengths of time
_BESIDE = 60  # characters around a number in which "mỗi quý" makes it a condition


@check("CT103", WARNING, "Nhiều số trong một chỉ tiêu không tách")
def several_numbers(plan: Plan) -> Iterator[Fault]:
    """Một chỉ tiêu nêu hai con số phải đạt là hai số đo: không tách thì khi đánh giá chỉ một số được theo dõi, số kia bị quên.
    Số nằm trong đơn vị (“42/100.000”), trong điều kiện của chỉ tiêu (“mỗi quý ít nhất 04 tin, bài”), số gốc, mốc các năm,
    tuổi, thời gian thì không tính.

    Căn cứ: Nghị quyết số 28/NQ-CP (chỉ tiêu 3.2, 5.2, 5.4 của Chiến lược đều gồm hai số đo).

    Cách xử lý: tách thành hai số đo (`3.2a`, `3.2b`), mỗi số đo một `value`; số là mốc thì ghi vào `milestones`, là điều
    kiện thì ghi vào `condition`.

    Sai:

        # demo/targets.yaml
        objectives:
          - id: "1"
            title: Trong đời sống gia đình
            targets:
              - id: "1.1"
                text: |
                  Đạt 80% người bị bạo lực được tiếp cận dịch vụ hỗ trợ; đạt 50% người gây bạo lực được tư vấn.  # <- CT103
                measures:
                  - id: "1.1"
                    op: ">="
                    value: 80
                    unit: "%"
                    due: 2024

    Sai (một số viết bằng biểu thức, một số viết thẳng):

        # demo/targets.yaml
        objectives:
          - id: "1"
            title: Trong đời sống gia đình
            targets:
              - id: "1.1"
                text: |
                  Đạt {{ value }} người bị bạo lực được tiếp cận dịch vụ hỗ trợ, ít nhất 50% người gây bạo lực được tư vấn.  # <- CT103
                measures:
                  - id: "1.1"
                    op: ">="
                    value: 80
                    unit: "%"
                    due: 2024

    Đúng:

        # demo/targets.yaml
        objectives:
          - id: "1"
            title: Trong đời sống gia đình
            targets:
              - id: "1.1"
                text: |
                  Đạt {{ value("1.1a") }} người bị bạo lực được tiếp cận dịch vụ hỗ trợ; đạt {{ value("1.1b") }} người gây
                  bạo lực được tư vấn.
                measures:
                  - id: "1.1a"
                    op: ">="
                    value: 80
                    unit: "%"
                    due: 2024
                  - id: "1.1b"
                    op: ">="
                    value: 50
                    unit: "%"
                    due: 2024

    Không phải lỗi (số trong đơn vị; điều kiện; tuổi):

        # demo/targets.yaml
        objectives:
          - id: "1"
            title: Trong lĩnh vực y tế, thông tin
            targets:
              - id: "1.1"
                text: Tử vong bà mẹ giảm xuống dưới 42/100.000 trẻ sinh sống.
                measures:
                  - id: "1.1"
                    op: "<"
                    value: 42
                    unit: ca/100.000 trẻ sinh sống
                    due: 2024
              - id: "1.2"
                text: Có {{ value }} số xã mỗi quý đăng ít nhất 04 tin, bài cho người từ 15 tuổi trở lên.
                measures:
                  - id: "1.2"
                    op: "="
                    value: 100
                    unit: "%"
                    due: 2024
                    condition: {op: ">=", value: 4, unit: "tin, bài", per: quý}

    Không phải lỗi (số gốc, mốc của năm khác):

        # demo/targets.yaml
        objectives:
          - id: "1"
            title: Trong lĩnh vực chính trị
            targets:
              - id: "1.1"
                text: Tỷ lệ cơ quan có lãnh đạo chủ chốt là nữ tăng từ 40% lên 60%, trong đó năm 2023 đạt 50%.
                measures:
                  - id: "1.1"
                    op: ">="
                    value: 60
                    unit: "%"
                    due: 2024
                    milestones:
                      - year: 2023
                        value: 50
    """
    for _, target in plan.walk_targets():
        if not target.measures or not _may_hold_more(target):
            continue
        reading = next(reading for passage, reading in plan.readings if passage.text is target.text)
        known = _known(target)
        plain = [found for found in reading.quantities if _is_aim(reading, found, known)]
        expressions = {piece.argument for piece in target.text.expressions() if piece.name == "value"}
        if plain and len(plain) + len(expressions) > len(target.measures):
            extra = plain[-1]
            told = listed(" ".join(reading.text[found.start : found.end].split()) for found in plain)
            counted = f"{len(plain) + len(expressions)} số phải đạt"
            message = f"lời văn có {counted} ({told}) mà chỉ tiêu {target.id} có {len(target.measures)} số đo"
            yield Fault(target.text.place(extra.start, extra.end), message, value=target.id)


def _may_hold_more(target: Target) -> bool:
    """Whether its text holds more numbers than it has measures; most targets need no reading."""
    expressions = target.text.raw.count("{{ value") + target.text.raw.count("{{value")
    plain = len(_DIGITS.findall(re.sub(r"\{\{[^{}]*\}\}", "", target.text.raw)))
    return plain > 0 and plain + expressions > len(target.measures) + len(_known(target))


def _known(target: Target) -> set[Decimal]:
    """Numbers of the target that are no aim of their own: conditions, baselines, milestones, tolerances."""
    known: set[Decimal] = set()
    for measure in target.measures:
        known.update(stone.value for stone in measure.milestones)
        known.update(part.value for part in (measure.condition, measure.baseline) if part is not None)
        if measure.tolerance is not None:
            known.add(measure.tolerance)
    return known - {measure.value for measure in target.measures if measure.value is not None}


def _is_aim(reading: Reading, found: Quantity, known: set[Decimal]) -> bool:
    """Whether a number is one to be reached."""
    unit = (found.unit or "").split("/")[0].strip()
    if found.value in known or unit in _TIME or not (found.op or unit == "%"):
        return False
    if unit == "%":
        return True
    near = reading.text[max(0, found.start - _BESIDE) : found.end + _BESIDE]
    per_time = "/" in (found.unit or "") and found.per is None  # “02 cuộc/năm”
    return not per_time and not _EACH().search(near)
