"""Every document of a plan by its subject: what `render-plan`, `report`, `remind` and `check-docx` make alike."""

from __future__ import annotations

from bdg_cli.commands import check_sheet, remind, report
from bdg_cli.commands.office import Office
from bdg_cli.commands.period import parse
from bdg_cli.documents import assignment_annex, extract, plan_document, submission
from bdg_cli.documents.model import Document
from bdg_cli.layout import WrongUse
from bdg_cli.models.plan import PlanKind
from bdg_cli.plan import Plan
from bdg_cli.provenance import Kind, Subject
from bdg_cli.vietnamese import nearest


class NotMade(Exception):  # noqa: N818 - read as a word
    """A plan has no such document; the message says why, as it goes on behind the plan's id."""


_OF_A_PERIOD = {Kind.REPORT, Kind.REMINDER}


def further(office: Office, subject: Subject) -> tuple[str, ...]:
    """The files beside plan and registry that a document is made from."""
    return report.sources_of(office, parse(subject.period)) if subject.kind in _OF_A_PERIOD else ()


def made(office: Office, subject: Subject, plan: Plan, *, draft: bool) -> Document:
    """The document of a plan that can be rendered. Raises NotMade where the plan has none of the kind."""
    match subject.kind:
        case Kind.PLAN:
            custom = office.properties(subject, draft=draft)
            return plan_document.build(plan, office.workshop.registry, office.root, custom, draft=draft)
        case Kind.EXTRACT:
            return _extract(office, subject, plan, draft=draft)
        case Kind.ANNEX:
            custom = office.properties(subject, draft=draft)
            annex = assignment_annex.build(plan, office.workshop.registry, office.root, custom, draft=draft)
            if annex is None:
                raise NotMade("không có nhiệm vụ nào để lập phụ lục phân công")
            return annex
        case Kind.SUBMISSION:
            return _submission(office, subject, plan)
        case Kind.REPORT:
            return report.made(office, plan, parse(subject.period), unfinished=draft)
        case Kind.CHECK_SHEET:
            return check_sheet.made(office, plan.id)
        case Kind.REMINDER:
            return remind.made(office, plan, parse(subject.period), draft=draft)


def _extract(office: Office, subject: Subject, plan: Plan, *, draft: bool) -> Document:
    registry = office.workshop.registry
    known(office, subject.agency)
    custom = office.properties(subject, draft=draft)
    found = extract.build(plan, registry, office.root, custom, subject.agency, draft=draft)
    if found is None:
        raise NotMade(f"không giao gì cho {subject.agency} ({registry.name(subject.agency, plan.dated_on())})")
    return found


def _submission(office: Office, subject: Subject, plan: Plan) -> Document:
    registry = office.workshop.registry
    if plan.file.kind is PlanKind.LETTER:
        raise NotMade("là công văn, không có tờ trình ban hành")
    if subject.agency:
        known(office, subject.agency)
    agency = subject.agency or submission.submitter(plan, registry)
    if agency is None or agency not in registry.agencies:
        raise NotMade("không rõ cơ quan nào trình; ghi ở proposal của plan.yaml, hoặc chỉ ra bằng --agency")
    return submission.build(plan, registry, office.root, office.properties(subject, draft=True), agency)


def known(office: Office, agency: str) -> None:
    """Raise WrongUse, with the nearest id, for an agency that the registry does not have."""
    bodies = office.workshop.registry.bodies
    if agency not in bodies:
        near = nearest(agency, bodies)
        hint = f"; có phải “{near}”?" if near else "; xem registry/agencies.yaml"
        raise WrongUse(f"không có cơ quan nào mang mã “{agency}”{hint}")
