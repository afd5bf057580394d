"""超时: the moves that the clock makes on a case, in the system's name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from keguan.language.model.process import OverdueMove
from keguan.runtime.processes import advancing, timing
from keguan.runtime.processes.barring import barred
from keguan.runtime.processes.events import CaseOverdue, StepOverdue
from keguan.runtime.processes.models import CaseState, ShareKind, ShareState, TaskState
from keguan.runtime.processes.moves import MoveKind
from keguan.runtime.processes.parties import holders, people, person
from keguan.runtime.processes.seating import add_share, candidates
from keguan.runtime.processes.standing import ALIVE, PENDING, SIGNING, moved
from keguan.runtime.processes.telling import concerned, tell

if TYPE_CHECKING:
    from keguan.language.model.process import Overdue
    from keguan.runtime.processes.models import Task
    from keguan.runtime.processes.standing import Standing


MOST_NAMES = 3
"""A role that more people hold is named by its label."""


def step_moves(standing: Standing, task: Task) -> list[str]:
    """Everything that has become due on a step, in order. Gives the kinds of the moves made."""
    made: list[str] = []
    step = standing.step(task)
    while task.state in ALIVE:
        due = next(iter(timing.to_come(task, step)), None)
        if due is None or due.at > standing.now:
            break
        if due.entry is None:
            _late(standing, task)
            made.append(MoveKind.LATE.value)
            continue
        task.moves_done += 1
        made.append(_move(standing, task, due.entry).value)
    task.next_at = timing.next_of(standing, task)
    writes = standing.happened.writes
    if writes is None:
        task.save(update_fields=["moves_done", "late", "next_at"])
    else:
        writes.tasks[task.pk] = task
    return made


def case_moves(standing: Standing) -> list[str]:
    """The case is past its total time: it is marked, and those who have it in hand and who started it are told."""
    case = standing.case
    case.next_at = None
    if case.state != CaseState.OPEN or case.late or case.due_at is None or case.due_at > standing.now:
        return []
    case.late = True
    told = concerned(standing) | {who for task in standing.alive for who in _in_hand(standing, task)}
    tell(standing, told, "cases.overdue", _key("overdue", case.due_at.isoformat()), urgent=True)
    standing.happened.events.append(CaseOverdue(case.pk, case.process, case.record_type, case.record_id))
    moved(standing, MoveKind.LATE, None, data={"due": case.due_at.isoformat()})
    return [MoveKind.LATE.value]


def _late(standing: Standing, task: Task) -> None:
    task.late = True
    due_at = "" if task.due_at is None else task.due_at.isoformat()
    told = _in_hand(standing, task) or concerned(standing)
    tell(standing, told, "cases.step_overdue", _key(f"task:{task.pk}:late", due_at), task, urgent=True)
    standing.happened.events.append(StepOverdue(standing.case.pk, task.pk, standing.case.process, task.step))
    moved(standing, MoveKind.LATE, None, task, data={"due": due_at})


def _move(standing: Standing, task: Task, entry: Overdue) -> MoveKind:
    match entry.move:
        case OverdueMove.REMIND:
            return _remind(standing, task)
        case OverdueMove.ESCALATE:
            return _escalate(standing, task, entry)
        case OverdueMove.HAND_OVER:
            return _hand_over(standing, task, entry)
        case OverdueMove.DECIDE:
            return _decide(standing, task, entry)


def _remind(standing: Standing, task: Task) -> MoveKind:
    told = _in_hand(standing, task) or concerned(standing)
    tell(standing, told, "cases.reminder", _key(f"task:{task.pk}:remind", task.moves_done), task)
    moved(standing, MoveKind.REMIND, None, task, data={"told": sorted(told)})
    return MoveKind.REMIND


def _escalate(standing: Standing, task: Task, entry: Overdue) -> MoveKind:
    """Another party is told, and may handle the step in place of the others."""
    assert entry.to is not None  # noqa: S101 - the language sees to it
    made, facts = [], lateness(standing, task)
    if task.state == TaskState.OPEN:
        out = barred(standing, standing.step(task))
        made = [
            add_share(standing, task, ShareKind.ESCALATED, each, facts=facts)
            for each in holders(standing, entry.to, out)
        ]
    else:
        told = people(standing, entry.to)
        key = _key(f"task:{task.pk}:escalate", task.moves_done)
        tell(standing, told, "cases.escalated", key, task, facts=facts)
    to = made[0].staff_id if len(made) == 1 else None
    moved(standing, MoveKind.ESCALATE, None, task, to=to, data={"role": entry.to.role or ""})
    return MoveKind.ESCALATE


def _hand_over(standing: Standing, task: Task, entry: Overdue) -> MoveKind:
    """Another party handles the step instead of all who still have to act. While it waits for a sub-case, that party is
    told only.
    """
    assert entry.to is not None  # noqa: S101 - the language sees to it
    facts = lateness(standing, task)
    if task.state != TaskState.OPEN:
        told = people(standing, entry.to)
        key = _key(f"task:{task.pk}:hand_over", task.moves_done)
        tell(standing, told, "cases.handed_over", key, task, facts=facts)
        moved(standing, MoveKind.HAND_OVER, None, task, data={"role": entry.to.role or ""})
        return MoveKind.HAND_OVER
    before = []
    for share in standing.shares_of(task):
        if share.state in PENDING and share.kind != ShareKind.COPY:
            share.state = ShareState.HANDED_ON
            share.save(update_fields=["state"])
            before.append(share)
    signed = [share for share in before if share.kind in SIGNING]
    whose = signed[0].staff_id if len(signed) == 1 else None
    place = min((share.place for share in signed), default=0)
    out = barred(standing, standing.step(task))
    made = [
        add_share(
            standing, task, ShareKind.HANDLE, each, place=place, for_id=whose, told_as="cases.handed_over", facts=facts
        )
        for each in holders(standing, entry.to, out)
    ]
    to = made[0].staff_id if len(made) == 1 else None
    moved(standing, MoveKind.HAND_OVER, None, task, to=to, for_id=whose, data={"role": entry.to.role or ""})
    return MoveKind.HAND_OVER


def _decide(standing: Standing, task: Task, entry: Overdue) -> MoveKind:
    """The step is completed in the system's name; whoever did not act in time is told."""
    step = standing.step(task)
    outcome = advancing.outcome_of(step, entry.outcome) if entry.outcome else step.outcomes[0]
    told = _in_hand(standing, task)
    tell(standing, told, "cases.decided", f"task:{task.pk}:decided", task)
    begun = advancing.finish(standing, task, outcome)
    data = {"opened": [each.step for each in begun]}
    moved(standing, MoveKind.DECIDE, None, task, outcome=outcome.label, data=data)
    return MoveKind.DECIDE


