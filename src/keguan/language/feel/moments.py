"""Building calls of functions, and bringing days and moments to one kind."""

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING

from keguan.language.feel.functions import apply
from keguan.language.feel.typed import Call, Function, Literal
from keguan.language.feel.types import DATE_TIME, TIME, Date, DateTime

if TYPE_CHECKING:
    from keguan.language.feel.typed import Typed
    from keguan.language.feel.types import Type


def called(function: Function, arguments: tuple[Typed, ...], kind: Type) -> Typed:
    """A call; one of constants is worked out at once."""
    values = [argument.value for argument in arguments if isinstance(argument, Literal)]
    if len(values) < len(arguments):
        return Call(function, arguments, kind)
    if None in values:
        return Literal(None, kind)
    return Literal(apply(function, values, arguments[0].type, kind), kind)


def moment(value: Typed) -> Typed:
    """A day as the moment it begins."""
    return called(Function.DATE_TIME, (value, Literal(time(), TIME)), DATE_TIME)


def moments(left: Typed, right: Typed) -> tuple[Typed, Typed]:
    """Two days or moments, both as moments when one of them is."""
    if isinstance(left.type, DateTime) and isinstance(right.type, Date):
        return left, moment(right)
    if isinstance(left.type, Date) and isinstance(right.type, DateTime):
        return moment(left), right
    return left, right
