"""Findings for programs: `bdg-findings/1` (design.md 3)."""

from __future__ import annotations

import os
from typing import Any

from bdg_cli.findings import SEVERITIES, Finding, Place
from bdg_cli.outputs.for_machines import dumps, fix_description
from bdg_cli.outputs.lines import Lines
from bdg_cli.validation import Outcome

FORMAT = "bdg-findings/1"


def render(outcome: Outcome, findings: list[Finding]) -> str:
    """The JSON document, keys in the order of the design, one newline at the end."""
    lines = Lines(outcome.layout)
    document = {
        "format": FORMAT,
        "repository": os.path.basename(outcome.layout.root),
        "today": outcome.today,
        "summary": {
            **{name: sum(one.severity == name and not one.accepted for one in findings) for name in SEVERITIES},
            "accepted": sum(one.accepted for one in findings),
            "files": outcome.file_count,
            "plans": len(outcome.layout.plans),
        },
        "not_checked": [{"code": code, "path": path, "reason": reason} for code, path, reason in outcome.not_checked],
        "findings": [_finding(outcome, finding, lines) for finding in findings],
    }
    return dumps(document)


def _finding(outcome: Outcome, finding: Finding, lines: Lines) -> dict[str, Any]:
    return {
        "code": finding.code,
        "severity": finding.severity,
        "title": outcome.catalogue[finding.code][1],
        "message": finding.message,
        "plan": finding.plan,
        **_span(finding.place),
        "related": [
            {"path": place.path, "line": place.line, "column": place.column, "message": words}
            for place, words in finding.related
        ],
        "fix": _fix(outcome, finding, lines) if finding.edits else None,
        "fingerprint": finding.fingerprint,
        "accepted": finding.accepted,
    }


def _fix(outcome: Outcome, finding: Finding, lines: Lines) -> dict[str, Any]:
    """The edits that `bdg fix` would make for this finding; regions as in the finding itself."""
    names = ("start_line", "start_column", "end_line", "end_column")
    edits = [
        {"path": edit.path, **dict(zip(names, lines.region(edit), strict=True)), "new": edit.new}
        for edit in finding.edits
    ]
    return {"description": fix_description(outcome.catalogue[finding.code][1], finding), "edits": edits}


def _span(place: Place) -> dict[str, Any]:
    return {
        "path": place.path,
        "line": place.line,
        "column": place.column,
        "end_line": place.end_line,
        "end_column": place.end_column,
    }
