"""National days off and make-up working days (调休).

Of the years whose notice of the State Council is known they come from ``chinesecalendar``. Of later years only the
holidays that the law fixes are known (全国年节及纪念日放假办法, as in force since 2025), without make-up days: such a
year is not confirmed until somebody reads its notice in and confirms it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.metadata import version
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from keguan.calculators.working_time.calendar import Day

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.utils.functional import Promise

FIRST_YEAR = 2004
"""The first year whose notice is known."""

LAST_YEAR = 2075
"""After it every year is taken to have no holidays; nobody's deadline reaches as far."""

SPRING, TOMB, LABOUR, DRAGON, AUTUMN, NATIONAL, NEW_YEAR = (
    "Spring Festival", "Tomb-sweeping Day", "Labour Day", "Dragon Boat Festival", "Mid-autumn Festival",
    "National Day", "New Year's Day",
)  # fmt: skip

NAMES: dict[str, Promise] = {
    NEW_YEAR: _("元旦"),
    SPRING: _("春节"),
    TOMB: _("清明节"),
    LABOUR: _("劳动节"),
    DRAGON: _("端午节"),
    AUTUMN: _("中秋节"),
    NATIONAL: _("国庆节"),
    "Anti-Fascist 70th Day": _("抗战胜利70周年纪念日"),
}
"""The holidays in words, by the names that ``chinesecalendar`` gives them."""

_FIXED = ((1, 1, NEW_YEAR), (5, 1, LABOUR), (5, 2, LABOUR), (10, 1, NATIONAL), (10, 2, NATIONAL), (10, 3, NATIONAL))
_LUNAR = {
    2027: ((2, 6), (6, 9), (9, 15)), 2028: ((1, 26), (5, 28), (10, 3)), 2029: ((2, 13), (6, 16), (9, 22)),
    2030: ((2, 3), (6, 5), (9, 12)), 2031: ((1, 23), (6, 24), (10, 1)), 2032: ((2, 11), (6, 12), (9, 19)),
    2033: ((1, 31), (6, 1), (9, 8)), 2034: ((2, 19), (6, 20), (9, 27)), 2035: ((2, 8), (6, 10), (9, 16)),
    2036: ((1, 28), (5, 30), (10, 4)), 2037: ((2, 15), (6, 18), (9, 24)), 2038: ((2, 4), (6, 7), (9, 13)),
    2039: ((1, 24), (5, 27), (10, 2)), 2040: ((2, 12), (6, 14), (9, 20)),
}  # fmt: skip
"""First day of the first month, fifth of the fifth and fifteenth of the eighth of the lunar year, by year."""
_SPRING_DAYS = (-1, 0, 1, 2)
"""Lunar New Year's Eve and the first three days."""


@dataclass(frozen=True, slots=True)
class National:
    """The national days by year, the years whose notice they are from, and the edition of the data."""

    years: Mapping[int, Mapping[date, Day]]
    known: frozenset[int]
    edition: str


@cache
def national() -> National:
    """All of them, made at the first call: nothing here is read when the program starts."""
    from chinese_calendar import constants

    years: dict[int, dict[date, Day]] = {}
    for days, working in ((constants.holidays, False), (constants.workdays, True)):
        for day, name in days.items():
            years.setdefault(day.year, {})[day] = Day(working, name)
    known = frozenset(years)
    years.update({year: _statutory(year) for year in range(max(known) + 1, LAST_YEAR + 1)})
    return National(years, known, version("chinesecalendar"))


def spoken(name: str) -> str:
    """The name of a day in the reader's language; what the company called it stays as it is."""
    return str(NAMES.get(name, name))


def _statutory(year: int) -> dict[date, Day]:
    """The holidays that the law fixes, in order of the year; those by the moon only while our table knows it."""
    found = {date(year, month, day): Day(working=False, name=name) for month, day, name in _FIXED}
    found[_tomb_sweeping(year)] = Day(working=False, name=TOMB)
    if year in _LUNAR:
        spring, dragon, autumn = (date(year, month, day) for month, day in _LUNAR[year])
        found |= {spring + timedelta(days=n): Day(working=False, name=SPRING) for n in _SPRING_DAYS}
        found[dragon] = Day(working=False, name=DRAGON)
        found.setdefault(autumn, Day(working=False, name=AUTUMN))
    return dict(sorted(found.items()))


def _tomb_sweeping(year: int) -> date:
    """The day on which the sun reaches 15°: the fourth or fifth of April in this century."""
    short = year % 100
    return date(year, 4, int(short * 0.2422 + 4.81) - short // 4)
