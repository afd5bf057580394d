"""Where one case stands, read once and held until the move is made: the case, its policy, its steps and shares."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from keguan.runtime import clock
from keguan.runtime.access.formatting import moment
from keguan.runtime.ledger.actions import Record, Refused
from keguan.runtime.notifications import actions as notifications
from keguan.runtime.policies import queries as policies
from keguan.runtime.processes.models import Case, CaseState, Move, Share, ShareKind, ShareState, Task, TaskState
from keguan.runtime.processes.moves import MoveKind
from keguan.runtime.processes.words import case_state

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from keguan.language.model.model import Model
    from keguan.language.model.process import Process, Step
    from keguan.runtime.access.viewer import Viewer
    from keguan.runtime.ledger.events import Event
    from keguan.runtime.notifications.actions import Notice
    from keguan.runtime.policies.queries import Current
    from keguan.runtime.processes.together import Writes

SYSTEM_NAME = "系统"
"""Who moved a case when nobody did."""

ALIVE = (TaskState.OPEN, TaskState.WAITING)
"""States of a step that still has something to come."""

PENDING = (ShareState.OPEN, ShareState.WAITING)
"""States of a share on which somebody still has to act."""

SIGNING = frozenset({ShareKind.HANDLE, ShareKind.ESCALATED, ShareKind.BEFORE, ShareKind.BESIDE, ShareKind.AFTER})
"""Kinds of shares that count for the outcome of a step; the others only advise (CONSULT) or are told (COPY)."""


@dataclass(slots=True, eq=False)
class Happened:
    """What came of an action so far, in order: entries for the ledger, events, and what people are told.

    ``family`` are the cases read so far, by id: a case is never held twice. ``ended`` are sub-cases that are over and
    whose parents have not gone on yet; ``depth`` counts how deep one case's going on stands inside another's; ``by`` is
    the name of whoever acts; ``lookups`` is what was asked about the company. While there are ``writes``, moves and
    cases are collected there and stored together.
    """

    records: list[Record] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    family: dict[int, Standing] = field(default_factory=dict)
    ended: list[Standing] = field(default_factory=list)
    depth: int = 0
    by: str = SYSTEM_NAME
    lookups: dict[object, Any] = field(default_factory=dict)
    writes: Writes | None = None


@dataclass(slots=True, eq=False)
class Standing:
    """One case and all that belongs to it, as stored. ``tasks`` and ``shares`` are the whole history, oldest first;
    whoever makes one adds it here too. ``happened`` is shared with the cases that move along (sub-case and parent).
    ``cache`` keeps what was looked up, by whoever looked. ``unsettled``: the case went on; whether its clocks are to
    stand or to run is looked at after the move is written down.
    """

    case: Case
    policy: Current
    process: Process
    tasks: list[Task]
    shares: list[Share]
    now: datetime
    happened: Happened = field(default_factory=Happened)
    cache: dict[object, Any] = field(default_factory=dict)
    unsettled: bool = False

    def __post_init__(self) -> None:
        self.happened.family[self.case.pk] = self

    @property
    def model(self) -> Model:
        """The policy under which the case began."""
        return self.policy.model

    @property
    def alive(self) -> tuple[Task, ...]:
        """The steps that are open or wait for their sub-case."""
        return tuple(task for task in self.tasks if task.state in ALIVE)

    def step(self, task: Task) -> Step:
        """What the policy says of a task's step."""
        return self.process.step(task.step)

    def task(self, task_id: int) -> Task:
        """The task with this id. Raises ``KeyError``."""
        for task in self.tasks:
            if task.pk == task_id:
                return task
        raise KeyError(task_id)

    def shares_of(self, task: Task) -> tuple[Share, ...]:
        """A task's shares by place, then in the order made."""
        own = [share for share in self.shares if share.task_id == task.pk]
        return tuple(sorted(own, key=lambda share: (share.place, share.pk)))

    def last_done(self, step: str) -> Task | None:
        """The last time that this step was completed by somebody, or None."""
        done = [task for task in self.tasks if task.step == step and task.state == TaskState.DONE]
        return done[-1] if done else None

    def handlers(self, task: Task) -> frozenset[int]:
        """Who acted on a task, and in whose stead."""
        acted = [share for share in self.shares_of(task) if share.state == ShareState.DONE and share.kind in SIGNING]
        return frozenset(who for share in acted for who in (share.acted_by_id, share.for_id) if who is not None)


