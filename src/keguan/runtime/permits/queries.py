"""Reading permits."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from keguan.language.model.granting import GrantedRight
from keguan.language.model.naming import LARGEST_ID
from keguan.runtime.access.columns import columns
from keguan.runtime.access.exits import Exit
from keguan.runtime.access.rights import readable, visible
from keguan.runtime.access.viewer import Place
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.permits.actions.use import OUTSIDE
from keguan.runtime.permits.models import Permit, PermitState
from keguan.runtime.permits.overseeing import oversees
from keguan.runtime.permits.processes import bulk_of, granting
from keguan.runtime.permits.selected import selection_of
from keguan.runtime.permits.selection import Selection
from keguan.runtime.permits.standing import standing
from keguan.runtime.permits.telling import type_label
from keguan.runtime.permits.words import RIGHTS, STATES, right_label, state_label
from keguan.runtime.policies import queries as policies
from keguan.runtime.processes.sight import seen
from keguan.runtime.processes.starting import refused_start
from keguan.runtime.records.conditions import SYSTEM_CODES
from keguan.runtime.records.list_query import ListQuery

if TYPE_CHECKING:
    from datetime import datetime

    from keguan.language.model.process import Process
    from keguan.runtime.access.viewer import Viewer

__all__ = [
    "RIGHTS",
    "STATES",
    "PermitCard",
    "PermitState",
    "PermitView",
    "Selection",
    "askable",
    "bulk_limit",
    "export_selection",
    "mine",
    "of_case",
    "one",
    "oversees",
    "register",
    "standing",
]

PAGE = 50


@dataclass(frozen=True, slots=True)
class PermitCard:
    """A permit for reading. ``uses_left`` None: any number of times; ``usable`` on pages: used outside the system."""

    id: int
    staff_id: int
    staff_name: str
    unit_name: str
    right: str
    right_label: str
    record_type: str
    type_label: str
    rows: int
    purpose: str
    recipient: str
    process: str
    clause: str
    case_id: int
    state: str
    state_label: str
    asked_at: datetime
    decided_at: datetime | None
    expires_at: datetime | None
    uses: int
    uses_left: int | None
    reason: str
    outside: bool

    @property
    def granted(self) -> bool:
        """Whether it gives its right."""
        return self.state == PermitState.GRANTED


@dataclass(frozen=True, slots=True)
class PermitView:
    """A permit with what it is about, as far as this viewer may know: the labels of its columns, and of the list's
    search and filters those that ask about what the viewer sees. ``hidden`` counts the others: what somebody looked for
    is itself a value. ``mine``: whether it is the viewer's own.
    """

    card: PermitCard
    columns: tuple[str, ...]
    query: ListQuery
    chosen: int
    hidden: int
    form: str
    mine: bool
    may_withdraw: bool


def one(viewer: Viewer, permit_id: int) -> PermitView:
    """The permit: for whoever asked, whoever may see its case, and whoever oversees. Raises ``Refused``."""
    found = Permit.objects.filter(pk=permit_id).first() if 0 < permit_id <= LARGEST_ID else None
    if found is None or not _known_to(viewer, found):
        raise Refused("permits.not_found", _("没有这项准予，或者它不在您的可见范围内。"))
    return _view(viewer, found)


def of_case(viewer: Viewer, case_id: int) -> PermitView | None:
    """The permit that a case decides on, for whoever may see the case; None where it decides on none."""
    found = Permit.objects.filter(case_id=case_id).first()
    return _view(viewer, found) if found is not None and _known_to(viewer, found) else None


def mine(viewer: Viewer, *, granted: bool = False, after: int = 0, size: int = PAGE) -> tuple[PermitCard, ...]:
    """The viewer's own, newest first; or only those that are ``granted``. One query."""
    found = Permit.objects.filter(staff_id=viewer.staff_id or 0)
    if granted:
        found = found.filter(state=PermitState.GRANTED)
    if after:
        found = found.filter(pk__lt=after)
    return tuple(_card(viewer, each) for each in found.order_by("-id")[:size])


