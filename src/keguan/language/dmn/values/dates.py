"""Days in the proleptic Gregorian calendar, from the year −999,999,999 to 999,999,999, as FEEL has them.

Python's ``date`` ends at the years 1 and 9999, so the arithmetic is here (H. Hinnant, "chrono-compatible low-level date
algorithms": years of March to February in eras of 400 years).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

LAST_YEAR = 999_999_999

_DATE = re.compile(r"(-?(?:[1-9][0-9]{4,8}|[0-9]{4}))-([0-9]{2})-([0-9]{2})", re.ASCII)
_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_DAYS_PER_ERA = 146_097
_EPOCH = 719_468  # days from 0000-03-01 to 1970-01-01


@dataclass(frozen=True, slots=True, order=True)
class Date:
    """A day. Made by ``date_of`` or ``from_days``, which see to it that there is such a day."""

    year: int
    month: int
    day: int

    @property
    def days(self) -> int:
        """Days since 1970-01-01."""
        year = self.year - (self.month <= 2)
        era, year_of_era = divmod(year, 400)
        day_of_year = (153 * ((self.month + 9) % 12) + 2) // 5 + self.day - 1
        return era * _DAYS_PER_ERA + year_of_era * 365 + year_of_era // 4 - year_of_era // 100 + day_of_year - _EPOCH

    @property
    def weekday(self) -> int:
        """1 for Monday to 7 for Sunday."""
        return (self.days + 3) % 7 + 1

    @property
    def day_of_year(self) -> int:
        """1 for the first of January."""
        return self.days - Date(self.year, 1, 1).days + 1

    def __str__(self) -> str:
        sign = "-" if self.year < 0 else ""
        return f"{sign}{abs(self.year):04}-{self.month:02}-{self.day:02}"


def date_of(year: int, month: int, day: int) -> Date | None:
    """The day, or None when there is none such."""
    if abs(year) > LAST_YEAR or not 1 <= month <= 12 or not 1 <= day <= month_length(year, month):
        return None
    return Date(year, month, day)


def from_days(days: int) -> Date | None:
    """The day that many days after 1970-01-01, or None beyond the last year."""
    era, day_of_era = divmod(days + _EPOCH, _DAYS_PER_ERA)
    year_of_era = (day_of_era - day_of_era // 1460 + day_of_era // 36524 - day_of_era // 146096) // 365
    day_of_year = day_of_era - (365 * year_of_era + year_of_era // 4 - year_of_era // 100)
    shifted = (5 * day_of_year + 2) // 153
    month = shifted + 3 if shifted < 10 else shifted - 9
    return date_of(year_of_era + era * 400 + (month <= 2), month, day_of_year - (153 * shifted + 2) // 5 + 1)


def plus_months(start: Date, months: int) -> Date | None:
    """The day so many months on; a day that the month lacks becomes its last one."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date_of(year, month + 1, min(start.day, month_length(year, month + 1)))


def month_length(year: int, month: int) -> int:
    """How many days the month has."""
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return 29 if month == 2 and leap else _LENGTHS[month - 1]


def parse_date(text: str) -> Date | None:
    """The day written as ``2026-01-31`` (the year with four to nine digits, perhaps a minus), or None."""
    match = _DATE.fullmatch(text)
    return None if match is None else date_of(int(match.group(1)), int(match.group(2)), int(match.group(3)))
