"""Rows added to a plan workbook: measures behind those of their target, tasks behind those of their agency."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from bdg_cli.amend import Add, Put
from bdg_cli.collecting.outcome import Fate, Outcome
from bdg_cli.emitter import Name, Prose, Value
from bdg_cli.registry import Registry
from bdg_cli.vietnamese import nearest
from bdg_cli.workbooks.edited import NewRow
from bdg_cli.workbooks.fields import LIST, MEASURE_FIELDS, TARGET_FIELDS, TASK_FIELDS, Field
from bdg_cli.workbooks.plan_book import AGENCY, MEASURE, OBJECTIVE, TARGET
from bdg_cli.workbooks.reader import Entry
from bdg_cli.workbooks.typed import Refused

_NUMBER = re.compile(r"[0-9]+(\.[0-9]+)*[a-zđ]?\Z", re.ASCII)
_TEXT = TASK_FIELDS[0]


class Additions:
    """What is added to one file, gathered row by row; a row that the file has already adds nothing."""

    def __init__(self, tree: Any, registry: Registry) -> None:
        """`tree` are the plain values of the file."""
        self.tree = tree
        self.registry = registry
        self._tasks: dict[str, list[Value]] = {}
        self._measures: dict[str, list[Value]] = {}
        self._targets: dict[str, tuple[int, dict[str, Value]]] = {}
        self._ids = {one["id"] for one in self._walk_ids()}

    def take(self, row: NewRow) -> Outcome:
        """Take in one row. Raises Refused."""
        indicator = row.values.get("indicator")
        if indicator:
            known_id(indicator, self.registry.indicators, "chỉ tiêu thống kê", row.entries["indicator"])
        for partner in row.values["partners"].split(LIST) if "partners" in row.values else ():
            known_id(partner, self.registry.bodies, "cơ quan", row.entries["partners"])
        return self._take_task(row) if row.kind == "task" else self._take_measure(row)

    def changes(self) -> Iterator[Put | Add]:
        """The changes of the file, when every row has been taken in."""
        duties = self.tree.get("duties", [])
        for agency, tasks in self._tasks.items():
            index = next((index for index, duty in enumerate(duties) if duty_names(duty) == agency), None)
            if index is not None:
                yield from (Add(("duties", index, "tasks"), task) for task in tasks)
            else:
                key = "group" if agency in self.registry.groups else "agency"
                yield Add(("duties",), {key: agency, "tasks": tasks})
        for target, measures in self._measures.items():
            if target in self._targets:
                number, entry = self._targets[target]
                yield Add(("objectives", number, "targets"), {**entry, "measures": measures})
                continue
            number, index = self._place(target) or (0, 0)
            yield from (Add(("objectives", number, "targets", index, "measures"), one) for one in measures)

    def _take_task(self, row: NewRow) -> Outcome:
        agency, text = _needed(row, AGENCY, "mã cơ quan"), _needed(row, _TEXT.column, "nội dung nhiệm vụ")
        known_id(agency, self.registry.bodies, "cơ quan", row.entries[AGENCY])
        words = f"nhiệm vụ của {agency}: {quoted(text)}"
        for duty in self.tree.get("duties", []):
            for task in duty.get("tasks", []) if duty_names(duty) == agency else ():
                if _TEXT.canonical(task) == text:
                    return self._there(row, task, TASK_FIELDS, words)
        self._tasks.setdefault(agency, []).append(_mapping(row, TASK_FIELDS))
        return _added(row, words)

    def _take_measure(self, row: NewRow) -> Outcome:
        target, measure = _needed(row, TARGET, "mã chỉ tiêu"), _needed(row, MEASURE, "mã số đo")
        for column in (TARGET, MEASURE):
            if not _NUMBER.match(row.values[column]):
                message = f"“{row.values[column]}” không phải mã; hãy viết như 2.4 (chỉ tiêu), 2.4a (số đo)"
                raise Refused(row.entries[column], message)
        known = next((one for one in self._measures_of(target) if one["id"] == measure), None)
        if known is not None:
            return self._there(row, known, MEASURE_FIELDS, f"số đo {measure}")
        if measure in self._ids and measure != target:
            raise Refused(row.entries[MEASURE], f"mã {measure} đã có trong kế hoạch; hãy chọn mã khác")
        if self._place(target) is None and target not in self._targets:
            self._targets[target] = self._new_target(row, target)
        place = self._place(target)
        if place is not None and "text" in row.values:
            written = TARGET_FIELDS[1].canonical(self.tree["objectives"][place[0]]["targets"][place[1]])
            if written != row.values["text"]:
                raise Refused(row.entries["text"], f"chỉ tiêu {target} đã có; lời văn của nó sửa ở dòng có sẵn")
        self._ids.add(measure)
        self._measures.setdefault(target, []).append({"id": Name(measure), **_mapping(row, MEASURE_FIELDS)})
        return _added(row, f"số đo {measure}")

    def _new_target(self, row: NewRow, target: str) -> tuple[int, dict[str, Value]]:
        wanted = row.values.get(OBJECTIVE) or target.split(".")[0]
        objectives = self.tree.get("objectives", [])
        number = next((index for index, one in enumerate(objectives) if one["id"] == wanted), None)
        if number is None:
            raise Refused(row.entry, f"kế hoạch không có mục tiêu {wanted}; hãy ghi mã mục tiêu có sẵn")
        text = Prose(_needed(row, "text", "lời văn của chỉ tiêu"))
        label = {"label": row.values["label"]} if "label" in row.values else {}
        return number, {"id": Name(target), **label, "text": text}

    def _there(self, row: NewRow, known: Any, fields: tuple[Field, ...], words: str) -> Outcome:
        """A row that the file has already, word for word: the workbook was collected before."""
        for one in fields:
            if one.column in row.values and not one.same(one.canonical(known), row.values[one.column]):
                there = f"{one.head.lower()} {quoted(one.canonical(known))}"
                raise Refused(row.entries[one.column], f"{words} đã có trong kho với {there}; hãy sửa ở dòng có sẵn")
        return Outcome(Fate.SAME, words, row.entry.sheet, row.entry.cell)

    def _place(self, target: str) -> tuple[int, int] | None:
        for number, objective in enumerate(self.tree.get("objectives", [])):
            for index, entry in enumerate(objective.get("targets", [])):
                if entry["id"] == target:
                    return number, index
        return None

    def _measures_of(self, target: str) -> list[Any]:
        place = self._place(target)
        if place is None:
            return []
        measures: list[Any] = self.tree["objectives"][place[0]]["targets"][place[1]].get("measures", [])
        return measures

    def _walk_ids(self) -> Iterator[Any]:
        for objective in self.tree.get("objectives", []):
            yield objective
            for target in objective.get("targets", []):
                yield target
                yield from target.get("measures", [])


def known_id(identity: str, known: Mapping[str, Any], what: str, entry: Entry) -> None:
    """Raises Refused for an id that the registry does not have, with the nearest one that it has."""
    if identity not in known:
        near = nearest(identity, known)
        hint = f"; có phải “{near}”?" if near else ""
        raise Refused(entry, f"không có {what} nào mang mã “{identity}”{hint}", "TP012")


def duty_names(duty: dict[str, Any]) -> str:
    """Whom a duty names, as the workbook shows it."""
    single = [duty[key] for key in ("agency",) if key in duty]
    return LIST.join([*single, *duty.get("agencies", []), *([duty["group"]] if "group" in duty else [])])


def quoted(text: str) -> str:
    """The first words of a value, for a message."""
    line = " ".join(text.split())
    return "(trống)" if not line else f"“{line[:47]}…”" if len(line) > 48 else f"“{line}”"


def _needed(row: NewRow, column: str, what: str) -> str:
    if column not in row.values:
        raise Refused(row.entry, f"dòng thêm mới cần có {what}")
    return row.values[column]


def _mapping(row: NewRow, fields: tuple[Field, ...]) -> dict[str, Value]:
    """The keys of a new measure or task."""
    made: dict[str, Any] = {}
    for one in fields:
        if one.column in row.values:
            *inner, last = one.route
            owner = made
            for key in inner:
                owner = owner.setdefault(key, {})
            owner[last] = one.value(row.values[one.column])
    if "baseline" in made and len(made["baseline"]) < 2:
        raise Refused(row.entry, "số gốc và kỳ của số gốc phải có cả hai")
    return made


def _added(row: NewRow, words: str) -> Outcome:
    return Outcome(Fate.ADDED, words, row.entry.sheet, row.entry.cell)
