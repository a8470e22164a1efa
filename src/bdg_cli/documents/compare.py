"""What a Word file says against what the repository would say today: differences, each with the place it came from.

Pure. A bookmark of bdg signs what its paragraph said when the file was made; so a change by a person and one in the
repository are told apart without the file that was sent out.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from enum import Enum
from itertools import accumulate, groupby

from bdg_cli.documents.docx_looks import Look
from bdg_cli.documents.docx_reader import Line, Spot, WordFile
from bdg_cli.documents.docx_writer import Origin
from bdg_cli.documents.docx_xml import digest, said
from bdg_cli.documents.matching import Group, groups, moved
from bdg_cli.vietnamese import NO_BREAK

_WORD = re.compile(r"\s*(?:\w+|[^\w\s])|\s+")  # with the space before it: spaces alone would match everywhere
_NUMBER = re.compile(r"(?:[IVXLC]+\.|\d+(?:\.\d+)*\.|[a-zđ]{1,2}\)|\([ivx]+\)|Điều \d+\.|-)\s+")
_HEADING = "heading"


class Change(Enum):
    """What became of a line; the value is its name in JSON."""

    CHANGED = "changed"
    ADDED = "added"
    DELETED = "deleted"
    MOVED = "moved"
    SPLIT = "split"
    MERGED = "merged"
    RENUMBERED = "renumbered"
    FORMATTED = "formatted"


class Author(Enum):
    """Whose doing a difference is; the value is its name in JSON."""

    PERSON = "person"
    REPOSITORY = "repository"
    BOTH = "both"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of one origin, as the repository says it and as the file does."""

    origin: Origin
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Dressed:
    """A stretch of text that looks otherwise in the file than in the repository's document."""

    text: str
    old: Look
    new: Look


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference. `old` is what the repository says today, `new` what the file says: one text for each paragraph.

    `spot`, `style` and `under` (the heading above) say where it stands: in the document of the repository, or, for what
    was added, in the file. `origin` leads to the text in the repository; without it bdg computed the words. For what
    was added it is that of the text before. `beside` is the first of the same row of a table, for a cell without one.
    `row`: a whole row of a table, its cells one text each. `dressed` and `sides` say what looks otherwise, and how the
    paragraph was and is aligned.
    """

    change: Change
    author: Author
    old: tuple[str, ...]
    new: tuple[str, ...]
    spot: Spot
    style: str
    under: str
    origin: Origin | None = None
    beside: Origin | None = None
    pieces: tuple[Piece, ...] = ()
    row: bool = False
    dressed: tuple[Dressed, ...] = ()
    sides: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of the file before its lines are looked at.

    `sealed`: nobody has saved it since bdg wrote it. `current`: the repository and bdg are as they were then.
    """

    sealed: bool
    current: bool


def compare(
    wanted: WordFile, origins: tuple[Origin, ...], found: WordFile, standing: Standing
) -> tuple[Difference, ...]:
    """The differences between the file that the repository would make (`wanted`) and the one at hand (`found`).

    `origins` are those of the bookmarks of `wanted`, by number. In the order of the document.
    """
    return tuple(_Comparison(wanted, origins, found, standing).differences())


