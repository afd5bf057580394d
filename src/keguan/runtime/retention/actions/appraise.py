"""鉴定: looking through a batch of what is due, taking some out, and asking for approval."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from keguan.runtime import clock
from keguan.runtime.access.actions import SHORTEST_REASON, ViewerAction
from keguan.runtime.access.rights import may
from keguan.runtime.access.viewer import system_viewer
from keguan.runtime.ledger.actions import Record, Refused
from keguan.runtime.policies.queries import current
from keguan.runtime.processes.actions import StartCase
from keguan.runtime.processes.models import Case
from keguan.runtime.records.actions import Create
from keguan.runtime.retention.gathering import approvable, release
from keguan.runtime.retention.models import Batch, BatchState, Item, ItemState
from keguan.runtime.retention.words import DISPOSALS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from keguan.language.model.model import Model


@dataclass(frozen=True, kw_only=True)
class BatchAction(ViewerAction[int]):
    """Base of what is done to a batch by somebody with the operation ``dispose``."""

    batch_id: int
    expected: ClassVar[BatchState] = BatchState.GATHERED

    def check(self) -> None:
        """Refuse whoever may not, an unknown batch, and one that is further than this."""
        if not may(self.viewer, "dispose"):
            raise Refused("retention.not_permitted", gettext_lazy("您的岗位不办理档案的保存与销毁。"))
        if self._batch.state != self.expected:
            raise Refused("retention.moved_on", gettext_lazy("这个批次已经往下办了，请刷新后再看。"))

    @cached_property
    def _batch(self) -> Batch:
        found = Batch.objects.select_for_update().filter(pk=self.batch_id).first()
        if found is None:
            raise Refused("retention.no_batch", gettext_lazy("没有这个处置批次。"))
        return found

    @cached_property
    def _model(self) -> Model:
        return current().model

    def _record(self, **data: object) -> Record:
        return Record(self.name, "disposal", self._batch.pk, data={"number": self._batch.number, **data})


def written_reason(reason: str) -> str:
    """A reason as it is kept. Raises ``Refused`` (``retention.reason``) for one too short to be one."""
    if len(reason.strip()) < SHORTEST_REASON:
        message = _("请写明事由，至少%(count)s个字。") % {"count": SHORTEST_REASON}
        raise Refused("retention.reason", message, {"reason": message})
    return reason.strip()


@dataclass(frozen=True, kw_only=True)
class StrikeOut(BatchAction):
    """Take things out of a batch, for a reason: they are not disposed of this time. Gives how many."""

    name: ClassVar[str] = "retention.strike_out"
    item_ids: tuple[int, ...]
    reason: str
    back: bool = False
    """Put them in again instead."""

    def check(self) -> None:
        """Refuse a missing reason and things of another batch."""
        super().check()
        if not self.back:
            written_reason(self.reason)
        if not self.item_ids or len(self._items) != len(set(self.item_ids)):
            raise Refused("retention.no_item", gettext_lazy("请先勾选这一批里的档案。"))

    def do(self) -> int:
        """Note it by whoever does it."""
        state = ItemState.IN if self.back else ItemState.STRUCK
        for each in self._items:
            each.state, each.reason = state, "" if self.back else self.reason.strip()[:300]
            each.by_id, each.by_name = (None, "") if self.back else (self.viewer.staff_id, self.viewer.name)
        Item.objects.bulk_update(self._items, ["state", "reason", "by_id", "by_name"])
        return len(self._items)

    def log(self, result: int) -> Iterable[Record]:
        """Which, and why."""
        ids = sorted({each.record_id for each in self._items})
        yield self._record(count=result, ids=ids, back=self.back, why="" if self.back else self.reason.strip())

    @cached_property
    def _items(self) -> list[Item]:
        wanted = ItemState.STRUCK if self.back else ItemState.IN
        return list(self._batch.items.filter(pk__in=set(self.item_ids), state=wanted))


@dataclass(frozen=True, kw_only=True)
class SubmitBatch(BatchAction):
    """Ask for approval: begin a case of the process that the policy names. Gives the case's id."""

    name: ClassVar[str] = "retention.submit"
    opinion: str
    _case: list[int] = field(default_factory=list, init=False, repr=False)

    def check(self) -> None:
        """Refuse an empty batch, a missing opinion, and a policy in which nobody approves."""
        super().check()
        written_reason(self.opinion)
        if not self._batch.items.filter(state=ItemState.IN).exists():
            raise Refused("retention.nothing", gettext_lazy("这一批里没有要处置的档案，不用送审。"))
        if not self._process:
            message = gettext_lazy(
                "没有送审：制度没有规定由哪个流程审批。请在保存条款里写“审批”，或让一个流程准予销毁。"
            )
            raise Refused("retention.no_process", message)

    def do(self) -> int:
        """The case is about the first of the records, or about a sheet filed for the batch, as the process says."""
        batch = self._batch
        case_id = StartCase(
            viewer=self.viewer, process=self._process, record_id=self._about(), opinion=self.opinion.strip()
        ).run()
        batch.state, batch.submitted_at, batch.opinion = BatchState.SUBMITTED, clock.now(), self.opinion.strip()[:500]
        batch.by_id, batch.by_name = self.viewer.staff_id, self.viewer.name
        batch.case_id = case_id
        batch.case_number = Case.objects.values_list("number", flat=True).get(pk=case_id)
        batch.save(update_fields=["state", "submitted_at", "opinion", "by_id", "by_name", "case_id", "case_number"])
        release(batch, batch.items.filter(state=ItemState.STRUCK))
        return case_id

    def log(self, result: int) -> Iterable[Record]:
        """How many go to approval, and in which case."""
        counts = {state: self._batch.items.filter(state=state).count() for state in (ItemState.IN, ItemState.STRUCK)}
        yield self._record(case=result, count=counts[ItemState.IN], struck=counts[ItemState.STRUCK])

    @cached_property
    def _process(self) -> str:
        return approvable(self._model, self._batch)

    def _about(self) -> int:
        process = self._model.blocks.processes[self._process]
        if process.record_type == self._batch.record_type and not self._batch.erasure:
            return self._batch.items.filter(state=ItemState.IN).order_by("id")[0].record_id
        if process.record_type == self._batch.record_type:
            message = gettext_lazy("没有送审：要求删除的档案已经只存，审批流程的对象却是它。请在制度里另立审批单。")
            raise Refused("retention.no_sheet", message)
        sheet = self._model.record_types[process.record_type]
        label = self._model.record_types[self._batch.record_type].label.zh
        title = f"{self._batch.number} {label} {DISPOSALS[self._batch.disposal]}"
        return Create(
            viewer=system_viewer(self.viewer.via, self.viewer.name),
            record_type=sheet.code,
            values={sheet.title: title},
            owner_id=self.viewer.staff_id,
            unit_id=self.viewer.unit_id,
        ).run()


@dataclass(frozen=True, kw_only=True)
class WithdrawBatch(BatchAction):
    """Give a batch up before it is submitted: what is in it is gathered again while it is due. Gives how many."""

    name: ClassVar[str] = "retention.withdraw"
    reason: str

    def check(self) -> None:
        """Refuse a missing reason."""
        super().check()
        written_reason(self.reason)

    def do(self) -> int:
        """End it."""
        self._batch.state, self._batch.ended_at = BatchState.WITHDRAWN, clock.now()
        self._batch.save(update_fields=["state", "ended_at"])
        count = self._batch.items.count()
        release(self._batch)
        return count

    def log(self, result: int) -> Iterable[Record]:
        """How many, and why."""
        yield self._record(count=result, why=self.reason.strip())
