"""What the functions of plain values mean, on values that are there; by other ways than the product takes."""

from __future__ import annotations

from bisect import bisect_left
from datetime import MAXYEAR, MINYEAR, date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor, trunc
from typing import TYPE_CHECKING, Any

from keguan.language.feel.typed import Function

if TYPE_CHECKING:
    from collections.abc import Callable

moment_of = datetime.fromisoformat
HALF = Fraction(1, 2)
MIDNIGHT = time()


def number_as_text(units: int, scale: int) -> str:
    """Without an exponent and without zeros at the end."""
    text = f"{Decimal(units).scaleb(-scale):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def substring(text: str, start: int, length: int | None = None) -> str | None:
    """Characters counted from 1, or from the end; a start before the text is its beginning."""
    if start == 0 or (length is not None and length <= 0):
        return None
    places = range(1, len(text) + 1)
    first = start if start > 0 else max(len(text) + 1 + start, 1)
    last = len(text) if length is None else first + length - 1
    return "".join(character for place, character in zip(places, text, strict=True) if first <= place <= last)


def is_mobile(text: str) -> bool:
    """Eleven figures of which the second is 3 or more."""
    return len(text) == 11 and all(c in "0123456789" for c in text) and text[0] == "1" and text[1] >= "3"


def latin(text: str, first: str, offset: int) -> str:
    """The text with the 26 letters from ``first`` on moved by an offset."""
    return "".join(chr(ord(c) + offset) if ord(first) <= ord(c) < ord(first) + 26 else c for c in text)


def days_of_month(year: int, month: int) -> int:
    """Of the calendar as it is learnt at school."""
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return 28 + leap if month == 2 else 30 + (month in (1, 3, 5, 7, 8, 10, 12))


def make_date(year: int, month: int, day: int) -> date | None:
    """None where there is no such day."""
    there = MINYEAR <= year <= MAXYEAR and 1 <= month <= 12 and 1 <= day <= days_of_month(year, month)
    return date(year, month, day) if there else None


def add_seconds(moment: datetime, seconds: int) -> datetime | None:
    """None outside the years 1 to 9999."""
    room = (moment_of("0001-01-01") - moment) // timedelta(seconds=1), (moment_of("9999-12-31T23:59:59") - moment)
    if room[0] <= seconds <= room[1] // timedelta(seconds=1):
        return moment + timedelta(seconds=seconds)
    return None


def add_days(day: date, seconds: int) -> date | None:
    """Whole days, the rest cut off downwards."""
    moment = add_seconds(datetime.combine(day, MIDNIGHT), floor(Fraction(seconds, 86_400)) * 86_400)
    return None if moment is None else moment.date()


def add_months(day: date, months: int) -> date | None:
    """Month by month on the calendar; a day that the month lacks becomes its last."""
    month = 12 * day.year + day.month - 1 + months
    if not 12 * MINYEAR <= month < 12 * (MAXYEAR + 1):
        return None
    last = days_of_month(month // 12, month % 12 + 1)
    return day.replace(year=month // 12, month=month % 12 + 1, day=min(day.day, last))


def seconds_between(later: Any, earlier: Any) -> int:
    """Of two days, times or moments."""
    if isinstance(later, time):
        later, earlier = (datetime.combine(date(2000, 1, 1), each) for each in (later, earlier))
    return (later - earlier) // timedelta(seconds=1)


def months_between(start: date, end: date) -> int:
    """The most whole months that may be gone from ``start`` towards ``end`` without passing it."""
    if end < start:
        return -_most(lambda months: place(start, -months) >= place(end, 0))
    return _most(lambda months: place(start, months) <= place(end, 0))


def _most(fits: Callable[[int], bool]) -> int:
    """The last of the months that fit; whatever follows one that does not, does not either."""
    return bisect_left(range(1, 12 * MAXYEAR), True, key=lambda months: not fits(months))


def place(day: date, months: int) -> tuple[tuple[int, int], tuple[int, time]]:
    """Where the day stands so many months later, to be compared: its month, then the rest of it."""
    return reached(day, months), rest(day)


def reached(day: date, months: int) -> tuple[int, int]:
    """Year and month so many months later."""
    month = 12 * day.year + day.month - 1 + months
    return month // 12, month % 12 + 1


def rest(day: date) -> tuple[int, time]:
    """Day of the month and time of day."""
    return day.day, day.time() if isinstance(day, datetime) else MIDNIGHT


ROUNDING: dict[Function, Callable[[Fraction], int]] = {
    Function.FLOOR: floor,
    Function.CEILING: ceil,
    Function.ROUND_UP: lambda exact: ceil(exact) if exact > 0 else floor(exact),
    Function.ROUND_DOWN: trunc,
    Function.ROUND_HALF_UP: lambda exact: floor(exact + HALF) if exact > 0 else ceil(exact - HALF),
    Function.ROUND_HALF_DOWN: lambda exact: ceil(exact - HALF) if exact > 0 else floor(exact + HALF),
}
FUNCTIONS: dict[Function, Callable[..., Any]] = {
    Function.CONCAT: lambda left, right: f"{left}{right}",
    Function.STRING_LENGTH: lambda text: len(list(text)),
    Function.SUBSTRING: substring,
    Function.SUBSTRING_BEFORE: lambda text, match: text.partition(match)[0] if match and match in text else "",
    Function.SUBSTRING_AFTER: lambda text, match: text.partition(match)[2] if match else text,
    Function.CONTAINS: lambda text, match: any(text[at : at + len(match)] == match for at in range(len(text) + 1)),
    Function.STARTS_WITH: lambda text, match: text[: len(match)] == match,
    Function.ENDS_WITH: lambda text, match: text[::-1][: len(match)] == match[::-1],
    Function.HAS_MOBILE: lambda text: any(is_mobile(text[at : at + 11]) for at in range(len(text))),
    Function.UPPER: lambda text: latin(text, "a", -32),
    Function.LOWER: lambda text: latin(text, "A", 32),
    Function.TEXT_OF: lambda value: str(value).lower() if isinstance(value, bool) else value.isoformat(),
    Function.ABS: lambda value: max(value, -value),
    Function.MODULO: lambda value, by: value - by * floor(Fraction(value, by)) if by else None,
    Function.YEAR: lambda day: day.year,
    Function.MONTH: lambda day: day.month,
    Function.DAY: lambda day: day.day,
    Function.WEEKDAY: lambda day: day.weekday() + 1,
    Function.DAY_OF_YEAR: lambda day: day.timetuple().tm_yday,
    Function.HOUR: lambda at: at.hour,
    Function.MINUTE: lambda at: at.minute,
    Function.SECOND: lambda at: at.second,
    Function.MAKE_DATE: make_date,
    Function.DATE_OF: datetime.date,
    Function.TIME_OF: datetime.time,
    Function.DATE_TIME: datetime.combine,
    Function.ADD_DAYS: add_days,
    Function.ADD_SECONDS: add_seconds,
    Function.ADD_MONTHS: add_months,
    Function.SECONDS_BETWEEN: seconds_between,
    Function.MONTHS_BETWEEN: months_between,
}
