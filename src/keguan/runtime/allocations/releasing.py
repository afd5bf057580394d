"""Records that go back to nobody: noted in the owner's history, with the children that had the same owner."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection
from django.db.models import Q

from keguan.language.model.naming import record_table
from keguan.runtime import clock
from keguan.runtime.access.columns import columns
from keguan.runtime.allocations.models import Claim, ClaimEnd
from keguan.runtime.allocations.statements import quoted, run
from keguan.runtime.duties.models import Duty, DutyState
from keguan.runtime.duties.parties import Seating
from keguan.runtime.duties.reseating import responsible_now
from keguan.runtime.records.models import Ownership, Transfer
from keguan.runtime.records.owners.moving import belonging, moved_ids
from keguan.runtime.records.pointing import place_again

if TYPE_CHECKING:
    from collections.abc import Sequence

    from keguan.language.model.model import Model


def release(
    model: Model, record_type: str, ids: Sequence[int], end: ClaimEnd, reason: str, by: tuple[int | None, str]
) -> Transfer:
    """Take these records from whoever has them, inside a transaction. Their units stay; open duties of the former
    owners find whoever is responsible now.
    """
    now = clock.now()
    transfer = Transfer.objects.create(
        record_type=record_type, to_id=None, reason=reason, by_id=by[0], by_name=by[1], at=now, settled_at=now
    )
    transfer.counts = _taken(model, transfer, ids)
    transfer.save(update_fields=["counts"])
    for code in transfer.counts:
        run(
            f"UPDATE {quoted(record_table(code))} SET owner_id = NULL WHERE id IN "
            "(SELECT record_id FROM ownership WHERE transfer_id = %s AND record_type = %s)",
            [transfer.pk, code],
        )
        place_again(code, moved_ids(transfer.pk, code), None, {})
    Claim.objects.filter(record_type=record_type, record_id__in=list(ids), end=ClaimEnd.NO).update(
        end=end, ended_at=now
    )
    _reseat(transfer)
    return transfer


def _taken(model: Model, transfer: Transfer, ids: Sequence[int]) -> dict[str, int]:
    """Note who had the records, and their children that had the same owner; gives how many of each type."""
    at = connection.ops.adapt_datetimefield_value(transfer.at)
    into = "INSERT INTO ownership (transfer_id, record_type, record_id, owner_id, unit_id, until) "
    marks = ", ".join(["%s"] * len(ids))
    code = transfer.record_type
    counts = {
        code: run(
            f"{into}SELECT %s, %s, id, owner_id, unit_id, %s FROM {quoted(record_table(code))} "
            f"WHERE owner_id IS NOT NULL AND id IN ({marks})",
            [transfer.pk, code, at, *ids],
        )
    }
    waiting = [code]
    while waiting:
        parent = waiting.pop(0)
        for child, via in belonging(model, parent):
            physical = columns(model, child.code)[via.code].physical
            count = run(
                f"{into}SELECT o.transfer_id, %s, c.id, c.owner_id, c.unit_id, %s "
                f"FROM ownership o CROSS JOIN {quoted(record_table(child.code))} c WHERE o.transfer_id = %s "
                f"AND o.record_type = %s AND c.{quoted(physical)} = o.record_id AND c.owner_id = o.owner_id "
                "AND NOT EXISTS (SELECT 1 FROM ownership x WHERE x.transfer_id = o.transfer_id "
                "AND x.record_type = %s AND x.record_id = c.id)",
                [child.code, at, transfer.pk, parent, child.code],
            )
            if count:
                counts[child.code] = counts.get(child.code, 0) + count
                waiting.append(child.code)
    return {each: count for each, count in counts.items() if count}


def _reseat(transfer: Transfer) -> None:
    """Duties that the former owners owed."""
    former = Ownership.objects.filter(transfer=transfer, owner_id__isnull=False).order_by()
    people = list(former.values_list("owner_id", flat=True).distinct())
    seating = Seating()
    for code in transfer.counts:
        mine = Q(staff_id__in=people, record_type=code, record_id__in=moved_ids(transfer.pk, code))
        for duty in Duty.objects.filter(mine, state=DutyState.OPEN):
            staff_id, role, seat_id = responsible_now(duty, seating)
            Duty.objects.filter(pk=duty.pk).update(staff_id=staff_id, role=role, seat_id=seat_id, claimed=False)
