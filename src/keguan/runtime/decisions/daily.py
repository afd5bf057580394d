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
    computed = {each for each in policy.model.computation_order if policy.model.computations.get(each)}
    today = Run.objects.filter(whole=True, on=clock.today(), publication_id=policy.publication_id)
    return not computed <= set(today.values_list("record_type", flat=True))
