"""The columns of duties that point to records."""

from __future__ import annotations

from django.db.models import Q

from keguan.runtime.duties.models import Duty, DutyState, Proof
from keguan.runtime.records.pointing import Pointing, points


def register() -> None:
    """What a duty is about, and what proved it. A duty that the surviving record owes already is called off."""
    points(
        Pointing(
            Duty,
            placed=True,
            once=("duty", "line", "slot"),
            live=Q(state=DutyState.OPEN),
            stopped={"state": str(DutyState.CANCELLED), "next_at": None},
            used=Q(done_by_id__isnull=False) | Q(seen__gt=0) | Q(claimed=True),
        )
    )
    points(Pointing(Proof, once=("duty_id",)))
