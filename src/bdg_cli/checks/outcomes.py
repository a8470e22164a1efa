"""BC: the tasks of a plan, against what reports/<period>.yaml says of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from bdg_cli import work
from bdg_cli.checks import files  # as a module: a check in this one's names would be counted twice
from bdg_cli.checks.check import also, check
from bdg_cli.dates import Period, PeriodKind
from bdg_cli.facts import Facts, WorkFact
from bdg_cli.findings import WARNING, Fault
from bdg_cli.models.report import Report, ReportsFile
from bdg_cli.registry import Registry

_WHOLE_YEARS = {PeriodKind.YEAR, PeriodKind.SPAN}


@check("BC103", WARNING, "Nhiệm vụ không có kết quả")
def without_result(
    facts: tuple[Facts, ...], reports: dict[str, ReportsFile], registry: Registry, today: date
) -> Iterator[Fault]:
    """Cơ quan đã gửi báo cáo mà nhiệm vụ của nó không có dòng kết quả nào ở `tasks`, trong báo cáo đã có số hoặc kỳ
    đã hết: phụ lục nhiệm vụ để trống ở đó. Báo cáo năm, báo cáo cả giai đoạn thì xét mọi nhiệm vụ đến hạn trước khi
    hết kỳ và nhiệm vụ không ghi hạn; báo cáo kỳ ngắn hơn chỉ xét nhiệm vụ có hạn trong kỳ. Cơ quan chưa gửi là việc
    của BC101. Không cơ quan nào có dòng kết quả thì báo một lần.

    Cách xử lý: ghi kết quả ở `tasks` của cơ quan (mã nhiệm vụ, hoặc số thứ tự của nó trong phần của cơ quan); chưa
    làm thì ghi `state: not-started`.

    Sai (ngày 2024-12-22):

        # reports/2024.yaml
        reports:
          - plan: demo
            number: 90
            received:
              - agency: so-noi-vu-mau
                sent: 2024-12-18
                tasks:
                  - task: 1
                    state: done
                    result: Đã tham mưu quy hoạch 12 cán bộ nữ.
              - agency: so-y-te-mau  # <- BC103
                sent: 2024-12-19

    Sai (cả báo cáo không có kết quả nhiệm vụ nào) (ngày 2024-12-22):

        # reports/2024.yaml
        reports:
          - plan: demo  # <- BC103
            number: 90
            received:
              - agency: so-noi-vu-mau
                sent: 2024-12-18
              - agency: so-y-te-mau
                sent: 2024-12-19

    Đúng (ngày 2024-12-22):

        # reports/2024.yaml
        reports:
          - plan: demo
            number: 90
            received:
              - agency: so-noi-vu-mau
                sent: 2024-12-18
                tasks:
                  - task: 1
                    state: done
                    result: Đã tham mưu quy hoạch 12 cán bộ nữ.
              - agency: so-y-te-mau
                sent: 2024-12-19
                tasks:
                  - task: 1
                    state: not-started

    Không phải lỗi (kỳ chưa hết, báo cáo chưa có số) (ngày 2024-12-20):

        # reports/2024.yaml
        reports:
          - plan: demo
            received:
              - agency: so-noi-vu-mau
                sent: 2024-12-18
              - agency: so-y-te-mau
                sent: 2024-12-19

    Không phải lỗi (báo cáo 6 tháng; nhiệm vụ có hạn tháng 11):

        # reports/2024H1.yaml
        reports:
          - plan: demo
            number: 20
            received:
              - agency: so-noi-vu-mau
                sent: 2024-06-18

    Không phải lỗi (cơ quan chưa gửi thì chưa đòi kết quả) (ngày 2024-12-19):

        # reports/2024.yaml
        reports:
          - plan: demo
            number: 90
            received:
              - agency: so-noi-vu-mau
                sent: 2024-12-18
                tasks:
                  - task: 1
                    state: done
              - agency: so-y-te-mau
                note: hẹn gửi ngày 20/12
    """
    for plan, period, report in _reports(facts, reports):
        if not plan.works or (report.number is None and period.end >= today):
            continue
        told = _told(plan, report, registry)
        owing = [
            (entry, blank)
            for entry in report.received
            if entry.sent is not None and (blank := _blank(plan, period, entry.agency, told, registry))
        ]
        if len(owing) > 1 and not any(entry.tasks for entry in report.received):
            tasks = list({one.place: one for _, blank in owing for one in blank}.values())
            related = [(one.place, one.words) for one in tasks]
            message = f"{len(tasks)} nhiệm vụ của {len(owing)} cơ quan đã gửi báo cáo đều không có kết quả"
            yield Fault(report.at("plan"), message, related, value=report.plan)
            continue
        for entry, blank in owing:
            name = registry.short_name(entry.agency)
            message = f"{name} đã gửi báo cáo, {len(blank)} nhiệm vụ không có kết quả"
            related = [(one.place, one.words) for one in blank]
            yield Fault(entry.at("agency"), message, related, value=f"{report.plan}/{entry.agency}")


@also(files.unknown_reference)
def unknown_task(facts: tuple[Facts, ...], reports: dict[str, ReportsFile], registry: Registry) -> Iterator[Fault]:
    """Results of tasks that the plan does not give to the agency."""
    for plan, _, report in _reports(facts, reports):
        for entry in report.received:
            for result in entry.tasks:
                if work.named(plan.works, entry.agency, registry, result.task) is None:
                    count = len(work.of_agency(plan.works, entry.agency, registry))
                    name = registry.short_name(entry.agency)
                    message = f"{name} không có nhiệm vụ “{result.task}” trong kế hoạch; đánh số từ 1 đến {count}"
                    yield Fault(result.at("task"), message, value=result.task)


def _reports(facts: tuple[Facts, ...], reports: dict[str, ReportsFile]) -> Iterator[tuple[Facts, Period, Report]]:
    """Each report on a plan of the repository, with its period."""
    known = {plan.plan: plan for plan in facts if not plan.shipped}
    for name, file in reports.items():
        for report in file.reports:
            plan = known.get(report.plan)
            if plan is not None:
                yield plan, Period.parse(name), report


def _told(plan: Facts, report: Report, registry: Registry) -> set[int]:
    """The tasks that a report holds a result of, by their identity."""
    results = ((entry.agency, result) for entry in report.received for result in entry.tasks)
    told = (
        work.named(plan.works, agency, registry, result.task)
        for agency, result in results
        if result.state is not None or result.result is not None
    )
    return {id(one) for one in told if one is not None}


def _blank(plan: Facts, period: Period, agency: str, told: set[int], registry: Registry) -> list[WorkFact]:
    """The tasks of one agency that the report should hold a result of and does not, be it from another agency."""
    own = work.of_agency(plan.works, agency, registry)
    return [one for one in own if _is_asked(one, period) and id(one) not in told]


def _is_asked(one: WorkFact, period: Period) -> bool:
    if one.deadline is None or one.deadline.year is None:
        return period.kind in _WHOLE_YEARS
    return one.deadline.latest <= period.end and (period.kind in _WHOLE_YEARS or one.deadline.latest >= period.start)
