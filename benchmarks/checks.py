"""What checking costs beside reading, and printing beside writing: `python tasks.py bench`.

Bounds (issue "Every check of the catalogue"), of a run as people start it: all checks, with the prose, the facts and
the rows that are read for their sake, cost less than reading the YAML, from text to models; a thousand findings print
as fast as one write: they are put together at once, and one call hands them over.

Beside it stands what a second run in the same process costs, when validators and patterns are made and the reference is
read. There is no bound on that: nobody runs it so, but the costs that grow with the plans show there.
"""

from __future__ import annotations

import io
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

TOP = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(TOP / "src"))

from bdg_cli import facts, load, validation  # noqa: E402
from bdg_cli.checks.check import Check  # noqa: E402
from bdg_cli.outputs import text  # noqa: E402

TODAY = "2026-11-23"
RUNS = 15
FINDINGS = 1000
PRINTING = 0.25  # seconds for a thousand findings: below what a person takes for at once


def main() -> int:
    """Print the ratios; 1 where one is over its bound."""
    if len(sys.argv) > 1:
        print(json.dumps([_one_run(), _one_run()]))
        return 0
    with tempfile.TemporaryDirectory() as folder:
        os.environ["BDG_CACHE_DIR"] = folder
        return max(_checking(), _printing())


def _checking() -> int:
    """Each run in a new process, as people start it; beside it what the same costs once more in that process."""
    command = [sys.executable, __file__, "run"]
    answers = [subprocess.run(command, check=True, capture_output=True).stdout for _ in range(RUNS)]
    runs = [json.loads(answer) for answer in answers]
    print(f"{'median of ' + str(RUNS):<12}{'one run':>10}{'once more':>12}")
    first, second = ({step: statistics.median(run[at][step] for run in runs) for step in runs[0][at]} for at in (0, 1))
    for step in first:
        print(f"{step:<12}{first[step] * 1000:7.1f} ms{second[step] * 1000:9.1f} ms")
    ratio, warm = (of["checking"] / of["reading"] for of in (first, second))
    print(f"checking costs {ratio:.2f} × reading (below 1); {warm:.2f} × once more")
    return int(ratio >= 1)


def _one_run() -> dict[str, float]:
    """Seconds that `bdg validate plans/` spends on reading YAML, on checking, and in all; nothing from the cache."""
    taken = dict.fromkeys(("reading", "checking", "the run"), 0.0)
    with _timed(taken):
        taken["the run"] = _seconds(
            lambda: validation.validate(str(TOP / "plans"), TODAY, use_cache=False, baseline=False)
        )
    return taken


@contextmanager
def _timed(taken: dict[str, float]) -> Iterator[None]:
    """While it lasts, the program says how long it reads and how long it checks."""
    nested = [0]

    def timed(name: str, work: Callable[..., Any]) -> Callable[..., Any]:
        def run(*given: Any, **named: Any) -> Any:
            nested[0] += 1
            began = time.process_time()
            made = work(*given, **named)
            made = list(made) if isinstance(made, Generator) else made
            nested[0] -= 1
            taken[name] += 0.0 if nested[0] else time.process_time() - began
            return made

        return run

    rooms: list[tuple[str, Any, str]] = [
        ("reading", load, "_typed"), ("reading", load, "_shipped"),
        ("checking", facts, "gather"), ("checking", Check, "run"),
    ]  # fmt: skip
    kept = [(room, name, getattr(room, name)) for _, room, name in rooms]
    for (step, room, name), (_, _, work) in zip(rooms, kept, strict=True):
        setattr(room, name, timed(step, work))
    try:
        yield
    finally:
        for room, name, work in kept:
            setattr(room, name, work)


def _printing() -> int:
    outcome = validation.validate(str(TOP / "plans"), TODAY, use_cache=False, baseline=False)
    many = (outcome.findings * (FINDINGS // max(1, len(outcome.findings)) + 1))[:FINDINGS]
    sheet = text.Sheet(100, False)
    together: list[float] = []
    written: list[float] = []
    with tempfile.TemporaryFile("w", encoding="utf-8") as sink:
        for _ in range(RUNS):
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
