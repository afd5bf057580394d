"""Create many records whose values are already in storage form: the importer's batches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from keguan.language.model.model import FieldKind
from keguan.runtime.access.actions import ViewerAction
from keguan.runtime.ledger.actions import Record
from keguan.runtime.policies import queries as policies
from keguan.runtime.records import sequence
from keguan.runtime.records.draft import Draft, NewRecord
from keguan.runtime.records.events import RecordsChanged
from keguan.runtime.records.inserting import insert
from keguan.runtime.records.placing import place_of, references, unreachable
from keguan.runtime.records.writing import clause_of, declared_type, refuse, require, unwritable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from keguan.language.model.model import Model, RecordType
    from keguan.runtime.access.viewer import Place
    from keguan.runtime.ledger.events import Event


@dataclass(frozen=True, kw_only=True)
class CreateMany(ViewerAction[tuple[int, ...]]):
    """File a batch. Values come from ``validation.parse``; the caller has dealt with missing values and duplicates.

    The ledger gets one entry for the batch. Gives the new ids in the order of the rows.
    """

    name: ClassVar[str] = "records.create_many"
    record_type: str
    rows: Sequence[NewRecord]
    import_id: int | None = None
    _periods: dict[str, tuple[int, ...]] = field(default_factory=dict, init=False, repr=False)

    def check(self) -> None:
        """Refuse a batch with a row outside the viewer's reach, a field they may not write, or a strange reference."""
        declared = self._declared
        codes = {code for row in self.rows for code, value in row.values.items() if value is not None}
        if any(field.kind is FieldKind.REFERENCE for field in declared.fields):
            for row in self.rows:
                refuse(unreachable(self.viewer, self._model, declared, row.values, self._references))
        for place in set(self._places):
            require(self.viewer, ("import", "create"), place)
            refuse(unwritable(self.viewer, self._model, self.record_type, codes, place))

    def do(self) -> tuple[int, ...]:
        """Insert the batch in a few statements."""
        ids = sequence.take(self.record_type, len(self.rows))
        drafts = [
            Draft(record_id, place.owner_id, place.unit_id, row.import_row, dict(row.values))
            for record_id, place, row in zip(ids, self._places, self.rows, strict=True)
        ]
        self._periods.update(insert(self._model, self.record_type, drafts, self.import_id))
        return tuple(ids)

    def log(self, result: tuple[int, ...]) -> Iterable[Record]:
        """One entry: how many, from which id to which, by which import."""
        if result:
            yield Record(
                action=self.name,
                subject_type=self.record_type,
                clause=clause_of(self._declared),
                data={
                    "count": len(result),
                    "first": result[0],
                    "last": result[-1],
                    "import": self.import_id,
                },
            )

    def announce(self, result: tuple[int, ...]) -> Iterable[Event]:
        """The new records, and the periods made for them."""
        if result:
            yield RecordsChanged(self.record_type, result, self._periods, created=True)

    @cached_property
    def _model(self) -> Model:
        return policies.current().model

    @cached_property
    def _declared(self) -> RecordType:
        return declared_type(self._model, self.record_type)

    @cached_property
    def _references(self) -> dict[tuple[str, int], Place]:
        return references(self._model, self.record_type, [row.values for row in self.rows])

    @cached_property
    def _places(self) -> list[Place]:
        return [place_of(self.viewer, self._declared, row, self._references) for row in self.rows]
