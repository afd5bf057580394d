"""The scales of products and quotients."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.feel.typed import Binary, Operator, Rescale
from keguan.language.feel.types import MAX_SCALE, DayDuration, MonthDuration, Number

if TYPE_CHECKING:
    from keguan.language.feel.typed import Typed
    from keguan.language.feel.types import Type

QUOTIENT_SCALE = 6
"""The decimals of a quotient where nothing asks for others."""


def product(left: Typed, right: Typed) -> Typed:
    """``left * right``, rounded only when it would keep more decimals than ``MAX_SCALE``."""
    scale = scale_of(left) + scale_of(right)
    exact = Binary(Operator.MULTIPLY, left, right, Number(scale))
    return exact if scale <= MAX_SCALE else Rescale(exact, Number(MAX_SCALE))


def quotient(left: Typed, right: Typed, wanted: Type | None) -> Typed:
    """``left / right`` in the wanted scale, else in ``QUOTIENT_SCALE`` or that of the finer side; a duration by a
    number is a duration.
    """
    if isinstance(left.type, DayDuration | MonthDuration) and isinstance(right.type, Number):
        return Binary(Operator.DIVIDE, left, right, left.type)
    scale = wanted.scale if isinstance(wanted, Number) else max(QUOTIENT_SCALE, scale_of(left), scale_of(right))
    return Binary(Operator.DIVIDE, left, right, Number(scale))


def scale_of(typed: Typed) -> int:
    """The scale of a number; a duration is a whole number of its unit. Raises ``TypeError`` for anything else."""
    if isinstance(typed.type, DayDuration | MonthDuration):
        return 0
    if not isinstance(typed.type, Number):
        raise TypeError(typed.type)
    return typed.type.scale
