"""Rows and figures in words: the arithmetic of a sum, an unrounded number, and why a row does not count. Pure."""

from __future__ import annotations

from decimal import ROUND_DOWN, Context, Decimal

from bdg_cli.data.counts import Figure
from bdg_cli.data.observations import FigureStatus, Observation
from bdg_cli.vietnamese import number, short_date

MOST_PARTS = 12  # parts of a sum that are told one by one
_PLACES = 8  # decimals of an unrounded value that are written before it is cut off with …
_CUT = Context(prec=100, rounding=ROUND_DOWN)


def exact(value: Decimal) -> str:
    """An unrounded number: cut off, never rounded, with … where digits are left out."""
    cut = value.quantize(Decimal(1).scaleb(-_PLACES), context=_CUT)
    if cut != value:
        return f"{number(cut)}…"
    plain = value.normalize()
    exponent = plain.as_tuple().exponent
    return number(plain if isinstance(exponent, int) and exponent <= 0 else plain.quantize(Decimal(1), context=_CUT))


def vintage_of(row: Observation) -> str:
    return f", bản {row.vintage.term}" if row.vintage.term else ""


def place_of(row: Observation, prefix: str = "") -> str:
    """Where a row stands, in a form that can be clicked; what ships with bdg (`bdg:…`) takes no prefix."""
    path = row.line.source.path
    return f"{path if ':' in path else prefix + path}:{row.line.number}"


def standing_at(figure: Figure, prefix: str = "") -> str:
    """Where a figure stands; of a sum, how many rows it rests on."""
    where = place_of(figure.rows[0], prefix)
    return where if len(figure.rows) == 1 else f"{len(figure.rows)} dòng, từ {where}"


def in_short(row: Observation) -> str:
    if row.status is not FigureStatus.ORDINARY:
        return row.status.term
    if row.numerator is not None and row.denominator is not None:
        return f"{number(row.numerator)}/{number(row.denominator)}"
    known = [count for count in (row.value, row.numerator, row.denominator) if count is not None]
    return number(known[0]) if known else "để trống"


def added_up(figure: Figure, column: str) -> str:
    """`12 + 30 + 7 = 49`; of many parts only how many they are."""
    counts = [part.value if column == "value" else getattr(part.row, column) or Decimal(0) for part in figure.parts]
    total = getattr(figure.row, column)
    if len(counts) > MOST_PARTS:
        return f"cộng {len(counts)} số = {number(total)}"
    return f"{' + '.join(number(count or Decimal(0)) for count in counts)} = {number(total)}"


def why_not(row: Observation, counts: Observation) -> str:
    """Why a row does not count beside the one that does."""
    if row.rank == counts.rank:
        return "trùng với dòng được dùng: bdg validate báo SL106"
    if row.vintage.rank < counts.vintage.rank:
        return f"{row.vintage.term or 'không ghi độ chính thức'}, kém {counts.vintage.term}"
    return f"số cũ, ngày {short_date(row.as_of)}" if row.as_of else "số cũ, không ghi ngày"
