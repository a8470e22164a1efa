"""Which lines of two Word files are the same line: by bookmarks, then by text, then by where they stand. Pure."""

from __future__ import annotations

import re
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass

from bdg_cli.documents.docx_reader import Line, Mark
from bdg_cli.documents.docx_xml import COMPUTED, said

_ALIKE = 0.5  # the share of common words from which on two lines at one point of the document are one rewritten line
_MOSTLY = 0.8  # of the words of a half are words that the other half lost
_LEAST_HALF = 2  # words
_REACH = 50  # how many lines further on a rewritten line is looked for, so that the work stays linear
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Group:
    """Lines that belong together: one and one as a rule, several where a paragraph was split or two were joined.

    Numbers of lines of the old and of the new file, in order; one side is empty where a line came or went.
    """

    old: tuple[int, ...]
    new: tuple[int, ...]


def groups(old: tuple[Line, ...], new: tuple[Line, ...]) -> list[Group]:
    """Every line of both files in one group; in the order of the old file, what is only in the new one last."""
    return _Matching(old, new).groups()


def moved(matched: list[Group]) -> frozenset[Group]:
    """The groups that stand elsewhere than before: all but the longest run of them that kept its order."""
    both = [group for group in sorted(matched, key=lambda group: group.old) if group.old and group.new]
    kept = set(_longest_rising([group.new[0] for group in both]))
    return frozenset(group for index, group in enumerate(both) if index not in kept)


class _Matching:
    def __init__(self, old: tuple[Line, ...], new: tuple[Line, ...]) -> None:
        self._old = old
        self._new = new
        self._links: list[tuple[int, int]] = []
        self._bound_old: set[int] = set()
        self._bound_new: set[int] = set()

    def groups(self) -> list[Group]:
        self._by_marks()
        self._by_halves()
        self._by_cells()
        self._by_text()
        self._by_likeness()
        return self._joined()

    def _link(self, old: int, new: int) -> None:
        self._links.append((old, new))
        self._bound_old.add(old)
        self._bound_new.add(new)

    def _free_old(self) -> list[int]:
        return [index for index in range(len(self._old)) if index not in self._bound_old]

    def _free_new(self) -> list[int]:
        return [index for index in range(len(self._new)) if index not in self._bound_new]

    # -- by bookmarks ------------------------------------------------------------------------------------

    def _by_marks(self) -> None:
        """A line belongs to the lines whose bookmarks it holds; an emptied bookmark counts where nothing else does."""
        before = {mark.number: (index, mark) for index, line in enumerate(self._old) for mark in line.marks}
        full: dict[int, list[int]] = defaultdict(list)
        empty: dict[int, int] = {}
        after: dict[int, Mark] = {}
        for index, line in enumerate(self._new):
            filled = [mark for mark in line.marks if mark.end > mark.start]
            for mark in filled or line.marks:
                after[mark.number] = mark
                if filled:
                    full[mark.number].append(index)
                else:
                    empty[mark.number] = index
        same = _same_marks({number: mark for number, (_, mark) in before.items()}, after)
        for number, indices in full.items():
            for index in indices if number in same else ():
                self._link(before[same[number]][0], index)
        for number, index in empty.items():
            if number in same and before[same[number]][0] not in self._bound_old:
                self._link(before[same[number]][0], index)

    # -- by halves ---------------------------------------------------------------------------------------

    def _by_halves(self) -> None:
        """A paragraph that was split may keep its bookmarks in one half; the other holds the words it lost."""
        for old, new in list(self._links):
            lost, won = self._words(self._old, old), self._words(self._new, new)
            if lost == won:
                continue
            for index in (new - 1, new + 1):
                if index in range(len(self._new)) and index not in self._bound_new:
                    self._link_half(old, index, self._words(self._new, index), lost - won)
            for index in (old - 1, old + 1):
                if index in range(len(self._old)) and index not in self._bound_old:
                    self._link_half(index, new, self._words(self._old, index), won - lost)

    def _link_half(self, old: int, new: int, half: Counter[str], missing: Counter[str]) -> None:
        together = self._old[old].spot == self._new[new].spot or not self._old[old].spot.table
        if together and half.total() >= _LEAST_HALF and (half & missing).total() >= _MOSTLY * half.total():
            self._link(old, new)

    def _words(self, lines: tuple[Line, ...], index: int) -> Counter[str]:
        return Counter(_WORD.findall(lines[index].text.lower()))

    # -- by cells ----------------------------------------------------------------------------------------

    def _by_cells(self) -> None:
        """Rows that share a line are one row; what is left in them is matched by column."""
        votes: dict[tuple[int, int], Counter[tuple[int, int]]] = defaultdict(Counter)
        for old, new in self._links:
            if self._old[old].spot.table and self._new[new].spot.table:
                votes[_row(self._new[new])][_row(self._old[old])] += 1
        rows = {new: count.most_common(1)[0][0] for new, count in votes.items()}
        free: dict[tuple[int, int, int], deque[int]] = defaultdict(deque)
        for index in self._free_old():
            free[(*_row(self._old[index]), self._old[index].spot.column)].append(index)
        for index in self._free_new():
            row = rows.get(_row(self._new[index]))
            cell = free[(*row, self._new[index].spot.column)] if row else ()
            if cell:
                self._link(cell.popleft(), index)

    # -- by text -----------------------------------------------------------------------------------------

    def _by_text(self) -> None:
        """Lines that say the same, in order."""
        free: dict[str, deque[int]] = defaultdict(deque)
        for index in self._free_old():
            free[said(self._old[index].text)].append(index)
        for index in self._free_new():
            same = free.get(said(self._new[index].text))
            if same:
                self._link(same.popleft(), index)

    def _by_likeness(self) -> None:
        """Lines with many words in common, between the same neighbours and in the same order."""
        gaps: dict[int, list[int]] = defaultdict(list)
        partner = dict(sorted((new, old) for old, new in self._links))
        last = -1
        for index in range(len(self._new)):
            last = partner.get(index, last)
            if index not in self._bound_new:
                gaps[last].append(index)
        last = -1
        waiting: dict[int, list[int]] = defaultdict(list)
        for index in range(len(self._old)):
            if index in self._bound_old:
                last = index
            else:
                waiting[last].append(index)
        for gap, olds in waiting.items():
            self._alike(olds, gaps.get(gap, []))

    def _alike(self, olds: list[int], news: list[int]) -> None:
        words = {index: self._words(self._new, index) for index in news}
        position = 0
        for old in olds:
            own = self._words(self._old, old)
            near = news[position : position + _REACH]
            best = max(near, key=lambda index: _likeness(own, words[index]), default=None)
            if best is not None and _likeness(own, words[best]) >= _ALIKE:
                self._link(old, best)
                position = news.index(best, position) + 1

    # -- together ----------------------------------------------------------------------------------------

    def _joined(self) -> list[Group]:
        """The links as groups: whatever hangs together is one."""
        shift = len(self._old)
        parent = list(range(shift + len(self._new)))

        def root(node: int) -> int:
            while parent[node] != node:
                parent[node] = parent[parent[node]]
                node = parent[node]
            return node

        for old, new in self._links:
            first, second = sorted((root(old), root(shift + new)))
            parent[second] = first
        members: dict[int, list[int]] = defaultdict(list)
        for node in range(len(parent)):
            members[root(node)].append(node)
        return [
            Group(tuple(node for node in nodes if node < shift), tuple(node - shift for node in nodes if node >= shift))
            for nodes in members.values()
        ]


