"""The parts of dates, times, moments and durations: ``签订日.年``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.feel.typed import Binary, Call, Function, Literal, Operator
from keguan.language.feel.types import Date, DateTime, DayDuration, MonthDuration, Number, Time

if TYPE_CHECKING:
    from keguan.language.feel.typed import Typed
    from keguan.language.feel.types import Type

_DAY = {
    "year": Function.YEAR,
    "年": Function.YEAR,
    "month": Function.MONTH,
    "月": Function.MONTH,
    "day": Function.DAY,
    "日": Function.DAY,
    "weekday": Function.WEEKDAY,
    "星期": Function.WEEKDAY,
}
_CLOCK = {
    "hour": Function.HOUR,
    "时": Function.HOUR,
    "minute": Function.MINUTE,
    "分": Function.MINUTE,
    "second": Function.SECOND,
    "秒": Function.SECOND,
}
_SECONDS = {
    "days": (86400, None),
    "天": (86400, None),
    "hours": (3600, 86400),
    "小时": (3600, 86400),
    "minutes": (60, 3600),
    "分钟": (60, 3600),
    "seconds": (1, 60),
    "秒": (1, 60),
}
_PLACES = 6  # a second is more than a hundred-thousandth of a day, so rounding never makes a part of a unit whole
_MONTHS = {"years": (12, None), "年": (12, None), "months": (1, 12), "月": (1, 12)}

PROPERTIES: dict[type[Type], dict[str, object]] = {
    Date: {**_DAY},
    DateTime: {**_DAY, **_CLOCK},
    Time: {**_CLOCK},
    DayDuration: {**_SECONDS},
    MonthDuration: {**_MONTHS},
}
"""The names of the parts of each type that has any."""


def property_of(value: Typed, name: str) -> Typed | None:
    """A part of ``value``, or None when there is none of that name. Parts of a duration are whole, towards zero."""
    found = PROPERTIES.get(type(value.type), {}).get(name)
    if isinstance(found, Function):
        return Call(found, (value,), Number())
    if not isinstance(found, tuple):
        return None
    unit, larger = found
    amount = _whole(value, unit)
    if larger is None:
        return amount
    above = Binary(Operator.MULTIPLY, _whole(value, larger), Literal(larger // unit, Number()), Number())
    return Binary(Operator.SUBTRACT, amount, above, Number())


def _whole(value: Typed, unit: int) -> Typed:
    """How many whole units a duration has."""
    if unit == 1:
        return Binary(Operator.DIVIDE, value, Literal(1, value.type), Number())
    exact = Binary(Operator.DIVIDE, value, Literal(unit, value.type), Number(_PLACES))
    return Call(Function.ROUND_DOWN, (exact,), Number())
