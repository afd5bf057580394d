"""Hand over all that a list finds, however many: a job that judges each record by itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from keguan.runtime import clock
from keguan.runtime.access.actions import ViewerAction
from keguan.runtime.access.rights import may
from keguan.runtime.jobs.actions import enqueue
from keguan.runtime.ledger.actions import Record, Refused
from keguan.runtime.policies import queries as policies
from keguan.runtime.records.actions.bulk_edit import BULK_JOB
from keguan.runtime.records.actions.bulk_edit import MOST as MOST_NAMED
from keguan.runtime.records.actions.hand_over import OPERATION, receiver, require_able, require_reason
from keguan.runtime.records.bulk.asking import KEEP_UNIT, OWNER, REASON, TO, Asked, chosen
from keguan.runtime.records.list_query import ListQuery
from keguan.runtime.records.models import BulkEdit
from keguan.runtime.records.writing import clause_of, declared_type

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, kw_only=True)
class StartHandOver(ViewerAction[int]):
    """Have the records with ``ids``, or all that ``query`` finds, given to another member of staff. Gives the number by
    which what became of each can be read, as of a bulk edit: each is judged when its turn comes, with the rights of
    that moment. Killed at any line, the job is run again and goes on.
    """

    name: ClassVar[str] = "records.hand_over_many"
    record_type: str
    to_staff_id: int
    reason: str
    keep_unit: bool = False
    ids: Sequence[int] = ()
    query: ListQuery = field(default_factory=ListQuery)
    wake: bool = True

    def check(self) -> None:
        """Refuse without the operation, without a reason, a receiver who cannot, and queries they may not ask."""
        if not may(self.viewer, OPERATION):
            raise Refused("not_permitted", gettext_lazy("您的岗位没有移交客户的权限。"))
        model = policies.current().model
        declared = declared_type(model, self.record_type)
        require_reason(self.reason)
        if len(self.ids) > MOST_NAMED:
            raise Refused("hand_over.ids", _("一次请选择 1 至 %(most)s 份档案移交。") % {"most": MOST_NAMED})
        require_able(receiver(self.to_staff_id), declared, model)
        if not self.ids:
            next(chosen(self.viewer, self.record_type, self._asked), None)

    def do(self) -> int:
        """Put the job in the queue."""
        stored = BulkEdit.objects.create(
            record_type=self.record_type,
            asked=self._asked.sealed(self.viewer.staff_id or 0),
            fields=[OWNER],
            by_id=self.viewer.staff_id,
            by_name=self.viewer.name,
            at=clock.now(),
        )
        stored.job_id = enqueue(BULK_JOB, {"edit_id": stored.pk}, self.viewer.staff_id, wake=self.wake)
        stored.save(update_fields=["job_id"])
        return stored.pk

    def log(self, result: int) -> Iterable[Record]:
        """To whom, why, and how many were chosen."""
        data = {
            "edit": result,
            "to": self.to_staff_id,
            "to_name": receiver(self.to_staff_id).name,
            "reason": self.reason.strip(),
            "chosen": len(set(self.ids)) or "query",
        }
        declared = declared_type(policies.current().model, self.record_type)
        yield Record(self.name, self.record_type, None, clause_of(declared), data)

    @property
    def _asked(self) -> Asked:
        values = {TO: str(self.to_staff_id), REASON: self.reason.strip(), KEEP_UNIT: "1" if self.keep_unit else ""}
        return Asked(values, tuple(self.ids), self.query)
