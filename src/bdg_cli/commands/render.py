"""`bdg render-plan`: each plan, decision or letter as a Word document, or one of the documents that go with it."""

from __future__ import annotations

from bdg_cli.commands import making
from bdg_cli.commands.office import Choices, Office
from bdg_cli.layout import WrongUse
from bdg_cli.provenance import Kind, Subject


def kind_of(agency: str | None, *, annex: bool, submission: bool) -> Kind:
    """Which document the options ask for. Raises WrongUse where they ask for two."""
    if annex and (submission or agency):
        raise WrongUse("--annex không đi cùng --submission hay --agency; hãy chạy từng lệnh một")
    if annex:
        return Kind.ANNEX
    if submission:
        return Kind.SUBMISSION
    return Kind.EXTRACT if agency else Kind.PLAN


def run(names: tuple[str, ...], kind: Kind, agency: str, choices: Choices) -> int:
    """Make the documents; one bad plan does not stop the others."""
    office = Office(choices)
    if agency:
        making.known(office, agency)
    for identity in office.chosen(names):
        plan, draft = office.plan(identity)
        if plan is None:
            continue
        try:
            office.deliver(making.made(office, Subject(kind, identity, agency=agency), plan, draft=draft))
        except making.NotMade as reason:
            office.say(f"{identity}: {reason}")
            office.failed = office.failed or identity in names  # asked for by name, and not made
    return office.exit_code()
