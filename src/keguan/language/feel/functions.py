"""The functions of plain values (``typed.Function``) on values that are not null: the one definition in Python."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from keguan.language.feel.typed import Function
from keguan.language.feel.types import Number

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from keguan.language.feel.types import Type

_MOBILE = re.compile("1[3-9][0-9]{9}")
_LATIN = "abcdefghijklmnopqrstuvwxyz"
_UPPER = str.maketrans(_LATIN, _LATIN.upper())
_LOWER = str.maketrans(_LATIN.upper(), _LATIN)


def concat(left: str, right: str) -> str:
    """The one text and then the other."""
    return left + right


def substring(text: str, start: int, length: int | None = None) -> str | None:
    """The text from place ``start`` (from 1; a negative one counts from the end, and at most to the beginning)."""
    if start == 0 or (length is not None and length < 1):
        return None
    begin = start - 1 if start > 0 else max(len(text) + start, 0)
    return text[begin:] if length is None else text[begin : begin + length]


def substring_before(text: str, match: str) -> str:
    """What stands before the first ``match``; nothing when there is none."""
    at = text.find(match)
    return text[: max(at, 0)]


def substring_after(text: str, match: str) -> str:
    """What stands after the first ``match``; nothing when there is none."""
    at = text.find(match)
    return text[at + len(match) :] if at >= 0 else ""


def contains(text: str, match: str) -> bool:
    """Whether ``match`` stands in the text."""
    return match in text


def has_mobile(text: str) -> bool:
    """Whether a mainland mobile number stands in the text: eleven figures on end that begin with 13 to 19."""
    return _MOBILE.search(text) is not None


def upper(text: str) -> str:
    """Latin letters as capitals."""
    return text.translate(_UPPER)


def lower(text: str) -> str:
    """Latin letters as small ones."""
    return text.translate(_LOWER)


def text_of(value: bool | date | time) -> str:
    """A yes or no, a day, a time or a moment as FEEL's ``string`` writes it."""
    return ("false", "true")[value] if isinstance(value, bool) else value.isoformat()


def number_text(units: int, scale: int) -> str:
    """A number of units of 10**-``scale`` as FEEL's ``string`` writes it: without trailing zeros."""
    whole, rest = divmod(abs(units), 10**scale)
    fraction = str(rest).rjust(scale, "0").rstrip("0") if rest else ""
    return f"{'-' if units < 0 else ''}{whole}{'.' if fraction else ''}{fraction}"


def modulo(dividend: int, divisor: int) -> int | None:
    """The rest, with the sign of the divisor."""
    return dividend % divisor if divisor else None


def half_up(value: int, factor: int) -> int:
    """``value / factor``, a half away from zero."""
    rounded = (2 * abs(value) + factor) // (2 * factor)
    return -rounded if value < 0 else rounded


