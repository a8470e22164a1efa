"""PC: who answers for what, what there is to do, and until when."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bdg_cli import prose
from bdg_cli.checks.check import check
from bdg_cli.findings import ERROR, INFO, WARNING, Fault
from bdg_cli.models.plan import Duty, Objective, Role, Sharing, Target, Task
from bdg_cli.models.registry import Function
from bdg_cli.plan import Claim, Plan
from bdg_cli.registry import Registry
from bdg_cli.vietnamese import count, listed

_MOST_RELATED = 3
# What gives a task its time without a deadline: a rhythm ("hằng năm"), said in its own words.
_RHYTHM = re.compile(r"\b(?:hằng|hàng|mỗi)\s+(?:năm|quý|tháng|tuần|kỳ)\b|\bđịnh\s+kỳ\b")
_LEAD = re.compile(r"\bchủ\s+trì\b|\bđầu\s+mối\b", re.IGNORECASE)
_TIMES = (prose.DateMention, prose.DateRange, prose.Deadline)


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

    Không phải lỗi (một cơ quan chịu trách nhiệm cả kế hoạch; mỗi số đo của một chỉ tiêu có cơ quan riêng):

        # demo/assignments.yaml
        duties:
          - agency: so-noi-vu-mau
            tasks:
              - text: Tham mưu công tác cán bộ nữ.
                deadline: 2024-11
            answers_for:
              - role: owner
          - agency: so-y-te-mau
            answers_for:
              - role: owner
                targets: ["1.2a", "1.2b"]

        # demo/targets.yaml
        objectives:
          - id: "1"
            title: Trong lĩnh vực chính trị, y tế
            targets:
              - id: "1.1"
                text: Phấn đấu {{ value }} cơ quan có lãnh đạo chủ chốt là nữ.
                measures: [{id: "1.1", op: ">=", value: 60, unit: "%", due: 2024}]
              - id: "1.2"
                text: Tập huấn {{ value("1.2a") }}, truyền thông {{ value("1.2b") }} về chăm sóc sức khỏe sinh sản.
                measures:
                  - {id: "1.2a", op: ">=", value: 2, unit: lớp, due: 2024}
                  - {id: "1.2b", op: ">=", value: 4, unit: cuộc, due: 2024}
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
        claims = owners_at(plan, other.id)
        for claim in claims if len(claims) > 1 else ():
            if meant_instead(plan, registry, claim, other) is objective:
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

    Không phải lỗi (một cơ quan chịu trách nhiệm, một cơ quan phối hợp, một cơ quan điều phối chung):

        # demo/assignments.yaml
        duties:
          - agency: so-noi-vu-mau
            tasks:
              - text: Tham mưu công tác cán bộ nữ.
                deadline: 2024-11
            answers_for:
              - role: owner
                targets: ["1"]
              - role: coordinator
          - agency: so-y-te-mau
            answers_for:
              - role: partner
                targets: ["1"]
    """
    for number in plan.numbers:
        first, *others = owners_at(plan, number) or (None,)
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


def owners_at(plan: Plan, number: str) -> tuple[Claim, ...]:
    """The owners of exactly this number, one claim for each duty."""
    claims: dict[int, Claim] = {}
    for claim in plan.claims:
        if claim.role is Role.OWNER and claim.number == number:
            claims.setdefault(id(claim.duty), claim)
    return tuple(claims.values())


def _mistaken_number(plan: Plan, registry: Registry, claims: tuple[Claim, ...], objective: Objective) -> str:
    for claim in claims:
        meant = meant_instead(plan, registry, claim, objective)
        if meant is not None:
            name = registry.short_name(claim.agency)
            return f"; có lẽ {name} định nhận mục tiêu {meant.id}, đang không ai chịu trách nhiệm"
    return ""


def meant_instead(plan: Plan, registry: Registry, claim: Claim, objective: Objective) -> Objective | None:
    """The orphan objective in the agency's field, where the claimed one is outside it."""
    field = registry.functions(claim.agency)
    if field & functions_of(registry, objective):
        return None
    for other in plan.objectives:
        orphan = not plan.owners(other.id) and not any(_is_owned(plan, target) for target in other.targets)
        if orphan and field & functions_of(registry, other):
            return other
    return None


def functions_of(registry: Registry, objective: Objective) -> frozenset[Function]:
    """The fields of duty that an objective's indicators belong to."""
    known = [
        registry.indicators[measure.indicator].functions
        for target in objective.targets
        for measure in target.measures
        if measure.indicator in registry.indicators
    ]
    return frozenset(function for functions in known for function in functions)


