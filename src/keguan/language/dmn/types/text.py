"""Values as text: what ``string(…)`` gives, and how a value stands in a message."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from keguan.language.dmn.budget import spend_on, within_limits
from keguan.language.dmn.types.function import Function
from keguan.language.dmn.values.numbers import number_text
from keguan.language.dmn.values.ranges import Range


def text_of(value: object) -> str:
    """The value as ``string(…)`` gives it. Text is itself; inside a list or a context it is in quotation marks."""
    return value if isinstance(value, str) else literal(value)


def literal(value: object) -> str:
    """The value as it would be written in an expression, where it can be."""
    return _WRITERS.get(type(value), str)(value)


def _string(value: str) -> str:
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _list(value: list[object]) -> str:
    spend_on(value)
    return within_limits(f"[{', '.join(literal(item) for item in value)}]")


def _context(value: dict[str, object]) -> str:
    spend_on(value)
    return within_limits(f"{{{', '.join(f'{_key(name)}: {literal(item)}' for name, item in value.items())}}}")


def _range(value: Range) -> str:
    start, end = ("" if each is None else literal(each) for each in (value.start, value.end))
    return f"{'[' if value.low_closed else '('}{start}..{end}{']' if value.high_closed else ')'}"


def _key(name: str) -> str:
    plain = name and not any(character in '{}[]:,"\\' for character in name)
    return name if plain else literal(name)


_WRITERS: dict[type, Callable[[Any], str]] = {
    type(None): lambda _value: "null",
    bool: lambda value: "true" if value else "false",
    Decimal: number_text,
    str: _string,
    list: _list,
    dict: _context,
    Range: _range,
    Function: lambda value: f"function {value.name}",
}
