"""Any expressions over a record type as one SELECT: who owes a duty, which evidence counts, how much it comes to."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from keguan.language.model.model import Fact, FieldKind
from keguan.language.plan.computation import AFFECTED, computed_layers, nested_select
from keguan.language.plan.context import make_context
from keguan.language.plan.definition import inner_name
from keguan.language.plan.layers import ID
from keguan.language.plan.statement import Statement

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from keguan.language.feel.typed import Typed
    from keguan.language.model.model import Model, RecordType
    from keguan.language.plan.layers import Key
    from keguan.language.plan.statement import DialectName


def values_of(
    model: Model,
    record_type: str,
    expressions: Mapping[str, Typed],
    dialect: DialectName,
    *,
    today: date,
    only: bool = False,
) -> Statement:
    """A SELECT of ``id`` and of each expression under its name, for every record of a type.

    Facts and outcomes, of the record and of its children, are read as they are stored; figures over children that an
    expression has of its own are computed. ``only`` restricts it to the ids in the temporary table ``affected(id)``.
    Raises ``KeyError`` for an unknown record type.
    """
    declared = model.record_types[record_type]
    codes = {name: inner_name("value", name) for name in expressions}
    facts = tuple(_as_fact(declared, codes[name], expression) for name, expression in expressions.items())
    valued = replace(model, computations={record_type: facts})
    context = make_context(valued, dialect, today, model, nested_select)
    layers, _ = computed_layers(context, record_type, AFFECTED if only else "")
    wanted: dict[str, Key] = {"id": ID, **codes}
    return Statement(layers.select(wanted), context.parameters.values)


def _as_fact(declared: RecordType, code: str, expression: Typed) -> Fact:
    """An expression dressed as a fact: what computes facts computes it."""
    return Fact(
        code=code,
        label=declared.label,
        kind=FieldKind.TEXT,
        type=expression.type,
        record_type=declared.code,
        expression=expression,
        text="",
        information_class="",
        clause=declared.clause,
        span=declared.span,
    )
