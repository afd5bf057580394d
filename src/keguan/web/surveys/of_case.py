"""The surveys after a case, for its page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from keguan.runtime.surveys import queries as surveys

if TYPE_CHECKING:
    from keguan.runtime.access.viewer import Viewer


def surveys_of_case(viewer: Viewer, case_id: int) -> dict[str, Any]:
    """What the case's page shows of surveys: the invitations of which the viewer may know. No query without a survey of
    which they may see anything.
    """
    return {"surveys": surveys.invitations_of_case(viewer, case_id) if surveys.any_surveys(viewer) else ()}
