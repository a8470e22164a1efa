"""`bdg why PLAN TARGET --period P`: one verdict with its arithmetic, and the rows behind it."""

from __future__ import annotations

import json
import sys
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from bdg_cli import load, progress
from bdg_cli.cache import Cache
from bdg_cli.commands import standing, terminal
from bdg_cli.commands.period import parse
from bdg_cli.commands.selection import plans
from bdg_cli.dates import Period
from bdg_cli.documents.texts import Speaker
from bdg_cli.explain import Explanation, Teller
from bdg_cli.findings import Place
from bdg_cli.layout import WrongUse, find_root, scan
from bdg_cli.plan import Plan
from bdg_cli.progress import MeasureProgress, TargetProgress
from bdg_cli.vietnamese import nearest, sentence_case
from bdg_cli.workshop import Workshop

FORMAT = "bdg-why/1"
FORMATS = ("text", "json")
_LABEL = 11  # columns of the labels on the left


def run(
    identity: str, number: str, period_code: str | None, form: str, *,
    repo: str | None, today: str | None, use_cache: bool,
) -> int:  # fmt: skip
    """Explain the verdict on a target, or on one measure of it; 1 where a file of figures cannot be read.

    Raises WrongUse for a plan, a target or a period that is not there.
    """
    if form not in FORMATS:
        raise WrongUse(f"không có dạng “{form}”; hãy chọn một trong: {', '.join(FORMATS)}")
    day = terminal.today(today)
    layout = scan(find_root(repo))
    shop = Workshop(layout, day, Cache(layout.root, use=use_cache))
    (chosen,) = plans(layout, (identity,), load.NATIONAL_PLANS)
    period = parse(period_code) if period_code else standing.latest(shop)
    plan = shop.plan(chosen).plan
    if plan is None:
        raise WrongUse(f"kế hoạch {chosen} không đọc được; hãy chạy bdg validate")
    assert period is not None
    targets = progress.of_plan(plan, shop.registry, shop.results, period)
    target, entries = _found(plan, targets, number)
    teller = Teller(plan, shop.registry, shop.results, period, terminal.prefix(layout.root))
    told = [teller.measure(entry) for entry in entries]
    together = teller.target(target) if len(entries) > 1 else ""
    page = _Page(shop, plan, period, target, told, together)
    terminal.emit(page.json(day) if form == "json" else page.text())
    return _tell(shop)


def _tell(shop: Workshop) -> int:
    """Name what of the figures cannot be read."""
    for path in shop.figures.unread:
        told = "không đọc được nên số liệu của tệp này không được tính"
        print(f"{path}: {told}; hãy chạy bdg validate", file=sys.stderr)
    for path, count in shop.figures.rows.faulty_lines():
        print(f"{path}: {count} chỗ có lỗi ở các dòng được hỏi tới; hãy chạy bdg validate", file=sys.stderr)
    return 1 if shop.figures.unread else 0


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


@dataclass(frozen=True)
class _Page:
    """What is told of one target in one period. `together` says how its measures make one verdict; empty for one."""

    shop: Workshop
    plan: Plan
    period: Period
    target: TargetProgress
    told: list[Explanation]
    together: str

    def text(self) -> str:
        """For people."""
        width = terminal.sheet(sys.stdout).width
        speaker = Speaker(self.plan, self.shop.registry, None)
        lines: list[str] = []
        if self.together:
            lines += [self._head("Chỉ tiêu", self.target.target.id, self.target.verdict.term)]
            lines += [*_wrapped(sentence_case(self.together), width), f"  {self._at(self.target.target.at('id'))}", ""]
        for explanation in self.told:
            entry = explanation.entry
            what = "Số đo" if self.together else "Chỉ tiêu"
            lines += [self._head(what, entry.measure.id, progress.verdict_text(entry))]
            lines += [*_wrapped(speaker.measure_name(entry), width), f"  {self._at(entry.measure.at('id'))}"]
            for step in explanation.steps:
                lines += _step(step.label, step.lines, width)
            lines.append("")
        return "\n".join(lines).rstrip("\n") + "\n"

    def _head(self, what: str, number: str, verdict: str) -> str:
        return f"{what} {number} · {self.plan.id} · kỳ {self.period}: {verdict.upper()}"

    def _at(self, place: Place) -> str:
        """A place in a form that can be clicked."""
        prefix = "" if place.path.startswith(load.SHIPPED) else terminal.prefix(self.shop.layout.root)
        return f"{prefix}{place.path}:{place.line}"

    def json(self, today: str) -> str:
        """bdg-why/1: bdg-status/1 of what was asked, each row with its arithmetic; that of the whole at the top."""
        chosen = {explanation.entry.measure.id: explanation for explanation in self.told}
        rows = []
        for row in standing.status_rows(self.plan, self.target):
            explanation = chosen.get(row["measure"] or "")
            if explanation is not None:
                steps = [f"{step.label}: {line}" for step in explanation.steps for line in step.lines]
                rows.append({**row, "inputs": _inputs([explanation]), "rule": explanation.rule, "steps": steps})
            elif row["measure"] is None and self.together:
                rows.append({**row, "inputs": _inputs(self.told), "rule": self.together, "steps": []})
        reports = [
            {"plan": due.plan, "agency": due.agency, "due": _iso(due.due), "sent": _iso(due.sent)}
            for due in standing.dues(self.shop, self.plan, self.period)
        ]
        document = {
            "format": FORMAT,
            "period": str(self.period),
            "today": today,
            "rows": rows,
            "reports": reports,
            **{key: rows[0][key] for key in ("inputs", "rule", "steps")},
        }
        return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _step(label: str, texts: tuple[str, ...], width: int) -> Iterator[str]:
    """A label, and its lines beside it; what does not fit on a line is continued deeper."""
    for position, text in enumerate(texts):
        first = f"  {label if position == 0 else '':<{_LABEL}}"
        deeper = " " * (len(first) + 2)
        yield from textwrap.wrap(
            text, width, initial_indent=first, subsequent_indent=deeper, break_on_hyphens=False
        )  # fmt: skip


def _wrapped(text: str, width: int) -> list[str]:
    return textwrap.wrap(text, width, initial_indent="  ", subsequent_indent="  ", break_on_hyphens=False)


def _inputs(told: list[Explanation]) -> list[dict[str, Any]]:
    return [
        {"path": one.place.path, "line": one.place.line, "column": one.column, "value": str(one.value)}
        for explanation in told
        for one in explanation.inputs
    ]


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
