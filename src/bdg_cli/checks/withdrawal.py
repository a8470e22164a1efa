"""SS: targets, owners and definitions of an issued plan that an earlier revision had, and no act takes away."""

from __future__ import annotations

from collections.abc import Iterator

from bdg_cli.checks.check import also, check
from bdg_cli.checks.weakening import amended, pairs
from bdg_cli.comparison import measures_by_id, owners_of, plain
from bdg_cli.facts import Facts
from bdg_cli.findings import ERROR, Fault, Place
from bdg_cli.models.plan import Objective, Target
from bdg_cli.models.registry import Definition, Indicator
from bdg_cli.plan import Plan
from bdg_cli.registry import Registry
from bdg_cli.vietnamese import listed


@check("SS105", ERROR, "Bỏ cơ quan chịu trách nhiệm đã ban hành")
def dropped_owner(before: Plan, plan: Plan, registry: Registry) -> Iterator[Fault]:
    """Chỉ tiêu mất cơ quan chịu trách nhiệm thì không ai bị hỏi khi nó không đạt.

    Cách xử lý: giao lại cho cơ quan ấy hoặc cơ quan kế thừa; nếu được sửa thì nêu văn bản ở `amended_by` của số đo hoặc
    của plan.yaml.

    Sai:

        # trước: demo/assignments.yaml
        duties:
          - agency: so-noi-vu-mau
            tasks:
              - {text: Tham mưu công tác cán bộ nữ., deadline: 2024-11}
            answers_for:
              - {role: owner, targets: ["1"]}
          - agency: so-y-te-mau
            tasks:
              - {text: Kiểm soát mất cân bằng giới tính khi sinh., deadline: 2024-11}
            answers_for:
              - {role: owner, targets: ["1"]}

        # demo/assignments.yaml
        duties:
          - agency: so-noi-vu-mau
            tasks:
              - {text: Tham mưu công tác cán bộ nữ., deadline: 2024-11}
            answers_for:
              - {role: owner, targets: ["1"]}  # <- SS105
          - agency: so-y-te-mau
            tasks:
              - {text: Kiểm soát mất cân bằng giới tính khi sinh., deadline: 2024-11}

    Đúng:

        # trước: demo/assignments.yaml
        duties:
          - agency: so-noi-vu-mau
            tasks:
              - {text: Tham mưu công tác cán bộ nữ., deadline: 2024-11}
            answers_for:
              - {role: owner, targets: ["1"]}
          - agency: so-y-te-mau
            tasks:
              - {text: Kiểm soát mất cân bằng giới tính khi sinh., deadline: 2024-11}

        # demo/assignments.yaml
        duties:
          - agency: so-noi-vu-mau
            tasks:
              - {text: Tham mưu công tác cán bộ nữ và tổng hợp., deadline: 2024-11}
            answers_for:
              - {role: owner, targets: ["1"]}
          - agency: so-y-te-mau
            tasks:
              - {text: Kiểm soát mất cân bằng giới tính khi sinh., deadline: 2024-11}

    Không phải lỗi (giao cho cơ quan khác thay vào):

        # trước: demo/assignments.yaml
        duties:
          - agency: so-y-te-mau
            tasks:
              - {text: Kiểm soát mất cân bằng giới tính khi sinh., deadline: 2024-11}
            answers_for:
              - {role: owner, targets: ["1"]}
          - agency: so-noi-vu-mau
            tasks:
              - {text: Tham mưu công tác cán bộ nữ., deadline: 2024-11}

        # demo/assignments.yaml
        duties:
          - agency: so-noi-vu-mau
            tasks:
              - {text: Tham mưu công tác cán bộ nữ., deadline: 2024-11}
            answers_for:
              - {role: owner, targets: ["1"]}
          - agency: so-y-te-mau
            tasks:
              - {text: Kiểm soát mất cân bằng giới tính khi sinh., deadline: 2024-11}

    Không phải lỗi (giao riêng từng chỉ tiêu thay cho cả mục tiêu):

        # demo/assignments.yaml
        duties:
          - agency: so-noi-vu-mau
            tasks:
              - {text: Tham mưu công tác cán bộ nữ., deadline: 2024-11}
            answers_for:
              - {role: owner, targets: ["1.1"]}
          - agency: so-y-te-mau
            tasks:
              - {text: Kiểm soát mất cân bằng giới tính khi sinh., deadline: 2024-11}
    """
    held = {pair.after.id for pair in pairs(before, plan)}
    was, now = owners_of(before), owners_of(plan)
    told: dict[tuple[str, ...], list[str]] = {}
    for key, (target, measure) in measures_by_id(plan).items():
        if key not in was or measure.id not in held:
            continue
        gone = [body for body in was[key] if body not in now[key]]
        if len(gone) > len([body for body in now[key] if body not in was[key]]):
            told.setdefault(tuple(gone), []).append(target.id)
    for bodies, numbers in told.items():
        names = listed([registry.name(body) for body in bodies])
        message = f"{names} không còn chịu trách nhiệm chỉ tiêu {listed(dict.fromkeys(numbers))}"
        yield Fault(_owner_place(plan, numbers[0]), message, value=f"{' '.join(bodies)} {' '.join(numbers)}")


