"""What quotas cut: who would fall from an outcome because there is room for so many only. Read-only, set-based.

The meaning is that of ``model.quota.Quota``. Each bound is one layer of windows over (id, group, order, outcome), the
outcomes in the order of their choices, so that who falls from the first counts in the second.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from keguan.language.feel.types import Number, Text
from keguan.language.model.evaluate import Values, evaluate, parameters_on
from keguan.language.model.model import Fact, FieldKind, Label
from keguan.language.model.quota import Rounding, Surplus
from keguan.language.plan.computation import computed_layers, nested_select
from keguan.language.plan.context import make_context
from keguan.language.plan.layers import ID
from keguan.language.plan.statement import Statement

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from keguan.language.feel.typed import Typed
    from keguan.language.model.model import Decision, Model
    from keguan.language.model.quota import Limit, Quota
    from keguan.language.model.values import Value
    from keguan.language.plan.expressions import Expressions
    from keguan.language.plan.layers import Key
    from keguan.language.plan.statement import DialectName

_GROUP, _ORDER = "2_group", "2_order"
"""Columns that no author can write (codes begin with a letter): what a quota groups by and orders by."""


@dataclass(frozen=True, slots=True)
class Bound:
    """A bound as a number of units: ``unit`` units are the whole group of a share, else one record."""

    value: int
    unit: int
    share: bool
    rounding: Rounding

    def of(self, members: int) -> int:
        """How many records of a group with so many members."""
        if not self.share:
            return self.value // self.unit
        parts = members * self.value
        match self.rounding:
            case Rounding.UP:
                return -(-parts // self.unit)
            case Rounding.HALF_UP:
                return (2 * parts + self.unit) // (2 * self.unit)
            case _:
                return parts // self.unit


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
    ceilings: Mapping[str, Bound]
    floors: Mapping[str, Bound]


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
    widened = _widened(model, quota)
    context = make_context(widened, dialect, today, tables, nested_select)
    layers, _columns = computed_layers(context, quota.record_type)
    keys: dict[str, Key] = {"id": ID, "outcome": quota.output}
    if quota.group is not None:
        keys["place_of"] = _GROUP
    if quota.by is not None:
        keys["position"] = _ORDER
    select = layers.select(keys)
    writer = _Cuts(model, quota, today, context.expressions(lambda _node: ""))
    text = writer.statement(select, within(quota.record_type, quota.decision) if within is not None else "")
    return QuotaSimulation(quota, Statement(text, context.parameters.values), writer.ceilings, writer.floors)


def _widened(model: Model, quota: Quota) -> Model:
    """The model with the quota's group and order as facts."""
    steps = [*model.computations.get(quota.record_type, ())]
    for code, expression in ((_GROUP, quota.group), (_ORDER, quota.by)):
        if expression is not None:
            steps.append(_fact(code, expression, quota))
    return replace(model, computations={**model.computations, quota.record_type: tuple(steps)})


def _fact(code: str, expression: Typed, quota: Quota) -> Fact:
    label, kind = Label(code, code), FieldKind.TEXT
    return Fact(code, label, kind, expression.type, quota.record_type, expression, "", "", quota.clause, quota.span)


