"""Whether a viewer may see how a record was decided, and what of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.utils.translation import gettext_lazy as _

from keguan.language.model.naming import LARGEST_ID, record_table
from keguan.runtime.access.disclosure import disclosed_by
from keguan.runtime.access.rights import reaches, sees
from keguan.runtime.access.viewer import Place
from keguan.runtime.access.viewer import place_of as seen_at
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.policies.queries import current

if TYPE_CHECKING:
    from keguan.language.model.model import Model
    from keguan.runtime.access.viewer import Viewer


Row = Mapping[str, Any]
"""A record's row by physical column."""


def place_of(viewer: Viewer, record_type: str, record_id: int, decision: str, model: Model | None = None) -> Place:
    """Where the record stands, as ``found_at`` says, which also raises ``Refused``."""
    return found_at(viewer, record_type, record_id, decision, model)[0]


def found_at(
    viewer: Viewer, record_type: str, record_id: int, decision: str, model: Model | None = None
) -> tuple[Place, Row]:
    """Where the record stands and its row, for a viewer who may see it and the decision; the row is not for showing as
    it is. One query, and one for the policy in force unless its ``model`` is given.

    Raises ``Refused``: ``records.not_found`` for a record out of sight, ``decisions.hidden`` for a class that is not
    granted, ``decisions.unknown`` for a decision that the policy in force does not make about this type.
    """
    model = model or current().model
    declared = model.decisions.get(decision)
    if declared is None or declared.record_type != record_type:
        raise Refused("decisions.unknown", _("施行中的制度没有这项判定。"))
    row = _row(record_type, record_id)
    place = seen_at(row) if row else None
    if row is None or place is None or not reaches(viewer, record_type, place, model):
        raise Refused("records.not_found", _("没有这份档案，或它不在您的可见范围内。"))
    if not sees(viewer, disclosed_by(model, declared), place, model):
        raise Refused(
            "decisions.hidden",
            _("“%(label)s”属于“%(class)s”信息，您的岗位无权查看。")
            % {"label": declared.label.text(viewer.language), "class": declared.information_class},
        )
    return place, row


def _row(record_type: str, record_id: int) -> Row | None:
    if not 0 < record_id <= LARGEST_ID:
        return None
    table = connection.ops.quote_name(record_table(record_type))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table} WHERE id = %s", [record_id])
        values = cursor.fetchone()
        names = [column[0] for column in cursor.description]
    return None if values is None else dict(zip(names, values, strict=True))
