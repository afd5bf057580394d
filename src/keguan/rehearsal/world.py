"""The records of a scenario in the real database: filed by the system's own actions, decided by its own SQL.

What is expected of records in memory is judged on this world just the same, so that one text tests both executions.
"""

from __future__ import annotations

from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import connection

from keguan.language.diagnostics.catalogue import scenarios as entries
from keguan.language.diagnostics.findings import suggest
from keguan.language.feel.types import Staff
from keguan.language.model.model import Fact, FieldKind
from keguan.language.model.naming import record_table, rule_column
from keguan.language.model.values import show_value
from keguan.language.testing.names import Problem
from keguan.language.testing.world import Place, Stored, World
from keguan.rehearsal import passing
from keguan.runtime import clock
from keguan.runtime.access import crypto
from keguan.runtime.access.sealed_values import from_text
from keguan.runtime.decisions.stored_history import outcomes, typed
from keguan.runtime.records.actions import Create, CreateMany, NewRecord, Update, UpdateMany
from keguan.runtime.records.required import required

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from keguan.language.feel.types import Type
    from keguan.language.model.model import Field, Model
    from keguan.language.model.values import Value
    from keguan.language.source import Span
    from keguan.language.testing.names import Names
    from keguan.rehearsal.company import Company

_REFERENCES = frozenset({FieldKind.REFERENCE, FieldKind.PERIOD})


