"""`bdg collect FILE.xlsx…`: what came in from people; shows it, and writes with `--apply`."""

from __future__ import annotations

import glob
import json
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bdg_cli import edit
from bdg_cli.collecting import figures, plan, tasks
from bdg_cli.collecting.outcome import Drafts, Fate, Outcome, Report, Unfit
from bdg_cli.commands import terminal
from bdg_cli.commands.desk import Desk
from bdg_cli.commands.period import parse
from bdg_cli.layout import WrongUse
from bdg_cli.outputs import unified
from bdg_cli.screen import line, wrapped
from bdg_cli.vietnamese import listed, period_words
from bdg_cli.workbooks import answers, edited, marks, reader
from bdg_cli.workbooks.marks import Marks, Places
from bdg_cli.workbooks.reader import Unreadable

FORMAT = "bdg-collect/1"
FORMATS = ("text", "json")
UNREADABLE = "TP014"
_SIGNS = {
    Fate.ADDED: "thêm", Fate.CHANGED: "đổi", Fate.REFUSED: "từ chối", Fate.NOTED: "lưu ý", Fate.SAME: "giữ nguyên",
}  # fmt: skip


@dataclass(frozen=True)
class Choices:
    """The options of the command."""

    repo: str | None
    today: str | None
    period: str | None
    received: str | None
    write: bool
    form: str


def run(paths: tuple[str, ...], choices: Choices) -> int:
    """Take in workbooks: forms that agencies filled, plans that were edited. One bad file does not stop the others."""
    if choices.form not in FORMATS:
        raise WrongUse(f"không có dạng “{choices.form}”; hãy chọn một trong: {', '.join(FORMATS)}")
    wanted = str(parse(choices.period)) if choices.period else None
    received = date.fromisoformat(terminal.today(choices.received)) if choices.received else None
    desk = Desk(choices.repo, choices.today, quiet=choices.form == "json")
    desk.observations()  # says which data cannot be read, and so cannot be compared with
    drafts = Drafts(desk.layout)
    reports = [_taken(desk, drafts, path, wanted, received) for path in _expanded(paths)]
    if choices.write:
        for path, text in drafts.changed.items():
            edit.write_file(desk.layout.absolute(path), drafts.encoded(path, text))
    if choices.form == "json":
        terminal.emit(_json(reports, drafts, choices.write))
    else:
        terminal.emit("".join(_shown(desk, reports, drafts, choices.write)))
    return 1 if desk.failed or any(report.refused for report in reports) else 0


def _expanded(paths: tuple[str, ...]) -> Iterator[str]:
    """The files named, those of a folder, and those that fit a pattern, since not every shell expands `*.xlsx`.

    What Excel and LibreOffice keep beside an open file is left out.
    """
    for path in paths:
        found = [path]
        if os.path.isdir(path):
            found = sorted(glob.glob(os.path.join(glob.escape(path), "*.xlsx"))) or found
        elif glob.has_magic(path) and not os.path.exists(path):
            found = sorted(glob.glob(path)) or found
        yield from (one for one in found if not os.path.basename(one).startswith(("~$", ".~lock.")))


def _taken(desk: Desk, drafts: Drafts, path: str, period: str | None, received: date | None) -> Report:
    """What comes of one file."""
    report = Report(path)
    try:
        grids = reader.read(desk.read(path))
        found = marks.read(grids)
        places = marks.places(grids, found)
        if found.head.get("repository") != desk.repository():
            raise Unreadable(
                f"biểu của kho “{found.head.get('repository', '')}”, không phải kho này (“{desk.repository()}”); "
                "hãy chạy ở đúng kho, hoặc xuất lại biểu"
            )
        if found.form.startswith("bdg-plan/"):
            changed = edited.read(found, places)
            report.title = f"chỉ tiêu, phân công của {changed.plan}"
            report.outcomes += plan.take(desk.workshop, drafts, changed)
        else:
            _take_form(desk, drafts, report, found, places, period, received)
        report.outcomes += [
            Outcome(Fate.NOTED, f"trang “{title}” không thuộc biểu, không được đọc") for title in places.unknown
        ]
    except (Unreadable, Unfit) as told:
        report.outcomes.append(Outcome(Fate.REFUSED, str(told), code=UNREADABLE))
    return report