class _Comparison:
    def __init__(self, wanted: WordFile, origins: tuple[Origin, ...], found: WordFile, standing: Standing) -> None:
        self._old = wanted.lines
        self._new = found.lines
        self._origins = origins
        self._once = frozenset(made.signed for made in found.origins.values())
        present = {mark.number for line in found.lines for mark in line.marks}
        self._lost = frozenset(
            made.address for number, made in found.origins.items() if made.address and number not in present
        )
        self._standing = standing
        self._rows: dict[tuple[int, int], list[Line]] = defaultdict(list)
        for line in self._old:
            self._rows[(line.spot.table, line.spot.row)].append(line)
        self._groups = groups(self._old, self._new)
        partner = {new: group.old[-1] for group in self._groups for new in group.new if group.old}
        above = accumulate(range(len(self._new)), lambda last, new: partner.get(new, last), initial=-1)
        self._before = tuple(above)  # by new line: the old line that the nearest line above it came from; -1 at first

    def differences(self) -> Iterator[Difference]:
        """Line by line; a row of a table that came, went or moved as a whole is one."""
        elsewhere = moved(self._groups)
        found = []
        for group in sorted(self._groups, key=self._order):
            found += [(group, entry) for entry in self._of(group, moved=group in elsewhere)]
        yield from self._rows_as_one(found)

    def _order(self, group: Group) -> tuple[int, int]:
        """Where a group comes in the document: what was added, behind the line before it."""
        if group.old:
            return (group.old[0], -1)
        return (self._before[group.new[0]], group.new[0])

    def _of(self, group: Group, *, moved: bool) -> Iterator[Difference]:
        olds = [self._old[index] for index in group.old]
        news = [self._new[index] for index in group.new if said(self._new[index].text)]
        if not olds:
            yield from self._added(group, news)
            return
        first = self._described(group.old[0], Change.CHANGED, self._author(olds, news))
        if not news:
            yield replace(first, change=Change.DELETED, author=self._gone(olds), old=_texts(olds))
            return
        change = _change(olds, news)
        if change is not None:
            pieces = tuple(self._pieces(olds, news))
            origin = pieces[0].origin if pieces else first.origin
            yield replace(first, change=change, old=_texts(olds), new=_texts(news), origin=origin, pieces=pieces)
        elif formatted := _formatted(olds[0], news[0]):
            dressed, sides = formatted
            yield replace(
                first, change=Change.FORMATTED, author=self._unsigned(), old=_texts(olds), new=_texts(news),
                dressed=dressed, sides=sides,
            )  # fmt: skip
        if moved:
            author = self._unsigned()
            yield replace(first, change=Change.MOVED, author=author, old=_texts(olds), new=(self._neighbour(group),))

    def _added(self, group: Group, news: list[Line]) -> Iterator[Difference]:
        """Lines that the repository does not have. Those with a bookmark it once had."""
        if not news:
            return
        author = Author.PERSON
        if any(line.marks for line in news):
            author = Author.REPOSITORY if all(map(_as_signed, news)) else Author.BOTH
        author = Author.REPOSITORY if self._standing.sealed else author
        index = group.new[0]
        line, before = self._new[index], self._before[index]
        origin = next((found for old in range(before, -1, -1) if (found := self._origin(self._old[old]))), None)
        under = _heading_above(self._new, index)
        yield Difference(Change.ADDED, author, (), _texts(news), line.spot, line.style, under, origin)

    def _described(self, index: int, change: Change, author: Author) -> Difference:
        line = self._old[index]
        under = _heading_above(self._old, index)
        origin = self._origin(line)
        beside = self._beside(line) if origin is None and line.spot.table else None
        return Difference(change, author, (), (), line.spot, line.style, under, origin, beside)

    def _origin(self, line: Line) -> Origin | None:
        return next((origin for _, _, origin in self._spans(line) if origin.place), None)

    def _beside(self, line: Line) -> Origin | None:
        row = (self._origin(other) for other in self._rows[(line.spot.table, line.spot.row)])
        return next((origin for origin in row if origin), None)

    def _spans(self, line: Line) -> Iterator[tuple[int, int, Origin]]:
        """The stretches of a line of the wanted file that come from the repository's texts."""
        for mark in line.marks:
            origin = self._origins[mark.number - 1]
            if origin.place is not None:
                yield mark.start, mark.end, origin

    # -- whose doing -------------------------------------------------------------------------------------

    def _author(self, olds: list[Line], news: list[Line]) -> Author:
        """From what the bookmarks signed: whoever differs from that has changed something."""
        if self._standing.sealed or self._standing.current:
            return self._only()
        signed = {mark.signed for line in news for mark in line.marks}
        if not signed:
            return Author.UNCLEAR
        by_person = any(digest(line.text) not in signed for line in news)
        in_repository = any(digest(line.text) not in signed for line in olds)
        if by_person and in_repository:
            return Author.BOTH
        return Author.REPOSITORY if in_repository else Author.PERSON

    def _only(self) -> Author:
        """A file nobody saved differs because of the repository; a repository that stands still, because of a person.

        Where both are as they were, bdg itself has changed without a new version: then it counts as the repository.
        """
        return Author.REPOSITORY if self._standing.sealed else Author.PERSON

    def _gone(self, olds: list[Line]) -> Author:
        """Who took out what the file does not have: a person, if it was there when the file was made."""
        if self._standing.sealed or self._standing.current:
            return self._only()
        if not self._once:
            return Author.UNCLEAR
        if all(digest(line.text) in self._once for line in olds):
            return Author.PERSON
        addresses = {origin.address for line in olds for _, _, origin in self._spans(line)}
        return Author.BOTH if addresses & self._lost else Author.REPOSITORY

    def _unsigned(self) -> Author:
        """Whose doing it is where a line stands and how it looks: no bookmark signs that."""
        return self._only() if self._standing.sealed or self._standing.current else Author.UNCLEAR

    def _neighbour(self, group: Group) -> str:
        """The line of the file that a moved one now stands behind; empty at the beginning."""
        above = range(group.new[0] - 1, -1, -1)
        return next((text for index in above if (text := said(self._new[index].text))), "")

    # -- stretches ---------------------------------------------------------------------------------------

    def _pieces(self, olds: list[Line], news: list[Line]) -> Iterator[Piece]:
        """Each stretch of the repository's texts that the file says differently."""
        spans = []
        shift = 0
        for line in olds:
            spans += [(start + shift, end + shift, origin) for start, end, origin in self._spans(line)]
            shift += len(line.text) + 1
        old, new = ("\n".join(line.text for line in lines).replace(NO_BREAK, " ") for lines in (olds, news))
        for (start, end, origin), text in zip(spans, _shared(old, new, spans), strict=True):
            if said(old[start:end]) != said(text):
                yield Piece(origin, old[start:end], text)

    # -- rows --------------------------------------------------------------------------------------------

    def _rows_as_one(self, found: list[tuple[Group, Difference]]) -> Iterator[Difference]:
        """The differences, those that are all the lines of a row put together at the place of the first."""
        sizes: dict[tuple[bool, int, int], int] = defaultdict(int)
        for lines, added in ((self._old, False), (self._new, True)):
            for line in lines:
                sizes[(added, line.spot.table, line.spot.row)] += bool(said(line.text))
        rows: dict[tuple[Change, int, int], list[Difference]] = defaultdict(list)
        for _, entry in found:
            if entry.spot.table and entry.change in {Change.ADDED, Change.DELETED, Change.MOVED}:
                rows[(entry.change, entry.spot.table, entry.spot.row)].append(entry)
        for _, entry in found:
            row = rows.get((entry.change, entry.spot.table, entry.spot.row), [entry])
            size = sizes[(entry.change is Change.ADDED, entry.spot.table, entry.spot.row)]
            if len(row) < 2 or len(row) != size:
                yield entry
            elif entry is row[0]:
                yield _as_row(row)


