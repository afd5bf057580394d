"""Statements that are written once for a model and kept: on another day only the values of their places differ."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from keguan.runtime import clock
from keguan.runtime.access.per_model import per_model
from keguan.runtime.policies.language_door import Regrouping, Statement, WriteBack, cut_outputs, dialect, on_day

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable
    from datetime import date

    from keguan.language.model.model import Model

P = TypeVar("P", Statement, WriteBack, Regrouping)

_NOT_YET = object()

_MOST = 500
"""Plans kept for one record type: its own few, and one or two for each row of a duty and each condition."""


def planned(model: Model, record_type: str, what: Hashable, write: Callable[[], P | None]) -> P | None:
    """What ``write`` plans for a record type, with the values of today.

    ``what`` tells plans of one type apart and is held as long as the plan. Where quotas cut outcomes, the text itself
    holds how much room there is on a day, and is written for each day.
    """
    plans = _plans(model, record_type)
    day = clock.today() if _room_in_text(model, record_type) else None
    key = (dialect(), day, what)
    found: Any = plans.get(key, _NOT_YET)
    if found is _NOT_YET:  # two threads may both write it; whoever clears takes nothing from the other
        found = write()
        if len(plans) >= _MOST:
            plans.clear()
        plans[key] = found
    if found is None:
        return None
    plan: P = found
    return replace(plan, parameters=on_day(plan.parameters, model, dialect(), clock.today()))


@per_model
def _plans(model: Model, record_type: str) -> dict[tuple[str, date | None, Hashable], Any]:
    """What has been planned for a record type, by engine, day where it matters, and what it is."""
    del model, record_type
    return {}


@per_model
def _room_in_text(model: Model, record_type: str) -> bool:
    """Whether a quota cuts outcomes of the type."""
    return bool(cut_outputs(model, record_type))
