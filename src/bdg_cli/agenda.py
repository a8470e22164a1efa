"""Every day that the plans name: reports to send, tasks to finish, campaigns, the years targets are due. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum

from bdg_cli import facts
from bdg_cli.dates import PartialDate, Period
from bdg_cli.models.plan import Reporting
from bdg_cli.models.report import Report
from bdg_cli.plan import Plan
from bdg_cli.registry import Registry
from bdg_cli.vietnamese import listed, short_date
from bdg_cli.workdays import Calendar


class Occasion(Enum):
    """What happens on a day; the value is what people read."""

    REPORT = "Hạn báo cáo"
    TASK = "Hạn nhiệm vụ"
    EVENT = "Sự kiện, chiến dịch"
    TARGET = "Năm đạt chỉ tiêu"


@dataclass(frozen=True, slots=True)
class Appointment:
    """One day, or days from `start` to `end`: what, of which plan, for whom (agency ids; none: everybody).

    `identity` stays the same while the plan says the same, wherever it says so.
    """

    identity: str
    plan: str
    occasion: Occasion
    what: str
    start: date
    end: date
    agencies: tuple[str, ...]
    note: str


def of_plan(plan: Plan, registry: Registry, calendar: Calendar, reports: dict[str, Report]) -> Iterator[Appointment]:
    """The days of one plan. `reports` are its period reports, by period: a letter may have set a day."""
    yield from _reports(plan, registry, calendar)
    yield from _agreed(plan, calendar, reports)
    yield from _tasks(plan)
    yield from _events(plan)
    yield from _targets(plan)


def concerns(one: Appointment, agency: str, registry: Registry) -> bool:
    """Whether an agency, itself or through a group, is meant."""
    return not one.agencies or any(agency in registry.members(named) for named in one.agencies)


def _reports(plan: Plan, registry: Registry, calendar: Calendar) -> Iterator[Appointment]:
    for entry in plan.file.reporting:
        for day in facts.last_days(plan, entry):
            last = calendar.last_working_day(day)
            to = entry.via or entry.to
            kind = f" {entry.period.term}" if entry.period else ""
            what = f"Gửi báo cáo{kind}" + (f" cho {registry.name(to, day)}" if to else "")
            moved = f"; ngày {short_date(day)} là ngày nghỉ" if last != day else ""
            words = f"Ngày hợp lệ cuối cùng là ngày làm việc {short_date(last)}{moved}."
            yield _made(plan, Occasion.REPORT, what, (last, last), entry.from_, words, *_reporting_key(entry), str(day))


def _reporting_key(entry: Reporting) -> tuple[str, ...]:
    return (",".join(entry.from_), entry.via or "", entry.to or "", str(entry.period or ""))


def _agreed(plan: Plan, calendar: Calendar, reports: dict[str, Report]) -> Iterator[Appointment]:
    """Days that a letter set for a period, where the plan names none."""
    for period, report in reports.items():
        if report.due is not None:
            last = calendar.last_working_day(report.due)
            who = tuple(dict.fromkeys(agency for entry in plan.file.reporting for agency in entry.from_))
            what = f"Gửi báo cáo kỳ {period}"
            yield _made(plan, Occasion.REPORT, what, (last, last), who, f"Hạn ghi ở reports/{period}.yaml.", period)


def _tasks(plan: Plan) -> Iterator[Appointment]:
    for duty in plan.assignments.duties:
        for task in duty.tasks:
            if task.deadline is None:
                continue
            words = " ".join(task.text.raw.split())
            for day in _last_days(plan, task.deadline):
                told = "" if task.deadline.day else f"Thời hạn ghi trong kế hoạch: {task.deadline}."
                yield _made(plan, Occasion.TASK, words, (day, day), duty.named, told, ",".join(duty.named), str(day))


def _events(plan: Plan) -> Iterator[Appointment]:
    for event in plan.file.events:
        ends = event.end or event.start
        for first in _first_days(plan, event.start):
            last = ends.latest if ends.year is not None else _on(ends, first.year)
            if last < first:  # a campaign over the turn of the year
                last = _on(ends, first.year + 1)
            yield _made(plan, Occasion.EVENT, event.name, (first, last), (), "", event.id, str(first.year))


def _targets(plan: Plan) -> Iterator[Appointment]:
    """One day, its last, for all targets of an objective that one agency must reach in a year."""
    for objective in plan.objectives:
        due: dict[tuple[int, tuple[str, ...]], list[str]] = {}
        for target in objective.targets:
            for measure in target.measures:
                year = measure.due or plan.last_year
                owners = tuple(dict.fromkeys(claim.agency for claim in plan.owners(measure.id)))
                if year is not None:
                    due.setdefault((year, owners), []).append(measure.id)
        title = " ".join(objective.title.raw.split())
        for (year, owners), measures in due.items():
            day = date(year, 12, 31)
            what = f"Phải đạt chỉ tiêu {listed(measures)} (mục tiêu {objective.id}. {title})"
            # What nobody owns is not everybody's: it stays with the plan's issuer.
            note = "" if owners else "Chưa phân công cơ quan chịu trách nhiệm."
            who = owners or (plan.file.issuer,)
            yield _made(plan, Occasion.TARGET, what, (day, day), who, note, objective.id, str(year))


def _last_days(plan: Plan, written: PartialDate) -> Iterator[date]:
    """The last day a deadline can mean; of one that returns every year, that of each year of the plan."""
    if written.year is not None:
        yield written.latest
    else:
        yield from (_on(written, year) for year in _years(plan.period))


def _first_days(plan: Plan, written: PartialDate) -> Iterator[date]:
    if written.year is not None:
        yield written.earliest
    else:
        yield from (_on(written, year) for year in _years(plan.period))


def _on(written: PartialDate, year: int) -> date:
    return PartialDate(year, written.month, written.day).latest


def _years(period: Period | None) -> range:
    return range(period.start.year, period.end.year + 1) if period is not None else range(0)


def _made(
    plan: Plan, occasion: Occasion, what: str, days: tuple[date, date], agencies: tuple[str, ...], note: str, *key: str
) -> Appointment:
    identity = hashlib.sha256("\x1f".join((plan.id, occasion.name, what, *key)).encode()).hexdigest()[:32]
    return Appointment(identity, plan.id, occasion, what, days[0], days[1], agencies, note)
