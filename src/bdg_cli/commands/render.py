"""`bdg render-plan`: each plan, decision or letter as a Word document."""

from __future__ import annotations

from bdg_cli.commands.office import Choices, Office
from bdg_cli.documents import plan_document
from bdg_cli.provenance import Kind, Subject


def run(names: tuple[str, ...], choices: Choices) -> int:
    """Make the documents; one bad plan does not stop the others."""
    office = Office(choices)
    for identity in office.chosen(names):
        plan, draft = office.plan(identity)
        if plan is None:
            continue
        custom = office.properties(Subject(Kind.PLAN, identity))
        office.deliver(plan_document.build(plan, office.workshop.registry, office.root, custom, draft=draft))
    return office.exit_code()
