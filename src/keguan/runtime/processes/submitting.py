"""What a customer's own submission does to the first step of the case that it begins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.runtime.processes import completing, forms
from keguan.runtime.processes.models import ShareState, TaskState
from keguan.runtime.processes.telling import untold

if TYPE_CHECKING:
    from keguan.runtime.access.viewer import Viewer
    from keguan.runtime.processes.standing import Standing


def submitted(standing: Standing, viewer: Viewer) -> None:
    """Complete the first step where the submission is all there was to do (``Step.done_by_submission``); else it waits
    for whoever the policy names. Whoever stood in for the missing initiator is not told of it.
    """
    first = standing.process.steps[0]
    task = next((each for each in standing.tasks if each.step == first.code and each.state == TaskState.OPEN), None)
    if task is None or not first.done_by_submission:
        return
    share = next(each for each in standing.shares_of(task) if each.state == ShareState.OPEN)
    untold(standing, share)
    completing.carry_out(
        completing.Completion(
            standing, task, share, viewer, None, forms.Entered(None), first.outcomes[0], checked=None, opinion=""
        )
    )