def _owner_place(plan: Plan, identity: str) -> Place:
    """Where the remaining owners stand; else the duties as a whole."""
    owners = plan.owners(identity)
    return owners[0].place if owners else plan.assignments.at("duties")


@check("SS106", ERROR, "Đổi định nghĩa chỉ tiêu đã ban hành")
def changed_definition(before: Plan, plan: Plan) -> Iterator[Fault]:
    """Đổi chỉ tiêu thống kê, đơn vị hay điều kiện của một chỉ tiêu đã ban hành là đo một thứ khác dưới tên cũ. Định
    nghĩa mới của một chỉ tiêu thống kê được thêm với ngày áp dụng (`from`), bên cạnh định nghĩa cũ.

    Cách xử lý: khôi phục, hoặc nêu văn bản cho phép ở `amended_by`; trong registry/indicators.yaml thì thêm một mục
    `definitions` có `from` thay vì sửa mục đang có.

    Sai:

        # trước: demo/targets.yaml
        objectives:
          - id: "1"
            title: Trong lĩnh vực truyền thông
            targets:
              - id: "1.1"
                text: Phấn đấu {{ value }} xã, phường mỗi quý có ít nhất 04 tin, bài về bình đẳng giới.
                measures:
                  - {id: "1.1", op: "=", value: 100, unit: "%", due: 2024,
                     condition: {op: ">=", value: 4, unit: "tin, bài", per: quý}}

        # demo/targets.yaml
        objectives:
          - id: "1"
            title: Trong lĩnh vực truyền thông
            targets:
              - id: "1.1"
                text: Phấn đấu {{ value }} xã, phường mỗi quý có ít nhất 02 tin, bài về bình đẳng giới.
                measures:
                  - id: "1.1"
                    op: "="
                    value: 100
                    unit: "%"
                    due: 2024
                    condition: {op: ">=", value: 2, unit: "tin, bài", per: quý}  # <- SS106

    Sai (sửa định nghĩa trong sổ):

        # trước: registry/indicators.yaml
        indicators:
          - id: tin-bai
            name: Tỷ lệ xã có tin, bài về bình đẳng giới
            unit: "%"
            direction: up
            kind: level
            definitions:
              - {numerator: {name: xã có tin bài, unit: xã}, denominator: {name: tổng số xã, unit: xã}, factor: 100}

        # trước: demo/targets.yaml
        objectives:
          - id: "1"
            title: Trong lĩnh vực truyền thông
            targets:
              - id: "1.1"
                text: Phấn đấu {{ value }} xã, phường có tin, bài về bình đẳng giới.
                measures:
                  - {id: "1.1", indicator: tin-bai, op: "=", value: 100, unit: "%", due: 2024}

        # registry/indicators.yaml
        indicators:
          - id: tin-bai
            name: Tỷ lệ xã có tin, bài về bình đẳng giới
            unit: "%"
            direction: up
            kind: level
            definitions:
              - numerator: {name: xã có tin bài, unit: xã}  # <- SS106
                denominator: {name: số xã có hệ thống truyền thanh, unit: xã}
                factor: 100

        # demo/targets.yaml
        objectives:
          - id: "1"
            title: Trong lĩnh vực truyền thông
            targets:
              - id: "1.1"
                text: Phấn đấu {{ value }} xã, phường có tin, bài về bình đẳng giới.
                measures:
                  - {id: "1.1", indicator: tin-bai, op: "=", value: 100, unit: "%", due: 2024}

    Đúng (thêm định nghĩa mới, có ngày áp dụng):

        # trước: registry/indicators.yaml
        indicators:
          - id: tin-bai
            name: Tỷ lệ xã có tin, bài về bình đẳng giới
            unit: "%"
            direction: up
            kind: level
            definitions:
              - {numerator: {name: xã có tin bài, unit: xã}, denominator: {name: tổng số xã, unit: xã}, factor: 100}

        # trước: demo/targets.yaml
        objectives:
          - id: "1"
            title: Trong lĩnh vực truyền thông
            targets:
              - id: "1.1"
                text: Phấn đấu {{ value }} xã, phường có tin, bài về bình đẳng giới.
                measures:
                  - {id: "1.1", indicator: tin-bai, op: "=", value: 100, unit: "%", due: 2024}

        # registry/indicators.yaml
        indicators:
          - id: tin-bai
            name: Tỷ lệ xã có tin, bài về bình đẳng giới
            unit: "%"
            direction: up
            kind: level
            definitions:
              - {numerator: {name: xã có tin bài, unit: xã}, denominator: {name: tổng số xã, unit: xã}, factor: 100}
              - from: 2025-01-01
                numerator: {name: xã có tin bài, unit: xã}
                denominator: {name: số xã có hệ thống truyền thanh, unit: xã}
                factor: 100

    Không phải lỗi (đơn vị viết cách khác):

        # trước: demo/targets.yaml
        objectives:
          - id: "1"
            title: Trong lĩnh vực kinh tế
            targets:
              - id: "1.1"
                text: Số giờ làm việc nhà của nữ so với nam còn {{ value }}.
                measures:
                  - {id: "1.1", op: "<=", value: 1.7, unit: Lần, due: 2024}

        # demo/targets.yaml
        objectives:
          - id: "1"
            title: Trong lĩnh vực kinh tế
            targets:
              - id: "1.1"
                text: Số giờ làm việc nhà của nữ so với nam còn {{ value }}.
                measures:
                  - {id: "1.1", op: "<=", value: 1.7, unit: lần, due: 2024}

    Không phải lỗi (nêu thêm chỉ tiêu thống kê trước chưa có):

        # trước: demo/targets.yaml
        objectives:
          - id: "1"
            title: Trong lĩnh vực chính trị
            targets:
              - id: "1.1"
                text: Phấn đấu {{ value }} cơ quan có lãnh đạo chủ chốt là nữ.
                measures:
                  - {id: "1.1", op: ">=", value: 60, unit: "%", due: 2024}

        # demo/targets.yaml
        objectives:
          - id: "1"
            title: Trong lĩnh vực chính trị
            targets:
              - id: "1.1"
                text: Phấn đấu {{ value }} cơ quan có lãnh đạo chủ chốt là nữ.
                measures:
                  - {id: "1.1", indicator: cl-1-1, op: ">=", value: 60, unit: "%", due: 2024}
    """
    for pair in pairs(before, plan):
        old, new = pair.before, pair.after
        if old.indicator and old.indicator != new.indicator:
            message = f"chỉ tiêu thống kê trước là “{old.indicator}”, nay {f'là “{new.indicator}”' if new.indicator else 'bỏ trống'}"
            yield Fault(new.at("indicator"), message, value=f"{old.indicator} > {new.indicator}")
        elif old.unit and new.unit and old.unit.casefold() != new.unit.casefold():
            message = f"đơn vị tính trước là “{old.unit}”, nay là “{new.unit}”"
            yield Fault(new.at("unit"), message, value=f"{old.unit} > {new.unit}")
        if old.condition is not None and old.condition != new.condition:
            yield Fault(new.at("condition"), "điều kiện để được tính đã khác trước", value="condition")


