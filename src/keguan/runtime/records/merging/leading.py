"""Where the id of a merged record leads, for whoever may see the surviving one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.model.naming import LARGEST_ID
from keguan.runtime.access.rights import reaches, visible
from keguan.runtime.access.viewer import place_of
from keguan.runtime.policies import queries as policies
from keguan.runtime.records.merging.pointers import merged_into
from keguan.runtime.records.shown_rows import rows_by_id

if TYPE_CHECKING:
    from keguan.runtime.access.viewer import Viewer


def leads_to(viewer: Viewer, record_type: str, record_id: int) -> int | None:
    """The record into which this one was merged; None where it was not, and where the surviving one is out of sight:
    then nothing tells the old id from one that never was. A query for each merge, and one.
    """
    model = policies.current().model
    if not 0 < record_id <= LARGEST_ID or record_type not in model.record_types:
        return None
    found = merged_into(record_type, record_id)
    if found is None or not visible(viewer, record_type, model):
        return None
    rows = rows_by_id(model, record_type, (found,), ())
    return found if rows and reaches(viewer, record_type, place_of(rows[0]), model) else None