@check("PC106", INFO, "Nhiệm vụ không có thời hạn")
def tasks_without_deadline(plan: Plan) -> Iterator[Fault]:
    """Nhiệm vụ có thời hạn thì đôn đốc được; không có thì chỉ biết là trong giai đoạn của kế hoạch. Báo một lần cho cả
    kế hoạch. Nhiệm vụ tự nói lúc nào làm (một ngày, một đợt, “hằng năm”, “định kỳ”) thì không tính.

    Cách xử lý: ghi `deadline` cho từng nhiệm vụ có sản phẩm hoặc việc phải xong; kế hoạch đã ban hành thì để vậy.

    Sai:

        # demo/assignments.yaml
        duties:
          - agency: so-noi-vu-mau
            tasks:
              - text: Tham mưu công tác cán bộ nữ.  # <- PC106
              - text: Tập huấn cho cán bộ làm công tác bình đẳng giới.
                deadline: 2024-09
            answers_for:
              - role: owner
                targets: ["1"]
          - agency: so-y-te-mau
            tasks:
              - text: Kiểm soát mất cân bằng giới tính khi sinh.

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

    Không phải lỗi (việc làm theo nhịp):

        # demo/assignments.yaml
        duties:
          - agency: so-noi-vu-mau
            tasks:
              - text: Hằng năm rà soát quy hoạch cán bộ nữ.
              - text: Kiểm tra định kỳ việc thực hiện Kế hoạch.
            answers_for:
              - role: owner
                targets: ["1"]

    Không phải lỗi (ngày, đợt nằm trong lời văn):

        # demo/assignments.yaml
        duties:
          - agency: so-noi-vu-mau
            tasks:
              - text: Tổ chức Tháng hành động từ ngày 15/11 đến ngày 15/12/2024.
              - text: Trình kế hoạch tập huấn trước ngày 30/4/2024.
            answers_for:
              - role: owner
                targets: ["1"]
    """
    timed = {id(mention.passage.text) for mention in plan.mentions if isinstance(mention.found, _TIMES)}
    tasks = [task for duty in plan.assignments.duties for task in duty.tasks]
    blank = [task for task in tasks if not _has_time(task, timed)]
    if not blank:
        return
    first, *others = blank
    number = f"cả {count(len(tasks))}" if len(blank) == len(tasks) else f"{count(len(blank))} trong {count(len(tasks))}"
    related = [(task.here(), "cũng không có thời hạn") for task in others[:_MOST_RELATED]]
    yield Fault(first.here(), f"{number} nhiệm vụ không có thời hạn, lời văn cũng không nói lúc nào làm", related)


def _has_time(task: Task, timed: set[int]) -> bool:
    """Whether a task says when: by its deadline, or in its words (`timed` holds the texts that name a day)."""
    if task.deadline is not None or id(task.text) in timed:
        return True
    words = task.text.raw.lower()
    rhythmic = "hằng" in words or "hàng" in words or "mỗi" in words or "định" in words
    return rhythmic and _RHYTHM.search(words) is not None


@check("PC107", WARNING, "Cơ quan không có nhiệm vụ")
def duty_without_work(plan: Plan, registry: Registry) -> Iterator[Fault]:
    """Cơ quan được nêu ở phần phân công mà không có nhiệm vụ, cũng không chịu trách nhiệm mục tiêu, chỉ tiêu nào thì
    không biết phải làm gì; văn bản in ra chỉ còn tên cơ quan.

    Cách xử lý: ghi `tasks` hoặc `answers_for` cho cơ quan ấy; không có việc thì bỏ khỏi phần phân công.

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
          - agency: so-y-te-mau  # <- PC107

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

    Không phải lỗi (chỉ chịu trách nhiệm chỉ tiêu, chưa kê nhiệm vụ):

        # demo/assignments.yaml
        duties:
          - agency: so-noi-vu-mau
            answers_for:
              - role: owner
                targets: ["1"]

    Không phải lỗi (chỉ cấp số liệu; nhóm cơ quan chỉ có nhiệm vụ):

        # demo/assignments.yaml
        duties:
          - agency: so-noi-vu-mau
            answers_for:
              - role: owner
                targets: ["1"]
          - agency: so-y-te-mau
            answers_for:
              - role: data
                targets: ["1.1"]
          - group: so-ban-nganh-mau
            tasks:
              - text: Lồng ghép nội dung bình đẳng giới vào kế hoạch của ngành.
                deadline: 2024-11
    """
    for duty in plan.assignments.duties:
        if duty.named and not duty.tasks and not duty.answers_for:
            names = listed(registry.short_name(name) for name in duty.named)
            message = f"{names} không có nhiệm vụ, cũng không chịu trách nhiệm mục tiêu, chỉ tiêu nào"
            yield Fault(duty.at_agency(), message, value=",".join(duty.named))


