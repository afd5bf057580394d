"""What runs and claims hear: that the case which decides a run is over, and that a claimed record went to somebody."""

from __future__ import annotations

from keguan.runtime import clock
from keguan.runtime.allocations.actions.runs import confirmed
from keguan.runtime.allocations.models import Claim, ClaimEnd, Run, RunState
from keguan.runtime.ledger.actions import SYSTEM, Record, append
from keguan.runtime.ledger.events import subscribe
from keguan.runtime.processes.events import CaseClosed
from keguan.runtime.processes.models import CaseState
from keguan.runtime.records.events import HandedOver
from keguan.runtime.records.owners.moving import moved_ids

GRANTED = frozenset({CaseState.COMPLETED, CaseState.ARCHIVED})
"""Ends of a case that grant what it asked for; every other end refuses it."""


def subscribe_all() -> None:
    """Subscribe; called once at start-up."""
    subscribe(CaseClosed, case_closed)
    subscribe(HandedOver, handed_over)


def case_closed(event: CaseClosed) -> None:
    """The run is handed over, or refused. One query otherwise."""
    run = Run.objects.filter(case_id=event.case_id, state=RunState.SUBMITTED).first()
    if run is None:
        return
    granted = event.state in GRANTED
    if granted:
        confirmed(run, run.by_id, run.by_name)
    else:
        run.state, run.ended_at = RunState.REFUSED, clock.now()
        run.save(update_fields=["state", "ended_at"])
    data = {"run": run.pk, "case": event.case_id, "granted": granted}
    append(SYSTEM, [Record("allocations.decided", "allocation", run.allocation, data=data)])


def handed_over(event: HandedOver) -> None:
    """A claim is over once its record is somebody else's. A query for each type that has pools."""
    for code in event.counts:
        mine = Claim.objects.filter(record_type=code, end=ClaimEnd.NO).exclude(staff_id=event.to_id)
        if mine.exists():
            mine.filter(record_id__in=moved_ids(event.transfer_id, code)).update(
                end=ClaimEnd.HANDED_ON, ended_at=clock.now()
            )
