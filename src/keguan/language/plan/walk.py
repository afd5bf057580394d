"""Walking typed trees without recursion along long chains of ``if … else if …``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.feel.typed import Binary, Call, Function, If, Negate, Not, Operator, Rescale
from keguan.language.feel.types import DayDuration, MonthDuration, Number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from keguan.language.feel.typed import Typed

ARITHMETIC = frozenset({Operator.ADD, Operator.SUBTRACT, Operator.MULTIPLY, Operator.DIVIDE})
COMPARISONS = frozenset({Operator.LESS, Operator.LESS_EQUAL, Operator.GREATER, Operator.GREATER_EQUAL})
ROUNDING = frozenset(
    {
        Function.FLOOR,
        Function.CEILING,
        Function.ROUND_HALF_UP,
        Function.ROUND_HALF_DOWN,
        Function.ROUND_UP,
        Function.ROUND_DOWN,
    }
)
CALCULATING = ROUNDING | {Function.ABS, Function.MODULO}
"""The functions that compute a number from numbers."""


def nodes(root: Typed) -> Iterator[Typed]:
    """Every node of the tree, parents first. What is inside an ``Aggregate`` belongs to the child and is left out."""
    waiting: list[Typed] = [root]
    while waiting:
        node = waiting.pop()
        yield node
        waiting.extend(operands(node))


def operands(node: Typed) -> tuple[Typed, ...]:
    """The direct operands of a node, in reading order; none for leaves and for an ``Aggregate``."""
    match node:
        case Binary(left=left, right=right):
            return (left, right)
        case If(condition=condition, then=then, otherwise=otherwise):
            return (condition, then, otherwise)
        case Rescale(value=value) | Negate(value=value) | Not(value=value):
            return (value,)
        case Call(arguments=arguments):
            return arguments
        case _:
            return ()


def is_arithmetic(node: Typed) -> bool:
    """Whether the node computes a number from numbers (and so may leave the 64-bit range on the way).

    A duration is a number too: of seconds or of months.
    """
    if isinstance(node, Binary):
        return node.operator in ARITHMETIC and isinstance(node.type, Number | DayDuration | MonthDuration)
    if isinstance(node, Call):
        return node.function in CALCULATING
    return isinstance(node, Rescale | Negate)


def chain(node: Typed, operator: Operator) -> tuple[Typed, ...]:
    """The operands that are joined by one ``and`` or one ``or``, however they are bracketed."""
    if isinstance(node, Binary) and node.operator is operator:
        return (*chain(node.left, operator), *chain(node.right, operator))
    return (node,)
