"""Whether what is kept has room: every database stores a number in 64 bits, and one that needs more is refused."""

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
    Negate,
    Rescale,
)
from keguan.language.feel.types import DayDuration, MonthDuration, Number

if TYPE_CHECKING:
    from keguan.language.feel.typed import Typed

LEAST, LARGEST = -(2**63), 2**63 - 1
"""What a column can hold. Values that come in are within it."""

_CALCULATING = frozenset({Function.ABS, Function.MODULO})


class TooLarge(ArithmeticError):
    """A fact, an input or an outcome, by its code, that needs more than 64 bits. Every engine refuses the SQL of the
    same computation.
    """


def too_large(code: str) -> None:
    """Refuse the value of a column. Raises ``TooLarge``."""
    raise TooLarge(code)


def may_be_too_large(typed: Typed) -> bool:
    """Whether a value may need more room than any that it is made of."""
    if not isinstance(typed.type, Number | DayDuration | MonthDuration):
        return False
    match typed:
        case If(_, then, otherwise):
            return may_be_too_large(then) or may_be_too_large(otherwise)
        case Rescale(Literal(value)) | Negate(Literal(value)):
            return isinstance(value, int) and abs(value) > 2**32
        case Aggregate(function, _, _, _, value):
            summed = function is AggregateFunction.SUM
            return summed or (value is not None and may_be_too_large(value))
        case Call(function):
            return function in _CALCULATING or any(map(may_be_too_large, typed.arguments))
    return isinstance(typed, Binary | Rescale | Negate)


def refusal(code: str, name: str, *, nullable: bool) -> str:
    """The line that refuses what stands in ``name`` when it has no room."""
    test = f"{name} is not None and " if nullable else ""
    return f"if {test}not {LEAST} <= {name} <= {LARGEST}: too_large({code!r})"
