"""One case on paper: the same as on its page, without what can be done, and with when and by whom it was printed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from keguan.runtime import clock
from keguan.runtime.access.exits import Exit
from keguan.runtime.access.formatting import moment
from keguan.runtime.processes.queries.case_views import CaseView, case_view

if TYPE_CHECKING:
    from keguan.runtime.access.viewer import Viewer


@dataclass(frozen=True, slots=True)
class PrintView:
    """A case as it is printed; who printed it and when stand on the sheet."""

    case: CaseView
    printed_by: str
    printed: str


def print_view(viewer: Viewer, case_id: int) -> PrintView:
    """The sheet of a case, through CASE_PRINT. Raises ``Refused`` (``cases.not_found``)."""
    return PrintView(case_view(viewer, case_id, Exit.CASE_PRINT), viewer.name, moment(clock.now(), viewer.language))
