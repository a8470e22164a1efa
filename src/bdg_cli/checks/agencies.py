"""PC: whether the bodies that a plan names exist when it is issued, and as long as it runs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from bdg_cli.checks.check import check
from bdg_cli.findings import ERROR, WARNING, Fault, Place
from bdg_cli.models.located import Located
from bdg_cli.models.plan import Duty
from bdg_cli.models.registry import Function, Heir
from bdg_cli.plan import Plan
from bdg_cli.registry import Registry
from bdg_cli.vietnamese import count, date_words, listed, lower_first, short_date

_MOST_RELATED = 3


@dataclass(frozen=True, slots=True)
class _Naming:
    """A body named in a plan: where, as what, and in which duty if it is one."""

    agency: str
    holder: Located
    field: str
    role: str
    duty: Duty | None = None

    @property
    def place(self) -> Place:
        """Where it is named."""
        return self.holder.at(self.field)


@check("PC104", ERROR, "Cơ quan không tồn tại khi ban hành")
def missing_on_issue(plan: Plan, registry: Registry, today: date) -> Iterator[Fault]:
    """Cơ quan ban hành, được giao việc, nhận văn bản hoặc gửi, nhận báo cáo phải đang hoạt động vào ngày ban hành; tên
    cũ thường là chép từ kế hoạch năm trước. Địa bàn đã nhập vào nơi khác thì cơ quan của nó cũng không còn, báo một lần ở địa
    bàn. Dự thảo chưa ghi ngày thì xét vào ngày kiểm tra. Ngày ghi thiếu thì chỉ báo
    khi ngày nào cũng sai; thời gian tồn tại chưa kiểm chứng thì không báo.

    Căn cứ: Nghị định 45/2025/NĐ-CP (tổ chức cơ quan chuyên môn cấp tỉnh); Luật 72/2025/QH15 (không còn cấp huyện).

    Cách xử lý: dự thảo thì thay bằng cơ quan kế thừa (hoặc cơ quan đang làm việc ấy); văn bản đã ban hành thì ban hành
    văn bản điều chỉnh.

    Sai:

        # demo/plan.yaml
        date: 2025-03-06
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
          - agency: so-ldtbxh-mau  # <- PC104
            tasks:
              - text: Theo dõi, đôn đốc việc thực hiện Kế hoạch.
                deadline: 2025-11

    Sai (chưa thành lập):

        # registry/agencies.yaml
        agencies:
          - id: ubnd-mau
            kind: ubnd-tinh
            area: tra-vinh
          - id: so-noi-vu-mau
            kind: so-noi-vu
            area: tra-vinh
          - id: so-y-te-mau
            kind: so-y-te
            area: tra-vinh
          - id: so-nnmt-mau
            kind: so-nnmt
            area: tra-vinh

        # demo/plan.yaml
        recipients:
          - group: so-ban-nganh-mau
            purpose: thi hành
          - agency: so-nnmt-mau  # <- PC104
            purpose: biết
          - text: VT
            purpose: lưu

    Sai (dự thảo chưa ghi ngày) (ngày 2025-03-10):

        # demo/plan.yaml
        status: draft
        number:  # <- VB114
        date:
        period: 2025
        opening: |
          Ủy ban nhân dân tỉnh ban hành Kế hoạch thực hiện công tác bình đẳng giới năm 2025, cụ thể như sau:
        reporting:
          - from: [so-ldtbxh-mau]  # <- PC104
            to: ubnd-mau
            period: year
            deadline: 2025-12-19

        # demo/targets.yaml
        objectives: []

        # demo/assignments.yaml
        duties: []

    Sai (tỉnh đã nhập vào tỉnh khác) (ngày 2025-08-10):

        # demo/plan.yaml
        date: 2025-08-06
        period: 2025
        opening: |
          Ủy ban nhân dân tỉnh ban hành Kế hoạch thực hiện công tác bình đẳng giới năm 2025, cụ thể như sau:
        reporting:
          - from: [so-noi-vu-mau]
            to: ubnd-mau
            period: year
            deadline: 2025-12-20
        area: tra-vinh  # <- PC104

        # demo/targets.yaml
        objectives: []

        # demo/assignments.yaml
        duties:
          - agency: so-noi-vu-mau
            tasks:
              - text: Theo dõi, đôn đốc việc thực hiện Kế hoạch.
                deadline: 2025-11

    Đúng:

        # demo/plan.yaml
        date: 2025-03-06
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

    Không phải lỗi (ban hành vào ngày hoạt động cuối cùng của Sở) (ngày 2026-05-01):

        # demo/plan.yaml
        date: 2025-02-28
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

    Không phải lỗi (thời gian tồn tại chưa kiểm chứng; tên nhóm vẫn đúng dù sổ còn kê một thành viên cũ):

        # registry/agencies.yaml
        agencies:
          - id: ubnd-mau
            kind: ubnd-tinh
            area: tra-vinh
          - id: so-noi-vu-mau
            kind: so-noi-vu
            area: tra-vinh
          - id: so-vhtt-mau
            kind: so-vh-tt
            area: tra-vinh
          - id: so-ldtbxh-mau
            kind: so-ldtbxh
            area: tra-vinh
        groups:
          - id: so-ban-nganh-mau
            name: Các sở, ban, ngành tỉnh
            members: [so-noi-vu-mau, so-ldtbxh-mau]

        # demo/plan.yaml
        date: 2025-03-06
        period: 2025
        opening: |
          Ủy ban nhân dân tỉnh ban hành Kế hoạch thực hiện công tác bình đẳng giới năm 2025, cụ thể như sau:
        reporting:
          - from: [so-ban-nganh-mau]
            to: ubnd-mau
            period: year
            deadline: 2025-12-20

        # demo/targets.yaml
        objectives: []

        # demo/assignments.yaml
        duties:
          - agency: so-vhtt-mau
            tasks:
              - text: Tổ chức truyền thông về bình đẳng giới.
                deadline: 2025-11
    """
    found: dict[str, list[_Naming]] = {}
    everybody = list(_namings(plan))
    for naming in everybody:
        found.setdefault(naming.agency, []).append(naming)
    days = _days_of_issue(plan, today)
    if days is None:
        return
    for agency, (first, *others) in found.items():
        ended = _ended(plan, registry, agency, days)
        duty = next((naming.duty for naming in (first, *others) if naming.duty is not None), None)
        heirs = _heirs_told(plan, registry, duty, agency) if ended else ""
        message = ended or _not_founded(plan, registry, agency, days)
        if message is None:
            continue
        related = [(naming.place, naming.role) for naming in others[:_MOST_RELATED]]
        yield Fault(first.place, message + heirs, related, value=agency)
    for area, namings in _by_area(registry, everybody):
        if area.last < days[0]:
            message = f"{area.told}, {_issue_told(plan)}; {count(len(namings))} cơ quan của {area.name} không còn"
            yield area.fault(plan, message, namings)


@dataclass(frozen=True, slots=True)
class _Ended:
    """A territory that ends on a day (`last`), and what it goes into, in words."""

    id: str
    name: str
    last: date
    told: str

    def fault(self, plan: Plan, message: str, namings: list[_Naming]) -> Fault:
        """One finding for the territory, with the bodies in it as related places."""
        place = plan.file.at("area") if plan.file.area == self.id else namings[0].place
        return Fault(place, message, [(naming.place, naming.role) for naming in namings[:_MOST_RELATED]], value=self.id)


def _by_area(registry: Registry, namings: Iterable[_Naming]) -> Iterator[tuple[_Ended, list[_Naming]]]:
    """Territories that surely end, with the bodies that would go on without that, each once."""
    found: dict[str, dict[str, _Naming]] = {}
    for naming in namings:
        area = registry.home(naming.agency)
        if area is None or area.valid is None or area.valid.to is None or not area.verified:
            continue
        own = registry.own_validity(naming.agency).to
        if own is None or own > area.valid.to:
            found.setdefault(area.id, {}).setdefault(naming.agency, naming)
    for identity, bodies in found.items():
        area = registry.areas[identity]
        heir = registry.areas.get(area.merged_into or "")
        name = f"{area.unit or ''} {area.name}".strip()
        into = f", nhập vào {heir.unit or ''} {heir.name}".replace("  ", " ") if heir is not None else ""
        if area.valid is not None and area.valid.to is not None:
            told = f"{name} kết thúc sau ngày {short_date(area.valid.to)}{into}"
            yield _Ended(identity, name, area.valid.to, told), list(bodies.values())


def _namings(plan: Plan) -> Iterator[_Naming]:
    """Every body the plan names outside its prose: who issues it first, then who works, reports, receives."""
    file = plan.file
    yield _Naming(file.issuer, file, "issuer", "cơ quan ban hành")
    if file.parent_body:
        yield _Naming(file.parent_body, file, "parent_body", "cơ quan chủ quản")
    for duty in plan.assignments.duties:
        yield from (_Naming(agency, duty, duty.named_at, "được giao nhiệm vụ ở đây", duty) for agency in duty.named)
        for task in duty.tasks:
            yield from (_Naming(partner, task, "partners", "phối hợp ở đây") for partner in task.partners)
    for entry in file.reporting:
        yield from (_Naming(agency, entry, "from", "phải báo cáo ở đây") for agency in entry.from_)
        yield from _named((("via", entry.via), ("to", entry.to)), entry, "nhận báo cáo ở đây")
    for recipient in (*file.addressees, *file.recipients):
        yield from _named((("agency", recipient.agency), ("group", recipient.group)), recipient, "nơi nhận")


def _named(fields: Iterable[tuple[str, str | None]], holder: Located, role: str) -> Iterator[_Naming]:
    return (_Naming(agency, holder, field, role) for field, agency in fields if agency)


def _ended(plan: Plan, registry: Registry, agency: str, days: _Days | None) -> str | None:
    """In words that the body was gone before every day of issue that is possible; None where nobody can be sure."""
    last = registry.own_validity(agency).to
    if days is None or last is None or last >= days[0] or not registry.is_verified(agency):
        return None
    return f"{registry.short_name(agency)} kết thúc hoạt động sau ngày {short_date(last)}, {_issue_told(plan)}"


def _not_founded(plan: Plan, registry: Registry, agency: str, days: _Days) -> str | None:
    """In words that the body came after every day of issue that is possible; None where nobody can be sure."""
    first = registry.own_validity(agency).from_
    if days[1] is None or first is None or first <= days[1] or not registry.is_verified(agency):
        return None
    return f"{registry.short_name(agency)} hoạt động từ ngày {short_date(first)}, {_issue_told(plan)}"


_Days = tuple[date, date | None]  # the first day and the last; no last where it is still to come


def _days_of_issue(plan: Plan, today: date) -> _Days | None:
    """First and last day the document can be of. A draft without a date comes after today; one whose time is over never."""
    written = plan.file.date
    if written is not None and written.year is not None:
        return written.earliest, written.latest
    if plan.issued or (plan.period is not None and plan.period.end < today):
        return None
    return today, None


def _issue_told(plan: Plan) -> str:
    written = plan.file.date
    if written is None or written.year is None:
        return "dự thảo chưa ban hành vẫn nêu tên"
    return f"{lower_first(plan.file.kind.term)} ban hành {date_words(written)}"


@check("PC105", WARNING, "Cơ quan thôi tồn tại trong thời gian thực hiện")
def agency_ends_during_plan(plan: Plan, registry: Registry, today: date) -> Iterator[Fault]:
    """Cơ quan được giao nhiệm vụ kết thúc hoạt động trước khi kế hoạch hết hạn thì phải nói ai làm tiếp. Phần việc có thể
    sang nhiều nơi theo lĩnh vực. Địa bàn đã nhập vào nơi khác thì báo một lần ở địa bàn, từ ngày đã nhập. Kế hoạch đã hết
    giai đoạn thì thôi báo.

    Căn cứ: Nghị định 45/2025/NĐ-CP (tổ chức cơ quan chuyên môn cấp tỉnh); Luật 72/2025/QH15 (không còn cấp huyện).

    Cách xử lý: ban hành văn bản điều chỉnh, phân công lại theo cơ quan kế thừa.

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

    Sai (tỉnh nhập vào tỉnh khác giữa năm) (ngày 2025-08-10):

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
        area: tra-vinh  # <- PC105

        # demo/targets.yaml
        objectives: []

        # demo/assignments.yaml
        duties:
          - agency: so-noi-vu-mau
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
    issued = _days_of_issue(plan, today)
    for duty in plan.assignments.duties:
        for agency in duty.named:
            last = registry.own_validity(agency).to
            if agency in told or last is None or not period.start <= last < period.end:
                continue
            if registry.is_verified(agency) and _ended(plan, registry, agency, issued) is None:
                told.add(agency)
                message = f"{registry.short_name(agency)} kết thúc hoạt động sau ngày {short_date(last)}, kế hoạch đến hết {period.end.year}"
                yield Fault(duty.at_agency(), message + _heirs_told(plan, registry, duty, agency), value=agency)
    yield from _territory_ends(plan, registry, today)


