"""What the inputs of a decision are today, beside what they were when it was made.

A history keeps the inputs of the day on which outcome or rule changed, and is never touched again: it is the proof of
that day. What has become of them since is read from the record's row when somebody asks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from keguan.language.feel.stamps import CODES
from keguan.language.feel.typed import Aggregate, ParentRef
from keguan.language.feel.walk import walk
from keguan.language.model.evaluate import Values, evaluate, parameters_on
from keguan.runtime import clock
from keguan.runtime.access.columns import columns
from keguan.runtime.decisions.stored_history import moment_of, typed
from keguan.runtime.records.filing import with_stamps

if TYPE_CHECKING:
    from collections.abc import Mapping

    from keguan.language.model.model import Model
    from keguan.runtime.decisions.stored_history import Outcome, Value


def values_now(row: Mapping[str, Any], outcome: Outcome, in_force: Model) -> tuple[tuple[bool, Value], ...]:
    """For each input of the decision as it was then: whether it can be told from the row alone, and its value today.

    What is counted over child records or read from another record in the heading itself cannot be told; a fact that
    does so can.
    """
    day = clock.today()
    known = columns(in_force, outcome.decision.record_type)
    record = {
        code: typed(row[column.physical], column.type)
        for code, column in known.items()
        if not column.sensitive and column.physical in row
    }
    record |= with_stamps({code: moment_of(row[code]) for code in CODES & row.keys() if row[code] is not None})
    values = Values(today=day, parameters=parameters_on(outcome.model.parameters, day), record=record)
    found = []
    for column in outcome.decision.inputs:
        parts = list(walk(column.expression))
        told = not any(isinstance(part, Aggregate | ParentRef) for part in parts)
        found.append((told, evaluate(column.expression, values) if told else None))
    return tuple(found)