def _take_form(
    desk: Desk, drafts: Drafts, report: Report, found: Marks, places: Places, period: str | None, received: date | None
) -> None:
    form = answers.read(found, places)
    if period is not None and form.period != period:
        raise Unreadable(f"biểu của kỳ {form.period}, không phải kỳ {period}; hãy gửi biểu đúng kỳ, hoặc bỏ --period")
    registry = desk.workshop.registry
    if form.agency not in registry.bodies:
        raise Unreadable(f"kho không có cơ quan “{form.agency}” của biểu này; hãy xem registry/agencies.yaml")
    words = period_words(parse(form.period))
    report.title = f"{registry.name(form.agency, parse(form.period).end)}, {words}"
    report.outcomes += [
        Outcome(Fate.REFUSED, one.message, one.entry.sheet, one.entry.cell, one.code) for one in form.refused
    ]
    if form.lost:
        message = f"biểu gửi về không còn {listed(form.lost)}: coi như để trống"
        report.outcomes.append(Outcome(Fate.NOTED, message))
    if not form.indicators and not form.tasks and not form.kept and not form.refused:
        raise Unreadable("biểu chưa điền gì; hãy gửi lại biểu đã điền")
    report.outcomes += figures.take(desk.workshop, drafts, form)
    report.outcomes += tasks.take(desk.workshop, drafts, form, received)
    if form.blank:
        report.outcomes.append(Outcome(Fate.NOTED, f"{form.blank} chỉ tiêu, nhiệm vụ để trống"))


# ---------------------------------------------------------------------------------------------- showing


def _shown(desk: Desk, reports: list[Report], drafts: Drafts, written: bool) -> Iterator[str]:
    prefix = terminal.prefix(desk.root)
    for report in reports:
        yield from _told(report)
    refused = sum(report.count(Fate.REFUSED) for report in reports)
    if refused:
        yield f"{refused} mục bị từ chối; sửa ở ô đã nêu rồi chạy lại, các mục khác không phải làm lại.\n"
    changed = drafts.changed
    for path, text in changed.items():
        if not path.startswith("data/"):
            yield unified.render(f"{prefix}{path}", drafts.before(path), text, terminal.sheet(sys.stdout))
    if not changed:
        yield "Không có gì mới để ghi.\n"
    for path in changed:
        yield f"{'Đã ghi' if written else 'Sẽ ghi'} {prefix}{path}\n"
    if changed and not written:
        yield "Chưa ghi gì; thêm --apply để ghi.\n"


def _told(report: Report) -> Iterator[str]:
    """What came of one file."""
    yield line(f"{report.path}{': ' if report.title else ''}{report.title}") + "\n"
    for outcome in report.outcomes:
        if outcome.fate is not Fate.SAME:
            lead = f"  {_SIGNS[outcome.fate]:<9}"
            rows = wrapped(f"{_placed(outcome)}{outcome.words}", terminal.sheet(sys.stdout).width, lead)
            yield "\n".join(rows) + "\n"
    same = report.count(Fate.SAME)
    if same:
        yield f"  {_SIGNS[Fate.SAME]}: {same} mục đã có trong kho\n"


def _placed(outcome: Outcome) -> str:
    where = f"{outcome.sheet}!{outcome.cell}" if outcome.cell else ""
    parts = [part for part in (where, outcome.code) if part]
    return f"{' '.join(parts)}: " if parts else ""


def _json(reports: list[Report], drafts: Drafts, written: bool) -> str:
    document = {
        "format": FORMAT,
        "written": written,
        "files": [
            {
                "path": report.path,
                "title": report.title or None,
                "outcomes": [
                    {
                        "fate": outcome.fate.value, "message": outcome.words, "sheet": outcome.sheet or None,
                        "cell": outcome.cell or None, "code": outcome.code or None,
                    }
                    for outcome in report.outcomes
                ],
            }
            for report in reports
        ],
        "changes": sorted(drafts.changed),
    }  # fmt: skip
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"
