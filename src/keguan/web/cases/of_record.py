"""The cases of a record, for its page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from keguan.runtime.policies import queries as policies
from keguan.runtime.processes import queries as cases
from keguan.web.cases.boxes import lines

if TYPE_CHECKING:
    from keguan.runtime.access.viewer import Viewer


def cases_of_record(viewer: Viewer, record_type: str, record_id: int) -> dict[str, Any]:
    """What the record's page shows of cases; no query where no process is about such records."""
    processes = policies.current().model.blocks.processes.values()
    if all(each.record_type != record_type for each in processes):
        return {"has_cases": False}
    return {
        "has_cases": True,
        "record_id": record_id,
        "cases": lines(cases.cases_of(viewer, record_type, record_id)),
        "startable": cases.may_start(viewer, record_type, record_id),
    }
