"""An edited plan workbook into targets.yaml and assignments.yaml: edits of what changed, never over other changes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import ValidationError

from bdg_cli import edit, nodes
from bdg_cli.amend import Add, CannotAmend, Put, Route, amended, plain
from bdg_cli.collecting.additions import Additions, duty_names, known_id, quoted
from bdg_cli.collecting.outcome import Drafts, Fate, Outcome, Unfit
from bdg_cli.models.plan import AssignmentsFile, TargetsFile
from bdg_cli.registry import Registry
from bdg_cli.workbooks.edited import Edited, FieldChange
from bdg_cli.workbooks.fields import LIST, MEASURE_FIELDS, TASK_FIELDS, Field
from bdg_cli.workbooks.plan_book import AGENCY, MEASURE, TARGET
from bdg_cli.workbooks.reader import Entry
from bdg_cli.workbooks.typed import WRONG_VALUE, Refused
from bdg_cli.workshop import Workshop

_FILES: dict[str, tuple[str, Any]] = {
    "measure": ("targets.yaml", TargetsFile), "task": ("assignments.yaml", AssignmentsFile),
}  # fmt: skip
_ISSUED = (
    "kế hoạch đã ban hành nên không sửa bằng Excel; hãy lập văn bản sửa đổi, ban hành rồi ghi văn bản ấy ở amended_by"
)


def take(workshop: Workshop, drafts: Drafts, edited: Edited) -> list[Outcome]:
    """What becomes of each change; the files as they would read are put into the drafts. Raises Unfit."""
    outcomes = [refused(one) for one in edited.refused]
    loaded = workshop.plan(edited.plan).plan if edited.plan in workshop.layout.plans else None
    if loaded is None:
        raise Unfit(f"kho không có kế hoạch “{edited.plan}”, hoặc không đọc được; hãy chạy bdg validate")
    if loaded.issued:
        entries = [*(one.entry for one in edited.changes), *(one.entry for one in edited.added)]
        return [*outcomes, *(refused(Refused(entry, _ISSUED)) for entry in entries)]
    for kind, (name, model) in _FILES.items():
        outcomes += _File(drafts, f"{edited.plan}/{name}", kind, model, workshop.registry).take(edited)
    return outcomes


def refused(one: Refused) -> Outcome:
    """A refusal as an outcome."""
    return Outcome(Fate.REFUSED, one.message, one.entry.sheet, one.entry.cell, one.code)


class _File:
    """One file of the plan, with the changes that are about it."""

    def __init__(self, drafts: Drafts, path: str, kind: str, model: Any, registry: Registry) -> None:
        self.drafts = drafts
        self.path = path
        self.kind = kind
        self.model = model
        self.registry = registry
        self.text = drafts.text(path) or ""
        self.tree: Any = plain(nodes.read(path, self.text)[0].root) or {}

    def take(self, edited: Edited) -> list[Outcome]:
        """What becomes of each change of this file's kind."""
        own = [change for change in edited.changes if change.kind == self.kind]
        changes: list[Put | Add] = []
        outcomes: list[Outcome] = []
        for change in own:
            try:
                fate, puts = self._changed(change, [one for one in own if one.ids == change.ids])
            except Refused as refusal:
                outcomes.append(refused(refusal))
                continue
            changes += puts
            words = f"{_named(change)}, {change.field.head.lower()}: {quoted(change.before)} → {quoted(change.after)}"
            outcomes.append(Outcome(fate, words, change.entry.sheet, change.entry.cell))
        additions = Additions(self.tree, self.registry)
        for row in edited.added:
            if row.kind == self.kind:
                try:
                    outcomes.append(additions.take(row))
                except Refused as refusal:
                    outcomes.append(refused(refusal))
        changes += additions.changes()
        for lost in edited.lost:
            if lost.kind == self.kind:
                message = f"dòng của {lost.words} đã bị xóa; bdg không xóa bằng Excel, muốn bỏ thì sửa {self.path}"
                outcomes.append(Outcome(Fate.REFUSED, message, code=WRONG_VALUE))
        if changes:
            self.drafts.put(self.path, self._amended(changes))
        return outcomes

    def _changed(self, change: FieldChange, row: list[FieldChange]) -> tuple[Fate, list[Put | Add]]:
        """The change of one field, unless the file says so already. `row` are all changes of the same thing."""
        route = self._route(change)
        owner: Any = self.tree
        for part in route:
            owner = owner[part]
        now = change.field.canonical(owner)
        if change.field.same(now, change.after):
            return Fate.SAME, []
        if not change.field.same(now, change.before):
            message = f"trong kho nay là {quoted(now)}, khi xuất là {quoted(change.before)}; hãy xuất lại bảng rồi sửa"
            raise Refused(change.entry, message)
        self._check(change.field, change.after, change.entry)
        if len(change.field.route) > 1:
            return Fate.CHANGED, _pair(route, owner, change, row)
        value = change.field.value(change.after) if change.after else None
        return Fate.CHANGED, [Put((*route, *change.field.route), value)]

    def _route(self, change: FieldChange) -> Route:
        """Where the measure or the task stands now, wherever it has been moved to."""
        routes = [route for route, ids in self._walk(change) if ids.items() <= {**change.ids, "": change.text}.items()]
        if len(routes) != 1:
            message = f"{_named(change)} không còn trong kho như khi xuất bảng; hãy xuất lại bảng rồi sửa"
            raise Refused(change.entry, message)
        return routes[0]

    def _walk(self, change: FieldChange) -> Iterator[tuple[Route, dict[str, str]]]:
        """Route and ids of everything that a change of this kind can be about; a task is known by its words."""
        if self.kind == "task":
            for index, duty in enumerate(self.tree.get("duties", [])):
                for position, task in enumerate(duty.get("tasks", [])):
                    ids = {AGENCY: duty_names(duty), "": TASK_FIELDS[0].canonical(task)}
                    yield ("duties", index, "tasks", position), ids
            return
        for number, objective in enumerate(self.tree.get("objectives", [])):
            for index, target in enumerate(objective.get("targets", [])):
                route: Route = ("objectives", number, "targets", index)
                if change.field not in MEASURE_FIELDS:
                    yield route, {TARGET: target["id"]}
                    continue
                for position, measure in enumerate(target.get("measures", [])):
                    yield (*route, "measures", position), {MEASURE: measure["id"]}

    def _check(self, one: Field, after: str, entry: Entry) -> None:
        """Ids must be those of the registry."""
        if one.column == "indicator" and after:
            known_id(after, self.registry.indicators, "chỉ tiêu thống kê", entry)
        for identity in after.split(LIST) if one.column == "partners" and after else ():
            known_id(identity, self.registry.bodies, "cơ quan", entry)

    def _amended(self, changes: list[Put | Add]) -> str:
        try:
            text = edit.edited(self.text, amended(self.path, self.text, changes))
        except CannotAmend as told:
            raise Unfit(f"{self.path}:{told.place.line}: {told}") from told
        try:
            self.model.model_validate(nodes.read(self.path, text)[0].root)
        except ValidationError as told:
            where = ".".join(str(part) for part in told.errors(include_url=False)[0]["loc"])
            raise Unfit(f"{self.path}: giá trị ở {where} không hợp lệ nên chưa nhận tệp này; hãy xem lại") from told
        return text


def _pair(route: Route, owner: dict[str, Any], change: FieldChange, row: list[FieldChange]) -> list[Put | Add]:
    """A baseline: its value and its period come and go together. The pair is changed once, with its first change."""
    name = change.field.route[0]
    together = [one for one in row if one.field.route[0] == name]
    if change is not together[0]:
        return []
    before: dict[str, Any] = owner.get(name) or {}
    after = dict(before)
    for one in together:
        after[one.field.route[1]] = one.after
    if not any(after.values()):
        return [Put((*route, name), None)]
    if not all(after.values()) or len(after) < 2:
        raise Refused(change.entry, "số gốc và kỳ của số gốc phải có cả hai; hãy ghi đủ, hoặc để trống cả hai")
    if not before:
        return [Put((*route, name), after)]
    return [Put((*route, *one.field.route), one.after) for one in together]


def _named(change: FieldChange) -> str:
    if change.kind == "task":
        return f"nhiệm vụ của {change.ids[AGENCY]}"
    return f"số đo {change.ids[MEASURE]}" if change.field in MEASURE_FIELDS else f"chỉ tiêu {change.ids[TARGET]}"
