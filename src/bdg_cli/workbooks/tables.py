"""Targets and results as tables: what `bdg export` writes as CSV and as sheets to be read. Pure.

The keys of the columns are the header of the CSV; their Vietnamese heads that of the sheet.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from bdg_cli.data.observations import FigureStatus, Vintage
from bdg_cli.data.results import Results
from bdg_cli.data.verdicts import Verdict
from bdg_cli.dates import Period
from bdg_cli.documents.texts import Speaker
from bdg_cli.models.plan import Operator, Role
from bdg_cli.plan import Plan
from bdg_cli.progress import MeasureProgress, TargetProgress, of_plan, shown
from bdg_cli.registry import Registry
from bdg_cli.vietnamese import period_words
from bdg_cli.workbooks.model import Cell, Column, Look, Row, Sheet

_PLACES = 6  # more decimals than these are not shown
_WORDS: dict[str, dict[str, str]] = {
    "verdict": {one.value: one.term for one in Verdict},
    "status": {one.value: one.term for one in FigureStatus},
    "vintage": {one.value: one.term for one in Vintage},
    "op": {one.value: one.term for one in Operator},
    "estimate": {"true": "có", "false": "không"},
}

Value: TypeAlias = "str | int | Decimal | None"
Record: TypeAlias = "dict[str, Value]"


@dataclass(frozen=True)
class Table:
    """A table: its title, and key, head and width of each column; without a width it stands in the CSV only."""

    title: str
    columns: tuple[tuple[str, str, float], ...]

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of the columns, in order."""
        return tuple(key for key, _, _ in self.columns)


TARGETS = Table(
    "Chỉ tiêu",
    (
        ("plan", "Kế hoạch", 18), ("objective", "Mục tiêu", 9), ("target", "Chỉ tiêu", 9), ("measure", "Số đo", 8),
        ("text", "Lời văn", 50), ("indicator", "Mã chỉ tiêu thống kê", 0), ("name", "Chỉ tiêu thống kê", 36),
        ("op", "So sánh", 8), ("value", "Giá trị", 9), ("unit", "Đơn vị tính", 12), ("due", "Năm đạt", 8),
        ("baseline", "Số gốc", 9), ("baseline_period", "Kỳ của số gốc", 9), ("owners", "Chịu trách nhiệm", 20),
        ("sources", "Cấp số liệu", 20), ("carries_out", "Thực hiện chỉ tiêu cấp trên", 20),
        ("path", "Tệp", 0), ("line", "Dòng", 0),
    ),
)  # fmt: skip
RESULTS = Table(
    "Kết quả",
    (
        ("plan", "Kế hoạch", 18), ("target", "Chỉ tiêu", 9), ("measure", "Số đo", 8),
        ("indicator", "Mã chỉ tiêu thống kê", 0), ("name", "Chỉ tiêu thống kê", 36), ("period", "Kỳ", 9),
        ("numerator", "Tử số", 10), ("denominator", "Mẫu số", 10), ("value", "Kết quả", 10),
        ("unit", "Đơn vị tính", 12), ("status", "Tình trạng", 12), ("vintage", "Độ chính thức", 11),
        ("estimate", "Là số ước", 8), ("op", "So sánh", 8), ("wanted", "Mục tiêu", 9), ("verdict", "Đánh giá", 14),
        ("source", "Nguồn", 24), ("as_of", "Ngày có số", 11), ("path", "Tệp", 0), ("line", "Dòng", 0),
    ),
)  # fmt: skip


def targets(plan: Plan, registry: Registry) -> Iterator[Record]:
    """Each measure of a plan; a target without measures has a row too."""
    speaker = Speaker(plan, registry, plan.dated_on())
    for objective, target in plan.walk_targets():
        text = " ".join("".join(run.text for run in runs) for runs, _ in speaker.blocks(target.text, target.measures))
        common: Record = {"plan": plan.id, "objective": objective.id, "target": target.id, "text": text}
        for measure in target.measures:
            indicator = registry.indicators.get(measure.indicator or "")
            place = measure.at("id")
            owners = dict.fromkeys(claim.agency for claim in plan.owners(measure.id))
            chain = plan.numbers.get(measure.id, ())
            sources = [claim.agency for claim in plan.claims if claim.role is Role.DATA and claim.number in chain]
            yield {
                **common, "measure": measure.id, "indicator": measure.indicator,
                "name": indicator.name if indicator else None, "op": measure.op.value if measure.op else None,
                "value": measure.value, "unit": measure.unit or (indicator.unit if indicator else None),
                "due": measure.due, "baseline": measure.baseline.value if measure.baseline else None,
                "baseline_period": str(measure.baseline.period) if measure.baseline else None,
                "owners": "; ".join(owners), "sources": "; ".join(dict.fromkeys(sources)),
                "carries_out": measure.carries_out, "path": place.path, "line": place.line,
            }  # fmt: skip
        if not target.measures:
            place = target.at("id")
            yield {**common, "path": place.path, "line": place.line}


