"""`bdg explain CODE` and `bdg checks`: the manual, from the same pages that are the tests."""

from __future__ import annotations

from bdg_cli.checks import CATALOGUE
from bdg_cli.checks.check import Rule
from bdg_cli.commands import terminal
from bdg_cli.layout import WrongUse
from bdg_cli.models.baseline import SeverityTerm
from bdg_cli.vietnamese import nearest


def explain(code: str) -> int:
    """Print the page of one check."""
    rule = CATALOGUE.get(code.strip().upper())
    if rule is None:
        near = nearest(code.upper(), CATALOGUE)
        hint = f"; có phải {near}?" if near else "; xem danh sách bằng bdg checks"
        raise WrongUse(f"không có mã kiểm tra “{code}”{hint}")
    terminal.emit(f"{heading(rule)}\n\n{rule.page.strip()}\n")
    return 0


def list_checks() -> int:
    """Print one line for each check."""
    rows = [f"{rule.code}  {SeverityTerm(rule.severity).term:<9} {rule.title}" for rule in CATALOGUE.values()]
    terminal.emit("\n".join(rows) + "\n")
    return 0


def heading(rule: Rule) -> str:
    """`CC101 (lỗi): Một văn bản, hai ngày`."""
    return f"{rule.code} ({SeverityTerm(rule.severity).term}): {rule.title}"
