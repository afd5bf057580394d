"""Whose invitations and answers a viewer may know of, and who may call back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext as _

from keguan.language.model.model import RowScope
from keguan.language.model.naming import LARGEST_ID
from keguan.language.model.survey import Way
from keguan.runtime.access.rights import may, sees
from keguan.runtime.access.viewer import Place
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.policies import queries as policies
from keguan.runtime.surveys.forms import surveys
from keguan.runtime.surveys.models import Invitation

if TYPE_CHECKING:
    from keguan.runtime.access.viewer import Viewer

CHANGES = "edit"
"""The operation of those who may call back where the survey names no roles."""

_NOTHING = Q(pk__in=())


def seen(viewer: Viewer, invitation_id: int) -> Invitation:
    """The invitation. Raises ``Refused`` (``surveys.not_found``) for one that is not there or out of sight."""
    found = Invitation.objects.filter(pk=invitation_id).first() if 0 < invitation_id <= LARGEST_ID else None
    if found is None or not (sees(viewer, (found.information_class,), place_of(found)) or calls_back(viewer, found)):
        raise Refused("surveys.not_found", _("没有这份调查，或者它不在您的可见范围内。"))
    return found


def place_of(invitation: Invitation) -> Place:
    """Where an invitation stands: where its record stood."""
    return Place(invitation.owner_id, invitation.unit_id)


def scope(viewer: Viewer, prefix: str = "") -> Q:
    """The condition that keeps a viewer to the classes and places of their grants: on invitations, or with ``prefix``
    (``invitation__``) on their replies, whose own classes then count.
    """
    some = _NOTHING
    for grant in viewer.grants:
        within = Q(pk__gt=0) if "*" in grant.classes else Q(information_class__in=sorted(grant.classes))
        if grant.scope is RowScope.ALL:
            some |= within
        elif grant.scope is RowScope.UNIT:
            some |= within & Q(**{f"{prefix}unit_id__in": sorted(grant.unit_ids)})
        elif grant.scope is RowScope.OWN and grant.staff_id is not None:
            some |= within & Q(**{f"{prefix}owner_id": grant.staff_id})
    return some


def sees_some(viewer: Viewer, information_class: str) -> bool:
    """Whether the viewer may see a class anywhere at all."""
    return any(grant.scope is not RowScope.NONE and grant.sees(information_class) for grant in viewer.grants)


def calls_back(viewer: Viewer, invitation: Invitation) -> bool:
    """Whether the viewer is one of those who call back: by role where the survey names any, else by being allowed to
    change the record; never whoever is judged.
    """
    if Way.CALL not in invitation.ways or (viewer.staff_id is not None and viewer.staff_id == invitation.handler_id):
        return False
    return _covers(viewer, invitation) and invitation.survey in callable_surveys(viewer)


def callable_surveys(viewer: Viewer) -> frozenset[str]:
    """The surveys for which the viewer calls back, wherever their records are."""
    found = set()
    for form, survey in surveys(policies.current().model):
        named = not set(survey.callers).isdisjoint(viewer.roles)
        if Way.CALL in survey.ways and (named if survey.callers else may(viewer, CHANGES)):
            found.add(form.code)
    return frozenset(found)


def reach(viewer: Viewer) -> Q:
    """The condition on invitations that keeps a viewer to the places of their grants, whatever the class."""
    some = _NOTHING
    for grant in viewer.grants:
        if grant.scope is RowScope.ALL:
            return Q(pk__gt=0)
        if grant.scope is RowScope.UNIT:
            some |= Q(unit_id__in=sorted(grant.unit_ids))
        elif grant.scope is RowScope.OWN and grant.staff_id is not None:
            some |= Q(owner_id=grant.staff_id)
    return some


def _covers(viewer: Viewer, invitation: Invitation) -> bool:
    place = place_of(invitation)
    return any(grant.covers(place) for grant in viewer.grants)
