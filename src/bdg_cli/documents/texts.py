"""Texts of a plan into runs: expressions resolved, citations full the first time and short after, no-break spaces."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from bdg_cli import prose
from bdg_cli.dates import PartialDate
from bdg_cli.documents.model import Paragraph, Run, Runs, Style
from bdg_cli.findings import Place
from bdg_cli.markup import Expression, Literal, Text
from bdg_cli.models.plan import Measure
from bdg_cli.models.registry import Act, ActKind
from bdg_cli.plan import Plan
from bdg_cli.progress import MeasureProgress, value_text
from bdg_cli.registry import Registry
from bdg_cli.vietnamese import NO_BREAK, long_date, lower_first, nfc, sentence_case, short_date

_NAMED_ONLY = {ActKind.LAW, ActKind.CODE}  # cited by type and name (NĐ 30/2020/NĐ-CP, Phụ lục I, mục II.6.b)


@dataclass
class Speaker:
    """Says a plan's texts in one document. It remembers which acts have been cited: the second time is short."""

    plan: Plan
    registry: Registry
    day: date | None
    cited: set[str] = field(default_factory=set)

    def paragraphs(self, text: Text | None) -> Iterator[Paragraph]:
        """Each paragraph of a text, and each `-` item."""
        for runs, item in self.blocks(text):
            yield Paragraph(runs, Style.ITEM if item else Style.BODY, "-" if item else "")

    def blocks(self, text: Text | None, measures: tuple[Measure, ...] = ()) -> Iterator[tuple[Runs, bool]]:
        """The runs of each block of a text, and whether it is an item. Each piece knows its own place in the text."""
        if text is None:
            return
        for block in text.blocks:
            runs = tuple(self._run(piece, measures, text.place(piece.start, piece.end)) for piece in block.pieces)
            yield no_break(runs), block.item

    def line(self, text: Text | None, measures: tuple[Measure, ...] = ()) -> Runs:
        """A text that is one line: all its blocks together."""
        return tuple(run for runs, _ in self.blocks(text, measures) for run in runs)

    def _run(self, piece: Literal | Expression, measures: tuple[Measure, ...], origin: Place) -> Run:
        if isinstance(piece, Literal):
            return Run(nfc(piece.text), piece.bold, piece.italic, origin)
        return Run(nfc(self._said(piece, measures)), piece.bold, piece.italic, origin)

    def _said(self, expression: Expression, measures: tuple[Measure, ...]) -> str:
        argument = expression.argument or ""
        match expression.name:
            case "cite" | "act":
                return self.cite(argument)
            case "agency":
                return self.registry.name(argument, self.day)
            case "agency_short":
                return self.registry.short_name(argument, self.day)
            case "value" if measures:
                return value_text(_measure(measures, expression.argument))
            case "due" if measures:
                return str(_measure(measures, expression.argument).due or self.plan.last_year or "")
            case "period":
                return str(self.plan.period or "")
            case "area":
                area = self.registry.areas.get(self.plan.file.area or "")
                return area.name if area else ""
            case "issuer":
                return self.registry.name(self.plan.file.issuer, self.day)
        return ""

    def measure_name(self, entry: MeasureProgress) -> str:
        """What a measure is about: its indicator's name; without one, the sentence of its target."""
        if entry.indicator is not None:
            return entry.indicator.name
        return "".join(run.text for run in self.line(entry.target.text, entry.target.measures)).rstrip(".")

    def cite(self, identity: str) -> str:
        """An act, in full the first time, by type and number after that. An unverified one says so."""
        act = self.registry.acts.get(identity)
        if act is None:
            return identity
        if act.kind in _NAMED_ONLY or act.number is None:
            return act.title
        short = f"{act.kind.term} số {act.number}"
        if identity in self.cited:
            return short
        self.cited.add(identity)
        return short + self._full(act) + ("" if act.verified else " (chưa kiểm chứng)")

    def _full(self, act: Act) -> str:
        day = f" {_dated(act)}" if act.date and act.date.complete else ""
        issuer = f" của {self.registry.name(act.issuer, self.day)}" if act.issuer else ""
        return f"{day}{issuer} {lower_first(act.title)}"


def _dated(act: Act) -> str:
    assert act.date is not None
    return long_date(act.date.year, act.date.month, act.date.day)


def _measure(measures: tuple[Measure, ...], identity: str | None) -> Measure:
    """The measure an expression means; checks have made sure that there is one."""
    return next((measure for measure in measures if identity in {None, measure.id}), measures[0])


_DIGIT = re.compile(r"\d")


def no_break(runs: Runs) -> Runs:
    """The spaces inside dates, citations, spans and before units that must not split become no-break spaces."""
    joined = "".join(run.text for run in runs)
    reading = prose.Reading(joined if _DIGIT.search(joined) else "")  # only digits hold a space to what they are of
    keep = set(prose.joints(joined, reading.mentions, reading.quantities))
    if not keep:
        return runs
    out = []
    position = 0
    for run in runs:
        signs = [NO_BREAK if position + index in keep else sign for index, sign in enumerate(run.text)]
        out.append(replace(run, text="".join(signs)))
        position += len(run.text)
    return tuple(out)


_LONGEST_PART = 26  # characters: a longer part must be free to break


def whole_parts(name: str) -> str:
    """An agency's name that breaks only at its dashes: `SỞ LAO ĐỘNG - / THƯƠNG BINH VÀ XÃ HỘI`."""
    parts = name.split(" - ")
    if len(parts) == 1 or max(map(len, parts)) > _LONGEST_PART:
        return name
    return f"{NO_BREAK}- ".join(part.replace(" ", NO_BREAK) for part in parts)


def plain(text: str) -> Runs:
    """Computed words as runs."""
    return no_break((Run(text),))


def short_day(written: PartialDate) -> str:
    """`15/6/2024`, `tháng 6/2024`, `năm 2024`, `15/11 hằng năm`: a date as far as it is known, for a table."""
    if written.year is None:
        return f"{written.day:02}/{written.month:02} hằng năm"
    if written.month is None:
        return f"năm {written.year}"
    if written.day is None:
        return f"tháng {written.month}/{written.year}"
    return short_date(date(written.year, written.month, written.day))


def standing_alone(runs: Runs) -> Runs:
    """The runs with a capital first letter: a task that the plan writes behind the name of its agency."""
    if not runs:
        return runs
    first, *rest = runs
    return (replace(first, text=sentence_case(first.text)), *rest)


def ended(runs: Runs, mark: str) -> Runs:
    """The runs with their last full stop, comma or semicolon replaced by a mark."""
    if not runs:
        return (Run(mark),)
    *head, last = runs
    return (*head, replace(last, text=last.text.rstrip().rstrip(".;,/") + mark))