def _as_row(cells: list[Difference]) -> Difference:
    first = cells[0]
    authors = {cell.author for cell in cells} - {Author.UNCLEAR}
    author = authors.pop() if len(authors) == 1 else Author.UNCLEAR
    old = tuple(text for cell in cells for text in cell.old)
    new = first.new if first.change is Change.MOVED else tuple(text for cell in cells for text in cell.new)
    origin = next((cell.origin for cell in cells if cell.origin), None)
    return replace(first, author=author, old=old, new=new, origin=origin, row=True)


def _texts(lines: list[Line]) -> tuple[str, ...]:
    return tuple(line.text for line in lines)


def _change(olds: list[Line], news: list[Line]) -> Change | None:
    """What became of lines that both files have; None where they say the same."""
    if len(olds) != len(news):
        return Change.SPLIT if len(news) > len(olds) else Change.MERGED
    before, after = ([said(line.text) for line in lines] for lines in (olds, news))
    if before == after:
        return None
    numbers, others = ([_NUMBER.match(text) for text in texts] for texts in (before, after))
    if all(numbers) and all(others):
        bare, now = ([_NUMBER.sub("", text, count=1) for text in texts] for texts in (before, after))
        if bare == now and all(bare):
            return Change.RENUMBERED
    return Change.CHANGED


