"""Trying a draft on the live records: who would move where if it were in force today. Nothing is written."""

from __future__ import annotations

from dataclasses import dataclass
from time import perf_counter
from typing import TYPE_CHECKING, Any

from django.db import connection

from keguan.language import api
from keguan.runtime.clock import today
from keguan.runtime.policies.draft import checked_draft
from keguan.runtime.policies.in_force import Current, current, latest
from keguan.runtime.policies.language_door import dialect, movement

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from keguan.language.diagnostics.diagnostic import Diagnostic
    from keguan.language.model.model import Decision, Model

NAMED = 200
"""How many of the records that would move are named, per decision."""


@dataclass(frozen=True, slots=True)
class Flow:
    """So many records go from one outcome (of the decision's first output) to another; None is no outcome."""

    before: object
    after: object
    count: int


@dataclass(frozen=True, slots=True)
class Moved:
    """One record that would move: every outcome as it is and as it would be, in the order of the decision's outputs."""

    id: int
    before: tuple[object, ...]
    after: tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Movement:
    """What the draft does to one decision: every flow, those that stay included, and the first records that move.

    ``moved`` counts those whose first output differs; ``records`` are at most ``NAMED``, by id, and include those in
    which another output differs.
    """

    decision: Decision
    flows: tuple[Flow, ...]
    total: int
    moved: int
    records: tuple[Moved, ...]


@dataclass(frozen=True, slots=True)
class Trial:
    """A draft tried. ``model`` is None when there are errors, and then nothing was tried. ``seconds`` of computing."""

    model: Model | None
    diagnostics: tuple[Diagnostic, ...]
    changes: tuple[api.Difference, ...]
    movements: tuple[Movement, ...]
    seconds: float


def trial(pack: str, files: Mapping[str, str]) -> Trial:
    """Check a draft of one pack with the others as last published, and compute it over all records, read-only.

    Works whatever the draft adds: what no table has yet reads as empty.
    """
    checked = checked_draft(pack, files)
    if checked.model is None:
        return Trial(None, checked.diagnostics, (), (), 0.0)
    begun = perf_counter()
    changes = changed(checked.model)
    movements = tuple(_movements(checked.model))
    return Trial(checked.model, checked.diagnostics, changes, movements, perf_counter() - begun)


def changed(model: Model) -> tuple[api.Difference, ...]:
    """What a checked draft changes of the policy in force."""
    return api.differences(current().model, model)


def _movements(model: Model) -> Iterator[Movement]:
    tables: Current | None = latest()
    for record_type in model.computation_order:
        for decision in model.decisions.values():
            if decision.record_type == record_type:
                yield _movement(model, decision, None if tables is None else tables.model)


def _movement(model: Model, decision: Decision, tables: Model | None) -> Movement:
    code, force = decision.code, current().model
    planned = movement(model, decision.record_type, code, dialect(), today(), current=tables, old=force)
    flows = tuple(Flow(*row) for row in _rows(planned.counts))
    half = 1 + len(decision.outputs)
    records = tuple(Moved(row[0], row[1:half], row[half:]) for row in _rows(planned.moved, limit=NAMED))
    moved = sum(flow.count for flow in flows if flow.before != flow.after)
    return Movement(decision, flows, sum(flow.count for flow in flows), moved, records)


def _rows(statement: api.Statement, **more: int) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        parameters: dict[str, Any] = {**statement.parameters, **more}
        cursor.execute(statement.sql, parameters)
        return [tuple(row) for row in cursor.fetchall()]
