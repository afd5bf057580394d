"""The words an expression is made of, and the vocabulary in both languages."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from keguan.language.source import Span


class Kind(Enum):
    """What sort of word a token is."""

    NUMBER = auto()
    TEXT = auto()
    DATE = auto()
    NAME = auto()
    KEYWORD = auto()
    SYMBOL = auto()
    END = auto()


@dataclass(frozen=True, slots=True)
class Scaled:
    """An exact decimal: ``units`` of 10**-``scale``, without trailing zeros."""

    units: int
    scale: int


@dataclass(frozen=True, slots=True)
class Token:
    """One word. ``text`` is its plain form (a keyword's is English); ``value`` that of a number, text or date."""

    kind: Kind
    text: str
    start: int
    end: int
    span: Span
    value: Scaled | str | date | None = None


KEYWORDS: dict[str, str] = {
    "and": "and",
    "且": "and",
    "并且": "and",
    "or": "or",
    "或": "or",
    "或者": "or",
    "not": "not",
    "非": "not",
    "if": "if",
    "如果": "if",
    "then": "then",
    "那么": "then",
    "else": "else",
    "否则": "else",
    "in": "in",
    "属于": "in",
    "between": "between",
    "介于": "between",
    "true": "true",
    "是": "true",
    "false": "false",
    "否": "false",
    "null": "null",
    "空": "null",
}
"""Every keyword by each of its spellings."""

FUNCTIONS: dict[str, str] = {
    "count": "count",
    "计数": "count",
    "sum": "sum",
    "合计": "sum",
    "min": "min",
    "最小": "min",
    "max": "max",
    "最大": "max",
    "mean": "mean",
    "平均": "mean",
    "today": "today",
    "今天": "today",
    "date": "date",
    "日期": "date",
}
"""Every function by each of its spellings."""

UNSUPPORTED_WORDS = frozenset({"for", "some", "every", "function", "instance", "return", "satisfies", "external"})
"""Words of FEEL that this language leaves out."""

UNITS: dict[str, int] = {
    "": 0,
    "元": 0,
    "百": 2,
    "千": 3,
    "万": 4,
    "十万": 5,
    "百万": 6,
    "千万": 7,
    "亿": 8,
    "万亿": 12,
    "%": -2,
    "‰": -3,
}
"""The power of ten that a number's unit stands for."""

SYMBOLS: tuple[str, ...] = (
    "..", "!=", "<=", ">=", "**", "->", "(", ")", "[", "]", "{", "}", ",", ".", "=", "<", ">", "+", "-", "*", "/",
    "?", ":", "@", "≤", "≥", "≠", "‥",
)  # fmt: skip
"""Punctuation, longest first."""

SPELLINGS: dict[str, str] = {"≤": "<=", "≥": ">=", "≠": "!=", "‥": ".."}
"""Symbols that are another way to write one of FEEL's."""

FOREIGN: dict[str, str] = {"==": "=", "<>": "!=", "=>": ">=", "=<": "<=", "&&": "and", "||": "or", "&": "and",
                           "|": "or", "!": "not"}  # fmt: skip
"""Operators of other languages, and what to write instead."""
