"""A period as a command takes it."""

from __future__ import annotations

from bdg_cli.dates import Period
from bdg_cli.layout import WrongUse


def parse(code: str) -> Period:
    """The period of a code like 2024H1. Raises WrongUse."""
    try:
        return Period.parse(code)
    except ValueError as fault:
        raise WrongUse(str(fault)) from None