class _Cuts:
    """Writes the layers of one quota."""

    def __init__(self, model: Model, quota: Quota, today: date, expressions: Expressions) -> None:
        self._quota = quota
        self._expressions = expressions
        self._decision: Decision = model.decisions[quota.decision]
        values = Values(today=today, parameters=parameters_on(model.parameters, today))
        most = {line.outcome: _bound(line.most, quota, values) for line in quota.lines}
        least = {line.outcome: _bound(line.least, quota, values) for line in quota.lines}
        self.ceilings = {outcome: bound for outcome, bound in most.items() if bound is not None}
        self.floors = {outcome: bound for outcome, bound in least.items() if bound is not None}

    def statement(self, select: str, within: str) -> str:
        """All layers, the figures and the names."""
        quota = self._quota
        group = "s.place_of" if quota.group is not None else "0"
        order = "s.position" if quota.by is not None else "0"
        columns = f"s.id AS id, {group} AS grp, {order} AS pos, s.outcome AS was, s.outcome AS cur, 0 AS waits"
        members = f"count(s.outcome) OVER (PARTITION BY {group}) AS members"
        layers = [f"c0 AS (SELECT {columns}, {members} FROM ({select}) AS s)"]
        if quota.by is not None or quota.surplus is Surplus.PENDING:
            for outcome in self._choices():
                if outcome in self.ceilings:
                    layers.append(self._layer(len(layers), self._fallen(outcome), outcome))
                if outcome in self.floors and self._below(outcome) is not None and quota.by is not None:
                    layers.append(self._layer(len(layers), self._risen(outcome), outcome))
        last = f"c{len(layers) - 1}"
        touched = f"({self._expressions.differs('c.was', 'c.cur')} OR c.waits = 1)"
        reach = f" AND c.id IN ({within})" if within else ""
        figures = (
            f"SELECT c.grp, c.was, c.cur, count(*) AS n, max(c.members) AS members, sum(c.waits) AS waits, NULL AS id "
            f"FROM {last} AS c GROUP BY c.grp, c.was, c.cur"
        )
        placed = f"row_number() OVER (PARTITION BY c.grp, c.was, c.cur ORDER BY {self._order('c')})"
        names = (
            f"SELECT p.grp, p.was, p.cur, p.place, NULL, p.waits, p.id FROM "
            f"(SELECT c.*, {placed} AS place FROM {last} AS c WHERE {touched}{reach}) AS p WHERE p.place <= %(each)s"
        )
        return f"WITH {', '.join(layers)} {figures} UNION ALL {names}"

    def _layer(self, number: int, changed: tuple[str, str], outcome: str) -> str:
        """One more layer: ``changed`` are the outcome and whether it waits, from the place within the outcome."""
        cur, waits = changed
        partition = "PARTITION BY b.grp, b.cur"
        have = f"sum(CASE WHEN b.cur = {self._text(outcome)} THEN 1 ELSE 0 END) OVER (PARTITION BY b.grp)"
        placed = f"SELECT b.*, row_number() OVER ({partition} ORDER BY {self._order('b')}) AS place, {have} AS have"
        return (
            f"c{number} AS (SELECT d.id, d.grp, d.pos, d.was, {cur} AS cur, {waits} AS waits, d.members "
            f"FROM ({placed} FROM c{number - 1} AS b) AS d)"
        )

    def _fallen(self, outcome: str) -> tuple[str, str]:
        beyond = f"d.cur = {self._text(outcome)} AND d.place > {self._size(self.ceilings[outcome])}"
        if self._quota.surplus is Surplus.PENDING:
            # in no order of their own: all of an outcome that has too many wait
            full = f"d.cur = {self._text(outcome)} AND d.have > {self._size(self.ceilings[outcome])}"
            return "d.cur", f"CASE WHEN {full} THEN 1 ELSE d.waits END"
        to = self._quota.to if self._quota.surplus is Surplus.TO else self._below(outcome)
        if to is None:
            return "d.cur", "d.waits"
        return f"CASE WHEN {beyond} THEN {self._text(to)} ELSE d.cur END", "d.waits"

    def _risen(self, outcome: str) -> tuple[str, str]:
        below = self._below(outcome) or outcome
        wanted = f"d.cur = {self._text(below)} AND d.place <= {self._size(self.floors[outcome])} - d.have"
        return f"CASE WHEN {wanted} THEN {self._text(outcome)} ELSE d.cur END", "d.waits"

    def _order(self, table: str) -> str:
        direction = " DESC" if self._quota.descending else ""
        return f"CASE WHEN {table}.pos IS NULL THEN 1 ELSE 0 END, {table}.pos{direction}, {table}.id"

    def _size(self, bound: Bound) -> str:
        """A bound as a number of records, in whole numbers on every engine."""
        if not bound.share:
            return str(bound.of(0))
        parts, unit = f"d.members * {bound.value}", bound.unit
        match bound.rounding:
            case Rounding.UP:
                parts = f"{parts} + {unit - 1}"
            case Rounding.HALF_UP:
                parts, unit = f"2 * {parts} + {unit}", 2 * unit
            case _:
                pass
        return f"(({parts} - ({parts}) %% {unit}) / {unit})"

    def _choices(self) -> tuple[str, ...]:
        type_ = next(each.type for each in self._decision.outputs if each.code == self._quota.output)
        return (type_.choices or ()) if isinstance(type_, Text) else ()

    def _below(self, outcome: str) -> str | None:
        choices = self._choices()
        place = choices.index(outcome) + 1
        return choices[place] if place < len(choices) else None

    def _text(self, outcome: str) -> str:
        return self._expressions.literal(outcome, Text())


def _bound(limit: Limit | None, quota: Quota, values: Values) -> Bound | None:
    if limit is None:
        return None
    value: Value = evaluate(limit.value, values)
    if not isinstance(value, int) or value < 0:
        return None
    scale = limit.value.type.scale if isinstance(limit.value.type, Number) else 0
    return Bound(value, 10**scale, limit.share, quota.rounding)
