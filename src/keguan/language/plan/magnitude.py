"""How large a number can become, told from the tree alone: where 64 bits are surely enough, plain SQL is used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.feel.typed import Aggregate, AggregateFunction, Binary, If, Literal, Negate, Operator, Rescale
from keguan.language.feel.types import Number
from keguan.language.plan.walk import is_arithmetic, operands

if TYPE_CHECKING:
    from keguan.language.feel.typed import Typed

STORED = 2**63
"""How far from zero a column or a parameter can be (the most negative one; above, it is one less)."""
LARGEST = STORED - 1
"""What a step of a calculation surely has room for."""
COUNT = 2**40
"""No table has more rows than this."""


def magnitude(node: Typed) -> int:
    """An upper bound of the absolute value of a number, in units of its own scale."""
    match node:
        case Literal(value=int() as value):
            return abs(value)
        case Aggregate(function=AggregateFunction.COUNT):
            return COUNT
        case If(then=then, otherwise=otherwise):
            return max(magnitude(then), magnitude(otherwise))
        case Negate(value=value):
            return magnitude(value)
        case Rescale(value=value):
            return shifted(magnitude(value), scale(node) - scale(value))
        case Binary(operator=operator, left=left, right=right) if is_arithmetic(node):
            return _binary(operator, left, right, scale(node))
        case Literal():
            return 0
        case _:
            return STORED


def _binary(operator: Operator, left: Typed, right: Typed, target: int) -> int:
    if operator is Operator.MULTIPLY:
        return magnitude(left) * magnitude(right)
    if operator is Operator.DIVIDE:
        return shifted(magnitude(left), max(0, target - scale(left) + scale(right)))
    return magnitude(left) + magnitude(right)


def fits(node: Typed) -> bool:
    """Whether the node and every arithmetic step below it stay within 64 bits, whatever the data."""
    if not is_arithmetic(node):
        return True
    return magnitude(node) <= LARGEST and all(fits(operand) for operand in operands(node))


def scale(node: Typed) -> int:
    """The scale of a number's type; null counts as scale 0."""
    return node.type.scale if isinstance(node.type, Number) else 0


def shifted(value: int, places: int) -> int:
    """``value`` moved by decimal places, rounded away from zero."""
    power: int = 10 ** abs(places)
    return value * power if places >= 0 else value // power + 1
