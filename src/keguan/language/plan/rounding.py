"""Rounding written out in SQL, from a truncated quotient and its remainder; every engine has those two exactly."""

from __future__ import annotations

from collections.abc import Callable

from keguan.language.feel.typed import Function

Cut = Callable[[str, str], str]
"""Writes the quotient of two numbers, cut off towards zero, or its remainder, which has the dividend's sign."""

_SIGN = "CASE WHEN {r} < 0 THEN -1 ELSE 1 END"
_AWAY: dict[Function, str] = {
    Function.FLOOR: "CASE WHEN {r} < 0 THEN -1 ELSE 0 END",
    Function.CEILING: "CASE WHEN {r} > 0 THEN 1 ELSE 0 END",
    Function.ROUND_UP: "CASE WHEN {r} > 0 THEN 1 WHEN {r} < 0 THEN -1 ELSE 0 END",
    Function.ROUND_HALF_UP: f"CASE WHEN abs({{r}}) >= {{half}} THEN {_SIGN} ELSE 0 END",
    Function.ROUND_HALF_DOWN: f"CASE WHEN abs({{r}}) > {{half}} THEN {_SIGN} ELSE 0 END",
}
"""What is added to the quotient that was cut off; ``half`` is half the divisor."""


def rounded(function: Function, number: str, places: int, quotient: Cut, remainder: Cut) -> str:
    """A number with ``places`` decimal places fewer, rounded as the function says."""
    if places <= 0:
        return number
    divisor = 10**places
    cut = quotient(number, str(divisor))
    if function is Function.ROUND_DOWN:
        return cut
    away = _AWAY[function].format(r=remainder(number, str(divisor)), half=divisor // 2)
    return f"({cut} + {away})"


def half_even(number: str, divisor: str, quotient: Cut, remainder: Cut) -> str:
    """The quotient rounded half-even. The divisor is not zero: null is, by then."""
    cut, rest = quotient(number, divisor), remainder(number, divisor)
    left = f"(abs({divisor}) - abs({rest}))"
    return (
        f"({cut} + CASE WHEN abs({rest}) > {left} OR (abs({rest}) = {left} AND {remainder(cut, '2')} <> 0)"
        f" THEN CASE WHEN ({number} < 0) = ({divisor} < 0) THEN 1 ELSE -1 END ELSE 0 END)"
    )


def modulo(number: str, divisor: str, remainder: Cut) -> str:
    """The remainder with the divisor's sign. The divisor is not zero: null is, by then."""
    rest = remainder(number, divisor)
    return f"({rest} + CASE WHEN {rest} <> 0 AND ({rest} < 0) <> ({divisor} < 0) THEN {divisor} ELSE 0 END)"
