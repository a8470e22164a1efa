"""What checking costs beside reading, and printing beside writing: `python tasks.py bench`.

Bounds (issue "Every check of the catalogue"), of a run of the program as people start it:
all checks, with the prose, the facts and the rows that are read for their sake, cost less than reading the YAML, from
text to models; a thousand findings print as fast as one write: they are put together at once, and one call hands them
over. Beside it stands what a further turn in the same process costs, when patterns and validators are ready and the
reference is read: there is no bound on that, since nobody runs it so.
"""

from __future__ import annotations

import gc
import io
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

TOP = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(TOP / "src"))

from bdg_cli import facts, load, validation  # noqa: E402
from bdg_cli.checks import CHECKS  # noqa: E402
from bdg_cli.checks.check import Check  # noqa: E402
from bdg_cli.layout import scan  # noqa: E402
from bdg_cli.outputs import text  # noqa: E402
from bdg_cli.plan import Plan  # noqa: E402
from bdg_cli.workshop import Workshop  # noqa: E402

TODAY = "2026-11-23"
TURNS = 15
READING = ("reference", "registry, reports", "national plans", "plans")
CHECKING = ("facts", "checks")
FINDINGS = 1000
PRINTING = 0.25  # seconds for a thousand findings: below what a person takes for at once


def main() -> int:
    """Print the ratios; 1 where one is over its bound."""
    os.environ["BDG_CACHE_DIR"] = tempfile.mkdtemp()
    if len(sys.argv) > 1:
        print(json.dumps([_one_turn(), _one_turn()]))
        return 0
    return max(_checking(), _printing())


def _checking() -> int:
    """One run of the program, and what each further repository in the same process would cost."""
    turns = [_in_a_new_process() for _ in range(TURNS)]
    columns = [{step: statistics.median(turn[at][step] for turn in turns) for step in turns[0][0]} for at in (0, 1)]
    print(f"{'median of ' + str(TURNS):<28}{'one run':>10}{'once warm':>12}")
    for step in columns[0]:
        print(f"{step:<28}" + "".join(f"{column[step] * 1000:9.1f} ms" for column in columns))
    sums = [(sum(column[step] for step in READING), sum(column[step] for step in CHECKING)) for column in columns]
    print(f"{'all reading':<28}" + "".join(f"{reading * 1000:9.1f} ms" for reading, _ in sums))
    print(f"{'all checking':<28}" + "".join(f"{checking * 1000:9.1f} ms" for _, checking in sums))
    ratio = sums[0][1] / sums[0][0]
    print(f"checking costs {ratio:.2f} × reading in one run (below 1), {sums[1][1] / sums[1][0]:.2f} × once warm")
    return int(ratio >= 1)


def _in_a_new_process() -> list[dict[str, float]]:
    """Seconds of each step, of a first turn and a second."""
    command = [sys.executable, __file__, "turn"]
    turns: list[dict[str, float]] = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    return turns


def _one_turn() -> dict[str, float]:
    """Seconds for each step over all of plans/, one after another, as a run of `bdg validate` takes them."""
    gc.disable()  # as validation.py does
    layout = scan(str(TOP / "plans"))
    taken: dict[str, float] = {}
    shop = Workshop(layout, TODAY)
    taken["reference"] = _seconds(lambda: (load.shipped_registry(), load.certain_calendar()))
    taken["registry, reports"] = _seconds(lambda: (shop.registry, shop.reports))
    registry = shop.registry
    national: list[Plan] = []
    plans: list[Plan | None] = []
    taken["national plans"] = _seconds(
        lambda: national.extend(load.shipped_plan(one, registry) for one in load.NATIONAL_PLANS)
    )
    taken["plans"] = _seconds(lambda: plans.extend(load.plan(layout, one, registry).plan for one in layout.plans))
    known = [plan for plan in plans if plan is not None]
    _ = shop.locks
    gathered: list[facts.Facts] = []
    taken["facts"] = _seconds(lambda: gathered.extend(facts.gather(plan, registry) for plan in known))
    taken["facts"] += _seconds(lambda: gathered.extend(facts.gather(plan, registry, shipped=True) for plan in national))
    taken["checks"] = _seconds(lambda: _run_all(_runs(shop, known, tuple(gathered))))
    return taken


def _runs(
    shop: Workshop, plans: list[Plan], gathered: tuple[facts.Facts, ...]
) -> list[tuple[Check, list[dict[str, object]]]]:
    """Each check with everything it is run on: every plan, every indicator, or the whole."""
    shared = {
        "registry": shop.registry, "calendar": load.certain_calendar(), "today": date.fromisoformat(TODAY),
        "facts": gathered, "results": shop.results, "observations": shop.figures.observations,
        "reports": shop.reports[1], "locks": shop.locks[1], "plans": frozenset(shop.layout.plans),
    }  # fmt: skip
    rows = shop.figures.rows
    by_plan = [{**shared, "plan": plan} for plan in plans]
    by_indicator = [{**shared, "history": rows.history(indicator)} for indicator in rows.indicators]
    runs: list[tuple[Check, list[dict[str, object]]]] = []
    for check in (check for check in CHECKS if not check.compares):
        subjects = by_plan if "plan" in check.inputs else by_indicator if "history" in check.inputs else [shared]
        runs.append((check, subjects))
    return runs


def _run_all(runs: list[tuple[Check, list[dict[str, object]]]]) -> None:
    for check, subjects in runs:
        _run(check, subjects)


def _run(check: Check, subjects: list[dict[str, object]]) -> None:
    for given in subjects:
        list(check.run(**given))


def _printing() -> int:
    outcome = validation.validate(str(TOP / "plans"), TODAY, use_cache=False, baseline=False)
    many = (outcome.findings * (FINDINGS // max(1, len(outcome.findings)) + 1))[:FINDINGS]
    sheet = text.Sheet(100, False)
    together: list[float] = []
    written: list[float] = []
    with tempfile.TemporaryFile("w", encoding="utf-8") as sink:
        for _ in range(TURNS):
            report = ""
            began = time.process_time()
            report = text.render(outcome, many, sheet, "plans/")
            together.append(time.process_time() - began)
            written.append(_seconds(lambda report=report: _write(sink, report)))  # type: ignore[misc]
    made, sent = statistics.median(together), statistics.median(written)
    print(f"{FINDINGS} findings, {report.count(chr(10))} lines, {len(report.encode()) // 1024} KiB:")
    print(f"put together {made * 1000:.1f} ms (at most {PRINTING * 1000:.0f}), one write {sent * 1000:.2f} ms")
    return int(made > PRINTING)


def _write(sink: io.TextIOBase | object, report: str) -> None:
    sink.write(report)  # type: ignore[union-attr]
    sink.flush()  # type: ignore[union-attr]


def _seconds(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


if __name__ == "__main__":
    sys.exit(main())
