"""The one reader of Vietnamese administrative prose: text in, typed mentions with exact offsets out.

Checks, the importer and the typography of documents all stand on it; nobody else matches such things. Pure,
and linear in the text: every repetition in a pattern is bounded, every look to either side has a fixed reach.

Text is expected in NFC. Inside a mention a line break counts as a space; a blank line or the beginning of a
list item ends what came before. `**` around a word is passed over.
"""

from __future__ import annotations

from collections.abc import Iterable

from bdg_cli.prose.citations import cited
from bdg_cli.prose.days import dates, deadlines, ranges
from bdg_cli.prose.joints import joints
from bdg_cli.prose.mentions import (
    Citation,
    DateMention,
    DateRange,
    Deadline,
    Mention,
    NamedAct,
    PeriodMention,
    Taken,
    start_of,
)
from bdg_cli.prose.names import Titles, named, with_own_period
from bdg_cli.prose.patterns import level
from bdg_cli.prose.periods import Periods

__all__ = [
    "Citation",
    "DateMention",
    "DateRange",
    "Deadline",
    "Mention",
    "NamedAct",
    "PeriodMention",
    "joints",
    "read",
]


def read(text: str, names: Iterable[str] = ()) -> tuple[Mention, ...]:
    """Everything the text mentions, in order of place.

    `names` are the names under which acts without number are looked for. A date or period inside a citation,
    range or deadline is not reported again, and a period that belongs to a document stays with it.
    """
    text = level(text)
    periods = Periods(text)
    citations = cited(text, periods)
    taken = Taken(len(text))
    out: list[Mention] = [found for found in citations if taken.take(found.start, found.end)]
    titles = Titles(citations)
    acts = [found for found in named(text, tuple(names)) if taken.take(found.start, found.end)]
    acts = [with_own_period(text, found, titles, periods) for found in acts]
    owners: list[Citation | NamedAct] = [*citations, *acts]
    for owner in owners:
        if owner.period is not None:
            taken.take(owner.period_start, owner.period_end)
    out += acts
    for mentions in (ranges(text), deadlines(text), periods.all, dates(text)):
        out += [found for found in mentions if taken.take(found.start, found.end)]
    return tuple(sorted(out, key=start_of))
