"""Functions of numbers."""

from __future__ import annotations

from decimal import (
    ROUND_CEILING,
    ROUND_DOWN,
    ROUND_FLOOR,
    ROUND_HALF_DOWN,
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    ROUND_UP,
    Context,
    Decimal,
    DivisionByZero,
    InvalidOperation,
)

from keguan.language.dmn.functions.declaring import functions, may, needs, takes
from keguan.language.dmn.types.function import Signature
from keguan.language.dmn.types.types import BOOLEAN, DAYS_TIME, NUMBER, YEARS_MONTHS
from keguan.language.dmn.values.durations import DaysTime, YearsMonths
from keguan.language.dmn.values.numbers import CONTEXT, whole

_WIDE = Context(prec=7000, traps=[InvalidOperation, DivisionByZero])  # so that a remainder is exact
_COARSEST, _FINEST = -6111, 6176


def rounded(number: Decimal, scale: Decimal | None, rounding: str) -> Decimal | None:
    """The number with so many digits behind the point (0 when not said), rounded like that; None beyond decimal128."""
    places = whole(Decimal(0) if scale is None else scale)
    if places is None or not _COARSEST <= places <= _FINEST:
        return None
    exponent = number.as_tuple().exponent
    if isinstance(exponent, int) and -exponent <= places:
        return number
    return CONTEXT.plus(number.quantize(Decimal((0, (1,), -places)), rounding, _WIDE))


def modulo(dividend: Decimal, divisor: Decimal) -> Decimal | None:
    """What is left of the dividend; it has the sign of the divisor. None for a divisor of 0."""
    if not divisor:
        return None
    rest = _WIDE.remainder(dividend, divisor)
    if rest and (rest < 0) != (divisor < 0):
        rest = _WIDE.add(rest, divisor)
    return CONTEXT.plus(rest)


def odd(number: Decimal) -> bool | None:
    """Whether a whole number is odd."""
    integer = whole(number)
    return None if integer is None else integer % 2 == 1


def even(number: Decimal) -> bool | None:
    """Whether a whole number is even."""
    integer = whole(number)
    return None if integer is None else integer % 2 == 0


def _rounding(rounding: str, *, needed: bool) -> Signature:
    scale = needs("scale", NUMBER) if needed else may("scale", NUMBER)
    return takes(lambda number, places: rounded(number, places, rounding), needs("n", NUMBER), scale, result=NUMBER)


_NUMBER = needs("number", NUMBER)

FUNCTIONS = functions(
    decimal=_rounding(ROUND_HALF_EVEN, needed=True),
    floor=_rounding(ROUND_FLOOR, needed=False),
    ceiling=_rounding(ROUND_CEILING, needed=False),
    round_up=_rounding(ROUND_UP, needed=True),
    round_down=_rounding(ROUND_DOWN, needed=True),
    round_half_up=_rounding(ROUND_HALF_UP, needed=True),
    round_half_down=_rounding(ROUND_HALF_DOWN, needed=True),
    abs=(
        takes(CONTEXT.abs, needs("n", NUMBER), result=NUMBER),
        takes(lambda value: DaysTime(abs(value.nanoseconds)), needs("n", DAYS_TIME), result=DAYS_TIME),
        takes(lambda value: YearsMonths(abs(value.months)), needs("n", YEARS_MONTHS), result=YEARS_MONTHS),
    ),
    modulo=takes(modulo, needs("dividend", NUMBER), needs("divisor", NUMBER), result=NUMBER),
    sqrt=takes(CONTEXT.sqrt, _NUMBER, result=NUMBER),
    log=takes(lambda number: CONTEXT.ln(number) if number > 0 else None, _NUMBER, result=NUMBER),
    exp=takes(CONTEXT.exp, _NUMBER, result=NUMBER),
    odd=takes(odd, _NUMBER, result=BOOLEAN),
    even=takes(even, _NUMBER, result=BOOLEAN),
)
