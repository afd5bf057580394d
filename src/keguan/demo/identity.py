"""Identifiers of invented people: right in form, with right check digits, and plainly not anyone's."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from stdnum.cn import uscc

if TYPE_CHECKING:
    from random import Random

# 0000 in the middle of every number shows at a glance that it is invented.
_PREFIXES = ("139", "138", "137", "186", "199")
_AREAS = ("110101", "110105", "120101", "310101", "310104")  # districts older than anybody here
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"


def phone(number: int) -> str:
    """The ``number``-th invented mobile number: 13900000000, 13900000001 … (50,000 of them)."""
    block, rest = divmod(number, 10_000)
    return f"{_PREFIXES[block]}0000{rest:04}"


def check_digit(body: str) -> str:
    """The 18th character of an ID number for its first 17 digits (GB 11643)."""
    return _CHECKS[sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS, strict=True)) % 11]


def id_number(random: Random, number: int, born: date, *, male: bool) -> str:
    """A valid ID number; ``number`` keeps those of one birthday apart."""
    sequence = (number * 2) % 998 + (1 if male else 2)
    body = f"{random.choice(_AREAS)}{born:%Y%m%d}{sequence:03}"
    return body + check_digit(body)


def wrong_check_digit(right: str) -> str:
    """The same ID number with a check digit that cannot be."""
    return right[:17] + ("0" if right[17] != "0" else "1")


def social_credit_code(number: int) -> str:
    """A valid unified social credit code of an invented firm."""
    body = f"91110101MA{number:07}"
    return body + uscc.calc_check_digit(body)


def birthday(random: Random, today: date) -> date:
    """A birthday of someone between 22 and 75 years old."""
    return today - timedelta(days=random.randint(22 * 366, 75 * 365))


def age_band(born: date, today: date) -> str:
    """The band of the customer record for an age."""
    age = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
    for limit, band in ((30, "30岁以下"), (40, "30至39岁"), (50, "40至49岁"), (60, "50至59岁")):
        if age < limit:
            return band
    return "60岁及以上"
