"""One batch of a bulk edit: every record judged and changed by itself, all of them in one transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

from django.utils.translation import gettext as _

from keguan.runtime.access.actions import ViewerAction
from keguan.runtime.access.rights import may, reaches
from keguan.runtime.access.viewer import place_of
from keguan.runtime.ledger.actions import Record, Refused
from keguan.runtime.policies import queries as policies
from keguan.runtime.records.editing import Edit, by_code, edit, stored_rows, write
from keguan.runtime.records.events import RecordsChanged
from keguan.runtime.records.models import BulkEdit, BulkRow, Outcome
from keguan.runtime.records.placing import references, unreachable
from keguan.runtime.records.required import required
from keguan.runtime.records.writing import clause_of, declared_type, require_edit, unwritable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from keguan.language.model.model import Model, RecordType
    from keguan.runtime.access.sealed_values import Value
    from keguan.runtime.ledger.events import Event

OPERATION = "bulk_edit"

Reasons = list[list[str]]


@dataclass(frozen=True, kw_only=True)
class BulkBatch(ViewerAction[None]):
    """Change these records as far as the viewer may; of each is noted what became of it and why."""

    name: ClassVar[str] = "records.bulk_batch"
    edit_id: int
    record_type: str
    ids: Sequence[int]
    values: Mapping[str, Value | None]
    _done: list[Edit] = field(default_factory=list, init=False, repr=False)
    _counts: dict[str, int] = field(default_factory=dict, init=False, repr=False)

    def check(self) -> None:
        """Nobody else is at these rows: the edit's own row is locked first."""
        BulkEdit.objects.select_for_update().get(pk=self.edit_id)

    def do(self) -> None:
        """Judge and write."""
        waiting = BulkRow.objects.filter(edit_id=self.edit_id, record_id__in=self.ids, outcome=Outcome.WAITING)
        rows = list(waiting)
        stored = stored_rows(self._model, self.record_type, [row.record_id for row in rows])
        for row in rows:
            row.reasons = self._refusals(row.record_id, stored.get(row.record_id))
            row.outcome = Outcome.REFUSED if row.reasons else self._changed(stored[row.record_id])
            self._counts[row.outcome] = self._counts.get(row.outcome, 0) + 1
        BulkRow.objects.bulk_update(rows, ["outcome", "reasons"], batch_size=500)
        whole = BulkEdit.objects.get(pk=self.edit_id)
        whole.changed += self._counts.get(Outcome.CHANGED, 0)
        whole.unchanged += self._counts.get(Outcome.UNCHANGED, 0)
        whole.refused += self._counts.get(Outcome.REFUSED, 0)
        whole.save(update_fields=["changed", "unchanged", "refused"])

    def log(self, result: None) -> Iterable[Record]:
        """One entry a batch: which records changed, in which fields; no values."""
        del result
        data = {
            "edit": self.edit_id,
            "ids": [found.id for found in self._done],
            "fields": sorted(self.values),
            **{str(outcome): count for outcome, count in self._counts.items()},
        }
        yield Record(self.name, self.record_type, None, clause_of(self._declared), data)

    def announce(self, result: None) -> Iterable[Event]:
        """The changed records, and those they no longer refer to."""
        del result
        if self._done:
            left: dict[str, tuple[int, ...]] = {}
            for found in self._done:
                for target, ids in found.left.items():
                    left[target] = (*left.get(target, ()), *ids)
            yield RecordsChanged(self.record_type, tuple(found.id for found in self._done), left)

    def _refusals(self, record_id: int, row: dict[str, Any] | None) -> Reasons:
        """Why a record may not be changed so; nothing when it may. Out of reach is as if it were not there."""
        if row is None or not reaches(self.viewer, self.record_type, place_of(row), self._model):
            return [["", _("没有这份档案，或者它不在您的可见范围内。")]]
        place = place_of(row)
        if not may(self.viewer, OPERATION, place):
            return [["", _("您的岗位不能批量修改这份档案。")]]
        try:
            require_edit(self.viewer, self._model, self.record_type, self.values, place, record_id)
        except Refused as refused:
            return [["", refused.message]]
        errors = unwritable(self.viewer, self._model, self.record_type, self.values, place, record_id)
        errors = {**unreachable(self.viewer, self._model, self._declared, self.values, self._references), **errors}
        if not errors:
            conditions = required(self._model, self.record_type)
            before = by_code(self._model, self.record_type, row)
            known = {each.code for each in conditions.missing(before)}
            after = conditions.missing({**before, **self.values})
            errors = {each.code: _("必须填写。") for each in after if each.code not in known}
        return [[code, sentence] for code, sentence in errors.items()]

    def _changed(self, row: dict[str, Any]) -> Outcome:
        found = edit(self._model, self._declared, row, self.values)
        if not found.columns or not write(found):
            return Outcome.UNCHANGED
        self._done.append(found)
        return Outcome.CHANGED

    @cached_property
    def _model(self) -> Model:
        return policies.current().model

    @cached_property
    def _declared(self) -> RecordType:
        return declared_type(self._model, self.record_type)

    @cached_property
    def _references(self) -> Any:
        return references(self._model, self.record_type, [self.values])
