"""Set up and run: `python tasks.py demo` does the main job on plans/, `python tasks.py test` runs every check.

Only the standard library, so that it runs on a fresh machine. Everything is installed into .venv beside this file.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

TOP = Path(__file__).resolve().parent
VENV = TOP / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PERIOD = "2024H1"
TODAY = "2026-11-23"  # checks of plans/ must not depend on the day CI runs


def main() -> int:
    """Run one task; its exit code."""
    name = sys.argv[1] if len(sys.argv) == 2 else ""
    tasks = {"demo": demo, "test": test, "docs": docs, "bench": bench}
    if name not in tasks:
        print(__doc__)
        print(f"usage: python tasks.py {'|'.join(tasks)}")
        return 2
    if sys.version_info < (3, 11):  # noqa: UP036 - this file is what an older Python meets first
        print(f"bdg needs Python 3.11 or newer; this is {sys.version.split()[0]}")
        return 2
    return tasks[name]()


def demo() -> int:
    """Check plans/, render every plan, report on the period: files in build/."""
    set_up("")
    bdg = str(BIN / "bdg")
    steps = ([bdg, "validate"], [bdg, "render-plan"], [bdg, "report", "--period", PERIOD])
    return max(run(step) for step in steps)


def test() -> int:
    """Lint, types, tests, and bdg on its own plans."""
    set_up("[dev]")
    steps = (
        [str(BIN / "ruff"), "check", "."],
        [str(BIN / "ruff"), "format", "--check", "."],
        [str(BIN / "mypy")],
        [str(BIN / "python"), "-m", "pytest", "-n", "auto"],
        [str(BIN / "bdg"), "validate", "--fail-on", "warning", "--today", TODAY],
    )
    return next((code for code in map(run, steps) if code), 0)


def docs() -> int:
    """Write the generated files anew."""
    set_up("[dev]")
    return run([str(BIN / "python"), "-m", "pytest", "tests/test_generated.py", "tests/test_documents.py", "--update"])


def bench() -> int:
    """Measure what starting, checking and writing cost; the bounds stand in the programs under benchmarks/."""
    set_up("[dev,bench]")
    return max(run([str(BIN / "python"), f"benchmarks/{name}.py"]) for name in ("startup", "checks", "word"))


def set_up(extras: str) -> None:
    """A virtual environment with bdg in it, made once and brought up to date after that."""
    if not (BIN / "python").exists() and not (BIN / "python.exe").exists():
        subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=True, cwd=TOP)
    pip = [str(BIN / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    constraints = ["--constraint", "constraints.txt"]
    subprocess.run([*pip, *constraints, "--upgrade", "pip"], check=True, cwd=TOP)
    subprocess.run([*pip, *constraints, "--editable", f".{extras}"], check=True, cwd=TOP)


def run(command: list[str]) -> int:
    """Run a command at the top of the checkout, saying which."""
    print(f"\n$ {' '.join([Path(command[0]).name, *command[1:]])}", flush=True)
    return subprocess.run(command, cwd=TOP).returncode


if __name__ == "__main__":
    sys.exit(main())
