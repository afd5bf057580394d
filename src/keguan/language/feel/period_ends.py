"""The first and the last day of the week, month, quarter or year of a day, made of the functions there are already."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.feel.moments import called
from keguan.language.feel.scalars import WHOLE, taken
from keguan.language.feel.typed import Binary, Function, Literal, Operator
from keguan.language.feel.types import DATE, DAY_DURATION, MONTH_DURATION, DateTime

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from keguan.language.feel.context import Context
    from keguan.language.feel.scalars import Arguments, Handler
    from keguan.language.feel.typed import Typed
    from keguan.language.feel.types import Type

_DAY = 24 * 60 * 60
_LAST_MONTH, _LAST_OF_JANUARY = 12, 31


def _number(value: int) -> Typed:
    return Literal(value, WHOLE)


def _worked_out(operator: Operator, left: Typed, right: Typed, kind: Type) -> Typed:
    """An operation on whole numbers; one of constants is worked out at once."""
    if not (isinstance(left, Literal) and isinstance(right, Literal)):
        return Binary(operator, left, right, kind)
    if not (isinstance(left.value, int) and isinstance(right.value, int)):
        return Literal(None, kind)
    match operator:
        case Operator.ADD:
            return Literal(left.value + right.value, kind)
        case Operator.SUBTRACT:
            return Literal(left.value - right.value, kind)
        case _:
            return Literal(left.value * right.value, kind)


def _year(day: Typed) -> Typed:
    return called(Function.YEAR, (day,), WHOLE)


def _month(day: Typed) -> Typed:
    return called(Function.MONTH, (day,), WHOLE)


def _made(day: Typed, month: Typed, number: int) -> Typed:
    return called(Function.MAKE_DATE, (_year(day), month, _number(number)), DATE)


def _first_month_of_quarter(day: Typed) -> Typed:
    before = _worked_out(Operator.SUBTRACT, _month(day), _number(1), WHOLE)
    into = called(Function.MODULO, (before, _number(3)), WHOLE)
    return _worked_out(Operator.SUBTRACT, _month(day), into, WHOLE)


def _last_day_of(day: Typed, month: Typed) -> Typed:
    """The last day of a month: as many months after the 31st of January."""
    after = _worked_out(Operator.SUBTRACT, month, _number(1), WHOLE)
    months = _worked_out(Operator.MULTIPLY, Literal(1, MONTH_DURATION), after, MONTH_DURATION)
    return called(Function.ADD_MONTHS, (_made(day, _number(1), _LAST_OF_JANUARY), months), DATE)


def _end_of_quarter(day: Typed) -> Typed:
    return _last_day_of(day, _worked_out(Operator.ADD, _first_month_of_quarter(day), _number(2), WHOLE))


def _weekday(wanted: int) -> Callable[[Typed], Typed]:
    def ends(day: Typed) -> Typed:
        away = _worked_out(Operator.SUBTRACT, _number(wanted), called(Function.WEEKDAY, (day,), WHOLE), WHOLE)
        days = _worked_out(Operator.MULTIPLY, Literal(_DAY, DAY_DURATION), away, DAY_DURATION)
        return called(Function.ADD_DAYS, (day, days), DATE)

    return ends


_ENDS: dict[str, Callable[[Typed], Typed]] = {
    "start of week": _weekday(1),
    "end of week": _weekday(7),
    "start of month": lambda day: _made(day, _month(day), 1),
    "end of month": lambda day: _last_day_of(day, _month(day)),
    "start of quarter": lambda day: _made(day, _first_month_of_quarter(day), 1),
    "end of quarter": _end_of_quarter,
    "start of year": lambda day: _made(day, _number(1), 1),
    "end of year": lambda day: _made(day, _number(_LAST_MONTH), 31),
}


def _handler(end: Callable[[Typed], Typed]) -> Handler:
    def handler(context: Context, arguments: Arguments, _: Type | None) -> Typed | None:
        value = context.value(arguments[0])
        if value is not None and isinstance(value.type, DateTime):
            return end(called(Function.DATE_OF, (value,), DATE))
        day = None if value is None else taken(context, arguments[0], DATE)
        return None if day is None else end(day)

    return handler


PERIOD_ENDS: Mapping[str, Handler] = {name: _handler(end) for name, end in _ENDS.items()}
"""How each of these functions is typed; the number of its arguments has been checked. A week begins on Monday."""
