"""Accept or decline records that somebody offers, or take the offer back."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

from django.utils.translation import gettext_lazy

from keguan.runtime import clock
from keguan.runtime.access.actions import ViewerAction
from keguan.runtime.ledger.actions import Record, Refused
from keguan.runtime.policies import queries as policies
from keguan.runtime.records.actions.hand_over import Handed, moved, told_of
from keguan.runtime.records.models import Transfer, TransferState
from keguan.runtime.records.shown_rows import rows_by_id

if TYPE_CHECKING:
    from collections.abc import Iterable

    from keguan.runtime.ledger.events import Event


@dataclass(frozen=True, kw_only=True)
class SettleHandOver(ViewerAction[Handed]):
    """``DONE`` (accept) and ``DECLINED`` are for the receiver, ``WITHDRAWN`` for whoever offered it."""

    name: ClassVar[str] = "records.settle_hand_over"
    transfer_id: int
    state: TransferState
    _made: list[Transfer] = field(default_factory=list, init=False, repr=False)

    def check(self) -> None:
        """Refuse one that is over, and somebody else's."""
        found = Transfer.objects.select_for_update().filter(pk=self.transfer_id).first()
        mine = None if found is None else found.by_id if self.state == TransferState.WITHDRAWN else found.to_id
        if found is None or self.state == TransferState.OFFERED or mine is None or mine != self.viewer.staff_id:
            raise Refused("hand_over.not_found", gettext_lazy("没有这次移交，或者它不由您处理。"))
        if found.state != TransferState.OFFERED:
            raise Refused("hand_over.over", gettext_lazy("这次移交已经处理过了。"))
        self._made.append(found)

    def do(self) -> Handed:
        """Accepted, those that still are whose they were when they were offered change hands now."""
        (transfer,) = self._made
        transfer.state, transfer.settled_at = self.state, clock.now()
        transfer.save(update_fields=["state", "settled_at"])
        if self.state != TransferState.DONE:
            return Handed(transfer.pk, {})
        model = policies.current().model
        owners = {row["id"]: row["owner_id"] for row in rows_by_id(model, transfer.record_type, dict(transfer.ids), ())}
        still = [each for each, owner_id in transfer.ids if each in owners and owners[each] == owner_id]
        return moved(model, transfer, still)

    def log(self, result: Handed) -> Iterable[Record]:
        """Which, and what came of it."""
        data = {"state": str(self.state), "counts": dict(result.counts)}
        yield Record(self.name, "transfer", self.transfer_id, data=data)

    def announce(self, result: Handed) -> Iterable[Event]:
        """The new owner, when there is one."""
        del result
        if self.state == TransferState.DONE:
            yield told_of(self._made[0])
