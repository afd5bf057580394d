"""Who gets a step back that comes a second time: whoever handled it before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.model.actors import Manner
from keguan.runtime.processes.models import ShareKind, ShareState
from keguan.runtime.processes.parties import Holder, person

if TYPE_CHECKING:
    from keguan.language.model.process import Step
    from keguan.runtime.processes.models import Share, Task
    from keguan.runtime.processes.standing import Standing

_HANDLED = frozenset({ShareKind.HANDLE, ShareKind.ESCALATED})


def former_holders(standing: Standing, step: Step, barred: frozenset[int]) -> tuple[Holder, ...]:
    """Those who completed the step the last time, in the order in which they stood, for the roles for which they did;
    where all must act, with those who had no time to, because another had decided it by not agreeing.

    Whoever is barred by now or has left gives way to the role; nobody is left out silently: where one of them had no
    role, or nobody completed it, it is empty and the policy says anew who handles the step.
    """
    done = standing.last_done(step.code)
    if done is None:
        return ()
    found: list[Holder] = []
    asked = _asked(standing, done, step)
    for share in standing.shares_of(done):
        if share.kind not in _HANDLED or share.state not in asked:
            continue
        staff_id = whose(share)
        if staff_id is not None and staff_id not in barred and person(standing, staff_id) is not None:
            found.append(Holder(staff_id, share.role, share.seat_id))
        elif share.role:
            found.append(Holder(None, share.role, share.seat_id))
        else:
            return ()
    return tuple(dict.fromkeys(found))


def _asked(standing: Standing, done: Task, step: Step) -> frozenset[str]:
    """The states of the shares that count: somebody to whom it was escalated decided alone, for all."""
    shares = standing.shares_of(done)
    alone = any(share.kind == ShareKind.ESCALATED and share.state == ShareState.DONE for share in shares)
    actors = step.actors
    one = actors is None or (actors.manner is Manner.ANY and not any(party.everyone for party in actors.parties))
    return frozenset({ShareState.DONE} if alone or one else {ShareState.DONE, ShareState.CLOSED})


def whose(share: Share) -> int | None:
    """Whose a completed share was: the person's to whom it was given, not their deputy's; of a role's, who acted."""
    if share.staff_id is not None:
        return share.staff_id
    return share.for_id if share.for_id is not None else share.acted_by_id
