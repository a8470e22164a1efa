"""Forms of written Vietnamese: numbers, dates, numerals, letters, near names. Pure functions; forms, not content."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from decimal import ROUND_HALF_UP, Context, Decimal
from difflib import get_close_matches

from bdg_cli.dates import PartialDate, Period, PeriodKind

# NĐ 30/2020/NĐ-CP, Phụ lục I: points run in the order of the Vietnamese alphabet (a, b, c, d, đ, e, g, h, i …).
LETTERS = "abcdđeghiklmnopqrstuvxy"
NO_BREAK = "\u00a0"

_ROUNDING = Context(prec=100, rounding=ROUND_HALF_UP)


def nfc(text: str) -> str:
    """The text in composed form, in which "ế" is one character."""
    return unicodedata.normalize("NFC", text)


def rounded(value: Decimal, places: int) -> Decimal:
    """Half up to `places` decimals, as offices round; a number of any length."""
    return value.quantize(Decimal(1).scaleb(-places), context=_ROUNDING)


def number(value: Decimal, places: int | None = None) -> str:
    """`1.234,5`: point for thousands, comma for decimals; rounded half up to `places` where given."""
    if places is not None:
        value = rounded(value, places)
    if value == 0:
        value = abs(value)
    return f"{value:,f}".translate(str.maketrans(",.", ".,"))


def count(value: int) -> str:
    """A count in running text: two digits at least (`04 đơn vị`), points for thousands."""
    return f"{value:02}" if value < 10 else number(Decimal(value))


def long_date(year: int | None, month: int | None, day: int | None) -> str:
    """`ngày 05 tháng 3 năm 2024`; unknown parts stay blank, to be filled by hand.

    Days below 10 and the months 1 and 2 carry a leading zero (NĐ 30/2020/NĐ-CP, Phụ lục I, mục II.4).
    """
    day_text = f"{day:02}" if day else NO_BREAK * 6
    month_text = _month(month) if month else NO_BREAK * 6
    year_text = str(year) if year else NO_BREAK * 8
    return f"ngày {day_text} tháng {month_text} năm {year_text}"


def short_date(day: date) -> str:
    """`05/3/2024`, padded like the long form."""
    return f"{day.day:02}/{_month(day.month)}/{day.year}"


def date_words(day: PartialDate) -> str:
    """A date with as many of its parts as are known: `ngày 05/3/2024`, `tháng 02 năm 2024`, `ngày 20/6 hằng năm`."""
    if day.year is None:
        return f"ngày {day.day:02}/{_month(day.month)} hằng năm" if day.day and day.month else "ngày chưa rõ"
    if day.complete:
        return f"ngày {short_date(day.earliest)}"
    return month_words(day.year, day.month) if day.month else f"năm {day.year}"


def month_words(year: int, month: int) -> str:
    """`tháng 02 năm 2024`: the months 1 and 2 carry a leading zero (NĐ 30/2020/NĐ-CP, Phụ lục I, mục II.4)."""
    return f"tháng {_month(month)} năm {year}"


def period_words(period: Period) -> str:
    """`6 tháng đầu năm 2024`, `năm 2024`, `quý III năm 2024`."""
    match period.kind:
        case PeriodKind.HALF:
            return f"6 tháng {'đầu' if period.number == 1 else 'cuối'} năm {period.year}"
        case PeriodKind.QUARTER:
            return f"quý {roman(period.number)} năm {period.year}"
        case PeriodKind.MONTH:
            return month_words(period.year, period.number)
        case PeriodKind.NINE_MONTHS:
            return f"9 tháng đầu năm {period.year}"
        case PeriodKind.SCHOOL_YEAR:
            return f"năm học {period.year}-{period.year + 1}"
        case PeriodKind.SPAN:
            return f"giai đoạn {period.year}-{period.last_year}"
        case PeriodKind.YEAR:
            return f"năm {period.year}"


def _month(month: int) -> str:
    return f"{month:02}" if month < 3 else str(month)


def roman(value: int) -> str:
    """`4` is `IV`."""
    numerals = (
        (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
        (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
    )  # fmt: skip
    out = []
    for size, sign in numerals:
        times, value = divmod(value, size)
        out.append(sign * times)
    return "".join(out)


def letter(value: int) -> str:
    """The letter of the nth point, from 1: `5` is `đ`; after the 23 letters, `aa`, `ab` …"""
    rounds, index = divmod(value - 1, len(LETTERS))
    return (LETTERS[rounds - 1] if rounds else "") + LETTERS[index]


def sentence_case(text: str) -> str:
    """The first letter as a capital, the rest as it is."""
    return text[:1].upper() + text[1:]


def lower_first(text: str) -> str:
    """The first letter small, unless the word is an abbreviation (`UBND` stays)."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def without_marks(text: str) -> str:
    """Lower case without tone and vowel marks (`Đắk Nông` is `dak nong`): for comparing, never for print."""
    decomposed = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))


def words(text: str) -> frozenset[str]:
    """The syllables of a text in lower case, for comparing titles."""
    return frozenset(re.findall(r"\w+", nfc(text).lower()))


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name most like `name`, or None where none is near."""
    matches = get_close_matches(name, list(known), n=1, cutoff=0.6)
    return matches[0] if matches else None


def listed(parts: Iterable[str], last: str = "và") -> str:
    """`a, b và c`."""
    items = list(parts)
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"
