"""Findings as SARIF 2.1.0, for code-scanning pages and viewers in editors; accepted findings are suppressed."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

from bdg_cli import __version__
from bdg_cli.findings import ERROR, INFO, WARNING, Finding, Place
from bdg_cli.validation import Outcome

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
VERSION = "2.1.0"
BASE = "%SRCROOT%"  # the name that code-scanning pages take for the top of the checkout
FINGERPRINT = "bdg/v1"
SHIPPED = "bdg:"
LEVELS = {ERROR: "error", WARNING: "warning", INFO: "note"}

_BLANKS = "\t\n\v\f\r\x1c\x1d\x1e\x1f\x85\u2028\u2029"  # all that some reader takes for the end of a line
_DIRECTIONS = (*range(0x202A, 0x202F), *range(0x2066, 0x206A))  # they turn the order of the text on the screen
_PLAIN: dict[int, str | None] = {
    **dict.fromkeys((*range(0x20), *range(0x7F, 0xA0), *_DIRECTIONS)),
    **dict.fromkeys((*range(0xD800, 0xE000), 0xFFFE, 0xFFFF), "\ufffd"),
    **dict.fromkeys(map(ord, _BLANKS), " "),
}


def plain(text: str) -> str:
    """The text on one line, without what colours a terminal, ends a line, or cannot stand in UTF-8 or XML."""
    return text.translate(_PLAIN)


def address(path: str, prefix: str) -> str:
    """A path of the repository as seen from the top of the checkout; what bdg ships keeps its own name."""
    return path if path.startswith(SHIPPED) else prefix + path


def render(outcome: Outcome, findings: list[Finding], prefix: str = "") -> str:
    """The SARIF log: all rules, and every finding. `prefix` leads from the top of the checkout to the repository."""
    indexes = {code: index for index, code in enumerate(outcome.catalogue)}
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
        "results": [_result(finding, indexes[finding.code], prefix) for finding in findings],
    }
    return json.dumps({"$schema": SCHEMA, "version": VERSION, "runs": [run]}, ensure_ascii=False, indent=2) + "\n"


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


def _result(finding: Finding, index: int, prefix: str) -> dict[str, Any]:
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
    if finding.accepted:
        result["suppressions"] = [_suppression(finding)]
    # `fixes` belongs here once a Finding carries its edits: one artifactChange for each file, one replacement
    # (deletedRegion by charOffset and charLength, insertedContent) for each Edit.
    return result


def _suppression(finding: Finding) -> dict[str, str]:
    # A finding knows that it is accepted, not yet by whom and why.
    reason = f"Kho đã chấp nhận {finding.code} ở đây, bằng baseline.yaml hoặc bằng chú thích tại dòng"
    return {"kind": "external", "status": "accepted", "justification": reason}


def _location(place: Place, prefix: str) -> dict[str, Any]:
    shipped = place.path.startswith(SHIPPED)
    uri = quote(address(place.path, prefix), safe="/:" if shipped else "/", errors="surrogatepass")
    artifact = {"uri": uri} if shipped else {"uri": uri, "uriBaseId": BASE}  # an absolute address has no base
    return {"physicalLocation": {"artifactLocation": artifact, "region": _region(place)}}


def _region(place: Place) -> dict[str, int]:
    """Characters from 1, the end exclusive, as SARIF counts too; a place without extent only says where it begins."""
    region = {"startLine": place.line, "startColumn": place.column}
    if (place.end_line, place.end_column) <= (place.line, place.column):
        return region
    return {**region, "endLine": place.end_line, "endColumn": place.end_column}


def _message(text: str) -> dict[str, str]:
    """A message; text in brackets before a parenthesis would be read as a link."""
    return {"text": plain(text).replace("](", "] (")}
