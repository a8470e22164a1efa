"""The one reader of Vietnamese administrative prose: text in, typed mentions with exact offsets out.

Checks, the importer and the typography of documents all stand on it; nobody else matches such things. Pure,
and linear in the text: every repetition in a pattern is bounded, every look to either side has a fixed reach.

Text is expected in NFC. Inside a mention a line break counts as a space; a blank line or the beginning of a
list item ends what came before. `**` around a word is passed over. The readers of agencies, quantities and
abbreviations are imported when a text is first asked for theirs: their patterns take long to compile.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property

from bdg_cli.prose.citations import cited
from bdg_cli.prose.days import beginnings, dates, deadlines, ranges
from bdg_cli.prose.joints import joints
from bdg_cli.prose.mentions import (
    Abbreviation,
    Agency,
    Citation,
    DateMention,
    DateRange,
    Deadline,
    Definition,
    Mention,
    NamedAct,
    PeriodMention,
    Quantity,
    Taken,
    start_of,
)
from bdg_cli.prose.names import Titles, named, with_own_period
from bdg_cli.prose.patterns import level, lower
from bdg_cli.prose.periods import Periods

_DIGIT = re.compile("[0-9]")

__all__ = [
    "Abbreviation",
    "Agency",
    "Citation",
    "DateMention",
    "DateRange",
    "Deadline",
    "Definition",
    "Mention",
    "NamedAct",
    "PeriodMention",
    "Quantity",
    "Reading",
    "joints",
    "read",
]


class Reading:
    """One text as the reader sees it: each kind of mention is looked for once, when it is first asked for.

    `names` are the names under which acts without number are looked for. The kinds are read apart from each other:
    an agency may stand inside a citation, as its issuer.
    """

    def __init__(self, text: str, names: tuple[str, ...] = ()) -> None:
        self.text = level(text)
        self.small = lower(self.text)
        self.has_digits = _DIGIT.search(text) is not None
        self._names = names

    @cached_property
    def mentions(self) -> tuple[Mention, ...]:
        """Citations, named acts, dates, ranges, periods and deadlines, in order of place.

        A date or period inside a citation, range or deadline is not reported again, and a period that belongs to a
        document stays with it.
        """
        text, small = self.text, self.small
        if not self.has_digits:
            return tuple(named(small, self._names))
        periods = Periods(small)
        citations = cited(text, periods)
        taken = Taken(len(text))
        out: list[Mention] = [found for found in citations if taken.take(found.start, found.end)]
        titles = Titles(citations)
        acts = [found for found in named(small, self._names) if taken.take(found.start, found.end)]
        acts = [with_own_period(text, found, titles, periods) for found in acts]
        owners: list[Citation | NamedAct] = [*citations, *acts]
        for owner in owners:
            if owner.period is not None:
                taken.take(owner.period_start, owner.period_end)
        out += acts
        places = beginnings(small)
        for mentions in (ranges(small, places), deadlines(small), periods.all, dates(small, places)):
            out += [found for found in mentions if taken.take(found.start, found.end)]
        return tuple(sorted(out, key=start_of))

    def in_title(self, position: int) -> bool:
        """Whether a place lies in the title of a cited document: those words are another's."""
        return any(start <= position < end for start, end in self._titles)

    @cached_property
    def _titles(self) -> tuple[tuple[int, int], ...]:
        citations = (found for found in self.mentions if isinstance(found, Citation))
        return tuple((found.title_start, found.title_end) for found in citations if found.title_end > found.title_start)

    @cached_property
    def quantities(self) -> tuple[Quantity, ...]:
        """Numbers that count or measure, in order; none inside a citation, date, period or deadline."""
        if not self.has_digits:
            return ()
        from bdg_cli.prose.quantities import quantities

        return tuple(quantities(self.text, [(found.start, found.end) for found in self.mentions]))

    @cached_property
    def bodies(self) -> tuple[Agency, ...]:
        """Single agencies by their own names, in order."""
        from bdg_cli.prose.agencies import bodies

        return tuple(bodies(self.text, self.small))

    @cached_property
    def agencies(self) -> tuple[Agency, ...]:
        """Agencies, groups of agencies and the members of lists of them, in order."""
        from bdg_cli.prose.groups import with_groups

        return tuple(with_groups(self.text, self.small, self.bodies))

    @cached_property
    def abbreviations(self) -> tuple[Abbreviation, ...]:
        """Abbreviations, in order; none in the number of a document."""
        from bdg_cli.prose.abbreviations import abbreviations

        numbers = [(found.number_start, found.number_end) for found in self.mentions if isinstance(found, Citation)]
        return tuple(abbreviations(self.text, numbers))

    @cached_property
    def definitions(self) -> tuple[Definition, ...]:
        """Where the text says what it calls something, in order."""
        from bdg_cli.prose.abbreviations import definitions

        return tuple(definitions(self.text))


def read(text: str, names: Iterable[str] = ()) -> tuple[Mention, ...]:
    """The citations, named acts, dates, ranges, periods and deadlines of a text, in order (see `Reading`)."""
    return Reading(text, tuple(names)).mentions