def results(plan: Plan, registry: Registry, known: Results, period: Period) -> Iterator[Record]:
    """Each measure of a plan with its figure and verdict in a period; those without an indicator have none."""
    for target in of_plan(plan, registry, known, period):
        for entry in target.measures:
            if entry.indicator is not None:
                yield _result(plan, period, target, entry)


def _result(plan: Plan, period: Period, target: TargetProgress, entry: MeasureProgress) -> Record:
    assert entry.indicator is not None
    figure = entry.judged.figure
    row = figure.row if figure else None
    place = row.line.place() if row else None
    return {
        "plan": plan.id, "target": target.target.id, "measure": entry.measure.id, "indicator": entry.indicator.id,
        "name": entry.indicator.name, "period": str(period), "numerator": row.numerator if row else None,
        "denominator": row.denominator if row else None, "value": _short(figure.value, entry) if figure else None,
        "unit": entry.unit, "status": row.status.value if row else None, "vintage": row.vintage.value if row else None,
        "estimate": ("true" if figure.estimate else "false") if figure else None,
        "op": entry.measure.op.value if entry.measure.op else None, "wanted": entry.measure.value,
        "verdict": entry.judged.verdict.value, "source": row.source if row else None,
        "as_of": row.as_of.isoformat() if row and row.as_of else None,
        "path": place.path if place else None, "line": place.line if place else None,
    }  # fmt: skip


def _short(value: Decimal | None, entry: MeasureProgress) -> Decimal | None:
    """A value with the decimals that reports print: as many as it takes not to contradict its verdict."""
    if value is None:
        return None
    return Decimal(shown(value, entry.measure).replace(".", "").replace(",", "."))


def sheet(table: Table, records: list[Record], heading: str) -> Sheet:
    """A table as a sheet to be read: sorted and filtered at will, printed on A4."""
    shown = [column for column in table.columns if column[2]]
    made = Sheet(table.title, tuple(Column("", width) for _, _, width in shown), protected=False, filtered=True)
    made.add(Row((Cell(heading, Look.TITLE, columns=len(shown)),), height=24))
    row = made.add(Row(tuple(Cell(head, Look.HEAD) for _, head, _ in shown)))
    made.head = (row, row)
    for record in records:
        made.add(Row(tuple(_cell(key, record.get(key)) for key, _, _ in shown)))
    return made


def _cell(key: str, value: Value) -> Cell:
    """A value for people: closed values in words, numbers with the decimals that say what the number says."""
    if isinstance(value, str) and key in _WORDS:
        return Cell(_WORDS[key].get(value, value))
    if isinstance(value, Decimal):
        places = min(max(0, -int(value.normalize().as_tuple().exponent)), _PLACES)
        return Cell(value, Look.RIGHT, form="#,##0" + ("." + "0" * places if places else ""))
    return Cell(value, Look.LABEL if isinstance(value, str) else Look.RIGHT)


def periods_of(plan: Plan, known: list[Period]) -> list[Period]:
    """The periods with figures that lie in the plan's, in order of time."""
    inside = [period for period in set(known) if plan.period is not None and plan.period.contains(period)]
    return sorted(inside, key=lambda period: (period.end, -period.start.toordinal()))


def heading(table: Table, plans: tuple[str, ...], periods: list[Period]) -> str:
    """What a sheet says above its table."""
    of = f" của {plans[0]}" if len(plans) == 1 else ""
    when = ", ".join(period_words(period) for period in periods[:3]) if table is RESULTS else ""
    more = ", …" if table is RESULTS and len(periods) > 3 else ""
    return f"{table.title.upper()}{of}{': ' if when else ''}{when}{more}"
