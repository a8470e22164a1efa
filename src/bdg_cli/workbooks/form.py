"""The form that an agency fills: its figures as counts, and its tasks. Pure: a Request into a Book."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from bdg_cli.data.ledger import Ledger
from bdg_cli.data.observations import FigureStatus, Observation, Sex, Vintage
from bdg_cli.data.results import Figure, says_illustrative
from bdg_cli.dates import ADMINISTRATIVE, STATISTICAL, PartialDate
from bdg_cli.documents.wording import Wording
from bdg_cli.models.located import Term
from bdg_cli.models.registry import Count, Definition
from bdg_cli.models.report import TaskState
from bdg_cli.vietnamese import number, period_words, sentence_case, short_date
from bdg_cli.workbooks import marks
from bdg_cli.workbooks.asked import FigureAsked, PlanAsked, Request, task_digest
from bdg_cli.workbooks.model import UNREAD, Book, Cell, Column, Look, Row, Rule, Sheet, address, number_form
from bdg_cli.workbooks.sizes import text_height

FORMAT = "bdg-form/1"
FIGURES, TASKS = "Số liệu", "Nhiệm vụ"
PARTS = ("numerator", "denominator", "value")
YES, NO = "có", "không"
_MEASURED = {"giờ", "phút", "ha", "km", "kg", "tấn", "lần", "%", "đồng", "nghìn đồng", "triệu đồng", "tỷ đồng"}
_LABELS = (("TT", 5.0), ("Chỉ tiêu", 30.0), ("Nội dung", 32.0))
_EARLIER = (("before", "Kỳ trước", 11.0), ("year_before", "Cùng kỳ năm trước", 11.0))
_ABOUT = (("status", 13.0), ("vintage", 11.0), ("source", 20.0), ("note", 20.0))
_ABOUT_HEADS = ("Tình trạng (khi không có số)", "Độ chính thức", "Nguồn số liệu", "Ghi chú")
_TASK_COLUMNS = (("", 5.0), ("", 56.0), ("", 13.0), ("", 18.0), ("state", 16.0), ("result", 48.0))
_TASK_HEADS = ("TT", "Nhiệm vụ", "Thời hạn", "Sản phẩm", "Tình trạng", "Kết quả trong kỳ")


def is_count(count: Count | None) -> bool:
    """Whether a numerator or denominator is counted one by one; hours and money are measured."""
    return count is not None and count.unit is not None and count.unit not in _MEASURED and "/" not in count.unit


def definition_digest(definition: Definition | None) -> str:
    """What a definition says, as one word: figures of two definitions are never mixed in silence."""
    counts = (definition.numerator, definition.denominator) if definition else ()
    parts = [f"{count.name}|{count.unit}" if count else "" for count in counts]
    return marks.key(*parts, str(definition.factor if definition else ""))


def terms(kind: type[Term]) -> tuple[str, ...]:
    """The words of a closed value, as a drop-down lists them."""
    return tuple(member.term for member in kind if member.value)


def build(request: Request, repository: str, names: dict[str, str], ledger: Ledger, wording: Wording) -> Book:
    """The form of one agency. `names` are the names of the agency and, by id, of the areas."""
    maker = _Maker(request, names, ledger, wording)
    sheets = [maker.figures()] if request.figures else []
    if any(plan.tasks for plan in request.plans):
        sheets.append(maker.tasks())
    plans = " ".join(plan.id for plan in request.plans)
    head = {"repository": repository, "agency": request.agency, "period": str(request.period), "plans": plans}
    hidden = marks.sheet(FORMAT, head, maker.meanings)
    title = f"{names[request.agency]}: {period_words(request.period)}"
    return Book(title, [*sheets, hidden])


@dataclass
class _Maker:
    """One form in the making; `meanings` is what its keys stand for."""

    request: Request
    names: dict[str, str]
    ledger: Ledger
    wording: Wording
    meanings: dict[str, dict[str, Any]] = field(default_factory=dict)

    def say(self, what: str, **values: object) -> str:
        return self.wording.words("form/words.md.j2", say=what, **values)

    @property
    def earlier(self) -> tuple[tuple[str, str, float], ...]:
        """The earlier figures that are shown: of a year, the previous one is that of a year before."""
        period = self.request.period
        return _EARLIER[:1] if period.previous == period.year_before else _EARLIER

    @property
    def first_input(self) -> int:
        """The column of the figures for everybody; the key column is 1."""
        return 2 + len(_LABELS) + len(self.earlier)

    # ------------------------------------------------------------------------------------ figures

    def figures(self) -> Sheet:
        """The sheet of figures."""
        sexes = (Sex.ALL, Sex.FEMALE, Sex.MALE, Sex.UNKNOWN) if self.request.by_sex else (Sex.ALL,)
        inputs = [(sex.value or "all", 11.0 if sex is Sex.ALL else 9.0) for sex in sexes]
        labels = (*_LABELS, *((head, width) for _, head, width in self.earlier))
        columns = (*(Column("", width) for _, width in labels), *(Column(*column) for column in (*inputs, *_ABOUT)))
        sheet = Sheet(FIGURES, columns)
        self._heading(sheet, "figures", self._windows())
        heads = (*(head for head, _ in labels), *(sentence_case(sex.term) for sex in sexes), *_ABOUT_HEADS)
        self._head(sheet, heads)
        plans = {plan.id: plan.title for plan in self.request.plans}
        several = len({figure.plan for figure in self.request.figures.values()}) > 1
        last = ""
        for figure in sorted(self.request.figures.values(), key=lambda one: list(plans).index(one.plan)):
            if several and figure.plan != last:
                sheet.add(Row((Cell(plans[figure.plan], Look.GROUP, columns=len(sheet.columns)),)))
            last = figure.plan
            self._figure(sheet, figure, sexes)
        self._end(sheet, 5)
        return sheet

    def _windows(self) -> str:
        """From which day to which day the figures run, and until when they are wanted."""
        first, last = self.request.period.window(ADMINISTRATIVE)
        other = None
        if any(figure.indicator.window.value == STATISTICAL for figure in self.request.figures.values()):
            other = tuple(short_date(day) for day in self.request.period.window(STATISTICAL))
        due = min((plan.due for plan in self.request.plans if plan.due), default=None)
        return self.say(
            "windows", first=short_date(first), last=short_date(last), other=other, due=short_date(due) if due else ""
        )

    def _figure(self, sheet: Sheet, asked: FigureAsked, sexes: tuple[Sex, ...]) -> None:
        """The rows of one indicator: numerator, denominator and result, or its value alone."""
        definition = asked.definition
        rate = definition is not None and definition.numerator is not None and definition.denominator is not None
        parts = PARTS[:2] if rate else PARTS[2:]
        height = len(parts) + rate
        known = {sex: self.ledger.current((*asked.key, str(self.request.period), sex.value, "")) for sex in asked.sexes}
        top = sheet.next
        for position, part in enumerate(parts):
            name = marks.key("figure", *asked.key, part)
            cells = [self._input(asked, part, sex, known.get(sex), top, sexes) for sex in sexes]
            written = dict(zip(sexes, cells, strict=True))
            self.meanings[name] = self._meaning(asked, part, written, None if position else known.get(Sex.ALL))
            lead = self._lead(asked, height) if not position else (None, None)
            item = Cell(_item(definition, part, asked.indicator.unit))
            before = self._before(asked, part)
            about = self._about(known.get(Sex.ALL), height) if not position else (None,) * len(_ABOUT)
            sheet.add(Row((*lead, item, *before, *cells, *about), name, self._row_height(asked, height, sheet)))
        if rate:
            assert definition is not None
            shown = Cell(f"Kết quả ({asked.indicator.unit})")
            rates = [
                _rate(definition, top, column, sex in asked.sexes) for column, sex in enumerate(sexes, self.first_input)
            ]
            sheet.add(
                Row(
                    (None, None, shown, *self._before(asked, "value"), *rates),
                    UNREAD,
                    self._row_height(asked, height, sheet),
                )
            )

    def _before(self, asked: FigureAsked, part: str) -> list[Cell]:
        return [_previous(getattr(asked, name), part) for name, _, _ in self.earlier]

    def _lead(self, asked: FigureAsked, height: int) -> tuple[Cell, Cell]:
        return Cell(asked.label, Look.CENTRED, rows=height), Cell(self._name(asked), rows=height)

    def _name(self, asked: FigureAsked) -> str:
        where = self.names.get(asked.area, asked.area)
        areas = {figure.area for figure in self.request.figures.values()}
        words = [asked.indicator.name + (f" ({where})" if len(areas) > 1 else "")]
        if asked.indicator.window.value == STATISTICAL:
            words[0] += f" {self.say('statistical')}"
        words.append(asked.aim)
        if not asked.published:
            words.append(self.say("not-published"))
        return "\n".join(words)

    def _row_height(self, asked: FigureAsked, rows: int, sheet: Sheet) -> float:
        """Rows of one indicator are of one height: its merged name needs them together."""
        items = [_item(asked.definition, part, asked.indicator.unit) for part in PARTS]
        tallest = max(text_height(item, sheet.columns[2].width, Look.LABEL) for item in items)
        name = text_height(self._name(asked), sheet.columns[1].width, Look.LABEL) / rows
        return round(max(tallest, name, 28.0) + 4, 1)

    def _input(
        self, asked: FigureAsked, part: str, sex: Sex, known: Observation | None, top: int, sexes: tuple[Sex, ...]
    ) -> Cell:
        if sex not in asked.sexes:
            return Cell(None, Look.CLOSED)
        column = self.first_input + sexes.index(sex)
        written = getattr(known, part) if known is not None and known.status is FigureStatus.ORDINARY else None
        if part == "value":
            return _value_input(asked, written)
        definition = asked.definition
        assert definition is not None
        whole = is_count(getattr(definition, part))
        kind = "số nguyên" if whole else "số"
        low, high, told = "0", "1E+15", f"Ghi {kind} từ 0 trở lên."
        if definition.part_of_whole and definition.numerator and definition.denominator:
            told = f"Ghi {kind} từ 0 trở lên; tử số không lớn hơn mẫu số."
            other = address(top + 1 if part == "numerator" else top, column)
            if part == "numerator":
                high = f"IF(ISNUMBER({other}),{other},1E+15)"
            else:
                low = f"IF(ISNUMBER({other}),{other},0)"
        rule = Rule(told, low=low, high=high, whole=whole)
        form = "General" if whole and written is not None and written % 1 else ""  # a fault is shown as it is
        return Cell(written, Look.COUNT if whole else Look.DECIMAL, rule=rule, form=form)

    def _about(self, known: Observation | None, height: int) -> tuple[Cell, ...]:
        """Status, vintage, source and note: once for an indicator."""
        status = known.status.term if known else ""
        vintage = known.vintage.term if known else ""
        told = "Chọn một mục trong danh sách, hoặc để trống."
        return (
            Cell(status or None, Look.CHOICE, rule=Rule(told, terms(FigureStatus)), rows=height),
            Cell(vintage or None, Look.CHOICE, rule=Rule(told, terms(Vintage)), rows=height),
            Cell(known.source if known else None, Look.TEXT, rows=height),
            Cell(known.note if known else None, Look.TEXT, rows=height),
        )

    def _meaning(
        self, asked: FigureAsked, part: str, cells: dict[Sex, Cell], known: Observation | None
    ) -> dict[str, Any]:
        """What a row's key stands for, and what the form was sent out with."""
        definition = asked.definition
        filled = {sex.value or "all": str(cell.value) for sex, cell in cells.items() if cell.value is not None}
        if known is not None:
            filled |= {
                "status": known.status.term, "vintage": known.vintage.term, "source": known.source, "note": known.note,
            }  # fmt: skip
        return {
            "kind": "figure", "indicator": asked.indicator.id, "area": asked.area, "part": part,
            "label": asked.label, "definition": definition_digest(definition), "unit": asked.indicator.unit,
            "whole": [name for name in PARTS[:2] if is_count(getattr(definition, name, None))],
            "qualitative": asked.indicator.qualitative, "sexes": [sex.value or "all" for sex in asked.sexes],
            "filled": {name: value for name, value in filled.items() if value},
        }  # fmt: skip

    # ------------------------------------------------------------------------------------ tasks

    def tasks(self) -> Sheet:
        """The sheet of tasks."""
        sheet = Sheet(TASKS, tuple(Column(key, width) for key, width in _TASK_COLUMNS))
        due = min((plan.due for plan in self.request.plans if plan.due), default=None)
        self._heading(sheet, "tasks", self.say("due", due=short_date(due) if due else ""))
        self._head(sheet, _TASK_HEADS)
        for plan in self.request.plans:
            if plan.tasks:
                self._plan_tasks(sheet, plan)
        self._end(sheet, 2)
        return sheet

    def _plan_tasks(self, sheet: Sheet, plan: PlanAsked) -> None:
        sheet.add(Row((Cell(plan.title, Look.GROUP, columns=len(sheet.columns)),)))
        said = {entry.task: entry for entry in plan.received.tasks} if plan.received else {}
        states = Rule("Chọn một mục trong danh sách, hoặc để trống.", terms(TaskState))
        for position, task in enumerate(plan.tasks, 1):
            name = marks.key("task", plan.id, task.name)
            known = said.get(task.name)
            state = known.state.term if known and known.state else ""
            result = known.result.raw.strip() if known and known.result else ""
            filled = {"state": state, "result": result}
            self.meanings[name] = {
                "kind": "task", "plan": plan.id, "task": task.name, "text": task_digest(task.task),
                "filled": {column: value for column, value in filled.items() if value},
            }  # fmt: skip
            deadline = partial_words(task.task.deadline) if task.task.deadline else ""
            cells = (
                Cell(position, Look.CENTRED), Cell(task.text), Cell(deadline, Look.CENTRED), Cell(task.task.product),
                Cell(state or None, Look.CHOICE, rule=states), Cell(result or None, Look.TEXT),
            )  # fmt: skip
            sheet.add(Row(cells, name))
        name = marks.key("summary", plan.id)
        summary = plan.received.summary.raw.strip() if plan.received and plan.received.summary else ""
        self.meanings[name] = {"kind": "summary", "plan": plan.id, "filled": {"result": summary} if summary else {}}
        label = Cell(self.say("summary"), columns=len(sheet.columns) - 1)
        sheet.add(Row((label, None, None, None, None, Cell(summary or None, Look.TEXT)), name, 48))

    # ------------------------------------------------------------------------------------ both

    def _heading(self, sheet: Sheet, kind: str, line: str) -> None:
        """Who answers, what it is, which days it is about, and three lines on how to fill it."""
        whole = len(sheet.columns)
        agency = self.names[self.request.agency]
        period = period_words(self.request.period)
        self.meanings[marks.key("agency", kind)] = {"kind": "heading", "text": agency.upper()}
        sheet.add(Row((Cell(agency.upper(), Look.OFFICE, columns=whole),), marks.key("agency", kind)))
        title = self.say(f"{kind}-title", period=period.upper())
        self.meanings[marks.key("period", kind)] = {"kind": "heading", "text": title}
        sheet.add(Row((Cell(title, Look.TITLE, columns=whole),), marks.key("period", kind), 22))
        if line:
            sheet.add(Row((Cell(line, Look.CENTRED_NOTE, columns=whole),)))
        for number_ in (1, 2, 3):
            sheet.add(Row((Cell(self.say(f"{kind}-{number_}"), Look.NOTE, columns=whole),)))

    def _head(self, sheet: Sheet, heads: tuple[str, ...]) -> None:
        sheet.add(sheet.key_row())
        row = sheet.add(Row(tuple(Cell(head, Look.HEAD) for head in heads)))
        sheet.head = (row, row)

    def _end(self, sheet: Sheet, left: int) -> None:
        """Whose figures are made up, and where the maker and the head of the agency sign on paper."""
        if sheet.title == FIGURES and self._illustrative():
            sheet.add(Row((Cell(self.say("illustrative"), Look.NOTE, columns=len(sheet.columns)),)))
        sheet.add(Row((), height=12))
        right = len(sheet.columns) - left
        signers = (Cell(self.say("maker"), Look.TITLE, columns=left), *(None,) * (left - 1))
        sheet.add(Row((*signers, Cell(self.say("head"), Look.TITLE, columns=right)), UNREAD))
        sheet.add(Row((), height=54))

    def _illustrative(self) -> bool:
        figures = [figure for one in self.request.figures.values() for figure in (one.before, one.year_before)]
        return any(says_illustrative(figure.row.source) for figure in figures if figure is not None)


