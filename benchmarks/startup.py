"""What starting and checking cost, as ratios of medians measured in turn: `python tasks.py bench`.

Bounds (issue "The main job"): --version at most 1.3 × `python -c pass`; one plan without cache at most 1.5 × yamllint
on the same files; one plan, unchanged, at most 3 × `python -c pass`.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

TOP = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
TURNS = 31


def main() -> int:
    """Print the ratios; 1 where one is over its bound."""
    with tempfile.TemporaryDirectory() as scratch:
        return _measure(Path(scratch))


def _measure(scratch: Path) -> int:
    repository = scratch / "plans"
    shutil.copytree(TOP / "plans", repository, ignore=shutil.ignore_patterns("data", "reports"))
    for other in repository.iterdir():
        if (other / "plan.yaml").exists() and other.name != "tra-vinh-2023-2025":
            shutil.rmtree(other)
    environment = {**os.environ, "BDG_CACHE_DIR": str(scratch / "cache")}
    bdg = [str(BIN / "bdg")]
    check = [*bdg, "validate", "--repo", str(repository), "--fail-on", "never"]
    files = [str(path) for path in sorted(repository.rglob("*.yaml"))]
    lint = [sys.executable, "-m", "yamllint", "-d", "relaxed", *files]
    commands = {
        "python -c pass": [sys.executable, "-c", "pass"],
        "bdg --version": [*bdg, "--version"],
        "validate, unchanged": check,
        "validate, no cache": [*check, "--no-cache"],
        "yamllint": lint,
    }
    times = _in_turn(commands, environment)
    rows = (
        ("bdg --version", "python -c pass", 1.3),
        ("validate, unchanged", "python -c pass", 3.0),
        ("validate, no cache", "yamllint", 1.5),
    )
    print(f"python -c pass: {times['python -c pass'] * 1000:.1f} ms; median of {TURNS} turns")
    over = 0
    for name, base, bound in rows:
        ratio = times[name] / times[base]
        over |= ratio > bound
        print(f"{name:<20} / {base:<15} {ratio:5.2f}  (at most {bound})")
    return int(over)


def _in_turn(commands: dict[str, list[str]], environment: dict[str, str]) -> dict[str, float]:
    """The median wall time of each command, one run of each per turn, so that noise falls on all alike."""
    measured: dict[str, list[float]] = {name: [] for name in commands}
    for turn in range(TURNS + 1):
        for name, command in commands.items():
            began = time.perf_counter()
            subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            if turn:  # the first fills the caches of the system and of bdg
                measured[name].append(time.perf_counter() - began)
    return {name: statistics.median(values) for name, values in measured.items()}


if __name__ == "__main__":
    sys.exit(main())
