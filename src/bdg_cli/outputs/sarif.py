"""Findings as SARIF 2.1.0, for code-scanning pages and viewers in editors; accepted findings are suppressed."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from bdg_cli import __version__
from bdg_cli.findings import ERROR, INFO, WARNING, Edit, Finding, Place, Terms
from bdg_cli.outputs.for_machines import SHIPPED, address, dumps, fix_description
from bdg_cli.outputs.lines import Lines
from bdg_cli.screen import plain
from bdg_cli.validation import Outcome

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
VERSION = "2.1.0"
BASE = "%SRCROOT%"  # the name that code-scanning pages take for the top of the checkout
FINGERPRINT = "bdg/v1"
LEVELS = {ERROR: "error", WARNING: "warning", INFO: "note"}


def render(outcome: Outcome, findings: list[Finding], prefix: str = "") -> str:
    """The SARIF log: all rules, and every finding. `prefix` leads from the top of the checkout to the repository."""
    indexes = {code: index for index, code in enumerate(outcome.catalogue)}
    lines = Lines(outcome.layout)
    run = {
        "tool": {
            "driver": {
                "name": "bdg",
                "version": __version__,
                "rules": [_rule(code, *facts) for code, facts in outcome.catalogue.items()],
            }
        },
        "language": "vi",
        "columnKind": "unicodeCodePoints",
        "results": [_result(outcome, finding, indexes[finding.code], prefix, lines) for finding in findings],
    }
    return dumps({"$schema": SCHEMA, "version": VERSION, "runs": [run]})


def _rule(code: str, severity: str, title: str, way_out: str) -> dict[str, Any]:
    advice = f"Cách xử lý: {way_out} " if way_out else ""
    return {
        "id": code,
        "name": title,
        "shortDescription": _message(title),
        "fullDescription": _message(f"{title}. {advice}".strip()),
        "help": _message(f"{advice}Xem ví dụ đúng và sai: bdg explain {code}"),
        "defaultConfiguration": {"level": LEVELS[severity]},
    }


def _result(outcome: Outcome, finding: Finding, index: int, prefix: str, lines: Lines) -> dict[str, Any]:
    """One result. Related places inside bdg go into the message: pages refuse a file the checkout does not hold."""
    shipped = [f" ({words}: {place!r})" for place, words in finding.related if place.path.startswith(SHIPPED)]
    related = [(place, words) for place, words in finding.related if not place.path.startswith(SHIPPED)]
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "ruleIndex": index,
        "level": LEVELS[finding.severity],
        "message": _message(finding.message + "".join(shipped)),
        "locations": [_location(finding.place, prefix)],
        "relatedLocations": [
            {"id": number, **_location(place, prefix), "message": _message(words)}
            for number, (place, words) in enumerate(related, 1)
        ],
        "partialFingerprints": {FINGERPRINT: finding.fingerprint},
    }
    if finding.edits:
        title = outcome.catalogue[finding.code][1]
        result["fixes"] = [
            {
                "description": _message(fix_description(title, finding)),
                "artifactChanges": _changes(finding.edits, prefix, lines),
            }
        ]
    if finding.terms is not None:
        result["suppressions"] = [_suppression(finding.terms)]
    return result


def _changes(edits: tuple[Edit, ...], prefix: str, lines: Lines) -> list[dict[str, Any]]:
    """One change for each file, one replacement for each edit."""
    changes: dict[str, list[dict[str, Any]]] = {}
    for edit in edits:
        names = ("startLine", "startColumn", "endLine", "endColumn")
        region = dict(zip(names, lines.region(edit), strict=True))
        changes.setdefault(edit.path, []).append({"deletedRegion": region, "insertedContent": {"text": edit.new}})
    return [{"artifactLocation": _artifact(path, prefix), "replacements": made} for path, made in changes.items()]


def _suppression(terms: Terms) -> dict[str, str]:
    """Why and by whom; a comment on the line stands in the source, baseline.yaml beside it."""
    until = f"đến {terms.until}" if terms.until else ""
    who = ", ".join(part for part in (terms.owner, until) if part)
    told = terms.reason + (f" ({who})" if who else "")
    suppression = {"kind": "inSource" if terms.in_source else "external", "status": "accepted"}
    return {**suppression, "justification": plain(told)} if told else suppression


def _location(place: Place, prefix: str) -> dict[str, Any]:
    return {"physicalLocation": {"artifactLocation": _artifact(place.path, prefix), "region": _region(place)}}


def _artifact(path: str, prefix: str) -> dict[str, str]:
    shipped = path.startswith(SHIPPED)
    uri = quote(address(path, prefix), safe="/:" if shipped else "/", errors="surrogatepass")
    return {"uri": uri} if shipped else {"uri": uri, "uriBaseId": BASE}  # an absolute address has no base


def _region(place: Place) -> dict[str, int]:
    """Characters from 1, the end exclusive, as SARIF counts too; a place without extent only says where it begins."""
    region = {"startLine": place.line, "startColumn": place.column}
    if (place.end_line, place.end_column) <= (place.line, place.column):
        return region
    return {**region, "endLine": place.end_line, "endColumn": place.end_column}


def _message(text: str) -> dict[str, str]:
    """A message; text in brackets before a parenthesis would be read as a link."""
    return {"text": plain(text).replace("](", "] (")}
