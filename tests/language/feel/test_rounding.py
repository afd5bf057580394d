"""Division and change of scale, against exact fractions."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keguan.language.feel.rounding import coarser, divide, rescale

NUMBERS = st.integers(-(10**30), 10**30)


@given(dividend=NUMBERS, divisor=NUMBERS.filter(bool), shift=st.integers(-10, 10))
def test_a_quotient_is_the_exact_one_rounded_half_even(dividend: int, divisor: int, shift: int) -> None:
    """Whatever the signs and the shift, the result is the fraction rounded once."""
    assert divide(dividend, divisor, shift) == round(Fraction(dividend, divisor) * Fraction(10) ** shift)


@given(value=NUMBERS, places=st.integers(-10, 10))
def test_a_change_of_scale_rounds_half_even(value: int, places: int) -> None:
    """A finer scale is exact; a coarser one rounds once."""
    assert rescale(value, places) == round(value * Fraction(10) ** places)


@pytest.mark.parametrize(
    ("value", "result"), [(5, 0), (15, 2), (25, 2), (-5, 0), (-15, -2), (-25, -2), (26, 3), (-24, -2)]
)
def test_halves_go_to_the_even_neighbour(value: int, result: int) -> None:
    """Ties go to even on both sides of zero."""
    assert coarser(value, 10) == result


def test_division_by_zero_is_null() -> None:
    """There is no quotient by zero, whatever the shift."""
    assert (divide(1, 0, 3), divide(0, 0, -3)) == (None, None)
