"""Where a line must not break: in a citation's number, between a day and its month, a number and what it counts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from bdg_cli.prose.mentions import Mention, Quantity

# Inside a mention: "số 28/NQ-CP", "ngày 05 tháng 7", "năm 2024", "6 tháng đầu năm".
_IN_MENTION = re.compile(r" (?=\d)|(?<=\d) (?=tháng\b)")
# Inside a quantity: "42/100.000 trẻ", "04 tin".
_BEFORE_UNIT = re.compile(r"(?<=\d) ")
# Anywhere: "2021 - 2025"; and no line begins with the dash of a name.
_SPAN = re.compile(r"(?<!\d)\d{4}(?P<before> )[-–](?P<after> )\d{4}(?!\d)")
_DASH_IN_NAME = re.compile(r"(?<=\w) (?=[-–] \w)")


def joints(text: str, mentions: Iterable[Mention], quantities: Iterable[Quantity]) -> Iterator[int]:
    """The offsets of the spaces of a text that must stay whole; what it mentions and counts is what was read in it."""
    for mention in mentions:
        for match in _IN_MENTION.finditer(text, mention.start, mention.end):
            yield match.start()
    for quantity in quantities:
        if quantity.unit:
            for match in _BEFORE_UNIT.finditer(text, quantity.value_start, quantity.unit_end):
                yield match.start()
    for match in _SPAN.finditer(text):
        yield from (match.start("before"), match.start("after"))
    for match in _DASH_IN_NAME.finditer(text):
        yield match.start()