def _in_hand(standing: Standing, task: Task) -> frozenset[int]:
    """Who may act on a step now."""
    pending = [share for share in standing.shares_of(task) if share.state == ShareState.OPEN]
    signing = [share for share in pending if share.kind != ShareKind.COPY]
    return frozenset(staff_id for share in signing for staff_id in candidates(standing, share))


def lateness(standing: Standing, task: Task) -> dict[str, str | int]:
    """What whoever is told of a late step is told beside its deadline: who has it in hand, and by which clause."""
    clause = standing.process.clause
    return {"whose": _("、").join(_whose(standing, task)), "clause": f"{clause.number} {clause.title}".strip()}


def _whose(standing: Standing, task: Task) -> tuple[str, ...]:
    """Who has to act on a step, but for those to whom it was escalated: people by name, a role that many hold by its
    label; of a step that waits, the process for which it waits.
    """
    step, names = standing.step(task), list[str]()
    if step.process is not None:
        return (standing.model.blocks.processes[step.process].label.zh,)
    for share in standing.shares_of(task):
        if share.state not in PENDING or share.kind not in SIGNING or share.kind == ShareKind.ESCALATED:
            continue
        may, role = candidates(standing, share), standing.model.roles.get(share.role)
        cards = [person(standing, staff_id) for staff_id in sorted(may)[:MOST_NAMES]]
        if role is not None and (not may or len(may) > MOST_NAMES):
            names.append(role.label.zh)
        else:
            names += [card.name for card in cards if card is not None]
    return tuple(dict.fromkeys(names))


def _key(occasion: str, which: object) -> str:
    return f"{occasion}:{which}"
