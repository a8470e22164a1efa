"""CT: objectives, targets and their measures."""

from __future__ import annotations

from collections.abc import Iterator

from bdg_cli.checks.check import check
from bdg_cli.facts import Facts, ValueFact
from bdg_cli.findings import ERROR, WARNING, Fault, Place
from bdg_cli.models.plan import Operator
from bdg_cli.plan import Plan
from bdg_cli.vietnamese import number

_UPWARDS = {Operator.AT_LEAST, Operator.ABOVE, Operator.EQUAL, Operator.ABOUT}


@check("CT101", ERROR, "Chỉ tiêu không đo được")
def not_measurable(plan: Plan) -> Iterator[Fault]:
    """Chỉ tiêu phải nói được lúc nào là đạt: một phép so sánh với một con số, hoặc (chỉ tiêu định tính) bằng chứng.

    Căn cứ: Nghị quyết số 28/NQ-CP (chỉ tiêu của Chiến lược đều có giá trị và năm đạt, để theo dõi, đánh giá).

    Cách xử lý: ghi `op` và `value` cho từng số đo; chỉ tiêu định tính thì ghi `evidence` (lấy gì chứng minh).

    Sai:

        # demo/targets.yaml
        objectives:
          - id: "1"
            title: Trong lĩnh vực chính trị
            targets:
              - id: "1.1"
                text: Có ít nhất một cơ sở y tế cung cấp dịch vụ, đạt 40%.
                measures:
                  - id: "1.1"  # <- CT101
                    unit: "%"
                    due: 2024

    Đúng:

        # demo/targets.yaml
        objectives:
          - id: "1"
            title: Trong lĩnh vực chính trị
            targets:
              - id: "1.1"
                text: Phấn đấu {{ value }} số huyện có cơ sở y tế cung cấp dịch vụ.
                measures:
                  - id: "1.1"
                    op: ">="
                    value: 40
                    unit: "%"
                    due: 2024

    Không phải lỗi (chỉ tiêu định tính có bằng chứng):

        # demo/targets.yaml
        objectives:
          - id: "1"
            title: Trong lĩnh vực giáo dục
            targets:
              - id: "1.1"
                text: Nội dung về bình đẳng giới được đưa vào chương trình bồi dưỡng.
                measures:
                  - id: "1.1"
                    due: 2024
                    evidence: chương trình bồi dưỡng đã ban hành
    """
    for _, target in plan.walk_targets():
        if not target.measures:
            yield Fault(target.at("id"), f"chỉ tiêu {target.id} không có số đo nào", value=target.id)
        for measure in target.measures:
            if not measure.qualitative and (measure.op is None or measure.value is None):
                blank = " và ".join(
                    word for word, part in (("phép so sánh", measure.op), ("giá trị", measure.value)) if part is None
                )
                message = f"số đo {measure.id} không đo được: thiếu {blank}, cũng không nói lấy gì chứng minh"
                yield Fault(measure.at("id"), message, value=measure.id)


@check("CT102", WARNING, "Không có năm đạt")
def without_due_year(plan: Plan) -> Iterator[Fault]:
    """Không có năm đạt thì không biết khi nào được nói “chưa đạt”. Báo một lần cho cả kế hoạch; khi đánh giá,
    năm cuối của kế hoạch được dùng thay.

    Cách xử lý: ghi `due` cho từng số đo.

    Sai:

        # demo/targets.yaml
        objectives:
          - id: "1"
            title: Trong lĩnh vực chính trị
            targets:
              - id: "1.1"
                text: Phấn đấu {{ value }} cơ quan có lãnh đạo chủ chốt là nữ.
                measures:
                  - id: "1.1"  # <- CT102
                    op: ">="
                    value: 60
                    unit: "%"

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

    Không phải lỗi (kế hoạch không có chỉ tiêu):

        # demo/targets.yaml
        objectives: []

        # demo/assignments.yaml
        duties:
          - agency: so-noi-vu-mau
            tasks:
              - text: Theo dõi việc thực hiện Kế hoạch.
                deadline: 2024-11
    """
    undated = [measure for _, measure in plan.measures() if measure.due is None]
    if undated:
        first, *others = undated
        count = f"{len(undated)} số đo không có năm đạt" if others else f"số đo {first.id} không có năm đạt"
        related = [(measure.at("id"), "cũng không có năm đạt") for measure in others]
        yield Fault(first.at("id"), count, related)


