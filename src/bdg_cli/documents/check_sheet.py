"""PHIẾU KIỂM TRA: one or two pages for the person who signs: what is still open in a plan, what was accepted, by whom.

Takes plain values: what was found is said by the checks, this module only sets it out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from bdg_cli.documents.advances import Type, lines
from bdg_cli.documents.model import (
    Align,
    Block,
    Column,
    Document,
    Heading,
    Paragraph,
    Properties,
    Row,
    Run,
    Runs,
    Style,
    Table,
    Title,
)
from bdg_cli.documents.texts import plain
from bdg_cli.documents.wording import Wording, numbered
from bdg_cli.vietnamese import count, lower_first, sentence_case, short_date

PERMANENT = "permanent"

_OPEN = (Column("TT", 12, Align.CENTRE), Column("Chỗ trong văn bản", 46), Column("Nội dung", 102))
_ACCEPTED = (
    Column("TT", 12, Align.CENTRE),
    Column("Chỗ trong văn bản", 34),
    Column("Nội dung", 48),
    Column("Lý do chấp nhận", 36),
    Column("Ai chấp nhận, đến khi nào", 30),
)
_ACCEPTED_BY_ONE = (
    Column("TT", 12, Align.CENTRE),
    Column("Chỗ trong văn bản", 40),
    Column("Nội dung", 60),
    Column("Lý do chấp nhận", 48),
)
_CODE_MARKS = re.compile(r"`([^`]*)`")

# How much goes on two pages: points of height between the margins, as the styles of the tables take them.
_PAGES = 2
_PAGE_HEIGHT = 728.0
_HEAD = 190.0  # title, verdict, what could not be checked
_HEADING = 28.0
_BODY_LINE = 18.0
_NOTE = 18.0
_LINE = 13.8
_ROW_MARGIN = 4.5
_CELL_MARGINS = 11.5  # left and right together
_POINTS_PER_MM = 72 / 25.4
_TYPE = Type(12)
_SLACK = 0.96  # rows do not split over pages: some room is lost at the end of the first
_ACCEPTED_SHARE = 0.3  # of the room is kept for what was accepted


@dataclass(frozen=True, slots=True)
class Point:
    """One finding in words: where it stands in the document, under which rule, what is wrong, the way out."""

    severity: str
    code: str
    title: str
    where: str
    message: str
    way_out: str


@dataclass(frozen=True, slots=True)
class AcceptedPoint:
    """A finding that was accepted: why, by whom, until when (ISO day, `permanent`, or empty where not said)."""

    code: str
    title: str
    where: str
    message: str
    reason: str
    owner: str
    until: str


@dataclass(frozen=True, slots=True)
class Checked:
    """What was checked: the plan's id, kind, number, title and status as words, the day, and bdg's version.

    Kind and status are empty where the plan cannot be read.
    """

    plan: str
    kind: str
    number: str
    title: str
    status: str
    day: date
    version: str


def build(
    checked: Checked, points: tuple[Point, ...], accepted: tuple[AcceptedPoint, ...], unread: tuple[str, ...],
    shared_errors: int, repository: str, custom: dict[str, str],
) -> Document:  # fmt: skip
    """The sheet. `unread` are files that could not be read, `shared_errors` counts errors in the shared files."""
    builder = _Builder(checked, Wording(repository))
    title = builder.words(
        "subject",
        kind=checked.kind,
        number=checked.number,
        title=builder.quoted(lower_first(checked.title)),
        plan=checked.plan,
    )
    blocks = [
        Title(builder.words("kind").upper(), plain(title)),
        *builder.head(points, accepted, unread, shared_errors),
        *builder.sections(points, accepted),
    ]
    properties = Properties(
        title=f"{builder.words('kind')}: {title}",
        author=f"bdg {checked.version}",
        subject=title,
        keywords=f"bình đẳng giới, {checked.plan}",
        custom=custom,
    )
    return Document(f"{checked.plan}-kiem-tra", properties, tuple(blocks))


@dataclass(frozen=True, slots=True)
class _Part:
    """A table to be: what it is called, its columns, its rows, the lines above it."""

    name: str
    columns: tuple[Column, ...]
    rows: list[Row]
    above: tuple[Runs, ...] = ()


@dataclass
class _Builder:
    checked: Checked
    wording: Wording

    def say(self, what: str, **values: object) -> Runs:
        """One of the sheet's sentences."""
        return self.wording.line("check/words.md.j2", say=what, **values)

    def words(self, what: str, **values: object) -> str:
        """The same as text."""
        return "".join(run.text for run in self.say(what, **values))

    def quoted(self, text: str) -> str:
        """What a check or a person wrote, for use in a template: taken as it is, whatever marks it has."""
        return self.wording.token(plain(_CODE_MARKS.sub(r"“\1”", text))) if text else ""

    def head(
        self, points: tuple[Point, ...], accepted: tuple[AcceptedPoint, ...], unread: tuple[str, ...], shared: int
    ) -> Iterator[Block]:
        """When it was checked, and in one sentence how the document stands."""
        by = {name: sum(point.severity == name for point in points) for name in ("error", "warning", "info")}
        further = self.words(
            "further",
            warnings=count(by["warning"]) if by["warning"] else "",
            infos=count(by["info"]) if by["info"] else "",
            accepted=count(len(accepted)) if accepted else "",
        )
        day = short_date(self.checked.day)
        checked = self.say("checked", day=day, version=self.checked.version, status=self.checked.status)
        yield Paragraph(tuple(replace(run, italic=True) for run in checked), Style.CENTRED)
        said = self.say("errors", errors=count(by["error"])) if by["error"] else self.say("no-errors")
        yield Paragraph((*(replace(run, bold=True) for run in said), *plain(f"{further}.")))
        if unread:
            yield Paragraph(self.say("not-checked", files=self.quoted(", ".join(unread))))
        if shared:
            yield Paragraph(self.say("shared", count=count(shared)))

    def sections(self, points: tuple[Point, ...], accepted: tuple[AcceptedPoint, ...]) -> Iterator[Block]:
        """A table for each severity and one for what was accepted; together they fill two pages at most."""
        tables = [
            _Part(name, _OPEN, list(self.open_rows(point for point in points if point.severity == name)))
            for name in ("error", "warning", "info")
        ]
        tables.append(self.accepted_part(accepted))
        tables = [part for part in tables if part.rows]
        for position, (part, fitting) in enumerate(zip(tables, _shares(tables), strict=True), 1):
            yield Heading(1, numbered(1, position), self.say(part.name, count=count(len(part.rows))))
            yield from (Paragraph(runs) for runs in part.above)
            left = len(part.rows) - fitting
            hidden = part.name == "accepted"
            note = self.say("more", count=count(left), plan=self.checked.plan, accepted=hidden) if left else ()
            if fitting:
                yield Table(part.columns, tuple(part.rows[:fitting]), note)
            elif note:
                yield Paragraph(tuple(replace(run, italic=True) for run in note))

    def open_rows(self, points: Iterable[Point]) -> Iterator[Row]:
        """The rows of one severity. What a rule is called and its way out are told once."""
        told: set[str] = set()
        for number, point in enumerate(points, 1):
            first = point.code not in told
            told.add(point.code)
            what = self.what(point, titled=first)
            if first and point.way_out:
                advice = self.say("way-out", way_out=self.quoted(point.way_out))
                what = (*what, Run(" "), *(replace(run, italic=True) for run in advice))
            yield Row((plain(str(number)), plain(point.where), what))

    def accepted_part(self, points: tuple[AcceptedPoint, ...]) -> _Part:
        """What was accepted; who and until when stands above the table where it is the same for all."""
        by = [self.by(point) for point in points]
        alike = len(set(by)) == 1 and len(by) > 1
        told: set[str] = set()
        rows = []
        for number, (point, who) in enumerate(zip(points, by, strict=True), 1):
            what = self.what(point, titled=point.code not in told)
            told.add(point.code)
            cells = (plain(str(number)), plain(point.where), what, plain(point.reason))
            rows.append(Row(cells if alike else (*cells, plain(who))))
        if not alike:
            return _Part("accepted", _ACCEPTED, rows)
        return _Part("accepted", _ACCEPTED_BY_ONE, rows, (self.say("by-one", by=self.wording.token(plain(by[0]))),))

    def what(self, point: Point | AcceptedPoint, *, titled: bool) -> Runs:
        """What is wrong, behind what the rule is called."""
        message = _CODE_MARKS.sub(r"“\1”", point.message).rstrip(". ")
        if not titled:
            return plain(f"{sentence_case(message)}.")
        return (Run(point.title, bold=True), *plain(f" ({point.code}): {message}."))

    def by(self, point: AcceptedPoint) -> str:
        """Who accepted it, until when."""
        dated = point.until not in {"", PERMANENT}
        return self.words(
            "by", owner=self.wording.token(plain(point.owner)) if point.owner else "",
            permanent=point.until == PERMANENT, day=short_date(date.fromisoformat(point.until)) if dated else "",
        )  # fmt: skip


