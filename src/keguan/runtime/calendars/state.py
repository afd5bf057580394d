"""The company's calendar as it stands: the national days, a notice that was read in, and what the company said last."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.conf import settings

from keguan.calculators.working_time.calendar import Calendar, Day, Trading
from keguan.calculators.working_time.hours import read_hours
from keguan.runtime.calendars.models import CalendarDay, CalendarYear, CompanyCalendar, Layer
from keguan.runtime.calendars.national import national

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

USUAL_WEEK = (*("09:00-12:00, 13:30-18:00",) * 5, "", "")
"""The hours of Monday to Sunday until the company says otherwise."""

TRADING_OPENS = "09:00"
"""When trading begins until the company says otherwise."""

_TRADING_WEEKDAYS = frozenset({1, 2, 3, 4, 5})
"""Exchanges trade from Monday to Friday and are closed on every weekend, make-up working days included."""

ROW = 1
"""The key of the one row of ``CompanyCalendar``."""


@dataclass(frozen=True, slots=True)
class Standing:
    """The calendar with what is known about it. ``confirmed`` are the years whose days off are settled, ``imported``
    those whose notice was read in, ``own`` the days that the company itself has set.
    """

    calendar: Calendar
    version: int
    week: tuple[str, ...]
    trading_opens: str
    confirmed: frozenset[int]
    imported: frozenset[int]
    own: dict[date, CalendarDay]


@dataclass(slots=True)
class _Cache:
    """The calendar last made in this process, by stamp: one is enough, for all but the newest are history."""

    key: tuple[str, str] | None = None
    standing: Standing | None = None


_cache = _Cache()
_pin: ContextVar[list[Standing] | None] = ContextVar("calendar_in_force", default=None)


def standing() -> Standing:
    """The calendar as it stands: one query, three when it has changed, none when pinned and already looked up."""
    pin = _pin.get()
    if pin:
        return pin[0]
    row = CompanyCalendar.objects.filter(pk=ROW).first()
    key = (row.stamp if row else "", settings.TIME_ZONE)
    found = _cache.standing
    if found is None or _cache.key != key:
        found = _made(row)
        _cache.key, _cache.standing = key, found
    if pin is not None:
        pin.append(found)
    return found


@contextmanager
def pinned() -> Iterator[None]:
    """Within this block (one request, one sweep, one move) the calendar is looked up once. A change made inside it is
    noticed; one made by another process meanwhile is noticed by the next block. A block inside another is part of it.
    """
    if _pin.get() is not None:
        yield
        return
    token = _pin.set([])
    try:
        yield
    finally:
        _pin.reset(token)


def forget() -> None:
    """Look up again at the next question; called by whoever changes the calendar."""
    pin = _pin.get()
    if pin is not None:
        pin.clear()


def _made(row: CompanyCalendar | None) -> Standing:
    data, stored = national(), CalendarYear.objects.all()
    imported = frozenset(each.year for each in stored if each.imported)
    confirmed = frozenset(each.year for each in stored if each.confirmed_at)
    layers: dict[str, dict[date, CalendarDay]] = {Layer.NOTICE: {}, Layer.COMPANY: {}}
    for each in CalendarDay.objects.all():
        layers[each.layer][each.day] = each
    notice = {day: each for year, days in data.years.items() if year not in imported for day, each in days.items()}
    notice |= {day: _day(each) for day, each in layers[Layer.NOTICE].items() if day.year in imported}
    own = layers[Layer.COMPANY]
    closed = {day: False for day, each in notice.items() if not each.working}
    traded = {
        each.day: each.trading for layer in layers.values() for each in layer.values() if each.trading is not None
    }
    week = tuple(row.week) if row and row.week else USUAL_WEEK
    opens = row.trading_opens if row and row.trading_opens else TRADING_OPENS
    calendar = Calendar(
        zone=ZoneInfo(settings.TIME_ZONE),
        week=tuple(read_hours(text) for text in week),
        days=notice | {day: _day(each) for day, each in own.items()},
        trading=Trading(_TRADING_WEEKDAYS, closed | traded, minute_of(opens)),
    )
    known = (data.known - imported) | confirmed
    return Standing(calendar, row.version if row else 0, week, opens, known, imported, own)


def minute_of(text: str) -> int:
    """``09:30`` as minutes after midnight. Raises ``ValueError`` for what is no time of day."""
    hour, _colon, minute = text.strip().replace("：", ":").partition(":")
    found = int(hour) * 60 + int(minute)
    if not (0 <= int(hour) < 24 and 0 <= int(minute) < 60):
        raise ValueError(f"{text!r} is no time of day")
    return found


def _day(stored: CalendarDay) -> Day:
    return Day(stored.working, stored.name, read_hours(stored.hours) if stored.hours else None)
