"""Looking up the unit or the person that an action names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from keguan.runtime.ledger import permission
from keguan.runtime.ledger.refusal import Refused
from keguan.runtime.org.models import Staff, Unit

if TYPE_CHECKING:
    from keguan.runtime.ledger.actor import Actor


def unit_of(unit_id: int) -> Unit:
    """The unit with this id. Raises ``Refused`` (``org.no_unit``)."""
    unit = Unit.objects.filter(pk=unit_id).first()
    if unit is None:
        raise Refused("org.no_unit", _("没有这个部门。"))
    return unit


def person_of(staff_id: int) -> Staff:
    """The person with this id. Raises ``Refused`` (``org.no_staff``)."""
    person = Staff.objects.filter(pk=staff_id).first()
    if person is None:
        raise Refused("org.no_staff", _("没有这个人员。"))
    return person


def own_or_managed(actor: Actor, staff_id: int) -> None:
    """Raise ``Refused`` unless the person is known, and is the actor or somebody whom the actor may manage."""
    person_of(staff_id)
    if actor.staff_id != staff_id:
        permission.require(actor, "manage_staff")
