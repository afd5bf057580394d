"""How a case goes on: from a step's outcome to the steps that follow, through forks and meetings, to its end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.model.actors import Manner
from keguan.runtime.processes.branches import outer, within
from keguan.runtime.processes.ending import complete_task, end_case, end_task
from keguan.runtime.processes.flowing import Flow
from keguan.runtime.processes.models import ShareKind, ShareState, TaskState
from keguan.runtime.processes.seating import manner
from keguan.runtime.processes.standing import PENDING, SIGNING
from keguan.runtime.processes.straight import way_back
from keguan.runtime.processes.sub_cases import parents_go_on

if TYPE_CHECKING:
    from collections.abc import Sequence

    from keguan.language.model.process import Step
    from keguan.language.model.routing import Outcome
    from keguan.runtime.access.viewer import Viewer
    from keguan.runtime.processes.models import CaseState, Task
    from keguan.runtime.processes.standing import Happened, Standing

__all__ = ["begin", "close", "decided", "finish", "go_on", "outcome_of", "send_back", "ways_back"]


def begin(
    standing: Standing,
    codes: Sequence[str],
    branch: str = "",
    *,
    viewer: Viewer | None = None,
    returned: bool = False,
    go_on: bool = True,
) -> list[Task]:
    """Begin steps in a branch (or go past them, by their conditions) and give the steps that are open in the end.

    ``returned``: the case was sent back to them, so that they begin whatever their condition says. The move is the
    caller's to write down, afterwards. ``go_on`` False: a case to which this one belongs does not go on yet.
    """
    flow = Flow(standing, viewer)
    for code in codes:
        flow.enter(code, branch, returned=returned)
    begun = flow.run()
    if go_on:
        parents_go_on(standing.happened)
    return begun


def decided(standing: Standing, task: Task) -> Outcome | None:
    """The outcome to which a step has come by what was done with its shares; None while somebody is still to act.

    One of several (或签) decides by acting first. Where all must act, in whatever order, it is the first outcome of the
    step when all agree to that, and else the outcome of the first who does not. Those added beside or after (加签) must
    act too; who was added before only advises whoever added them. Somebody to whom it was escalated decides alone.
    """
    step, shares = standing.step(task), standing.shares_of(task)
    done = [share for share in shares if share.state == ShareState.DONE and share.kind in SIGNING]
    done.sort(key=lambda share: (share.acted_at, share.pk))
    agreed = step.outcomes[0].label
    for share in done:
        differs = share.outcome != agreed and share.kind != ShareKind.BEFORE
        if share.kind == ShareKind.ESCALATED or differs:
            return outcome_of(step, share.outcome)
    pending = [share for share in shares if share.state in PENDING and share.kind in SIGNING]
    handled = [share for share in done if share.kind == ShareKind.HANDLE]
    asked = [share for share in pending if share.kind in (ShareKind.BESIDE, ShareKind.AFTER)]
    if manner(step) is not Manner.ANY:
        asked += [share for share in pending if share.kind == ShareKind.HANDLE]
    return outcome_of(step, handled[0].outcome) if handled and not asked else None


def outcome_of(step: Step, label: str) -> Outcome:
    """The way out with this label. Raises ``KeyError``."""
    for outcome in step.outcomes:
        if outcome.label == label:
            return outcome
    raise KeyError(label)


def finish(standing: Standing, task: Task, outcome: Outcome, *, viewer: Viewer | None = None) -> list[Task]:
    """Complete a step with its outcome and take the case where that leads. Gives the steps that began.

    Its document is written, and whoever listens hears of it. One that was sent back with 直达 leads back to where it
    came from. The move is the caller's to write down, afterwards.
    """
    complete_task(standing, task, outcome.label)
    flow, straight = Flow(standing, viewer), way_back(standing, task, outcome)
    if straight is None or not flow.straight(task, *straight):
        flow.lead(task, outcome)
    begun = flow.run()
    parents_go_on(standing.happened)
    return begun


def ways_back(standing: Standing, task: Task) -> tuple[str, ...]:
    """The steps to which a case may be sent back from this one: those completed before, in the order written, but none
    of a branch that runs side by side with this one.
    """
    codes = []
    for step in standing.process.steps:
        done = standing.last_done(step.code)
        if done is not None and (within(task.branch, done.branch) or within(done.branch, task.branch)):
            codes.append(step.code)
    return tuple(codes)


def send_back(standing: Standing, task: Task, code: str, *, viewer: Viewer | None = None) -> list[Task]:
    """Take a case back from a step to one of its ``ways_back`` and give the steps that began. Branches beside this one
    end with it when that step stands before the fork. Raises ``KeyError`` for a step that was never completed.
    """
    done = standing.last_done(code)
    if done is None:
        raise KeyError(code)
    end_task(standing, task, TaskState.RETURNED)
    flow, branch = Flow(standing, viewer), task.branch
    while not within(done.branch, branch):
        flow.leave(branch)
        branch = outer(branch)
    flow.enter(code, done.branch, returned=True)
    return flow.run()


def close(standing: Standing, state: CaseState) -> None:
    """End a case by somebody's decision. The move is the caller's to write down, afterwards."""
    end_case(standing, state)
    parents_go_on(standing.happened)


def go_on(happened: Happened) -> None:
    """Let the cases go on to which sub-cases that ended belong."""
    parents_go_on(happened)
