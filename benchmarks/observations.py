"""What a million observations cost, measured in turn against polars: `python tasks.py bench` (extra `bench`).

Bounds (issue "Indicator data"): the sums for one province's report, as a whole process, at most 4 × polars the first
time and at most 1 × when nothing has changed. All figures are made up; each row says so.
"""

from __future__ import annotations

import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

TURNS = 5
COMMUNES = 3_321  # of the country since 01/7/2025
INDICATORS = [f"minh-hoa-{number:02}" for number in range(1, 16)]
YEARS = range(2021, 2031)
PROVINCE, PERIOD = "nghe-an", "2029H1"
COMPARED = ("2029H1", "2028H2", "2028H1")  # the period, the one before, the year before
SOURCE = '"Số liệu minh họa, không phải số thật; Ủy ban nhân dân xã"'

PLAN = f"""kind: plan
status: issued
issuer: ubnd-mau
number: 12
symbol: KH-UBND
place: Nghệ An
date: 2026-01-15
title: Thực hiện công tác bình đẳng giới giai đoạn 2026-2030
area: {PROVINCE}
period: 2026-2030
sections:
  - title: Mục tiêu, chỉ tiêu
    marker: roman
    insert: targets
"""
AGENCIES = f"""agencies:
  - {{id: ubnd-mau, kind: ubnd-tinh, area: {PROVINCE}}}
"""

POLARS = """
import sys
from pathlib import Path
import polars as pl

folder, periods = Path(sys.argv[1]), sys.argv[2].split(",")
communes = (folder.parent / "communes.txt").read_text().split()
ranks = {"official": 3, "preliminary": 2, "estimate": 1}
key = ["indicator", "area", "period"]
rows = (
    pl.scan_csv(folder / "data" / "*.csv", infer_schema_length=1000)
    .filter(pl.col("area").is_in(communes) & pl.col("period").is_in(periods))
    .filter(pl.col("sex").is_null() & pl.col("group").is_null() & pl.col("status").is_null())
    .with_columns(rank=pl.col("vintage").replace_strict(ranks, default=0))
    .sort("rank", "as_of", nulls_last=False)
    .unique(subset=key, keep="last", maintain_order=True)
    .group_by("indicator", "period")
    .agg(pl.col("numerator").sum(), pl.col("denominator").sum(), pl.len())
    .sort("indicator", "period")
)
for row in rows.collect().iter_rows():
    print(*row)
"""


def main() -> int:
    """Print the ratios; 1 where one is over its bound. `generate DIR` only writes the repository."""
    if sys.argv[1:2] == ["generate"]:
        print(f"{generate(Path(sys.argv[2])):,} observations")
        return 0
    with tempfile.TemporaryDirectory() as scratch:
        repository = Path(scratch) / "kho"
        # In a process of its own: what a child is said to use at most begins with what its parent used.
        subprocess.run([sys.executable, __file__, "generate", str(repository)], check=True)
        size = sum(path.stat().st_size for path in (repository / "data").iterdir())
        print(f"{len(list((repository / 'data').iterdir()))} files, {size / 1e6:.0f} MB")
        over = _compare(Path(scratch), repository)
        _validate(Path(scratch), repository)
        return over


def generate(repository: Path) -> int:
    """Write a repository of the whole country's communes, ten years by half-years; how many observations it has."""
    from bdg_cli.data.table import COLUMNS

    areas = list(_communes())
    _write(repository / "bdg.yaml", f"format: 1\nname: Kho minh họa\narea: {PROVINCE}\n")
    _write(repository / "registry" / "agencies.yaml", AGENCIES)
    _write(repository / "registry" / "areas.yaml", "areas:\n" + "".join(_area(*entry) for entry in areas))
    _write(repository / "registry" / "indicators.yaml", "indicators:\n" + "".join(map(_indicator, INDICATORS)))
    _write(repository / "ke-hoach" / "plan.yaml", PLAN)
    _write(repository / "ke-hoach" / "targets.yaml", _targets())
    own = [name for name, province in areas if province == PROVINCE]
    _write(repository.parent / "communes.txt", "\n".join(own) + "\n")
    rng = random.Random(2026)
    levels = {(indicator, name): rng.uniform(0.5, 0.8) for indicator in INDICATORS for name, _ in areas}
    rows = 0
    for year in YEARS:
        for half, closing, sent in ((1, "06-14", "06-20"), (2, "12-14", "12-20")):
            lines = [",".join(COLUMNS)]
            for indicator in INDICATORS:
                for name, _ in areas:
                    whole = rng.randint(20, 400)
                    part = round(whole * (levels[indicator, name] + (year - YEARS[0]) / 50))
                    lines.append(
                        f"{indicator},{name},{year}H{half},,,{part},{whole},,,official,"
                        f"administrative,{year}-{closing},{SOURCE},{year}-{sent},"
                    )
            rows += len(lines) - 1
            _write(repository / "data" / f"{year}H{half}.csv", "\n".join(lines) + "\n")
    return rows


