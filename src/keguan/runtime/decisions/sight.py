"""Whether a viewer may see how a record was decided, and what of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection
from django.utils.translation import gettext_lazy as _

from keguan.language.model.naming import LARGEST_ID, record_table
from keguan.runtime.access.rights import reaches, sees
from keguan.runtime.access.viewer import Place
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.policies.queries import current

if TYPE_CHECKING:
    from keguan.language.model.model import Model
    from keguan.runtime.access.viewer import Viewer


def place_of(viewer: Viewer, record_type: str, record_id: int, decision: str, model: Model | None = None) -> Place:
    """Where the record stands, for a viewer who may see it and the decision. One query, and one for the policy in force
    unless its ``model`` is given.

    Raises ``Refused``: ``records.not_found`` for a record out of sight, ``decisions.hidden`` for a class that is not
    granted, ``decisions.unknown`` for a decision that the policy in force does not make about this type.
    """
    model = model or current().model
    declared = model.decisions.get(decision)
    if declared is None or declared.record_type != record_type:
        raise Refused("decisions.unknown", _("施行中的制度没有这项判定。"))
    place = _place(record_type, record_id)
    if place is None or not reaches(viewer, record_type, place, model):
        raise Refused("records.not_found", _("没有这份档案，或它不在您的可见范围内。"))
    if not sees(viewer, (declared.information_class,), place):
        raise Refused(
            "decisions.hidden",
            _("“%(label)s”属于“%(class)s”信息，您的岗位无权查看。")
            % {"label": declared.label.text(viewer.language), "class": declared.information_class},
        )
    return place


def _place(record_type: str, record_id: int) -> Place | None:
    if not 0 < record_id <= LARGEST_ID:
        return None
    table = connection.ops.quote_name(record_table(record_type))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT owner_id, unit_id FROM {table} WHERE id = %s", [record_id])
        row = cursor.fetchone()
    return None if row is None else Place(*row)