def _territory_ends(plan: Plan, registry: Registry, today: date) -> Iterator[Fault]:
    """One finding for a territory that has ended while the plan runs, however many of its bodies the plan names.

    Bodies of the same kind take over in the territory it went into, so there is nothing to say before it happens.
    """
    period, days = plan.period, _days_of_issue(plan, today)
    working = [naming for naming in _namings(plan) if naming.duty is not None or naming.agency == plan.file.issuer]
    for area, namings in _by_area(registry, working):
        if period is None or not period.start <= area.last < min(today, period.end):
            continue
        if days is None or days[0] <= area.last:
            message = f"{area.told}, kế hoạch đến hết {period.end.year}; việc của {count(len(namings))} cơ quan phải có nơi làm tiếp"
            yield area.fault(plan, message, namings)


def _heirs_told(plan: Plan, registry: Registry, duty: Duty | None, agency: str) -> str:
    """Who takes over: the general heir, and of a body with a duty those of the functions that its targets need."""
    needed = _claimed_functions(plan, registry, duty) if duty is not None else frozenset()
    parts = []
    for heir in registry.heirs(agency):
        shared = [function for function in heir.functions if not needed or function in needed]
        if not heir.functions:
            parts.append(f"kế thừa: {registry.heir_name(heir)}")
        elif shared and duty is not None:
            parts.append(_part_told(registry, heir, shared))
    return f"; {'; '.join(parts)}" if parts else ""


def _part_told(registry: Registry, heir: Heir, functions: list[Function]) -> str:
    return f"{listed(function.term for function in functions)} sang {registry.heir_name(heir)}"


def _claimed_functions(plan: Plan, registry: Registry, duty: Duty) -> frozenset[Function]:
    """The fields of what a duty answers for: of those targets and measures, not of all beside them."""
    claimed = {number for answer in duty.answers_for for number in answer.targets}
    found: set[Function] = set()
    for target, measure in plan.measures():
        chain = plan.numbers.get(measure.id, plan.numbers.get(target.id, ()))
        indicator = registry.indicators.get(measure.indicator or "")
        if indicator is not None and not claimed.isdisjoint(chain):
            found.update(indicator.functions)
    return frozenset(found)
