"""The records of a scenario in the real database: filed by the system's own actions, decided by its own SQL.

The scenario runner of the language plays on this world as it does on its own in memory, so that one text is the test of
both executions.
"""

from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from django.db import connection

from keguan.language.blocks.scenario import ScenarioDeclaration, read_scenario
from keguan.language.diagnostics.findings import Findings
from keguan.language.markdown.document import Block
from keguan.language.markdown.parse import parse_document
from keguan.language.model.model import Fact, Field, FieldKind, Model
from keguan.language.model.naming import rule_column
from keguan.language.testing.events import happen, read_day
from keguan.language.testing.expectations import judge
from keguan.language.testing.names import Names
from keguan.language.testing.world import Stored, World
from keguan.runtime import clock
from keguan.runtime.decisions.daily import catch_up
from keguan.runtime.decisions.stored_history import outcomes, typed
from keguan.runtime.records.actions import CreateMany, NewRecord, UpdateMany
from keguan.runtime.records.required import required

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from keguan.language.model.values import Value
    from keguan.language.testing.result import Failure
    from keguan.runtime.access.viewer import Viewer

SEALED = "sealed"
"""What stands for a sensitive value that is filled in."""


class StoredWorld(World):
    """Records in the database, on a held clock. ``units`` are ids by the names that scenarios use."""

    def __init__(self, model: Model, viewer: Viewer, units: Mapping[str, int]) -> None:
        super().__init__(model, {}, clock.today())
        self._viewer = viewer
        self._units = units
        self._names = {unit_id: name for name, unit_id in units.items()}

    @property
    def today(self) -> date:
        """The day by the clock."""
        return clock.today()

    @today.setter
    def today(self, day: date) -> None:
        if day != clock.today():
            clock.advance(day - clock.today())
            catch_up()

    def add(self, record_type: str, values: dict[str, Value], unit: str) -> Stored:
        """File a record."""
        row = NewRecord(values, unit_id=self._units.get(unit))
        (record_id,) = CreateMany(viewer=self._viewer, record_type=record_type, rows=[row]).run()
        return Stored(record_id, record_type, unit, values)

    def of(self, record_type: str) -> Iterator[Stored]:
        """The records of a type as they are stored, oldest first."""
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM rec_{record_type} ORDER BY id")
            names = [column[0] for column in cursor.description]
            rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
        return (self._stored(record_type, row) for row in rows)

    def by_id(self, id_: Value) -> Stored | None:
        """Nothing: ids are only unique within a type here, and this is for the wording of failures."""
        del id_
        return None

    def fill_periods(self, stored: Stored) -> None:
        """Save a change; periods fill themselves."""
        kept = next(each for each in self.of(stored.record_type) if each.id == stored.id)
        changed = {code: value for code, value in stored.values.items() if kept.values.get(code) != value}
        UpdateMany(viewer=self._viewer, record_type=stored.record_type, rows={stored.id: changed}).run()

    def compute(self) -> None:
        """Nothing: everything is decided with the change itself."""

    def inputs(self, stored: Stored, decision: str) -> list[Value]:
        """The inputs kept with the newest outcome."""
        return list(outcomes(decision, stored.id, 1)[0].inputs)

    def missing(self, stored: Stored) -> tuple[Field, ...]:
        """What the system says is still to be filled in."""
        found = {each.code for each in required(self.model, stored.record_type).missing(stored.all)}
        return tuple(field for field in self.model.record_types[stored.record_type].fields if field.code in found)

    def _stored(self, record_type: str, row: dict[str, Any]) -> Stored:
        values = {field.code: _field(field, row) for field in self.model.record_types[record_type].fields}
        computed: dict[str, Value] = {}
        for step in self.model.computations.get(record_type, ()):
            if isinstance(step, Fact):
                computed[step.code] = typed(row[step.code], step.type)
            else:
                computed |= {output.code: typed(row[output.code], output.type) for output in step.outputs}
                computed[rule_column(step.code)] = row[rule_column(step.code)]
        return Stored(row["id"], record_type, self._names.get(row["unit_id"], ""), values, computed)


def _field(field: Field, row: dict[str, Any]) -> Value:
    if field.sensitive:
        return None if row[field.code] is None else SEALED
    if field.kind in (FieldKind.REFERENCE, FieldKind.PERIOD):
        found: int | None = row[f"{field.code}_id"]
        return found
    return typed(row[field.code], field.type)


def scenarios(file: Path) -> list[ScenarioDeclaration]:
    """The scenarios of a file."""
    findings = Findings()
    elements = parse_document(file.name, file.read_text(encoding="utf-8"), findings).elements
    read = (read_scenario(each, findings) for each in elements if isinstance(each, Block))
    found = [scenario for scenario in read if scenario is not None]
    assert findings.all() == ()
    return found


@contextmanager
def played(
    scenario: ScenarioDeclaration, model: Model, viewer: Viewer, units: Mapping[str, int]
) -> Iterator[tuple[StoredWorld, list[Failure]]]:
    """The world after a scenario, on its last day, and what is not as expected there."""
    findings = Findings()
    names = Names(model, findings)
    day = max(policy.effective for policy in model.policies.values())
    if scenario.date is not None:
        day = read_day(scenario.date, names)
    with clock.hold(datetime(day.year, day.month, day.day, 4, tzinfo=UTC)):
        world = StoredWorld(model, viewer, units)
        for item in (*scenario.given, *scenario.events):
            happen(item, world, names)
        failures = [failure for item in scenario.expected for failure in judge(item, world, names, "zh")]
        assert findings.all() == ()
        yield world, failures
