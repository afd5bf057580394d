"""Calendars to reckon on: that of an office in China with its real days off, and odd ones."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from chinese_calendar import constants

from keguan.calculators.working_time.calendar import Calendar, Day, Trading
from keguan.calculators.working_time.hours import read_hours

SHANGHAI = ZoneInfo("Asia/Shanghai")
OFFICE = read_hours("09:00-12:00, 13:30-18:00")
SATURDAY = read_hours("09:00-12:00")
NIGHT = read_hours("00:00-02:00, 06:00-06:01, 22:00-24:00")

DAYS_OFF = {day: Day(working=False, name=name) for day, name in constants.holidays.items()}
MADE_UP = {day: Day(working=True, name=name) for day, name in constants.workdays.items()}


def office() -> Calendar:
    """Monday to Friday with a lunch break, 调休 of 2004 to 2026; the exchange never opens on a weekend."""
    closed = dict.fromkeys(constants.holidays, False)
    weekdays = frozenset({1, 2, 3, 4, 5})
    return Calendar(SHANGHAI, (OFFICE,) * 5 + ((), ()), DAYS_OFF | MADE_UP, Trading(weekdays, closed, 9 * 60 + 30))


def odd() -> Calendar:
    """Works at night from Tuesday on, half a Saturday, one day with hours of its own; trades when it works."""
    special = {date(2026, 3, 4): Day(working=True, hours=read_hours("10:15-10:16"))}
    return Calendar(SHANGHAI, ((), OFFICE, NIGHT, OFFICE, NIGHT, SATURDAY, ()), DAYS_OFF | special)
