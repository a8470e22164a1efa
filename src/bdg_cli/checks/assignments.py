"""PC: who answers for what, and whether that body exists."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from bdg_cli.checks.check import check
from bdg_cli.findings import ERROR, WARNING, Fault
from bdg_cli.models.plan import Duty, Objective, Role, Target
from bdg_cli.models.registry import Function, Heir
from bdg_cli.plan import Claim, Plan
from bdg_cli.registry import Registry
from bdg_cli.vietnamese import listed, short_date


@check("PC101", ERROR, "Không cơ quan nào chịu trách nhiệm")
def without_owner(plan: Plan, registry: Registry) -> Iterator[Fault]:
    """Mỗi mục tiêu, chỉ tiêu phải có một cơ quan theo dõi, thực hiện và tổng hợp báo cáo. Trách nhiệm với mục tiêu gồm
    mọi chỉ tiêu của nó. Cả mục tiêu không ai nhận thì báo một lần ở mục tiêu; cơ quan chỉ báo cáo số liệu
    (`role: data`) không phải cơ quan chịu trách nhiệm.

    Căn cứ: Luật Bình đẳng giới, Điều 25 đến Điều 28 (trách nhiệm của cơ quan quản lý nhà nước về bình đẳng giới).

    Cách xử lý: thêm `answers_for` với `role: owner` cho một cơ quan trong assignments.yaml.

    Sai:

        # demo/assignments.yaml
        duties:
          - agency: so-noi-vu-mau
            tasks:
              - text: Tham mưu công tác cán bộ nữ.
                deadline: 2024-11
            answers_for:
              - role: owner
                targets: ["1"]

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
          - id: "2"  # <- PC101
            title: Trong lĩnh vực y tế
            targets:
              - id: "2.1"
                text: Giảm tỷ số giới tính khi sinh xuống {{ value }}.
                measures:
                  - id: "2.1"
                    op: "<="
                    value: 111
                    unit: bé trai/100 bé gái
                    due: 2024

    Đúng:

        # demo/assignments.yaml
        duties:
          - agency: so-noi-vu-mau
            tasks:
              - text: Tham mưu công tác cán bộ nữ.
                deadline: 2024-11
            answers_for:
              - role: owner
                targets: ["1"]
          - agency: so-y-te-mau
            tasks:
              - text: Kiểm soát mất cân bằng giới tính khi sinh.
                deadline: 2024-11
            answers_for:
              - role: owner
                targets: ["2"]

        # demo/targets.yaml
        objectives:
          - id: "1"
            title: Trong lĩnh vực chính trị
            targets:
              - id: "1.1"
                text: Phấn đấu {{ value }} cơ quan có lãnh đạo chủ chốt là nữ.
                measures: [{id: "1.1", op: ">=", value: 60, unit: "%", due: 2024}]
          - id: "2"
            title: Trong lĩnh vực y tế
            targets:
              - id: "2.1"
                text: Giảm tỷ số giới tính khi sinh xuống không quá {{ value }}.
                measures: [{id: "2.1", op: "<=", value: 111, unit: bé trai/100 bé gái, due: 2024}]

    Không phải lỗi (mỗi chỉ tiêu một cơ quan, không cơ quan nào nhận cả mục tiêu):

        # demo/assignments.yaml
        duties:
          - agency: so-noi-vu-mau
            tasks:
              - text: Tham mưu công tác cán bộ nữ.
                deadline: 2024-11
            answers_for:
              - role: owner
                targets: ["1.1"]
          - agency: so-y-te-mau
            tasks:
              - text: Kiểm soát mất cân bằng giới tính khi sinh.
                deadline: 2024-11
            answers_for:
              - role: owner
                targets: ["2.1"]

        # demo/targets.yaml
        objectives:
          - id: "1"
            title: Trong lĩnh vực chính trị
            targets:
              - id: "1.1"
                text: Phấn đấu {{ value }} cơ quan có lãnh đạo chủ chốt là nữ.
                measures: [{id: "1.1", op: ">=", value: 60, unit: "%", due: 2024}]
          - id: "2"
            title: Trong lĩnh vực y tế
            targets:
              - id: "2.1"
                text: Giảm tỷ số giới tính khi sinh xuống không quá {{ value }}.
                measures: [{id: "2.1", op: "<=", value: 111, unit: bé trai/100 bé gái, due: 2024}]
    """
    for objective in plan.objectives:
        orphans = [target for target in objective.targets if not _is_owned(plan, target)]
        if not orphans:
            continue
        if len(orphans) == len(objective.targets) and not plan.owners(objective.id):
            related = [(target.at("id"), f"chỉ tiêu {target.id}") for target in orphans]
            message = (
                f"không cơ quan nào chịu trách nhiệm mục tiêu {objective.id}{_repeated_hint(plan, registry, objective)}"
            )
            yield Fault(objective.at("id"), message, related, value=objective.id)
            continue
        for target in orphans:
            message = f"không cơ quan nào chịu trách nhiệm chỉ tiêu {target.id}"
            yield Fault(target.at("id"), message, value=target.id)


def _is_owned(plan: Plan, target: Target) -> bool:
    if plan.owners(target.id):
        return True
    return bool(target.measures) and all(plan.owners(measure.id) for measure in target.measures)


def _repeated_hint(plan: Plan, registry: Registry, objective: Objective) -> str:
    """Where a number was copied wrong, the orphan and the objective with two owners explain each other."""
    for other in plan.objectives:
        claims = _owners_at(plan, other.id)
        for claim in claims if len(claims) > 1 else ():
            if _meant_instead(plan, registry, claim, other) is objective:
                name = registry.short_name(claim.agency)
                return f"; có lẽ là của {name}, đang ghi trùng ở mục tiêu {other.id} (PC102)"
    return ""


@check("PC102", ERROR, "Hai cơ quan cùng chịu trách nhiệm")
def with_two_owners(plan: Plan, registry: Registry) -> Iterator[Fault]:
    """Hai cơ quan cùng chịu trách nhiệm một mục tiêu thì không cơ quan nào tổng hợp. Cơ quan chỉ cấp số liệu, cơ quan
    phối hợp không tính; giao riêng một chỉ tiêu cho cơ quan khác trong mục tiêu đã có cơ quan nhận cũng không tính.

    Cách xử lý: chọn một cơ quan `role: owner`; cơ quan kia là `role: partner`, hoặc sửa số mục tiêu chép nhầm.

    Sai:

        # demo/assignments.yaml
        duties:
          - agency: so-noi-vu-mau
            tasks:
              - text: Tham mưu công tác cán bộ nữ.
                deadline: 2024-11
            answers_for:
              - role: owner
                targets: ["1", "2"]
          - agency: so-y-te-mau
            tasks:
              - text: Kiểm soát mất cân bằng giới tính khi sinh.
                deadline: 2024-11
            answers_for:
              - role: owner
                targets: ["2"]  # <- PC102

        # demo/targets.yaml
        objectives:
          - id: "1"
            title: Trong lĩnh vực chính trị
            targets:
              - id: "1.1"
                text: Phấn đấu {{ value }} cơ quan có lãnh đạo chủ chốt là nữ.
                measures: [{id: "1.1", op: ">=", value: 60, unit: "%", due: 2024}]
          - id: "2"
            title: Trong lĩnh vực y tế
            targets:
              - id: "2.1"
                text: Giảm tỷ số giới tính khi sinh xuống không quá {{ value }}.
                measures: [{id: "2.1", op: "<=", value: 111, unit: bé trai/100 bé gái, due: 2024}]

    Đúng:

        # demo/assignments.yaml
        duties:
          - agency: so-noi-vu-mau
            tasks:
              - text: Tham mưu công tác cán bộ nữ.
                deadline: 2024-11
            answers_for:
              - role: owner
                targets: ["1"]
          - agency: so-y-te-mau
            tasks:
              - text: Kiểm soát mất cân bằng giới tính khi sinh.
                deadline: 2024-11
            answers_for:
              - role: owner
                targets: ["2"]

        # demo/targets.yaml
        objectives:
          - id: "1"
            title: Trong lĩnh vực chính trị
            targets:
              - id: "1.1"
                text: Phấn đấu {{ value }} cơ quan có lãnh đạo chủ chốt là nữ.
                measures: [{id: "1.1", op: ">=", value: 60, unit: "%", due: 2024}]
          - id: "2"
            title: Trong lĩnh vực y tế
            targets:
              - id: "2.1"
                text: Giảm tỷ số giới tính khi sinh xuống không quá {{ value }}.
                measures: [{id: "2.1", op: "<=", value: 111, unit: bé trai/100 bé gái, due: 2024}]

    Không phải lỗi (nguồn số liệu; giao riêng cho phần nhỏ hơn):

        # demo/assignments.yaml
        duties:
          - agency: so-noi-vu-mau
            tasks:
              - text: Tham mưu công tác cán bộ nữ.
                deadline: 2024-11
            answers_for:
              - role: owner
                targets: ["1", "2"]
              - role: data
                targets: ["2.1"]
          - agency: so-y-te-mau
            tasks:
              - text: Kiểm soát mất cân bằng giới tính khi sinh.
                deadline: 2024-11
            answers_for:
              - role: owner
                targets: ["2.1"]

        # demo/targets.yaml
        objectives:
          - id: "1"
            title: Trong lĩnh vực chính trị
            targets:
              - id: "1.1"
                text: Phấn đấu {{ value }} cơ quan có lãnh đạo chủ chốt là nữ.
                measures: [{id: "1.1", op: ">=", value: 60, unit: "%", due: 2024}]
          - id: "2"
            title: Trong lĩnh vực y tế
            targets:
              - id: "2.1"
                text: Giảm tỷ số giới tính khi sinh xuống không quá {{ value }}.
                measures: [{id: "2.1", op: "<=", value: 111, unit: bé trai/100 bé gái, due: 2024}]
    """
    for number in plan.numbers:
        first, *others = _owners_at(plan, number) or (None,)
        if first is None:
            continue
        for claim in others:
            objective = next(entry for entry in plan.objectives if entry.id == plan.numbers[number][-1])
            names = listed((registry.short_name(first.agency), registry.short_name(claim.agency)))
            hint = _mistaken_number(plan, registry, (first, claim), objective)
            level = "mục tiêu" if number == objective.id else "chỉ tiêu"
            message = f"{names} cùng chịu trách nhiệm {level} {number}{hint}"
            yield Fault(
                claim.place, message, [(first.place, f"{registry.short_name(first.agency)} ở đây")], value=number
            )


def _owners_at(plan: Plan, number: str) -> tuple[Claim, ...]:
    """The owners of exactly this number, one claim for each duty."""
    claims: dict[int, Claim] = {}
    for claim in plan.claims:
        if claim.role is Role.OWNER and claim.number == number:
            claims.setdefault(id(claim.duty), claim)
    return tuple(claims.values())


def _mistaken_number(plan: Plan, registry: Registry, claims: tuple[Claim, ...], objective: Objective) -> str:
    for claim in claims:
        meant = _meant_instead(plan, registry, claim, objective)
        if meant is not None:
            name = registry.short_name(claim.agency)
            return f"; có lẽ {name} định nhận mục tiêu {meant.id}, đang không ai chịu trách nhiệm"
    return ""


def _meant_instead(plan: Plan, registry: Registry, claim: Claim, objective: Objective) -> Objective | None:
    """The orphan objective in the agency's field, where the claimed one is outside it."""
    field = registry.functions(claim.agency)
    if field & _functions(registry, objective):
        return None
    for other in plan.objectives:
        orphan = not plan.owners(other.id) and not any(_is_owned(plan, target) for target in other.targets)
        if orphan and field & _functions(registry, other):
            return other
    return None


