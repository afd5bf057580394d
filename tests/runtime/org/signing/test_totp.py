"""One-time codes by time."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keguan.runtime.org.factors.recovery import COUNT, digest, new_codes
from keguan.runtime.org.factors.totp import address, code_at, matching_step, step_at, written

SEED = b"12345678901234567890"
"""The seed of RFC 6238, appendix B."""


@pytest.mark.parametrize(
    ("seconds", "eight_digits"),
    [
        (59, "94287082"),
        (1111111109, "07081804"),
        (1111111111, "14050471"),
        (1234567890, "89005924"),
        (2000000000, "69279037"),
        (20000000000, "65353130"),
    ],
)
def test_the_codes_are_those_of_the_standard(seconds: int, eight_digits: str) -> None:
    """The test values of RFC 6238, appendix B: six digits are the last six of its eight."""
    assert code_at(SEED, step_at(datetime.fromtimestamp(seconds, UTC))) == eight_digits[2:]


@given(st.integers(min_value=10, max_value=10**9), st.integers(min_value=-4, max_value=4))
def test_only_the_steps_around_now_are_taken(step: int, away: int) -> None:
    """A code is taken in its own step, the one before and the one after, and in no other."""
    moment = datetime.fromtimestamp(step * 30 + 7, UTC)
    code = code_at(SEED, step + away)
    if any(code_at(SEED, step + near) == code for near in (-1, 0, 1) if near != away):
        return  # two steps of one code: once in ten to the sixth
    assert matching_step(SEED, code, moment, 0) == (step + away if abs(away) <= 1 and step + away > 0 else None)


@given(st.integers(min_value=2, max_value=10**9))
def test_no_code_is_taken_twice(step: int) -> None:
    """What was taken for a step is taken neither for it again nor for one before."""
    moment = datetime.fromtimestamp(step * 30, UTC)
    for taken in (step - 1, step, step + 1):
        found = matching_step(SEED, code_at(SEED, taken), moment, taken)
        assert found is None or found > taken


def test_the_address_is_what_apps_read() -> None:
    """Issuer and account are in it, escaped, and the secret in base 32."""
    assert address(SEED, "lin_xiao", "客管") == (
        "otpauth://totp/%E5%AE%A2%E7%AE%A1:lin_xiao?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=%E5%AE%A2%E7%AE%A1"
    )
    assert written(SEED).startswith("GEZD GNBV ")


def test_recovery_codes_are_ten_and_forgive_how_they_are_typed() -> None:
    """Ten different ones of 120 bits; small letters and missing hyphens do not matter."""
    codes = new_codes()
    assert (len(codes), len(set(codes)), len(codes[0].replace("-", ""))) == (COUNT, COUNT, 24)
    assert digest(codes[0]) == digest(codes[0].lower().replace("-", " "))
    assert digest(codes[0]) != digest(codes[1])
