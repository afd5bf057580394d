"""What a draft would change, read-only: how many records move from which outcome to which, and which ones."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from keguan.language.plan.beside import beside
from keguan.language.plan.computation import computed_layers, nested_select
from keguan.language.plan.context import make_context
from keguan.language.plan.expressions import quoted
from keguan.language.plan.layers import ID, Key, Stored
from keguan.language.plan.statement import ColumnKind, Statement

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from keguan.language.model.model import Model
    from keguan.language.plan.beside import Beside
    from keguan.language.plan.context import Context
    from keguan.language.plan.statement import Column, DialectName


NOWHERE = "1_"
"""Begins the name of a column that no table has: it reads as null."""


@dataclass(frozen=True, slots=True)
class Movement:
    """``counts`` gives (was, would be, records) by the decision's first output, those that stay included.

    ``moved`` gives (id, each output as it is, each output as it would be) of the records with any output that differs,
    by id; its caller adds the parameter ``limit``.
    """

    counts: Statement
    moved: Statement


def movement(
    model: Model,
    record_type: str,
    decision: str,
    dialect: DialectName,
    today: date,
    *,
    current: Model | None = None,
    old: Model | None = None,
) -> Movement:
    """The trial of one decision of ``model`` against what ``old`` (the policy in force) gives for the same rows on the
    same day; without ``old``, against the stored outcomes, however old they are.

    ``current`` is the model that the tables were made for: what it lacks reads as null, and children's facts are
    then computed by ``model`` instead of being read as stored. Raises ``KeyError`` for an unknown record type or
    decision.
    """
    if model.decisions[decision].record_type != record_type:
        raise KeyError(decision)
    both = None if old is None else beside(old, model, today)
    context = make_context(model if both is None else both.model, dialect, today, current or old, nested_select)
    layers, columns = computed_layers(context, record_type)
    outputs = [each for each in columns if each.decision == decision and each.kind is ColumnKind.OUTPUT]
    was = {each.name: _was(each, record_type, both, columns) for each in outputs}
    first = outputs[0]
    rows = layers.select({"was": was[first.name], "now": first.name})
    counts = f"SELECT o.was, o.now, count(*) FROM ({rows}) AS o GROUP BY o.was, o.now ORDER BY 3 DESC, 1, 2"
    ids: dict[str, Key] = {"id": ID}
    ids.update((f"was_{output.name}", was[output.name]) for output in outputs)
    ids.update((output.name, output.name) for output in outputs)
    moved = layers.select(ids, [(output.name, was[output.name]) for output in outputs])
    return Movement(_statement(context, counts), _statement(context, f"SELECT * FROM ({moved}) AS o {_LIMITED}"))


_LIMITED = f"ORDER BY o.{quoted('id')} LIMIT %(limit)s"


def _statement(context: Context, sql: str) -> Statement:
    return Statement(sql, context.parameters.values)


def _was(output: Column, record_type: str, both: Beside | None, columns: Sequence[Column]) -> Key:
    """What the output is compared with; null where the old version gives nothing that could be compared."""
    if both is None:
        return Stored(output.name, output.type)
    name = both.was(record_type, output.name)
    types = {each.name: each.type for each in columns}
    if name is None or type(types[name]) is not type(output.type):
        return Stored(f"{NOWHERE}{output.name}", output.type)
    return name
