"""Dates, times, moments and durations: making them, and asking about them."""

from __future__ import annotations

from decimal import Decimal

from keguan.language.dmn.functions.declaring import anything, functions, may, needs, takes
from keguan.language.dmn.types.function import Function
from keguan.language.dmn.types.types import (
    BOOLEAN,
    DATE,
    DATE_TIME,
    DAYS_TIME,
    DURATION,
    NUMBER,
    STRING,
    TIME,
    YEARS_MONTHS,
    OneOf,
)
from keguan.language.dmn.values.dates import Date, date_of, parse_date
from keguan.language.dmn.values.durations import DaysTime, YearsMonths, parse_duration
from keguan.language.dmn.values.numbers import CONTEXT, whole
from keguan.language.dmn.values.times import SECOND, DateTime, Time, parse_moment, parse_time, time_of
from keguan.language.dmn.values.zones import Zone, offset_zone, parse_zone

_UTC = Zone(0)
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def clock(now: DateTime) -> dict[str, Function]:
    """``now()`` and ``today()`` of a run that takes place at that moment."""
    return functions(now=takes(lambda: now, result=DATE_TIME), today=takes(lambda: now.date, result=DATE))


def made_date(year: Decimal, month: Decimal, day: Decimal) -> Date | None:
    """The day of that year, month and day."""
    parts = [whole(each) for each in (year, month, day)]
    numbers = [each for each in parts if each is not None]
    return date_of(*numbers) if len(numbers) == 3 else None


def made_time(hour: Decimal, minute: Decimal, second: Decimal, offset: DaysTime | None) -> Time | None:
    """The time of that hour, minute and second (perhaps with a fraction), perhaps so far from UTC."""
    hours, minutes = whole(hour), whole(minute)
    total = CONTEXT.multiply(second, Decimal(SECOND))
    zone = None if offset is None else offset_zone(offset.nanoseconds // SECOND)
    if hours is None or minutes is None or (zone is None) != (offset is None):
        return None
    seconds, fraction = divmod(int(total), SECOND)
    return time_of(hours, minutes, seconds, fraction, zone)


def made_moment(*parts: Decimal, zone: Zone | None = None) -> DateTime | None:
    """The moment of that year, month, day, hour, minute and second."""
    year, month, day_of_month, hour, minute, second = parts
    day, time = made_date(year, month, day_of_month), made_time(hour, minute, second, None)
    return None if day is None or time is None else DateTime(day, Time(time.nanoseconds, zone))


def time_from(value: object) -> Time | None:
    """The time written, or that of a moment; a day begins at midnight in UTC."""
    if isinstance(value, str):
        return parse_time(value)
    if isinstance(value, Date):
        return Time(0, _UTC)
    return value.time if isinstance(value, DateTime) else value if isinstance(value, Time) else None


def joined(day: Date | DateTime, time: Time) -> DateTime:
    """That time of that day."""
    return DateTime(day_of(day), time)


def months_between(start: Date | DateTime, end: Date | DateTime) -> YearsMonths:
    """The whole months from the first to the second, towards zero."""
    first, last = _place(start), _place(end)
    months = (last[0] - first[0]) * 12 + last[1] - first[1]
    if months > 0 and last[2:] < first[2:]:
        months -= 1
    elif months < 0 and last[2:] > first[2:]:
        months += 1
    return YearsMonths(months)


def is_same(left: object, right: object) -> bool:
    """Whether two values are one and the same, also in what ``=`` overlooks (zones, fractions of a second)."""
    return type(left) is type(right) and left == right


def week_of_year(value: Date | DateTime) -> Decimal:
    """The week by ISO 8601: the first is the one with the year's first Thursday."""
    day = day_of(value)
    thursday = day.days - day.weekday + 4
    year = next(each for each in (day.year + 1, day.year, day.year - 1) if Date(each, 1, 1).days <= thursday)
    return Decimal((thursday - Date(year, 1, 1).days) // 7 + 1)


def day_of(value: Date | DateTime) -> Date:
    """The day, or that of a moment."""
    return value.date if isinstance(value, DateTime) else value


def _place(value: Date | DateTime) -> tuple[int, int, int, int]:
    day = day_of(value)
    return day.year, day.month, day.day, value.time.nanoseconds if isinstance(value, DateTime) else 0


def _zone_moment(*arguments: object) -> DateTime | None:
    *parts, zone = arguments
    found = offset_zone(zone.nanoseconds // SECOND) if isinstance(zone, DaysTime) else parse_zone(f"@{zone}")
    numbers = [part for part in parts if isinstance(part, Decimal)]
    return None if found is None else made_moment(*numbers, zone=found)


_DAY = OneOf((DATE, DATE_TIME))
_ASKED = needs("date", _DAY)
_PARTS = tuple(needs(name, NUMBER) for name in ("year", "month", "day", "hour", "minute", "second"))

FUNCTIONS = functions(
    date=(
        takes(parse_date, needs("from", STRING), result=DATE),
        takes(day_of, needs("from", _DAY), result=DATE),
        takes(made_date, *_PARTS[:3], result=DATE),
    ),
    time=(
        takes(time_from, needs("from", OneOf((STRING, TIME, DATE, DATE_TIME))), result=TIME),
        takes(made_time, *_PARTS[3:], may("offset", DAYS_TIME), result=TIME),
    ),
    date_and_time=(
        takes(parse_moment, needs("from", STRING), result=DATE_TIME),
        takes(lambda value: value, needs("from", DATE_TIME), result=DATE_TIME),
        takes(joined, needs("date", _DAY), needs("time", TIME), result=DATE_TIME),
        takes(made_moment, *_PARTS, result=DATE_TIME),
        takes(_zone_moment, *_PARTS, needs("offset", DAYS_TIME), result=DATE_TIME),
        takes(_zone_moment, *_PARTS, needs("timezone", STRING), result=DATE_TIME),
    ),
    duration=(
        takes(parse_duration, needs("from", STRING), result=DURATION),
        takes(lambda value: value, needs("from", DURATION), result=DURATION),
    ),
    years_and_months_duration=takes(months_between, needs("from", _DAY), needs("to", _DAY), result=YEARS_MONTHS),
    day_of_year=takes(lambda value: Decimal(day_of(value).day_of_year), _ASKED, result=NUMBER),
    day_of_week=takes(lambda value: _DAYS[day_of(value).weekday - 1], _ASKED, result=STRING),
    month_of_year=takes(lambda value: _MONTHS[day_of(value).month - 1], _ASKED, result=STRING),
    week_of_year=takes(week_of_year, _ASKED, result=NUMBER),
    is_=takes(is_same, anything("value1"), anything("value2"), result=BOOLEAN),
)
