"""The clocks of a case: when its steps and the whole are due, when something happens by itself, and when they stand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from keguan.language.model.timing import Deadline, Length, Unit
from keguan.runtime.calendars import queries as calendars
from keguan.runtime.processes import conditions
from keguan.runtime.processes.models import CaseState, Pause, Share, ShareKind
from keguan.runtime.processes.moves import MoveKind
from keguan.runtime.processes.standing import ALIVE, PENDING, SYSTEM_NAME, moved

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from keguan.language.model.process import Overdue, Step
    from keguan.runtime.access.viewer import Viewer
    from keguan.runtime.processes.models import Case, Task
    from keguan.runtime.processes.standing import Standing

_BY_HAND = Deadline("", length=Length(1, Unit.DAY))
"""What is counted in where somebody set a deadline and the policy has none: all time."""

BY_CONDITION = "按条件暂停"
"""The reason of a pause that the policy's condition makes."""


@dataclass(frozen=True, slots=True)
class Due:
    """Something that happens to a step by itself: an entry of its 超时, or (None) that it is late."""

    at: datetime
    entry: Overdue | None


def start_case(standing: Standing) -> None:
    """Set the case's own clock going: when the whole is due (总时限)."""
    case, total = standing.case, standing.process.total
    case.due_at = None if total is None else calendars.due(total, standing.now)
    case.next_at = case.due_at


def start_step(standing: Standing, task: Task, step: Step) -> None:
    """Set a step's clock going at its arrival; the task is not stored yet."""
    task.due_at = None if step.deadline is None else calendars.due(step.deadline, task.began_at)
    task.next_at = next_of(standing, task)


def schedule(task: Task, step: Step) -> tuple[Due, ...]:
    """What happens to a step by itself, in order of time, whether it has happened or not."""
    due_at, deadline = task.due_at, step.deadline
    if due_at is None:
        return ()
    counted, since = deadline or _BY_HAND, _since(task, deadline, due_at)

    def moment(entry: Overdue) -> datetime:
        if entry.after is not None:
            return calendars.after(entry.after, due_at)
        return calendars.share_of(since, due_at, entry.at, counted)

    made = [Due(moment(entry), entry) for entry in step.overdue]
    return tuple(sorted((*made, Due(due_at, None)), key=lambda due: (due.at, due.entry is not None)))


def _since(task: Task, deadline: Deadline | None, due_at: datetime) -> datetime:
    """From when the shares of a step's time count: its arrival, later by as much as it is due later than at first
    (pauses, other deadlines), so that a reminder keeps its distance from the end.
    """
    if deadline is None:
        return task.began_at
    later = due_at - calendars.due(deadline, task.began_at)
    return task.began_at + max(later, timedelta(0))


def to_come(task: Task, step: Step) -> tuple[Due, ...]:
    """What has not happened to a step yet, in order of time: ``moves_done`` entries and its lateness may have."""
    left, done = [], task.moves_done
    for due in schedule(task, step):
        if due.entry is None:
            left += [] if task.late else [due]
        elif done:
            done -= 1
        else:
            left.append(due)
    return tuple(left)


def next_of(standing: Standing, task: Task) -> datetime | None:
    """When something happens to a step by itself next; None when nothing does, or its clock stands."""
    if task.state not in ALIVE or _stands(standing, task):
        return None
    left = to_come(task, standing.step(task))
    return left[0].at if left else None


def set_due(standing: Standing, task: Task, due_at: datetime | None) -> None:
    """Give a step another deadline and let what happens by itself follow it. Stored at once. Two queries.

    A step that was late and has time again is late no more; what happened by itself does not happen twice.
    """
    task.due_at = due_at
    if due_at is None or due_at > standing.now:
        task.late = False
    task.next_at = next_of(standing, task)
    task.save(update_fields=["due_at", "late", "next_at"])
    _share_due(standing, [task])


def reckoned(deadline: Deadline, since: datetime, pauses: Iterable[tuple[datetime, datetime]]) -> datetime:
    """When something that began at ``since`` is due by the calendar as it is, after these pauses, in order."""
    due_at = calendars.due(deadline, since)
    for stopped, until in pauses:
        due_at = calendars.paused(deadline, due_at, max(stopped, since), until)
    return due_at


def look_again(standing: Standing, task: Task) -> None:
    """What happens to a step by itself may come at another moment although it is due as before. Stored at once."""
    at = next_of(standing, task)
    if at != task.next_at:
        task.next_at = at
        task.save(update_fields=["next_at"])


def set_case_due(standing: Standing, due_at: datetime | None) -> None:
    """Give the whole case another deadline. Stored with the move."""
    case = standing.case
    case.due_at = due_at
    if due_at is None or due_at > standing.now:
        case.late = False
    case.next_at = None if case.late or case.paused_at is not None else due_at


