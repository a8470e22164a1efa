"""`bdg calendar`: every deadline, campaign and due year of the plans, as .ics or Excel."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bdg_cli import agenda, load
from bdg_cli.agenda import Appointment
from bdg_cli.commands.desk import Desk
from bdg_cli.layout import WrongUse
from bdg_cli.outputs import icalendar
from bdg_cli.vietnamese import nearest
from bdg_cli.workbooks import calendar_book, writer

FORMATS = ("ics", "xlsx")


@dataclass(frozen=True)
class Choices:
    """The options of the command."""

    repo: str | None
    today: str | None
    form: str
    out: str | None
    force: bool


def run(names: tuple[str, ...], agency: str | None, choices: Choices) -> int:
    """Write the calendar of the plans named, or all; with an agency, only what concerns it."""
    if choices.form not in FORMATS:
        raise WrongUse(f"không có dạng “{choices.form}”; hãy chọn một trong: {', '.join(FORMATS)}")
    desk = Desk(choices.repo, choices.today)
    registry = desk.workshop.registry
    if agency is not None and agency not in registry.bodies:
        near = nearest(agency, registry.bodies)
        hint = f"; có phải “{near}”?" if near else "; xem mã ở registry/agencies.yaml"
        raise WrongUse(f"không có cơ quan nào mang mã “{agency}”{hint}")
    found = [one for one in _gathered(desk, names) if agency is None or agenda.concerns(one, agency, registry)]
    if not found:
        raise WrongUse("không có hạn, sự kiện nào trong phạm vi ấy để lập lịch")
    found.sort(key=lambda one: (one.start, one.end, one.plan, one.occasion.name, one.what))
    named = {one: registry.name(one) for entry in found for one in entry.agencies}
    title = "Lịch công tác bình đẳng giới" + (f": {registry.name(agency)}" if agency else "")
    path = Path(choices.out or f"build/lich.{choices.form}")
    if choices.form == "ics":
        text = icalendar.render(found, named, desk.workshop.today, title)
        desk.save(path, text.encode(), force=choices.force, ours=icalendar.is_ours)
    else:
        desk.save(path, writer.write(calendar_book.build(found, named, title)), force=choices.force)
    return desk.exit_code()


def _gathered(desk: Desk, names: tuple[str, ...]) -> list[Appointment]:
    _, files = desk.workshop.reports
    found: list[Appointment] = []
    for plan in desk.plans(names):
        reports = {
            period: entry for period, file in files.items() for entry in file.reports if entry.plan == plan.id
        }  # fmt: skip
        found += agenda.of_plan(plan, desk.workshop.registry, load.calendar(), reports)
    return list({one.identity: one for one in found}.values())
