"""PC: whether a body can answer for what a plan gives it: its field of duty, and its figures."""

from __future__ import annotations

from collections.abc import Iterator

from bdg_cli.checks.assignments import meant_instead, owners_at
from bdg_cli.checks.check import check
from bdg_cli.findings import WARNING, Fault
from bdg_cli.models.plan import Measure, Role, Target
from bdg_cli.models.registry import Function, Sector
from bdg_cli.plan import Claim, Plan
from bdg_cli.registry import Registry
from bdg_cli.vietnamese import listed

# Bodies that may answer for a target of any field: those that govern, coordinate, lead gender equality, or count.
_ANY_FIELD = {Function.LOCAL, Function.COORDINATION, Function.GENDER, Function.STATISTICS}


@check("PC103", WARNING, "Ngoài lĩnh vực của cơ quan")
def outside_field(plan: Plan, registry: Registry) -> Iterator[Fault]:
    """Cơ quan chịu trách nhiệm một mục tiêu, chỉ tiêu mà không chỉ tiêu thống kê nào của nó thuộc lĩnh vực của cơ quan thì
    thường là ghi nhầm số mục tiêu. Không xét khi sổ chưa kiểm chứng cơ quan ấy, chưa kiểm chứng chỉ tiêu nào trong đó, hay có
    số đo không gắn chỉ tiêu thống kê. Cơ quan phụ trách bình đẳng giới, điều phối, thống kê, chính quyền địa phương nhận
    lĩnh vực nào cũng được; cơ quan Đảng, Mặt trận, đoàn thể không xét. Hai cơ quan cùng nhận một mục tiêu thì PC102 đã nói.

    Cách xử lý: đối chiếu số mục tiêu, chỉ tiêu; đúng như vậy thì ghi lý do khi chấp nhận, hoặc ghi thêm lĩnh vực của cơ quan
    vào sổ.

    Sai:

        # demo/assignments.yaml
        duties:
          - agency: so-y-te-mau
            tasks:
              - text: Kiểm soát mất cân bằng giới tính khi sinh.
                deadline: 2024-11
            answers_for:
              - role: owner
                targets: ["1"]  # <- PC103

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

    Không phải lỗi (mục tiêu nhiều lĩnh vực, một lĩnh vực là của cơ quan; chỉ cấp số liệu, chỉ phối hợp):

        # demo/targets.yaml
        objectives:
          - id: "1"
            title: Trong lĩnh vực chính trị, y tế
            targets:
              - id: "1.1"
                text: Phấn đấu {{ value }} cơ quan có lãnh đạo chủ chốt là nữ.
                measures: [{id: "1.1", indicator: cl-1-1, op: ">=", value: 60, unit: "%", due: 2024}]
              - id: "1.2"
                text: Tỷ số giới tính khi sinh không quá {{ value }}.
                measures: [{id: "1.2", indicator: cl-4-1, op: "<=", value: 111, unit: bé trai/100 bé gái, due: 2024}]

        # demo/assignments.yaml
        duties:
          - agency: so-y-te-mau
            tasks:
              - text: Kiểm soát mất cân bằng giới tính khi sinh.
                deadline: 2024-11
            answers_for:
              - role: owner
                targets: ["1"]
              - role: data
                targets: ["1.1"]

    Không phải lỗi (chỉ tiêu thống kê chưa kiểm chứng, hoặc không gắn chỉ tiêu thống kê nào):

        # demo/targets.yaml
        objectives:
          - id: "1"
            title: Trong lĩnh vực giáo dục
            targets:
              - id: "1.1"
                text: Trẻ em dân tộc thiểu số hoàn thành giáo dục tiểu học đạt {{ value }}.
                measures: [{id: "1.1", indicator: cl-5-2a, op: ">=", value: 90, unit: "%", due: 2024}]
              - id: "1.2"
                text: Tổ chức {{ value }} tập huấn cho giáo viên.
                measures: [{id: "1.2", op: ">=", value: 2, unit: lớp, due: 2024}]

        # demo/assignments.yaml
        duties:
          - agency: so-y-te-mau
            tasks:
              - text: Kiểm soát mất cân bằng giới tính khi sinh.
                deadline: 2024-11
            answers_for:
              - role: owner
                targets: ["1.1", "1.2"]

    Không phải lỗi (cơ quan phụ trách bình đẳng giới nhận chỉ tiêu của mọi lĩnh vực):

        # demo/targets.yaml
        objectives:
          - id: "1"
            title: Trong lĩnh vực y tế
            targets:
              - id: "1.1"
                text: Tỷ số giới tính khi sinh không quá {{ value }}.
                measures: [{id: "1.1", indicator: cl-4-1, op: "<=", value: 111, unit: bé trai/100 bé gái, due: 2024}]

        # demo/assignments.yaml
        duties:
          - agency: so-ldtbxh-mau
            tasks:
              - text: Theo dõi, đôn đốc việc thực hiện Kế hoạch.
                deadline: 2024-11
            answers_for:
              - role: owner
                targets: ["1"]
    """
    for claim in plan.claims:
        if claim.role is not Role.OWNER or claim.number is None or len(owners_at(plan, claim.number)) > 1:
            continue
        own, needed = _field(registry, claim.agency), _fields_of(plan, registry, claim.number)
        if own and needed and not own & needed:
            objective = next(entry for entry in plan.objectives if entry.id == plan.numbers[claim.number][-1])
            meant = meant_instead(plan, registry, claim, objective)
            hint = f"; có lẽ định nhận mục tiêu {meant.id}, đang không ai chịu trách nhiệm" if meant else ""
            name, level = registry.short_name(claim.agency), "mục tiêu" if claim.number == objective.id else "chỉ tiêu"
            message = f"{level} {claim.number} thuộc lĩnh vực {_told(needed)}; {name} phụ trách {_told(own)}{hint}"
            yield Fault(claim.place, message, value=f"{claim.agency} {claim.number}")


