"""Generated files are current; `--update` (python tasks.py docs) writes them anew."""

from __future__ import annotations

import re
from pathlib import Path

from bdg_cli import validation
from bdg_cli.outputs import text
from tests import pages, pages_format, pages_templates

_FAULT = re.compile(r"(<!-- fault: .*? -->\n```text\n).*?(```\n<!-- /fault -->)", re.DOTALL)


def held(target: Path, generated: str, update: bool) -> None:
    """The file is what would be generated now; or it is written."""
    if update:
        target.write_text(generated, encoding="utf-8")
    assert target.read_text("utf-8") == generated, "run: python tasks.py docs"


def test_checks_manual(tmp_path: Path, top: Path, update: bool) -> None:
    held(top / "docs" / "checks.md", pages.manual(tmp_path), update)


def test_format_manual(top: Path, update: bool) -> None:
    held(top / "docs" / "format.md", pages_format.manual(), update)


def test_templates_manual(top: Path, update: bool) -> None:
    held(top / "docs" / "templates.md", pages_templates.manual(), update)


def test_fault_in_the_readme(top: Path, update: bool) -> None:
    outcome = validation.validate(str(top / "plans"), "2024-07-01", use_cache=False, baseline=False)
    shown = [finding for finding in outcome.findings if finding.code == "CC101"]
    block = pages.told(outcome, shown, text.Sheet(100, False), "plans/")
    readme = (top / "README.md").read_text("utf-8")
    held(top / "README.md", _FAULT.sub(lambda match: f"{match[1]}{block}\n{match[2]}", readme), update)
