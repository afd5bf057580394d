"""A record changes hands because the policy says so: what a form carries into 负责人 (存入)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from django.utils.translation import gettext_lazy

from keguan.runtime import clock
from keguan.runtime.access.actions import ViewerAction
from keguan.runtime.ledger.actions import SYSTEM, Record, Refused
from keguan.runtime.policies import queries as policies
from keguan.runtime.records.actions.hand_over import Handed, moved, receiver, require_able, told_of
from keguan.runtime.records.models import Transfer, TransferState
from keguan.runtime.records.objections import require_unheld
from keguan.runtime.records.shown_rows import rows_by_id
from keguan.runtime.records.writing import declared_type

if TYPE_CHECKING:
    from collections.abc import Iterable

    from keguan.language.model.model import ClauseRef, Model
    from keguan.runtime.ledger.events import Event


@dataclass(frozen=True, kw_only=True)
class HandOverByPolicy(ViewerAction[Handed | None]):
    """Give one record, with the children that follow their owner, to a member of staff in the system's name. Gives what
    went; None where it is theirs already.

    ``viewer`` is the person whose doing brings it about: they need not be allowed to hand records over, since the
    policy does it and not they. ``cause`` goes into the ledger with their id.
    """

    name: ClassVar[str] = "records.hand_over_by_policy"
    record_type: str
    id: int
    to_staff_id: int
    reason: str
    clause: ClauseRef
    cause: Mapping[str, object]
    _made: list[Transfer] = field(default_factory=list, init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "actor", SYSTEM)

    def check(self) -> None:
        """Refuse a record that is gone or held, and a receiver who is away or could not see it."""
        if not self._owners:
            raise Refused("records.not_found", gettext_lazy("没有这份档案，或者它不在您的可见范围内。"))
        require_unheld(self.record_type, (self.id,))
        require_able(receiver(self.to_staff_id), declared_type(self._model, self.record_type), self._model)

    def do(self) -> Handed | None:
        """Move it, and note who had it."""
        (owner,) = self._owners
        if owner == self.to_staff_id:
            return None
        now = clock.now()
        transfer = Transfer.objects.create(
            record_type=self.record_type,
            ids=[[self.id, owner]],
            to_id=self.to_staff_id,
            unit_id=receiver(self.to_staff_id).unit_id,
            reason=self.reason[:500],
            state=TransferState.DONE,
            by_id=self.viewer.staff_id,
            by_name=self.viewer.name,
            at=now,
            settled_at=now,
        )
        self._made.append(transfer)
        return moved(self._model, transfer, (self.id,))

    def log(self, result: Handed | None) -> Iterable[Record]:
        """To whom it went, by which clause, and who brought it about."""
        if result is None:
            return
        yield Record(
            action=self.name,
            subject_type=self.record_type,
            subject_id=self.id,
            clause=f"{self.clause.pack}#{self.clause.anchor}",
            data={
                "transfer": result.id,
                "to": self.to_staff_id,
                "to_name": receiver(self.to_staff_id).name,
                "counts": dict(result.counts),
                "by": self.viewer.staff_id,
                "by_name": self.viewer.name,
                **self.cause,
            },
        )

    def announce(self, result: Handed | None) -> Iterable[Event]:
        """The new owner, to whatever follows the record."""
        del result
        for transfer in self._made:
            yield told_of(transfer)

    @cached_property
    def _model(self) -> Model:
        return policies.current().model

    @cached_property
    def _owners(self) -> tuple[int | None, ...]:
        return tuple(row["owner_id"] for row in rows_by_id(self._model, self.record_type, (self.id,), ()))
