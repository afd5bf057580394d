"""Which value of a dated parameter is in force on a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.model.values import Value

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from keguan.language.model.model import Model, Parameter

__all__ = ["Value", "in_force", "values_on"]


def in_force(parameter: Parameter, day: date) -> Value:
    """The value of ``parameter`` on ``day``; None before its first one."""
    found = None
    for value in parameter.values:
        if value.since <= day:
            found = value.value
    return found


def values_on(model: Model, codes: Iterable[str], day: date) -> dict[str, Value]:
    """The values of several parameters on ``day``, by code. Raises ``KeyError`` for one that is not declared."""
    return {code: in_force(model.parameters[code], day) for code in codes}
