"""What quotas cut: who would fall from an outcome because there is room for so many only. Read-only, set-based.

Each quota is told by itself, from the outcome by the table, by the very steps that cut what is stored.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from keguan.language.feel.types import Text
from keguan.language.model.cuts import cut_of, keys_of, room_of
from keguan.language.model.evaluate import Values, parameters_on
from keguan.language.model.naming import by_table_column
from keguan.language.plan.computation import computed_layers, nested_select
from keguan.language.plan.context import make_context
from keguan.language.plan.cutting import chain_of, layers_of
from keguan.language.plan.expressions import quoted
from keguan.language.plan.layers import ID
from keguan.language.plan.statement import Statement

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date

    from keguan.language.model.cuts import Cut, Room
    from keguan.language.model.model import Model
    from keguan.language.model.quota import Limit, Quota
    from keguan.language.plan.cutting import Chain
    from keguan.language.plan.expressions import Expressions
    from keguan.language.plan.layers import Key
    from keguan.language.plan.statement import DialectName


@dataclass(frozen=True, slots=True)
class QuotaSimulation:
    """What one quota of one version does.

    ``cut``: group, outcome by the table, outcome after the cut, how many, members of the group, how many of these wait
    for a person, null. After these a row for each record that is to be named, of those that fall, rise or wait:
    group, outcome, outcome, its place (from 1, in the order of the quota), nothing, whether it waits, its id. The
    caller adds ``each``: how many of every (group, outcome, outcome).

    ``ceilings`` and ``floors`` are the bounds of the day by outcome; one that has no value that day is left out.
    """

    quota: Quota
    cut: Statement
    ceilings: Mapping[str, Room]
    floors: Mapping[str, Room]


def quota_simulation(
    model: Model,
    quota: Quota,
    dialect: DialectName,
    today: date,
    *,
    tables: Model | None = None,
    within: Callable[[str, str], str] | None = None,
) -> QuotaSimulation:
    """The statement that cuts by one quota of a model; ``tables`` and ``within`` as for ``simulation``."""
    keys = keys_of(quota)
    steps = model.computations.get(quota.record_type, ())
    known = {step.code for step in steps}
    widened = (*(fact for code, fact in keys.items() if code not in known), *steps)
    context = make_context(
        replace(model, computations={**model.computations, quota.record_type: widened}),
        dialect,
        today,
        tables,
        nested_select,
    )
    layers, _columns = computed_layers(context, quota.record_type)
    wanted: dict[str, Key] = {"id": ID, by_table_column(quota.output): quota.output, **{code: code for code in keys}}
    type_ = next(each.type for each in model.decisions[quota.decision].outputs if each.code == quota.output)
    cut = cut_of(quota, (type_.choices if isinstance(type_, Text) else None) or ())
    chain = chain_of(quota.output, type_, (cut,), model, today)
    reach = within(quota.record_type, quota.decision) if within is not None else ""
    text = _statement(layers.select(wanted), cut, chain, context.expressions(lambda _node: ""), reach)
    values = Values(today=today, parameters=parameters_on(model.parameters, today))
    ceilings = _rooms(quota, values, ((line.outcome, line.most) for line in quota.lines))
    floors = _rooms(quota, values, ((line.outcome, line.least) for line in quota.lines))
    return QuotaSimulation(quota, Statement(text, context.parameters.values), ceilings, floors)


def _rooms(quota: Quota, values: Values, limits: Iterable[tuple[str, Limit | None]]) -> dict[str, Room]:
    found = ((outcome, room_of(limit, quota.rounding, values)) for outcome, limit in limits if limit is not None)
    return {outcome: room for outcome, room in found if room is not None}


def _statement(select: str, cut: Cut, chain: Chain, expressions: Expressions, reach: str) -> str:
    """All layers, the figures and the names. ``select`` gives what the quota cuts and what it groups and orders by."""
    was = quoted(by_table_column(cut.output))
    group = f"c.{quoted(cut.group.code)}" if cut.group is not None else "0"
    position = f"c.{quoted(cut.order.code)}" if cut.order is not None else "0"
    waits = f"c.{quoted(chain.waits[cut.waits])}" if cut.waits else "0"
    told = (
        f"{group} AS grp, c.{was} AS was, c.{quoted(chain.outcome)} AS cur, {waits} AS waits, {position} AS pos, c.id"
    )
    members = f"count(c.{was}) OVER (PARTITION BY {group}) AS members"
    last = f"(SELECT {told}, {members} FROM c{len(chain.steps)} AS c)"
    down = " DESC" if cut.descending else ""
    order = f"CASE WHEN d.pos IS NULL THEN 1 ELSE 0 END, d.pos{down}, d.id"
    figures = (
        "SELECT d.grp, d.was, d.cur, count(*) AS n, max(d.members) AS members, sum(d.waits) AS waits, NULL AS id "
        "FROM last AS d GROUP BY d.grp, d.was, d.cur"
    )
    placed = f"row_number() OVER (PARTITION BY d.grp, d.was, d.cur ORDER BY {order}) AS place"
    touched = f"({expressions.differs('d.was', 'd.cur')} OR d.waits = 1)" + (f" AND d.id IN ({reach})" if reach else "")
    names = (
        "SELECT p.grp, p.was, p.cur, p.place, NULL, p.waits, p.id FROM "
        f"(SELECT d.*, {placed} FROM last AS d WHERE {touched}) AS p WHERE p.place <= %(each)s"
    )
    layers = ", ".join((f"c0 AS ({select})", *layers_of(chain, expressions), f"last AS {last}"))
    return f"WITH {layers} {figures} UNION ALL {names}"
