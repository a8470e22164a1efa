"""A plan's targets and tasks as a workbook that people edit and send back: `bdg export --plan ID --format xlsx`. Pure.

What stood in each cell when the workbook was written is kept on the hidden sheet: so a changed cell is known, and so is
a file that somebody else has changed since.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, TypeAlias

from bdg_cli.amend import plain
from bdg_cli.models.located import Located
from bdg_cli.plan import Plan
from bdg_cli.registry import Registry
from bdg_cli.workbooks import marks, tables
from bdg_cli.workbooks.fields import MEASURE_FIELDS, OPERATORS, TARGET_FIELDS, TASK_FIELDS, Field
from bdg_cli.workbooks.model import UNREAD, Book, Cell, Column, Look, Row, Rule, Sheet, number_form
from bdg_cli.workbooks.tables import RESULTS, Record

FORMAT = "bdg-plan/1"
TARGETS, TASKS, AGENCIES = "Chỉ tiêu", "Phân công", "Cơ quan"
NEW_ROWS = 12  # blank rows for what is added
OBJECTIVE, TARGET, MEASURE, AGENCY = "objective", "target", "measure", "agency"
Lead: TypeAlias = "tuple[tuple[str, str, float], ...]"  # key, head and width of the columns with ids
_EDIT = (
    "Sửa ở các ô nền vàng; thêm chỉ tiêu, nhiệm vụ vào các dòng trống ở cuối. Ô trắng là mã, bdg dùng để nhận lại.",
    "Giữ nguyên các cụm {{ … }} trong lời văn: bdg điền số, tên, viện dẫn vào đó khi lập văn bản.",
    "Không xóa dòng. Sửa xong lưu dạng .xlsx, nhận lại bằng bdg collect: bdg cho xem từng chỗ đổi trước khi ghi.",
)
_ISSUED = "Kế hoạch này đã ban hành: bảng để đọc; bdg collect không nhận sửa đổi, phải có văn bản sửa đổi."


def build(plan: Plan, registry: Registry, results: list[Record], repository: str) -> Book:
    """The workbook of one plan; `results` are the rows of its sheet of results."""
    maker = _Maker(plan, registry)
    sheets = [maker.targets()] if plan.objectives else []
    sheets.append(maker.tasks())
    if results:
        sheets.append(tables.sheet(RESULTS, results, tables.heading(RESULTS, (plan.id,), [])))
    agencies = _agencies(registry)
    unread = marks.TITLES.join(sheet.title for sheet in (*sheets, agencies) if sheet.title not in {TARGETS, TASKS})
    head = {"repository": repository, "plan": plan.id, "unread": unread}
    return Book(f"{plan.id}: chỉ tiêu và phân công", [*sheets, agencies, marks.sheet(FORMAT, head, maker.meanings)])


@dataclass
class _Maker:
    """One workbook in the making; `meanings` is what its keys stand for."""

    plan: Plan
    registry: Registry
    meanings: dict[str, dict[str, Any]] = field(default_factory=dict)

    def targets(self) -> Sheet:
        """The sheet of targets: one row a measure; what belongs to the target stands in its first row."""
        lead = ((OBJECTIVE, "Mục tiêu", 8.0), (TARGET, "Chỉ tiêu", 8.0), (MEASURE, "Số đo", 8.0))
        fields = (*TARGET_FIELDS, *MEASURE_FIELDS)
        sheet = self._sheet(TARGETS, lead, fields)
        for objective in self.plan.objectives:
            title = f"Mục tiêu {objective.id}. {' '.join(objective.title.raw.split())}"
            sheet.add(Row((Cell(title, Look.GROUP, columns=len(sheet.columns)),), UNREAD))
            for target in objective.targets:
                for position, measure in enumerate(target.measures):
                    ids = {OBJECTIVE: objective.id, TARGET: target.id, MEASURE: measure.id}
                    own = () if position else TARGET_FIELDS
                    self._row(sheet, "measure", ids, ((own, target), (MEASURE_FIELDS, measure)), fields)
        self._new(sheet, "measure", lead, fields)
        return sheet

    def tasks(self) -> Sheet:
        """The sheet of tasks by agency."""
        lead = ((AGENCY, "Cơ quan (mã)", 22.0), ("", "Tên cơ quan", 24.0))
        sheet = self._sheet(TASKS, lead, TASK_FIELDS)
        for number, duty in enumerate(self.plan.assignments.duties):
            name = duty.heading or "; ".join(self.registry.name(one) for one in duty.named)
            for task in duty.tasks:
                ids = {AGENCY: "; ".join(duty.named), "duty": str(number), "task": task.id or ""}
                self._row(sheet, "task", ids, ((TASK_FIELDS, task),), TASK_FIELDS, Cell(name))
        self._new(sheet, "task", lead, TASK_FIELDS)
        return sheet

    def _sheet(self, title: str, lead: Lead, fields: tuple[Field, ...]) -> Sheet:
        columns = [Column(key, width) for key, _, width in lead] + [Column(one.column, one.width) for one in fields]
        sheet = Sheet(title, tuple(columns))
        whole = len(columns)
        sheet.add(Row((Cell(f"{title.upper()} CỦA {self.plan.id}", Look.TITLE, columns=whole),), height=24))
        for line in (_ISSUED,) if self.plan.issued else _EDIT:
            sheet.add(Row((Cell(line, Look.NOTE, columns=whole),)))
        sheet.add(sheet.key_row())
        heads = [Cell(head, Look.HEAD) for _, head, _ in lead] + [Cell(one.head, Look.HEAD) for one in fields]
        row = sheet.add(Row(tuple(heads)))
        sheet.head = (row, row)
        return sheet

    def _row(
        self, sheet: Sheet, kind: str, ids: dict[str, str], parts: tuple[tuple[tuple[Field, ...], Located], ...],
        fields: tuple[Field, ...], *more: Cell,
    ) -> None:  # fmt: skip
        """One row: its ids, and each field of the models it is made of; fields of none of them are closed."""
        filled: dict[str, str] = {}
        cells: dict[str, Cell] = {}
        for own, model in parts:
            written = plain(model.node) if model.node is not None else {}
            for one in own:
                filled[one.column] = one.canonical(written)
                cells[one.column] = self._input(one, filled[one.column])
        name = marks.key(kind, self.plan.id, *ids.values(), filled["text"] if kind == "task" else "")
        self.meanings[name] = {"kind": kind, **ids, "filled": filled}
        lead = [Cell(ids[column.key], Look.CENTRED) for column in sheet.columns if column.key in ids]
        shown = [cells.get(one.column, Cell(None, Look.CLOSED)) for one in fields]
        sheet.add(Row((*lead, *more, *shown), name))

    def _input(self, one: Field, canonical: str) -> Cell:
        value = one.shown(canonical) if canonical else None
        look = Look.LABEL if self.plan.issued else one.look
        form = number_form(value) if isinstance(value, Decimal) else ""
        return Cell(value, look, rule=None if self.plan.issued else _rule(one), form=form)

    def _new(self, sheet: Sheet, kind: str, lead: Lead, fields: tuple[Field, ...]) -> None:
        """Blank rows for what is added; each has a key, so that it is known where it is moved to."""
        if self.plan.issued:
            return
        sheet.add(Row((Cell("Thêm mới ở các dòng dưới đây", Look.GROUP, columns=len(sheet.columns)),), UNREAD))
        for number in range(1, NEW_ROWS + 1):
            name = marks.key("new", kind, self.plan.id, str(number))
            self.meanings[name] = {"kind": f"new-{kind}", "filled": {}}
            ids = [Cell(None, Look.TEXT if key else Look.CLOSED, rule=self._choices(key)) for key, _, _ in lead]
            sheet.add(Row((*ids, *(self._input(one, "") for one in fields)), name, 18))

    def _choices(self, key: str) -> Rule | None:
        if key != AGENCY:
            return None
        source = f"'{AGENCIES}'!$B$3:$B${2 + len(self.registry.bodies)}"
        return Rule("Chọn mã cơ quan trong danh sách (trang Cơ quan).", source=source)


def _agencies(registry: Registry) -> Sheet:
    """The ids of agencies and groups with their names, to look them up."""
    sheet = Sheet(AGENCIES, (Column("", 34), Column("", 70)), landscape=False)
    sheet.add(Row((Cell("CƠ QUAN VÀ NHÓM CƠ QUAN TRONG SỔ", Look.TITLE, columns=2),), height=24))
    head = sheet.add(Row((Cell("Mã", Look.HEAD), Cell("Tên", Look.HEAD))))
    sheet.head = (head, head)
    for identity in registry.bodies:
        sheet.add(Row((Cell(identity), Cell(registry.name(identity)))))
    return sheet


def _rule(one: Field) -> Rule | None:
    if one.look is Look.CHOICE:
        return Rule("Chọn một cách so sánh trong danh sách, hoặc để trống.", tuple(OPERATORS.values()))
    if one.look is Look.DECIMAL:
        return Rule("Ghi số từ 0 trở lên.")
    return None
