"""What was decided before, and how many moved: for people, through access."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connection

from keguan.language.model.naming import history_table
from keguan.runtime.access.disclosure import disclosed_by
from keguan.runtime.access.exits import Exit
from keguan.runtime.access.present import present_computed
from keguan.runtime.decisions.counted import Counted, counted
from keguan.runtime.decisions.reach import ids_in_reach
from keguan.runtime.decisions.sight import place_of
from keguan.runtime.decisions.stored_history import Outcome, Value, outcomes, typed
from keguan.runtime.policies.queries import current

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from keguan.language.model.model import ClauseRef, Label, Model
    from keguan.runtime.access.shown import Shown
    from keguan.runtime.access.viewer import Place, Viewer

_NEWEST = 100


@dataclass(frozen=True, slots=True)
class Change:
    """One output of a decision, before and after."""

    label: Label
    before: Shown
    after: Shown


@dataclass(frozen=True, slots=True)
class Step:
    """One change of a record's outcome: when, for the parameters of which day, under which version, by which rows."""

    id: int
    decided_at: datetime
    decided_on: date
    publication_id: int
    version: str
    counted: Counted
    changes: tuple[Change, ...]
    quotas: tuple[ClauseRef, ...] = ()
    """The clauses of the quotas that made something else of what the table gave."""


@dataclass(frozen=True, slots=True)
class Move:
    """So many records went from one outcome (of the first output) to another."""

    before: object
    after: object
    count: int


def history(viewer: Viewer, record_type: str, record_id: int, decision: str, limit: int = _NEWEST) -> tuple[Step, ...]:
    """The newest changes of a record's outcome, newest first. Three queries, and one for each publication among them.

    Raises ``Refused`` as ``sight.place_of`` does.
    """
    model = current().model
    place = place_of(viewer, record_type, record_id, decision, model)
    return tuple(step_of(viewer, place, outcome, model) for outcome in outcomes(decision, record_id, limit))


def movement(viewer: Viewer, decision: str, since: datetime, until: datetime) -> tuple[Move, ...]:
    """How many times records within the viewer's scope went from which outcome to which, in a stretch of time.

    First outcomes count as coming from None. Reads the history of that stretch. Raises ``KeyError`` for a decision that
    is not in force.
    """
    found = ids_in_reach(viewer, decision)
    if found is None:
        return ()
    inner, parameters = found
    output = current().model.decisions[decision].outputs[0]
    quoted = connection.ops.quote_name
    was, now = quoted(f"was_{output.code}"), quoted(f"out_{output.code}")
    moments = [connection.ops.adapt_datetimefield_value(moment) for moment in (since, until)]
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {was}, {now}, count(*) FROM {quoted(history_table(decision))} "
            f"WHERE decided_at >= %s AND decided_at < %s AND record_id IN ({inner}) "
            f"GROUP BY {was}, {now} ORDER BY 3 DESC, 1, 2",
            [*moments, *parameters],
        )
        return tuple(
            Move(typed(before, output.type), typed(after, output.type), count)
            for before, after, count in cursor.fetchall()
        )


def step_of(viewer: Viewer, place: Place, outcome: Outcome, in_force: Model) -> Step:
    """One row of the history for a viewer who may see the decision at this place. No query."""
    policy = outcome.model.policies[outcome.decision.clause.pack]
    return Step(
        outcome.id,
        outcome.decided_at,
        outcome.decided_on,
        outcome.publication_id,
        policy.version,
        counted(outcome.model, outcome.decision, outcome.rule),
        _changes(viewer, place, outcome, in_force),
        tuple(outcome.model.blocks.quotas[each.cut.quota].clause for each in outcome.cuts if each.moved),
    )


def _changes(viewer: Viewer, place: Place, outcome: Outcome, in_force: Model) -> tuple[Change, ...]:
    def shown(values: Sequence[Value]) -> list[Shown]:
        return [
            present_computed(viewer, output.kind, output.type, value, classes, place, Exit.EXPLANATION)
            for output, value in zip(outcome.decision.outputs, values, strict=True)
        ]

    classes = disclosed_by(in_force, outcome.decision)
    sides = zip(outcome.decision.outputs, shown(outcome.before), shown(outcome.after), strict=True)
    return tuple(Change(output.label, before, after) for output, before, after in sides)