def standing(case_id: int, *, lock: bool = True, happened: Happened | None = None) -> Standing:
    """The case, locked until the end of the transaction where the database locks rows. Four queries, three when its
    policy is the one pinned; where rows are locked one more. Raises ``Refused`` (``cases.not_found``).

    A sub-case is locked after the case that it belongs to, so that two moves never wait for each other.
    """
    known = happened.family.get(case_id) if happened is not None else None
    if known is not None:
        return known
    return of_case(_found(Q(pk=case_id), lock=lock), happened=happened)


def _found(which: Q, *, lock: bool = True) -> Case:
    rows = Case.objects.select_for_update(of=("self",)) if lock else Case.objects.all()
    if lock and connection.vendor == "postgresql":
        above = Case.objects.filter(which).values_list("parent_task__case_id", flat=True).first()
        if above is not None:
            lock_family(above)
    case = rows.filter(which).first()
    if case is None:
        raise not_found()
    return case


def lock_family(case_id: int) -> None:
    """Lock a case and those above it, the uppermost first."""
    above = Case.objects.filter(pk=case_id).values_list("parent_task__case_id", flat=True).first()
    if above is not None:
        lock_family(above)
    Case.objects.select_for_update().filter(pk=case_id).first()


def of_case(case: Case, *, happened: Happened | None = None) -> Standing:
    """As ``standing``, of a row that was read already."""
    happened = happened or Happened()
    tasks = list(Task.objects.filter(case_id=case.pk).order_by("id"))
    shares = list(Share.objects.filter(case_id=case.pk).order_by("task_id", "place", "id"))
    return made_of(case, tasks, shares, happened)


def made_of(case: Case, tasks: list[Task], shares: list[Share], happened: Happened) -> Standing:
    """The case with its steps and shares, under its policy: one query, none when that is pinned or was asked before."""
    key = ("policy", case.publication_id)
    if key not in happened.lookups:
        happened.lookups[key] = policies.at(case.publication_id)
    policy: Current = happened.lookups[key]
    process = policy.model.blocks.processes[case.process]
    return Standing(case, policy, process, tasks, shares, clock.now(), happened)


def held(viewer: Viewer, case_id: int, version: int) -> Standing:
    """The case for a move by ``viewer``, who saw it at ``version``.

    Raises ``Refused``: ``cases.not_found`` when it is out of sight, ``cases.stale`` when somebody was quicker (the
    sentence says who, what and when), ``cases.closed`` when it is over.
    """
    return _held(viewer, standing(case_id), version)


def _held(viewer: Viewer, found: Standing, version: int) -> Standing:
    _refuse(viewer, found, version)
    found.happened.by = viewer.name
    if found.case.state != CaseState.OPEN:
        raise closed(found)
    return found


def held_by_task(viewer: Viewer, task_id: int, version: int) -> tuple[Standing, Task]:
    """As ``held``, by one of the case's tasks."""
    found = _held(viewer, of_case(_found(Q(tasks__pk=task_id))), version)
    return found, found.task(task_id)


def held_by_share(share_id: int) -> tuple[Standing, Task, Share]:
    """The case of a share, whoever looks and wherever it stands: for what happens because somebody leaves. Raises
    ``Refused`` (``cases.not_found``).
    """
    found = of_case(_found(Q(shares__pk=share_id)))
    share = next(each for each in found.shares if each.pk == share_id)
    return found, found.task(share.task_id), share


def held_closed(viewer: Viewer, case_id: int, version: int) -> Standing:
    """As ``held``, for a move on a case that is over. Raises ``Refused`` (``cases.open``) when it is not."""
    found = standing(case_id)
    _refuse(viewer, found, version)
    found.happened.by = viewer.name
    if found.case.state == CaseState.OPEN:
        raise Refused("cases.open", gettext_lazy("案件还在办理中，不需要这样做。"))
    return found


