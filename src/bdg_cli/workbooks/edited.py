"""An edited plan workbook into changes: which field of what, from what to what, in which cell. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from bdg_cli.workbooks import typed
from bdg_cli.workbooks.fields import MEASURE_FIELDS, TARGET_FIELDS, TASK_FIELDS, Field
from bdg_cli.workbooks.marks import Found, Marks, Places, Shapes, check
from bdg_cli.workbooks.plan_book import AGENCY, FORMAT, MEASURE, OBJECTIVE, TARGET
from bdg_cli.workbooks.reader import Entry, Unreadable
from bdg_cli.workbooks.typed import Refused

_FIELDS = {"measure": (*TARGET_FIELDS, *MEASURE_FIELDS), "task": TASK_FIELDS}
_SHAPES: Shapes = {
    "measure": {OBJECTIVE: str, TARGET: str, MEASURE: str, "filled": dict},
    "task": {AGENCY: str, "duty": str, "task": str, "filled": dict},
    "new-measure": {"filled": dict},
    "new-task": {"filled": dict},
}
_LEADS = {"measure": (OBJECTIVE, TARGET, MEASURE), "task": (AGENCY,)}


@dataclass(frozen=True)
class FieldChange:
    """One field changed: `kind` and `ids` say of what, `before` and `after` are canonical texts."""

    kind: str
    ids: dict[str, str]
    field: Field
    before: str
    after: str
    entry: Entry
    text: str  # of a task, as it was written out: tasks without an id are known by their words


@dataclass(frozen=True)
class NewRow:
    """One measure or task added: ids and fields by column, each canonical, with the cells they came from."""

    kind: str
    values: dict[str, str]
    entries: dict[str, Entry]

    @property
    def entry(self) -> Entry:
        """The first cell that was filled."""
        return next(iter(self.entries.values()))


@dataclass(frozen=True)
class LostRow:
    """A row that was deleted."""

    kind: str
    words: str


@dataclass
class Edited:
    """All that was changed in a plan workbook."""

    plan: str
    changes: list[FieldChange] = field(default_factory=list)
    added: list[NewRow] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    lost: list[LostRow] = field(default_factory=list)


def read(marks: Marks, places: Places) -> Edited:
    """The changes of a plan workbook. Raises Unreadable for one of another version of bdg."""
    if marks.form != FORMAT:
        raise Unreadable(f"bảng theo dạng {marks.form}, bản bdg này dùng {FORMAT}; hãy xuất lại bằng bdg export")
    check(marks, ("plan",), _SHAPES)
    edited = Edited(marks.head["plan"])
    for key, meaning in marks.rows.items():
        rows = places.rows.get(key, [])
        if meaning["kind"].startswith("new-"):
            for row in rows:
                _take_new(edited, meaning["kind"].removeprefix("new-"), row)
        elif rows:
            _take_row(edited, meaning, rows)
        else:
            edited.lost.append(LostRow(meaning["kind"], _named(meaning)))
    for stray in places.strays:
        kind = "task" if AGENCY in stray.columns else "measure"
        _take_new(edited, kind, stray)
    return edited


def _take_row(edited: Edited, meaning: dict[str, Any], rows: list[Found]) -> None:
    """The changes of one row; of a row that was copied, the copy that was changed."""
    found: list[list[FieldChange]] = []
    for row in rows:
        try:
            changes = list(_changes(meaning, row))
        except Refused as refusal:
            edited.refused.append(refusal)
            return
        if changes and row.hidden:
            edited.refused.append(Refused(changes[0].entry, "dòng đang bị ẩn mà có sửa; hãy hiện dòng ra rồi gửi lại"))
            return
        if changes:
            found.append(changes)
    said = {tuple((one.field.column, one.after) for one in changes) for changes in found}
    if len(said) > 1:
        message = f"{_named(meaning)} có hai bản ghi khác nhau trong tệp; hãy giữ lại một bản"
        edited.refused.append(Refused(found[1][0].entry, message))
    elif found:
        edited.changes += found[0]


def _changes(meaning: dict[str, Any], row: Found) -> Iterator[FieldChange]:
    filled: dict[str, str] = meaning["filled"]
    kind = meaning["kind"]
    ids = {name: value for name, value in meaning.items() if name not in {"kind", "filled"}}
    for one in _FIELDS[kind]:
        entry = row.at(one.column)
        if one.column not in row.columns or (one.column not in filled and entry.empty):
            continue
        if one.column not in filled:
            raise Refused(entry, "ô này thuộc dòng đầu của chỉ tiêu; hãy ghi ở dòng đầu")
        after = one.taken(entry)
        if one.same(filled[one.column], after):
            continue
        if not after and one.required:
            raise Refused(entry, f"{_named(meaning)}: {one.head.lower()} không để trống được")
        yield FieldChange(kind, ids, one, filled[one.column], after, entry, filled.get("text", ""))


def _take_new(edited: Edited, kind: str, row: Found) -> None:
    """A row that was added, where anything is filled in."""
    values: dict[str, str] = {}
    entries: dict[str, Entry] = {}
    try:
        for lead in _LEADS[kind]:
            _enter(values, entries, lead, " ".join(typed.text(row.at(lead)).split()), row.at(lead))
        for one in _FIELDS[kind]:
            _enter(values, entries, one.column, one.taken(row.at(one.column)), row.at(one.column))
    except Refused as refusal:
        edited.refused.append(refusal)
        return
    if values:
        edited.added.append(NewRow(kind, values, entries))


def _enter(values: dict[str, str], entries: dict[str, Entry], column: str, value: str, entry: Entry) -> None:
    if value:
        values[column], entries[column] = value, entry


def _named(meaning: dict[str, Any]) -> str:
    if meaning["kind"] == "measure":
        return f"số đo {meaning[MEASURE]}"
    words = meaning["filled"].get("text", "").split()
    return f"nhiệm vụ “{' '.join(words[:8])}{'…' if len(words) > 8 else ''}” của {meaning[AGENCY]}"
