"""The documents of two repositories as the program makes them: those of tests/data/papers, and the five of plans/."""

from __future__ import annotations

from pathlib import Path

from bdg_cli import cli

TOP = Path(__file__).parents[1]
PAPERS = TOP / "tests" / "data" / "papers"
DRAFT_PLAN, DECISION, LETTER, LETTERS, REPORT = (
    "ke-hoach", "quyet-dinh", "cong-van-mot", "cong-van-nhieu", "ke-hoach-bao-cao-2024H1",
)  # fmt: skip


def made(repository: Path, out: Path, *periods: str) -> dict[str, bytes]:
    """Every plan of a repository and its reports for some periods, by name."""
    common = ["--repo", str(repository), "-o", str(out), "--no-cache", "--today", "2026-11-23"]
    for words in (["render-plan"], *(["report", "--period", period] for period in periods)):
        assert cli.run([*words, *common]) == 0, words
    return _files(out)


def also(repository: Path, out: Path) -> dict[str, bytes]:
    """What else is made of its plans: annexes of assignments, letters of submission. Some plans have none."""
    for option in ("--annex", "--submission"):
        cli.run(["render-plan", option, "--repo", str(repository), "-o", str(out), "--no-cache"])
    return _files(out)


def _files(out: Path) -> dict[str, bytes]:
    return {path.stem: path.read_bytes() for path in sorted(out.glob("*.docx"))}
