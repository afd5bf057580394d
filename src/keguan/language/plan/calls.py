"""Functions of plain values as SQL: for each engine a table of templates.

A template has ``{0}``, ``{1}`` … where its operands stand and may have each of them more than once; ``%`` is doubled,
because statements carry pyformat places. Functions that compute numbers from numbers are arithmetic and stand there.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from keguan.language.feel.typed import Function
from keguan.language.feel.types import Number, Type
from keguan.language.plan.magnitude import scale

if TYPE_CHECKING:
    from keguan.language.feel.typed import Call

Templates = Mapping[Function | tuple[Function, type[Type] | int], str]
"""By function; where that does not do, by function and the type or the number of its operands."""

FIRST_DAY, LAST_DAY = "0001-01-01", "9999-12-31"
FIRST_MONTH, LAST_MONTH = 12, 119_999
"""The months in which a day may lie, counted as 12 * year + month - 1."""
LONGEST = 1_000_000_000
"""No text has more characters than this; a position beyond it is the same as this one."""

_CONCAT = "({0} || {1})"
_TEXT_OF_WHOLE = "CAST({0} AS text)"


def template(templates: Templates, node: Call) -> str:
    """The template of a call. Raises ``KeyError`` when the engine has none."""
    first = node.arguments[0]
    if node.function is Function.CONCAT:
        return _CONCAT
    if node.function is Function.TEXT_OF and first.type == Number(0):
        return _TEXT_OF_WHOLE
    for key in ((node.function, type(first.type)), (node.function, len(node.arguments)), node.function):
        if key in templates:
            return _scaled(templates[key], scale(first))
    raise KeyError(node.function)


def _scaled(pattern: str, places: int) -> str:
    """``{places}`` decimal places are the ``{power}`` of ten, and its inverse the ``{unit}``."""
    unit = f"0.{'1':0>{places}}" if places else "1"
    return pattern.replace("{places}", str(places)).replace("{power}", str(10**places)).replace("{unit}", unit)
