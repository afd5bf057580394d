"""Figures over the whole base as SQL: one SELECT for a figure, or for each of its groups, and one for the records
behind it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.feel.walk import children
from keguan.language.model.behind import members, share_of
from keguan.language.model.metric import GroupBy, period_values
from keguan.language.plan.children import every_record, of_nothing, records_where
from keguan.language.plan.computation import nested_select
from keguan.language.plan.context import make_context
from keguan.language.plan.statement import Statement

if TYPE_CHECKING:
    from datetime import date

    from keguan.language.feel.typed import Aggregate, FieldRef, InputRef, OuterRef, ParentRef, Typed
    from keguan.language.model.behind import Behind
    from keguan.language.model.metric import Figure, Grouping
    from keguan.language.model.model import Model
    from keguan.language.plan.statement import DialectName

OWNER, UNIT = "owner_id", "unit_id"
"""The columns, of every record's table, that say whose a record is; no field can have them."""

Period = tuple["date", "date"]


def figure_values(
    model: Model, figure: Figure, dialect: DialectName, *, today: date, period: Period, grouped: bool = False
) -> Statement:
    """``key, value, numerator, denominator, members…``: one row for the whole base, whose key is null; ``grouped``: one
    row for each of the figure's groups (it must have some).

    Numerator and denominator are those of a figure that is one division, else the figure itself and null. There is one
    column of ``members`` for each record type read: how many records the figure tells anything of.
    """
    context = make_context(model, dialect, today, None, nested_select, period_values(*period))
    counted = members(figure.expression)
    groups: dict[str, list[Aggregate]] = {}
    for each in (*children(figure.expression), *counted):
        group = groups.setdefault(each.child, [])
        if each not in group:
            group.append(each)
    by = figure.group if grouped else None
    places = {
        each: f"j{number}.n{group.index(each) + 1}"
        for number, group in enumerate(groups.values(), start=1)
        for each in group
    }

    def resolve(node: FieldRef | OuterRef | ParentRef | InputRef | Aggregate) -> str:
        return of_nothing(node.function, places[node])  # type: ignore[union-attr, index]  # there is nothing else

    def column(node: Typed | None) -> str:
        of = figure.expression if node is None else node
        return "NULL" if node is None else expressions.column(expressions.value(of), of.type)

    expressions = context.expressions(resolve)
    over, under = share_of(figure.expression) or (figure.expression, None)
    columns = ["NULL" if by is None else "j1.k", column(figure.expression), column(over), column(under)]
    columns += [resolve(each) for each in counted]
    relations = [
        f"({every_record(context, child, group, _key(by))}) AS j{number}"
        for number, (child, group) in enumerate(groups.items(), start=1)
    ]
    sql = f"SELECT {', '.join(columns)} FROM {' CROSS JOIN '.join(relations)}"
    return Statement(sql, context.parameters.values)


def figure_records(
    model: Model, figure: Figure, behind: Behind, dialect: DialectName, *, today: date, period: Period
) -> Statement:
    """``id, key`` of the records behind a figure, in no order; ``key`` says in which of its groups each is, null for a
    figure without groups.
    """
    context = make_context(model, dialect, today, None, nested_select, period_values(*period))
    group = figure.group if figure.group is not None and figure.group.record_type == behind.record_type else None
    sql = records_where(context, behind.record_type, behind.where, _key(group))
    return Statement(sql, context.parameters.values)


def _key(group: Grouping | None) -> str | Typed | None:
    """What tells groups apart: a column of the table, an expression, or nothing."""
    if group is None:
        return None
    if group.by is GroupBy.OWNER:
        return OWNER
    return UNIT if group.by is GroupBy.UNIT else group.value
