"""Arithmetic: on numbers, texts, dates and durations."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from keguan.language.diagnostics.catalogue import fitting
from keguan.language.feel import nodes
from keguan.language.feel.arithmetic import product, quotient, scale_of
from keguan.language.feel.conversion import to_scale
from keguan.language.feel.logic import unless_null
from keguan.language.feel.moments import called, moments
from keguan.language.feel.typed import Binary, Function, Literal, Negate, Operator
from keguan.language.feel.types import (
    DAY_DURATION,
    TEXT,
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
    from keguan.language.feel.context import Context
    from keguan.language.feel.typed import Typed
    from keguan.language.feel.types import Type

ARITHMETIC = frozenset({Operator.ADD, Operator.SUBTRACT, Operator.MULTIPLY, Operator.DIVIDE})
HIGHEST_POWER = 16
_DURATION = DayDuration | MonthDuration
_DAY = Date | DateTime


def negated(context: Context, node: nodes.NegateNode, wanted: Type | None) -> Typed | None:
    """Minus a number or a duration."""
    value = context.value(node.value, wanted)
    if value is not None and not isinstance(value.type, Number | _DURATION):
        kinds = type_values(expected=Number(), found=value.type)
        return context.report(fitting.WRONG_TYPE, node.value.span, **kinds)
    return None if value is None else minus(value)


def minus(value: Typed) -> Typed:
    """Minus ``value``."""
    if isinstance(value, Literal) and isinstance(value.value, int):
        return replace(value, value=-value.value)
    return Negate(value, value.type)


def arithmetic(context: Context, node: nodes.BinaryNode, wanted: Type | None) -> Typed | None:
    """``left operator right``."""
    left, right = context.value(node.left), context.value(node.right)
    if left is None or right is None:
        return None
    if isinstance(left.type, Number) and isinstance(right.type, Number):
        return _numeric(context, node, left, right, wanted)
    return _others(node, left, right) or _misfit(context, node, left.type, right.type)


def power(context: Context, node: nodes.BinaryNode, wanted: Type | None) -> Typed | None:
    """``base ** exponent`` for a constant whole exponent, as multiplications."""
    base, exponent = context.value(node.left), context.value(node.right)
    if base is None or exponent is None:
        return None
    if not isinstance(base.type, Number):
        return context.report(fitting.WRONG_TYPE, node.left.span, **type_values(expected=Number(), found=base.type))
    times = exponent.value if isinstance(exponent, Literal) and exponent.type == Number() else None
    if not isinstance(times, int) or abs(times) > HIGHEST_POWER:
        return context.report(fitting.BAD_EXPONENT, node.right.span, limit=str(HIGHEST_POWER))
    if times == 0:
        return unless_null(base, Literal(1, Number()))
    result = base
    for _ in range(abs(times) - 1):
        result = product(result, base)
    return result if times > 0 else quotient(Literal(1, Number()), result, wanted)


def _numeric(context: Context, node: nodes.BinaryNode, left: Typed, right: Typed, wanted: Type | None) -> Typed | None:
    if node.operator is Operator.MULTIPLY:
        return product(left, right)
    if node.operator is Operator.DIVIDE:
        return quotient(left, right, wanted)
    scale = max(scale_of(left), scale_of(right))
    first = to_scale(context, left, scale, node.left.span)
    second = to_scale(context, right, scale, node.right.span)
    return None if first is None or second is None else Binary(node.operator, first, second, Number(scale))


def _others(node: nodes.BinaryNode, left: Typed, right: Typed) -> Typed | None:  # noqa: PLR0911 - one per pair
    """What is not plain numbers. None when the two do not go together."""
    kinds = (left.type, right.type)
    match node.operator, kinds:
        case Operator.ADD, (Text(), Text()):
            return called(Function.CONCAT, (left, right), TEXT)
        case ((Operator.ADD | Operator.SUBTRACT), ((Date() | DateTime()), (DayDuration() | MonthDuration()))):
            return later(left, right if node.operator is Operator.ADD else minus(right))
        case Operator.ADD, ((DayDuration() | MonthDuration()), (Date() | DateTime())):
            return later(right, left)
        case Operator.SUBTRACT, ((Date() | DateTime()), (Date() | DateTime())):
            return called(Function.SECONDS_BETWEEN, moments(left, right), DAY_DURATION)
        case Operator.SUBTRACT, (Time(), Time()):
            return called(Function.SECONDS_BETWEEN, (left, right), DAY_DURATION)
        case ((Operator.ADD | Operator.SUBTRACT), ((DayDuration() | MonthDuration()), _)) if kinds[0] == kinds[1]:
            return Binary(node.operator, left, right, left.type)
        case Operator.DIVIDE, ((DayDuration() | MonthDuration()), other) if other == kinds[0] or isinstance(
            other, Number
        ):
            return quotient(left, right, None)
        case Operator.MULTIPLY, ((DayDuration() | MonthDuration()), Number()):
            return Binary(Operator.MULTIPLY, left, right, left.type)
        case Operator.MULTIPLY, (Number(), (DayDuration() | MonthDuration())):
            return Binary(Operator.MULTIPLY, right, left, right.type)
    return None


def later(start: Typed, length: Typed) -> Typed:
    """The day or moment that comes ``length`` after ``start``."""
    if isinstance(length.type, MonthDuration):
        return called(Function.ADD_MONTHS, (start, length), start.type)
    function = Function.ADD_DAYS if isinstance(start.type, Date) else Function.ADD_SECONDS
    return called(function, (start, length), start.type)


def _misfit(context: Context, node: nodes.BinaryNode, left: Type, right: Type) -> Typed | None:
    """Point at the side that does not fit the other."""
    if isinstance(left, _DAY | _DURATION) and isinstance(right, Number):
        return context.report(fitting.DURATION_EXPECTED, node.right.span, **type_values(found=right))
    for kind, other, side in ((right, left, node.right), (left, right, node.left)):
        if isinstance(other, Number | Null) or (isinstance(other, Text) and node.operator is Operator.ADD):
            expected = other if isinstance(other, Number | Text) else Number()
            if type(kind) is not type(expected):
                kinds = type_values(expected=expected, found=kind)
                return context.report(fitting.WRONG_TYPE, side.span, **kinds)
    kinds = type_values(left=left, right=right)
    return context.report(fitting.NOT_ARITHMETIC, node.span, operator=node.operator.value, **kinds)
