"""Generated files are current; `--update` writes them anew."""

from __future__ import annotations

from pathlib import Path

from tests import pages


def test_checks_manual(tmp_path: Path, top: Path, update: bool) -> None:
    generated = pages.manual(tmp_path)
    target = top / "docs" / "checks.md"
    if update:
        target.write_text(generated, encoding="utf-8")
    assert target.read_text("utf-8") == generated, "run: python tasks.py docs"
