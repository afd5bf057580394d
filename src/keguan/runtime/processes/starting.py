"""Who may start a case of a process."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from keguan.language.model.actors import PartyKind
from keguan.runtime.access.rights import may
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.org import queries as org

if TYPE_CHECKING:
    from keguan.language.model.actors import Party
    from keguan.language.model.process import Process
    from keguan.runtime.access.viewer import Place, Viewer


def refused_start(viewer: Viewer, process: Process, place: Place) -> Refused | None:
    """Why the viewer may not start a case over a record at this place; None when they may. The system itself may."""
    if viewer.staff_id is None:
        return None
    start = process.start
    if not start.parties:
        if start.created or start.condition is not None:
            sentence = _("“%(process)s”由系统按制度自动发起，不用手工发起。")
            return Refused("cases.starts_itself", sentence % {"process": process.label.text(viewer.language)})
        if may(viewer, "edit", place):
            return None
    elif any(_is(viewer, party, place) for party in start.parties):
        return None
    return Refused("cases.may_not_start", gettext_lazy("按制度您不能发起这个流程。"))


def _is(viewer: Viewer, party: Party, place: Place) -> bool:
    match party.kind:
        case PartyKind.ROLE:
            return party.role in viewer.roles
        case PartyKind.OWNER:
            return place.owner_id == viewer.staff_id
        case PartyKind.UNIT_HEAD:
            return org.head_of(place.unit_id) == viewer.staff_id
        case _:
            return True
