"""Whether what came out is what was expected."""

from __future__ import annotations

from decimal import Decimal

from keguan.language.dmn.types.comparison import same
from keguan.language.dmn.values.numbers import CONTEXT
from keguan.language.dmn.values.times import DateTime, Time

TOLERANCE = Decimal("0.00000001")
"""How far numbers may be apart: the kit writes down fewer digits than 34, and its own runner allows this."""


def agrees(expected: object, got: object) -> bool:
    """As ``=`` in FEEL, but for numbers' last digits; times and moments to the nanosecond and with their zone."""
    if isinstance(expected, list) and isinstance(got, list):
        return len(expected) == len(got) and all(agrees(mine, other) for mine, other in zip(expected, got, strict=True))
    if isinstance(expected, dict) and isinstance(got, dict):
        return expected.keys() == got.keys() and all(agrees(value, got[name]) for name, value in expected.items())
    if isinstance(expected, Decimal) and isinstance(got, Decimal):
        return CONTEXT.subtract(expected, got).copy_abs() < TOLERANCE
    if isinstance(expected, Time | DateTime):
        return type(expected) is type(got) and str(expected) == str(got)
    return same(expected, got)
