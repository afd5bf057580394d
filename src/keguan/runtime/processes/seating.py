"""Who has a share in a step, who may act on it, and whose turn it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from keguan.language.model.actors import Manner
from keguan.runtime.access.rights import sees
from keguan.runtime.access.viewer import Place
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.org import queries as org
from keguan.runtime.processes.barring import barred
from keguan.runtime.processes.former import former_holders
from keguan.runtime.processes.inserting import insert
from keguan.runtime.processes.models import Share, ShareKind, ShareState, TaskState
from keguan.runtime.processes.parties import Holder, cached, head, holders, holders_at, people, person, seat
from keguan.runtime.processes.standing import PENDING, SIGNING
from keguan.runtime.processes.telling import given

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from keguan.language.model.process import Step
    from keguan.runtime.access.viewer import Viewer
    from keguan.runtime.processes.models import Task
    from keguan.runtime.processes.standing import Standing

__all__ = [
    "add_share",
    "barred",
    "candidates",
    "close_shares",
    "in_sight",
    "in_whose_stead",
    "manner",
    "may_act",
    "open_turns",
    "seat_step",
    "share_for",
]


def seat_step(
    standing: Standing, task: Task, step: Step, *, returned: bool = False, seats: tuple[Holder, ...] = ()
) -> list[Share]:
    """Give everybody whom the policy names their share in a step that begins, and a copy to whoever gets one.

    In turn, the first is open and the others wait. Everybody whose share is open is told. ``returned``: the case was
    sent back to this step, and whoever handled it before gets it back. ``seats`` are given where it is known already
    who gets it.
    """
    if step.actors is None:
        return []
    out, turn = barred(standing, step), step.actors.manner is Manner.IN_TURN
    made: list[Share] = []
    seats = seats or (former_holders(standing, step, out) if returned else ())
    seats = seats or tuple(holder for party in step.actors.parties for holder in holders(standing, party, out))
    for holder in dict.fromkeys(seats):
        state = ShareState.WAITING if turn and made else ShareState.OPEN
        place = len(made) if turn else 0
        made.append(add_share(standing, task, ShareKind.HANDLE, holder, state=state, place=place, returned=returned))
    told = {staff_id for party in step.copies for staff_id in people(standing, party)}
    for staff_id in sorted(told):
        add_share(standing, task, ShareKind.COPY, Holder(staff_id))
    return made


def manner(step: Step) -> Manner:
    """How those who handle a step stand to each other; of a role all of whose holders act (每人), everyone must."""
    actors = step.actors
    if actors is None:
        return Manner.ANY
    alone = len(actors.parties) == 1
    return Manner.ALL if alone and actors.parties[0].everyone else actors.manner


def add_share(  # noqa: PLR0913 - a share has that many sides
    standing: Standing,
    task: Task,
    kind: ShareKind,
    holder: Holder,
    *,
    state: ShareState = ShareState.OPEN,
    place: int = 0,
    asked_by: Share | None = None,
    for_id: int | None = None,
    returned: bool = False,
    told_as: str = "",
    facts: Mapping[str, str | int] | None = None,
) -> Share:
    """Make a share, in its place within the step (added signers stand in the place of ``asked_by``), and have whoever
    holds it told when it is open (``told_as`` another kind of notice, with more ``facts``). One query, and those that
    find out whom to tell.
    """
    open_ = state == ShareState.OPEN
    share = Share(
        task=task,
        case_id=task.case_id,
        kind=kind,
        place=place if asked_by is None else asked_by.place,
        state=state,
        staff_id=holder.staff_id,
        role=holder.role,
        seat_id=holder.seat_id,
        barred=sorted(barred(standing, standing.step(task))) if kind in SIGNING else [],
        for_id=for_id,
        opened_at=standing.now if open_ else None,
        due_at=None if kind == ShareKind.COPY else task.due_at,
        returned=returned,
        asked_by=asked_by,
    )
    insert(share)
    standing.shares.append(share)
    if open_:
        given(standing, task, share, candidates(standing, share), told_as, facts)
    return share


def candidates(standing: Standing, share: Share) -> frozenset[int]:
    """Who may act on a share, deputies aside: the person, or the role's holders at its seat, without those barred.

    Where nobody is left (they went, or are barred by now): the role's holders elsewhere, then the heads above.
    """
    out = _out(standing, share)
    if share.staff_id is not None and share.staff_id not in out and person(standing, share.staff_id) is not None:
        return frozenset({share.staff_id})
    if share.role:
        there = holders_at(standing, share.role, share.seat_id) if share.staff_id is None else frozenset()
        found = (there - out) or seat(standing, share.role, out).holders
        if found:
            return found
    above = head(standing, out)
    return frozenset() if above is None else frozenset({above})


def in_whose_stead(standing: Standing, share: Share, viewer: Viewer) -> int | None:
    """For whom the viewer acts on a share as their deputy (代理); None where it is their own."""
    may = candidates(standing, share)
    if viewer.staff_id is None or viewer.staff_id in may:
        return None
    if viewer.staff_id in _out(standing, share):
        return None
    return min(_absent(standing, viewer) & may, default=None)


def may_act(standing: Standing, share: Share, viewer: Viewer) -> Refused | None:
    """Why the viewer may not act on a share now; None when they may, themselves or as somebody's deputy."""
    task = standing.task(share.task_id)
    if task.state != TaskState.OPEN or share.state not in PENDING:
        return Refused("cases.task_over", gettext_lazy("这一步已经办完，不用再办。"))
    may = candidates(standing, share)
    own = viewer.staff_id is not None and viewer.staff_id in may
    if not own and viewer.staff_id in _out(standing, share):
        return Refused("cases.barred", gettext_lazy("按制度您要回避这个案件，或者它与您办过的步骤必须由不同的人办。"))
    if not own and in_whose_stead(standing, share, viewer) is None:
        return _not_yours(standing, may)
    if share.state != ShareState.OPEN:
        return Refused("cases.not_yet", gettext_lazy("还没有轮到您：要等前面的人办完。"))
    return None


