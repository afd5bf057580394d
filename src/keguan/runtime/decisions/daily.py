"""A new day: parameters change by date, and a publication that waited takes force."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.runtime import clock
from keguan.runtime.decisions.actions import Recompute
from keguan.runtime.decisions.models import Run
from keguan.runtime.ledger.actions import SYSTEM
from keguan.runtime.policies.queries import in_force_on

if TYPE_CHECKING:
    from keguan.runtime.decisions.computing import Computed


def catch_up() -> tuple[Computed, ...]:
    """Decide everything again if that has not been done yet for this day by the policy in force; cheap otherwise.

    Called every minute by the worker; may be called at any time.
    """
    return Recompute(actor=SYSTEM).run() if due() else ()


def due() -> bool:
    """Whether some record type has not been computed whole for today by the policy in force."""
    policy = in_force_on(clock.today())
    if policy is None:
        return False
    for record_type in policy.model.computation_order:
        if not policy.model.computations.get(record_type):
            continue
        newest = Run.objects.filter(record_type=record_type, whole=True).order_by("-id").first()
        if newest is None or (newest.on, newest.publication_id) != (clock.today(), policy.publication_id):
            return True
    return False
