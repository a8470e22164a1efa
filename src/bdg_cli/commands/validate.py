"""`bdg validate`: all findings in one run. Light on imports: most runs are answered from the cache."""

from __future__ import annotations

import os
import sys

from bdg_cli import validation
from bdg_cli.commands import terminal
from bdg_cli.findings import ERROR, INFO, SEVERITIES, WARNING
from bdg_cli.layout import Layout, WrongUse, find_root
from bdg_cli.outputs import text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Final

    from bdg_cli.findings import Finding

FORMATS: Final = ("text", "json")
FAIL_ON: Final = (ERROR, WARNING, INFO, "never")


def run(
    paths: tuple[str, ...] = (), *, repo: str | None = None, today: str | None = None, form: str = "text",
    cache: bool = True, baseline: bool = True, fail_on: str = ERROR,
) -> int:  # fmt: skip
    """Check the repository and print what was found. 1 where something is at or above `fail_on`, else 0."""
    if form not in FORMATS:
        raise WrongUse(f"không có dạng “{form}”; hãy chọn một trong: {', '.join(FORMATS)}")
    if fail_on not in FAIL_ON:
        raise WrongUse(f"không có mức “{fail_on}”; hãy chọn một trong: {', '.join(FAIL_ON)}")
    root = find_root(repo, paths)
    outcome = validation.validate(root, terminal.today(today), use_cache=cache, baseline=baseline)
    findings = _limited(outcome.layout, outcome.findings, paths)
    if form == "json":
        from bdg_cli.outputs import findings_json

        terminal.emit(findings_json.render(outcome, findings))
    else:
        shown = [finding for finding in findings if not finding.accepted]
        terminal.emit(text.render(outcome, shown, terminal.sheet(sys.stdout), terminal.prefix(root)))
    grave = SEVERITIES[: FAIL_ON.index(fail_on) + 1] if fail_on != "never" else ()
    return 1 if any(finding.severity in grave and not finding.accepted for finding in findings) else 0


def _limited(layout: Layout, findings: list[Finding], paths: tuple[str, ...]) -> list[Finding]:
    """The findings in the plans, files and folders named; all where none is."""
    if not paths:
        return findings
    starts = [_start(layout, path) for path in paths]
    return [
        one
        for one in findings
        if any(one.place.path == start or one.place.path.startswith(f"{start}/") or not start for start in starts)
    ]


def _start(layout: Layout, path: str) -> str:
    """A plan id or a path on disk, as a path of the repository; empty for the repository itself."""
    if path in layout.plans:
        return path
    relative = os.path.relpath(os.path.abspath(path), layout.root).replace(os.sep, "/")
    if os.path.exists(path) and not relative.startswith(".."):
        return "" if relative == "." else relative
    from bdg_cli.vietnamese import nearest

    near = nearest(path, layout.plans)
    hint = f"; có phải “{near}”?" if near else f"; kho có: {', '.join(layout.plans) or 'chưa có kế hoạch nào'}"
    raise WrongUse(f"không có kế hoạch hay tệp “{path}” trong kho{hint}")
