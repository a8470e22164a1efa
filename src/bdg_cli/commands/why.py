"""`bdg why PLAN TARGET --period P`: one verdict with its arithmetic, and the rows behind it."""

from __future__ import annotations

import json
import sys
import textwrap
from collections.abc import Iterator
from typing import Any

from bdg_cli import load, progress
from bdg_cli.commands import terminal
from bdg_cli.commands.office import Choices, Office
from bdg_cli.commands.status import dues_of, period_of, rows_of
from bdg_cli.dates import Period
from bdg_cli.documents.texts import Speaker
from bdg_cli.explain import Explanation, Teller
from bdg_cli.layout import WrongUse
from bdg_cli.plan import Plan
from bdg_cli.progress import MeasureProgress, TargetProgress
from bdg_cli.vietnamese import nearest, sentence_case

FORMAT = "bdg-why/1"
FORMATS = ("text", "json")
_LABEL = 11  # columns of the labels on the left


def run(identity: str, number: str, period_code: str | None, choices: Choices, form: str) -> int:
    """Explain the verdict on a target, or on one measure of it. Raises WrongUse for what is not there."""
    if form not in FORMATS:
        raise WrongUse(f"không có dạng “{form}”; hãy chọn một trong: {', '.join(FORMATS)}")
    office = Office(choices)
    period = period_of(office, period_code)
    (chosen,) = office.chosen((identity,), load.NATIONAL_PLANS)
    plan = office.workshop.plan(chosen).plan
    if plan is None:
        raise WrongUse(f"kế hoạch {chosen} không đọc được; hãy chạy bdg validate")
    targets = progress.of_plan(plan, office.workshop.registry, office.workshop.results, period)
    target, entries = _found(plan, targets, number)
    teller = Teller(plan, office.workshop.registry, office.workshop.results, period)
    told = [teller.measure(entry) for entry in entries]
    together = teller.target(target) if len(entries) > 1 else ""
    if form == "json":
        terminal.emit(_json(office, plan, period, target, told, together))
    else:
        terminal.emit(_text(office, plan, period, target, told, together))
    office.warn_of_unread()
    return office.exit_code()


def _found(
    plan: Plan, targets: tuple[TargetProgress, ...], number: str
) -> tuple[TargetProgress, tuple[MeasureProgress, ...]]:
    """The target asked for with all its measures, or the one measure of it."""
    for target in targets:
        if target.target.id == number:
            return target, target.measures
        for entry in target.measures:
            if entry.measure.id == number:
                return target, (entry,)
    known = [name for target in targets for name in (target.target.id, *(one.measure.id for one in target.measures))]
    own = [target.target.id for target in targets if target.objective.id == number]
    if own:
        raise WrongUse(f"{number} là mục tiêu của {plan.id}; hãy nêu một chỉ tiêu của nó: {', '.join(own)}")
    near = nearest(number, known)
    hint = f"có phải “{near}”?" if near else f"kế hoạch có: {', '.join(dict.fromkeys(known)) or 'không chỉ tiêu nào'}"
    raise WrongUse(f"không có chỉ tiêu “{number}” trong {plan.id}; {hint}")


# ---------------------------------------------------------------------------------------------- text


def _text(
    office: Office, plan: Plan, period: Period, target: TargetProgress, told: list[Explanation], together: str
) -> str:
    width = terminal.sheet(sys.stdout).width
    speaker = Speaker(plan, office.workshop.registry, None)
    prefix = terminal.prefix(office.root)
    lines: list[str] = []
    if together:
        place = target.target.at("id")
        lines += [f"Chỉ tiêu {target.target.id} · {plan.id} · kỳ {period}: {target.verdict.term.upper()}"]
        lines += [f"  {_shown_path(prefix, place.path)}:{place.line}", *_wrapped(sentence_case(together), "  ", width), ""]
    for explanation in told:
        entry = explanation.entry
        place = entry.measure.at("id")
        verdict = progress.verdict_text(entry).upper()
        lines += [f"{'Số đo' if together else 'Chỉ tiêu'} {entry.measure.id} · {plan.id} · kỳ {period}: {verdict}"]
        lines += _wrapped(speaker.measure_name(entry), "  ", width)
        lines += [f"  {_shown_path(prefix, place.path)}:{place.line}"]
        for step in explanation.steps:
            lines += _step(step.label, step.lines, width)
        lines.append("")
    return "\n".join(lines).rstrip("\n") + "\n"


def _step(label: str, texts: tuple[str, ...], width: int) -> Iterator[str]:
    """A label, and its lines beside it; what does not fit on a line is continued deeper."""
    for position, text in enumerate(texts):
        head = label if position == 0 else ""
        first = f"  {head:<{_LABEL}}"
        yield from textwrap.wrap(
            text, width, initial_indent=first, subsequent_indent=" " * (len(first) + 2), break_on_hyphens=False
        )  # fmt: skip


def _wrapped(text: str, indent: str, width: int) -> list[str]:
    return textwrap.wrap(text, width, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False)


def _shown_path(prefix: str, path: str) -> str:
    return path if path.startswith(load.SHIPPED) else f"{prefix}{path}"


# ---------------------------------------------------------------------------------------------- JSON


def _json(
    office: Office, plan: Plan, period: Period, target: TargetProgress, told: list[Explanation], together: str
) -> str:
    """bdg-why/1: bdg-status/1 of what was asked, each row with its arithmetic; that of the whole at the top."""
    chosen = {explanation.entry.measure.id: explanation for explanation in told}
    rows = []
    for row in rows_of(plan, target):
        explanation = chosen.get(row["measure"] or "")
        if explanation is not None:
            rows.append({**row, **_arithmetic(explanation)})
        elif row["measure"] is None and together:
            rows.append({**row, "inputs": _all_inputs(told), "rule": together, "steps": []})
    whole = rows[0]
    document = {
        "format": FORMAT,
        "period": str(period),
        "today": office.today,
        "rows": rows,
        "reports": dues_of(office, plan, period),
        "inputs": whole["inputs"],
        "rule": whole["rule"],
        "steps": whole["steps"],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _arithmetic(explanation: Explanation) -> dict[str, Any]:
    return {
        "inputs": _all_inputs([explanation]),
        "rule": explanation.rule,
        "steps": [f"{step.label}: {line}" for step in explanation.steps for line in step.lines],
    }


def _all_inputs(told: list[Explanation]) -> list[dict[str, Any]]:
    return [
        {"path": one.place.path, "line": one.place.line, "column": one.column, "value": str(one.value)}
        for explanation in told
        for one in explanation.inputs
    ]
