"""CT: targets as they are written: what can be measured, by when, shown by what."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bdg_cli.checks.check import check
from bdg_cli.checks.units import has_other_unit, is_qualitative
from bdg_cli.findings import ERROR, WARNING, Fault
from bdg_cli.models.plan import Operator, PlanKind
from bdg_cli.plan import Plan
from bdg_cli.registry import Registry
from bdg_cli.vietnamese import listed, number

_NUMBER = r"\d+(?:\.\d+)*[a-zđ]?"
_BETWEEN = rf"{_NUMBER}|và|mục tiêu|của mục tiêu|nhiệm vụ|giải pháp|đã|được|giao|nêu|đề ra|đặt ra|xác định"
# “chỉ tiêu 3 của mục tiêu 2 Kế hoạch này”, “mục tiêu, chỉ tiêu đề ra tại Kế hoạch này”; nothing else may stand between,
# so that “lồng ghép chỉ tiêu của Chiến lược khi thực hiện Kế hoạch này” is not read as the plan's own targets.
_OWN_TARGETS = re.compile(
    rf"chỉ tiêu(?:,?\s+(?:{_BETWEEN}))*,?\s+(?:(?:của|tại|trong|theo|ở)\s+)?Kế hoạch này".replace(" ", r"\s+"),
    re.IGNORECASE,
)


@check("CT101", ERROR, "Chỉ tiêu không đo được")
def not_measurable(plan: Plan, registry: Registry) -> Iterator[Fault]:
    """Chỉ tiêu phải nói được lúc nào là đạt: một phép so sánh với một con số, hoặc (chỉ tiêu định tính) bằng chứng.

    Căn cứ: Nghị quyết số 28/NQ-CP (chỉ tiêu của Chiến lược đều có giá trị và năm đạt, để theo dõi, đánh giá).

    Cách xử lý: ghi `op` và `value` cho từng số đo; chỉ tiêu định tính thì ghi `evidence` (lấy gì chứng minh). Số đo gắn
    với chỉ tiêu thống kê định tính mà thiếu bằng chứng thì xem CT115.

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

    Không phải lỗi (số không là một giá trị):

        # demo/targets.yaml
        objectives:
          - id: "1"
            title: Trong lĩnh vực y tế
            targets:
              - id: "1.1"
                text: Không để xảy ra tử vong mẹ ({{ value }}).
                measures:
                  - id: "1.1"
                    op: "="
                    value: 0
                    unit: ca
                    due: 2024
    """
    for _, target in plan.walk_targets():
        if not target.measures:
            yield Fault(target.at("id"), f"chỉ tiêu {target.id} không có số đo nào", value=target.id)
        for measure in target.measures:
            if not is_qualitative(measure, registry) and (measure.op is None or measure.value is None):
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

    Sai (báo một lần cho cả kế hoạch):

        # demo/targets.yaml
        objectives:
          - id: "1"
            title: Trong lĩnh vực chính trị
            targets:
              - id: "1.1"
                text: Phấn đấu {{ value("1.1a") }} sở, {{ value("1.1b") }} huyện có lãnh đạo chủ chốt là nữ.
                measures:
                  - id: "1.1a"  # <- CT102
                    op: ">="
                    value: 60
                    unit: "%"
                  - id: "1.1b"
                    op: ">="
                    value: 50
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

    Không phải lỗi (lời văn không nhắc năm, số đo có ghi):

        # demo/targets.yaml
        objectives:
          - id: "1"
            title: Trong lĩnh vực thông tin
            targets:
              - id: "1.1"
                text: Duy trì {{ value }} đài có chuyên mục về bình đẳng giới.
                measures:
                  - id: "1.1"
                    op: "="
                    value: 100
                    unit: "%"
                    due: 2024
    """
    undated = [measure for _, measure in plan.measures() if measure.due is None]
    if undated:
        first, *others = undated
        count = f"{len(undated)} số đo không có năm đạt" if others else f"số đo {first.id} không có năm đạt"
        related = [(measure.at("id"), "cũng không có năm đạt") for measure in others]
        yield Fault(first.at("id"), count, related)


