"""Every document of a plan by its subject: what `render-plan`, `report`, `remind` and `check-docx` make alike."""

from __future__ import annotations

from collections.abc import Callable

from bdg_cli.commands import remind, report
from bdg_cli.commands.office import Office
from bdg_cli.commands.period import parse
from bdg_cli.documents import plan_document
from bdg_cli.documents.model import Document
from bdg_cli.plan import Plan
from bdg_cli.provenance import Kind, Subject

_OF_A_PERIOD = {Kind.REPORT, Kind.REMINDER}


def further(office: Office, subject: Subject) -> tuple[str, ...]:
    """The files beside plan and registry that a document is made from."""
    return report.sources_of(office, parse(subject.period)) if subject.kind in _OF_A_PERIOD else ()


def made(office: Office, subject: Subject, plan: Plan, *, draft: bool) -> Document:
    """The document of a plan that can be rendered."""
    if subject.kind is Kind.REPORT:
        return report.made(office, plan, parse(subject.period), unfinished=draft)
    if subject.kind is Kind.REMINDER:
        return remind.made(office, plan, parse(subject.period), draft=draft)
    builders: dict[Kind, Callable[..., Document]] = {Kind.PLAN: plan_document.build}
    build = builders[subject.kind]
    return build(plan, office.workshop.registry, office.root, office.properties(subject), draft=draft)
