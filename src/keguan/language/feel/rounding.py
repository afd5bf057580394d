"""Exact arithmetic on scaled integers, rounded half to even: the one definition for both executions."""

from __future__ import annotations


def divide(dividend: int, divisor: int, shift: int) -> int | None:
    """``dividend * 10**shift / divisor``, rounded half-even once from the exact quotient; None when dividing by zero.

    For sides of scale *l* and *r* and a quotient of scale *s*, ``shift`` is ``s - l + r``; it may be negative.
    """
    if divisor == 0:
        return None
    if shift >= 0:
        dividend *= 10**shift
    else:
        divisor *= 10**-shift
    return _half_even(dividend, divisor)


def rescale(value: int, places: int) -> int:
    """``value * 10**places``; fewer places round half-even."""
    if places >= 0:
        return value * 10**places  # type: ignore[no-any-return]
    return _half_even(value, 10**-places)


def coarser(value: int, factor: int) -> int:
    """``value / factor`` rounded half-even, for a factor above zero."""
    return _half_even(value, factor)


def _half_even(dividend: int, divisor: int) -> int:
    if divisor < 0:
        dividend, divisor = -dividend, -divisor
    quotient, rest = divmod(dividend, divisor)
    twice = 2 * rest
    return quotient + 1 if twice > divisor or (twice == divisor and quotient & 1) else quotient