def _item(definition: Definition | None, part: str, unit: str) -> str:
    if part == "value":
        counted = definition.numerator if definition else None
        return f"{counted.name if counted else 'Giá trị'} ({unit})"
    count: Count | None = getattr(definition, part, None)
    if count is None:
        return ""
    label = "Tử số" if part == "numerator" else "Mẫu số"
    return f"{label}: {count.name}" + (f" ({count.unit})" if count.unit else "")


def _value_input(asked: FigureAsked, written: Decimal | None) -> Cell:
    if asked.indicator.qualitative:
        shown = None if written is None else YES if written > 0 else NO
        return Cell(shown, Look.CHOICE, rule=Rule("Chọn có hoặc không.", (YES, NO)))
    high = "100" if asked.indicator.unit == "%" else "1E+15"
    told = "Ghi số từ 0 đến 100, không ghi dấu %." if high == "100" else "Ghi số từ 0 trở lên."
    return Cell(written, Look.DECIMAL, rule=Rule(told, high=high))


def _rate(definition: Definition, top: int, column: int, asked: bool) -> Cell:
    """The result, worked out by Excel for the eye; what counts is worked out anew from the counts."""
    if not asked:
        return Cell(None, Look.CLOSED)
    upper, lower = address(top, column), address(top + 1, column)
    formula = f'IF(AND(ISNUMBER({upper}),ISNUMBER({lower}),N({lower})>0),{upper}/{lower}*{definition.factor:f},"")'
    return Cell(None, Look.COMPUTED, formula)


def _previous(figure: Figure | None, part: str) -> Cell:
    """What an earlier figure had in this part; the value with the period it is of."""
    if figure is None:
        return Cell(None, Look.RIGHT)
    if part == "value":
        value = number(figure.value.normalize(), 2) if figure.value is not None else figure.status.term
        return Cell(f"{value}\n({figure.period})", Look.RIGHT)
    written: Decimal | None = getattr(figure.row, part)
    return Cell(written, Look.RIGHT, form=number_form(written) if written is not None else "")


def partial_words(day: PartialDate) -> str:
    """`15/11/2024`, `11/2024`, `2024`; a day of every year is `15/11 hằng năm`."""
    if day.complete:
        return short_date(day.earliest)
    if day.year is None:
        return f"{day.day:02}/{day.month} hằng năm"
    return f"{day.month}/{day.year}" if day.month else str(day.year)