def _functions(registry: Registry, objective: Objective) -> frozenset[Function]:
    """The fields of duty that an objective's indicators belong to."""
    known = [
        registry.indicators[measure.indicator].functions
        for target in objective.targets
        for measure in target.measures
        if measure.indicator in registry.indicators
    ]
    return frozenset(function for functions in known for function in functions)


@check("PC105", WARNING, "Cơ quan thôi tồn tại trong thời gian thực hiện")
def agency_ends_during_plan(plan: Plan, registry: Registry, today: date) -> Iterator[Fault]:
    """Cơ quan được giao nhiệm vụ kết thúc hoạt động trước khi kế hoạch hết hạn thì phải nói ai làm tiếp. Phần việc có thể
    sang nhiều nơi theo lĩnh vực. Kế hoạch đã hết giai đoạn thì thôi báo.

    Căn cứ: Nghị định 45/2025/NĐ-CP (tổ chức cơ quan chuyên môn cấp tỉnh); Luật 72/2025/QH15 (không còn cấp huyện).

    Cách xử lý: ban hành văn bản điều chỉnh phân công theo cơ quan kế thừa; tạo bằng `bdg new amendment`.

    Sai (ngày 2025-01-10):

        # demo/plan.yaml
        date: 2025-01-06
        period: 2025
        opening: |
          Ủy ban nhân dân tỉnh ban hành Kế hoạch thực hiện công tác bình đẳng giới năm 2025, cụ thể như sau:
        reporting:
          - from: [so-noi-vu-mau]
            to: ubnd-mau
            period: year
            deadline: 2025-12-20

        # demo/targets.yaml
        objectives: []

        # demo/assignments.yaml
        duties:
          - agency: so-ldtbxh-mau  # <- PC105
            tasks:
              - text: Theo dõi, đôn đốc việc thực hiện Kế hoạch.
                deadline: 2025-11

    Đúng (ngày 2025-01-10):

        # demo/plan.yaml
        date: 2025-01-06
        period: 2025
        opening: |
          Ủy ban nhân dân tỉnh ban hành Kế hoạch thực hiện công tác bình đẳng giới năm 2025, cụ thể như sau:
        reporting:
          - from: [so-noi-vu-mau]
            to: ubnd-mau
            period: year
            deadline: 2025-12-20

        # demo/targets.yaml
        objectives: []

        # demo/assignments.yaml
        duties:
          - agency: so-noi-vu-mau
            tasks:
              - text: Theo dõi, đôn đốc việc thực hiện Kế hoạch.
                deadline: 2025-11

    Không phải lỗi (kế hoạch năm 2024 đã xong trước khi Sở kết thúc hoạt động):

        # demo/targets.yaml
        objectives: []

        # demo/assignments.yaml
        duties:
          - agency: so-ldtbxh-mau
            tasks:
              - text: Theo dõi, đôn đốc việc thực hiện Kế hoạch.
                deadline: 2024-11

    Không phải lỗi (giai đoạn của kế hoạch đã hết) (ngày 2026-05-01):

        # demo/plan.yaml
        date: 2025-01-06
        period: 2025
        opening: |
          Ủy ban nhân dân tỉnh ban hành Kế hoạch thực hiện công tác bình đẳng giới năm 2025, cụ thể như sau:
        reporting:
          - from: [so-noi-vu-mau]
            to: ubnd-mau
            period: year
            deadline: 2025-12-20

        # demo/targets.yaml
        objectives: []

        # demo/assignments.yaml
        duties:
          - agency: so-ldtbxh-mau
            tasks:
              - text: Theo dõi, đôn đốc việc thực hiện Kế hoạch.
                deadline: 2025-11
    """
    period = plan.period
    if period is None or period.end < today:
        return
    told: set[str] = set()
    for duty in plan.assignments.duties:
        for agency in duty.named:
            last = registry.validity(agency).to
            if agency in told or last is None or not period.start <= last < period.end:
                continue
            if registry.is_verified(agency):
                told.add(agency)
                message = f"{registry.short_name(agency)} kết thúc hoạt động sau ngày {short_date(last)}, kế hoạch đến hết {period.end.year}"
                yield Fault(duty.at_agency(), message + _heirs_told(plan, registry, duty, agency), value=agency)


def _heirs_told(plan: Plan, registry: Registry, duty: Duty, agency: str) -> str:
    """Who takes over: the general heir, and those of the functions that the claimed targets need."""
    needed = _claimed_functions(plan, registry, duty)
    parts = []
    for heir in registry.heirs(agency):
        shared = [function for function in heir.functions if not needed or function in needed]
        if not heir.functions:
            parts.append(f"kế thừa: {registry.heir_name(heir)}")
        elif shared:
            parts.append(_part_told(registry, heir, shared))
    return f"; {'; '.join(parts)}" if parts else ""


def _part_told(registry: Registry, heir: Heir, functions: list[Function]) -> str:
    return f"{listed(function.term for function in functions)} sang {registry.heir_name(heir)}"


def _claimed_functions(plan: Plan, registry: Registry, duty: Duty) -> frozenset[Function]:
    objectives = {
        plan.numbers[number][-1] for answer in duty.answers_for for number in answer.targets if number in plan.numbers
    }
    parts = [_functions(registry, entry) for entry in plan.objectives if entry.id in objectives]
    return frozenset().union(*parts)