@check("CT108", ERROR, "Năm đạt ngoài giai đoạn")
def due_outside_period(plan: Plan) -> Iterator[Fault]:
    """Năm đạt phải nằm trong giai đoạn của kế hoạch: sau đó không ai còn trách nhiệm, trước đó thì đã qua. Kế hoạch
    không ghi `period` thì không xét.

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

    Không phải lỗi (kế hoạch không ghi giai đoạn):

        # demo/plan.yaml
        period:

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
    period = plan.file.period
    if period is None:
        return
    for _, measure in plan.measures():
        if measure.due is not None and not period.start.year <= measure.due <= period.end.year:
            message = f"năm đạt {measure.due} của số đo {measure.id} ngoài giai đoạn {period} của kế hoạch"
            related = [(plan.file.at("period"), "giai đoạn của kế hoạch")]
            yield Fault(measure.at("due"), message, related, value=str(measure.due))


@check("CT110", WARNING, "“Khoảng” không có sai số")
def about_without_tolerance(plan: Plan) -> Iterator[Fault]:
    """“Đạt khoảng 85%” mà không nói lệch bao nhiêu vẫn là đạt thì mỗi người đánh giá một khác; khi chưa có sai số,
    bdg coi sai số là 0.

    Cách xử lý: ghi `tolerance` (cùng đơn vị với giá trị), hoặc thay “khoảng” bằng một phép so sánh rõ ràng.

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
                    op: "~"  # <- CT110
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
                    op: "~"
                    value: 60
                    unit: "%"
                    due: 2024
                    tolerance: 2

    Không phải lỗi (ghi rõ sai số là 0):

        # demo/targets.yaml
        objectives:
          - id: "1"
            title: Trong lĩnh vực chính trị
            targets:
              - id: "1.1"
                text: Phấn đấu {{ value }} cơ quan có lãnh đạo chủ chốt là nữ.
                measures:
                  - id: "1.1"
                    op: "~"
                    value: 60
                    unit: "%"
                    due: 2024
                    tolerance: 0
                    side: up

    Không phải lỗi (chữ “khoảng” trong lời văn không phải phép so sánh):

        # demo/targets.yaml
        objectives:
          - id: "1"
            title: Thu hẹp khoảng cách giới trong lĩnh vực chính trị
            targets:
              - id: "1.1"
                text: Thu hẹp khoảng cách giới, phấn đấu {{ value }} cơ quan có lãnh đạo chủ chốt là nữ.
                measures:
                  - id: "1.1"
                    op: ">="
                    value: 60
                    unit: "%"
                    due: 2024
    """
    for _, measure in plan.measures():
        if measure.tolerance is not None:
            continue
        entries = [(measure, measure.op, measure.value), *((one, one.op, one.value) for one in measure.milestones)]
        about = [(entry, value) for entry, op, value in entries if op is Operator.ABOUT and value is not None]
        if about:
            (first, _), *others = about
            said = listed(f"“{Operator.ABOUT.term} {number(value)}”" for _, value in about)
            related = [(entry.at("op"), "cũng là “khoảng”") for entry, _ in others]
            yield Fault(first.at("op"), f"số đo {measure.id} là {said} mà không nêu sai số", related, value=measure.id)


@check("CT111", WARNING, "Nói tới chỉ tiêu mà không có")
def targets_only_spoken_of(plan: Plan) -> Iterator[Fault]:
    """Kế hoạch nói tới “chỉ tiêu của Kế hoạch này” mà không có chỉ tiêu nào, cũng không dựa vào kế hoạch cấp trên
    nào, thì người được giao không biết phải đạt gì.

    Cách xử lý: ghi các chỉ tiêu vào targets.yaml; nếu chỉ tiêu nằm ở kế hoạch cấp trên thì ghi kế hoạch ấy ở `parents`.

    Sai:

        # demo/plan.yaml
        parents: []
        closing: Các cơ quan phấn đấu đạt các mục tiêu, chỉ tiêu của Kế hoạch này.  # <- CT111

        # demo/targets.yaml
        objectives: []

        # demo/assignments.yaml
        duties:
          - group: so-ban-nganh-mau
            tasks:
              - text: Thực hiện công tác bình đẳng giới của ngành.
                deadline: 2024-11

    Đúng:

        # demo/plan.yaml
        parents: []
        closing: Các cơ quan phấn đấu đạt các mục tiêu, chỉ tiêu của Kế hoạch này.

    Không phải lỗi (kế hoạch triển khai, chỉ tiêu ở kế hoạch cấp trên):

        # demo/plan.yaml
        parents: [kh-10-2021]
        closing: Các cơ quan phấn đấu đạt các mục tiêu, chỉ tiêu của Kế hoạch này.

        # demo/targets.yaml
        objectives: []

        # demo/assignments.yaml
        duties:
          - group: so-ban-nganh-mau
            tasks:
              - text: Thực hiện công tác bình đẳng giới của ngành.
                deadline: 2024-11

    Không phải lỗi (chỉ tiêu của văn bản khác):

        # demo/plan.yaml
        parents: []
        closing: Các cơ quan lồng ghép chỉ tiêu của Chiến lược quốc gia về bình đẳng giới khi thực hiện Kế hoạch này.

        # demo/targets.yaml
        objectives: []

        # demo/assignments.yaml
        duties:
          - group: so-ban-nganh-mau
            tasks:
              - text: Phấn đấu đạt chỉ tiêu đề ra tại Kế hoạch số 10/KH-UBND ngày 15/01/2021 của UBND tỉnh.
                deadline: 2024-11
    """
    if plan.file.parents or plan.file.kind is PlanKind.LETTER or any(True for _ in plan.walk_targets()):
        return
    spoken = [
        passage.text.place(match.start(), match.end())
        for passage in plan.passages()
        for match in _OWN_TARGETS.finditer(passage.text.raw)
    ]
    if spoken:
        first, *others = spoken
        message = "nói tới chỉ tiêu của Kế hoạch này, mà kế hoạch không có chỉ tiêu nào và không ghi kế hoạch cấp trên"
        yield Fault(first, message, [(place, "cũng nói tới") for place in others])


@check("CT115", WARNING, "Định tính mà không nói lấy gì chứng minh")
def without_evidence(plan: Plan, registry: Registry) -> Iterator[Fault]:
    """Chỉ tiêu định tính (có hay không) chỉ kết luận được khi biết trước lấy tài liệu nào chứng minh. Áp dụng cho số đo
    có đơn vị “có/không” hoặc gắn với chỉ tiêu thống kê định tính; số đo không có cả con số lẫn bằng chứng là CT101.

    Cách xử lý: ghi `evidence`: văn bản, chương trình, tài liệu đã ban hành mà khi đánh giá sẽ dẫn ra.

    Sai:

        # registry/indicators.yaml
        indicators:
          - id: dua-vao-boi-duong
            name: Nội dung bình đẳng giới được đưa vào chương trình bồi dưỡng
            unit: có/không
            kind: level
            qualitative: true
            publication: year

        # demo/targets.yaml
        objectives:
          - id: "1"
            title: Trong lĩnh vực giáo dục
            targets:
              - id: "1.1"
                text: Nội dung về bình đẳng giới được đưa vào chương trình bồi dưỡng.
                measures:
                  - id: "1.1"  # <- CT115
                    indicator: dua-vao-boi-duong
                    due: 2024
              - id: "1.2"
                text: Tỉnh có quy chế phối hợp về bình đẳng giới.
                measures:
                  - id: "1.2"  # <- CT115
                    op: "="
                    value: 1
                    unit: có/không
                    due: 2024

    Đúng:

        # demo/targets.yaml
        objectives:
          - id: "1"
            title: Trong lĩnh vực giáo dục
            targets:
              - id: "1.1"
                text: Tỉnh có quy chế phối hợp về bình đẳng giới.
                measures:
                  - id: "1.1"
                    op: "="
                    value: 1
                    unit: có/không
                    due: 2024
                    evidence: quy chế phối hợp đã ban hành

    Không phải lỗi (chỉ tiêu có số không cần bằng chứng):

        # demo/targets.yaml
        objectives:
          - id: "1"
            title: Trong lĩnh vực giáo dục
            targets:
              - id: "1.1"
                text: Tổ chức ít nhất {{ value }} bồi dưỡng về bình đẳng giới.
                measures:
                  - id: "1.1"
                    op: ">="
                    value: 2
                    unit: lớp
                    due: 2024

    Không phải lỗi (định tính, có bằng chứng, không có con số):

        # registry/indicators.yaml
        indicators:
          - id: dua-vao-boi-duong
            name: Nội dung bình đẳng giới được đưa vào chương trình bồi dưỡng
            unit: có/không
            kind: level
            qualitative: true
            publication: year

        # demo/targets.yaml
        objectives:
          - id: "1"
            title: Trong lĩnh vực giáo dục
            targets:
              - id: "1.1"
                text: Nội dung về bình đẳng giới được đưa vào chương trình bồi dưỡng.
                measures:
                  - id: "1.1"
                    indicator: dua-vao-boi-duong
                    due: 2024
                    evidence: chương trình bồi dưỡng đã ban hành
    """
    for _, measure in plan.measures():
        shown = (measure.evidence or "").strip()
        if is_qualitative(measure, registry) and not shown and not has_other_unit(measure, registry):
            message = f"số đo {measure.id} là chỉ tiêu định tính mà không nói lấy gì chứng minh"
            yield Fault(measure.at("id"), message, value=measure.id)
