"""Who would move, by name and with the reasons of both versions, as far as the viewer may see."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Any

from django.core.exceptions import EmptyResultSet, FieldError
from django.db.models import QuerySet

from keguan.language.model.naming import record_table
from keguan.runtime.access.columns import columns, place_columns
from keguan.runtime.access.exits import Exit
from keguan.runtime.access.present import Sight
from keguan.runtime.access.rights import scope
from keguan.runtime.access.viewer import place_of
from keguan.runtime.decisions.explaining import explained_of
from keguan.runtime.decisions.simulated import Named
from keguan.runtime.decisions.stored_history import Outcome, typed
from keguan.runtime.records.classes import record_class

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from keguan.language.model.model import Decision, Model
    from keguan.runtime.access.shown import Shown
    from keguan.runtime.access.viewer import Place, Viewer
    from keguan.runtime.decisions.explaining import Explained
    from keguan.runtime.decisions.reading import Reading
    from keguan.runtime.policies.language_door import DecisionSimulation

NAMED_EACH = 50
"""How many records of every flow are named, unless another number is asked for."""

NAMED_MOST = 1_000
"""How many of one decision are named in all."""


class Namer:
    """Names the moved records of one comparison for one viewer."""

    def __init__(self, viewer: Viewer, old: Model, new: Model, tables: Model, moment: datetime) -> None:
        self._viewer = viewer
        self._old, self._new, self._tables = old, new, tables
        self._moment = moment

    def within(self, record_type: str, decision: str) -> tuple[str, Mapping[str, Any]]:
        """The query for the ids of which the viewer may see the decision under both versions, with its values."""
        found: list[str] = []
        values: dict[str, Any] = {}
        places = count()
        for model in (self._old, self._new):
            if decision not in model.decisions or record_type not in self._tables.record_types:
                continue
            codes = tuple(each.code for each in model.decisions[decision].outputs)
            condition = scope(self._viewer, record_type, codes, model)
            if not condition:
                continue
            rows: QuerySet[Any] = QuerySet(record_class(self._tables, record_type)).filter(condition)
            try:
                sql, bound = rows.values("id").query.sql_with_params()
            except (EmptyResultSet, FieldError):  # a new condition of an access row is kept nowhere yet
                return "SELECT 0 WHERE 1 = 0", {}
            names = [f"reach_{next(places)}" for _each in bound]
            values.update(zip(names, bound, strict=True))
            found.append(sql % tuple(f"%({name})s" for name in names))
        return " INTERSECT ".join(found), values

    def values(self, plan: DecisionSimulation) -> Mapping[str, Any]:
        """What the query for the ids in reach is bound with."""
        return self.within(plan.record_type, plan.code)[1]

    def named(self, plan: DecisionSimulation, reading: Reading, ids: Sequence[int]) -> tuple[Named, ...]:
        """These moved records, in this order."""
        if not ids:
            return ()
        statement = plan.reasons(ids)
        rows = {row[0]: row for row in reading.rows(statement.sql, statement.parameters)}
        titled = self.titles(plan.record_type, ids, reading)
        return tuple(self._one(plan, rows[each], *titled[each]) for each in ids)

    def titles(self, record_type: str, ids: Sequence[int], reading: Reading) -> dict[int, tuple[Shown, Place]]:
        """The names of these records as the viewer may see them, and where they stand."""
        if not ids:
            return {}
        title = self._old.record_types[record_type].title
        column = columns(self._old, record_type)[title]
        names = (*dict.fromkeys((*place_columns(self._tables, record_type), column.physical)),)
        listed = ", ".join(str(int(each)) for each in ids)
        sql = f'SELECT {", ".join(f"{chr(34)}{name}{chr(34)}" for name in names)} FROM "{record_table(record_type)}" '
        sight = Sight(self._viewer, record_type, Exit.TRIAL, (title,), self._old)
        found = {}
        for values in reading.rows(f"{sql}WHERE id IN ({listed})", {}):
            row = dict(zip(names, values, strict=True))
            found[row["id"]] = sight.show(row)[title], place_of(row)
        return found

    def _one(self, plan: DecisionSimulation, row: Sequence[Any], title: Shown, place: Place) -> Named:
        outputs = len(plan.outputs)
        was, now = row[1 : outputs + 2], row[outputs + 2 : 2 * outputs + 3]
        inputs = row[2 * outputs + 3 :]
        split = len(plan.was.inputs) if plan.was else 0
        sides = (
            self._side(plan, plan.was, self._old, was, inputs[:split], place),
            self._side(plan, plan.now, self._new, now, inputs[split:], place),
        )
        return Named(row[0], title, *sides)

    def _side(
        self,
        plan: DecisionSimulation,
        decision: Decision | None,
        model: Model,
        outcome: Sequence[Any],
        inputs: Sequence[Any],
        place: Place,
    ) -> Explained | None:
        if decision is None:
            return None
        by_code = dict(zip(plan.outputs, outcome[:-1], strict=True))
        made = Outcome(
            id=0,
            record_id=0,
            decided_at=self._moment,
            decided_on=self._moment.date(),
            publication_id=0,
            decision=decision,
            model=model,
            rule=outcome[-1],
            before=(),
            after=tuple(typed(by_code[output.code], output.type) for output in decision.outputs),
            inputs=tuple(
                typed(value, each.expression.type) for value, each in zip(inputs, decision.inputs, strict=True)
            ),
        )
        return explained_of(self._viewer, place, made, self._old)
