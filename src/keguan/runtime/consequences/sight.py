"""Who may know of a proposal: whom it concerns, who decides, and those who see its class on its record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.runtime.access.rights import reaches, sees
from keguan.runtime.access.viewer import Place
from keguan.runtime.consequences.models import ProposalState
from keguan.runtime.consequences.recipients import approvers
from keguan.runtime.org import queries as org
from keguan.runtime.policies import queries as policies

if TYPE_CHECKING:
    from keguan.runtime.access.viewer import Viewer
    from keguan.runtime.consequences.models import Proposal


def knows(viewer: Viewer, proposal: Proposal) -> bool:
    """Whether the viewer may know of it. Somebody on whom it falls knows of it once it is decided. A few queries."""
    staff_id = viewer.staff_id
    if staff_id is None:
        return True
    if staff_id == proposal.staff_id and (proposal.state != ProposalState.PROPOSED or proposal.round > 1):
        return True
    people = approvers(proposal)
    if staff_id in people or staff_id == proposal.decided_by_id or people & org.stands_in_for(staff_id):
        return True
    place = Place(proposal.owner_id, proposal.unit_id)
    model = policies.current().model
    if (
        staff_id == proposal.staff_id
        or proposal.record_type not in model.record_types
        or not proposal.information_class
    ):
        return False
    return reaches(viewer, proposal.record_type, place, model) and sees(viewer, (proposal.information_class,), place)