@check("PC108", WARNING, "Nhiệm vụ chung không có đầu mối")
def joint_without_lead(plan: Plan, registry: Registry) -> Iterator[Fault]:
    """Nhiều cơ quan cùng thực hiện (`sharing: joint`) thì phải có một cơ quan đầu mối, nếu không thì không ai tổng hợp.
    Đầu mối là cơ quan ghi riêng ở `agency` bên cạnh `agencies`, `group`; là cơ quan đứng một mình ở mục khác mà điều phối
    chung hoặc nhận chính mục tiêu, chỉ tiêu ấy; hoặc được nói trong lời văn (“chủ trì”, “đầu mối”).

    Cách xử lý: đưa cơ quan đầu mối ra `agency`, để các cơ quan còn lại ở `agencies`; mỗi cơ quan làm riêng phần mình thì
    ghi `sharing: each`.

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
          - agencies: [so-noi-vu-mau, so-y-te-mau]  # <- PC108
            sharing: joint
            tasks:
              - text: Xây dựng cơ sở dữ liệu về bạo lực trên cơ sở giới.
                deadline: 2024-11

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
            agencies: [so-noi-vu-mau]
            sharing: joint
            tasks:
              - text: Xây dựng cơ sở dữ liệu về bạo lực trên cơ sở giới.
                deadline: 2024-11

    Không phải lỗi (mỗi cơ quan làm phần mình; lời văn nói ai chủ trì):

        # demo/assignments.yaml
        duties:
          - agency: so-noi-vu-mau
            tasks:
              - text: Tham mưu công tác cán bộ nữ.
                deadline: 2024-11
            answers_for:
              - role: owner
                targets: ["1"]
          - agencies: [so-noi-vu-mau, so-y-te-mau]
            tasks:
              - text: Lồng ghép nội dung bình đẳng giới vào kế hoạch của ngành.
                deadline: 2024-11
          - group: so-ban-nganh-mau
            sharing: joint
            tasks:
              - text: Xây dựng cơ sở dữ liệu về bạo lực trên cơ sở giới, do Sở Y tế chủ trì.
                deadline: 2024-11

    Không phải lỗi (một cơ quan đứng riêng đã nhận chính chỉ tiêu ấy):

        # demo/assignments.yaml
        duties:
          - agency: so-noi-vu-mau
            tasks:
              - text: Tham mưu công tác cán bộ nữ.
                deadline: 2024-11
            answers_for:
              - role: owner
                targets: ["1"]
          - agencies: [so-noi-vu-mau, so-y-te-mau]
            sharing: joint
            tasks:
              - text: Rà soát quy hoạch cán bộ nữ của hai ngành.
                deadline: 2024-11
                targets: ["1.1"]
    """
    for duty in plan.assignments.duties:
        if duty.sharing is not Sharing.JOINT or duty.agency or not _is_several(registry, duty):
            continue
        if not _lead_in_words(duty) and not _lead_elsewhere(plan, duty):
            names = listed(registry.short_name(name) for name in duty.named)
            yield Fault(
                duty.at_agency(),
                f"{names} cùng thực hiện nhưng không có cơ quan đầu mối",
                value=",".join(duty.named),
            )


def _is_several(registry: Registry, duty: Duty) -> bool:
    """Whether more than one body works together; a group counts unless the registry lists one member only."""
    if len(duty.named) > 1:
        return True
    group = registry.groups.get(duty.group or "")
    return group is not None and len(group.members) != 1


def _lead_in_words(duty: Duty) -> bool:
    texts = [duty.heading or "", *(task.text.raw for task in duty.tasks)]
    return any(_LEAD.search(text) for text in texts)


def _lead_elsewhere(plan: Plan, duty: Duty) -> bool:
    """Whether a body named alone coordinates the plan, or owns what this duty is for."""
    wanted = {number for task in duty.tasks for number in task.targets}
    wanted |= {number for answer in duty.answers_for for number in answer.targets}
    levels = {level for number in wanted for level in plan.numbers.get(number, (number,))}
    for claim in plan.claims:
        if len(claim.duty.named) != 1 or not claim.duty.agency or claim.role not in {Role.OWNER, Role.COORDINATOR}:
            continue
        if claim.number is None or claim.number in levels:
            return True
    return False
