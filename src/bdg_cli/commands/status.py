"""`bdg status`: targets × owner × result × verdict, and who owes what until when. Answered from the cache if it can be.

What is asked and what it rests on are the key; only when something has changed is anything read.
"""

from __future__ import annotations

import gc
import sys

from bdg_cli.cache import Cache, combined
from bdg_cli.commands import terminal
from bdg_cli.layout import CONFIG, Layout, WrongUse, find_root, scan
from bdg_cli.outputs import standing as output

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_COLLECT_EVERY = 100_000  # objects
FORMATS = ("text", "json", "csv")
_VERDICTS = {
    "exceeded": "vượt", "met": "đạt", "partly-met": "đạt một phần", "missed": "chưa đạt", "on-track": "đúng tiến độ",
    "behind": "chậm tiến độ", "none": "không phát sinh", "missing": "chưa có số liệu", "incomplete": "chưa đủ số liệu",
    "not-due": "chưa đến kỳ công bố", "not-due-yet": "chưa đến hạn",
}  # fmt: skip


class Question:
    """What is asked: which plans (empty: all), which period, which agency (empty: any), which verdicts (empty: any)."""

    __slots__ = ("agency", "period", "plans", "verdicts")

    def __init__(
        self, plans: tuple[str, ...], period: str | None, agency: str | None = None, verdicts: tuple[str, ...] = ()
    ) -> None:
        self.plans = plans
        self.period = period or ""
        self.agency = agency or ""
        self.verdicts = tuple(_verdict(one) for one in verdicts)


def run(question: Question, form: str, *, repo: str | None, today: str | None, use_cache: bool) -> int:
    """Print where the plans stand; 1 where one of them, or a file of figures, cannot be read."""
    if form not in FORMATS:
        raise WrongUse(f"không có dạng “{form}”; hãy chọn một trong: {', '.join(FORMATS)}")
    day = terminal.today(today)
    layout = scan(find_root(repo))
    cache = Cache(layout.root, use=use_cache)
    standing = _standing(layout, cache, question, day, trends=form == "text")
    for plan in standing["plans"]:
        plan["rows"] = [one for one in plan["rows"] if _wanted(one["row"], question.verdicts)]
        shown = {one["objective"] for one in plan["rows"]}
        plan["objectives"] = [entry for entry in plan["objectives"] if entry[0] in shown]
    if form == "json":
        terminal.emit(output.json_text(standing, day))
    elif form == "csv":
        terminal.emit(output.csv_text(standing))
    else:
        bars = output.BARS if terminal.draws(sys.stdout) else output.PLAIN_BARS
        reports = not question.verdicts
        terminal.emit(output.text(standing, terminal.sheet(sys.stdout), bars, day, reports=reports))
    _tell(standing)
    return 1 if standing["unread"] or standing["faulty"] else 0


def _standing(layout: Layout, cache: Cache, question: Question, day: str, *, trends: bool) -> dict[str, Any]:
    """The answer as plain values, kept by what it was made from."""
    everything = [
        CONFIG, *layout.registry, *layout.data, *layout.reports,
        *(path for paths in layout.plans.values() for path in paths),
    ]  # fmt: skip
    inputs = {
        "files": combined([cache.digest(layout, everything), *layout.strays]),
        "asked": "\x1f".join((*question.plans, "", question.period, question.agency, "trends" if trends else "")),
    }

    def work() -> dict[str, Any]:
        # The collector finds nothing among modules and models that live as long as the program (see validation).
        gc.set_threshold(_COLLECT_EVERY)
        from bdg_cli import load
        from bdg_cli.commands.period import parse
        from bdg_cli.commands.selection import plans
        from bdg_cli.commands.standing import build
        from bdg_cli.workshop import Workshop

        asked = parse(question.period) if question.period else None
        names = plans(layout, question.plans, load.NATIONAL_PLANS)
        return build(Workshop(layout, day, cache), names, asked, question.agency, trends=trends)

    standing: dict[str, Any] = cache.answer("status", layout, inputs, work)
    return standing


def _verdict(name: str) -> str:
    """A verdict by its name in JSON or its Vietnamese words. Raises WrongUse."""
    wanted = " ".join(name.lower().split())
    for value, term in _VERDICTS.items():
        if wanted in {value, term}:
            return value
    known = ", ".join(f"{value} ({term})" for value, term in _VERDICTS.items())
    raise WrongUse(f"không có đánh giá “{name}”; hãy chọn một trong: {known}")


def _wanted(row: dict[str, Any], verdicts: tuple[str, ...]) -> bool:
    return not verdicts or row["verdict"] in verdicts


def _tell(standing: dict[str, Any]) -> None:
    """What could not be read or does not belong to the period, on the other stream."""
    for path in standing["faulty"]:
        _say(f"{path}: không đọc được nên số liệu của tệp này không được tính; hãy chạy bdg validate")
    for path, number in standing["doubtful"]:
        _say(f"{path}: {number} chỗ có lỗi ở các dòng được hỏi tới; hãy chạy bdg validate")
    for identity in standing["unread"]:
        _say(f"{identity}: không đọc được; hãy chạy bdg validate")
    for identity, reason in standing["left_out"]:
        _say(f"{identity}: không có trong kỳ {standing['period']} vì {reason}")


def _say(line: str) -> None:
    print(line, file=sys.stderr)
