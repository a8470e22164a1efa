"""Reads numbers as prose writes them (`1.234,5`, `59,95%`): the value, and how many decimals were written."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from bdg_cli.prose.patterns import OPT

# Not part of a date, a citation or a span; a point for thousands, a comma for decimals.
_NUMBER = re.compile(
    r"(?<![\w.,/%-])(?P<whole>\d{1,3}(?:\.\d{3})+|\d{1,9})(?:,(?P<part>\d{1,6}))?(?![\w.,-]?\d|[-–]\d)"
)


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with its place; `end` is behind the number, before its unit."""

    start: int
    end: int
    value: Decimal
    places: int


def amount_at(text: str, position: int) -> Amount | None:
    """The number that begins at `position`."""
    match = _NUMBER.match(text, position)
    if match is None:
        return None
    part = match["part"] or ""
    value = Decimal(f"{match['whole'].replace('.', '')}.{part or '0'}")
    return Amount(match.start(), match.end(), value, len(part))


def unit_follows(text: str, position: int, unit: str) -> int:
    """The end of `unit` where it stands behind the number that ends at `position`; -1 where it does not.

    `ca/1.000 phụ nữ` is written `18/1.000`; of a unit in words the first ones are enough.
    """
    if unit.startswith("ca/"):
        pattern = re.escape(unit.removeprefix("ca").split()[0]) + r"(?![\d.,])"
    elif unit == "%":
        pattern = rf"{OPT}%"
    else:
        pattern = rf"{OPT}{re.escape(unit.split('/')[0])}(?!\w)"
    match = re.compile(pattern, re.IGNORECASE).match(text, position)
    return match.end() if match else -1
