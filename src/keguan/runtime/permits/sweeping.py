"""What the clock does to permits: those whose time is over expire."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Min

from keguan.runtime import clock
from keguan.runtime.ledger.actions import SYSTEM, append
from keguan.runtime.permits.deciding import entry
from keguan.runtime.permits.models import Permit, PermitState

if TYPE_CHECKING:
    from datetime import datetime

LIMIT = 1_000


def expire(limit: int = LIMIT) -> int:
    """Close what is over by now, each in its own transaction; how many. Reads only those. A permit gives nothing from
    its last moment on, whether this has run or not.
    """
    done = 0
    over = Permit.objects.filter(state=PermitState.GRANTED, expires_at__lte=clock.now()).order_by("expires_at", "id")
    for permit in list(over[:limit]):
        with transaction.atomic():
            mine = Permit.objects.filter(pk=permit.pk, state=PermitState.GRANTED, expires_at=permit.expires_at)
            if mine.update(state=PermitState.EXPIRED):
                append(SYSTEM, [entry(permit, "permits.expire", uses=permit.uses)])
                done += 1
    return done


def next_moment() -> datetime | None:
    """When a permit expires next; None when none does. One query."""
    waiting = Permit.objects.filter(state=PermitState.GRANTED, expires_at__isnull=False)
    found: datetime | None = waiting.aggregate(at=Min("expires_at"))["at"]
    return found
