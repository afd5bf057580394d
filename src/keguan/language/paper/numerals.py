"""Numbers as Chinese documents count: 一, 十二, 一百零三."""

from __future__ import annotations

_DIGITS = "零一二三四五六七八九"
_UNITS = ("", "十", "百", "千")


def chinese(number: int) -> str:
    """A whole number from 0 to 9,999 in Chinese numerals; beyond that in digits."""
    if not 0 <= number <= 9999:
        return str(number)
    if number == 0:
        return _DIGITS[0]
    made = ""
    for power in (3, 2, 1, 0):
        digit = number // 10**power % 10
        if digit:
            made += _DIGITS[digit] + _UNITS[power]
        elif made and not made.endswith(_DIGITS[0]):
            made += _DIGITS[0]
    made = made.rstrip(_DIGITS[0])
    return made.removeprefix("一") if made.startswith("一十") else made
