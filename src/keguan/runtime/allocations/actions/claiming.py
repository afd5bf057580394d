"""Taking a record from a pool (认领) and giving it back."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from keguan.language.model.allocation import Method
from keguan.language.model.naming import LARGEST_ID, record_table
from keguan.runtime import clock
from keguan.runtime.access.actions import SHORTEST_REASON, ViewerAction
from keguan.runtime.access.columns import columns
from keguan.runtime.allocations.actions.runs import declared
from keguan.runtime.allocations.models import Claim, ClaimEnd
from keguan.runtime.allocations.pooling import (
    claimant,
    cooling_until,
    hold_claims,
    owner_now,
    row_full,
    row_of,
    standing,
)
from keguan.runtime.allocations.releasing import release
from keguan.runtime.allocations.statements import quoted, run
from keguan.runtime.ledger.actions import Record, Refused
from keguan.runtime.org import queries as org
from keguan.runtime.policies import queries as policies
from keguan.runtime.records.actions.hand_over import told_of
from keguan.runtime.records.events import RecordsChanged
from keguan.runtime.records.models import Transfer
from keguan.runtime.records.objections import require_unheld
from keguan.runtime.records.owners.moving import move

if TYPE_CHECKING:
    from collections.abc import Iterable

    from keguan.language.model.allocation import Allocation
    from keguan.language.model.model import Model
    from keguan.runtime.ledger.events import Event

GONE = gettext_lazy("这一份不在公海里，或者已经被别人认领了。")


@dataclass(frozen=True, kw_only=True)
class PoolAction(ViewerAction[int]):
    """Base of what is done to one record of a pool."""

    pool: str
    id: int

    @cached_property
    def _model(self) -> Model:
        return policies.current().model

    @cached_property
    def _declared(self) -> Allocation:
        found = declared(self._model, self.pool)
        if found.method is not Method.CLAIM:
            raise Refused("allocations.no_pool", gettext_lazy("这不是可以认领的公海。"))
        return found

    @property
    def record_type(self) -> str:
        """The type of the pool's records, for whoever writes a refusal down."""
        found = self._model.blocks.allocations.get(self.pool)
        return "" if found is None else found.record_type

    def _record(self, **data: object) -> Record:
        clause = self._declared.clause
        told = {"pool": self.pool, **data}
        return Record(self.name, self._declared.record_type, self.id, f"{clause.pack}#{clause.anchor}", told)


