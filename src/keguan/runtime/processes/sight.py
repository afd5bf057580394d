"""Which cases a viewer may know of, and how they stand to one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from keguan.language.model.model import RowScope
from keguan.language.model.naming import LARGEST_ID
from keguan.runtime.access.exits import Exit
from keguan.runtime.access.form_sight import FormSight
from keguan.runtime.org import queries as org
from keguan.runtime.policies import queries as policies
from keguan.runtime.processes.models import Share
from keguan.runtime.processes.parties import cached
from keguan.runtime.processes.places import place_of_case
from keguan.runtime.processes.seating import candidates, in_sight
from keguan.runtime.processes.standing import PENDING, Standing, not_found
from keguan.runtime.processes.standing import standing as standing_of

if TYPE_CHECKING:
    from keguan.runtime.access.viewer import Viewer


def seen(viewer: Viewer, case_id: int) -> Standing:
    """The case, not locked. Raises ``Refused`` (``cases.not_found``) for one that is not there or out of sight."""
    if not 0 < case_id <= LARGEST_ID:
        raise not_found()
    found = standing_of(case_id, lock=False)
    if not in_sight(viewer, found):
        raise not_found()
    return found


def form_sight(viewer: Viewer, standing: Standing, through: Exit = Exit.CASE) -> FormSight:
    """What the viewer may see of the case's forms."""
    case, model = standing.case, policies.current().model
    place = place_of_case(model, case)
    return FormSight(viewer, case.pk, place, involved(viewer, standing), through, model, case.record_type)


def involved(viewer: Viewer, standing: Standing) -> bool:
    """Whether the case was put into the viewer's hands: they began it, or have or had a share in it, themselves or as
    the deputy of somebody who has one now.
    """
    if viewer.staff_id is None:
        return False
    people: set[int | None] = {standing.case.started_by_id}
    for share in standing.shares:
        people |= {share.staff_id, share.acted_by_id, share.for_id}
    if viewer.staff_id in people:
        return True
    absent = cached(standing, ("absent", viewer.staff_id), lambda: frozenset(org.stands_in_for(viewer.staff_id or 0)))
    mine = absent | {viewer.staff_id}
    pending = [share for share in standing.shares if share.state in PENDING]
    return any(not mine.isdisjoint(candidates(standing, share)) for share in pending)


def scope_of_cases(viewer: Viewer) -> Q:
    """The condition on cases that keeps a viewer to those of their classes and places; without the cases that only
    their part in them lets them see.
    """
    some = Q(pk__in=())
    for each in scopes_of_cases(viewer):
        some |= each
    return some


def scopes_of_cases(viewer: Viewer) -> tuple[Q, ...]:
    """The same as one condition for each grant; each but that of a grant over everything is answered by an index."""
    found = []
    for grant in viewer.grants:
        within = Q(pk__gt=0) if "*" in grant.classes else Q(information_class__in=sorted(grant.classes))
        if grant.scope is RowScope.ALL:
            found.append(within)
        elif grant.scope is RowScope.UNIT:
            found.append(within & Q(unit_id__in=sorted(grant.unit_ids)))
        elif grant.scope is RowScope.OWN and grant.staff_id is not None:
            found.append(within & Q(owner_id=grant.staff_id))
    return tuple(found)


def everywhere(viewer: Viewer, information_class: str) -> bool:
    """Whether the viewer may know of every case of a class."""
    return any(grant.scope is RowScope.ALL and grant.sees(information_class) for grant in viewer.grants)


def in_hand(viewer: Viewer) -> Q:
    """The condition on cases that a viewer began or has or had a share in, by name."""
    mine = Q(pk__in=Share.objects.filter(staff_id=viewer.staff_id).values("case_id"))
    acted = Q(pk__in=Share.objects.filter(acted_by_id=viewer.staff_id).values("case_id"))
    return Q(started_by_id=viewer.staff_id) | mine | acted