def _communes() -> Iterator[tuple[str, str]]:
    """Made-up communes with their provinces: the 34 of today, as evenly as it goes."""
    from bdg_cli import load
    from bdg_cli.models.registry import Level

    registry = load.shipped_registry()
    provinces = [
        area.id
        for area in registry.areas.values()
        if area.level is Level.PROVINCE and (area.valid is None or area.valid.to is None)
    ]
    for number in range(COMMUNES):
        province = provinces[number % len(provinces)]
        yield f"xa-{province}-{number // len(provinces):03}", province


def _area(name: str, province: str) -> str:
    return f"  - id: {name}\n    name: {name.title()}\n    unit: xã\n    level: commune\n    parent: {province}\n"


def _indicator(name: str) -> str:
    counted = "numerator: {name: Số người được hỗ trợ, unit: người}, denominator: {name: Số người cần, unit: người}"
    return (
        f'  - id: {name}\n    name: Chỉ tiêu {name}\n    unit: "%"\n    kind: flow\n    publication: half-year\n'
        f"    lowest_level: commune\n    definitions:\n      - {{{counted}, factor: 100}}\n"
    )


def _targets() -> str:
    rows = ['objectives:\n  - id: "1"\n    title: Mục tiêu minh họa\n    targets:\n']
    for number, indicator in enumerate(INDICATORS, 1):
        rows.append(
            f'      - id: "1.{number}"\n        text: Đạt {{{{ value }}}}.\n        measures:\n'
            f'          - {{id: "1.{number}", indicator: {indicator}, op: ">=", value: 60, unit: "%", due: 2030}}\n'
        )
    return "".join(rows)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    settled = time.time() - 60  # a file of this moment would be looked at again next time
    os.utime(path, (settled, settled))


def _compare(scratch: Path, repository: Path) -> int:
    cache = scratch / "cache"
    environment = {**os.environ, "BDG_CACHE_DIR": str(cache)}
    script = scratch / "sums.py"
    script.write_text(POLARS, encoding="utf-8")
    polars = [sys.executable, str(script), str(repository), ",".join(COMPARED)]
    bdg = [sys.executable, "-m", "bdg_cli", "status", "--repo", str(repository), "--period", PERIOD, "--format", "json"]
    measured: dict[str, list[tuple[float, int]]] = {"polars": [], "first time": [], "unchanged": []}
    for turn in range(TURNS + 1):
        shutil.rmtree(cache, ignore_errors=True)
        for name, command in (("polars", polars), ("first time", bdg), ("unchanged", bdg)):
            found = _run(command, environment)
            if turn:  # the first fills the caches of the system
                measured[name].append(found)
    base = statistics.median(seconds for seconds, _ in measured["polars"])
    over = 0
    print(f"sums for {PROVINCE}, {PERIOD}; median of {TURNS} turns")
    for name, bound in (("polars", None), ("first time", 4.0), ("unchanged", 1.0)):
        seconds = statistics.median(taken for taken, _ in measured[name])
        memory = max(size for _, size in measured[name])
        limit = f"(at most {bound:.0f})" if bound else ""
        print(f"{name:<12} {seconds:6.2f} s  {memory / 1024:6.0f} MB  {seconds / base:5.2f} × polars {limit}")
        over |= bool(bound and seconds / base > bound)
    return int(over)


def _validate(scratch: Path, repository: Path) -> None:
    """All checks: the first time, again, and after one file of twenty has changed."""
    environment = {**os.environ, "BDG_CACHE_DIR": str(scratch / "cache-of-validate")}
    command = [sys.executable, "-m", "bdg_cli", "validate", "--repo", str(repository), "--fail-on", "never"]
    for name in ("validate, first time", "validate, unchanged"):
        seconds, memory = _run(command, environment)
        print(f"{name:<26} {seconds:6.2f} s  {memory / 1024:6.0f} MB")
    changed = sorted((repository / "data").iterdir())[-1]
    _write(changed, changed.read_text("utf-8") + f"{INDICATORS[0]},viet-nam,2030,,,1,2,,,official,,,{SOURCE},,\n")
    seconds, memory = _run(command, environment)
    print(f"{'validate, one CSV changed':<26} {seconds:6.2f} s  {memory / 1024:6.0f} MB")


def _run(command: list[str], environment: dict[str, str]) -> tuple[float, int]:
    """Seconds and the most memory in KB of one process."""
    began = time.perf_counter()
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{command} ended with {process.returncode}")
    return time.perf_counter() - began, usage.ru_maxrss


if __name__ == "__main__":
    sys.exit(main())
