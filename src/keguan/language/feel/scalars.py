"""Functions of text and of numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.diagnostics.catalogue import fitting
from keguan.language.feel.arithmetic import scale_of
from keguan.language.feel.conversion import convert, to_scale
from keguan.language.feel.logic import unless_null
from keguan.language.feel.moments import called
from keguan.language.feel.rounding import rescale
from keguan.language.feel.typed import Binary, Function, Literal, Operator, Rescale
from keguan.language.feel.types import (
    BOOLEAN,
    MAX_SCALE,
    TEXT,
    Boolean,
    Date,
    DateTime,
    DayDuration,
    MonthDuration,
    Null,
    Number,
    Text,
    Time,
)
from keguan.language.feel.words import type_values

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from keguan.language.feel import nodes
    from keguan.language.feel.context import Context
    from keguan.language.feel.typed import Typed
    from keguan.language.feel.types import Type

    Arguments = Sequence[nodes.Node]
    Handler = Callable[[Context, Arguments, Type | None], Typed | None]

WHOLE = Number()
_TEXTS: dict[str, tuple[Function, tuple[Type, ...], Type]] = {
    "string length": (Function.STRING_LENGTH, (TEXT,), WHOLE),
    "substring": (Function.SUBSTRING, (TEXT, WHOLE, WHOLE), TEXT),
    "substring before": (Function.SUBSTRING_BEFORE, (TEXT, TEXT), TEXT),
    "substring after": (Function.SUBSTRING_AFTER, (TEXT, TEXT), TEXT),
    "upper case": (Function.UPPER, (TEXT,), TEXT),
    "lower case": (Function.LOWER, (TEXT,), TEXT),
    "contains": (Function.CONTAINS, (TEXT, TEXT), BOOLEAN),
    "starts with": (Function.STARTS_WITH, (TEXT, TEXT), BOOLEAN),
    "ends with": (Function.ENDS_WITH, (TEXT, TEXT), BOOLEAN),
    "has mobile number": (Function.HAS_MOBILE, (TEXT,), BOOLEAN),
}
_ROUNDINGS = {
    "floor": Function.FLOOR,
    "ceiling": Function.CEILING,
    "round half up": Function.ROUND_HALF_UP,
    "round half down": Function.ROUND_HALF_DOWN,
    "round up": Function.ROUND_UP,
    "round down": Function.ROUND_DOWN,
}
_SHOWN = Number | Boolean | Date | Time | DateTime


def taken(context: Context, node: nodes.Node, kind: Type) -> Typed | None:
    """An argument as a value of ``kind``."""
    value = context.value(node, kind)
    return None if value is None else convert(context, value, kind, node.span)


def number(context: Context, node: nodes.Node, wanted: Type | None = None) -> Typed | None:
    """An argument that must be a number."""
    value = context.value(node, wanted)
    if value is None or isinstance(value.type, Number):
        return value
    if isinstance(value.type, Null):
        return Literal(None, WHOLE)
    return context.report(fitting.WRONG_TYPE, node.span, **type_values(expected=WHOLE, found=value.type))


def _text(name: str) -> Handler:
    function, kinds, result = _TEXTS[name]

    def handler(context: Context, arguments: Arguments, _: Type | None) -> Typed | None:
        values = [taken(context, node, kind) for node, kind in zip(arguments, kinds, strict=False)]
        sound = tuple(value for value in values if value is not None)
        return called(function, sound, result) if len(sound) == len(values) else None

    return handler


def _rounded(name: str) -> Handler:
    function = _ROUNDINGS[name]

    def handler(context: Context, arguments: Arguments, _: Type | None) -> Typed | None:
        value = number(context, arguments[0])
        scale = _places(context, arguments[1]) if len(arguments) > 1 else 0
        if value is None or scale is None:
            return None
        if scale_of(value) <= scale:
            return to_scale(context, value, scale, arguments[0].span)
        if scale and function in {Function.FLOOR, Function.CEILING}:
            return _scaled_whole(function, value, scale)
        return called(function, (value,), Number(scale))

    return handler


def _scaled_whole(function: Function, value: Typed, scale: int) -> Typed:
    """``floor`` and ``ceiling`` keep whole numbers only: with decimals, a rest is taken away or filled up."""
    kind = value.type
    step = Literal(10 ** (scale_of(value) - scale), kind)
    rest = called(Function.MODULO, (value, step), kind)
    lower: Typed = Binary(Operator.SUBTRACT, value, rest, kind)
    if function is Function.CEILING:
        minus = Binary(Operator.SUBTRACT, Literal(0, kind), value, kind)
        lower = Binary(Operator.ADD, value, called(Function.MODULO, (minus, step), kind), kind)
    return Rescale(lower, Number(scale))


def _places(context: Context, node: nodes.Node) -> int | None:
    """A constant number of decimals."""
    value = context.value(node)
    if value is None:
        return None
    if (
        isinstance(value, Literal)
        and value.type == WHOLE
        and isinstance(value.value, int)
        and (0 <= value.value <= MAX_SCALE)
    ):
        return value.value
    context.report(fitting.BAD_PLACES, node.span, limit=str(MAX_SCALE))
    return None


def _decimal(context: Context, arguments: Arguments, _: Type | None) -> Typed | None:
    scale = _places(context, arguments[1])
    value = None if scale is None else number(context, arguments[0], Number(scale))
    if value is None or scale is None:
        return None
    if isinstance(value, Literal):
        units = None if value.value is None else rescale(int(value.value), scale - scale_of(value))  # type: ignore[arg-type]  # a number
        return Literal(units, Number(scale))
    return value if scale_of(value) == scale else Rescale(value, Number(scale))


def _absolute(context: Context, arguments: Arguments, wanted: Type | None) -> Typed | None:
    value = context.value(arguments[0], wanted)
    if value is not None and isinstance(value.type, DayDuration | MonthDuration):
        return called(Function.ABS, (value,), value.type)
    value = number(context, arguments[0], wanted)
    return None if value is None else called(Function.ABS, (value,), value.type)


def _modulo(context: Context, arguments: Arguments, _: Type | None) -> Typed | None:
    left, right = number(context, arguments[0]), number(context, arguments[1])
    if left is None or right is None:
        return None
    scale = max(scale_of(left), scale_of(right))
    first = to_scale(context, left, scale, arguments[0].span)
    second = to_scale(context, right, scale, arguments[1].span)
    return None if first is None or second is None else called(Function.MODULO, (first, second), Number(scale))


def _parity(rest: int) -> Handler:
    def handler(context: Context, arguments: Arguments, _: Type | None) -> Typed | None:
        value = number(context, arguments[0])
        if value is None:
            return None
        one = 10 ** scale_of(value)
        left = called(Function.MODULO, (value, Literal(2 * one, value.type)), value.type)
        return unless_null(value, Binary(Operator.EQUAL, left, Literal(rest * one, value.type), BOOLEAN))

    return handler


def _string(context: Context, arguments: Arguments, _: Type | None) -> Typed | None:
    value = context.value(arguments[0])
    if value is None or isinstance(value.type, Text):
        return value
    if isinstance(value.type, Null):
        return Literal(None, TEXT)
    if not isinstance(value.type, _SHOWN):
        return context.report(fitting.WRONG_TYPE, arguments[0].span, **type_values(expected=TEXT, found=value.type))
    return called(Function.TEXT_OF, (value,), TEXT)


SCALARS: dict[str, Handler] = {
    **{name: _text(name) for name in _TEXTS},
    **{name: _rounded(name) for name in _ROUNDINGS},
    "decimal": _decimal,
    "abs": _absolute,
    "modulo": _modulo,
    "even": _parity(0),
    "odd": _parity(1),
    "string": _string,
}
"""How each function of text and numbers is typed; the number of its arguments has been checked."""
