"""One typed tree on plain values, as its definition says. For single cells and conditions — table analysis,
explanations, required fields; decisions themselves run as generated Python or SQL.
"""

from __future__ import annotations

import operator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, assert_never

from keguan.language.feel.functions import apply
from keguan.language.feel.rounding import divide, rescale
from keguan.language.feel.typed import (
    Aggregate,
    AggregateFunction,
    Binary,
    Call,
    FieldRef,
    If,
    InputRef,
    Literal,
    Negate,
    Not,
    Operator,
    OuterRef,
    ParameterRef,
    ParentRef,
    Rescale,
    Today,
)
from keguan.language.feel.types import Number

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from keguan.language.feel.typed import Typed
    from keguan.language.feel.types import Type
    from keguan.language.model.model import Parameter
    from keguan.language.model.values import Value

    Record = Mapping[str, Value]
    Children = Mapping[tuple[str, str], Sequence[Record]]

_ORDER: dict[Operator, Callable[[Any, Any], bool]] = {
    Operator.LESS: operator.lt,
    Operator.LESS_EQUAL: operator.le,
    Operator.GREATER: operator.gt,
    Operator.GREATER_EQUAL: operator.ge,
}

_FIGURES: dict[AggregateFunction, Callable[[Sequence[Any]], Any]] = {
    AggregateFunction.SUM: sum,
    AggregateFunction.MIN: min,
    AggregateFunction.MAX: max,
}
_QUANTIFIERS = {AggregateFunction.SOME: True, AggregateFunction.EVERY: False}
"""What one child decides them by."""


@dataclass(frozen=True, slots=True)
class Values:
    """What the leaves of a tree stand for; ``outer`` is the record that an aggregate is about. What a record reads
    through its references stands in it by ``ParentRef.key``.
    """

    today: date | None = None
    parameters: Mapping[str, Value] = field(default_factory=dict)
    record: Record = field(default_factory=dict)
    children: Children = field(default_factory=dict)
    inputs: Sequence[Value] = ()
    outer: Record = field(default_factory=dict)


def parameters_on(parameters: Mapping[str, Parameter], day: date) -> dict[str, Value]:
    """Each parameter's value on a day; null before its first one."""
    found: dict[str, Value] = {}
    for code, parameter in parameters.items():
        found[code] = None
        for dated in parameter.values:
            if dated.since <= day:
                found[code] = dated.value
    return found


def evaluate(typed: Typed, values: Values) -> Value:  # noqa: PLR0911 - an answer per kind of node
    """The value of a tree. A field that a record does not have is null, as for the runner.

    Raises ``KeyError`` for a parameter and ``IndexError`` for an input that ``values`` does not hold.
    """
    match typed:
        case Literal(value):
            return value
        case FieldRef(code):
            return values.record.get(code)
        case OuterRef(code):
            return values.outer.get(code)
        case ParentRef():
            return (values.outer if typed.outer else values.record).get(typed.key)
        case ParameterRef() | InputRef() | Today():
            return _given(typed, values)
        case Rescale(inner, type_):
            return _rescaled(evaluate(inner, values), _scale(inner.type), _scale(type_))
        case Negate() | Not():
            return _opposite(typed, values)
        case Binary():
            return _binary(typed, values)
        case If(condition, then, otherwise):
            return evaluate(then if evaluate(condition, values) is True else otherwise, values)
        case Call():
            return _called(typed, values)
        case Aggregate():
            return _aggregate(typed, values)
        case _:
            assert_never(typed)


def _given(typed: ParameterRef | InputRef | Today, values: Values) -> Value:
    match typed:
        case ParameterRef(code):
            return values.parameters[code]
        case InputRef(index):
            return values.inputs[index]
        case Today():
            return values.today


def _opposite(typed: Negate | Not, values: Values) -> Value:
    value = evaluate(typed.value, values)
    if isinstance(typed, Not):
        return None if value is None else not value
    return -value if isinstance(value, int) else None


def _scale(type_: Type) -> int:
    return type_.scale if isinstance(type_, Number) else 0


def _rescaled(value: Value, source: int, target: int) -> Value:
    return rescale(value, target - source) if isinstance(value, int) else None


def _binary(typed: Binary, values: Values) -> Value:  # noqa: PLR0911 - an answer per operator
    left = evaluate(typed.left, values)
    if typed.operator is Operator.AND and left is False:
        return False
    if typed.operator is Operator.OR and left is True:
        return True
    right = evaluate(typed.right, values)
    match typed.operator:
        case Operator.AND:
            return False if right is False else None if left is None or right is None else True
        case Operator.OR:
            return True if right is True else None if left is None or right is None else False
        case Operator.EQUAL:
            return left == right
        case Operator.UNEQUAL:
            return left != right
    if left is None or right is None:
        return None
    if typed.operator in _ORDER:
        return _ORDER[typed.operator](left, right)
    return _arithmetic(typed, left, right) if isinstance(left, int) and isinstance(right, int) else None


def _arithmetic(typed: Binary, left: int, right: int) -> int | None:
    match typed.operator:
        case Operator.ADD:
            return left + right
        case Operator.SUBTRACT:
            return left - right
        case Operator.MULTIPLY:
            exact = _scale(typed.left.type) + _scale(typed.right.type)
            return rescale(left * right, _scale(typed.type) - exact)
        case _:
            shift = _scale(typed.type) - _scale(typed.left.type) + _scale(typed.right.type)
            return divide(left, right, shift)


def _called(typed: Call, values: Values) -> Value:
    arguments = [evaluate(argument, values) for argument in typed.arguments]
    if None in arguments:
        return None
    result: Value = apply(typed.function, arguments, typed.arguments[0].type, typed.type)
    return result


def _aggregate(typed: Aggregate, values: Values) -> Value:
    records = [
        Values(values.today, values.parameters, record, outer=values.record)
        for record in values.children.get((typed.child, typed.via), ())
    ]
    chosen = [each for each in records if typed.where is None or evaluate(typed.where, each) is True]
    if typed.function is AggregateFunction.COUNT or typed.value is None:
        return len(chosen)
    found: list[Any] = [evaluate(typed.value, each) for each in chosen]
    if typed.function in _QUANTIFIERS:
        decisive = _QUANTIFIERS[typed.function]
        return decisive if decisive in found else None if None in found else not decisive
    present = [value for value in found if value is not None]
    if typed.function is AggregateFunction.DISTINCT:
        return len(set(present))
    result: Value = _FIGURES[typed.function](present) if present else None
    return result
