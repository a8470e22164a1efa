"""Findings as a GitLab Code Quality report, for the merge-request page; accepted findings are left out."""

from __future__ import annotations

import hashlib
from typing import Any

from bdg_cli.findings import ERROR, INFO, WARNING, Finding
from bdg_cli.outputs.for_machines import address, dumps
from bdg_cli.screen import plain
from bdg_cli.validation import Outcome

SEVERITIES = {ERROR: "major", WARNING: "minor", INFO: "info"}


def render(outcome: Outcome, findings: list[Finding], prefix: str = "") -> str:
    """The JSON array. `prefix` leads from the top of the checkout to the repository."""
    seen: set[str] = set()
    issues = [_issue(outcome, finding, prefix, seen) for finding in findings if not finding.accepted]
    return dumps(issues)


def _issue(outcome: Outcome, finding: Finding, prefix: str, seen: set[str]) -> dict[str, Any]:
    title = outcome.catalogue[finding.code][1]
    return {
        "description": plain(f"{finding.code} {title}: {finding.message}"),
        "check_name": finding.code,
        "fingerprint": _unique(finding.fingerprint, seen),
        "severity": SEVERITIES[finding.severity],
        "location": {"path": plain(address(finding.place.path, prefix)), "lines": {"begin": finding.place.line}},
    }


def _unique(fingerprint: str, seen: set[str]) -> str:
    """The fingerprint; combined with its number among equals where GitLab would take two issues for one."""
    unique, number = fingerprint, 1
    while unique in seen:
        number += 1
        unique = hashlib.sha256(f"{fingerprint}\x1f{number}".encode()).hexdigest()[:16]
    seen.add(unique)
    return unique
