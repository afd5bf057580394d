"""Numbers: decimals of 34 digits, rounded half-even, as IEEE 754-2008 decimal128 has them."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_EVEN, Context, Decimal, DivisionByZero, InvalidOperation, Overflow

CONTEXT = Context(
    prec=34,
    rounding=ROUND_HALF_EVEN,
    Emin=-6143,
    Emax=6144,
    traps=[InvalidOperation, DivisionByZero, Overflow],
)
"""Every operation on numbers goes through here; what has no finite result raises ``ArithmeticError``."""

_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,5})?")
_LONGEST = 8000


def parse_number(text: str) -> Decimal | None:
    """The number written in decimal or scientific form, rounded to 34 digits, or None when it is not one."""
    if len(text) > _LONGEST or _NUMBER.fullmatch(text) is None:
        return None
    try:
        return CONTEXT.create_decimal(text)
    except ArithmeticError:
        return None


def whole(value: object) -> int | None:
    """The integer that ``value`` is, or None when it is not a number, not whole, or longer than 34 digits."""
    if not isinstance(value, Decimal) or value.adjusted() > CONTEXT.prec:
        return None
    return int(value) if value == value.to_integral_value() else None


def number_text(value: Decimal) -> str:
    """The number in digits, without an exponent and without zeros at the end: ``1000``, ``-0.5``."""
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text
