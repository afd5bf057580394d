"""What a batch hears: that the case which decides it is over."""

from __future__ import annotations

from keguan.runtime import clock
from keguan.runtime.ledger.actions import SYSTEM, Record, append
from keguan.runtime.ledger.events import subscribe
from keguan.runtime.notifications.actions import Notice, tell
from keguan.runtime.processes.events import CaseClosed
from keguan.runtime.processes.models import CaseState, Share, ShareKind, ShareState
from keguan.runtime.retention.gathering import release, who_may
from keguan.runtime.retention.models import Batch, BatchState

GRANTED = frozenset({CaseState.COMPLETED, CaseState.ARCHIVED})
"""Ends of a case that grant what it asked for; every other end refuses it."""


def subscribe_all() -> None:
    """Subscribe; called once at start-up."""
    subscribe(CaseClosed, case_closed)


def case_closed(event: CaseClosed) -> None:
    """The batch is approved, or refused: then what is in it is gathered again while it is due. One query otherwise."""
    batch = Batch.objects.filter(case_id=event.case_id, state=BatchState.SUBMITTED).first()
    if batch is None:
        return
    granted = event.state in GRANTED
    batch.state = BatchState.APPROVED if granted else BatchState.REFUSED
    batch.decided_at, batch.approvers = clock.now(), _approvers(event.case_id)
    if not granted:
        batch.ended_at = clock.now()
        release(batch)
    batch.save(update_fields=["state", "decided_at", "approvers", "ended_at"])
    data = {"number": batch.number, "case": event.case_id, "granted": granted}
    append(SYSTEM, [Record("retention.decided", "disposal", batch.pk, data=data)])
    requester = frozenset() if batch.by_id is None else frozenset({batch.by_id})
    people = (who_may("dispose") | who_may("audit")) - requester if granted else requester
    kind, what = ("retention.witnesses_wanted", "approved") if granted else ("retention.refused", "refused")
    tell(
        Notice(staff_id=each, kind=kind, key=f"disposal:{batch.pk}:{what}:{each}", subject=batch.number)
        for each in sorted(people)
    )


def _approvers(case_id: int) -> list[list[object]]:
    """Those who handled the case, in order, without whoever only asked."""
    acted = (
        Share.objects.filter(case_id=case_id, state=ShareState.DONE)
        .exclude(kind=ShareKind.COPY)
        .order_by("acted_at", "id")
    )
    found: dict[int, str] = {}
    for each in acted:
        if each.acted_by_id is not None:
            found.setdefault(each.acted_by_id, each.acted_by_name)
    starter = acted.values_list("case__started_by_id", flat=True).first()
    others = {each: name for each, name in found.items() if each != starter}
    return [[each, name] for each, name in (others or found).items()]
