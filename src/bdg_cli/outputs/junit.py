"""Findings as JUnit XML, for the test page of a CI: a suite for each plan and one for the shared files."""

from __future__ import annotations

from xml.etree import ElementTree

from bdg_cli.findings import ERROR, Finding
from bdg_cli.outputs.for_machines import address
from bdg_cli.screen import plain
from bdg_cli.validation import Outcome

SHARED = "Tệp chung của kho"
CLEAN = "Không có phát hiện nào"


def render(outcome: Outcome, findings: list[Finding], prefix: str = "") -> str:
    """The document. Only errors that are not accepted fail; accepted ones are skipped, all others pass with a note.

    `prefix` leads from the top of the checkout to the repository.
    """
    root = ElementTree.Element("testsuites", name="bdg validate")
    for plan in dict.fromkeys([None, *outcome.layout.plans, *(finding.plan for finding in findings)]):
        own = [finding for finding in findings if finding.plan == plan]
        if not own and any(finding.plan == plan for finding in outcome.findings):
            continue  # it has findings, only none that was asked for: neither failed nor passed
        suite = ElementTree.SubElement(root, "testsuite", name=plain(plan or SHARED))
        for finding in own:
            _case(suite, outcome, finding, prefix)
        if not own:
            ElementTree.SubElement(suite, "testcase", classname=plain(plan or SHARED), name=CLEAN)
        _count(suite, [suite])
    _count(root, list(root))
    ElementTree.indent(root)
    body = ElementTree.tostring(root, encoding="unicode").replace("##[", "##&#91;")  # no command of a runner
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{body}\n'


def _case(suite: ElementTree.Element, outcome: Outcome, finding: Finding, prefix: str) -> None:
    """One case. Its name holds the fingerprint instead of the line, so that a CI knows it again when lines move."""
    title = outcome.catalogue[finding.code][1]
    path = plain(address(finding.place.path, prefix))
    name = f"{finding.code} {title} [{finding.fingerprint}]"
    case = ElementTree.SubElement(
        suite, "testcase", classname=path, name=plain(name), file=path, line=str(finding.place.line)
    )
    message = plain(finding.message)
    if finding.terms is not None:
        why = ", ".join(part for part in (finding.terms.reason, finding.terms.owner) if part)
        told = f"Đã chấp nhận: {message}" + (f" ({plain(why)})" if why else "")
        ElementTree.SubElement(case, "skipped", message=told)
    elif finding.severity == ERROR:
        failure = ElementTree.SubElement(case, "failure", message=message, type=finding.code)
        failure.text = _told(outcome, finding, prefix)
    else:
        ElementTree.SubElement(case, "system-out").text = _told(outcome, finding, prefix)


def _told(outcome: Outcome, finding: Finding, prefix: str) -> str:
    way_out = outcome.catalogue[finding.code][2]
    rows = [f"{finding.severity} {address(repr(finding.place), prefix)}", finding.message]
    rows += [f"{words}: {address(repr(place), prefix)}" for place, words in finding.related]
    if way_out:
        rows.append(f"Cách xử lý: {way_out} (bdg explain {finding.code})")
    return "\n".join(map(plain, rows))


def _count(element: ElementTree.Element, suites: list[ElementTree.Element]) -> None:
    """Write the sums over some suites into the attributes that readers look at."""
    for attribute, tag in (("tests", "testcase"), ("failures", "failure"), ("skipped", "skipped")):
        element.set(attribute, str(sum(len(list(suite.iter(tag))) for suite in suites)))
    element.set("errors", "0")