def _field(registry: Registry, agency: str) -> frozenset[Function]:
    """The fields of duty that may be held against an agency; none where any would do, or nobody can be sure."""
    own = registry.functions(agency)
    certain = registry.is_verified(agency) and registry.sector(agency) not in {Sector.PARTY, Sector.FRONT}
    return own if certain and not own & _ANY_FIELD else frozenset()


def _fields_of(plan: Plan, registry: Registry, number: str) -> frozenset[Function]:
    """The fields of all measures under a number; none where one's is not known, or none is verified."""
    found: set[Function] = set()
    certain = False
    for target, measure in plan.measures():
        if number not in plan.numbers.get(measure.id, plan.numbers.get(target.id, ())):
            continue
        indicator = registry.indicators.get(measure.indicator or "")
        if indicator is None or not indicator.functions:
            return frozenset()
        found.update(indicator.functions)
        certain = certain or indicator.verified
    return frozenset(found) if certain else frozenset()


def _told(functions: frozenset[Function]) -> str:
    return listed(function.term for function in Function if function in functions)


@check("PC109", WARNING, "Có chỉ tiêu mà không ai cấp số liệu")
def without_figures(plan: Plan, registry: Registry) -> Iterator[Fault]:
    """Cơ quan chịu trách nhiệm chỉ tiêu cũng là nơi cấp số liệu, nên có cơ quan ấy, hoặc có cơ quan `role: data`, là đủ;
    không có ai chịu trách nhiệm thì PC101 đã nói. Còn lại là chỉ tiêu chỉ giao cho một nhóm (“các cơ quan liên quan”) mà sổ
    không kê ai: không biết gửi biểu cho ai, đòi số liệu của ai. Báo một lần cho mỗi nhóm.

    Cách xử lý: kê `members` (hoặc `kind`) của nhóm trong sổ, hoặc ghi cơ quan cấp số liệu với `role: data`.

    Sai:

        # registry/agencies.yaml
        agencies:
          - {id: ubnd-mau, kind: ubnd-tinh, area: tra-vinh}
          - {id: so-noi-vu-mau, kind: so-noi-vu, area: tra-vinh}
          - {id: so-y-te-mau, kind: so-y-te, area: tra-vinh}
        groups:
          - {id: so-ban-nganh-mau, name: "Các sở, ban, ngành tỉnh", members: [so-noi-vu-mau, so-y-te-mau]}
          - {id: lien-quan, name: Các cơ quan có liên quan}

        # demo/assignments.yaml
        duties:
          - group: lien-quan
            tasks:
              - text: Rà soát quy hoạch cán bộ nữ.
                deadline: 2024-11
            answers_for:
              - role: owner
                targets: ["1"]  # <- PC109

    Đúng:

        # demo/assignments.yaml
        duties:
          - group: so-ban-nganh-mau
            tasks:
              - text: Rà soát quy hoạch cán bộ nữ.
                deadline: 2024-11
            answers_for:
              - role: owner
                targets: ["1"]

    Không phải lỗi (nhóm chưa kê tên nhưng có cơ quan cấp số liệu; nhóm mọi huyện):

        # registry/agencies.yaml
        agencies:
          - {id: ubnd-mau, kind: ubnd-tinh, area: tra-vinh}
          - {id: so-noi-vu-mau, kind: so-noi-vu, area: tra-vinh}
          - {id: so-y-te-mau, kind: so-y-te, area: tra-vinh}
        groups:
          - {id: so-ban-nganh-mau, name: "Các sở, ban, ngành tỉnh", members: [so-noi-vu-mau, so-y-te-mau]}
          - {id: lien-quan, name: Các cơ quan có liên quan}
          - {id: cac-huyen, name: "Ủy ban nhân dân các huyện, thành phố", kind: ubnd-huyen, area: tra-vinh}

        # demo/targets.yaml
        objectives:
          - id: "1"
            title: Trong lĩnh vực chính trị
            targets:
              - id: "1.1"
                text: Phấn đấu {{ value }} cơ quan có lãnh đạo chủ chốt là nữ.
                measures: [{id: "1.1", indicator: cl-1-1, op: ">=", value: 60, unit: "%", due: 2024}]
              - id: "1.2"
                text: Tổ chức {{ value }} tập huấn về bình đẳng giới ở mỗi huyện.
                measures: [{id: "1.2", op: ">=", value: 2, unit: lớp, due: 2024}]

        # demo/assignments.yaml
        duties:
          - group: lien-quan
            tasks:
              - text: Rà soát quy hoạch cán bộ nữ.
                deadline: 2024-11
            answers_for:
              - role: owner
                targets: ["1.1"]
          - agency: so-noi-vu-mau
            answers_for:
              - role: data
                targets: ["1"]
          - group: cac-huyen
            answers_for:
              - role: owner
                targets: ["1.2"]

        # demo/plan.yaml
        recipients:
          - text: Các cơ quan, đơn vị có liên quan
          - text: VT
            purpose: lưu

    Không phải lỗi (một cơ quan chịu trách nhiệm cả kế hoạch):

        # demo/assignments.yaml
        duties:
          - agency: so-noi-vu-mau
            tasks:
              - text: Tham mưu công tác cán bộ nữ.
                deadline: 2024-11
            answers_for:
              - role: owner
    """
    found: dict[str, tuple[Claim, list[Target]]] = {}
    for _, target in plan.walk_targets():
        suppliers = [claim for measure in target.measures for claim in _suppliers(plan, measure)]
        if suppliers and all(_names_nobody(registry, claim.agency) for claim in suppliers):
            found.setdefault(suppliers[0].agency, (suppliers[0], []))[1].append(target)
    for agency, (claim, targets) in found.items():
        numbers = listed(target.id for target in targets)
        message = f"chỉ tiêu {numbers} chỉ giao cho “{registry.name(agency)}”, nhóm mà sổ không kê cơ quan nào"
        yield Fault(claim.place, message, [(target.at("id"), f"chỉ tiêu {target.id}") for target in targets], agency)


def _suppliers(plan: Plan, measure: Measure) -> Iterator[Claim]:
    """Who gives the figures of a measure: its owners, and whoever reports figures for it or for what it belongs to."""
    yield from plan.owners(measure.id)
    chain = plan.numbers.get(measure.id, ())
    yield from (
        claim for claim in plan.claims if claim.role is Role.DATA and (claim.number or chain) in (*chain, chain)
    )


def _names_nobody(registry: Registry, agency: str) -> bool:
    group = registry.groups.get(agency)
    return group is not None and not group.members and group.kind is None
