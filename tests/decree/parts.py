"""The parts of a document by place and words: which paragraph is the number, which the subject, which the signer.

A file holds units: the document itself, a document attached to it, annexes. Each begins a section.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import Enum
from itertools import groupby

from tests.decree.word import Par, Word

KINDS = ("KẾ HOẠCH", "QUYẾT ĐỊNH", "BÁO CÁO", "TỜ TRÌNH", "THÔNG BÁO", "CHƯƠNG TRÌNH", "QUY CHẾ")
NATION = re.compile(r"^CỘNG H(ÒA|OÀ) XÃ HỘI CHỦ NGHĨA VIỆT NAM$", re.IGNORECASE)
MOTTO = re.compile(r"^Độc lập\b.*\bHạnh phúc$", re.IGNORECASE)
NUMBER = re.compile(r"^Số\b", re.IGNORECASE)
ABOUT = re.compile(r"^V/?v\b", re.IGNORECASE)
RECIPIENTS = re.compile(r"^Nơi nhận\b", re.IGNORECASE)
ADDRESSEES = re.compile(r"^Kính gửi\b", re.IGNORECASE)
LABEL = re.compile(r"^Phụ lục\b[^.,;]{0,8}$", re.IGNORECASE)
ATTACHED_TO = re.compile(r"^\(Kèm theo\b", re.IGNORECASE)
BASIS = re.compile(r"^(Căn cứ|Theo đề nghị|Xét đề nghị)\b")
DECIDES = re.compile(r"^QUYẾT ĐỊNH\b", re.IGNORECASE)
HEADING = re.compile(
    r"^(?P<roman>[IVXLC]+)[.)] |^(?P<arabic>\d+)[.)] |^(?P<letter>[a-zđăâêôơư]{1,2})[.)] |^(?P<article>Điều \d+)\b"
)
NOTE = re.compile(r"^(Ghi chú:|Nguồn:|\(\*\)|\./\.$)")
DRAFT = re.compile(r"^DỰ THẢO", re.IGNORECASE)


class Role(Enum):
    """What a unit is in its file."""

    MAIN = "main"
    ATTACHED = "attached"
    ANNEX = "annex"


@dataclass
class Unit:
    """One document or annex. What is not there is None or empty."""

    role: Role
    sections: list[int]
    agencies: list[Par] = field(default_factory=list)
    agency_rule: Par | None = None
    draft: Par | None = None
    number: Par | None = None
    about: Par | None = None
    nation: Par | None = None
    motto: Par | None = None
    motto_rule: Par | None = None
    place_date: Par | None = None
    label: Par | None = None
    kind: Par | None = None
    subject: list[Par] = field(default_factory=list)
    attached_to: Par | None = None
    title_rule: Par | None = None
    text: list[Par] = field(default_factory=list)
    said: list[Par] = field(default_factory=list)  # text and tables, in order
    recipients: list[Par] = field(default_factory=list)
    signature: list[Par] = field(default_factory=list)

    @property
    def is_letter(self) -> bool:
        """Công văn: the one kind that has no name."""
        return self.role is Role.MAIN and self.kind is None

    @property
    def is_decision(self) -> bool:
        """Quyết định."""
        return self.kind is not None and self.kind.text == "QUYẾT ĐỊNH"

    @property
    def addressees(self) -> list[Par]:
        """Kính gửi, and the lines that belong to it."""
        first = next((index for index, par in enumerate(self.text) if ADDRESSEES.match(par.text)), None)
        if first is None:
            return []
        lines = [self.text[first]]
        for par in self.text[first + 1 :]:
            if not par.text.startswith("-") or lines[0].text.rstrip()[-1] != ":":
                break
            lines.append(par)
        return lines

    @property
    def basis(self) -> list[Par]:
        """The lines of căn cứ: before the text, each an end in itself."""
        found = []
        for par in self.text[len(self.addressees) :]:
            if HEADING.match(par.text) or DECIDES.match(par.text):
                break
            if BASIS.match(par.text) and par.text.rstrip()[-1] in ";.,":
                found.append(par)
        return found

    @property
    def decides(self) -> Par | None:
        """QUYẾT ĐỊNH: between basis and articles."""
        return next((par for par in self.text if DECIDES.match(par.text)), None) if self.is_decision else None

    @property
    def authority(self) -> Par | None:
        """Who decides: the line before the basis."""
        return next((par for par in self.text if par.align == "center"), None) if self.is_decision else None

    @property
    def notes(self) -> list[Par]:
        """What stands right under a table or chart and says something of it: the decree is silent on its look (A10)."""
        return [par for par in self.text if NOTE.match(par.text)]

    @property
    def body(self) -> list[Par]:
        """The text itself: without addressees, basis, authority, QUYẾT ĐỊNH and notes of tables."""
        apart = {id(par) for par in (*self.addressees, *self.basis, *self.notes, self.decides, self.authority)}
        return [par for par in self.text if id(par) not in apart]

    @property
    def last(self) -> Par | None:
        """The last paragraph of text or table."""
        return self.said[-1] if self.said else None


def units(word: Word) -> list[Unit]:
    """The units of a file, in order."""
    found: list[Unit] = []
    for section, pars in groupby(word.pars, key=lambda par: par.section):
        stretch = [par for par in pars if par.text.strip() or par.drawn or par.cell]
        role = _role(stretch, first=not found)
        if role is None and found:
            found[-1].sections.append(section)
            _sort_out(found[-1], stretch)
            continue
        unit = Unit(role or Role.MAIN, [section])
        found.append(unit)
        _sort_out(unit, stretch)
    return found


def _role(pars: list[Par], *, first: bool) -> Role | None:
    """What begins here; None where the text before goes on."""
    said = [par for par in pars if par.text.strip()]
    if said and LABEL.match(said[0].text):
        return Role.ANNEX  # perhaps the first and only: an annex in a file of its own
    if first:
        return Role.MAIN
    if any(NATION.match(par.text) for par in said) or any(par.text in KINDS and par.cell is None for par in said):
        return Role.ATTACHED
    return None


def _sort_out(unit: Unit, pars: list[Par]) -> None:
    head = {par.cell.table for par in pars if par.cell and (NATION.match(par.text) or MOTTO.match(par.text))}
    end = {
        par.cell.table for par in pars if par.cell and not par.cell.borders and par.cell.table not in head
    }  # without borders: no table of the text
    for par in pars:
        if par.cell and par.cell.table in head:
            _of_head(unit, par)
        elif par.cell and par.cell.table in end:
            _of_end(unit, par)
        elif par.cell and par.words:
            unit.said.append(par)
        elif not par.cell:
            _of_text(unit, par)


def _of_head(unit: Unit, par: Par) -> None:
    assert par.cell is not None
    text = par.text.strip()
    if not text and not par.drawn:
        return
    if par.cell.column == 0:
        if par.drawn:
            unit.agency_rule = par
        elif DRAFT.match(text):
            unit.draft = par
        elif NUMBER.match(text):
            unit.number = par
        elif ABOUT.match(text) or unit.agency_rule or unit.number:
            unit.about = par
        else:
            unit.agencies.append(par)
    elif par.drawn:
        unit.motto_rule = par
    elif NATION.match(text):
        unit.nation = par
    elif MOTTO.match(text):
        unit.motto = par
    else:
        unit.place_date = par


def _of_end(unit: Unit, par: Par) -> None:
    assert par.cell is not None
    if par.cell.column:
        unit.signature.append(par)  # empty ones too: the space to sign
    elif par.words:
        unit.recipients.append(par)


def _of_text(unit: Unit, par: Par) -> None:
    """Before the rule under the title: label, kind, subject, (Kèm theo …); after it the text."""
    text = par.text.strip()
    begun = bool(unit.said or unit.title_rule)
    if par.drawn:
        unit.title_rule = par
    elif not begun and unit.role is Role.ANNEX and unit.label is None and LABEL.match(text):
        unit.label = par
    elif not begun and unit.role is not Role.ANNEX and unit.kind is None and text.upper() in KINDS:
        unit.kind = par
    elif not begun and DRAFT.match(text):
        unit.draft = par
    elif not begun and ATTACHED_TO.match(text):
        unit.attached_to = par
    elif not begun and par.align == "center" and (unit.kind or unit.label) and not unit.attached_to:
        unit.subject.append(par)
    else:
        unit.text.append(par)
        unit.said.append(par)