def half_down(value: int, factor: int) -> int:
    """``value / factor``, a half towards zero."""
    rounded = -((factor - 2 * abs(value)) // (2 * factor))
    return -rounded if value < 0 else rounded


def away(value: int, factor: int) -> int:
    """``value / factor`` away from zero."""
    rounded = -(-abs(value) // factor)
    return -rounded if value < 0 else rounded


def towards(value: int, factor: int) -> int:
    """``value / factor`` towards zero."""
    rounded = abs(value) // factor
    return -rounded if value < 0 else rounded


def day_of_year(day: date) -> int:
    """1 is the first of January."""
    return day.timetuple().tm_yday


def make_date(year: int, month: int, day: int) -> date | None:
    """The day, if there is one."""
    try:
        return date(year, month, day)
    except (ValueError, OverflowError):
        return None


def add_days(day: date, seconds: int) -> date | None:
    """The day that many whole days later."""
    try:
        return day + timedelta(days=seconds // 86400)
    except OverflowError:
        return None


def add_seconds(moment: datetime, seconds: int) -> datetime | None:
    """The moment that many seconds later."""
    try:
        return moment + timedelta(seconds=seconds)
    except OverflowError:
        return None


def add_months(day: date, months: int) -> date | None:
    """The same day that many months later, or the last of a month that has no such day. A moment keeps its time."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        return None
    return day.replace(year=year, month=month + 1, day=min(day.day, monthrange(year, month + 1)[1]))


def seconds_between(later: date | time, earlier: date | time) -> int:
    """The seconds from ``earlier`` to ``later``, which are of one kind."""
    if isinstance(later, time) and isinstance(earlier, time):
        return _of_day(later) - _of_day(earlier)
    gap: timedelta = later - earlier  # type: ignore[operator]  # of one kind, as typing has made sure
    return gap.days * 86400 + gap.seconds


def months_between(start: date, end: date) -> int:
    """The whole months from ``start`` to ``end``, towards zero."""
    months = (end.year - start.year) * 12 + end.month - start.month
    first, last = _of_month(start), _of_month(end)
    if months > 0 and last < first:
        return months - 1
    return months + 1 if months < 0 and last > first else months


def _of_day(at: time) -> int:
    return (at.hour * 60 + at.minute) * 60 + at.second


def _of_month(day: date) -> tuple[int, time]:
    return day.day, day.time() if isinstance(day, datetime) else time()


_PLAIN: dict[Function, Callable[..., Any]] = {
    Function.CONCAT: concat,
    Function.STRING_LENGTH: len,
    Function.SUBSTRING: substring,
    Function.SUBSTRING_BEFORE: substring_before,
    Function.SUBSTRING_AFTER: substring_after,
    Function.CONTAINS: contains,
    Function.STARTS_WITH: str.startswith,
    Function.ENDS_WITH: str.endswith,
    Function.HAS_MOBILE: has_mobile,
    Function.UPPER: upper,
    Function.LOWER: lower,
    Function.TEXT_OF: text_of,
    Function.ABS: abs,
    Function.MODULO: modulo,
    Function.YEAR: lambda day: day.year,
    Function.MONTH: lambda day: day.month,
    Function.DAY: lambda day: day.day,
    Function.WEEKDAY: lambda day: day.isoweekday(),
    Function.DAY_OF_YEAR: day_of_year,
    Function.HOUR: lambda at: at.hour,
    Function.MINUTE: lambda at: at.minute,
    Function.SECOND: lambda at: at.second,
    Function.MAKE_DATE: make_date,
    Function.DATE_OF: lambda moment: moment.date(),
    Function.TIME_OF: lambda moment: moment.time(),
    Function.DATE_TIME: datetime.combine,
    Function.ADD_DAYS: add_days,
    Function.ADD_SECONDS: add_seconds,
    Function.ADD_MONTHS: add_months,
    Function.SECONDS_BETWEEN: seconds_between,
    Function.MONTHS_BETWEEN: months_between,
}
_ROUNDED: dict[Function, Callable[[int, int], int]] = {
    Function.FLOOR: lambda value, factor: value // factor,
    Function.CEILING: lambda value, factor: -(-value // factor),
    Function.ROUND_HALF_UP: half_up,
    Function.ROUND_HALF_DOWN: half_down,
    Function.ROUND_UP: away,
    Function.ROUND_DOWN: towards,
}


def apply(function: Function, arguments: Sequence[Any], kind: Type, result: Type) -> Any:
    """The value of a function for arguments of which none is null; ``kind`` is the type of the first of them."""
    scale = kind.scale if isinstance(kind, Number) else 0
    if function in _ROUNDED:
        coarse = result.scale if isinstance(result, Number) else 0
        return _ROUNDED[function](arguments[0], 10 ** (scale - coarse))
    if function is Function.TEXT_OF and isinstance(kind, Number):
        return number_text(arguments[0], scale)
    return _PLAIN[function](*arguments)
