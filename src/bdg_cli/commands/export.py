"""`bdg export`: targets and results as CSV or Excel; one plan as a workbook that is edited and collected again."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from bdg_cli import load
from bdg_cli.commands import terminal
from bdg_cli.commands.desk import Desk
from bdg_cli.commands.period import parse
from bdg_cli.data.guard import guarded
from bdg_cli.data.ledger import plain
from bdg_cli.dates import Period
from bdg_cli.layout import WrongUse
from bdg_cli.plan import Plan
from bdg_cli.workbooks import plan_book, tables, writer
from bdg_cli.workbooks.model import Book
from bdg_cli.workbooks.tables import RESULTS, TARGETS, Record, Table

FORMATS = ("csv", "xlsx")
_TABLES = {"targets": TARGETS, "results": RESULTS}
_ALL = "chi-tieu"  # the name of the workbook of several plans


@dataclass(frozen=True)
class Choices:
    """The options of the command."""

    repo: str | None
    today: str | None
    what: str | None
    form: str
    out: str | None
    force: bool


def run(names: tuple[str, ...], codes: tuple[str, ...], choices: Choices) -> int:
    """Write the tables. CSV goes to the file, or is printed; a workbook goes to the file, or into build/."""
    if choices.form not in FORMATS:
        raise WrongUse(f"không có dạng “{choices.form}”; hãy chọn một trong: {', '.join(FORMATS)}")
    if choices.what is not None and choices.what not in _TABLES:
        raise WrongUse(f"không có bảng “{choices.what}”; hãy chọn một trong: {', '.join(_TABLES)}")
    wanted = [parse(code) for code in codes]
    desk = Desk(choices.repo, choices.today, quiet=choices.form == "csv" and choices.out is None)
    if choices.form == "csv":
        return _csv(desk, names, wanted, choices)
    return _workbook(desk, names, wanted, choices)


def _csv(desk: Desk, names: tuple[str, ...], wanted: list[Period], choices: Choices) -> int:
    table = _TABLES[choices.what or "targets"]
    records: list[Record] = []
    for plan in desk.plans(names, load.NATIONAL_PLANS):
        if table is TARGETS:
            records += tables.targets(plan, desk.workshop.registry)
        else:
            records += _results(desk, plan, wanted)
    text = csv_text(table, records)
    if choices.out is None:
        terminal.emit(text)
    else:
        desk.save(Path(choices.out), text.encode(), force=choices.force, ours=lambda _: False)
    return desk.exit_code()


def _workbook(desk: Desk, names: tuple[str, ...], wanted: list[Period], choices: Choices) -> int:
    plans = list(desk.plans(names, load.NATIONAL_PLANS))
    if not plans:
        return desk.exit_code()
    own = len(names) == 1 and plans[0].id in desk.layout.plans and choices.what != "results"
    only = plans[0] if own else None
    shown = choices.what != "targets"
    results = [record for plan in plans for record in _results(desk, plan, wanted)] if shown else []
    if only is not None:
        book = plan_book.build(only, desk.workshop.registry, results, desk.repository())
    else:
        book = _tables(desk, plans, results, choices.what)
    name = only.id if only is not None else plans[0].id if len(names) == 1 else _ALL
    path = Path(choices.out) if choices.out else Path("build") / f"{name}.xlsx"
    desk.save(path, writer.write(book), force=choices.force)
    return desk.exit_code()


def _tables(desk: Desk, plans: list[Plan], results: list[Record], what: str | None) -> Book:
    identities = tuple(plan.id for plan in plans)
    wanted = what != "results"
    targets = [record for plan in plans for record in tables.targets(plan, desk.workshop.registry) if wanted]
    periods = sorted({Period.parse(str(record["period"])) for record in results}, key=lambda period: period.end)
    shown = ((TARGETS, targets), (RESULTS, results))
    sheets = [
        tables.sheet(table, records, tables.heading(table, identities, periods)) for table, records in shown if records
    ]
    if not sheets:
        raise WrongUse("các kế hoạch đã chọn không có chỉ tiêu nào để xuất")
    return Book("Chỉ tiêu và kết quả", sheets)


def _results(desk: Desk, plan: Plan, wanted: list[Period]) -> list[Record]:
    """The results of a plan in the periods wanted, or in all for which its area has a figure."""
    known = wanted or [row.period for row in desk.workshop.figures.observations if row.area == plan.file.area]
    periods = tables.periods_of(plan, known)
    workshop = desk.workshop
    return [
        record for period in periods for record in tables.results(plan, workshop.registry, workshop.results, period)
    ]


def csv_text(table: Table, records: list[Record]) -> str:
    """A table as CSV: commas, points before decimals, dates as 2024-06-15, a header of the columns' keys.

    A text that a spreadsheet would take for a formula has an apostrophe in front (`data.guard`).
    """
    out = io.StringIO()
    lines = csv.writer(out, lineterminator="\n")
    lines.writerow(table.keys)
    for record in records:
        lines.writerow([_cell(key, record.get(key)) for key in table.keys])
    return out.getvalue()


def _cell(key: str, value: tables.Value) -> str:
    if isinstance(value, Decimal):
        return plain(value)
    if value is None:
        return ""
    return str(value) if key == "op" else guarded(str(value))  # `=` alone is an operator, and no formula
