"""Whether a figure meets its target."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from keguan.language.model.evaluate import Values, evaluate

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from keguan.language.model.metric import Figure
    from keguan.language.model.values import Value


class FigureState(StrEnum):
    """How a figure, or a group of it, stands to its target."""

    MISSED = "missed"
    WARNING = "warning"  # short of the target, within the warning
    MET = "met"
    EMPTY = "empty"  # there was nothing to reckon it from
    NONE = "none"  # there is no target


_WORST = tuple(FigureState)


def state_of(figure: Figure, value: Value, today: date, parameters: Mapping[str, Value]) -> FigureState:
    """What one value comes to by the parameters of a day, those of the period among them. Null, the share or average of
    nothing, neither meets a target nor misses it.
    """
    if figure.target is None:
        return FigureState.NONE
    if value is None:
        return FigureState.EMPTY
    given = Values(today, parameters, inputs=(value,))
    if evaluate(figure.target, given) is True:
        return FigureState.MET
    if figure.warning is not None and evaluate(figure.warning, given) is True:
        return FigureState.WARNING
    return FigureState.MISSED


def worst(states: Iterable[FigureState]) -> FigureState:
    """What groups come to together: each that has anything has to meet the target. ``NONE`` of none at all."""
    return min(states, key=_WORST.index, default=FigureState.NONE)
