"""``min``, ``max``, ``sum`` and ``mean`` of plain values, written out as ``if`` chains that skip nulls."""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING

from keguan.language.feel.arithmetic import quotient
from keguan.language.feel.membership import balanced
from keguan.language.feel.typed import Binary, If, Literal, Operator
from keguan.language.feel.types import BOOLEAN, Number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from keguan.language.feel.typed import Typed
    from keguan.language.feel.types import Type


def of_values(function: str, values: Sequence[Typed], kind: Type, wanted: Type | None) -> Typed:
    """The function over ``values``, all of type ``kind``; nulls are skipped and only nulls give null."""
    if function == "sum":
        return _sum(values, kind)
    if function == "mean":
        return quotient(_sum(values, kind), _count(values), wanted)
    return _extreme(Operator.GREATER_EQUAL if function == "max" else Operator.LESS_EQUAL, values, kind)


def is_null(value: Typed) -> Typed:
    """Whether ``value`` is null."""
    return Binary(Operator.EQUAL, value, Literal(None, value.type), BOOLEAN)


def _extreme(better: Operator, values: Sequence[Typed], kind: Type) -> Typed:
    """The best of the values: halves first, so that the tree grows with the square of their number only."""
    if len(values) == 1:
        return values[0]
    middle = len(values) // 2
    left, right = _extreme(better, values[:middle], kind), _extreme(better, values[middle:], kind)
    keeps: Typed = Binary(better, left, right, BOOLEAN)
    if not _is_constant(right):
        keeps = Binary(Operator.OR, is_null(right), keeps, BOOLEAN)
    return If(keeps, left, right, kind)


def _sum(values: Sequence[Typed], kind: Type) -> Typed:
    parts = [value if _is_constant(value) else If(is_null(value), Literal(0, kind), value, kind) for value in values]
    total: Typed = reduce(lambda left, right: Binary(Operator.ADD, left, right, kind), parts[1:], parts[0])
    if any(_is_constant(value) for value in values):
        return total
    nothing = balanced(Operator.AND, [is_null(value) for value in values])
    return If(nothing, Literal(None, kind), total, kind)


def _count(values: Sequence[Typed]) -> Typed:
    whole = Number()
    one = Literal(1, whole)
    parts = [one if _is_constant(value) else If(is_null(value), Literal(0, whole), one, whole) for value in values]
    first: Typed = parts[0]
    return reduce(lambda left, right: Binary(Operator.ADD, left, right, whole), parts[1:], first)


def _is_constant(value: Typed) -> bool:
    return isinstance(value, Literal) and value.value is not None
