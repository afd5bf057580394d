"""From which figures on something counts as repeated or as a crowd: the policy's parameters of these codes where it has
them, else a default. A reader may look with other figures.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from keguan.language.feel.types import DayDuration, Number
from keguan.language.model.parameter import CROWD_PARTIES, CROWD_WITHIN, REPEAT_WITHIN
from keguan.runtime import clock
from keguan.runtime.policies import queries as policies

if TYPE_CHECKING:
    from keguan.language.model.model import ClauseRef, Model

_SECONDS_A_DAY = 86_400


@dataclass(frozen=True, slots=True)
class Threshold:
    """A figure, and the clause that sets it; None for a default."""

    value: int
    clause: ClauseRef | None = None


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Days within which the same from one party is a repeat; days within which, and parties from which on, the same
    from several is a crowd.
    """

    repeat_days: Threshold
    crowd_days: Threshold
    crowd_parties: Threshold


def thresholds() -> Thresholds:
    """The figures in force today."""
    model = policies.current().model
    return Thresholds(
        _days(model, REPEAT_WITHIN, 90),
        _days(model, CROWD_WITHIN, 30),
        _in_force(model, CROWD_PARTIES, Number) or Threshold(5),
    )


def _days(model: Model, code: str, default: int) -> Threshold:
    found = _in_force(model, code, DayDuration)
    return Threshold(default) if found is None else Threshold(max(1, found.value // _SECONDS_A_DAY), found.clause)


def _in_force(model: Model, code: str, kind: type[DayDuration | Number]) -> Threshold | None:
    parameter = model.parameters.get(code)
    if parameter is None or not isinstance(parameter.type, kind):
        return None
    begun = [each.value for each in parameter.values if each.since <= clock.today()]
    return Threshold(begun[-1], parameter.clause) if begun and isinstance(begun[-1], int) else None
