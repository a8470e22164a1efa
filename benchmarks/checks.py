"""What checking costs beside reading, and printing beside writing: `python tasks.py bench`.

Bounds (issue "Every check of the catalogue"): all checks together cost less than reading the YAML, from text to models;
a thousand findings print as fast as one write: they are put together at once, and one call hands them over.
"""

from __future__ import annotations

import io
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import yaml

TOP = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(TOP / "src"))

from bdg_cli import facts, load, nodes, validation  # noqa: E402
from bdg_cli.checks import CHECKS  # noqa: E402
from bdg_cli.checks.check import Check  # noqa: E402
from bdg_cli.layout import Layout, scan  # noqa: E402
from bdg_cli.outputs import text  # noqa: E402
from bdg_cli.plan import Plan  # noqa: E402
from bdg_cli.workshop import Workshop  # noqa: E402

TODAY = "2026-11-23"
TURNS = 15
FINDINGS = 1000
PRINTING = 0.25  # seconds for a thousand findings: below what a person takes for at once


def main() -> int:
    """Print the ratios; 1 where one is over its bound."""
    os.environ["BDG_CACHE_DIR"] = tempfile.mkdtemp()
    return max(_checking(), _printing())


def _checking() -> int:
    layout = scan(str(TOP / "plans"))
    paths = [path for own in layout.plans.values() for path in own] + [*layout.registry, *layout.reports]
    texts = [(path, load.text(layout, path)[0] or "") for path in paths]
    steps: dict[str, list[float]] = {}
    dearest: dict[str, list[float]] = {}
    for turn in range(2 * TURNS + 1):
        taken, own = _one_turn(layout, texts, each=turn % 2 == 0)
        if turn:  # the first builds validators and fills the caches of the reference
            for name, seconds in taken.items():
                steps.setdefault(name, []).append(seconds)
            for code, seconds in own.items():
                dearest.setdefault(code, []).append(seconds)
    medians = {name: statistics.median(values) for name, values in steps.items()}
    read = medians["YAML into nodes"] + medians["nodes into models"]
    characters = sum(len(content) for _, content in texts)
    print(f"{len(texts)} YAML files that the checks judge, {characters} characters; median of {TURNS} turns")
    for name, seconds in medians.items():
        bound = "  (below 1)" if name == "checks" else ""
        print(f"{name:<18} {seconds * 1000:7.1f} ms   {seconds / read:5.2f} × reading{bound}")
    ranked = sorted(((statistics.median(values), code) for code, values in dearest.items()), reverse=True)
    print("dearest: " + ", ".join(f"{code} {seconds * 1000:.1f} ms" for seconds, code in ranked[:6]))
    return int(medians["checks"] >= read)


def _one_turn(layout: Layout, texts: list[tuple[str, str]], *, each: bool) -> tuple[dict[str, float], dict[str, float]]:
    """Seconds for each step over all of plans/, one after another; or for each check by itself."""
    taken: dict[str, float] = {}
    taken["CSafeLoader alone"] = _seconds(lambda: [yaml.load(content, yaml.CSafeLoader) for _, content in texts])
    taken["YAML into nodes"] = _seconds(lambda: [nodes.read(path, content) for path, content in texts])
    shop = Workshop(layout, TODAY)
    registry = shop.registry
    plans: list[Plan | None] = []
    whole = _seconds(lambda: plans.extend(load.plan(layout, identity, registry).plan for identity in layout.plans))
    whole += _seconds(lambda: (load.registry(layout), load.reports(layout)))
    known = [plan for plan in plans if plan is not None]
    taken["nodes into models"] = max(0.0, whole - taken["YAML into nodes"])
    taken["prose"] = _seconds(lambda: _everything_read(*known))
    gathered: list[facts.Facts] = []
    taken["facts"] = _seconds(lambda: gathered.extend(facts.gather(plan, registry) for plan in known))
    ready = (*gathered, *shop.shipped)
    _ = shop.reports, shop.locks
    taken["rows of the CSV"] = _seconds(lambda: _rows_read(shop))
    runs = _runs(shop, known, ready)
    if each:
        return {}, {check.code: _seconds(lambda run=(check, on): _run(*run)) for check, on in runs}  # type: ignore[misc]
    taken["checks"] = _seconds(lambda: _run_all(runs))
    return taken, {}


def _rows_read(shop: Workshop) -> None:
    """Have read, and kept, the rows of the data files and the figures that stand in them."""
    for row in shop.figures.observations:
        shop.results.figure(row.indicator, row.area, row.period)


def _everything_read(*plans: Plan) -> None:
    """Have read what a plan, and each of its readings, reads of its texts when first asked, and keeps."""
    for plan in plans:
        for _, one in plan.readings:
            _ = one.mentions, one.quantities, one.bodies, one.agencies, one.abbreviations, one.definitions
        _ = plan.mentions, plan.expressions, plan.vocabulary, plan.claims, plan.numbers


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
