"""One batch of an import: in one transaction its records, the rows given back, and how far the import is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import orjson

from keguan.runtime.access.actions import ViewerAction
from keguan.runtime.imports import uploads
from keguan.runtime.imports.models import Import, Rejection, State
from keguan.runtime.imports.rows.settling import Settler
from keguan.runtime.imports.undo.noting import note
from keguan.runtime.imports.workbook.cells import Cell, text_of
from keguan.runtime.ledger.actions import Record, Refused
from keguan.runtime.policies import queries as policies
from keguan.runtime.records import sequence
from keguan.runtime.records.actions import CreateMany, NewRecord, UpdateMany
from keguan.runtime.records.editing import stored_rows

if TYPE_CHECKING:
    from collections.abc import Iterable

    from keguan.runtime.access.sealed_values import Value
    from keguan.runtime.imports.rows.line import Line
    from keguan.runtime.imports.rows.settling import Settled

MOVED_ON = "imports.moved_on"


@dataclass(frozen=True, kw_only=True)
class ImportBatch(ViewerAction["Settled"]):
    """Bring in rows (Excel number, cells) that begin at ``position``; both come from the same reading of the file."""

    name: ClassVar[str] = "imports.batch"
    import_id: int
    record_type: str
    position: int
    rows: Sequence[tuple[int, Sequence[Cell]]]
    settler: Settler

    def check(self) -> None:
        """Refuse rows that another process has settled meanwhile (``imports.moved_on``) and imports called off."""
        stored = Import.objects.select_for_update().get(pk=self.import_id)
        if stored.position != self.position or stored.state not in (State.WAITING, State.RUNNING):
            raise Refused(MOVED_ON, "another process went on with this import")

    def do(self) -> Settled:
        """Settle the rows, write what is good, keep what is not, and move on."""
        sequence.take(self.record_type, 0)  # holds other writers back until we have looked for duplicates
        settled = self.settler.settle(self.rows)
        if settled.create:
            CreateMany(
                viewer=self.viewer,
                record_type=self.record_type,
                rows=[_new(line) for line in settled.create],
                import_id=self.import_id,
            ).run()
        if settled.change:
            changes, model = _changes(settled), policies.current().model
            before = stored_rows(model, self.record_type, changes)
            UpdateMany(
                viewer=self.viewer,
                record_type=self.record_type,
                rows=changes,
                import_id=self.import_id,
            ).run()
            after = stored_rows(model, self.record_type, changes)
            note(model.record_types[self.record_type], self.import_id, before, after)
        keep(self.import_id, settled.reject, trial=False)
        stored = Import.objects.get(pk=self.import_id)
        stored.state = State.RUNNING
        stored.position += len(self.rows)
        stored.created += len(settled.create)
        stored.updated += len(settled.change)
        stored.rejected += len(settled.reject)
        stored.save(update_fields=["state", "position", "created", "updated", "rejected"])
        return settled

    def log(self, result: Settled) -> Iterable[Record]:
        """Counts; the rows themselves are in the records' own entries and among the rows given back."""
        data = {
            "position": self.position + len(self.rows),
            "created": len(result.create),
            "updated": len(result.change),
            "rejected": len(result.reject),
        }
        yield Record(self.name, "import", self.import_id, data=data)


def keep(import_id: int, lines: Iterable[Line], *, trial: bool) -> None:
    """Keep rows to give back: reasons readable, the cells encrypted."""
    Rejection.objects.bulk_create(
        Rejection(
            of_id=import_id,
            row=line.number,
            trial=trial,
            reasons=[problem.to_json() for problem in line.problems],
            payload=uploads.seal(place(import_id, line.number), orjson.dumps([text_of(cell) for cell in line.cells])),
        )
        for line in lines
    )


def place(import_id: int, row: int) -> str:
    """Where the cells of a rejected row belong."""
    return f"rejection/{import_id}/{row}"


def _new(line: Line) -> NewRecord:
    return NewRecord(line.values, line.owner_id, line.unit_id, line.number)


def _changes(settled: Settled) -> dict[int, dict[str, Value | None]]:
    """What the rows say, by record: an empty cell clears nothing, of two rows about one record the later wins."""
    changes: dict[int, dict[str, Value | None]] = {}
    for line, stored in settled.change:
        given = {code: value for code, value in line.values.items() if value is not None}
        changes.setdefault(stored.id, {}).update(given)
    return changes
