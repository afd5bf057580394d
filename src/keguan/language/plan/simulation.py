"""Two versions of a policy computed from the same rows by one statement: who would move, and what it comes to.

What is stored as outcomes plays no part, so neither a stale row nor a missing run can look like a movement.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from keguan.language.feel.types import Number
from keguan.language.model.conditions import is_hidden
from keguan.language.model.model import Fact
from keguan.language.model.naming import rule_column
from keguan.language.plan.beside import Beside, beside
from keguan.language.plan.computation import AFFECTED, computed_layers, nested_select
from keguan.language.plan.context import make_context
from keguan.language.plan.layers import ID
from keguan.language.plan.lowering import input_name
from keguan.language.plan.statement import Statement

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from keguan.language.model.model import Decision, Model
    from keguan.language.plan.context import Context
    from keguan.language.plan.expressions import Expressions
    from keguan.language.plan.layers import Key
    from keguan.language.plan.statement import Column, DialectName

    Within = Callable[[str, str], str]

SUM_UNIT = 1_000_000_000
"""Sums come in two columns, of the whole multiples of this and of the rest, so that no engine's integers overflow."""


@dataclass(frozen=True, slots=True)
class Sums:
    """Where in a row the sums of one numeric column begin: (was) high, low, count, (would be) high, low, count."""

    code: str
    at: int


@dataclass(frozen=True, slots=True)
class DecisionSimulation:
    """The statements about one decision of either version.

    ``flows``: was, would be (the first output), how many records, in how many of them any output differs, in how many
    only the rule, then ``sums``, then null. After these, a row for each record that is to be named, of those in which
    any output differs: was, would be, its place in its flow (from 1, by id), nothing, and its id. The caller adds
    ``each``: how many of every flow. All of it is one statement, so the records are computed once.

    With ``by_direction`` (the first output is a number) the first column is 0 where there was a value and null where
    there was none, and the second −1, 0 or 1 for a value that would be less, the same (or had no counterpart) and more,
    and null for none.
    """

    code: str
    record_type: str
    was: Decision | None
    now: Decision | None
    outputs: tuple[str, ...]
    by_direction: bool
    flows: Statement
    sums: tuple[Sums, ...]
    _reasons: Statement

    def reasons(self, ids: Sequence[int]) -> Statement:
        """Of these records (at least one): id; outputs and then the rule as they were; the same as they would be;
        inputs as they were, inputs as they would be. By id; only these records and their children are computed.
        """
        listed = ", ".join(f"({int(each)})" for each in ids)
        return Statement(f"WITH affected(id) AS (VALUES {listed}) {self._reasons.sql}", self._reasons.parameters)


@dataclass(frozen=True, slots=True)
class FactSimulation:
    """One row: how many records, then per fact of ``facts`` in how many it differs, then ``sums`` of numeric ones."""

    record_type: str
    facts: tuple[str, ...]
    figures: Statement
    sums: tuple[Sums, ...]


@dataclass(frozen=True, slots=True)
class Simulation:
    """What can move between two versions on a day. Decisions that come out of the same tables, facts and parameters in
    both are ``still``: nothing has to be computed to know that nobody moves.
    """

    decisions: tuple[DecisionSimulation, ...]
    facts: tuple[FactSimulation, ...]
    still: tuple[Decision, ...]


def simulation(
    old: Model,
    new: Model,
    dialect: DialectName,
    today: date,
    *,
    tables: Model | None = None,
    within: Within | None = None,
) -> Simulation:
    """The statements that compare two versions on a day's parameters.

    ``tables`` is the model that the tables were made for (``old`` when not given); what they lack reads as null.
    ``within`` gives, for a record type and a decision, a query for the ids that may be named (empty for all of them);
    what it is bound with is the caller's to add.
    """
    both = beside(old, new, today)
    writer = _Writer(both, dialect, today, tables or old, within)
    decisions: list[DecisionSimulation] = []
    still: list[Decision] = []
    facts: list[FactSimulation] = []
    for record_type in dict.fromkeys([*new.computation_order, *old.computation_order]):
        for code in _decisions(both, record_type):
            if both.differs(record_type, code):
                decisions.append(writer.decision(record_type, code))
            else:
                still.append(new.decisions[code])
        changed = [code for code in _facts(both, record_type) if both.differs(record_type, code)]
        if changed:
            facts.append(writer.facts(record_type, changed))
    return Simulation(tuple(decisions), tuple(facts), tuple(still))


