"""Hand records over to another member of staff."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from keguan.runtime import clock
from keguan.runtime.access.actions import SHORTEST_REASON, ViewerAction
from keguan.runtime.access.rights import may, reaches
from keguan.runtime.access.viewer import Place, Viewer, place_of, viewer_for
from keguan.runtime.ledger.actions import Record, Refused
from keguan.runtime.org import queries as org
from keguan.runtime.policies import queries as policies
from keguan.runtime.records.events import HandedOver, OfferedHandOver
from keguan.runtime.records.models import Transfer, TransferState
from keguan.runtime.records.owners.moving import move
from keguan.runtime.records.shown_rows import rows_by_id
from keguan.runtime.records.writing import clause_of, declared_type, require

if TYPE_CHECKING:
    from collections.abc import Iterable

    from keguan.language.model.model import Model, RecordType
    from keguan.runtime.ledger.events import Event
    from keguan.runtime.org.queries import StaffCard

MOST = 1_000
"""Records named in one hand-over; everything of a person goes at once however many they are."""

OPERATION, OFFBOARDING = "hand_over", "offboard"


@dataclass(frozen=True, slots=True)
class Handed:
    """What a hand-over did: its id, and how many records went by record type (none while it is only offered)."""

    id: int
    counts: Mapping[str, int]


@dataclass(frozen=True, kw_only=True)
class HandOver(ViewerAction[Handed]):
    """Give these records of one type to another member of staff, with the children that follow their owner.

    They go to the new owner's unit, unless ``keep_unit``. With ``acceptance`` nothing happens until the receiver
    accepts (:class:`SettleHandOver`). Open duties and cases follow their records; versions and values stay.
    """

    name: ClassVar[str] = "records.hand_over"
    record_type: str
    ids: Sequence[int]
    to_staff_id: int
    reason: str
    keep_unit: bool = False
    with_children: bool = True
    acceptance: bool = False
    _owners: dict[int, int | None] = field(default_factory=dict, init=False, repr=False)
    _made: list[Transfer] = field(default_factory=list, init=False, repr=False)

    def check(self) -> None:
        """Refuse records out of reach, without telling them from none; a missing reason; a receiver who cannot."""
        declared = self._declared
        require_reason(self.reason)
        if not self.ids or len(set(self.ids)) > MOST:
            raise Refused("hand_over.ids", _("一次请选择 1 至 %(most)s 份档案移交。") % {"most": MOST})
        found = {row["id"]: row for row in rows_by_id(self._model, self.record_type, self.ids, ())}
        self._owners.update({record_id: row["owner_id"] for record_id, row in found.items()})
        for record_id in set(self.ids):
            row = found.get(record_id)
            place = Place(None, None) if row is None else place_of(row)
            if row is None or not reaches(self.viewer, self.record_type, place, self._model):
                raise Refused("records.not_found", gettext_lazy("没有这份档案，或者它不在您的可见范围内。"))
            require(self.viewer, (OPERATION,), place)
        if all(row["owner_id"] == self.to_staff_id for row in found.values()):
            raise Refused("hand_over.same", gettext_lazy("这些档案已经归这位同事了，不用移交。"))
        require_able(self._receiver, declared, self._model)

    def do(self) -> Handed:
        """Move them now, or note the offer."""
        now = clock.now()
        transfer = Transfer.objects.create(
            record_type=self.record_type,
            ids=[[each, self._owners[each]] for each in sorted(set(self.ids))],
            to_id=self.to_staff_id,
            unit_id=None if self.keep_unit else self._receiver.unit_id,
            with_children=self.with_children,
            reason=self.reason.strip()[:500],
            state=TransferState.OFFERED if self.acceptance else TransferState.DONE,
            by_id=self.viewer.staff_id,
            by_name=self.viewer.name,
            at=now,
            settled_at=None if self.acceptance else now,
        )
        self._made.append(transfer)
        return Handed(transfer.pk, {}) if self.acceptance else moved(self._model, transfer, self.ids)

    def log(self, result: Handed) -> Iterable[Record]:
        """One entry: which records, to whom, why, and how many went with them."""
        ids = sorted(set(self.ids))
        yield Record(
            action="records.offer" if self.acceptance else self.name,
            subject_type=self.record_type,
            subject_id=ids[0] if len(ids) == 1 else None,
            clause=clause_of(self._declared),
            data={
                "transfer": result.id,
                "ids": ids,
                "to": self.to_staff_id,
                "to_name": self._receiver.name,
                "reason": self.reason.strip(),
                "counts": dict(result.counts),
            },
        )

    def announce(self, result: Handed) -> Iterable[Event]:
        """The new owner, to whatever follows it."""
        del result
        (transfer,) = self._made
        yield OfferedHandOver(told_of(transfer)) if self.acceptance else told_of(transfer)

    @cached_property
    def _model(self) -> Model:
        return policies.current().model

    @cached_property
    def _declared(self) -> RecordType:
        return declared_type(self._model, self.record_type)

    @cached_property
    def _receiver(self) -> StaffCard:
        return receiver(self.to_staff_id)


@dataclass(frozen=True, kw_only=True)
class HandOverAll(ViewerAction[Handed]):
    """Give everything that one person owns, of every type, to another: for whoever leaves or changes posts.

    Whoever may take people out of the house (办理离职) may do it without seeing a single record; others need
    移交客户 over all of it.
    """

    name: ClassVar[str] = "records.hand_over_all"
    from_staff_id: int
    to_staff_id: int
    reason: str
    keep_unit: bool = False
    _made: list[Transfer] = field(default_factory=list, init=False, repr=False)

    def check(self) -> None:
        """Refuse without the operation, without a reason, to oneself, and to somebody without an open account."""
        require_reason(self.reason)
        if not may(self.viewer, OFFBOARDING) and not self._covers_all():
            raise Refused("hand_over.not_permitted", gettext_lazy("您的岗位不能移交这位同事的全部档案。"))
        if self.from_staff_id == self.to_staff_id:
            raise Refused("hand_over.same", gettext_lazy("移交人和接收人不能是同一个人。"))
        receiver(self.to_staff_id)

    def do(self) -> Handed:
        """Move all of it."""
        now = clock.now()
        transfer = Transfer.objects.create(
            from_id=self.from_staff_id,
            to_id=self.to_staff_id,
            unit_id=None if self.keep_unit else receiver(self.to_staff_id).unit_id,
            reason=self.reason.strip()[:500],
            by_id=self.viewer.staff_id,
            by_name=self.viewer.name,
            at=now,
            settled_at=now,
        )
        self._made.append(transfer)
        return moved(policies.current().model, transfer)

    def log(self, result: Handed) -> Iterable[Record]:
        """One entry: whose, to whom, why, and how many of each type."""
        yield Record(
            action=self.name,
            subject_type="staff",
            subject_id=self.from_staff_id,
            data={
                "transfer": result.id,
                "to": self.to_staff_id,
                "to_name": receiver(self.to_staff_id).name,
                "reason": self.reason.strip(),
                "counts": dict(result.counts),
            },
        )

    def announce(self, result: Handed) -> Iterable[Event]:
        """The new owner, to whatever follows it."""
        del result
        (transfer,) = self._made
        yield told_of(transfer)

    def _covers_all(self) -> bool:
        card = org.staff_by_id(self.from_staff_id)
        place = Place(self.from_staff_id, None if card is None else card.unit_id)
        return may(self.viewer, OPERATION, place)


def hand_over_all(
    viewer: Viewer, from_staff_id: int, to_staff_id: int, reason: str, *, keep_unit: bool = False
) -> Handed:
    """Everything one person owns goes to another (:class:`HandOverAll`). Raises ``Refused``."""
    action = HandOverAll(
        viewer=viewer, from_staff_id=from_staff_id, to_staff_id=to_staff_id, reason=reason, keep_unit=keep_unit
    )
    return action.run()


def moved(model: Model, transfer: Transfer, ids: Sequence[int] = ()) -> Handed:
    """Move what the transfer says and note how many went."""
    transfer.counts = move(model, transfer, ids)
    transfer.save(update_fields=["counts"])
    return Handed(transfer.pk, transfer.counts)


def told_of(transfer: Transfer) -> HandedOver:
    """The event of a hand-over."""
    return HandedOver(
        transfer.pk,
        transfer.receiver_id,
        transfer.unit_id,
        transfer.by_name,
        transfer.reason,
        dict(transfer.counts) or {transfer.record_type: len(transfer.ids)},
    )


def receiver(staff_id: int) -> StaffCard:
    """Who is to have the records. Raises ``Refused``."""
    card = org.staff_by_id(staff_id)
    if card is None or not card.is_active:
        message = _("没有这位同事，或者其账号已停用。请另选接收人。")
        raise Refused("hand_over.receiver", message, {"to": message})
    return card


def require_reason(reason: str) -> None:
    """Raises ``Refused`` for a reason too short to be one."""
    if len(reason.strip()) < SHORTEST_REASON:
        message = _("请写明移交的事由，至少%(count)s个字。") % {"count": SHORTEST_REASON}
        raise Refused("hand_over.reason", message, {"reason": message})


def require_able(card: StaffCard, declared: RecordType, model: Model) -> None:
    """Refuse a receiver whose roles do not let them see such records even when they own them."""
    own = Place(card.id, card.unit_id)
    if not reaches(viewer_for(card.id), declared.code, own, model):
        message = _("%(name)s的岗位看不到%(type)s，接收后无法办理。请另选接收人，或先给他安排岗位。") % {
            "name": card.name,
            "type": declared.label.zh,
        }
        raise Refused("hand_over.receiver", message, {"to": message})
