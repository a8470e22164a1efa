"""TG: deadlines of reports, against the cut-off of figures, days off, and the deadlines of the level above."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from bdg_cli import prose
from bdg_cli.checks.check import check
from bdg_cli.facts import DeadlineFact, Facts, last_days
from bdg_cli.findings import ERROR, INFO, WARNING, Fault, Place
from bdg_cli.models.plan import PeriodKindTerm, Reporting
from bdg_cli.models.registry import Function, Sector
from bdg_cli.plan import Plan
from bdg_cli.registry import Registry
from bdg_cli.vietnamese import date_words, short_date
from bdg_cli.workdays import Calendar

# NĐ 09/2019/NĐ-CP is in force from this day; older plans are not bound by it.
_IN_FORCE = date(2019, 3, 12)
# Days on which figures are cut off (NĐ 09/2019/NĐ-CP, Điều 12): month and day.
_CUTOFFS = {PeriodKindTerm.HALF_YEAR: ((6, 14), (12, 14)), PeriodKindTerm.YEAR: ((12, 14),)}
# A deadline longer before a cut-off than this is for something else.
NEAR = timedelta(days=31)
# Two deadlines further apart than half a period belong to different rounds.
_SAME_ROUND = {
    PeriodKindTerm.MONTH: 15,
    PeriodKindTerm.QUARTER: 45,
    PeriodKindTerm.HALF_YEAR: 91,
    PeriodKindTerm.NINE_MONTHS: 182,
    PeriodKindTerm.YEAR: 182,
    PeriodKindTerm.WHOLE: 365,
}
_SATURDAY, _SUNDAY = 5, 6
# "gửi Sở Nội vụ", "gửi báo cáo về Ủy ban …": words that name an addressee. The letter is checked for a capital.
_SENT_TO = re.compile(r"\b(?:gửi|về|qua)\s+(?=(?P<letter>\w))", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Clash:
    """A deadline whose last valid day is `last`, for figures cut off on `cutoff`."""

    last: date
    cutoff: date


@check("TG103", WARNING, "Hạn báo cáo không sau ngày chốt số liệu")
def before_cutoff(plan: Plan, registry: Registry, calendar: Calendar) -> Iterator[Fault]:
    """Số liệu báo cáo 6 tháng chốt ngày 14/6 (6 tháng cuối năm: 14/12), báo cáo năm chốt ngày 14/12. Hạn gửi phải sau
    ngày chốt ít nhất một ngày làm việc, nếu không thì nơi gửi chỉ có thể ước. “Trước ngày 15/6” là đến hết ngày 14/6,
    đúng ngày chốt. Chỉ xét kế hoạch từ ngày 12/3/2019 và báo cáo giữa cơ quan hành chính; hạn sớm hơn ngày chốt trên một
    tháng thì coi là báo cáo khác.

    Căn cứ: Nghị định 09/2019/NĐ-CP, Điều 8 khoản 5 (hạn gửi cách ngày chốt ít nhất một ngày làm việc) và Điều 12 (ngày
    chốt).

    Cách xử lý: lùi hạn gửi theo ngày nêu trong thông báo.

    Sai:

        # demo/plan.yaml
        reporting:
          - from: [so-noi-vu-mau, so-y-te-mau]
            to: ubnd-mau
            period: half-year
            deadline: 2024-06-15  # <- TG103
          - from: [so-noi-vu-mau, so-y-te-mau]
            to: ubnd-mau
            period: year
            exclusive: false
            deadline: 2024-12-15  # <- TG103

    Đúng:

        # demo/plan.yaml
        reporting:
          - from: [so-noi-vu-mau, so-y-te-mau]
            to: ubnd-mau
            period: half-year
            deadline: 2024-06-18
          - from: [so-noi-vu-mau, so-y-te-mau]
            to: ubnd-mau
            period: year
            deadline: 2024-12-17
            exclusive: false

    Không phải lỗi (văn bản trước ngày 12/3/2019):

        # demo/plan.yaml
        date: 2018-03-19
        period: 2018
        opening: |
          Ủy ban nhân dân tỉnh ban hành Kế hoạch thực hiện công tác bình đẳng giới năm 2018, cụ thể như sau:
        parents: [qd-1696-2015]
        reporting:
          - from: [so-noi-vu-mau]
            to: ubnd-mau
            period: half-year
            deadline: 2018-06-15

        # demo/targets.yaml
        objectives: []

        # demo/assignments.yaml
        duties:
          - agency: so-noi-vu-mau
            tasks:
              - text: Tham mưu công tác cán bộ nữ.
                deadline: 2018-11

    Không phải lỗi (đoàn thể báo cáo, không theo Nghị định; hạn riêng từ tháng 4):

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
          - id: hoi-lhpn-mau
            kind: hoi-lhpn-tinh
            area: tra-vinh

        # demo/plan.yaml
        reporting:
          - from: [hoi-lhpn-mau]
            to: ubnd-mau
            period: half-year
            deadline: 2024-06-15
          - from: [so-noi-vu-mau]
            to: ubnd-mau
            period: half-year
            deadline: 2024-04-26
    """
    if not _is_bound(plan):
        return
    clashes: dict[tuple[str, _Clash], list[Place]] = {}
    for entry in plan.file.reporting:
        clash = _clash(plan, registry, calendar, entry)
        if clash is not None and entry.period is not None:
            clashes.setdefault((entry.period.term, clash), []).append(entry.at("deadline"))
    for (term, clash), (place, *others) in clashes.items():
        message = f"báo cáo {term} gửi đến hết ngày {short_date(clash.last)}{_day_off_told(calendar, clash.last)}, "
        message += f"không sau ngày chốt số liệu {short_date(clash.cutoff)} ít nhất một ngày làm việc; "
        message += f"sớm nhất là ngày {short_date(_next_working_day(calendar, clash.cutoff))}"
        yield Fault(place, message, [(other, "cùng hạn ấy") for other in others], value=str(clash.last))


def _is_bound(plan: Plan) -> bool:
    """Whether the document is surely of the time of NĐ 09/2019; a draft without a date is of its period."""
    written = plan.file.date
    if written is not None and written.year is not None:
        return written.earliest >= _IN_FORCE
    return not plan.issued and plan.period is not None and plan.period.start >= _IN_FORCE


def _clash(plan: Plan, registry: Registry, calendar: Calendar, entry: Reporting) -> _Clash | None:
    """The first year in which an office has no working day between the cut-off and its deadline."""
    if not _is_between_offices(registry, entry):
        return None
    for last in last_days(plan, entry):
        cutoff = cutoff_of(entry.period, last)
        if cutoff is not None and cutoff - last <= NEAR and calendar.last_working_day(last) <= cutoff:
            return _Clash(last, cutoff)
    return None


def cutoff_of(rhythm: PeriodKindTerm | None, day: date) -> date | None:
    """The cut-off that a deadline is for: the nearest; None for rhythms whose cut-off is not known for sure."""
    ends = _CUTOFFS.get(rhythm, ()) if rhythm is not None else ()
    days = [date(year, month, end) for year in (day.year - 1, day.year) for month, end in ends]
    return min(days, key=lambda cutoff: abs(cutoff - day), default=None)


def _is_between_offices(registry: Registry, entry: Reporting) -> bool:
    receivers = [agency for agency in (entry.via, entry.to) if agency]
    if not receivers or not all(_is_office(registry, agency) for agency in receivers):
        return False
    return any(_is_office(registry, agency) for agency in entry.from_)


def _is_office(registry: Registry, identity: str) -> bool:
    """Whether a body, or a member of a group, is surely an administrative agency."""
    group = registry.groups.get(identity)
    if group is not None and group.kind is None:
        return any(_is_office(registry, member) for member in group.members if member != identity)
    known = group is not None or identity in registry.agencies
    return known and registry.is_verified(identity) and registry.sector(identity) is Sector.ADMINISTRATION


def _next_working_day(calendar: Calendar, day: date) -> date:
    day += timedelta(days=1)
    while not calendar.works(day):
        day += timedelta(days=1)
    return day


def _day_off_told(calendar: Calendar, day: date) -> str:
    return "" if calendar.works(day) else f" ({_weekday(day)})"


def _weekday(day: date) -> str:
    return {_SATURDAY: "Thứ Bảy", _SUNDAY: "Chủ nhật"}.get(day.weekday(), "ngày nghỉ lễ, tết")


@check("TG104", INFO, "Ngày cuối của hạn báo cáo là ngày nghỉ")
def ends_on_a_day_off(plan: Plan, registry: Registry, calendar: Calendar) -> Iterator[Fault]:
    """Ngày cuối cùng còn gửi được mà là ngày nghỉ thì thực tế phải gửi từ ngày làm việc trước đó. “Trước ngày 15” không
    gồm ngày 15: ngày cuối là ngày 14. Hạn lặp lại hằng năm (`06-20`) thì không báo: đặt một lần cho nhiều năm thì năm nào
    cũng có thể rơi vào ngày nghỉ.

    Cách xử lý: nếu muốn chắc, chọn hạn để ngày cuối là ngày làm việc; không bắt buộc.

    Sai:

        # demo/plan.yaml
        reporting:
          - from: [so-noi-vu-mau]
            to: ubnd-mau
            period: half-year
            deadline: 2024-06-24  # <- TG104

    Đúng:

        # demo/plan.yaml
        reporting:
          - from: [so-noi-vu-mau]
            to: ubnd-mau
            period: half-year
            deadline: 2024-06-25

    Không phải lỗi (“trước ngày 22/6/2024” là thứ Bảy, ngày cuối vẫn là thứ Sáu; thứ Bảy làm bù):

        # demo/plan.yaml
        reporting:
          - from: [so-noi-vu-mau]
            to: ubnd-mau
            period: half-year
            deadline: 2024-06-22
          - from: [so-noi-vu-mau]
            to: ubnd-mau
            period: month
            deadline: 2024-05-04
            exclusive: false

    Không phải lỗi (hạn của mọi năm, không ghi năm):

        # demo/plan.yaml
        reporting:
          - from: [so-noi-vu-mau]
            to: ubnd-mau
            period: half-year
            deadline: 06-24
    """
    found: dict[date, list[Place]] = {}
    for entry in plan.file.reporting:
        days = last_days(plan, entry)
        if entry.deadline is None or entry.deadline.year is None or not days or calendar.works(days[0]):
            continue
        clash = _clash(plan, registry, calendar, entry) if _is_bound(plan) else None
        if clash is None or clash.last <= clash.cutoff:  # else TG103 has said that it is a day off
            found.setdefault(days[0], []).append(entry.at("deadline"))
    for day, (place, *others) in found.items():
        message = f"ngày cuối để gửi báo cáo là {_weekday(day)}, {short_date(day)}; "
        message += f"ngày làm việc cuối cùng là {short_date(calendar.last_working_day(day))}"
        yield Fault(place, message, [(other, "cùng hạn ấy") for other in others], value=str(day))


@dataclass(frozen=True, slots=True)
class _Late:
    """A report from below that arrives after the one above is due: the last days of both, and whose time is short."""

    lower: DeadlineFact
    upper: DeadlineFact
    day: date
    limit: date
    message: str


@check("TG106", ERROR, "Hạn của cấp dưới sau hạn của cấp trên")
def after_the_level_above(facts: tuple[Facts, ...], registry: Registry) -> Iterator[Fault]:
    """Cơ quan tổng hợp phải nhận đủ báo cáo của cấp dưới trước khi gửi lên trên. Xét các dòng `reporting` cùng kỳ: trong
    một kế hoạch, khi nơi nhận của dòng này là nơi gửi của dòng kia; và giữa kế hoạch với kế hoạch cấp trên có trong kho
    (`parents`). Hai hạn của hai đợt khác nhau (6 tháng đầu năm và cả năm) không so với nhau.

    Căn cứ: Nghị định 09/2019/NĐ-CP, Điều 8 khoản 5 (báo cáo qua nhiều cấp thì quy định hạn cho từng cấp).

    Cách xử lý: đưa hạn của cấp dưới lên trước hạn của cấp trên ít nhất vài ngày làm việc.

    Sai:

        # demo/plan.yaml
        reporting:
          - from: [so-y-te-mau]
            to: so-noi-vu-mau
            period: year
            deadline: 2024-12-25  # <- TG106
          - from: [so-noi-vu-mau]
            to: ubnd-mau
            period: year
            deadline: 2024-12-20

    Sai (so với kế hoạch cấp trên):

        # demo/plan.yaml
        reporting:
          - from: [so-ban-nganh-mau]
            to: ubnd-mau
            period: year
            deadline: 2024-12-20

        # so-noi-vu/plan.yaml
        kind: plan
        status: issued
        issuer: so-noi-vu-mau
        number: 5
        symbol: KH-SNV
        date: 2024-02-01
        title: Thực hiện công tác bình đẳng giới năm 2024
        area: tra-vinh
        period: 2024
        parents: [demo]
        reporting:
          - from: [so-y-te-mau]
            to: so-noi-vu-mau
            period: year
            deadline: 2024-12-24  # <- TG106
        signature:
          - posts: [GIÁM ĐỐC]
            name: Nguyễn Văn Mẫu

    Đúng:

        # demo/plan.yaml
        reporting:
          - from: [so-y-te-mau]
            to: so-noi-vu-mau
            period: year
            deadline: 2024-12-18
          - from: [so-noi-vu-mau]
            to: ubnd-mau
            period: year
            deadline: 2024-12-20

    Không phải lỗi (hai đợt khác nhau: cả năm và 6 tháng; hạn hằng năm):

        # demo/plan.yaml
        reporting:
          - from: [so-y-te-mau]
            to: so-noi-vu-mau
            period: half-year
            deadline: 12-18
          - from: [so-y-te-mau]
            to: so-noi-vu-mau
            period: year
            deadline: 2024-12-18
          - from: [so-noi-vu-mau]
            to: ubnd-mau
            period: half-year
            deadline: 2024-06-25

    Không phải lỗi (nơi nhận không phải là nơi gửi tiếp; cơ quan nhận có tên trong chính nhóm gửi):

        # demo/plan.yaml
        reporting:
          - from: [so-ban-nganh-mau]
            to: so-noi-vu-mau
            period: year
            deadline: 2024-12-25
          - from: [so-y-te-mau]
            to: ubnd-mau
            period: year
            deadline: 2024-12-20
    """
    plans = {one.plan: one for one in facts}
    for one in facts:
        late = list(_late_inside(one, registry))
        for identity, _ in one.parents:
            if identity in plans and identity != one.plan:
                late += _late_against(one, plans[identity], registry)
        yield from _told(late)


def _told(late: Iterable[_Late]) -> Iterator[Fault]:
    """One fault for each upper deadline and day below; further reports of that day are related."""
    groups: dict[tuple[Place, date], list[_Late]] = {}
    seen: set[Place] = set()
    for entry in late:
        if entry.lower.place not in seen:
            seen.add(entry.lower.place)
            groups.setdefault((entry.upper.place, entry.day), []).append(entry)
    for first, *others in groups.values():
        related = [(first.upper.place, f"hạn cấp trên, đến hết ngày {short_date(first.limit)}")]
        related += [(other.lower.place, "cũng sau hạn ấy") for other in others]
        yield Fault(first.lower.place, first.message, related, value=str(first.day))


def _late_inside(one: Facts, registry: Registry) -> Iterator[_Late]:
    for lower in one.deadlines:
        for upper in one.deadlines:
            if lower.stop == upper.stop or not _sends(registry, upper, lower.stop):
                continue
            if not _sends(registry, lower, upper.stop):  # two that report to each other are no chain
                yield from _compared(lower, upper, _collecting(registry, lower))


def _late_against(one: Facts, parent: Facts, registry: Registry) -> Iterator[_Late]:
    """Reports that the issuer collects, or sends itself, against what the plan above asks of it."""
    for upper in parent.deadlines:
        if not _sends(registry, upper, one.issuer):
            continue
        for lower in one.deadlines:
            if _is_within(registry, lower.stop, one.issuer) and lower.stop != upper.stop:
                yield from _compared(lower, upper, _collecting(registry, lower))
            elif lower.stop == upper.stop and _sends(registry, lower, one.issuer):
                yield from _compared(lower, upper, f"{registry.short_name(one.issuer)} gửi")


def _compared(lower: DeadlineFact, upper: DeadlineFact, who: str) -> Iterator[_Late]:
    """The first round in which the lower deadline is after the upper one."""
    if lower.rhythm is not upper.rhythm:
        return
    most = _SAME_ROUND[lower.rhythm]
    for day in lower.days:
        for limit in upper.days:
            if 0 < (day - limit).days <= most:
                message = f"{who} báo cáo {lower.rhythm.term} đến hết ngày {short_date(day)}, "
                message += f"sau hạn {short_date(limit)} phải báo cáo lên cấp trên"
                yield _Late(lower, upper, day, limit, message)
                return


def _collecting(registry: Registry, lower: DeadlineFact) -> str:
    return f"{registry.short_name(lower.stop)} nhận"


def _sends(registry: Registry, report: DeadlineFact, agency: str) -> bool:
    """Whether an agency is one of those who send: by name, as a member, or as one of the kind in the area."""
    return bool(agency) and any(
        agency in registry.members(sender) or _is_of_group(registry, sender, agency) for sender in report.senders
    )


def _is_of_group(registry: Registry, identity: str, agency: str) -> bool:
    group, body = registry.groups.get(identity), registry.agencies.get(agency)
    if group is None or body is None or group.kind is None or group.kind != body.kind or group.area is None:
        return False
    area, seen = body.area, set[str]()
    while area is not None and area not in seen:
        if area == group.area:
            return True
        seen.add(area)
        area = registry.areas[area].parent if area in registry.areas else None
    return False


def _is_within(registry: Registry, stop: str, issuer: str) -> bool:
    """Whether a report that stops here stays with the issuer: it, or an office of a people's committee's own level."""
    if stop == issuer:
        return True
    body, head = registry.agencies.get(stop), registry.agencies.get(issuer)
    if body is None or head is None or Function.LOCAL not in registry.functions(issuer):
        return False
    same_level = registry.level(stop) is not None and registry.level(stop) is registry.level(issuer)
    return same_level and body.area is not None and body.area == head.area


@check("TG107", WARNING, "Hạn báo cáo không nêu nơi nhận")
def without_addressee(plan: Plan) -> Iterator[Fault]:
    """Có hạn mà không có nơi nhận thì mỗi cơ quan gửi một nơi. Báo một lần cho cả kế hoạch. Hạn ghi ngày và tháng
    (`06-20`) là hạn của mọi năm trong kế hoạch, như vậy là đủ.

    Căn cứ: Nghị định 09/2019/NĐ-CP (chế độ báo cáo phải quy định cơ quan nhận báo cáo).

    Cách xử lý: ghi `to` (nếu gửi qua cơ quan khác thì thêm `via`) cho từng dòng của `reporting`.

    Sai:

        # demo/plan.yaml
        reporting:
          - from: [so-noi-vu-mau]
            period: half-year
            deadline: 2024-06-20  # <- TG107
          - from: [so-noi-vu-mau]
            period: year
            deadline: 2024-12-20

    Đúng:

        # demo/plan.yaml
        reporting:
          - from: [so-noi-vu-mau]
            to: ubnd-mau
            period: half-year
            deadline: 2024-06-20
          - from: [so-noi-vu-mau]
            to: ubnd-mau
            period: year
            deadline: 2024-12-20

    Không phải lỗi (hạn của mọi năm, không ghi năm):

        # demo/plan.yaml
        parents: [kh-10-2021]
        period: 2024-2026
        reporting:
          - from: [so-noi-vu-mau]
            to: ubnd-mau
            period: half-year
            deadline: 06-20

    Không phải lỗi (nơi nhận ở trong lời văn; gửi qua một cơ quan tổng hợp):

        # demo/plan.yaml
        reporting:
          - from: [so-y-te-mau]
            period: year
            deadline: 2024-12-20
            text: Báo cáo năm gửi về Sở Nội vụ trước ngày 20/12/2024 để tổng hợp.
          - from: [so-noi-vu-mau]
            via: so-noi-vu-mau
            period: year
            deadline: 2024-12-24
    """
    blank = [entry for entry in plan.file.reporting if entry.deadline and not entry.to and not entry.via]
    blank = [entry for entry in blank if entry.text is None or not _names_addressee(entry.text.raw)]
    dated = [mention.passage.text.raw for mention in plan.mentions if isinstance(mention.found, prose.Deadline)]
    if not blank or any(_names_addressee(text) for text in dated):
        return
    first, *others = blank
    related = [(entry.at("deadline"), "cũng không có nơi nhận") for entry in others]
    assert first.deadline is not None
    message = f"hạn báo cáo {date_words(first.deadline)} không nêu gửi cho cơ quan nào"
    yield Fault(first.at("deadline"), message, related)


def _names_addressee(text: str) -> bool:
    return any(match["letter"].isupper() for match in _SENT_TO.finditer(text))
