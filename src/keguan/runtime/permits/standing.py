"""Whether a permit stands, and its use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from keguan.language.model.access import Right
from keguan.language.model.granting import GrantedRight
from keguan.language.model.naming import LARGEST_ID
from keguan.runtime import clock
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.permits.deciding import entry
from keguan.runtime.permits.models import Permit, PermitState
from keguan.runtime.permits.selected import selection_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from django.db.models import QuerySet

    from keguan.runtime.access.viewer import Viewer
    from keguan.runtime.ledger.actions import Record

RIGHTS = {
    Right.CHANGE: GrantedRight.CHANGE,
    Right.EXPORT: GrantedRight.EXPORT,
    Right.PRINT: GrantedRight.PRINT,
    Right.REVEAL: GrantedRight.REVEAL,
}
"""Which granted right answers for which right of the access rules; to see needs no approval."""


def standing(viewer: Viewer, right: Right, record_type: str, code: str, record_id: int) -> bool:
    """Whether the viewer holds a permit of this right for this field of this record, chosen by itself, now.

    A permit for all that a list finds is for an export alone. One query, and one to open what it finds.
    """
    granted = RIGHTS.get(right)
    return granted is not None and holding(viewer, granted, record_type, code, record_id) is not None


def holding(viewer: Viewer, right: GrantedRight, record_type: str, code: str, record_id: int) -> Permit | None:
    """The permit that stands for this, the one that ends first; None where none does."""
    return next((each for each in _held(viewer, right, record_type) if selection_of(each).names(record_id, code)), None)


def spend(viewer: Viewer, right: Right, record_type: str, codes: Iterable[str], record_id: int) -> tuple[Record, ...]:
    """Count one use of each permit by which these fields of a record are open, and say what the ledger is told: one
    that names several of them is used once. What no permit names counts nothing.
    """
    granted, left, told = RIGHTS.get(right), list(dict.fromkeys(codes)), []
    while granted is not None and left:
        code = left.pop(0)
        found = holding(viewer, granted, record_type, code, record_id)
        if found is None:
            continue
        selection = selection_of(found)
        together = [code, *(each for each in left if selection.names(record_id, each))]
        left = [each for each in left if each not in together]
        used = use(viewer, found.pk, right=found.right)
        facts = {"record": [record_type, record_id], "fields": sorted(filter(None, together)), "uses": used.uses}
        told.append(entry(used, "permits.use", **facts))
    return tuple(told)


def use(viewer: Viewer, permit_id: int, *, right: str) -> Permit:
    """Count one use of the viewer's own permit, in one step, so that two at once cannot both have the last.

    Inside a transaction. Raises ``Refused`` (``permits.not_standing``) for somebody else's, one of another right, one
    that is not granted, over or used up, in one sentence.
    """
    mine = _in_force(viewer, right).filter(pk=permit_id) if 0 < permit_id <= LARGEST_ID else Permit.objects.none()
    if not mine.update(uses=F("uses") + 1, uses_left=F("uses_left") - 1):
        raise Refused("permits.not_standing", _("这项准予不是您的，或者已经过期、用完、收回。请重新申请。"))
    Permit.objects.filter(pk=permit_id, uses_left=0).update(state=PermitState.USED_UP)
    return Permit.objects.get(pk=permit_id)


def give_back(permit_id: int) -> None:
    """Take back one use, of which nothing came. Inside a transaction; one that is over meanwhile stays so."""
    used = Permit.objects.filter(pk=permit_id, uses__gt=0)
    used.update(uses=F("uses") - 1, uses_left=F("uses_left") + 1)
    used = Permit.objects.filter(pk=permit_id, uses_left__gt=0, state=PermitState.USED_UP)
    used.update(state=PermitState.GRANTED)


def _held(viewer: Viewer, right: str, record_type: str) -> Iterator[Permit]:
    if viewer.staff_id is not None:
        ending_first = F("expires_at").asc(nulls_last=True)
        yield from _in_force(viewer, right).filter(record_type=record_type).order_by(ending_first, "id")


def _in_force(viewer: Viewer, right: str) -> QuerySet[Permit]:
    now = clock.now()
    return Permit.objects.filter(
        Q(expires_at=None) | Q(expires_at__gt=now),
        Q(uses_left=None) | Q(uses_left__gt=0),
        staff_id=viewer.staff_id or 0,
        right=right,
        state=PermitState.GRANTED,
    )