@also(changed_definition)
def changed_indicator(earlier_registry: Registry, registry: Registry, facts: tuple[Facts, ...]) -> Iterator[Fault]:
    """Indicators of issued plans whose definition was written over."""
    used = {entry.indicator for plan in facts if plan.issued and not plan.shipped for entry in plan.measures}
    for identity in sorted(used & earlier_registry.indicators.keys() & registry.indicators.keys()):
        old, new = earlier_registry.indicators[identity], registry.indicators[identity]
        place = _rewritten(old, new)
        if place is not None:
            yield Fault(place, f"định nghĩa của chỉ tiêu “{new.name}” bị sửa thay vì thêm mới", value=identity)


def _rewritten(old: Indicator, new: Indicator) -> Place | None:
    """Where a definition, the unit or the direction of an indicator differs from what it was."""
    for field in ("unit", "direction", "kind"):
        if getattr(old, field) != getattr(new, field):
            return new.at(field)
    now: dict[object, Definition] = {entry.from_: entry for entry in new.definitions}
    for entry in old.definitions:
        other = now.get(entry.from_)
        if other is None:
            return new.at("definitions")
        if entry != other:
            return other.here()
    return None


@check("SS107", ERROR, "Bỏ chỉ tiêu đã ban hành")
def dropped_target(before: Plan, plan: Plan) -> Iterator[Fault]:
    """Một mục tiêu, chỉ tiêu của văn bản đã ban hành không thể biến mất khỏi kho mà không có văn bản bãi bỏ nó.

    Cách xử lý: khôi phục, hoặc nêu văn bản cho phép ở `amended_by` của plan.yaml.

    Sai:

        # trước: demo/targets.yaml
        objectives:
          - id: "1"
            title: Trong lĩnh vực chính trị
            targets:
              - id: "1.1"
                text: Phấn đấu {{ value }} cơ quan có lãnh đạo chủ chốt là nữ.
                measures:
                  - {id: "1.1", indicator: cl-1-1, op: ">=", value: 60, unit: "%", due: 2024}
              - id: "1.2"
                text: Số giờ làm việc nhà của nữ so với nam còn {{ value }}.
                measures:
                  - {id: "1.2", op: "<=", value: 1.7, unit: lần, due: 2024}

        # demo/targets.yaml
        objectives:
          - id: "1"  # <- SS107
            title: Trong lĩnh vực chính trị
            targets:
              - id: "1.1"
                text: Phấn đấu {{ value }} cơ quan có lãnh đạo chủ chốt là nữ.
                measures:
                  - {id: "1.1", indicator: cl-1-1, op: ">=", value: 60, unit: "%", due: 2024}

    Đúng:

        # trước: demo/targets.yaml
        objectives:
          - id: "1"
            title: Trong lĩnh vực chính trị
            targets:
              - id: "1.1"
                text: Phấn đấu {{ value }} cơ quan có lãnh đạo chủ chốt là nữ.
                measures:
                  - {id: "1.1", indicator: cl-1-1, op: ">=", value: 60, unit: "%", due: 2024}
              - id: "1.2"
                text: Số giờ làm việc nhà của nữ so với nam còn {{ value }}.
                measures:
                  - {id: "1.2", op: "<=", value: 1.7, unit: lần, due: 2024}

        # registry/acts.yaml
        acts:
          - {id: kh-10-2021, kind: plan, number: 10/KH-UBND, issuer: ubnd-mau, date: 2021-01-15, title: thực hiện Chiến lược}
          - id: sua-doi
            kind: decision
            number: 20/QĐ-UBND
            date: 2024-03-01
            issuer: ubnd-mau
            title: Sửa đổi Kế hoạch thực hiện công tác bình đẳng giới năm 2024

        # demo/plan.yaml
        amended_by: [sua-doi]

        # demo/targets.yaml
        objectives:
          - id: "1"
            title: Trong lĩnh vực chính trị
            targets:
              - id: "1.1"
                text: Phấn đấu {{ value }} cơ quan có lãnh đạo chủ chốt là nữ.
                measures:
                  - {id: "1.1", indicator: cl-1-1, op: ">=", value: 60, unit: "%", due: 2024}

    Không phải lỗi (đánh số lại, cùng chỉ tiêu thống kê):

        # trước: demo/targets.yaml
        objectives:
          - id: "1"
            title: Trong lĩnh vực chính trị
            targets:
              - id: "1.2"
                text: Phấn đấu {{ value }} cơ quan có lãnh đạo chủ chốt là nữ.
                measures:
                  - {id: "1.2", indicator: cl-1-1, op: ">=", value: 60, unit: "%", due: 2024}

        # demo/targets.yaml
        objectives:
          - id: "1"
            title: Trong lĩnh vực chính trị
            targets:
              - id: "1.1"
                text: Phấn đấu {{ value }} cơ quan có lãnh đạo chủ chốt là nữ.
                measures:
                  - {id: "1.1", indicator: cl-1-1, op: ">=", value: 60, unit: "%", due: 2024}

    Không phải lỗi (sửa lời văn của chỉ tiêu):

        # trước: demo/targets.yaml
        objectives:
          - id: "1"
            title: Trong lĩnh vực chính trị
            targets:
              - id: "1.1"
                text: Phấn đấu {{ value }} cơ quan nhà nước có lãnh đạo chủ chốt là nữ.
                measures:
                  - {id: "1.1", indicator: cl-1-1, op: ">=", value: 60, unit: "%", due: 2024}

        # demo/targets.yaml
        objectives:
          - id: "1"
            title: Trong lĩnh vực chính trị
            targets:
              - id: "1.1"
                text: Phấn đấu {{ value }} cơ quan có lãnh đạo chủ chốt là nữ.
                measures:
                  - {id: "1.1", indicator: cl-1-1, op: ">=", value: 60, unit: "%", due: 2024}
    """
    if not before.issued or amended(before, plan):
        return
    kept = {objective.id: objective for objective in plan.objectives}
    for objective in before.objectives:
        gone = [target for target in objective.targets if not _is_kept(target, before, plan)]
        if not gone:
            continue
        now = kept.get(objective.id)
        place = now.at("id") if now is not None else plan.targets.at("objectives")
        yield Fault(place, _told(objective, gone, whole=now is None), value=" ".join(target.id for target in gone))


