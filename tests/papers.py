"""The documents of two repositories as the program makes them: those of tests/data/papers, and the five of plans/."""

from __future__ import annotations

from pathlib import Path

from bdg_cli import cli

TOP = Path(__file__).parents[1]
PAPERS = TOP / "tests" / "data" / "papers"
DRAFT_PLAN, DECISION, LETTER, LETTERS, REPORT = (
    "ke-hoach", "quyet-dinh", "cong-van-mot", "cong-van-nhieu", "ke-hoach-bao-cao-2024H1",
)  # fmt: skip


# The documents that go with a plan, as options; the agency has a part in the plan of Trà Vinh.
BESIDE = (("--annex",), ("--submission",), ("--agency", "so-y-te-tra-vinh"))


def beside(out: Path) -> dict[str, bytes]:
    """The annexes, letters of submission and extracts of plans/, by name."""
    common = ["--repo", str(TOP / "plans"), "-o", str(out), "--today", "2026-11-23"]
    for options in BESIDE:
        assert cli.run(["render-plan", *options, *common]) == 0, options
    return {path.stem: path.read_bytes() for path in sorted(out.glob("*.docx"))}


def made(repository: Path, out: Path, *periods: str) -> dict[str, bytes]:
    """Every plan of a repository and its reports for some periods, by name."""
    common = ["--repo", str(repository), "-o", str(out), "--no-cache", "--today", "2026-11-23"]
    for words in (["render-plan"], *(["report", "--period", period] for period in periods)):
        assert cli.run([*words, *common]) == 0, words
    return {path.stem: path.read_bytes() for path in sorted(out.glob("*.docx"))}


def reminders(repository: Path, out: Path, period: str) -> dict[str, bytes]:
    """The letters to those who have not reported on a period, by name."""
    words = ["remind", "--period", period, "--repo", str(repository), "-o", str(out), "--no-cache"]
    assert cli.run([*words, "--today", "2024-06-20"]) == 0
    return {path.stem: path.read_bytes() for path in sorted(out.glob("*.docx"))}
