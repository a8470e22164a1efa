"""How periods lie in one another: what a year is the sum of, and which shorter period ends with it. Pure."""

from __future__ import annotations

from functools import cache

from bdg_cli.dates import Period, PeriodKind

_H, _Q, _M = PeriodKind.HALF, PeriodKind.QUARTER, PeriodKind.MONTH


def months(period: Period) -> int:
    """How many months a period has."""
    return (period.end.year - period.start.year) * 12 + period.end.month - period.start.month + 1


@cache
def divisions(period: Period) -> tuple[tuple[Period, ...], ...]:
    """The ways to cut a period of a year or less into shorter ones, the longest pieces first."""
    year, number = period.year, period.number
    match period.kind:
        case PeriodKind.YEAR:
            return (_run(_H, year, 1, 2), _run(_Q, year, 1, 4), _run(_M, year, 1, 12))
        case PeriodKind.NINE_MONTHS:
            return (
                (*_run(_H, year, 1, 1), *_run(_Q, year, 3, 3)), _run(_Q, year, 1, 3), _run(_M, year, 1, 9),
            )  # fmt: skip
        case PeriodKind.HALF:
            return (_run(_Q, year, 2 * number - 1, 2 * number), _run(_M, year, 6 * number - 5, 6 * number))
        case PeriodKind.QUARTER:
            return (_run(_M, year, 3 * number - 2, 3 * number),)
    return ()


@cache
def same_end(period: Period) -> tuple[Period, ...]:
    """The shorter periods that end on the same day, the longest first; of several years the last one."""
    if period.kind is PeriodKind.SPAN:
        return (Period.parse(str(period.last_year)),)
    return tuple(parts[-1] for parts in divisions(period))


def _run(kind: PeriodKind, year: int, first: int, last: int) -> tuple[Period, ...]:
    return tuple(Period(kind, year, number, year) for number in range(first, last + 1))
