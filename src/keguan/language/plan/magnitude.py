"""How large a number can become, told from the tree alone: where 64 bits are surely enough, plain SQL is used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.feel.typed import (
    Aggregate,
    AggregateFunction,
    Binary,
    Call,
    Function,
    If,
    Literal,
    Operator,
    Rescale,
)
from keguan.language.feel.types import Number
from keguan.language.plan.walk import ROUNDING, is_arithmetic, operands

if TYPE_CHECKING:
    from keguan.language.feel.typed import Typed

STORED = 2**63
"""How far from zero a column or a parameter can be (the most negative one; above, it is one less)."""
LARGEST = STORED - 1
"""What a step of a calculation surely has room for."""
COUNT = 2**40
"""No table has more rows than this."""
_BOUNDED = {
    Function.STRING_LENGTH: 2**31,
    Function.YEAR: 9999,
    Function.MONTH: 12,
    Function.DAY: 31,
    Function.WEEKDAY: 7,
    Function.DAY_OF_YEAR: 366,
    Function.HOUR: 23,
    Function.MINUTE: 59,
    Function.SECOND: 59,
    Function.SECONDS_BETWEEN: 10_000 * 366 * 86_400,
    Function.MONTHS_BETWEEN: 10_000 * 12,
}


def magnitude(node: Typed) -> int:
    """An upper bound of the absolute value of a number, in units of its own scale."""
    match node:
        case Literal(value=value):
            return abs(value) if isinstance(value, int) else 0
        case Aggregate(function=AggregateFunction.COUNT | AggregateFunction.DISTINCT):
            return COUNT
        case Call(function=function) if function in _BOUNDED:
            return _BOUNDED[function]
        case If(then=then, otherwise=otherwise):
            return max(magnitude(then), magnitude(otherwise))
        case _:
            return _result(node) if is_arithmetic(node) else STORED


def _result(node: Typed) -> int:
    match node:
        case Rescale(value=value):
            return shifted(magnitude(value), scale(node) - scale(value))
        case Binary(operator=Operator.MULTIPLY, left=left, right=right):
            return magnitude(left) * magnitude(right)
        case Binary(operator=Operator.DIVIDE, left=left, right=right):
            return shifted(magnitude(left), max(0, scale(node) - scale(left) + scale(right)))
        case Call(function=Function.MODULO, arguments=(_, divisor)):
            return magnitude(divisor)
        case Call(function=function, arguments=(value,)) if function in ROUNDING:
            return shifted(magnitude(value), scale(node) - scale(value))
        case _:
            return sum(magnitude(operand) for operand in operands(node))


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
