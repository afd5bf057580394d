"""The end of the case: it grants the right, or it does not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext as _

from keguan.language.model.timing import Length, Unit
from keguan.runtime import clock
from keguan.runtime.calendars.reckoning import after
from keguan.runtime.ledger import events
from keguan.runtime.ledger.actions import SYSTEM, Record, append
from keguan.runtime.notifications import actions as notifications
from keguan.runtime.permits.events import PermitGranted
from keguan.runtime.permits.models import Permit, PermitState
from keguan.runtime.permits.telling import decided
from keguan.runtime.processes.models import CaseState, Share, ShareState
from keguan.runtime.processes.standing import SIGNING

if TYPE_CHECKING:
    from datetime import datetime

AGREED = frozenset({CaseState.ARCHIVED, CaseState.COMPLETED})
"""How a case ends that grants what it was begun for."""


def decide_by_case(case_id: int, state: str) -> None:
    """Grant or refuse what waits for this case. Inside the transaction in which it ends. A case that was opened again
    and then ends otherwise takes back what it had granted.
    """
    for permit in Permit.objects.select_for_update().filter(case_id=case_id):
        if permit.state == PermitState.WAITING or (permit.state == PermitState.GRANTED and state not in AGREED):
            decide(permit, state)


def decide(permit: Permit, state: str) -> None:
    """Note how the case ended. Nobody grants a right to themselves: where only whoever asked has signed, it is refused
    whatever the process says.
    """
    now = clock.now()
    permit.decided_at = now
    if state == CaseState.WITHDRAWN:
        permit.state = PermitState.WITHDRAWN
    elif state not in AGREED:
        permit.state = PermitState.REFUSED
    elif not _signed_by_another(permit):
        permit.state, permit.reason = PermitState.REFUSED, _("没有申请人以外的人批准。")
    else:
        permit.state, permit.expires_at = PermitState.GRANTED, _until(permit, now)
    permit.save(update_fields=["state", "reason", "decided_at", "expires_at"])
    append(SYSTEM, [entry(permit, f"permits.{_VERBS[PermitState(permit.state)]}", case=permit.case_id)])
    notifications.tell(decided(permit))
    if permit.state == PermitState.GRANTED:
        granted = PermitGranted(permit.pk, permit.staff_id, permit.right, permit.record_type, permit.case_id)
        events.announce(granted)


def entry(permit: Permit, action: str, **facts: object) -> Record:
    """What the ledger says of a permit: whose, for what and to whom; nothing of the selection but how many."""
    about = {
        "staff": permit.staff_id,
        "right": permit.right,
        "type": permit.record_type,
        "rows": permit.rows,
        "purpose": permit.purpose,
        "recipient": permit.recipient,
    }
    if permit.expires_at is not None:
        about["until"] = permit.expires_at.isoformat()
    return Record(action, "permit", permit.pk, permit.clause, about | facts)


_VERBS = {
    PermitState.GRANTED: "grant",
    PermitState.REFUSED: "refuse",
    PermitState.WITHDRAWN: "withdraw",
    PermitState.EXPIRED: "expire",
}


def _until(permit: Permit, now: datetime) -> datetime | None:
    if not permit.length:
        return None
    amount, unit = permit.length
    return after(Length(int(amount), Unit(unit)), now)


def _signed_by_another(permit: Permit) -> bool:
    """Whether somebody else completed a step of the case, or of one that it waited for. One query."""
    here = Q(case_id=permit.case_id) | Q(case__parent_task__case_id=permit.case_id)
    signed = Share.objects.filter(here, state=ShareState.DONE, kind__in=SIGNING, acted_by_id__isnull=False)
    return signed.exclude(acted_by_id=permit.staff_id).exists()
