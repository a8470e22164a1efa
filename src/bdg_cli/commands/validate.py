"""`bdg validate`: all findings in one run. Light on imports: most runs are answered from the cache."""

from __future__ import annotations

import os
import sys

from bdg_cli import validation
from bdg_cli.commands import terminal
from bdg_cli.commands.selection import codes, narrow
from bdg_cli.findings import ERROR, INFO, SEVERITIES, WARNING
from bdg_cli.layout import WrongUse, find_root
from bdg_cli.outputs import text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Final

    from bdg_cli.findings import Finding
    from bdg_cli.validation import Outcome

FORMATS: Final = ("text", "json", "sarif", "github", "gitlab", "junit")
FAIL_ON: Final = (ERROR, WARNING, INFO, "never")


def run(
    paths: tuple[str, ...] = (), *, repo: str | None = None, today: str | None = None, form: str = "text",
    cache: bool = True, baseline: bool = True, fail_on: str = ERROR, select: str | None = None,
    ignore: str | None = None, limit: int | None = None, statistics: bool = False, output: str | None = None,
    since: str | None = None,
) -> int:  # fmt: skip
    """Check the repository and print what was found. 1 where something is at or above `fail_on`, else 0."""
    if form not in FORMATS:
        raise WrongUse(f"không có dạng “{form}”; hãy chọn một trong: {', '.join(FORMATS)}")
    known_level(fail_on)
    root = find_root(repo, paths)
    outcome = validation.validate(root, terminal.today(today), use_cache=cache, baseline=baseline, since=since)
    known = outcome.catalogue
    findings = narrow(outcome, paths, codes(select, known), codes(ignore, known))
    report = _statistics(outcome, findings) if statistics else _report(outcome, findings, form, limit, output is None)
    if output is None:
        terminal.emit(report)
    else:
        from bdg_cli import edit

        edit.write_file(output, report.encode(errors="replace"))
    grave = SEVERITIES[: FAIL_ON.index(fail_on) + 1] if fail_on != "never" else ()
    return 1 if any(finding.severity in grave and not finding.accepted for finding in findings) else 0


def known_level(fail_on: str) -> str:
    """The level as given. Raises WrongUse for one there is none of."""
    if fail_on not in FAIL_ON:
        raise WrongUse(f"không có mức “{fail_on}”; hãy chọn một trong: {', '.join(FAIL_ON)}")
    return fail_on


def _report(outcome: Outcome, findings: list[Finding], form: str, limit: int | None, printed: bool) -> str:
    if form == "text":
        sheet = terminal.sheet(sys.stdout) if printed else text.Sheet(terminal.WIDTH, False)
        return text.render(outcome, findings, sheet, terminal.prefix(outcome.layout.root), limit)
    if form == "json":
        from bdg_cli.outputs import findings_json

        return findings_json.render(outcome, findings)
    return _for_machines(outcome, findings, form)


def _for_machines(outcome: Outcome, findings: list[Finding], form: str) -> str:
    """The formats of CI services; GitHub's job summary goes where the runner says."""
    from bdg_cli.outputs import github, gitlab, junit, sarif

    prefix = terminal.prefix(outcome.layout.root)
    summary = os.environ.get("GITHUB_STEP_SUMMARY")
    if form == "github" and summary:
        from bdg_cli import edit

        edit.append(summary, github.job_summary(outcome, findings, prefix))
    renderers = {"sarif": sarif.render, "github": github.render, "gitlab": gitlab.render, "junit": junit.render}
    return renderers[form](outcome, findings, prefix)


def _statistics(outcome: Outcome, findings: list[Finding]) -> str:
    """How many open findings of each code, the most first."""
    counts: dict[str, int] = {}
    for finding in findings:
        if not finding.accepted:
            counts[finding.code] = counts.get(finding.code, 0) + 1
    rows = sorted(counts.items(), key=lambda row: (-row[1], row[0]))
    return "".join(f"{count:>6}  {code}  {outcome.catalogue[code][1]}\n" for code, count in rows)
