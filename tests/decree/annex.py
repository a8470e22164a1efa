"""1.6 Annexes and attached documents (Phụ lục I, mục III; Phụ lục III, forms after Mẫu 1.3)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tests.decree.parts import Role, Unit
from tests.decree.rule import WHOLE, Paper, looks, rule

_ATTACHED_TO = re.compile(
    r"^\(Kèm theo [A-ZĐ]\w+(?: \w+)? số (\S+|\s+)/\S+ ngày (\d{2}|\s+) tháng (\d{1,2}|\s+) năm (\d{4}|\s+) của .+\)$"
)


@rule("A1")
def pointed_to(paper: Paper) -> Iterator[str]:
    """The main text names each annex."""
    said = " ".join(par.text for par in paper.main.said).lower()
    for unit in _annexes(paper) if paper.main.role is Role.MAIN else ():
        if unit.label and unit.label.text.lower() not in said:
            yield f"the text does not point to {unit.label.text}"


@rule("A2")
def numbered(paper: Paper) -> Iterator[str]:
    """Two or more: Roman numbers; one: `Phụ lục` alone."""
    labels = [unit.label.text if unit.label else "" for unit in _annexes(paper)]
    romans = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"]
    wanted = ["Phụ lục"] if len(labels) == 1 else [f"Phụ lục {one}" for one in romans[: len(labels)]]
    if [label.lower() for label in labels] != [label.lower() for label in wanted]:
        yield f"the annexes are called {', '.join(labels)}"


@rule("A3")
def label(paper: Paper) -> Iterator[str]:
    """`Phụ lục I` in 14, bold, upright, small letters, centred."""
    size = frozenset({14.0})
    for unit in _annexes(paper):
        yield from looks(unit.label, "Phụ lục", sizes=size, bold=True, italic=False, caps=False, align="center")


@rule("A4")
def title(paper: Paper) -> Iterator[str]:
    """The title: capitals, bold, centred."""
    for unit in _annexes(paper):
        if not unit.subject:
            yield f"{unit.label.text if unit.label else 'an annex'} has no title"
        for par in unit.subject:
            yield from looks(par, "the title of an annex", sizes=WHOLE, bold=True, italic=False, caps=True)


@rule("A5")
def attached_to(paper: Paper) -> Iterator[str]:
    """`(Kèm theo … số … ngày … của …)` under the title, italic, centred."""
    for unit in (unit for unit in paper.units if unit.role is not Role.MAIN):
        par = unit.attached_to
        if par is None:
            yield f"{unit.label.text if unit.label else unit.role.value}: no line (Kèm theo …)"
            continue
        yield from looks(par, "(Kèm theo …)", sizes=WHOLE, bold=False, italic=True, caps=False, align="center")
        if not _ATTACHED_TO.match(par.text):
            yield f"the line is written {par.text!r}"


@rule("A8")
def attached(paper: Paper) -> Iterator[str]:
    """A document that a decision issues: a head without number and date, and no signature, no Nơi nhận."""
    for unit in paper.units[1:]:
        if unit.role is not Role.ATTACHED:
            continue
        if unit.nation is None or not unit.agencies:
            yield "the attached document has no head of its own"
        if unit.number or unit.place_date:
            yield "the attached document has a number or a date"
        if unit.signature or unit.recipients:
            yield "the attached document has a signature or Nơi nhận"


def _annexes(paper: Paper) -> Iterator[Unit]:
    return (unit for unit in paper.units if unit.role is Role.ANNEX)
