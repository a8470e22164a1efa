"""The figures of a filled form into data/<period>-<agency>.csv: judged by the ledger, and by the checks of figures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bdg_cli.checks import CHECKS
from bdg_cli.collecting.outcome import Drafts, Fate, Outcome, Unfit
from bdg_cli.data import observations
from bdg_cli.data.ledger import Entered, Ledger, NewFigure, Step, row_text, shown
from bdg_cli.data.observations import COLUMNS, Observation
from bdg_cli.data.results import definition_at
from bdg_cli.dates import Period
from bdg_cli.findings import ERROR
from bdg_cli.models.registry import Indicator
from bdg_cli.registry import Registry
from bdg_cli.vietnamese import number
from bdg_cli.workbooks.answers import FigureAnswer, Filled, IndicatorAnswer
from bdg_cli.workbooks.form import definition_digest
from bdg_cli.workshop import Workshop

_FATES = {Step.ADDED: Fate.ADDED, Step.CHANGED: Fate.CHANGED, Step.CORRECTED: Fate.CHANGED, Step.SAME: Fate.SAME}
_WORDS = {Step.CORRECTED: " (sửa số thu trong ngày)"}


@dataclass(frozen=True)
class _Coming:
    """One figure on its way: the answer, the row it would be, and what the ledger says."""

    whole: IndicatorAnswer
    answer: FigureAnswer
    new: NewFigure
    entered: Entered

    @property
    def key(self) -> tuple[str, str]:
        return self.whole.indicator, self.whole.area


def take(workshop: Workshop, drafts: Drafts, form: Filled) -> list[Outcome]:
    """What becomes of each figure; the file as it would read is put into the drafts. Raises Unfit."""
    path = f"data/{form.period}-{form.agency}.csv"
    rows = _rows(workshop, drafts)
    ledger = Ledger(rows)
    outcomes: list[Outcome] = []
    coming: list[_Coming] = []
    for whole in form.indicators:
        told = _out_of_date(workshop.registry, whole, form.period)
        if told:
            outcomes.append(_refused(whole.figures[0], "value", told, "SL107"))
            continue
        for answer in whole.figures:
            new = _new(workshop, form, whole, answer)
            coming.append(_Coming(whole, answer, new, ledger.enter(new, path, workshop.today)))
    refused = {one.key: one for one in coming if one.entered.step is Step.REFUSED}
    outcomes += [_refused(one.answer, "numerator", one.entered.why, "SL106") for one in refused.values()]
    coming = [one for one in coming if one.key not in refused]
    checked, faulty = _checked(workshop, drafts, path, rows, coming)
    outcomes += checked
    coming = [one for one in coming if one.key not in faulty]
    drafts_text, _ = _text(drafts, path, coming, workshop.today)
    if drafts_text is not None:
        drafts.put(path, drafts_text)
    return [*(_outcome(one, workshop.registry) for one in coming), *outcomes]


def _rows(workshop: Workshop, drafts: Drafts) -> list[Observation]:
    """Every row of the repository, with what came in before in this run."""
    changed = drafts.changed
    rows = [row for row in workshop.figures.observations if row.line.source.path not in changed]
    for path, text in changed.items():
        if path.startswith("data/"):
            rows += observations.read(path, text).observations
    return rows


def _out_of_date(registry: Registry, whole: IndicatorAnswer, period: str) -> str:
    """Why a figure no longer fits the registry: its indicator is gone, or is counted otherwise since."""
    indicator = registry.indicators.get(whole.indicator)
    if indicator is None or whole.area not in registry.areas:
        what = f"chỉ tiêu “{whole.indicator}”" if indicator is None else f"địa bàn “{whole.area}”"
        return f"kho không còn {what}; hãy xuất lại biểu bằng bdg form"
    if definition_digest(definition_at(indicator, Period.parse(period))) != whole.definition:
        return "cách tính của chỉ tiêu đã đổi từ khi xuất biểu; hãy xuất lại biểu bằng bdg form"
    return ""


def _new(workshop: Workshop, form: Filled, whole: IndicatorAnswer, answer: FigureAnswer) -> NewFigure:
    indicator = workshop.registry.indicators[whole.indicator]
    period = Period.parse(form.period)
    return NewFigure(
        whole.indicator, whole.area, period, answer.sex, answer.numerator, answer.denominator, answer.value,
        answer.status, whole.vintage, indicator.window, _cutoff(indicator, period, workshop.today),
        whole.source or workshop.registry.name(form.agency, period.end), whole.note,
    )  # fmt: skip


def _cutoff(indicator: Indicator, period: Period, today: date) -> date | None:
    """The form asks for the figures of the whole window; before it has closed they run until today."""
    first, last = period.window(indicator.window.value)
    return min(last, today) if today >= first else None


def _checked(
    workshop: Workshop, drafts: Drafts, path: str, rows: list[Observation], coming: list[_Coming]
) -> tuple[list[Outcome], set[tuple[str, str]]]:
    """What the checks of figures say of the new rows, and the indicators with an error: they are refused whole."""
    text, lines = _text(drafts, path, coming, workshop.today)
    if text is None:
        return [], set()
    read = observations.read(path, text)
    about = {one.whole.indicator for one in coming}
    known = tuple(row for row in (*rows, *read.observations) if row.indicator in about)
    known = tuple(row for row in known if row.line.source.path != path or row.line.source.text == text)
    faults = list(read.faults)
    for check in CHECKS:
        if "observations" in check.inputs and check.inputs <= {"observations", "registry"}:
            faults += [(check.code, fault) for fault in check.run(observations=known, registry=workshop.registry)]
    outcomes: list[Outcome] = []
    faulty: set[tuple[str, str]] = set()
    severities = {check.code: check.severity for check in CHECKS}
    for code, fault in faults:
        one = lines.get(fault.place.line) if fault.place.path == path else None
        if one is None:
            continue
        column = fault.place.route.rsplit("/", 1)[-1]
        if severities.get(code, ERROR) == ERROR:
            faulty.add(one.key)
            outcomes.append(_refused(one.answer, column, fault.message, code))
        else:
            entry = one.answer.entry(column)
            outcomes.append(Outcome(Fate.NOTED, fault.message, entry.sheet, entry.cell, code))
    return outcomes, faulty


def _text(drafts: Drafts, path: str, coming: list[_Coming], day: date) -> tuple[str | None, dict[int, _Coming]]:
    """The file with the rows in it, and which line each stands on; None where no row is new. Raises Unfit."""
    fresh = [one for one in coming if one.entered.step is not Step.SAME]
    if not fresh:
        return None, {}
    text = drafts.text(path)
    if text is None or not text.strip():
        text = ",".join(COLUMNS) + "\n"
    columns = tuple(name.strip() for name in text.split("\n", 1)[0].rstrip("\r").split(","))
    lines = text.split("\n")
    ending = "\r" if lines[0].endswith("\r") else ""
    if not lines[-1]:
        lines.pop()
    where: dict[int, _Coming] = {}
    for one in fresh:
        cells = one.new.cells(day)
        absent = [column for column, cell in cells.items() if cell and column not in columns]
        if absent or not set(columns) <= cells.keys():
            raise Unfit(
                f"{path} thiếu cột {', '.join(absent) or 'chuẩn'} nên chưa ghi thêm được; hãy thêm cột vào dòng đầu"
            )
        line = row_text(cells, columns) + ending
        before = one.entered.before
        if one.entered.step is Step.CORRECTED and before is not None:
            lines[before.line.number - 1] = line
            where[before.line.number] = one
        else:
            lines.append(line)
            where[len(lines)] = one
    return "\n".join(lines) + "\n", where


def _outcome(one: _Coming, registry: Registry) -> Outcome:
    new, before = one.new, one.entered.before
    indicator = registry.indicators[new.indicator]
    rate = _rate(new, indicator)
    said = f"chỉ tiêu {one.whole.label}, {new.sex.term}: "
    if one.entered.step in {Step.CHANGED, Step.CORRECTED} and before is not None:
        vintage = f", {before.vintage.term}" if before.vintage.value and before.vintage is not new.vintage else ""
        said += f"{shown(before)}{vintage} → "
    words = f", {new.vintage.term}" if new.vintage.value else ""
    entry = one.answer.entry("value" if new.value is not None else "numerator")
    step = one.entered.step
    return Outcome(_FATES[step], f"{said}{shown(new)}{rate}{words}{_WORDS.get(step, '')}", entry.sheet, entry.cell)


def _rate(new: NewFigure, indicator: Indicator) -> str:
    definition = definition_at(indicator, new.period)
    if new.numerator is None or not new.denominator or definition is None:
        return ""
    value = new.numerator / new.denominator * definition.factor
    unit = "%" if indicator.unit == "%" else f" {indicator.unit}"
    return f" = {number(value, 2)}{unit}"


def _refused(answer: FigureAnswer, column: str, why: str, code: str) -> Outcome:
    entry = answer.entry(column)
    return Outcome(Fate.REFUSED, why, entry.sheet, entry.cell, code)
