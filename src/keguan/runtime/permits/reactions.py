"""Permits follow the cases that decide on them."""

from __future__ import annotations

from django.utils.translation import gettext as _

from keguan.runtime.ledger.actions import SYSTEM, append
from keguan.runtime.ledger.events import subscribe
from keguan.runtime.org.events import Left
from keguan.runtime.permits.deciding import decide_by_case, entry
from keguan.runtime.permits.models import Permit, PermitState
from keguan.runtime.processes.events import CaseClosed


def subscribe_all() -> None:
    """Subscribe; called once at start-up."""
    subscribe(CaseClosed, case_closed)
    subscribe(Left, left)


def case_closed(event: CaseClosed) -> None:
    """A case is over: what it was begun for is granted or refused."""
    decide_by_case(event.case_id, event.state)


def left(event: Left) -> None:
    """Whoever has left holds no permits any more."""
    for permit in Permit.objects.select_for_update().filter(staff_id=event.staff_id, state=PermitState.GRANTED):
        permit.state, permit.reason = PermitState.WITHDRAWN, _("持有人已离职。")
        permit.save(update_fields=["state", "reason"])
        append(SYSTEM, [entry(permit, "permits.withdraw", reason=permit.reason)])
