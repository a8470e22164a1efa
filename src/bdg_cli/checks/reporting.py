"""BC: what agencies owe for a period, held against reports/<period>.yaml."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bdg_cli.checks.check import check
from bdg_cli.dates import Period
from bdg_cli.facts import Facts
from bdg_cli.findings import WARNING, Fault
from bdg_cli.models.report import Received, Report, ReportsFile
from bdg_cli.registry import Registry
from bdg_cli.vietnamese import short_date
from bdg_cli.workdays import Calendar


@dataclass(frozen=True, slots=True)
class _Debt:
    """One agency's report for one period: the last valid day (None: no deadline anywhere), and its entry."""

    agency: str
    due: date | None
    entry: Received | None

    @property
    def sent(self) -> date | None:
        return self.entry.sent if self.entry else None


@check("BC101", WARNING, "Cơ quan chưa gửi báo cáo")
def not_sent(
    facts: tuple[Facts, ...], reports: dict[str, ReportsFile], registry: Registry, calendar: Calendar, today: date
) -> Iterator[Fault]:
    """Cơ quan chịu trách nhiệm chỉ tiêu, cấp số liệu hoặc được quy định báo cáo ở `reporting` mà đã qua ngày hợp lệ cuối
    cùng (là ngày làm việc) mà ở `received` chưa có ngày gửi (`sent`). Chưa cơ quan nào gửi thì báo một lần cho cả báo cáo.
    Không nêu hạn ở kế hoạch lẫn ở khóa `due` của báo cáo thì không đòi; cơ quan đã kết thúc trước hạn cũng không đòi.

    Cách xử lý: đôn đốc cơ quan; đã nhận rồi thì ghi ngày gửi (`sent`) của cơ quan ấy ở `received`.

    Sai (ngày 2024-12-27):

        # reports/2024.yaml
        reports:
          - plan: demo
            received:
              - agency: so-noi-vu-mau
                sent: 2024-12-18
              - agency: so-y-te-mau  # <- BC101
                note: chưa gửi

    Sai (chưa cơ quan nào gửi) (ngày 2024-12-27):

        # reports/2024.yaml
        reports:
          - plan: demo  # <- BC101

    Đúng (ngày 2024-12-27):

        # reports/2024.yaml
        reports:
          - plan: demo
            received:
              - agency: so-noi-vu-mau
                sent: 2024-12-18
              - agency: so-y-te-mau
                sent: 2024-12-19

    Không phải lỗi (ngày 2024-12-19):

        # reports/2024.yaml
        reports:
          - plan: demo
            received:
              - agency: so-noi-vu-mau
                sent: 2024-12-18

    Không phải lỗi (kế hoạch chỉ quy định báo cáo năm; kỳ 6 tháng chưa có hạn gửi):

        # reports/2024H1.yaml
        reports:
          - plan: demo
            received:
              - agency: so-noi-vu-mau
                sent: 2024-06-18
    """
    for report, debts in _reports(facts, reports, registry):
        overdue = [
            (debt, last)
            for debt in debts
            if debt.sent is None and debt.due and (last := calendar.last_working_day(debt.due)) < today
        ]
        if len(overdue) > 1 and not any(entry.sent for entry in report.received):
            related = [(debt.entry.here(), registry.short_name(debt.agency)) for debt, _ in overdue if debt.entry]
            latest = short_date(max(last for _, last in overdue))
            message = f"cả {len(overdue)} cơ quan phải báo cáo đều chưa gửi; hạn cuối {latest}"
            yield Fault(report.at("plan"), message, related, value=report.plan)
            continue
        for debt, last in overdue:
            place = debt.entry.at("agency") if debt.entry else report.at("plan")
            message = f"{registry.short_name(debt.agency)} chưa gửi báo cáo; hạn cuối {short_date(last)}"
            yield Fault(place, message, value=f"{report.plan}/{debt.agency}")


