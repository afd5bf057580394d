"""Rows of the history tables as typed values, read by the columns that a publication's model gives a decision."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Any

from django.db import connection

from keguan.language.feel.types import Boolean, Date, DateTime, Text, Time
from keguan.language.model.cuts import passed
from keguan.language.model.naming import by_table_column, history_table, trail_column
from keguan.runtime.access.sealed_values import from_text
from keguan.runtime.policies.queries import at

if TYPE_CHECKING:
    from keguan.language.feel.types import Type
    from keguan.language.model.cuts import Cut, Passed
    from keguan.language.model.model import Decision, Model

Value = int | str | bool | date | time | None

_TRUE = (True, "true", "t", "1")


@dataclass(frozen=True, slots=True)
class Outcome:
    """One row of a decision's history, with the decision as it was written then. ``rule`` is its number; for a
    collecting table, the numbers of all rules that matched, as text ("1,3").
    """

    id: int
    record_id: int
    decided_at: datetime
    decided_on: date
    publication_id: int
    decision: Decision
    model: Model
    rule: int | str | None
    before: tuple[Value, ...]
    after: tuple[Value, ...]
    inputs: tuple[Value, ...]
    cuts: tuple[StoredCut, ...] = ()
    uncut: tuple[Value, ...] | None = None

    @property
    def by_table(self) -> tuple[Value, ...]:
        """The outputs as the table gives them: ``after``, but for those that quotas cut."""
        return self.after if self.uncut is None else self.uncut


@dataclass(frozen=True, slots=True)
class StoredCut:
    """What a quota did: the record's group and the value it was put in order by then, and the bounds it came to."""

    cut: Cut
    group: Value
    order: Value
    passed: tuple[Passed, ...]

    @property
    def moved(self) -> bool:
        """Whether it made another outcome of the one with which the record came."""
        bounds = ((self.cut.bounds[each.number], each) for each in self.passed)
        return any(
            each.place > each.room and bound.other is not None if bound.ceiling else True for bound, each in bounds
        )


def outcomes(decision: str, record_id: int, limit: int) -> tuple[Outcome, ...]:
    """The newest rows of a record's history, newest first: one query, and one for each publication among them."""
    table = connection.ops.quote_name(history_table(decision))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table} WHERE record_id = %s ORDER BY id DESC LIMIT {int(limit)}", [record_id])
        names = [column[0] for column in cursor.description]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    models = {number: at(number).model for number in {row["publication_id"] for row in rows}}
    return tuple(_outcome(decision, models[row["publication_id"]], row) for row in rows)


def typed(value: Any, kind: Type) -> Value:
    """A stored value as the language knows it. SQLite has neither dates nor booleans of its own; on PostgreSQL an input
    that two versions typed differently is kept as text.
    """
    if value is None or isinstance(kind, Text):
        return None if value is None else str(value)
    if isinstance(kind, Boolean):
        return value in _TRUE
    if isinstance(kind, Date | Time | DateTime):
        return from_text(kind, value) if isinstance(value, str) else value
    return int(value)


def _outcome(code: str, model: Model, row: dict[str, Any]) -> Outcome:
    decision = model.decisions[code]
    return Outcome(
        row["id"],
        row["record_id"],
        moment_of(row["decided_at"]),
        _day(row["decided_on"]),
        row["publication_id"],
        decision,
        model,
        row["rule"],
        _values(row, "was_", decision),
        _values(row, "out_", decision),
        tuple(typed(row[f"in_{n}"], column.expression.type) for n, column in enumerate(decision.inputs)),
        tuple(_cut(row, cut) for cut in decision.cuts),
        _by_table(row, decision),
    )


def _by_table(row: dict[str, Any], decision: Decision) -> tuple[Value, ...]:
    cut = {each.output for each in decision.cuts}
    found = []
    for output in decision.outputs:
        value = row.get(by_table_column(output.code)) if output.code in cut else None
        found.append(typed(row.get(f"out_{output.code}") if value is None else value, output.type))
    return tuple(found)


def _cut(row: dict[str, Any], cut: Cut) -> StoredCut:
    group, order = (None if key is None else typed(row.get(key.code), key.type) for key in (cut.group, cut.order))
    return StoredCut(cut, group, order, passed(row.get(trail_column(cut.quota))))


def _values(row: dict[str, Any], prefix: str, decision: Decision) -> tuple[Value, ...]:
    return tuple(typed(row.get(prefix + output.code), output.type) for output in decision.outputs)


def moment_of(value: datetime | str) -> datetime:
    """A stored moment: SQLite keeps it without its zone, which is UTC."""
    moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)


def _day(value: date | str) -> date:
    return date.fromisoformat(value) if isinstance(value, str) else value
