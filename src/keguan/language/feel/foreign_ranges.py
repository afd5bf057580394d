"""Ranges as people say them — 100万以上不满500万, 不超过30万, 满60分, 3至8年 — and how they are written here.

以上, 以下, 以内, 满 and 达到 count the number itself; 不满, 不足, 低于 and 超过 do not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from keguan.language.feel.tokens import MONTHS, SPANS_OF_TIME, UNITS

_BEFORE = {
    "大于或等于": ">=", "大于等于": ">=", "不低于": ">=", "不小于": ">=", "不少于": ">=", "至少": ">=", "最少": ">=",
    "达到": ">=", "满": ">=",
    "小于或等于": "<=", "小于等于": "<=", "不超过": "<=", "不高于": "<=", "不大于": "<=", "不多于": "<=", "至多": "<=",
    "最多": "<=",
    "低于": "<", "小于": "<", "少于": "<", "不满": "<", "未满": "<", "不足": "<", "不到": "<",
    "高于": ">", "大于": ">", "多于": ">", "超过": ">",
    "等于": "=",
}  # fmt: skip
"""What stands before a number, and the sign for it."""
_AFTER = {
    "及以上": ">=", "以上": ">=", "及以下": "<=", "以下": "<=", "以内": "<=", "之内": "<=",
}  # fmt: skip
"""What stands behind a number, and the sign for it."""
_COUNTED = ("分", "次", "人", "户", "家", "单", "件", "笔", "个", "名", "位", "台", "套", "岁", "张", "条", "项", "份")
"""Words behind a number that only say what is counted: they are left out."""
_MONEY = tuple(unit + ending for unit in UNITS for ending in ("", "元") if unit + ending)
_TIME = (*SPANS_OF_TIME, *MONTHS)
DASHES = frozenset("~～—–―")
"""Signs that stand between the ends of a range on paper."""


def _any(words: object) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))  # type: ignore[call-overload]  # words of any kind


_PART = rf"({_any(_BEFORE)})?\s*([0-9]+(?:\.[0-9]+)?)\s*({_any((*_MONEY, *_TIME, *_COUNTED))})?\s*({_any(_AFTER)})?"
_SAID = re.compile(rf"{_PART}(?:\s*([,但且而]|至|到)?\s*{_PART})?(?![^\W])")
_BETWEEN = frozenset({"至", "到"})


@dataclass(frozen=True, slots=True)
class _End:
    """One end of a range: its sign ("" when none was said) and number."""

    sign: str
    number: str


def said_at(text: str, at: int = 0) -> tuple[str, int] | None:
    """How to write the range that is said in words at a place of a plain text, and where it ends; None when there is
    none.
    """
    found = _SAID.match(text, at)
    if found is None:
        return None
    parts = found.groups()
    first, joint, second = parts[:4], parts[4], parts[5:]
    if second[1] is None:
        instead = _one(_end(first))
    elif joint in _BETWEEN:
        low = (*first[:2], first[2] or (second[2] if second[2] in _TIME else None), first[3])
        instead = _between(_end(low), _end(second))
    else:
        instead = _both(_end(first), _end(second))
    return None if instead is None else (instead, found.end())


def instead_of(text: str) -> str | None:
    """How to write the range that the whole of a plain text says; None when it says none."""
    found = said_at(text)
    return found[0] if found is not None and found[1] == len(text) else None


def _end(part: tuple[str | None, ...]) -> _End:
    before, number, unit, after = part
    sign = _BEFORE[before] if before else _AFTER[after] if after else ""
    return _End(sign, f"{number}{'' if unit in _COUNTED else unit or ''}")


def _one(end: _End) -> str | None:
    return f"{end.sign} {end.number}" if end.sign else None


def _between(low: _End, high: _End) -> str | None:
    return f"[{low.number}..{high.number}]" if not (low.sign or high.sign) else None


def _both(first: _End, second: _End) -> str | None:
    """Two ends in either order."""
    low, high = (first, second) if first.sign.startswith(">") else (second, first)
    if not (low.sign.startswith(">") and high.sign.startswith("<")):
        return None
    opening, closing = "[" if low.sign == ">=" else "(", "]" if high.sign == "<=" else ")"
    return f"{opening}{low.number}..{high.number}{closing}"