def _shares(parts: list[_Part]) -> list[int]:
    """How many rows of each table fit on the pages: in order, but with some room kept for what was accepted."""
    heights = [[_height(part.columns, row) for row in part.rows] for part in parts]
    room = _PAGES * _PAGE_HEIGHT * _SLACK - _HEAD - sum(_around(part) for part in parts)
    kept = sum(sum(own) for own, part in zip(heights, parts, strict=True) if part.name == "accepted")
    kept = min(kept, room * _ACCEPTED_SHARE)
    shown = []
    for own, part in zip(heights, parts, strict=True):
        free = room if part.name == "accepted" else room - kept
        fitting = 0
        for height in own:
            if height > free:
                break
            free -= height
            room -= height
            fitting += 1
        shown.append(fitting)
    return shown


def _around(part: _Part) -> float:
    """The height of heading, lines above, header row and note."""
    titles = Row(tuple((Run(column.title),) for column in part.columns))
    return _HEADING + len(part.above) * 2 * _BODY_LINE + _height(part.columns, titles) + _NOTE


def _height(columns: tuple[Column, ...], row: Row) -> float:
    """About how many points a row is high."""
    deepest = max(
        len(lines("".join(run.text for run in runs), _TYPE, column.width * _POINTS_PER_MM - _CELL_MARGINS))
        for column, runs in zip(columns, row.cells, strict=True)
    )
    return deepest * _LINE + _ROW_MARGIN