def register(
    viewer: Viewer,
    *,
    staff: str = "",
    record_type: str = "",
    state: str = "",
    after: int = 0,
    size: int = PAGE,
) -> tuple[PermitCard, ...]:
    """Everybody's, newest first, for whoever oversees. One query. Raises ``Refused`` for anybody else."""
    if not oversees(viewer):
        raise Refused("not_permitted", _("只有安全管理员和审计员可以看准予和导出的登记簿。"))
    found = Permit.objects.all()
    if staff:
        found = found.filter(staff_name__contains=staff)
    if record_type:
        found = found.filter(record_type=record_type)
    if state:
        found = found.filter(state=state)
    if after:
        found = found.filter(pk__lt=after)
    return tuple(_card(viewer, each) for each in found.order_by("-id")[:size])


def askable(viewer: Viewer, right: GrantedRight, record_type: str) -> tuple[Process, ...]:
    """The processes by which this viewer may ask for a right to records of a type. No query but the policy's."""
    model = policies.current().model
    if record_type not in model.record_types or not visible(viewer, record_type, model):
        return ()
    own = Place(viewer.staff_id, viewer.unit_id, fresh=True)  # the record that asks will be the viewer's own
    return tuple(each for each in granting(model, right, record_type) if refused_start(viewer, each, own) is None)


def bulk_limit(record_type: str) -> int | None:
    """From how many records on an export needs a permit today; None where the policy does not say."""
    return bulk_of(policies.current().model, record_type)


def export_selection(viewer: Viewer, permit_id: int) -> Selection | None:
    """What the viewer's own granted permit lets them export; None where there is none such."""
    own = Permit.objects.filter(
        pk=permit_id, staff_id=viewer.staff_id or 0, right=GrantedRight.EXPORT, state=PermitState.GRANTED
    ).first()
    return None if own is None else selection_of(own)


def _known_to(viewer: Viewer, found: Permit) -> bool:
    if found.staff_id == viewer.staff_id or oversees(viewer):
        return True
    try:
        seen(viewer, found.case_id)
    except Refused:
        return False
    return True


def _view(viewer: Viewer, found: Permit) -> PermitView:
    selection = selection_of(found)
    model = policies.current().model
    own = found.staff_id == viewer.staff_id
    declared = found.record_type in model.record_types
    known = columns(model, found.record_type) if declared else {}
    asks = readable(viewer, found.record_type, Exit.FILTER, model) if declared else frozenset()
    query = selection.query or ListQuery()
    told = tuple(each for each in query.filters if own or each.code in asks or each.code in SYSTEM_CODES)
    search = query.search if own else ""
    hidden = len(query.filters) - len(told) + bool(query.search and not search)
    return PermitView(
        card=_card(viewer, found),
        columns=tuple(known[code].label.text(viewer.language) for code in selection.columns if code in known),
        query=replace(query, search=search, filters=told, sort="", columns=()),
        chosen=len(selection.ids),
        hidden=hidden,
        form=selection.form,
        mine=own,
        may_withdraw=found.state == PermitState.GRANTED and (own or oversees(viewer, changing=True)),
    )


def _card(viewer: Viewer, each: Permit) -> PermitCard:
    process = policies.current().model.blocks.processes.get(each.process)
    return PermitCard(
        id=each.pk,
        staff_id=each.staff_id,
        staff_name=each.staff_name,
        unit_name=each.unit_name,
        right=each.right,
        right_label=right_label(each.right),
        record_type=each.record_type,
        type_label=type_label(each.record_type, viewer.language),
        rows=each.rows,
        purpose=each.purpose,
        recipient=each.recipient,
        process=each.process if process is None else process.label.text(viewer.language),
        clause=each.clause,
        case_id=each.case_id,
        state=each.state,
        state_label=state_label(each.state),
        asked_at=each.asked_at,
        decided_at=each.decided_at,
        expires_at=each.expires_at,
        uses=each.uses,
        uses_left=each.uses_left,
        reason=each.reason,
        outside=each.right in OUTSIDE,
    )
