"""One whole plan as checks, facts and documents see it: its three files together, with what follows from them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

from bdg_cli import prose
from bdg_cli.dates import Period
from bdg_cli.findings import Place
from bdg_cli.markup import Expression, Text
from bdg_cli.models.plan import (
    AssignmentsFile,
    Duty,
    Measure,
    Objective,
    PlanFile,
    Role,
    Status,
    Target,
    TargetsFile,
)

SEAM = "\0"  # between passages; in none of them: a text with control characters is not read


class Part(Enum):
    """Which part of a plan a passage of text belongs to."""

    TITLE = "title"
    OPENING = "opening"
    BASIS = "basis"
    SECTION = "section"
    TARGET = "target"
    TASK = "task"
    FUNDING = "funding"
    REPORTING = "reporting"
    CLOSING = "closing"


@dataclass(frozen=True, slots=True)
class Passage:
    """A text and the part of the plan it stands in."""

    part: Part
    text: Text


@dataclass(frozen=True, slots=True)
class Mention:
    """What the prose reader found, the passage it found it in, and what else it found there."""

    passage: Passage
    reading: prose.Reading
    found: prose.Mention

    def place(self, start: int | None = None, end: int | None = None) -> Place:
        """Where it stands; or the part of it from `start` to `end`, offsets into the passage."""
        first = self.found.start if start is None else start
        return self.passage.text.place(first, self.found.end if end is None else end)


class Found(NamedTuple):
    """Where a pattern matched: which passage, what is read of it, offsets there (`match` has those of the whole)."""

    order: int
    passage: Passage
    reading: prose.Reading
    start: int
    end: int
    match: re.Match[str]

    def place(self) -> Place:
        """Where it stands in the file."""
        return self.passage.text.place(self.start, self.end)

    @property
    def in_title(self) -> bool:
        """Whether it stands in the title of a cited document."""
        return self.reading.in_title(self.start)


@dataclass(frozen=True, slots=True)
class Claim:
    """One agency's answer for one objective, target or measure (`number`), or for the whole plan (None)."""

    duty: Duty
    agency: str
    role: Role
    number: str | None
    place: Place


