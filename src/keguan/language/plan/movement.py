"""What a draft would change, read-only: how many records move from which outcome to which, and which ones."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from keguan.language.plan.computation import ID, computed_layers, nested_select
from keguan.language.plan.context import make_context
from keguan.language.plan.expressions import quoted
from keguan.language.plan.layers import Key, Stored
from keguan.language.plan.statement import ColumnKind, Statement

if TYPE_CHECKING:
    from datetime import date

    from keguan.language.model.model import Model
    from keguan.language.plan.context import Context
    from keguan.language.plan.statement import Column, DialectName


@dataclass(frozen=True, slots=True)
class Movement:
    """``counts`` gives (was, would be, records) by the decision's first output, those that stay included.

    ``moved`` gives (id, each output as it is, each output as it would be) of the records with any output that differs,
    by id; its caller adds the parameter ``limit``.
    """

    counts: Statement
    moved: Statement


def movement(
    model: Model, record_type: str, decision: str, dialect: DialectName, today: date, *, current: Model | None = None
) -> Movement:
    """The trial of one decision of ``model`` against the stored outcomes.

    ``current`` is the model that the tables were made for: what it lacks reads as null, and children's facts are
    then computed by ``model`` instead of being read as stored. Raises ``KeyError`` for an unknown record type or
    decision.
    """
    if model.decisions[decision].record_type != record_type:
        raise KeyError(decision)
    context = make_context(model, dialect, today, current, nested_select)
    layers, columns = computed_layers(context, record_type)
    outputs = [each for each in columns if each.decision == decision and each.kind is ColumnKind.OUTPUT]
    first = outputs[0]
    rows = layers.select({"was": _stored(first), "now": first.name})
    counts = f"SELECT o.was, o.now, count(*) FROM ({rows}) AS o GROUP BY o.was, o.now ORDER BY 3 DESC, 1, 2"
    ids: dict[str, Key] = {"id": ID}
    ids.update((f"was_{output.name}", _stored(output)) for output in outputs)
    ids.update((output.name, output.name) for output in outputs)
    moved = layers.select(ids, [(output.name, _stored(output)) for output in outputs])
    return Movement(_statement(context, counts), _statement(context, f"SELECT * FROM ({moved}) AS o {_LIMITED}"))


_LIMITED = f"ORDER BY o.{quoted('id')} LIMIT %(limit)s"


def _statement(context: Context, sql: str) -> Statement:
    return Statement(sql, context.parameters.values)


def _stored(output: Column) -> Stored:
    return Stored(output.name, output.type)
