"""Change many records whose new values are already in storage form: the importer's batches."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

from django.utils.translation import gettext_lazy

from keguan.runtime.access.actions import ViewerAction
from keguan.runtime.access.rights import reaches
from keguan.runtime.access.sealed_values import Value
from keguan.runtime.access.viewer import Place, place_of
from keguan.runtime.ledger.actions import Record, Refused
from keguan.runtime.policies import queries as policies
from keguan.runtime.records.editing import Edit, edit, stored_rows, write
from keguan.runtime.records.events import RecordsChanged
from keguan.runtime.records.objections import require_unheld
from keguan.runtime.records.placing import references, unreachable
from keguan.runtime.records.writing import clause_of, declared_type, refuse, require_edit, unwritable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from keguan.language.model.model import Model, RecordType
    from keguan.runtime.ledger.events import Event


@dataclass(frozen=True, kw_only=True)
class UpdateMany(ViewerAction[int]):
    """Change a batch: new values by record id, from ``validation.parse``. Gives how many records really changed.

    The ledger gets one entry for the batch, with the ids and the codes that changed.
    """

    name: ClassVar[str] = "records.update_many"
    record_type: str
    rows: Mapping[int, Mapping[str, Value | None]]
    import_id: int | None = None
    _done: list[Edit] = field(default_factory=list, init=False, repr=False)

    def check(self) -> None:
        """Refuse a batch with a record out of reach, a field that may not be written, or a strange reference."""
        found = references(self._model, self.record_type, self.rows.values())
        for record_id, values in self.rows.items():
            row = self._stored.get(record_id)
            place = Place(None, None) if row is None else place_of(row)
            if row is None or not reaches(self.viewer, self.record_type, place, self._model):
                raise Refused("records.not_found", gettext_lazy("没有这份档案，或者它不在您的可见范围内。"))
            require_edit(self.viewer, self._model, self.record_type, values, place, record_id)
            refuse(unwritable(self.viewer, self._model, self.record_type, values, place, record_id))
            refuse(unreachable(self.viewer, self._model, self._declared, values, found))
        require_unheld(self.record_type, self.rows.keys())

    def do(self) -> int:
        """Write what differs."""
        for record_id, values in self.rows.items():
            found = edit(self._model, self._declared, self._stored[record_id], values)
            if found.columns and write(found):
                self._done.append(found)
        return len(self._done)

    def log(self, result: int) -> Iterable[Record]:
        """One entry: how many, which, which fields, by which import; no values."""
        if result:
            yield Record(
                action=self.name,
                subject_type=self.record_type,
                clause=clause_of(self._declared),
                data={
                    "count": result,
                    "ids": [found.id for found in self._done],
                    "fields": sorted({code for found in self._done for code in found.changes}),
                    "import": self.import_id,
                },
            )

    def announce(self, result: int) -> Iterable[Event]:
        """The changed records, and those they no longer refer to."""
        if result:
            left: dict[str, tuple[int, ...]] = {}
            for found in self._done:
                for target, ids in found.left.items():
                    left[target] = (*left.get(target, ()), *ids)
            yield RecordsChanged(self.record_type, tuple(found.id for found in self._done), left)

    @cached_property
    def _model(self) -> Model:
        return policies.current().model

    @cached_property
    def _declared(self) -> RecordType:
        return declared_type(self._model, self.record_type)

    @cached_property
    def _stored(self) -> dict[int, dict[str, Any]]:
        return stored_rows(self._model, self.record_type, self.rows)