def _decisions(both: Beside, record_type: str) -> list[str]:
    either = [*both.new.decisions.values(), *both.old.decisions.values()]
    return list(dict.fromkeys(each.code for each in either if each.record_type == record_type))


def _facts(both: Beside, record_type: str) -> list[str]:
    either = (step for model in (both.new, both.old) for step in model.computations.get(record_type, ()))
    return list(dict.fromkeys(step.code for step in either if isinstance(step, Fact) and not is_hidden(step.code)))


class _Writer:
    """Writes the statements of one comparison."""

    def __init__(self, both: Beside, dialect: DialectName, today: date, tables: Model, within: Within | None) -> None:
        self._both = both
        self._dialect: DialectName = dialect
        self._today = today
        self._tables = tables
        self._within = within

    def decision(self, record_type: str, code: str) -> DecisionSimulation:
        """Flows and named records of one decision."""
        was, now = self._both.old.decisions.get(code), self._both.new.decisions.get(code)
        outputs = _outputs(was, now)
        table = self._table(record_type, [*outputs, rule_column(code)])
        differs = [table.differs(output) for output in outputs]
        moves = " OR ".join(differs)
        first = outputs[0]
        by_direction = table.ordered(first)
        pair = table.direction(first) if by_direction else table.pair(first)
        numeric = [output for output in outputs if table.numeric(output)]
        within = self._within(record_type, code) if self._within is not None else ""
        figures = [
            "count(*)",
            f"count(CASE WHEN {moves} THEN 1 END)",
            f"count(CASE WHEN NOT ({moves}) AND {table.differs(rule_column(code))} THEN 1 END)",
        ]
        sums, at = [], len(pair) + len(figures)
        for output in numeric:
            sums.append(Sums(output, at))
            totals = table.sums(output)
            figures += totals
            at += len(totals)
        flows = f"SELECT {', '.join([*pair, *figures])}, NULL AS id FROM o GROUP BY {', '.join(pair)}"
        placed = f"row_number() OVER (PARTITION BY {', '.join(pair)} ORDER BY o.id) AS place"
        reach = f" AND o.id IN ({within})" if within else ""
        names = [f"{text} AS {name}" for text, name in zip(pair, ("was", "now"), strict=True)]
        movers = f"SELECT {', '.join(names)}, {placed}, o.id AS id FROM o WHERE ({moves}){reach}"
        nothing = ", NULL" * (len(figures) - 1)
        named = f"SELECT p.was, p.now, p.place{nothing}, p.id FROM ({movers}) AS p WHERE p.place <= %(each)s"
        both = f"WITH o AS ({table.select}) SELECT * FROM ({flows} UNION ALL {named}) AS f ORDER BY 3 DESC, 1, 2"
        return DecisionSimulation(
            code,
            record_type,
            was,
            now,
            outputs,
            by_direction,
            table.statement(both),
            tuple(sums),
            self._reasons(record_type, code, outputs),
        )

    def _reasons(self, record_type: str, code: str, outputs: Sequence[str]) -> Statement:
        was, now = self._both.old.decisions.get(code), self._both.new.decisions.get(code)
        kept = [*outputs, rule_column(code)]
        inputs = [
            (self._input(record_type, code, position, old=True) for position in range(len(was.inputs) if was else 0)),
            (self._input(record_type, code, position, old=False) for position in range(len(now.inputs) if now else 0)),
        ]
        table = self._table(record_type, kept, [*inputs[0], *inputs[1]], only=True)
        columns = [*(table.was(each) for each in kept), *(table.now(each) for each in kept), *table.extra]
        return table.statement(f"SELECT {', '.join(['o.id', *columns])} FROM ({table.select}) AS o ORDER BY o.id")

    def _input(self, record_type: str, code: str, position: int, *, old: bool) -> str:
        name = self._both.was(record_type, code) if old else code
        return input_name(name or code, position)

    def facts(self, record_type: str, codes: Sequence[str]) -> FactSimulation:
        """How far the facts differ."""
        table = self._table(record_type, codes)
        figures = ["count(*)", *(f"count(CASE WHEN {table.differs(code)} THEN 1 END)" for code in codes)]
        sums = []
        for code in codes:
            if table.numeric(code):
                sums.append(Sums(code, len(figures)))
                figures += table.sums(code)
        statement = table.statement(f"SELECT {', '.join(figures)} FROM ({table.select}) AS o")
        return FactSimulation(record_type, tuple(codes), statement, tuple(sums))

    def _table(
        self, record_type: str, codes: Sequence[str], extra: Sequence[str] = (), *, only: bool = False
    ) -> _Table:
        context = make_context(self._both.model, self._dialect, self._today, self._tables, nested_select)
        return _Table(self._both, context, record_type, codes, extra, only=only)