def overran(standing: Standing, task: Task) -> bool:
    """Whether a step is past its time, not counting a pause that is still running."""
    if task.late or task.due_at is None:
        return task.late
    paused_at = standing.case.paused_at
    until = paused_at if paused_at is not None and _stands(standing, task) else standing.now
    return task.due_at < until


def worked(case: Case, until: datetime) -> int:
    """How long the case was in hand from its start until then, in seconds of working time."""
    return max(0, working_seconds(case.started_at, until) - case.idle)


def working_seconds(since: datetime, until: datetime) -> int:
    """Working time between two moments, in whole seconds."""
    return calendars.left(until, since).working // timedelta(seconds=1)


def running_pause(standing: Standing) -> Pause | None:
    """The pause in which the clocks stand now, None while they run. At most one query."""
    if standing.case.paused_at is None:
        return None
    if "pause" not in standing.cache:
        own = Pause.objects.filter(case_id=standing.case.pk, until=None)
        standing.cache["pause"] = own.order_by("-id").first()
    found: Pause | None = standing.cache["pause"]
    return found


def stop(standing: Standing, reason: str, viewer: Viewer | None) -> Pause:
    """Let the clocks stand from now on; ``viewer`` None: by the policy. The move is the caller's to write down."""
    by_id, by_name = (None, SYSTEM_NAME) if viewer is None else (viewer.staff_id, viewer.name)
    pause = Pause.objects.create(
        case_id=standing.case.pk, reason=reason, since=standing.now, by_id=by_id, by_name=by_name
    )
    standing.cache["pause"] = pause
    standing.case.paused_at, standing.case.next_at = standing.now, None
    _follow(standing, standing.alive)
    return pause


def resume(standing: Standing) -> None:
    """Let the clocks run again: everything that was to be done is due later by the time that they stood."""
    pause, case = running_pause(standing), standing.case
    if pause is None:
        case.paused_at = None
        return
    pause.until = standing.now
    pause.save(update_fields=["until"])
    standing.cache["pause"] = None
    since, case.paused_at = pause.since, None
    case.idle += working_seconds(since, standing.now)
    if case.due_at is not None:
        case.due_at = calendars.paused(standing.process.total or _BY_HAND, case.due_at, since, standing.now)
    case.next_at = None if case.late else case.due_at
    held = [task for task in standing.alive if not own_clock(standing, task)]
    for task in held:
        if task.due_at is not None:
            deadline = standing.step(task).deadline or _BY_HAND
            task.due_at = calendars.paused(deadline, task.due_at, max(since, task.began_at), standing.now)
    _follow(standing, standing.alive)
    _share_due(standing, held)


def settle(standing: Standing) -> None:
    """Let the clocks stand or run as the policy says (暂停: steps, 当 条件), now that the case or its record changed.

    A pause for a reason that somebody gave ends only when somebody ends it, or completes a step.
    """
    case, pause = standing.case, running_pause(standing)
    if pause is not None and pause.by_id is not None:
        return
    reason = _reason(standing) if case.state == CaseState.OPEN else None
    if pause is None and reason is not None:
        stop(standing, reason, None)
        moved(standing, MoveKind.PAUSE, None, data={"reason": reason})
    elif pause is not None and reason is None:
        resume(standing)
        if case.state == CaseState.OPEN:
            moved(standing, MoveKind.RESUME, None)
    if case.state != CaseState.OPEN:
        case.next_at = None


def _reason(standing: Standing) -> str | None:
    """Why the policy lets the clocks stand now; None when it does not."""
    rules = standing.process.pause
    for task in standing.alive:
        if task.step in rules.steps:
            return standing.step(task).label.zh
    if rules.condition is not None and conditions.holds(standing, rules.condition):
        return BY_CONDITION
    return None


def own_clock(standing: Standing, task: Task) -> bool:
    """Whether pauses leave a step alone: one that pauses the case runs by its own deadline meanwhile."""
    return task.step in standing.process.pause.steps


def _stands(standing: Standing, task: Task) -> bool:
    return standing.case.paused_at is not None and not own_clock(standing, task)


def _follow(standing: Standing, tasks: Iterable[Task]) -> None:
    for task in tasks:
        task.next_at = next_of(standing, task)
        task.save(update_fields=["due_at", "next_at"])


def _share_due(standing: Standing, tasks: Iterable[Task]) -> None:
    """Inboxes are ordered by when a share is due, which is when its step is."""
    for task in tasks:
        pending = [
            share for share in standing.shares_of(task) if share.state in PENDING and share.kind != ShareKind.COPY
        ]
        for share in pending:
            share.due_at = task.due_at
        Share.objects.filter(pk__in=[share.pk for share in pending]).update(due_at=task.due_at)