@dataclass(frozen=True, kw_only=True)
class ClaimRecord(PoolAction):
    """Take a record from a pool: it is the claimant's from now on. Gives the claim's id. Of two who claim the same
    record one gets it; of two claims of one person the second sees the first.
    """

    name: ClassVar[str] = "allocations.claim"
    _row: list[int] = field(default_factory=list, init=False, repr=False)
    _made: list[Transfer] = field(default_factory=list, init=False, repr=False)

    def check(self) -> None:
        """Refuse whoever may not, has enough, claims too often or had it too recently; a record that is not there."""
        pool = self._declared
        staff_id = self.viewer.staff_id
        if staff_id is None:
            raise Refused("allocations.no_person", gettext_lazy("请由同事本人认领。"))
        hold_claims(staff_id)
        refusal = standing(self._model, pool, staff_id).refusal
        if refusal:
            raise Refused("allocations.claim_refused", refusal)
        if not 0 < self.id <= LARGEST_ID or owner_now(pool.record_type, self.id) != (None,):
            raise Refused("allocations.claimed_already", GONE)
        row = row_of(self._model, pool, self.id)
        if row is None:
            raise Refused("allocations.claimed_already", GONE)
        most = row_full(self._model, pool, row, staff_id)
        if most is not None:
            name = next(each.name for each in pool.shares if each.number == row)
            message = _("“%(row)s”您已经认领了 %(most)s 份，不能再多。") % {"row": name, "most": most}
            raise Refused("allocations.row_full", message)
        until = cooling_until(pool, self.id, staff_id)
        if until is not None:
            message = _("这一份您刚刚放回或被收回，%(day)s 起才能再认领。") % {"day": until.isoformat()}
            raise Refused("allocations.cooling", message)
        require_unheld(pool.record_type, (self.id,))
        self._row.append(row)

    def do(self) -> int:
        """Hand it over with what belongs to it, and note it."""
        pool, now = self._declared, clock.now()
        staff_id = self.viewer.staff_id or 0
        person = org.active_staff(staff_id)
        transfer = Transfer.objects.create(
            record_type=pool.record_type,
            ids=[[self.id, None]],
            to_id=staff_id,
            unit_id=person.unit_id,
            reason=_("从“%(pool)s”认领") % {"pool": pool.label.zh},
            by_id=staff_id,
            by_name=self.viewer.name,
            at=now,
            settled_at=now,
        )
        transfer.counts = move(self._model, transfer, (self.id,))
        transfer.save(update_fields=["counts"])
        self._note()
        self._made.append(transfer)
        claim = Claim.objects.create(
            allocation=self.pool,
            row=self._row[0],
            record_type=pool.record_type,
            record_id=self.id,
            staff_id=staff_id,
            at=now,
            transfer_id=transfer.pk,
        )
        return claim.pk

    def log(self, result: int) -> Iterable[Record]:
        """Which, from where."""
        yield self._record(claim=result, row=self._row[0])

    def announce(self, result: int) -> Iterable[Event]:
        """The new owner, to whatever follows it, and the record itself."""
        del result
        yield told_of(self._made[0])
        yield RecordsChanged(self._declared.record_type, (self.id,))

    def _note(self) -> None:
        """Write into the record who has it, since when, and how often it was given away."""
        pool, known = self._declared, columns(self._model, self._declared.record_type)
        sets: dict[str, object] = {}
        if pool.noted.recipient is not None and pool.noted.recipient in known:
            found = claimant(self._model, pool, self.viewer.staff_id or 0)
            sets[f"{quoted(known[pool.noted.recipient].physical)} = %s"] = None if found is None else found.id
        if pool.noted.date is not None and pool.noted.date in known:
            day = connection.ops.adapt_datefield_value(clock.today())
            sets[f"{quoted(known[pool.noted.date].physical)} = %s"] = day
        if pool.noted.times is not None and pool.noted.times in known:
            name = quoted(known[pool.noted.times].physical)
            sets[f"{name} = coalesce({name}, 0) + %s"] = 1
        if sets:
            sets["version = version + %s"] = 1
            sets["updated_at = %s"] = connection.ops.adapt_datetimefield_value(clock.now())
            table = quoted(record_table(pool.record_type))
            run(f"UPDATE {table} SET {', '.join(sets)} WHERE id = %s", [*sets.values(), self.id])


@dataclass(frozen=True, kw_only=True)
class ReturnRecord(PoolAction):
    """Give a record of one's own back to its pool, for a reason. Gives the id of the transfer."""

    name: ClassVar[str] = "allocations.return"
    reason: str

    def check(self) -> None:
        """Refuse a missing reason, and a record that is somebody else's or would not wait in the pool."""
        if len(self.reason.strip()) < SHORTEST_REASON:
            message = _("请写明放回的事由，至少%(count)s个字。") % {"count": SHORTEST_REASON}
            raise Refused("allocations.reason", message, {"reason": message})
        pool = self._declared
        mine = (self.viewer.staff_id,)
        if (
            self.viewer.staff_id is None
            or not 0 < self.id <= LARGEST_ID
            or owner_now(pool.record_type, self.id) != mine
        ):
            raise Refused("allocations.not_yours", gettext_lazy("这一份不归您负责，不能由您放回。"))
        require_unheld(pool.record_type, (self.id,))

    def do(self) -> int:
        """Take it from its owner."""
        by = (self.viewer.staff_id, self.viewer.name)
        reason = self.reason.strip()[:500]
        return release(self._model, self._declared.record_type, (self.id,), ClaimEnd.RETURNED, reason, by).pk

    def log(self, result: int) -> Iterable[Record]:
        """Why."""
        yield self._record(transfer=result, why=self.reason.strip())

    def announce(self, result: int) -> Iterable[Event]:
        """The record is nobody's now."""
        del result
        yield RecordsChanged(self._declared.record_type, (self.id,))
