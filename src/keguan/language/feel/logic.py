"""Conditions and how they are joined."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.feel.conversion import convert
from keguan.language.feel.typed import Binary, If, Literal, Operator
from keguan.language.feel.types import BOOLEAN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from keguan.language.feel import nodes
    from keguan.language.feel.context import Context
    from keguan.language.feel.typed import Typed


def condition(context: Context, node: nodes.Node) -> Typed | None:
    """An expression that must be a yes or no."""
    typed = context.value(node, BOOLEAN)
    return None if typed is None else convert(context, typed, BOOLEAN, node.span)


def balanced(operator: Operator, operands: Sequence[Typed]) -> Typed:
    """``and`` or ``or`` over all operands as a tree of logarithmic depth, order kept; of none, what changes nothing."""
    if not operands:
        return Literal(operator is Operator.AND, BOOLEAN)
    if len(operands) == 1:
        return operands[0]
    middle = len(operands) // 2
    left, right = balanced(operator, operands[:middle]), balanced(operator, operands[middle:])
    return Binary(operator, left, right, BOOLEAN)


def is_null(value: Typed) -> Typed:
    """Whether ``value`` is null."""
    return Binary(Operator.EQUAL, value, Literal(None, value.type), BOOLEAN)


def unless_null(value: Typed, then: Typed) -> Typed:
    """``then``, but null where ``value`` is."""
    return If(is_null(value), Literal(None, then.type), then, then.type)
