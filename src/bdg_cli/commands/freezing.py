"""`bdg report --freeze`: the figures of an issued report, locked in reports/<period>.lock.json."""

from __future__ import annotations

from datetime import date

from bdg_cli import edit, freeze
from bdg_cli.commands import terminal
from bdg_cli.commands.office import Office
from bdg_cli.dates import Period
from bdg_cli.documents.model import Document
from bdg_cli.documents.report.account import Account
from bdg_cli.documents.report.build import reference
from bdg_cli.models.lock import LockedPlan
from bdg_cli.provenance import DRAFT, INPUTS


def path_of(period: Period) -> str:
    """Where the lock of a period stands in the repository."""
    return f"reports/{period}.lock.json"


def lock(office: Office, account: Account, document: Document) -> None:
    """Lock the figures of one report as `document` shows them, or say why not.

    A report that is not issued is not locked; a lock with other figures is replaced only with --force. Locks of other
    plans in the same file stay as they are.
    """
    plan, period = account.plan.id, account.period
    path = path_of(period)
    shown = terminal.prefix(office.root) + path
    loaded, files = office.workshop.locks
    if any(fault.place.path == path for _, fault in loaded.faults) and not office.choices.force:
        _refuse(office, f"{plan}: không khóa vì {shown} có lỗi; hãy chạy bdg validate, hoặc thêm --force để khóa lại")
        return
    if DRAFT in document.properties.custom or account.written is None or account.written.date is None:
        _refuse(office, f"{plan}: không khóa được báo cáo còn là dự thảo: {_lacking(account)}")
        return
    made = _of(account, document.properties.custom[INPUTS])
    known = files[str(period)].plans if str(period) in files else ()
    before = next((one for one in known if one.plan == plan), None)
    if before is not None and freeze.same(before, made):
        office.say(f"{plan}: đã khóa từ trước với đúng số liệu này, {shown} không đổi")
        return
    if before is not None and not office.choices.force:
        changed = _changed(before, made)
        _refuse(office, f"{plan}: {shown} đã khóa với số khác ({changed}); thêm --force nếu vẫn muốn khóa lại")
        return
    kept = [made if one.plan == plan else one for one in known]
    plans = kept if before is not None else [*kept, made]
    content = freeze.text(period, date.fromisoformat(office.outcome.today), plans)
    edit.write_file(office.layout.absolute(path), content.encode())
    files[str(period)] = freeze.parsed(period, date.fromisoformat(office.outcome.today), plans)
    office.say(f"{plan}: đã khóa {len(made.figures)} con số ở {shown}")


def tell_changes(office: Office, account: Account) -> None:
    """Say so where the report being made again was locked with other figures: it goes by those of today."""
    _, files = office.workshop.locks
    locked = files[str(account.period)].plans if str(account.period) in files else ()
    before = next((one for one in locked if one.plan == account.plan.id), None)
    if before is None:
        return
    made = _of(account, "")
    if not freeze.same(before, made):
        path = terminal.prefix(office.root) + path_of(account.period)
        changed = _changed(before, made)
        office.say(f"{account.plan.id}: {path} đã khóa với số khác ({changed}); văn bản này theo số liệu hiện nay")


def _of(account: Account, inputs: str) -> LockedPlan:
    day = str(account.written.date) if account.written and account.written.date else ""
    return freeze.of_report(
        account.plan.id, reference(account), day, inputs, account.plan.file.area or "", account.judged,
        account.measures, account.restated,
    )  # fmt: skip


def _refuse(office: Office, line: str) -> None:
    office.failed = True
    office.say(line)


def _lacking(account: Account) -> str:
    """What a report needs before its figures are locked."""
    written = account.written
    lacking = [
        name
        for name, there in (
            ("số (number)", written and written.number),
            ("ngày ban hành (date)", written and written.date),
        )
        if not there
    ]
    if not lacking:
        return "còn lỗi chưa xử lý, xem bdg validate"
    return f"reports/{account.period}.yaml chưa ghi {', '.join(lacking)}"


def _changed(before: LockedPlan, made: LockedPlan) -> str:
    """Which figures differ, the first few by measure and period."""
    keys = freeze.changed(before, made)
    if not keys:
        return f"báo cáo số {before.number} ngày {before.date}"
    named = [f"{measure} kỳ {period}" for measure, period in keys[:3]]
    return ", ".join(named) + (f" và {len(keys) - 3} số nữa" if len(keys) > 3 else "")
