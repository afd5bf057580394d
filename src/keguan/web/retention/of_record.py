"""What a record's page says of its retention."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse

from keguan.runtime.access.rights import may
from keguan.runtime.retention import queries as retention
from keguan.web.retention.tabs import clause_url

if TYPE_CHECKING:
    from keguan.runtime.access.viewer import Viewer


def kept_of_record(viewer: Viewer, record_type: str, record_id: int) -> dict[str, Any]:
    """Until when it is kept and why, and where those who may hold it or have it erased do so."""
    lines = retention.kept_lines(viewer, record_type, record_id)
    acts = may(viewer, "hold") or may(viewer, "dispose")
    return {
        "kept": [(line, clause_url(line.clause)) for line in lines],
        "kept_url": reverse("retention:record", args=[record_type, record_id]) if acts else "",
    }