def _formatted(old: Line, new: Line) -> tuple[tuple[Dressed, ...], tuple[str, str] | None] | None:
    """Which words of two lines that say the same look otherwise, and whether they are aligned otherwise."""
    sides = (old.side, new.side) if old.side != new.side else None
    if old.looks == new.looks:
        return ((), sides) if sides else None
    pairs = zip(_by_sign(old), _by_sign(new), strict=True)
    dressed = []
    for (was, now), signs in groupby(pairs, key=lambda pair: (pair[0][1], pair[1][1])):
        if was != now:
            stretch = [one[0] for one, _ in signs]
            dressed.append(Dressed(old.text[stretch[0] : stretch[-1] + 1], was, now))
    return (tuple(dressed), sides) if dressed or sides else None


def _by_sign(line: Line) -> Iterator[tuple[int, Look]]:
    """Place and look of each sign that is no space."""
    position = 0
    for length, look in line.looks:
        for at in range(position, position + length):
            if not line.text[at].isspace():
                yield at, look
        position += length


def _as_signed(line: Line) -> bool:
    """Whether a line still says what its bookmarks signed."""
    return digest(line.text) in {mark.signed for mark in line.marks}


def _heading_above(lines: tuple[Line, ...], index: int) -> str:
    """The heading that a line stands under; empty before the first and in tables, which have headings of their own."""
    above = range(index - 1, -1, -1)
    return next((said(lines[at].text) for at in above if lines[at].style.startswith(_HEADING)), "")


def _shared(old: str, new: str, spans: list[tuple[int, int, Origin]]) -> list[str]:
    """What each span of the old text has become in the new one.

    Words put in between two spans go to the one before them; words that stand for several spans, to the first.
    """
    shares = [""] * len(spans)
    for start, end, text in edits(old, new):
        if text == old[start:end]:
            for at, (first, last, _) in enumerate(spans):
                shares[at] += old[max(start, first) : min(end, last)]
        elif (owner := _owner(start, end, spans)) is not None:
            shares[owner] += text
    return shares


def _owner(start: int, end: int, spans: list[tuple[int, int, Origin]]) -> int | None:
    """The span that a change belongs to; None where it changes only words that bdg computed."""
    inside = [at for at, (first, last, _) in enumerate(spans) if first < max(end, start + 1) and last > start]
    if inside and (start < end or spans[inside[0]][0] < start):
        return inside[0]
    touching = [at for at, (first, last, _) in enumerate(spans) if start == end and start in {first, last}]
    return touching[0] if touching else None


def edits(old: str, new: str) -> Iterator[tuple[int, int, str]]:
    """The new text as stretches of the old one, from start to end, each with what stands there now."""
    one, other = _WORD.findall(old), _WORD.findall(new)
    head = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    rest = zip(reversed(one[head:]), reversed(other[head:]), strict=False)
    tail = next((at for at, (a, b) in enumerate(rest) if a != b), min(len(one), len(other)) - head)
    offsets = [0]
    for word in one:
        offsets.append(offsets[-1] + len(word))
    middle = len(one) - tail
    yield 0, offsets[head], old[: offsets[head]]
    matcher = SequenceMatcher(None, one[head:middle], other[head : len(other) - tail], autojunk=False)
    for _, i1, i2, j1, j2 in matcher.get_opcodes():
        yield offsets[head + i1], offsets[head + i2], "".join(other[head + j1 : head + j2])
    yield offsets[middle], len(old), old[offsets[middle] :]