def _same_marks(before: dict[int, Mark], after: dict[int, Mark]) -> dict[int, int]:
    """New number → old number: the same in everything, else in origin and text, else in text, else in origin."""
    found: dict[int, int] = {}
    taken: set[int] = set()

    def pair(key: Callable[[Mark], Hashable | None]) -> None:
        free: dict[Hashable, deque[int]] = defaultdict(deque)
        for number, mark in before.items():
            if number not in taken and (value := key(mark)) is not None:
                free[value].append(number)
        for number, mark in after.items():
            if number not in found and (value := key(mark)) is not None and free[value]:
                found[number] = free[value].popleft()
                taken.add(found[number])

    pair(lambda mark: (mark.number, mark.source, mark.signed))
    pair(lambda mark: (mark.source, mark.signed) if mark.source != COMPUTED else None)
    pair(lambda mark: mark.signed if mark.source != COMPUTED else None)
    pair(lambda mark: mark.source if mark.source != COMPUTED else None)
    return found


def _row(line: Line) -> tuple[int, int]:
    return (line.spot.table, line.spot.row)


def _likeness(one: Counter[str], other: Counter[str]) -> float:
    """The share of words that two lines have in common."""
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 0.0


def _longest_rising(numbers: list[int]) -> Iterator[int]:
    """The positions of a longest rising run of numbers, last first."""
    from bisect import bisect_left

    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for index, number in enumerate(numbers):
        at = bisect_left(tails, number)
        tails[at : at + 1] = [number]
        ends[at : at + 1] = [index]
        before.append(ends[at - 1] if at else -1)
    index = ends[-1] if ends else -1
    while index >= 0:
        yield index
        index = before[index]