@check("BC102", WARNING, "Gửi báo cáo muộn")
def sent_late(facts: tuple[Facts, ...], reports: dict[str, ReportsFile], registry: Registry) -> Iterator[Fault]:
    """Ngày gửi ghi ở `sent` sau ngày hợp lệ cuối cùng. “Trước ngày 20/12” không gồm chính ngày ấy. Gửi vào ngày nghỉ mà
    còn trong hạn thì không muộn.

    Cách xử lý: kiểm tra lại ngày gửi; đúng là muộn thì chấp nhận, kèm lý do, để báo cáo nêu được.

    Sai:

        # reports/2024.yaml
        reports:
          - plan: demo
            received:
              - agency: so-noi-vu-mau
                sent: 2024-12-20  # <- BC102
              - agency: so-y-te-mau
                sent: 2024-12-19

    Đúng:

        # reports/2024.yaml
        reports:
          - plan: demo
            received:
              - agency: so-noi-vu-mau
                sent: 2024-12-19
              - agency: so-y-te-mau
                sent: 2024-12-19

    Không phải lỗi (kế hoạch ghi đến hết ngày 20/12):

        # demo/plan.yaml
        reporting:
          - from: [so-noi-vu-mau, so-y-te-mau]
            to: ubnd-mau
            period: year
            deadline: 2024-12-20
            exclusive: false

        # reports/2024.yaml
        reports:
          - plan: demo
            received:
              - agency: so-noi-vu-mau
                sent: 2024-12-20

    Không phải lỗi (kỳ 6 tháng không nêu hạn; cơ quan không phải báo cáo mà vẫn gửi):

        # reports/2024H1.yaml
        reports:
          - plan: demo
            received:
              - agency: so-noi-vu-mau
                sent: 2024-06-28
              - agency: so-ldtbxh-mau
                sent: 2024-06-28
    """
    for report, debts in _reports(facts, reports, registry):
        for debt in debts:
            if debt.entry is None or debt.sent is None or debt.due is None or debt.sent <= debt.due:
                continue
            name = registry.short_name(debt.agency)
            message = f"{name} gửi báo cáo ngày {short_date(debt.sent)}, sau hạn cuối {short_date(debt.due)}"
            yield Fault(debt.entry.at("sent"), message, value=f"{report.plan}/{debt.agency}")


def _reports(
    facts: tuple[Facts, ...], reports: dict[str, ReportsFile], registry: Registry
) -> Iterator[tuple[Report, list[_Debt]]]:
    """Each report on an issued plan whose period contains the file's, with what is owed for it."""
    issued = {plan.plan: plan for plan in facts if plan.issued and not plan.shipped}
    for name, file in reports.items():
        try:
            period = Period.parse(name)
        except ValueError:  # TP013 says that such a file is not read
            continue
        for report in file.reports:
            plan = issued.get(report.plan)
            if plan is not None and plan.period and Period.parse(plan.period).contains(period):
                yield report, list(_debts(plan, report, period, registry))


def _debts(plan: Facts, report: Report, period: Period, registry: Registry) -> Iterator[_Debt]:
    """What each agency owes. The issuer does not report to itself, and one that has ended owes nothing."""
    entries = {entry.agency: entry for entry in report.received}
    for owing, day in _owed(plan, period).items():
        due = day or report.due
        group = registry.groups.get(owing)
        parts = group.members if group and group.members and owing not in entries else (owing,)
        for agency in parts:
            if agency not in registry.agencies and agency not in registry.groups:
                continue
            last = registry.validity(agency).to
            if agency == plan.issuer or (due and last and last < due):
                continue
            yield _Debt(agency, due, entries.get(agency))


def _owed(plan: Facts, period: Period) -> dict[str, date | None]:
    """The agencies that owe a report for the period, each with the last valid day the plan gives it."""
    owed: dict[str, date | None] = dict.fromkeys(plan.answerable)
    for duty in plan.reporting:
        if not duty.concerns(period):
            continue
        day = duty.last_day(period)
        for agency in duty.agencies:
            owed[agency] = owed.get(agency) or day
    return owed