def share_for(standing: Standing, task: Task, viewer: Viewer) -> Share:
    """The share of a step on which the viewer acts: their own before one of a role, that before somebody else's.

    Raises ``Refused`` with the reason when there is none.
    """
    refusal: Refused | None = None
    own = [share for share in standing.shares_of(task) if share.kind in SIGNING and share.state in PENDING]
    for share in sorted(own, key=lambda each: (each.state != ShareState.OPEN, each.staff_id != viewer.staff_id)):
        found = may_act(standing, share, viewer)
        if found is None:
            return share
        if refusal is None or found.code in {"cases.barred", "cases.not_yet"}:
            refusal = found
    raise refusal or Refused("cases.task_over", gettext_lazy("这一步已经办完，不用再办。"))


def open_turns(standing: Standing, task: Task) -> list[Share]:
    """Open the waiting shares whose turn has come, and have their holders told.

    A share waits for those that were asked for it beforehand (BEFORE, CONSULT); one added AFTER, for whoever added it;
    in turn, for all in an earlier place.
    """
    turn = manner(standing.step(task)) is Manner.IN_TURN
    opened = []
    for share in standing.shares_of(task):
        if share.state == ShareState.WAITING and not _waits(share, standing.shares_of(task), turn=turn):
            share.state, share.opened_at, share.due_at = ShareState.OPEN, standing.now, task.due_at
            share.save(update_fields=["state", "opened_at", "due_at"])
            given(standing, task, share, candidates(standing, share))
            opened.append(share)
    return opened


def close_shares(standing: Standing, task: Task, state: ShareState = ShareState.CLOSED) -> None:
    """Nobody has to act on this step any more. Copies stay until they are read. One query."""
    pending = [share for share in standing.shares_of(task) if share.state in PENDING and share.kind != ShareKind.COPY]
    for share in pending:
        share.state = state
    if pending:
        Share.objects.filter(pk__in=[share.pk for share in pending]).update(state=state)


def in_sight(viewer: Viewer, standing: Standing) -> bool:
    """Whether the viewer may know of the case: by its class and place, or because they started it, have or had a share
    in it, or stand in for somebody who has. No query in the first cases.
    """
    case = standing.case
    if sees(viewer, (case.information_class,), Place(case.owner_id, case.unit_id)):
        return True
    if viewer.staff_id is None:
        return False
    mine = {case.started_by_id}
    for share in standing.shares:
        mine |= {share.staff_id, share.acted_by_id, share.for_id}
    if viewer.staff_id in mine:
        return True
    pending = [share for share in standing.shares if share.state in PENDING and share.staff_id is None]
    if any(viewer.staff_id in candidates(standing, share) for share in pending):
        return True
    absent = _absent(standing, viewer)
    return bool(absent & mine) or any(absent & candidates(standing, share) for share in pending)


def _out(standing: Standing, share: Share) -> frozenset[int]:
    """Who is barred from a share; whoever only advises or is told is not."""
    return barred(standing, standing.step(standing.task(share.task_id))) if share.kind in SIGNING else frozenset()


def _absent(standing: Standing, viewer: Viewer) -> frozenset[int]:
    staff_id = viewer.staff_id
    if staff_id is None:
        return frozenset()
    return cached(standing, ("absent", staff_id), lambda: frozenset(org.stands_in_for(staff_id)))


def _waits(share: Share, among: Iterable[Share], *, turn: bool) -> bool:
    for other in among:
        if other.state not in PENDING or other.pk == share.pk:
            continue
        if other.asked_by_id == share.pk and other.kind in (ShareKind.BEFORE, ShareKind.CONSULT):
            return True
        if share.kind == ShareKind.AFTER and share.asked_by_id == other.pk:
            return True
        if turn and other.kind in SIGNING and other.place < share.place:
            return True
    return False


def _not_yours(standing: Standing, may: frozenset[int]) -> Refused:
    found = (person(standing, staff_id) for staff_id in sorted(may)[:3])
    names = _("、").join(card.name for card in found if card is not None)
    if not names:
        return Refused("cases.not_yours", gettext_lazy("这一步不由您办理。"))
    return Refused("cases.not_yours", _("这一步由%(names)s办理，不由您办理。") % {"names": names})
