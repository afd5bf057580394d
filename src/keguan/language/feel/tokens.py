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
    AT = auto()
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
    """One word. ``text`` is its plain form (a keyword's is English), ``written`` what stands there; ``value`` that of a
    number, text or date.
    """

    kind: Kind
    text: str
    start: int
    end: int
    span: Span
    value: Scaled | str | date | None = None
    written: str = ""


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

WORDS: dict[str, str] = {
    "for": "for",
    "对于": "for",
    "遍历": "for",
    "return": "return",
    "返回": "return",
    "some": "some",
    "存在": "some",
    "every": "every",
    "每个": "every",
    "satisfies": "satisfies",
    "满足": "satisfies",
    "function": "function",
    "函数": "function",
    "external": "external",
    "外部": "external",
    "instance": "instance",
    "属于类型": "instance",
}
"""Words that are keywords only where the grammar has them, by each spelling; anywhere else they are names."""

PHRASES: tuple[str, ...] = (
    "date and time", "years and months duration", "string length", "upper case", "lower case", "substring before",
    "substring after", "starts with", "ends with", "list contains", "list replace", "insert before", "index of",
    "distinct values", "duplicate values", "round up", "round down", "round half up", "round half down",
    "day of year", "day of week", "month of year", "week of year", "get value", "get entries", "context put",
    "context merge", "met by", "overlaps before", "overlaps after", "finished by", "started by", "string join",
    "is defined", "with default", "start of week", "end of week", "start of month", "end of month",
    "start of quarter", "end of quarter", "start of year", "end of year", "start included", "end included",
    "time offset", "has mobile number",
)  # fmt: skip
"""Names of functions and of FEEL's own properties that have more than one word."""

TYPE_PHRASES: tuple[tuple[str, ...], ...] = (
    ("days", "and", "time", "duration"),
    ("years", "and", "months", "duration"),
    ("date", "and", "time"),
)
"""Names of FEEL's types that have more than one word."""

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

SPANS_OF_TIME: dict[str, int] = {
    "秒": 1,
    "分钟": 60,
    "小时": 3600,
    "个小时": 3600,
    "天": 86400,
    "日": 86400,
    "周": 604800,
    "星期": 604800,
}
"""The seconds in a unit of time that stands after a number."""

MONTHS: dict[str, int] = {"个月": 1, "季度": 3, "个季度": 3, "年": 12}
"""The months in a unit of time that stands after a number."""

WORKING_TIME = frozenset({"工作日", "个工作日", "工作小时", "个工作小时", "交易日", "个交易日"})
"""Units of time that need a calendar."""

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
