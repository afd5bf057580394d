"""One batch of a hand-over of many: every record judged by itself, those that may go all at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

from django.utils.translation import gettext as _

from keguan.runtime import clock
from keguan.runtime.access.actions import ViewerAction
from keguan.runtime.access.rights import may, reaches
from keguan.runtime.access.viewer import place_of
from keguan.runtime.ledger.actions import Record
from keguan.runtime.policies import queries as policies
from keguan.runtime.records.actions.hand_over import OPERATION, moved, receiver, require_able, told_of
from keguan.runtime.records.bulk.asking import KEEP_UNIT, REASON, TO
from keguan.runtime.records.models import BulkEdit, BulkRow, Outcome, Transfer, TransferState
from keguan.runtime.records.shown_rows import rows_by_id
from keguan.runtime.records.writing import clause_of, declared_type

if TYPE_CHECKING:
    from collections.abc import Iterable

    from keguan.language.model.model import Model
    from keguan.runtime.ledger.events import Event
    from keguan.runtime.org.queries import StaffCard


@dataclass(frozen=True, kw_only=True)
class HandOverBatch(ViewerAction[None]):
    """Give these records to ``values[TO]`` as far as the viewer may; of each is noted what became of it and why.

    Those that go are one hand-over, so that their history says who had them until when.
    """

    name: ClassVar[str] = "records.hand_over_batch"
    edit_id: int
    record_type: str
    ids: Sequence[int]
    values: Mapping[str, str]
    _counts: dict[str, int] = field(default_factory=dict, init=False, repr=False)
    _made: list[Transfer] = field(default_factory=list, init=False, repr=False)

    def check(self) -> None:
        """Refuse a receiver who cannot have them any more; nobody else is at these rows: the edit is locked first."""
        BulkEdit.objects.select_for_update().get(pk=self.edit_id)
        require_able(self._receiver, declared_type(self._model, self.record_type), self._model)

    def do(self) -> None:
        """Judge, then move."""
        rows = list(BulkRow.objects.filter(edit_id=self.edit_id, record_id__in=self.ids, outcome=Outcome.WAITING))
        stored = {
            row["id"]: row for row in rows_by_id(self._model, self.record_type, [row.record_id for row in rows], ())
        }
        going: dict[int, int | None] = {}
        for row in rows:
            here = stored.get(row.record_id)
            row.reasons = self._refusals(here)
            if row.reasons or here is None:
                row.outcome = Outcome.REFUSED
            elif here["owner_id"] == self._receiver.id:
                row.outcome = Outcome.UNCHANGED
            else:
                row.outcome, going[row.record_id] = Outcome.CHANGED, here["owner_id"]
            self._counts[row.outcome] = self._counts.get(row.outcome, 0) + 1
        BulkRow.objects.bulk_update(rows, ["outcome", "reasons"], batch_size=500)
        whole = BulkEdit.objects.get(pk=self.edit_id)
        whole.changed += self._counts.get(Outcome.CHANGED, 0)
        whole.unchanged += self._counts.get(Outcome.UNCHANGED, 0)
        whole.refused += self._counts.get(Outcome.REFUSED, 0)
        whole.save(update_fields=["changed", "unchanged", "refused"])
        if going:
            self._move(going)

    def log(self, result: None) -> Iterable[Record]:
        """One entry a batch: which records went, to whom, why, and how many did not."""
        del result
        data: dict[str, object] = {"edit": self.edit_id, "to": self._receiver.id, "to_name": self._receiver.name}
        for transfer in self._made:
            data |= {"transfer": transfer.pk, "ids": [each for each, _owner in transfer.ids]}
            data |= {"counts": dict(transfer.counts), "reason": transfer.reason}
        data |= {str(outcome): count for outcome, count in self._counts.items()}
        clause = clause_of(declared_type(self._model, self.record_type))
        yield Record(self.name, self.record_type, None, clause, data)

    def announce(self, result: None) -> Iterable[Event]:
        """The new owner, to whatever follows it."""
        del result
        for transfer in self._made:
            yield told_of(transfer)

    def _refusals(self, row: Mapping[str, Any] | None) -> list[list[str]]:
        """Why a record may not go; out of reach is as if it were not there."""
        if row is None or not reaches(self.viewer, self.record_type, place_of(row), self._model):
            return [["", _("没有这份档案，或者它不在您的可见范围内。")]]
        if not may(self.viewer, OPERATION, place_of(row)):
            return [["", _("您的岗位不能移交这份档案。")]]
        return []

    def _move(self, going: Mapping[int, int | None]) -> None:
        now = clock.now()
        transfer = Transfer.objects.create(
            record_type=self.record_type,
            ids=[[each, going[each]] for each in sorted(going)],
            to_id=self._receiver.id,
            unit_id=None if self.values.get(KEEP_UNIT) else self._receiver.unit_id,
            reason=self.values[REASON][:500],
            state=TransferState.DONE,
            by_id=self.viewer.staff_id,
            by_name=self.viewer.name,
            at=now,
            settled_at=now,
        )
        moved(self._model, transfer, sorted(going))
        self._made.append(transfer)

    @cached_property
    def _model(self) -> Model:
        return policies.current().model

    @cached_property
    def _receiver(self) -> StaffCard:
        return receiver(int(self.values[TO]))