def _outputs(was: Decision | None, now: Decision | None) -> tuple[str, ...]:
    """The outputs of both versions, the new one's first."""
    either = [*(now.outputs if now else ()), *(was.outputs if was else ())]
    return tuple(dict.fromkeys(output.code for output in either))


class _Table:
    """Columns of both versions, ``w0 n0 w1 n1 …`` and ``x0 …``, as ``select``, which is to be called ``o``."""

    def __init__(
        self,
        both: Beside,
        context: Context,
        record_type: str,
        codes: Sequence[str],
        extra: Sequence[str],
        *,
        only: bool,
    ) -> None:
        self._context = context
        self._expressions: Expressions = context.expressions(lambda _node: "")
        layers, columns = computed_layers(context, record_type, AFFECTED if only else "")
        self._types: Mapping[str, Column] = {column.name: column for column in columns}
        self._sides = {code: (both.was(record_type, code), both.now(record_type, code)) for code in codes}
        self._place = {code: position for position, code in enumerate(codes)}
        keys: dict[str, Key] = {"id": ID}
        for code, (was, now) in self._sides.items():
            keys.update(
                {f"{letter}{self._place[code]}": name for letter, name in zip("wn", (was, now), strict=True) if name}
            )
        keys.update((f"x{position}", name) for position, name in enumerate(extra))
        self.extra = tuple(f"o.x{position}" for position in range(len(extra)))
        self.select = layers.select(keys)

    def was(self, code: str) -> str:
        """The old version's value."""
        return self._side(code, 0)

    def now(self, code: str) -> str:
        """The new version's value."""
        return self._side(code, 1)

    def pair(self, code: str) -> list[str]:
        """Both values."""
        return [self.was(code), self.now(code)]

    def _side(self, code: str, side: int) -> str:
        if self._sides[code][side] is not None:
            return f"o.{'wn'[side]}{self._place[code]}"
        other = self._sides[code][1 - side]
        return self._expressions.null(self._types[other].type) if other else "NULL"

    def differs(self, code: str) -> str:
        """Whether the two values differ; a number in another scale is another value."""
        was, now = self.pair(code)
        if self._comparable(code):
            return self._expressions.differs(was, now)
        return f"({was} IS NOT NULL OR {now} IS NOT NULL)"

    def direction(self, code: str) -> list[str]:
        """The first two columns of ``flows`` for a number."""
        was, now = self.pair(code)
        moved = f"CASE WHEN {was} IS NULL THEN 0 WHEN {now} > {was} THEN 1 WHEN {now} < {was} THEN -1 ELSE 0 END"
        return [
            f"CASE WHEN {was} IS NOT NULL THEN 0 END",
            f"CASE WHEN {now} IS NOT NULL THEN {moved if self._comparable(code) else '0'} END",
        ]

    def numeric(self, code: str) -> bool:
        """Whether the values can be added up: numbers of one scale in every version that has them."""
        return self._comparable(code) and all(isinstance(type_, Number) for type_ in self._both_types(code))

    def ordered(self, code: str) -> bool:
        """Whether there are so many values that only their direction is counted."""
        return all(isinstance(type_, Number) for type_ in self._both_types(code))

    def sums(self, code: str) -> list[str]:
        """The six columns of ``Sums``."""
        found = []
        for text in self.pair(code):
            whole = f"({text} - {text} % {SUM_UNIT})"
            high = f"({whole}) / {SUM_UNIT}"
            found += [f"sum({high})", f"sum({text} % {SUM_UNIT})", f"count({text})"]
        return [each.replace("%", "%%") for each in found]

    def statement(self, sql: str) -> Statement:
        """The statement with the values that its columns were written with."""
        return Statement(sql, self._context.parameters.values)

    def _both_types(self, code: str) -> list[object]:
        return [self._types[name].type for name in self._sides[code] if name is not None]

    def _comparable(self, code: str) -> bool:
        types = self._both_types(code)
        kinds = {type(type_) for type_ in types}
        return len(kinds) == 1 and len({type_ for type_ in types if isinstance(type_, Number)}) <= 1
