"""The lock of a report: every figure it printed, with digests, as the text of reports/<period>.lock.json. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from bdg_cli.data.locking import Restatement, now
from bdg_cli.data.results import Figure
from bdg_cli.data.verdicts import Verdict
from bdg_cli.dates import Period
from bdg_cli.models.lock import LockedFigure, LockedPlan, LockFile
from bdg_cli.progress import MeasureProgress

_WITHOUT_ROW = {Verdict.NOT_DUE: "not-due", Verdict.NONE: "none"}


def of_report(
    plan: str, number: str, day: str, inputs: str, area: str, period: Period,
    measures: Iterable[MeasureProgress], restated: Iterable[Restatement],
) -> LockedPlan:  # fmt: skip
    """What a report has said: each measure's figure and those it was compared with, then those it restated."""
    figures: dict[tuple[str, str], LockedFigure] = {}
    for entry in measures:
        for figure in _of_measure(entry, area, period):
            figures.setdefault((figure.measure, str(figure.period)), figure)
    for one in restated:
        locked = one.stated.figure
        told = _locked(locked.measure, locked.indicator, locked.area, locked.period, one.figure, "missing")
        figures.setdefault((told.measure, str(told.period)), told)
    made = LockedPlan(plan=plan, number=number, date=day, inputs=inputs, figures=tuple(figures.values()))
    return made.model_copy(update={"hash": made.digest()})


def _of_measure(entry: MeasureProgress, area: str, period: Period) -> Iterator[LockedFigure]:
    indicator = entry.indicator.id if entry.indicator else None
    why = _WITHOUT_ROW.get(entry.judged.verdict, "missing")
    yield _locked(entry.measure.id, indicator, area, period, entry.judged.figure, why)
    for figure in (entry.year_earlier, entry.earlier, entry.latest):
        if figure is not None and figure.value is not None:
            yield _locked(entry.measure.id, indicator, area, figure.period, figure, "")


def _locked(
    measure: str, indicator: str | None, area: str | None, period: Period, figure: Figure | None, why: str
) -> LockedFigure:
    """One figure; `why` is the status of one that has no row, or a row without a value."""
    today = now(figure)
    status = today.status if today.value is not None or (figure is not None and today.status) else why
    made = LockedFigure(
        measure=measure, indicator=indicator, area=area, period=period, numerator=today.numerator,
        denominator=today.denominator, value=today.value, status=status, vintage=today.vintage, as_of=today.as_of,
        path=today.path,
    )  # fmt: skip
    return made.model_copy(update={"hash": made.digest()})


def same(one: LockedPlan, other: LockedPlan) -> bool:
    """Whether two locks say the same figures under the same number and date, wherever their rows stand."""
    return (one.number, one.date) == (other.number, other.date) and not changed(one, other)


def changed(one: LockedPlan, other: LockedPlan) -> list[tuple[str, str]]:
    """Measure and period of each figure that only one of two locks has, or that they say differently."""
    old, new = (
        {(figure.measure, str(figure.period)): _said(figure) for figure in lock.figures} for lock in (one, other)
    )
    return [key for key in {**old, **new} if old.get(key) != new.get(key)]


def _said(figure: LockedFigure) -> tuple[Decimal | str | None, ...]:
    return figure.numerator, figure.denominator, figure.value, figure.status


def text(period: Period, today: date, plans: Iterable[LockedPlan]) -> str:
    """The lock file: one line a figure, so that a change is one line of a diff."""
    model = parsed(period, today, plans)
    head = f'{{"format": {_json(model.format)}, "period": {_json(model.period)}, "today": {_json(model.today)},'
    body = ",\n".join(_plan(plan) for plan in model.plans)
    return f'{head}\n "plans": [\n{body}\n ]}}\n'


def parsed(period: Period, today: date, plans: Iterable[LockedPlan]) -> LockFile:
    """The lock file as it will be read."""
    return LockFile(format="bdg-lock/1", period=period, today=today, plans=tuple(plans))


def _plan(plan: LockedPlan) -> str:
    keys = ("plan", "number", "date", "inputs")
    head = ", ".join(f'"{key}": {_json(getattr(plan, key))}' for key in keys)
    figures = ",\n".join(f"    {_figure(figure)}" for figure in plan.figures)
    return f'  {{{head},\n   "figures": [\n{figures}\n   ], "hash": {_json(plan.hash)}}}'


def _figure(figure: LockedFigure) -> str:
    fields = ", ".join(f'"{key}": {_json(getattr(figure, key))}' for key in LockedFigure.model_fields)
    return f"{{{fields}}}"


def _json(value: Any) -> str:
    if value is None or isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    return json.dumps(f"{value:f}" if isinstance(value, Decimal) else str(value))
