"""Working days of the administration: weeks, public holidays, and days worked in exchange. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

_WEEKEND = (5, 6)


@dataclass(frozen=True)
class Calendar:
    """Days off and days worked instead. A year that has neither is not known, and only its weekends are days off."""

    holidays: frozenset[date] = frozenset()
    working_days: frozenset[date] = frozenset()

    def works(self, day: date) -> bool:
        """Whether offices are open."""
        return day in self.working_days or (day.weekday() not in _WEEKEND and day not in self.holidays)

    def last_working_day(self, day: date) -> date:
        """The day itself, or the nearest working day before it."""
        while not self.works(day):
            day -= timedelta(days=1)
        return day
