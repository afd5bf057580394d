"""Whose an export is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from keguan.language.model.naming import LARGEST_ID
from keguan.runtime.exports.models import Export
from keguan.runtime.ledger.actions import Refused

if TYPE_CHECKING:
    from keguan.runtime.access.viewer import Viewer


def owned(viewer: Viewer, export_id: int, *, lock: bool = False) -> Export:
    """The viewer's own export. Raises ``Refused`` in one sentence for what is not there and what is somebody else's."""
    known = viewer.staff_id is not None and 0 < export_id <= LARGEST_ID
    rows = Export.objects.select_for_update() if lock else Export.objects.all()
    found = rows.filter(pk=export_id, staff_id=viewer.staff_id or 0).first() if known else None
    if found is None:
        raise Refused("exports.not_found", _("没有这次导出，或者它不是您的。"))
    return found
