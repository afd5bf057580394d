"""Which value of a dated parameter is in force on a day."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from keguan.language.model.model import Model, Parameter

Value = int | str | bool | date | None
"""A plain value in storage form (see ``feel.types``)."""


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
