"""Which records owe what a row says: asked of the database, for all records or for some."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from django.db import connection

from keguan.language.feel.types import BOOLEAN
from keguan.language.model.actors import PartyKind
from keguan.language.model.duty import TriggerKind
from keguan.language.model.naming import record_table
from keguan.runtime import clock
from keguan.runtime.access.columns import columns, condition_columns
from keguan.runtime.access.planned import planned
from keguan.runtime.access.viewer import Place
from keguan.runtime.decisions.affected import affected_table
from keguan.runtime.duties.occasions import is_kept
from keguan.runtime.policies.language_door import Statement, dialect, ending, values_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from keguan.language.feel.typed import Typed
    from keguan.language.model.model import Model
    from keguan.runtime.duties.lines import Line

APPLIES, EXEMPT = "applies", "exempt"


@dataclass(frozen=True, slots=True)
class Judged:
    """How one record stands to a row. ``day`` is what stands in the date that starts its clock."""

    record_id: int
    applies: bool
    exempt: bool
    place: Place
    version: int
    created_at: datetime
    day: date | None = None
    persons: Mapping[str, int | None] = field(default_factory=dict)

    @property
    def owes(self) -> bool:
        """Whether it falls under the row."""
        return self.applies and not self.exempt


class _Same:
    """An expression that is equal to itself alone."""

    __slots__ = ("expression",)

    def __init__(self, expression: Typed) -> None:
        self.expression = expression

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.expression is self.expression

    def __hash__(self) -> int:
        return id(self.expression)


def conditions(line: Line) -> dict[str, Typed]:
    """The conditions that a row has, by name."""
    obligation = line.obligation
    named = {APPLIES: obligation.applies, EXEMPT: obligation.exempt}
    return {name: condition for name, condition in named.items() if condition is not None}


def judge(model: Model, line: Line, ids: Collection[int]) -> dict[int, Judged]:
    """How these records stand to the row, by id; those that are not there are left out. Inside a transaction."""
    named = conditions(line)
    sql, parameters = source(model, line.duty.record_type, named, only=True)
    extra = extra_columns(model, line)
    asked = (f"found.{quoted(name)}" for name in named)
    more = (f"r.{quoted(physical)}" for physical in extra.values())
    met = condition_columns(model, line.duty.record_type)
    where = (f"r.{quoted(each)}" for each in met)
    kept, of_kept = kept_until(model, line, only=True)
    days = ("kept.due_on",) if kept else ()
    own = ("r.owner_id", "r.unit_id", "r.version", "r.created_at")
    shown = ", ".join(("found.id", *asked, *own, *where, *days, *more))
    table = quoted(record_table(line.duty.record_type))
    rows_of = f"SELECT {shown} FROM ({sql}) AS found JOIN {table} AS r ON r.id = found.id{kept}"
    with affected_table(ids), connection.cursor() as cursor:
        cursor.execute(rows_of, parameters | of_kept)
        rows = cursor.fetchall()
    extra = {**dict.fromkeys(days, ""), **extra}
    return {row[0]: _judged(row, named, met, extra) for row in rows}


def kept_until(model: Model, line: Line, *, only: bool) -> tuple[str, dict[str, Any]]:
    """The join that gives the records ``r`` the day ``kept.due_on`` on which they are kept no longer, where that starts
    the row's clock; empty for any other row. A type that nothing says how long to keep has no such day.
    """
    if not is_kept(line.obligation):
        return "", {}
    record_type = line.duty.record_type

    def write() -> Statement | None:
        return ending(model, record_type, dialect(), today=clock.today(), only=only)

    found = planned(model, record_type, ("ending", only), write)
    if found is None:
        day = "CAST(NULL AS date)" if connection.vendor == "postgresql" else "NULL"
        return f" LEFT JOIN (SELECT -1 AS id, {day} AS due_on) AS kept ON kept.id = r.id", {}
    return f" LEFT JOIN ({found.sql}) AS kept ON kept.id = r.id", dict(found.parameters)


def source(model: Model, record_type: str, named: Mapping[str, Typed], *, only: bool) -> tuple[str, dict[str, Any]]:
    """A SELECT of ``id`` and the named expressions, with pyformat places."""

    def write() -> Statement | None:
        return values_of(model, record_type, named, dialect(), today=clock.today(), only=only)

    # expressions are dear to compare and belong to the model: they are told apart as the objects that they are
    what = ("values", only, tuple((name, _Same(expression)) for name, expression in named.items()))
    statement = planned(model, record_type, what, write)
    assert statement is not None  # noqa: S101 - values can always be asked for
    return statement.sql, dict(statement.parameters)


def true_ids(model: Model, record_type: str, condition: Typed, ids: Collection[int]) -> frozenset[int]:
    """Those of these records of which the condition is true. Inside a transaction."""
    sql, parameters = source(model, record_type, {"value": condition}, only=True)
    with affected_table(ids), connection.cursor() as cursor:
        cursor.execute(f'SELECT id FROM ({sql}) AS found WHERE "value" IS TRUE', parameters)
        return frozenset(row[0] for row in cursor.fetchall())


def value_for(model: Model, record_type: str, expression: Typed, record_id: int) -> Any:
    """What an expression comes to for one record, as the database gives it; None where it comes to nothing."""
    sql, parameters = source(model, record_type, {"value": expression}, only=True)
    with affected_table((record_id,)), connection.cursor() as cursor:
        cursor.execute(f'SELECT "value" FROM ({sql}) AS found', parameters)
        row = cursor.fetchone()
    found = None if row is None else row[0]
    return bool(found) if found is not None and expression.type == BOOLEAN else found


def extra_columns(model: Model, line: Line) -> dict[str, str]:
    """Physical columns by code that a row needs of its records: its date, and the 人员 fields it names."""
    known = columns(model, line.duty.record_type)
    trigger = line.obligation.trigger
    codes = [trigger.field] if trigger is not None and trigger.kind is TriggerKind.DATE and trigger.field else []
    parties = [*line.obligation.responsible, *(each.party for each in line.obligation.escalations)]
    codes += [party.field for party in parties if party.kind is PartyKind.FIELD and party.field]
    return {code: known[code].physical for code in codes}


def quoted(name: str) -> str:
    """A name as SQL writes it."""
    return connection.ops.quote_name(name)


def as_date(value: Any) -> date | None:
    """A stored day, which SQLite gives as text."""
    return date.fromisoformat(value) if isinstance(value, str) else value


def as_moment(value: Any) -> datetime:
    """A stored moment, which SQLite gives as text without a zone."""
    moment: datetime = datetime.fromisoformat(value) if isinstance(value, str) else value
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)


def _judged(row: tuple[Any, ...], named: Mapping[str, Typed], met: tuple[str, ...], extra: Mapping[str, str]) -> Judged:
    held = dict(zip(named, row[1 : 1 + len(named)], strict=True))
    owner_id, unit_id, version, created_at, *rest = row[1 + len(named) :]
    holds = frozenset(name for name, value in zip(met, rest, strict=False) if value)
    more = dict(zip(extra, rest[len(met) :], strict=True))
    dates = [as_date(value) for value in more.values() if not isinstance(value, int)]
    return Judged(
        row[0],
        APPLIES not in held or bool(held[APPLIES]),
        bool(held.get(EXEMPT)),
        Place(owner_id, unit_id, holds),
        version,
        as_moment(created_at),
        dates[0] if dates else None,
        {code: value for code, value in more.items() if isinstance(value, int)},
    )
