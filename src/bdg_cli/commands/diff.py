"""`bdg diff REV [REV]`: what changed in the plans between two revisions, in words, and what issued plans lost by it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import groupby

from bdg_cli import comparison, history
from bdg_cli.commands import terminal
from bdg_cli.comparison import Change, Version
from bdg_cli.findings import Finding, Place
from bdg_cli.layout import WrongUse, find_root, scan
from bdg_cli.outputs.text import Sheet
from bdg_cli.screen import line, wrapped
from bdg_cli.vietnamese import nearest
from bdg_cli.workshop import Workshop


@dataclass(frozen=True)
class PlanChanges:
    """What changed in one plan. `note` says what could not be compared, or that the plan came or went whole."""

    plan: str
    note: str
    changes: tuple[Change, ...]
    lost: tuple[Finding, ...]


def run(
    revision: str, other: str | None, names: tuple[str, ...], *, repo: str | None, today: str | None, docx: bool,
    out: str,
) -> int:  # fmt: skip
    """Print the changes (or write them as a Word document): 1 where there are any, else 0."""
    root = find_root(repo)
    day = terminal.today(today)
    with ExitStack() as stack:
        before = Workshop(scan(stack.enter_context(history.earlier(root, revision))), day)
        folder = stack.enter_context(history.earlier(root, other)) if other is not None else root
        after = Workshop(scan(folder), day)
        found = [entry for entry in _compared(before, after, names) if entry.note or entry.changes or entry.lost]
    versions = f"{revision} → {other or 'hiện nay'}"
    if docx:
        _save(found, versions, root, out)
    else:
        prefix = terminal.prefix(root) if other is None else ""
        terminal.emit("".join(_printed(found, versions, terminal.sheet(sys.stdout), prefix)))
    return 1 if found else 0


def _save(found: list[PlanChanges], versions: str, root: str, out: str) -> None:
    """The changes as a Word document for those who read no terminal."""
    from pathlib import Path

    from bdg_cli import edit
    from bdg_cli.documents import changes, docx_writer, wording

    parts = [
        changes.Part(
            f"Kế hoạch {entry.plan}" if entry.plan else "Sổ chung của kho",
            entry.note,
            tuple((one.subject.value, one.what, one.before, one.after) for one in entry.changes),
            tuple(f"{one.code}: {one.message}" for one in entry.lost),
        )
        for entry in found
    ]
    path = Path(out) / "thay-doi.docx"
    document = changes.build(parts, versions)
    edit.write_file(str(path), docx_writer.write(document, wording.find("style.docx", root)))
    print(f"Đã ghi {path}")


def _compared(before: Workshop, after: Workshop, names: tuple[str, ...]) -> Iterator[PlanChanges]:
    plans = sorted({*before.layout.plans, *after.layout.plans})
    for name in names:
        if name not in plans:
            near = nearest(name, plans)
            raise WrongUse(f"không có kế hoạch “{name}” ở cả hai phiên bản" + (f"; có phải “{near}”?" if near else ""))
    lost = after.lost_since(before)
    for identity in names or plans:
        yield _of_plan(before, after, identity, tuple(one for one in lost if one.plan == identity))
    shared = tuple(one for one in lost if one.plan is None)
    if shared and not names:
        yield PlanChanges("", "", (), shared)


def _of_plan(before: Workshop, after: Workshop, identity: str, lost: tuple[Finding, ...]) -> PlanChanges:
    if identity not in before.layout.plans:
        return PlanChanges(identity, "kế hoạch mới", (), lost)
    if identity not in after.layout.plans:
        return PlanChanges(identity, "kế hoạch không còn trong kho", (), lost)
    old, new = before.plan(identity).plan, after.plan(identity).plan
    if old is None or new is None:
        which = "bản trước" if old is None else "bản sau"
        return PlanChanges(identity, f"chưa so sánh được vì {which} có tệp không đọc được", (), lost)
    changes = comparison.compare(Version(old, before.registry), Version(new, after.registry))
    return PlanChanges(identity, "", changes, lost)


def _printed(found: list[PlanChanges], versions: str, sheet: Sheet, prefix: str) -> Iterator[str]:
    if not found:
        yield f"Không có gì thay đổi trong các kế hoạch ({versions}).\n"
        return
    yield f"{sheet.paint(f'Thay đổi {versions}', '1')}\n"
    for entry in found:
        yield f"\n{sheet.paint(f'Kế hoạch {entry.plan}' if entry.plan else 'Sổ chung của kho', '1')}\n"
        if entry.note:
            yield f"  {entry.note}\n"
        for subject, changes in groupby(entry.changes, key=lambda change: change.subject):
            yield f"  {sheet.paint(subject.value, '4')}\n"
            for change in changes:
                yield from _change(change, sheet, prefix)
        if entry.lost:
            yield f"  {sheet.paint('Văn bản đã ban hành bị giảm nhẹ', '1', '31')}\n"
        for one in entry.lost:
            yield "".join(f"{row}\n" for row in wrapped(f"{one.code} {one.message}", sheet.width, "    ! "))
            yield f"      {sheet.paint(_where(one.place, prefix), '2')}\n"


def _change(change: Change, sheet: Sheet, prefix: str) -> Iterator[str]:
    sign, words = told(change)
    yield "".join(f"{row}\n" for row in wrapped(f"{change.what}: {words}", sheet.width, f"    {sign} "))
    if change.place is not None and change.place.start >= 0:
        yield f"      {sheet.paint(_where(change.place, prefix), '2')}\n"


def told(change: Change) -> tuple[str, str]:
    """The sign of a change (`+`, `-`, `~`) and its words."""
    if not change.before:
        return "+", change.after
    if not change.after:
        return "-", f"bỏ “{change.before}”"
    return "~", f"{change.before} → {change.after}"


def _where(place: Place, prefix: str) -> str:
    return line(f"{prefix}{place.path}:{place.line}")
