"""Where a case stands among the forks of its process.

A branch is the way through the forks: for each, the id of the task that forked and the place of the branch, as in
``12.0/15.1``; "" outside them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.model.flow import edges

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from keguan.language.model.process import Process, Step
    from keguan.language.model.routing import Destination
    from keguan.runtime.processes.models import Task
    from keguan.runtime.processes.standing import Standing

BETWEEN = "/"


def inner(branch: str, task_id: int, place: int) -> str:
    """The branch that begins at this place of a fork."""
    return f"{branch}{BETWEEN}{task_id}.{place}".removeprefix(BETWEEN)


def outer(branch: str) -> str:
    """The branch in which the innermost fork stands."""
    return branch.rpartition(BETWEEN)[0]


def fork_of(branch: str) -> int:
    """The id of the task that forked into this branch. Raises ``ValueError`` outside all forks."""
    return int(branch.rpartition(BETWEEN)[2].partition(".")[0])


def within_fork(branch: str, fork: str) -> bool:
    """Whether a branch is one of the fork's that has ``fork`` among its branches, or lies within one of these."""
    above = outer(fork)
    prefix = f"{above}{BETWEEN}{fork_of(fork)}." if above else f"{fork_of(fork)}."
    return branch.startswith(prefix)


def within(branch: str, of: str) -> bool:
    """Whether a branch is this one or lies within it."""
    return not of or branch == of or branch.startswith(of + BETWEEN)


def fork_destination(standing: Standing, branch: str) -> tuple[Step, Destination]:
    """The step that forked into this branch, and where it led."""
    task = standing.task(fork_of(branch))
    step = standing.step(task)
    return step, destination(step, task)


def destination(step: Step, task: Task) -> Destination:
    """Where a task that is over led, by its outcome."""
    for outcome in step.outcomes:
        if outcome.label == task.outcome:
            return outcome.destination
    return step.outcomes[0].destination


def side_by_side(process: Process, fork: Step, forked: Destination) -> frozenset[str]:
    """The steps that lie between a fork and the step where its branches meet: to be reached only through the fork, and
    not from the meeting on. Going to any other is a return.
    """
    forward = edges(process.steps)
    around = _reached([process.steps[0].code], forward, but={fork.code})
    behind = _reached([forked.join], forward, but={fork.code}) if forked.join is not None else frozenset()
    between = _reached(forked.steps, forward, but={fork.code, forked.join or ""})
    if fork.code == process.steps[0].code:
        around = frozenset()
    return (between - around - behind) | frozenset(forked.steps)


def _reached(starts: Iterable[str], forward: Mapping[str, Sequence[str]], but: set[str]) -> frozenset[str]:
    waiting = [code for code in starts if code not in but]
    found = set(waiting)
    for code in waiting:
        for following in forward.get(code, ()):
            if following not in found and following not in but:
                found.add(following)
                waiting.append(following)
    return frozenset(found)