def _told(objective: Objective, gone: list[Target], *, whole: bool) -> str:
    if whole and len(gone) == len(objective.targets):
        return f"bỏ cả mục tiêu {objective.id} “{plain(objective.title)}” với {len(gone)} chỉ tiêu"
    return f"bỏ chỉ tiêu {listed(f'{target.id} “{plain(target.text)}”' for target in gone)}"


def _is_kept(target: Target, before: Plan, plan: Plan) -> bool:
    """Whether a target is still there with all its measures, under its number or a new one."""
    now = measures_by_id(plan)
    ids = {identity for _, identity in (key.split("/") for key in now)}
    fresh = {measure.indicator for key, (_, measure) in now.items() if key not in measures_by_id(before)}
    targets = {entry.id for _, entry in plan.walk_targets()}
    if not target.measures:
        return target.id in targets
    return all(
        measure.id in ids or (measure.indicator is not None and measure.indicator in fresh)
        for measure in target.measures
    )


@also(dropped_target)
def dropped_plan(gone: Plan) -> Iterator[Fault]:
    """An issued plan that has left the repository whole, with the targets it promised."""
    count = sum(1 for _ in gone.walk_targets())
    if gone.issued and count:
        message = f"bỏ cả kế hoạch “{gone.id}” đã ban hành, với {count} chỉ tiêu"
        yield Fault(Place(f"{gone.id}/plan.yaml"), message, value=gone.id)