def moved(  # noqa: PLR0913 - a move has that many sides
    standing: Standing,
    kind: MoveKind,
    viewer: Viewer | None,
    task: Task | None = None,
    *,
    outcome: str = "",
    opinion: str = "",
    to: int | None = None,
    data: Mapping[str, object] | None = None,
    for_id: int | None = None,
) -> Move:
    """Write down that something happened: the move, its entry for the ledger, and the case with its next version.

    Comes last: what was set on ``standing.case`` before is stored with it. ``viewer`` None is the system itself.
    ``data`` is kept with the move and in the ledger, so it holds no value of a record. Raises ``Refused``
    (``cases.stale``) when the case was moved on by somebody else since it was read.
    """
    by_id, by_name = (None, SYSTEM_NAME) if viewer is None else (viewer.staff_id, viewer.name)
    facts = dict(data or {})
    move = Move(
        case_id=standing.case.pk,
        task=task,
        kind=kind,
        at=standing.now,
        by_id=by_id,
        by_name=by_name,
        for_id=for_id,
        to_id=to,
        outcome=outcome,
        opinion=opinion,
        data=dict(facts),
    )
    writes = standing.happened.writes
    keep(standing)
    if writes is None:
        move.save(force_insert=True)
    else:
        writes.moves.append(move)
    if task is not None:
        facts |= {"step": task.step, "turn": task.turn}
    people = {"to": to, "for": for_id}
    facts |= {name: who for name, who in people.items() if who is not None}
    if outcome:
        facts["outcome"] = outcome
    standing.happened.records.append(entry(standing, kind, facts))
    if standing.unsettled:
        from keguan.runtime.processes.timing import settle  # it stands on this file

        standing.unsettled = False
        settle(standing)
    return move


def keep(standing: Standing) -> None:
    """Store the case with its next version. Raises ``Refused`` (``cases.stale``) when another move came in between."""
    case, writes = standing.case, standing.happened.writes
    if writes is not None:
        writes.cases.setdefault(case.pk, (case, case.version))
        case.version += 1
        return
    written = Case.objects.filter(pk=case.pk, version=case.version).update(
        version=case.version + 1,
        number=case.number,
        owner_id=case.owner_id,
        unit_id=case.unit_id,
        state=case.state,
        due_at=case.due_at,
        paused_at=case.paused_at,
        closed_at=case.closed_at,
        late=case.late,
        idle=case.idle,
        worked=case.worked,
        round=case.round,
        merged_into=case.merged_into_id,
        next_at=case.next_at,
    )
    if written != 1:
        raise stale(standing, "zh")
    case.version += 1


def entry(standing: Standing, kind: MoveKind, data: Mapping[str, object]) -> Record:
    """What the ledger says of a move: ``cases.<move>`` of this case, by the clause of its process."""
    clause, case = standing.process.clause, standing.case
    facts = {"process": case.process, "number": case.number, "record": [case.record_type, case.record_id]}
    return Record(
        action=f"cases.{kind.value}",
        subject_type="case",
        subject_id=case.pk,
        clause=f"{clause.pack}#{clause.anchor}",
        data=facts | dict(data),
    )


def announced(happened: Happened) -> Sequence[Event]:
    """Tell people what they are to be told, and give the events: the end of every action on a case."""
    if happened.notices:
        notifications.tell(happened.notices)
    return tuple(happened.events)


def not_found() -> Refused:
    """There is no such case, or it is not for this viewer to know."""
    return Refused("cases.not_found", gettext_lazy("没有这个案件，或者它不在您的可见范围内。"))


def stale(standing: Standing, language: str) -> Refused:
    """Somebody was quicker: who, what and when."""
    last = Move.objects.filter(case_id=standing.case.pk).order_by("-id").first()
    if last is None:
        return Refused("cases.stale", gettext_lazy("没有办成：案件已有变化。请看最新情况，再办一次。"))
    values = {
        "name": last.by_name,
        "time": moment(last.at, language),
        "what": MoveKind(last.kind).label,
    }
    sentence = _("没有办成：%(name)s已在%(time)s办了“%(what)s”。请看最新情况，再办一次。") % values
    return Refused("cases.stale", sentence)


def closed(standing: Standing) -> Refused:
    """The case is over."""
    values = {"state": case_state(standing.case.state)}
    return Refused("cases.closed", _("这个案件%(state)s，不能再办。") % values)


def _refuse(viewer: Viewer, found: Standing, version: int) -> None:
    from keguan.runtime.processes.seating import in_sight  # it stands on this file

    if not in_sight(viewer, found):
        raise not_found()
    if found.case.version != version:
        raise stale(found, viewer.language)