@dataclass(frozen=True)
class Plan:
    """A plan folder, loaded. `names` are the names of acts that its prose is searched for."""

    id: str
    file: PlanFile
    targets: TargetsFile
    assignments: AssignmentsFile
    names: tuple[str, ...] = ()

    @property
    def issued(self) -> bool:
        """Whether the document has left the office."""
        return self.file.status is not Status.DRAFT

    @property
    def period(self) -> Period | None:
        """The period it is for; without one, the year of its date."""
        if self.file.period is not None:
            return self.file.period
        if self.file.date is not None and self.file.date.year is not None:
            return Period.parse(str(self.file.date.year))
        return None

    @property
    def last_year(self) -> int | None:
        """The last year of its period: the due year of a measure that names none (design.md 2)."""
        return self.period.end.year if self.period else None

    def dated_on(self) -> date | None:
        """The latest day its date can mean: the day on which agencies and acts must exist."""
        written = self.file.date
        return written.latest if written is not None and written.year is not None else None

    @property
    def objectives(self) -> tuple[Objective, ...]:
        """The objectives, in order."""
        return self.targets.objectives

    def walk_targets(self) -> Iterator[tuple[Objective, Target]]:
        """Every target with its objective."""
        for objective in self.objectives:
            for target in objective.targets:
                yield objective, target

    def measures(self) -> Iterator[tuple[Target, Measure]]:
        """Every measure with its target."""
        for _, target in self.walk_targets():
            for measure in target.measures:
                yield target, measure

    @cached_property
    def numbers(self) -> dict[str, tuple[str, ...]]:
        """Each objective, target and measure id, with the ids from it up to its objective."""
        chain: dict[str, tuple[str, ...]] = {}
        for objective in self.objectives:
            chain[objective.id] = (objective.id,)
            for target in objective.targets:
                chain.setdefault(target.id, (target.id, objective.id))
                for measure in target.measures:
                    if measure.id != target.id:
                        chain.setdefault(measure.id, (measure.id, target.id, objective.id))
        return chain

    @cached_property
    def claims(self) -> tuple[Claim, ...]:
        """Who answers for what, in the order written."""
        return tuple(self._walk_claims())

    def _walk_claims(self) -> Iterator[Claim]:
        for duty in self.assignments.duties:
            for answer in duty.answers_for:
                numbers: tuple[str | None, ...] = answer.targets or (None,)
                for agency in duty.named:
                    for number in numbers:
                        place = answer.at("targets") if answer.targets else answer.at("role")
                        yield Claim(duty, agency, answer.role, number, place)

    def owners(self, number: str) -> tuple[Claim, ...]:
        """Who owns an objective, target or measure: claims at the nearest level.

        Measure over target over objective over the whole plan.
        """
        for level in (*self.numbers.get(number, (number,)), None):
            claims = tuple(claim for claim in self.claims if claim.role is Role.OWNER and claim.number == level)
            if claims:
                return claims
        return ()

    def passages(self) -> Iterator[Passage]:
        """Every text of the plan, in the order of the document."""
        return iter(self._passages)

    @cached_property
    def _passages(self) -> tuple[Passage, ...]:
        return tuple(self._walk_passages())

    def _walk_passages(self) -> Iterator[Passage]:
        file = self.file
        yield from _passages(Part.TITLE, file.title, file.subject)
        yield from _passages(Part.BASIS, file.authority, *file.basis, file.proposal)
        for article in file.articles:
            yield from _passages(Part.OPENING, article.title, article.text)
        yield from _passages(Part.OPENING, file.opening)
        if file.attached is not None:
            yield from _passages(Part.TITLE, file.attached.title)
            yield from _passages(Part.OPENING, file.attached.opening)
        for section in file.walk_sections():
            yield from _passages(Part.SECTION, *section.texts())
        for objective in self.objectives:
            yield from _passages(Part.TARGET, objective.title, *(target.text for target in objective.targets))
        for duty in self.assignments.duties:
            yield from _passages(Part.TASK, *(task.text for task in duty.tasks))
            yield from _passages(Part.TASK, *(answer.as_written for answer in duty.answers_for))
        yield from _passages(Part.FUNDING, *(entry.text for entry in file.funding))
        yield from _passages(Part.REPORTING, *(entry.text for entry in file.reporting))
        yield from _passages(Part.CLOSING, file.closing, file.attached.closing if file.attached else None)

    @cached_property
    def readings(self) -> tuple[tuple[Passage, prose.Reading], ...]:
        """Every passage with what the prose reader makes of it; each text is read once."""
        return tuple((passage, prose.Reading(passage.text.raw, self.names)) for passage in self.passages())

    @cached_property
    def expressions(self) -> tuple[tuple[Passage, Expression], ...]:
        """Every `{{ name }}` of the plan's texts, in order."""
        return tuple((passage, one) for passage in self.passages() for one in passage.text.expressions())

    @cached_property
    def _whole(self) -> tuple[str, str, tuple[int, ...]]:
        """All prose in one, as written and in lower case, and where each passage begins. No gap reaches over a seam."""
        texts = [reading.text for _, reading in self.readings]
        starts = accumulate((len(text) + len(SEAM) for text in texts), initial=0)
        return SEAM.join(texts), SEAM.join(reading.small for _, reading in self.readings), tuple(starts)

    def find(self, pattern: re.Pattern[str], *, small: bool = True) -> Iterator[Found]:
        """Every match of a pattern in the prose in lower case (or as written): one search for all passages.

        What the pattern looks at beside the match must not reach over the end of a passage.
        """
        text, lower, starts = self._whole
        for match in pattern.finditer(lower if small else text):
            index = bisect_right(starts, match.start()) - 1
            start = starts[index]
            yield Found(index, *self.readings[index], match.start() - start, match.end() - start, match)

    def stretches(
        self, ends: str, wanted: Callable[[list[str]], Iterable[int]]
    ) -> Iterator[tuple[Passage, prose.Reading, int, int]]:
        """The prose in lower case cut at each of the characters `ends` and between passages: the stretches wanted.

        `wanted` is given all of them, and says which by position.
        """
        _, cut, starts = self._whole
        for end in ends:
            cut = cut.replace(end, SEAM)
        pieces = cut.split(SEAM)
        for at in wanted(pieces):
            position = sum(map(len, pieces[:at])) + at * len(SEAM)
            index = bisect_right(starts, position) - 1
            start = position - starts[index]
            yield *self.readings[index], start, start + len(pieces[at])

    @cached_property
    def full_text(self) -> str:
        """All prose with single spaces, a line a passage: what is not in it stands in no passage."""
        return "\n".join(single_spaced(reading.text) for _, reading in self.readings)

    @cached_property
    def words(self) -> str:
        """All prose in lower case, a line a passage."""
        return self.full_text.lower()

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """Every word of the prose in lower case."""
        text = self.words
        for sign in _PUNCTUATION:
            text = text.replace(sign, " ")
        words = set(text.split())
        odd = {word for word in words if not word.isalnum()}
        return frozenset(words - odd).union(_NO_LETTERS.sub(" ", " ".join(odd)).split())

    @cached_property
    def mentions(self) -> tuple[Mention, ...]:
        """The citations, named acts, dates, periods and deadlines of the plan's texts."""
        return tuple(
            Mention(passage, reading, found) for passage, reading in self.readings for found in reading.mentions
        )


def single_spaced(text: str) -> str:
    """The text with single spaces. Most texts have no others, and are not taken to pieces."""
    text = text.strip()
    return " ".join(text.split()) if "  " in text or "\n" in text else text


_PUNCTUATION = ',.;:()“”"-–/%'  # most of what stands between words: each is quickly replaced
_NO_LETTERS = re.compile(r"[^\w\s]")


def _passages(part: Part, *texts: Text | None) -> Iterator[Passage]:
    return (Passage(part, text) for text in texts if text is not None)
