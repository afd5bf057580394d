"""系统维护: done by one who may, under a permit that somebody else granted, and seen by the auditor as it is done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from django.utils.translation import gettext_lazy as _

from keguan.language.model.granting import GrantedRight
from keguan.runtime import clock
from keguan.runtime.access.rights import may
from keguan.runtime.ledger import queries as ledger
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.permits.actions.use import UsePermit
from keguan.runtime.permits.models import Permit, PermitState
from keguan.runtime.processes.models import Share, ShareState

if TYPE_CHECKING:
    from datetime import datetime

    from keguan.runtime.access.viewer import Viewer

MAINTAINS = "maintain"
"""The operation of those who maintain the system."""

ACTS = ("maintenance.", "keys.", "backups.", "drill.")
"""The beginnings of what the ledger calls maintenance: written down by people, and Keguan's own technical commands."""

LISTED = 50
"""So many permits and acts a page shows."""


@dataclass(frozen=True, kw_only=True)
class Maintain(UsePermit):
    """Write down one act of maintenance under one's own permit: what was done (``note``) and where. Gives its id."""

    name: ClassVar[str] = "maintenance.act"
    operation: ClassVar[str | None] = MAINTAINS

    def check(self) -> None:
        """Refuse what is not said, a permit for something else, and one in whose granting nobody else had a hand."""
        super().check()
        permit = Permit.objects.filter(pk=self.permit_id, staff_id=self.viewer.staff_id or 0).first()
        if permit is None or permit.right != GrantedRight.MAINTAIN:
            raise Refused("maintenance.permit", _("没有这项维护准予。维护要先申请，由别人批准。"))
        acted = Share.objects.filter(case=permit.case_id, state=ShareState.DONE)
        if not acted.exclude(acted_by_id=None).exclude(acted_by_id=self.viewer.staff_id).exists():
            raise Refused("maintenance.alone", _("这项维护准予没有经过别人批准，不能用。"))


@dataclass(frozen=True, slots=True)
class MaintenancePermit:
    """One permit for maintenance; ``standing``: it may be used now."""

    id: int
    staff_id: int
    staff_name: str
    purpose: str
    state: str
    decided_at: datetime | None
    expires_at: datetime | None
    uses: int
    case_id: int
    standing: bool
    mine: bool


@dataclass(frozen=True, slots=True)
class Maintenance:
    """What may be done now, and what was done: both newest first, cut at ``LISTED``."""

    permits: tuple[MaintenancePermit, ...]
    acts: tuple[ledger.EntryCard, ...]


def maintenance(viewer: Viewer) -> Maintenance:
    """All of it for the auditor; one's own for whoever maintains. Raises ``Refused`` for everybody else."""
    audits = may(viewer, "audit")
    if not audits and not may(viewer, MAINTAINS):
        raise Refused("not_permitted", _("您的角色没有办理此事的权限；如确有需要，请联系系统管理员。"))
    whose = None if audits else viewer.staff_id
    return Maintenance(_permits(viewer, whose), _acts(whose))


def _permits(viewer: Viewer, whose: int | None) -> tuple[MaintenancePermit, ...]:
    rows = Permit.objects.filter(right=GrantedRight.MAINTAIN).order_by("-id")
    if whose is not None:
        rows = rows.filter(staff_id=whose)
    now = clock.now()
    return tuple(
        MaintenancePermit(
            row.pk,
            row.staff_id,
            row.staff_name,
            row.purpose,
            row.state,
            row.decided_at,
            row.expires_at,
            row.uses,
            row.case_id,
            row.state == PermitState.GRANTED and (row.expires_at is None or row.expires_at > now),
            row.staff_id == viewer.staff_id,
        )
        for row in rows[:LISTED]
    )


def _acts(whose: int | None) -> tuple[ledger.EntryCard, ...]:
    """By each beginning along the ledger's index, then together."""
    found = [
        entry
        for beginning in ACTS
        for entry in ledger.entries_page(filters=ledger.EntryFilters(actor_id=whose, action=beginning)).entries
    ]
    return tuple(sorted(found, key=lambda entry: -entry.id)[:LISTED])
