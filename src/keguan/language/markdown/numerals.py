"""Clause numbers: 第四条, 第十二条, 第4条, Article 4."""

from __future__ import annotations

import re

_DIGITS = {"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_CLAUSE = re.compile(
    r"(第\s*([零〇一二两三四五六七八九十百千]+|[0-9]{1,4})\s*条|(?:Article|Section)\s+([0-9]{1,4}))(?![0-9])[\s、.：:]*"
)


def numeral(text: str) -> int:
    """The number written as Chinese numerals or ASCII digits."""
    if text.isascii():
        return int(text)
    total = digit = 0
    for character in text:
        if character in _UNITS:
            total += (digit or 1) * _UNITS[character]
            digit = 0
        else:
            digit = _DIGITS[character]
    return total + digit


def clause_number(heading: str) -> tuple[str, int, str] | None:
    """(number as written, its value, title) of a clause's heading, or None when it is not one."""
    found = _CLAUSE.match(heading)
    if found is None:
        return None
    written = found.group(1).replace(" ", "") if found.group(2) else found.group(1)
    return written, numeral(found.group(2) or found.group(3)), heading[found.end() :].strip()
