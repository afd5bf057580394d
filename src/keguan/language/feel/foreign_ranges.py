"""Ranges as people say them — 100万以上, 60分以下, 100万~500万, 100万至500万 — and how they are written here."""

from __future__ import annotations

import re

from keguan.language.feel.tokens import UNITS

_BOUNDS = (
    ("及以上", ">="),
    ("以上", ">="),
    ("及以下", "<="),
    ("以下", "<="),
    ("以内", "<="),
    ("之内", "<="),
)
_BETWEEN = re.compile(r"(?P<unit>[^至到]*)[至到](?P<high>[0-9].*)")
DASHES = frozenset("~～—–―")
"""Signs that stand between the ends of a range on paper."""


def instead_of(number: str, unit: str) -> str | None:
    """How to write a number with what was taken for its unit, when that says a range; None when it does not."""
    for words, sign in _BOUNDS:
        known = unit.removesuffix(words)
        if known != unit and _is_unit(known):
            return f"{sign} {number}{known}"
    found = _BETWEEN.fullmatch(unit)
    if found is not None and _is_unit(found.group("unit")):
        return f"[{number}{found.group('unit')}..{found.group('high')}]"
    return None


def _is_unit(text: str) -> bool:
    return text in UNITS or text.removesuffix("元") in UNITS
