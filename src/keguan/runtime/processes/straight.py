"""退回后直达: sent back so, a step that is done again leads straight to the step that sent it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from keguan.runtime.processes.barring import barred
from keguan.runtime.processes.branches import within
from keguan.runtime.processes.choosing import wrong
from keguan.runtime.processes.models import Move, ShareKind, ShareState, TaskState
from keguan.runtime.processes.moves import MoveKind
from keguan.runtime.processes.parties import Holder, cached, person

if TYPE_CHECKING:
    from keguan.language.model.routing import Outcome
    from keguan.runtime.processes.models import Share, Task
    from keguan.runtime.processes.standing import Standing

STRAIGHT = "straight"
"""In the data of a return: the id of the task that leads straight back when it is done."""

_GONE = (ShareState.HANDED_ON, ShareState.REMOVED)


def refuse_straight(standing: Standing, task: Task, code: str) -> None:
    """Raise ``Refused`` (``cases.no_straight_way``) where what was done since has to be done again in any case: the
    step stands before a fork into one of whose branches this one belongs, or nobody handles it.
    """
    done, step = standing.last_done(code), standing.process.step(code)
    if step.actors is None or done is None or not within(done.branch, task.branch):
        sentence = _("退回到“%(step)s”后，中间的步骤都要重新办，不能直达。") % {"step": step.label.zh}
        raise wrong("cases.no_straight_way", "straight", sentence)


def way_back(standing: Standing, task: Task, outcome: Outcome) -> tuple[Task, tuple[Holder, ...]] | None:
    """The task that sent the case to this one, to be done again next, and who had it in hand; None where the case goes
    where the outcome leads: it was not sent back so, or another outcome was found than the last time.
    """
    move = _returns(standing).get(task.pk)
    if move is None or move.task_id is None or not _as_before(standing, task, outcome.label):
        return None
    back = standing.task(move.task_id)
    return back, _holders(standing, back, move)


def went_straight(standing: Standing, task: Task) -> bool:
    """Whether a task that is done led straight back: what lies between still stands."""
    done = task.state == TaskState.DONE and task.pk in _returns(standing)
    return done and _as_before(standing, task, task.outcome)


def _returns(standing: Standing) -> dict[int, Move]:
    """The returns of the case by the task that leads straight back. One query, none where nothing was sent back."""
    if not any(share.returned for share in standing.shares):
        return {}
    return cached(standing, "straight", lambda: _read(standing))


def _read(standing: Standing) -> dict[int, Move]:
    moves = Move.objects.filter(case_id=standing.case.pk, kind=MoveKind.RETURN).order_by("id")
    return {move.data[STRAIGHT]: move for move in moves if STRAIGHT in move.data}


def _as_before(standing: Standing, task: Task, outcome: str) -> bool:
    earlier = [each for each in standing.tasks if each.step == task.step and each.pk < task.pk]
    done = [each for each in earlier if each.state == TaskState.DONE]
    return bool(done) and done[-1].outcome == outcome


def _holders(standing: Standing, back: Task, move: Move) -> tuple[Holder, ...]:
    """Those who had the step in hand when it was sent back, whoever sent it by name; empty where one of them has left
    or is barred by now and had no role: then the policy says anew who handles the step.
    """
    out, own = barred(standing, standing.step(back)), move.data.get("share")
    who = move.by_id if move.for_id is None else move.for_id
    shares = standing.shares_of(back)
    if any(share.pk == own and share.kind == ShareKind.ESCALATED for share in shares):
        shares = tuple(share for share in shares if share.pk == own)
    else:
        shares = tuple(share for share in shares if share.kind == ShareKind.HANDLE and share.state not in _GONE)
    found = [_holder(standing, share, who if share.pk == own else share.staff_id, out) for share in shares]
    known = [each for each in found if each is not None]
    return tuple(dict.fromkeys(known)) if len(known) == len(found) else ()


def _holder(standing: Standing, share: Share, staff_id: int | None, out: frozenset[int]) -> Holder | None:
    if staff_id is not None and staff_id not in out and person(standing, staff_id) is not None:
        return Holder(staff_id, share.role, share.seat_id)
    return Holder(None, share.role, share.seat_id) if share.role else None
