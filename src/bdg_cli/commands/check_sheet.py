"""`bdg validate --docx PLAN`: the check sheet of one plan as a Word file, for the person who signs."""

from __future__ import annotations

from datetime import date

from bdg_cli import __version__
from bdg_cli.commands.office import Choices, Office
from bdg_cli.documents import check_sheet
from bdg_cli.documents.check_sheet import AcceptedPoint, Checked, Point
from bdg_cli.documents.model import Document
from bdg_cli.documents.whereabouts import whereabouts
from bdg_cli.findings import ERROR, NOT_CHECKED, SEVERITIES, Finding, Terms
from bdg_cli.plan import Plan
from bdg_cli.provenance import Kind, Subject
from bdg_cli.screen import plain


def run(identity: str, choices: Choices, fail_on: str) -> int:
    """Write <plan>-kiem-tra.docx. 1 where the plan has an open finding at or above `fail_on`, else 0."""
    office = Office(choices)
    (identity,) = office.chosen((identity,))
    office.deliver(made(office, identity))
    grave = SEVERITIES[: SEVERITIES.index(fail_on) + 1] if fail_on in SEVERITIES else ()
    found = any(one.severity in grave for one in _own(office, identity) if not one.accepted)
    return 1 if found or office.failed else 0


def made(office: Office, identity: str) -> Document:
    """The check sheet of a plan as it stands today."""
    plan = office.workshop.plan(identity).plan
    own = _own(office, identity)
    open_ones = [one for one in own if not one.accepted and one.code != NOT_CHECKED]
    return check_sheet.build(
        _checked(office, identity, plan),
        tuple(_point(office, plan, one) for one in sorted(open_ones, key=lambda one: SEVERITIES.index(one.severity))),
        tuple(_accepted(office, plan, one, one.terms) for one in own if one.terms is not None),
        tuple(dict.fromkeys(one.place.path for one in own if one.code == NOT_CHECKED)),
        sum(one.severity == ERROR and not one.accepted and one.plan is None for one in office.outcome.findings),
        office.root,
        office.properties(Subject(Kind.CHECK_SHEET, identity), draft=False),
    )


def _own(office: Office, identity: str) -> list[Finding]:
    return [one for one in office.outcome.findings if one.plan == identity]


def _checked(office: Office, identity: str, plan: Plan | None) -> Checked:
    day = date.fromisoformat(office.outcome.today)
    if plan is None:
        return Checked(identity, "", "", "", "", day, __version__)
    file = plan.file
    about = file.title or file.subject
    number = f"{file.number}/{file.symbol or ''}".rstrip("/") if file.number else ""
    title = plain(" ".join(about.raw.split())) if about else ""
    return Checked(identity, file.kind.term, number, title, file.status.term, day, __version__)


def _point(office: Office, plan: Plan | None, finding: Finding) -> Point:
    _, title, way_out = office.outcome.catalogue[finding.code]
    where = whereabouts(plan, office.workshop.registry, finding.place)
    return Point(finding.severity, finding.code, title, where, plain(finding.message), way_out)


def _accepted(office: Office, plan: Plan | None, finding: Finding, terms: Terms) -> AcceptedPoint:
    title = office.outcome.catalogue[finding.code][1]
    where = whereabouts(plan, office.workshop.registry, finding.place)
    return AcceptedPoint(
        finding.code, title, where, plain(finding.message), plain(terms.reason), plain(terms.owner), terms.until
    )
