"""Change many records at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from keguan.language.model.access import Permission, Right
from keguan.runtime import clock
from keguan.runtime.access.actions import ViewerAction
from keguan.runtime.access.exits import Exit
from keguan.runtime.access.rights import allowed, may
from keguan.runtime.jobs.actions import enqueue
from keguan.runtime.ledger.actions import Record, Refused
from keguan.runtime.policies import queries as policies
from keguan.runtime.records.bulk.asking import Asked, chosen
from keguan.runtime.records.bulk.settling import OPERATION
from keguan.runtime.records.list_query import ListQuery
from keguan.runtime.records.models import BulkEdit
from keguan.runtime.records.validation import read
from keguan.runtime.records.writing import clause_of, declared_type, refuse

if TYPE_CHECKING:
    from collections.abc import Iterable

    from keguan.runtime.access.viewer import Viewer

BULK_JOB = "records.bulk_edit"
MOST = 10_000
"""Records named by their ids; a query may find any number."""


@dataclass(frozen=True, kw_only=True)
class StartBulkEdit(ViewerAction[int]):
    """Have values set, or cleared where empty, in the records with ``ids`` or in all that ``query`` finds. Gives the
    bulk edit's id; each record is judged by itself when its turn comes, and what became of it can be read.
    """

    name: ClassVar[str] = "records.bulk_edit"
    record_type: str
    values: Mapping[str, str]
    ids: Sequence[int] = ()
    query: ListQuery = field(default_factory=ListQuery)
    wake: bool = True

    def check(self) -> None:
        """Refuse without the operation, fields that are wrong or nowhere the viewer's to change, and queries they may
        not ask.
        """
        if not may(self.viewer, OPERATION):
            raise Refused("not_permitted", gettext_lazy("您的岗位没有批量修改的权限。"))
        model = policies.current().model
        declared = declared_type(model, self.record_type)
        if not self.values:
            raise Refused("bulk.values", gettext_lazy("请至少选择一项要修改的内容。"))
        if len(self.ids) > MOST:
            raise Refused(
                "bulk.ids", _("一次最多选择 %(most)s 份档案；更多的请按查询条件修改。") % {"most": f"{MOST:,}"}
            )
        writable = bulk_codes(self.viewer, self.record_type)
        errors = {code: _("您不能批量修改这一项。") for code in self.values if code not in writable}
        refuse(errors or read(declared, self.values, complete=False).errors)
        if not self.ids:
            next(chosen(self.viewer, self.record_type, self._asked), None)

    def do(self) -> int:
        """Put the job in the queue."""
        stored = BulkEdit.objects.create(
            record_type=self.record_type,
            asked=self._asked.sealed(self.viewer.staff_id or 0),
            fields=sorted(self.values),
            by_id=self.viewer.staff_id,
            by_name=self.viewer.name,
            at=clock.now(),
        )
        stored.job_id = enqueue(BULK_JOB, {"edit_id": stored.pk}, self.viewer.staff_id, wake=self.wake)
        stored.save(update_fields=["job_id"])
        return stored.pk

    def log(self, result: int) -> Iterable[Record]:
        """Which fields, of how many chosen records; no values."""
        data = {"edit": result, "fields": sorted(self.values), "chosen": len(set(self.ids)) or "query"}
        declared = declared_type(policies.current().model, self.record_type)
        yield Record(self.name, self.record_type, None, clause_of(declared), data)

    @property
    def _asked(self) -> Asked:
        return Asked(dict(self.values), tuple(self.ids), self.query)


def bulk_codes(viewer: Viewer, record_type: str) -> tuple[str, ...]:
    """Fields that the viewer may change in many records at once, on some of them at least, in the policy's order. Never
    what marks a record as itself (查重): no two may have the same.
    """
    model = policies.current().model
    declared = model.record_types[record_type]
    given = allowed(viewer, record_type, Right.CHANGE, Exit.BULK_RESULTS, model)
    return tuple(
        each.code
        for each in declared.fields
        if each.typed
        and each.code not in (*declared.duplicates, declared.title)
        and given.get(each.code, Permission.NO) is not Permission.NO
    )
