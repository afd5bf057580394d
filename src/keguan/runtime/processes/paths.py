"""The way that a case has come: which steps lie behind one, loops left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.runtime.processes.advancing import ways_back
from keguan.runtime.processes.branches import within
from keguan.runtime.processes.models import TaskState
from keguan.runtime.processes.straight import went_straight

if TYPE_CHECKING:
    from keguan.runtime.processes.models import Task
    from keguan.runtime.processes.standing import Standing


def steps_behind(standing: Standing, task: Task) -> tuple[str, ...]:
    """The steps to which whoever handles this one may send the case back, in the order written: those that were
    completed on the way to it. What the case has come back behind since does not count, unless it went straight on to
    where it had been (直达).
    """
    behind: list[Task] = []
    for each in sorted(standing.tasks, key=lambda each: each.pk):
        again = next((place for place, one in enumerate(behind) if one.step == each.step), None)
        if again is not None and each.pk != task.pk and went_straight(standing, each):
            behind[again] = each
            continue
        if again is not None:
            behind = behind[:again] + [one for one in behind[again + 1 :] if not within(one.branch, each.branch)]
        if each.pk == task.pk:
            break
        if each.state == TaskState.DONE:
            behind.append(each)
    codes = {each.step for each in behind} - {task.step}
    return tuple(code for code in ways_back(standing, task) if code in codes)