@check("CT107", WARNING, "Thấp hơn chỉ tiêu cấp trên")
def below_parent(facts: tuple[Facts, ...]) -> Iterator[Fault]:
    """Chỉ tiêu thực hiện chỉ tiêu cấp trên thì cùng năm không được thấp hơn. Chỉ đối chiếu với giá trị đã kiểm chứng.

    Căn cứ: Nghị quyết số 28/NQ-CP (địa phương xây dựng kế hoạch nhằm đạt các chỉ tiêu của Chiến lược).

    Cách xử lý: nâng giá trị cho bằng cấp trên; nếu cấp trên cho phép thấp hơn, ghi lý do khi chấp nhận.

    Sai:

        # demo/plan.yaml
        period: 2024-2025

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
                    value: 55  # <- CT107
                    unit: "%"
                    due: 2025
                    carries_out: clqg-bdg-2021-2030/1.1

    Đúng:

        # demo/plan.yaml
        period: 2024-2025

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
                    due: 2025
                    carries_out: clqg-bdg-2021-2030/1.1

    Không phải lỗi (năm khác, và “dưới 30” chặt hơn “không quá 30”):

        # demo/plan.yaml
        period: 2024-2025

        # demo/targets.yaml
        objectives:
          - id: "1"
            title: Trong lĩnh vực chính trị, lao động
            targets:
              - id: "1.1"
                text: Phấn đấu {{ value }} cơ quan có lãnh đạo chủ chốt là nữ.
                measures:
                  - id: "1.1"
                    op: ">="
                    value: 55
                    unit: "%"
                    due: 2024
                    carries_out: clqg-bdg-2021-2030/1.1
              - id: "1.2"
                text: Giảm tỷ trọng lao động nữ trong khu vực nông nghiệp xuống {{ value }}.
                measures:
                  - id: "1.2"
                    op: "<"
                    value: 28
                    unit: "%"
                    due: 2025
                    carries_out: clqg-bdg-2021-2030/2.2
    """
    parents = {
        (f"{plan.plan}/{value.measure}", value.year): value for plan in facts for value in plan.values if value.verified
    }
    for plan in facts:
        for value in plan.values:
            parent = parents.get((value.carries_out, value.year))
            if parent is not None and _weaker(value, parent):
                wanted = f"{parent.op.term} {number(parent.value)}"
                message = (
                    f"số đo {value.measure} là {number(value.value)}, cấp trên yêu cầu {wanted} vào năm {value.year}"
                )
                yield Fault(value.place, message, _related(parent), value=f"{value.measure} {value.value}")


def _related(parent: ValueFact) -> list[tuple[Place, str]]:
    return [(parent.place, "chỉ tiêu cấp trên")]


def _weaker(value: ValueFact, parent: ValueFact) -> bool:
    if parent.op in _UPWARDS:
        return value.value < parent.value
    return value.value > parent.value


@check("CT108", ERROR, "Năm đạt ngoài giai đoạn")
def due_outside_period(plan: Plan) -> Iterator[Fault]:
    """Năm đạt phải nằm trong giai đoạn của kế hoạch: sau đó không ai còn trách nhiệm, trước đó thì đã qua.

    Cách xử lý: sửa `due`, hoặc sửa `period` của kế hoạch.

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
                    op: ">="
                    value: 60
                    unit: "%"
                    due: 2026  # <- CT108

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

    Không phải lỗi (năm cuối của giai đoạn):

        # demo/plan.yaml
        period: 2024-2026

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
    """
    period = plan.period
    if period is None:
        return
    for _, measure in plan.measures():
        if measure.due is not None and not period.start.year <= measure.due <= period.end.year:
            message = f"năm đạt {measure.due} của số đo {measure.id} ngoài giai đoạn {period} của kế hoạch"
            related = [(plan.file.at("period"), "giai đoạn của kế hoạch")]
            yield Fault(measure.at("due"), message, related, value=str(measure.due))
