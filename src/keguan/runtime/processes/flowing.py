"""One going on of a case: which steps begin, which are passed over, where branches part, meet and end."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

from keguan.language.model.routing import End
from keguan.runtime.processes import conditions, timing
from keguan.runtime.processes.branches import destination, fork_destination, inner, outer, side_by_side, within_fork
from keguan.runtime.processes.ending import cancel, complete_task, end_case
from keguan.runtime.processes.models import CaseState, Task, TaskState
from keguan.runtime.processes.seating import seat_step
from keguan.runtime.processes.sub_cases import begin_sub_case

if TYPE_CHECKING:
    from keguan.language.model.process import Step
    from keguan.language.model.routing import Outcome
    from keguan.runtime.access.viewer import Viewer
    from keguan.runtime.processes.parties import Holder
    from keguan.runtime.processes.standing import Standing

_OVER = (TaskState.DONE, TaskState.PASSED)
_WEIGHT = (End.ARCHIVED, End.COMPLETED, End.ENDED, End.CANCELLED)
"""Of branches that end differently, the case ends as the first of these says."""


@dataclass(frozen=True, slots=True)
class _Entering:
    """A step still to be entered."""

    code: str
    branch: str
    returned: bool
    seats: tuple[Holder, ...]


class Flow:
    """Steps still to be entered, and those that have begun, while a case goes on."""

    def __init__(self, standing: Standing, viewer: Viewer | None) -> None:
        self._standing = standing
        self._viewer = viewer
        self._entering: deque[_Entering] = deque()
        self._passed: set[tuple[str, str]] = set()
        self._begun: list[Task] = []

    def enter(self, code: str, branch: str, *, returned: bool = False, seats: tuple[Holder, ...] = ()) -> None:
        """Have a step begun in a branch; by those at ``seats`` where there are any, whoever the policy names."""
        self._entering.append(_Entering(code, branch, returned, seats))

    def run(self) -> list[Task]:
        """Begin what is to be begun, until every branch has come to a step that somebody must do, or to its end.

        Gives the steps that began and are not over yet.
        """
        standing = self._standing
        standing.happened.depth += 1
        while self._entering:
            self._begin(self._entering.popleft())
        standing.happened.depth -= 1
        standing.unsettled = True
        return [task for task in self._begun if task in standing.alive]

    def lead(self, task: Task, outcome: Outcome) -> None:
        """Go where the outcome of a step that is over leads."""
        to, branch = outcome.destination, task.branch
        if to.end is not None:
            self._end(branch, to.end)
        elif len(to.steps) > 1:
            for place, code in enumerate(to.steps):
                self.enter(code, inner(branch, task.pk, place))
        else:
            self._go(to.steps[0], branch)

    def straight(self, task: Task, back: Task, seats: tuple[Holder, ...]) -> bool:
        """Go from a step that is over back to the one that sent the case to it. False, and nothing done, while another
        branch of its fork goes on.
        """
        if task.branch != back.branch and self._alive(task.branch):
            return False
        self.enter(back.step, back.branch, seats=seats)
        return True

    def leave(self, branch: str) -> None:
        """Give up a fork: every one of the branches that began there ends."""
        cancel(self._standing, [task for task in self._standing.alive if within_fork(task.branch, branch)])
        kept = [each for each in self._entering if not within_fork(each.branch, branch)]
        self._entering = deque(kept)

    def _begin(self, entering: _Entering) -> None:
        standing, code, branch, returned = self._standing, entering.code, entering.branch, entering.returned
        step = standing.process.step(code)
        once = (code, branch) in self._passed  # a ring of steps that are all passed over would never end
        if not (returned or once or conditions.holds(standing, step.condition)):
            self._passed.add((code, branch))
            self._pass(step, branch)
            return
        task = self._task(step, branch)
        timing.start_step(standing, task, step)
        task.state = TaskState.WAITING if step.process is not None else TaskState.OPEN
        self._add(task)
        if step.process is not None:
            begin_sub_case(standing, task, step.process, self._viewer)
        elif step.actors is not None:
            seat_step(standing, task, step, returned=returned, seats=entering.seats)
        else:
            complete_task(standing, task, step.outcomes[0].label)
            self.lead(task, step.outcomes[0])

    def _pass(self, step: Step, branch: str) -> None:
        task = self._task(step, branch)
        task.state, task.ended_at, task.outcome = TaskState.PASSED, task.began_at, step.outcomes[0].label
        self._add(task)
        self.lead(task, step.outcomes[0])

    def _task(self, step: Step, branch: str) -> Task:
        standing = self._standing
        turn = 1 + sum(task.step == step.code for task in standing.tasks)
        return Task(case_id=standing.case.pk, step=step.code, turn=turn, branch=branch, began_at=standing.now)

    def _add(self, task: Task) -> None:
        task.save(force_insert=True)
        self._standing.tasks.append(task)
        self._begun.append(task)

    def _go(self, code: str, branch: str) -> None:
        """Go to one step: along the branch, to where branches meet, or back to before they parted."""
        standing = self._standing
        while branch:
            fork, forked = fork_destination(standing, branch)
            if code == forked.join:
                if not self._alive(branch):
                    self.enter(code, outer(branch))
                return
            if code in side_by_side(standing.process, fork, forked):
                break
            self.leave(branch)
            branch = outer(branch)
        self.enter(code, branch)

    def _end(self, branch: str, end: End) -> None:
        """A branch has ended. What was cancelled, or came to nothing before the branches meet, ends the whole case."""
        standing = self._standing
        if not branch:
            self._close(end)
            return
        _fork, forked = fork_destination(standing, branch)
        if end is End.CANCELLED or (end is End.ENDED and forked.join is not None):
            self._close(end)
            return
        if self._alive(branch):
            return
        own = [task for task in standing.tasks if task.state in _OVER and within_fork(task.branch, branch)]
        led = [destination(standing.step(task), task) for task in own]
        if forked.join is not None and any(to.steps == (forked.join,) for to in led):
            self.enter(forked.join, outer(branch))
            return
        ends = {end, *(to.end for to in led if to.end is not None)}
        self._end(outer(branch), min(ends, key=_WEIGHT.index))

    def _close(self, end: End) -> None:
        self._entering.clear()
        end_case(self._standing, CaseState(end.value))

    def _alive(self, branch: str) -> bool:
        """Whether anything still goes on in the fork to which this branch belongs."""
        entering = any(within_fork(each.branch, branch) for each in self._entering)
        return entering or any(within_fork(task.branch, branch) for task in self._standing.alive)
