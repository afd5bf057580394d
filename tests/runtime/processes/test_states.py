"""Random moves, legal and not: no case ever comes into a state that means nothing."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from keguan.runtime import clock
from keguan.runtime.calendars import queries as calendars
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.policies import queries as policies
from keguan.runtime.processes.actions import ClaimShare, CompleteStep, ReleaseShare
from keguan.runtime.processes.advancing import send_back, ways_back
from keguan.runtime.processes.branches import fork_of, outer
from keguan.runtime.processes.models import Case, CaseState, Move, Share, ShareKind, ShareState, Task, TaskState
from keguan.runtime.processes.moves import MoveKind
from keguan.runtime.processes.seating import candidates
from keguan.runtime.processes.standing import moved, standing
from keguan.runtime.processes.sweeping import sweep
from tests.runtime.processes.world import MONDAY, start, viewer

if TYPE_CHECKING:
    from tests.cast import Member
    from tests.runtime.processes.world import Office

PROCESSES = ["complaint", "joint", "parallel", "apart_ways", "notice", "waiting", "project"]
ALIVE = {TaskState.OPEN, TaskState.WAITING}
PENDING = {ShareState.OPEN, ShareState.WAITING}


@dataclass(frozen=True)
class Step:
    """One attempt: what, by whom, on which of the open tasks, with which of the outcomes, having seen what version."""

    what: str
    who: int
    which: int
    outcome: int
    behind: int


STEPS = st.builds(
    Step,
    what=st.sampled_from(["complete"] * 8 + ["stranger", "claim", "release", "wait", "back", "long"]),
    who=st.integers(0, 6),
    which=st.integers(0, 3),
    outcome=st.integers(0, 2),
    behind=st.sampled_from([0] * 9 + [1]),
)


def act(office: Office, step: Step) -> None:
    """Try it; what is refused changes nothing."""
    if step.what in ("wait", "long"):
        clock.advance(timedelta(hours=5 if step.what == "wait" else 40))
        sweep()
        return
    tasks = list(Task.objects.filter(state=TaskState.OPEN).order_by("id"))
    if not tasks:
        return
    task = tasks[step.which % len(tasks)]
    held = standing(task.case_id)
    task = held.task(task.pk)
    if step.what == "back":
        ways = ways_back(held, task)
        if ways:
            begun = send_back(held, task, ways[step.outcome % len(ways)])
            moved(held, MoveKind.RETURN, None, task, data={"opened": [each.step for each in begun]})
        return
    mine = [who for share in held.shares_of(task) if share.state == "open" for who in candidates(held, share)]
    able = [member for member in office.everybody if member.id in mine and step.what == "complete"]
    who: Member = (able or office.everybody)[step.who % len(able or office.everybody)]
    version = held.case.version - step.behind
    outcomes = held.step(task).outcomes
    before = everything()
    try:
        if step.what in ("complete", "stranger"):
            label = outcomes[step.outcome % len(outcomes)].label
            values = {"matter": "空调不制冷", "claim": str(step.which * 4000)} if task.step == "filing" else {}
            if held.case.process != "complaint":
                values = {}
            CompleteStep(viewer=viewer(who), task_id=task.pk, version=version, outcome=label, values=values).run()
        else:
            kind = ClaimShare if step.what == "claim" else ReleaseShare
            kind(viewer=viewer(who), task_id=task.pk, version=version).run()
    except Refused:
        assert everything() == before
    else:
        assert step.behind == 0


def everything() -> tuple[object, ...]:
    """All that a refusal must leave alone."""
    return (
        list(Case.objects.order_by("id").values_list("version", "state")),
        list(Task.objects.order_by("id").values_list("state", "outcome")),
        list(Share.objects.order_by("id").values_list("state", "staff_id")),
        Move.objects.count(),
    )


def check() -> None:
    """Every case, step and share agree with each other."""
    for case in Case.objects.all():
        tasks = list(Task.objects.filter(case=case).order_by("id"))
        alive = [task for task in tasks if task.state in ALIVE]
        assert bool(alive) == (case.state == CaseState.OPEN), (case.pk, case.process, case.state)
        if not alive:
            assert (case.closed_at is not None, case.next_at) == (True, None)
        for task in tasks:
            check_task(task)
        by_id = {task.pk: task for task in tasks}
        for task in alive:
            branch = task.branch
            while branch:
                fork = by_id[fork_of(branch)]
                assert (fork.state, fork.branch) == (TaskState.DONE, outer(branch))
                branch = outer(branch)
        twice = Counter((task.branch, task.step) for task in alive)
        assert not twice or max(twice.values()) == 1, twice
        turns = Counter((task.step, task.turn) for task in tasks)
        assert max(turns.values()) == 1
        assert case.version >= 1 + Move.objects.filter(case=case).count()


def check_task(task: Task) -> None:
    """A step is open by somebody's share, waits for its sub-case, or is over with nothing left to do."""
    shares = [share for share in Share.objects.filter(task=task) if share.kind != ShareKind.COPY]
    pending = [share for share in shares if share.state in PENDING]
    if task.state == TaskState.OPEN:
        assert any(share.state == ShareState.OPEN for share in shares), task.step
    elif task.state == TaskState.WAITING:
        assert Case.objects.filter(parent_task=task, state=CaseState.OPEN).count() == 1
    else:
        assert (pending, task.next_at, task.ended_at is not None) == ([], None, True)
    decided = {TaskState.DONE, TaskState.PASSED}
    assert (task.outcome != "" or task.state in decided) if task.state in decided else task.outcome == ""
    for share in shares:
        assert (share.state == ShareState.DONE) == (share.acted_at is not None)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(process=st.sampled_from(PROCESSES), steps=st.lists(STEPS, min_size=5, max_size=30))
def test_no_impossible_state(office: Office, process: str, steps: list[Step]) -> None:
    """After every attempt: an open case has a step that somebody must do, a closed one has none; every open step has an
    open share or waits for a sub-case that is open; branches come from forks that are done; no step runs twice in one
    branch; every step that is over has one outcome; and what was refused changed nothing.
    """
    with clock.hold(MONDAY), policies.pinned(), calendars.pinned():
        undo = transaction.savepoint()
        try:
            values = {"matter": "空调不制冷"} if process == "complaint" else {}
            start(office.cast.lin_xiao, process, office.customer, values)
            check()
            for step in steps:
                act(office, step)
                check()
        finally:
            transaction.savepoint_rollback(undo)
