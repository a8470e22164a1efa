"""CT: targets against those of the plans above, across plans."""

from __future__ import annotations

from collections.abc import Iterator

from bdg_cli.checks.check import check
from bdg_cli.dates import Period
from bdg_cli.facts import Facts, MeasureFact, ValueFact
from bdg_cli.findings import WARNING, Fault, Place
from bdg_cli.models.plan import Operator
from bdg_cli.models.registry import Level
from bdg_cli.registry import Registry
from bdg_cli.vietnamese import number

_UPWARDS = {Operator.AT_LEAST, Operator.ABOVE, Operator.EQUAL, Operator.ABOUT}
_LEVELS = (Level.CENTRAL, Level.PROVINCE, Level.DISTRICT, Level.COMMUNE)


@check("CT107", WARNING, "Thấp hơn chỉ tiêu cấp trên")
def below_parent(facts: tuple[Facts, ...]) -> Iterator[Fault]:
    """Chỉ tiêu thực hiện chỉ tiêu cấp trên thì cùng năm không được thấp hơn. Chỉ đối chiếu với giá trị đã kiểm chứng.

    Căn cứ: Nghị quyết số 28/NQ-CP (địa phương xây dựng kế hoạch nhằm đạt các chỉ tiêu của Chiến lược).

    Cách xử lý: nâng giá trị cho bằng cấp trên; nếu cấp trên cho phép thấp hơn, ghi lý do khi chấp nhận.

    Sai:

        # demo/plan.yaml
        period: 2024-2025
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
                    value: 55  # <- CT107
                    unit: "%"
                    due: 2025
                    carries_out: clqg-bdg-2021-2030/1.1

    Đúng:

        # demo/plan.yaml
        period: 2024-2025
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
                    due: 2025
                    carries_out: clqg-bdg-2021-2030/1.1

    Không phải lỗi (năm khác, và “dưới 30” chặt hơn “không quá 30”):

        # demo/plan.yaml
        period: 2024-2025
        parents: [kh-10-2021]

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

    Không phải lỗi (bằng cấp trên; giá trị của cấp trên chưa kiểm chứng):

        # demo/plan.yaml
        period: 2024-2025
        parents: [kh-10-2021]

        # demo/targets.yaml
        objectives:
          - id: "1"
            title: Trong lĩnh vực chính trị, giáo dục
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
              - id: "1.2"
                text: Nữ chiếm {{ value }} người được tuyển mới vào giáo dục nghề nghiệp.
                measures:
                  - id: "1.2"
                    op: ">="
                    value: 25
                    unit: "%"
                    due: 2025
                    carries_out: clqg-bdg-2021-2030/5.3
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


@check("CT112", WARNING, "Chỉ tiêu cấp trên không được giao tiếp")
def not_handed_down(facts: tuple[Facts, ...], registry: Registry) -> Iterator[Fault]:
    """Kế hoạch có chỉ tiêu và ghi kế hoạch cấp trên ở `parents` thì nên nhận đủ chỉ tiêu của cấp trên đến hạn hoặc có mốc
    trong giai đoạn của mình; chỉ tiêu bỏ sót thì cuối kỳ không ai có số để báo cáo. Báo một lần cho cả kế hoạch.

    Chỉ đòi những chỉ tiêu đã kiểm chứng, gắn với chỉ tiêu thống kê mà cấp ấy có số liệu. Được coi là đã nhận khi có
    số đo thực hiện (`carries_out`, kể cả qua kế hoạch ở giữa), hoặc cùng chỉ tiêu thống kê, ở kế hoạch này hay ở
    kế hoạch khác của cùng địa bàn cho năm ấy. Dự thảo mới nhận chưa quá nửa là đang viết, chưa báo.

    Căn cứ: Nghị quyết số 28/NQ-CP (địa phương xây dựng kế hoạch nhằm đạt các chỉ tiêu của Chiến lược).

    Cách xử lý: thêm chỉ tiêu còn thiếu, ghi `carries_out`; nếu địa phương không phải thực hiện thì ghi lý do khi chấp nhận.

    Sai:

        # demo/plan.yaml
        period: 2024-2025
        parents: [ct-lanh-dao-2021-2030]  # <- CT112

        # demo/targets.yaml
        objectives:
          - id: "1"
            title: Trong lĩnh vực chính trị
            targets:
              - id: "1.1"
                text: Phấn đấu {{ value }} hợp tác xã có nữ tham gia quản lý.
                measures:
                  - id: "1.1"
                    op: ">="
                    value: 40
                    unit: "%"
                    due: 2025

    Đúng:

        # demo/plan.yaml
        period: 2024-2025
        parents: [ct-lanh-dao-2021-2030]

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
                    due: 2025
                    carries_out: ct-lanh-dao-2021-2030/1.1

    Không phải lỗi (kế hoạch triển khai, không có chỉ tiêu):

        # demo/plan.yaml
        period: 2024-2025
        parents: [ct-lanh-dao-2021-2030]

        # demo/targets.yaml
        objectives: []

        # demo/assignments.yaml
        duties:
          - group: so-ban-nganh-mau
            tasks:
              - text: Thực hiện công tác bình đẳng giới của ngành.
                deadline: 2024-11

    Không phải lỗi (dự thảo đang viết):

        # demo/plan.yaml
        status: draft
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
                    indicator: cl-1-1
                    op: ">="
                    value: 60
                    unit: "%"
                    due: 2025
                    carries_out: clqg-bdg-2021-2030/1.1

    Không phải lỗi (kế hoạch năm 2024, cấp trên không có mốc năm 2024):

        # demo/plan.yaml
        parents: [ct-lanh-dao-2021-2030]

        # demo/targets.yaml
        objectives:
          - id: "1"
            title: Trong lĩnh vực chính trị
            targets:
              - id: "1.1"
                text: Phấn đấu {{ value }} hợp tác xã có nữ tham gia quản lý.
                measures:
                  - id: "1.1"
                    op: ">="
                    value: 40
                    unit: "%"
                    due: 2024

    Không phải lỗi (cùng chỉ tiêu thống kê; chỉ tiêu cấp trên không gắn chỉ tiêu thống kê nào thì không đòi):

        # demo/plan.yaml
        period: 2024-2025
        parents: [ct-lanh-dao-2021-2030, ct-bltcsg-2021-2025]

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
                    due: 2025
    """
    known = _Known(facts, registry)
    for plan in facts:
        if plan.shipped or not plan.measures:
            continue
        asked = [(parent, *entry) for parent in known.parents(plan) for entry in known.asked(parent, plan)]
        missing = [
            (_named(parent), entry) for parent, entry, years in asked if not known.is_taken(parent, entry, plan, years)
        ]
        whole = plan.issued or 2 * len(missing) < len(asked)  # a draft with few of them is still being written
        if missing and whole:
            yield _not_handed_down(plan, missing)


def _not_handed_down(plan: Facts, missing: list[tuple[str, MeasureFact]]) -> Fault:
    by_parent: dict[str, list[str]] = {}
    for name, entry in missing:
        by_parent.setdefault(name, []).append(entry.measure)
    listed = "; ".join(f"{', '.join(measures)} của {name}" for name, measures in by_parent.items())
    related = [(entry.place, f"chỉ tiêu {entry.measure} của {name}") for name, entry in missing]
    message = f"{len(missing)} chỉ tiêu cấp trên chưa có số đo nào thực hiện: {listed}"
    return Fault(plan.parents[0][1], message, related, value=listed)


def _named(parent: Facts) -> str:
    return f"{parent.number}/{parent.symbol}" if parent.number and parent.symbol else parent.plan


class _Known:
    """All plans, looked up by what CT112 asks of them."""

    def __init__(self, facts: tuple[Facts, ...], registry: Registry) -> None:
        self._registry = registry
        self._plans = {plan.plan: plan for plan in facts}
        self._links = {f"{plan.plan}/{entry.measure}": entry for plan in facts for entry in plan.measures}
        self._carried = {plan.plan: frozenset(self._reached(plan)) for plan in facts}
        self._years = {plan.plan: _years(plan) for plan in facts}
        self._by_area: dict[str, list[Facts]] = {}
        for plan in facts:
            self._by_area.setdefault(plan.area, []).append(plan)

    def parents(self, plan: Facts) -> list[Facts]:
        """The parents of a plan that are plans with targets."""
        names = dict.fromkeys(name for name, _ in plan.parents if name != plan.plan)
        return [self._plans[name] for name in names if name in self._plans]

    def asked(self, parent: Facts, plan: Facts) -> Iterator[tuple[MeasureFact, frozenset[int]]]:
        """The measures of a parent that a plan can be asked for, with the years of its period they have a value for."""
        dated: dict[str, set[int]] = {}
        for value in parent.values:
            dated.setdefault(value.measure, set()).add(value.year)
        for entry in parent.measures:
            due = {entry.due} if entry.due is not None else set()
            years = frozenset(year for year in dated.get(entry.measure, due) if year in self._years[plan.plan])
            if years and entry.verified and self._has_figures(entry.indicator, plan):
                yield entry, years

    def is_taken(self, parent: Facts, entry: MeasureFact, plan: Facts, years: frozenset[int]) -> bool:
        """Whether the plan, or another of its area for one of the years, carries a parent's measure out."""
        wanted = (f"{parent.plan}/{entry.measure}", entry.indicator)
        beside = [one for one in self._by_area[plan.area] if plan.area and one is not parent and one is not plan]
        return any(
            name in self._carried[one.plan]
            for one in (plan, *beside)
            if any(year in self._years[one.plan] for year in years)
            for name in wanted
        )

    def _has_figures(self, identity: str, plan: Facts) -> bool:
        """Whether the plan's level surely has figures of an indicator: what is not known is not asked for."""
        indicator = self._registry.indicators.get(identity)
        area = self._registry.areas.get(plan.area)
        level = area.level if area is not None else self._registry.level(plan.issuer)
        if indicator is None or not indicator.verified or level is None:
            return False
        return indicator.lowest_level is None or _LEVELS.index(level) <= _LEVELS.index(indicator.lowest_level)

    def _reached(self, plan: Facts) -> Iterator[str]:
        """The superior measures that a plan carries out, straight or through others, and their indicators."""
        for entry in plan.measures:
            seen: set[str] = set()
            step: MeasureFact | None = entry
            while step is not None and step.carries_out not in seen:
                yield from (step.indicator, step.carries_out)
                seen.add(step.carries_out)
                step = self._links.get(step.carries_out)


def _years(plan: Facts) -> range:
    """The years of a plan's period; none where it has no period."""
    if not plan.period:
        return range(0)
    period = Period.parse(plan.period)
    return range(period.start.year, period.end.year + 1)