class StageWorld(World):
    """Records in the database, on a held clock. People stand in values by their names, as scenarios write them."""

    def __init__(self, model: Model, company: Company, names: Names) -> None:
        super().__init__(model, {}, clock.today())
        self._company = company
        self._names = names
        self._by: str | None = None
        self._by_hand = False
        self._owner: str | None = None
        self._span: Span | None = None

    @contextmanager
    def hands(self, by: str | None, owner: str | None, span: Span, *, by_hand: bool) -> Iterator[None]:
        """Within this block ``by`` files and changes records, whose they are being said outside their values too.

        ``by_hand``: as through the form, where everything that must be filled in is asked for.
        """
        self._by, self._owner, self._span, self._by_hand = by, owner, span, by_hand
        try:
            yield
        finally:
            self._by = self._owner = self._span = None
            self._by_hand = False

    @property
    def today(self) -> date:
        """The day by the clock."""
        return clock.today()

    @today.setter
    def today(self, day: date) -> None:
        if day != clock.today():
            passing.until(datetime.combine(day, clock.local(clock.now()).time()))

    def add(self, record_type: str, values: dict[str, Value], place: Place) -> Stored:
        """File a record."""
        viewer = self._company.viewer(self._by)
        owner = self._staff(place.owner or self._owner or "")
        unit = self._company.unit(place.unit) if place.unit else None
        if owner is not None and unit is None:
            unit = self._company.viewer(self._company.name(owner)).unit_id
        if self._by_hand:
            shown = self._typed(record_type, values)
            action = Create(viewer=viewer, record_type=record_type, values=shown, owner_id=owner, unit_id=unit)
            record_id = action.run()
        else:
            row = NewRecord(self._stored_values(record_type, values), owner_id=owner, unit_id=unit)
            (record_id,) = CreateMany(viewer=viewer, record_type=record_type, rows=[row]).run()
        return Stored(record_id, record_type, place.unit, values, owner=place.owner)

    def of(self, record_type: str) -> Iterator[Stored]:
        """The records of a type as they are stored, oldest first."""
        table = connection.ops.quote_name(record_table(record_type))
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {table} ORDER BY id")
            names = [column[0] for column in cursor.description]
            rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
        return (self._stored(record_type, row) for row in rows)

    def by_id(self, record_type: str, id_: Value) -> Stored | None:
        """The record of a type with this id."""
        return next((each for each in self.of(record_type) if each.id == id_), None)

    def fill_periods(self, stored: Stored) -> None:
        """Save a change; periods fill themselves."""
        kept = next(each for each in self.of(stored.record_type) if each.id == stored.id)
        changed = {code: value for code, value in stored.values.items() if kept.values.get(code) != value}
        viewer = self._company.viewer(self._by)
        if not self._by_hand:
            rows = {stored.id: self._stored_values(stored.record_type, changed)}
            UpdateMany(viewer=viewer, record_type=stored.record_type, rows=rows).run()
            return
        shown = self._typed(stored.record_type, changed)
        version = self._version(stored)
        Update(viewer=viewer, record_type=stored.record_type, id=stored.id, version=version, values=shown).run()

    def compute(self) -> None:
        """Nothing: everything is decided with the change itself."""

    def inputs(self, stored: Stored, decision: str) -> list[Value]:
        """The inputs kept with the newest outcome."""
        return list(outcomes(decision, stored.id, 1)[0].inputs)

    def missing(self, stored: Stored) -> tuple[Field, ...]:
        """What the system says is still to be filled in."""
        found = {each.code for each in required(self.model, stored.record_type).held(stored.all).lacking}
        return tuple(field for field in self.model.record_types[stored.record_type].fields if field.code in found)

    def _version(self, stored: Stored) -> int:
        table = connection.ops.quote_name(record_table(stored.record_type))
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT version FROM {table} WHERE id = %s", [stored.id])
            version: int = cursor.fetchone()[0]
        return version

    def _staff(self, name: str) -> int | None:
        """Somebody's id; None for nobody. Raises ``Problem`` for somebody who is not there."""
        if not name:
            return None
        if name not in self._company.names:
            if self._span is not None:
                hint = suggest(name, self._company.names)
                self._names.findings.add(entries.PERSON_UNKNOWN, self._span, name=name, **hint)
            raise Problem
        return self._company.id(name)

    def _stored_values(self, record_type: str, values: dict[str, Value]) -> dict[str, Value]:
        """Values in storage form: people by id."""
        declared = self.model.record_types[record_type]
        return {
            code: self._staff(value) if isinstance(value, str) and _is_staff(declared.field(code).type) else value
            for code, value in values.items()
        }

    def _typed(self, record_type: str, values: dict[str, Value]) -> dict[str, str]:
        """Values as people type them."""
        declared = self.model.record_types[record_type]
        return {code: _as_typed(declared.field(code), value) for code, value in values.items()}

    def _stored(self, record_type: str, row: dict[str, Any]) -> Stored:
        values = {field.code: self._field(field, record_type, row) for field in self._fields(record_type)}
        computed: dict[str, Value] = {}
        for step in self.model.computations.get(record_type, ()):
            if isinstance(step, Fact):
                computed[step.code] = self._value(row[step.code], step.type)
            else:
                computed |= {output.code: self._value(row[output.code], output.type) for output in step.outputs}
                computed[rule_column(step.code)] = row[rule_column(step.code)]
        unit, owner = self._company.unit_name(row["unit_id"]), self._company.name(row["owner_id"])
        return Stored(row["id"], record_type, unit, values, computed, owner)

    def _fields(self, record_type: str) -> tuple[Field, ...]:
        return self.model.record_types[record_type].fields

    def _field(self, field: Field, record_type: str, row: dict[str, Any]) -> Value:
        if field.kind in _REFERENCES:
            found: int | None = row[f"{field.code}_id"]
            return found
        if not field.sensitive or row[field.code] is None:
            return self._value(row[field.code], field.type)
        text = crypto.open_sealed(crypto.place(record_type, field.code), row["id"], bytes(row[field.code]))
        return self._named(from_text(field.type, text), field.type)

    def _value(self, value: Any, type_: Type) -> Value:
        return self._named(typed(value, type_), type_)

    def _named(self, value: Value, type_: Type) -> Value:
        return self._company.name(value) if _is_staff(type_) and isinstance(value, int) else value


def _is_staff(type_: Type) -> bool:
    return isinstance(type_, Staff)


def _as_typed(field: Field, value: Value) -> str:
    if value is None:
        return ""
    return str(value) if field.kind in _REFERENCES else show_value(value, field.type, field.kind)
