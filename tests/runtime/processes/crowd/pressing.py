"""So many people pressing what comes to their minds on the same few cases, at the same moment, again and again."""

from __future__ import annotations

import json
import random
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from threading import Barrier
from typing import TYPE_CHECKING, Any

from django.db import connection

from keguan.runtime import clock
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.policies import queries as policies
from keguan.runtime.processes.actions import StartCase
from keguan.runtime.processes.models import Case, Share, Task
from keguan.runtime.processes.moving import MoveInputs, move
from keguan.runtime.processes.sweeping import sweep
from tests.runtime.processes.crowd.company import ROLES, customer, person
from tests.runtime.processes.crowd.oracle import LEADS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from keguan.runtime.access.viewer import Viewer

MONDAY = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
ROUND = timedelta(hours=3)
WORDS = "请看一下这件事"


@dataclass(frozen=True, slots=True)
class Press:
    """One press: who, on which case, what, seen at which version, and what they were told ("ok", or the refusal)."""

    staff_id: int
    case_id: int
    kind: str
    version: int
    told: str


@dataclass
class Person:
    """One of the crowd, with chance of their own."""

    number: int
    people: int
    viewer: Viewer
    chance: random.Random
    presses: list[Press] = field(default_factory=list)

    @property
    def role(self) -> str:
        """What they are."""
        return ROLES[self.number % 4]

    def choose(self, case_ids: Sequence[int]) -> tuple[int, MoveInputs]:
        """Look at a case and think of something to do, mostly something that may be done."""
        case = Case.objects.get(pk=self.chance.choice(case_ids))
        version = case.version - (self.chance.random() < 0.05)
        thoughts = [("comment", 0.2, {"opinion": WORDS}), ("urge", 0.2, {}), ("recall", 0.5, {})]
        thoughts.append(("copy", 0.1, {"staff_ids": (self._other(),), "opinion": WORDS}))
        if case.state != "open":
            step = self.chance.choice(list(LEADS))
            thoughts.append(("reopen", 9.0, {"step": step, "opinion": WORDS}))
        else:
            thoughts += self._of_the_whole(case)
            for task in Task.objects.filter(case=case, state="open"):
                thoughts += self._of_the_step(task)
        kind, _weight, more = self.chance.choices(thoughts, [each[1] for each in thoughts])[0]
        return case.pk, MoveInputs(kind=kind, version=version, **more)

    def press(self, case_id: int, given: MoveInputs) -> None:
        """Press it, and note what one is told."""
        try:
            with policies.pinned():
                move(self.viewer, case_id, given)
        except Refused as refused:
            told = refused.code
        except Exception as error:  # noqa: BLE001 - the test says that there is none
            told = f"!{error!r}"
        else:
            told = "ok"
        assert self.viewer.staff_id is not None
        self.presses.append(Press(self.viewer.staff_id, case_id, given.kind, given.version, told))

    def _of_the_whole(self, case: Case) -> list[tuple[str, float, dict[str, Any]]]:
        clocks = ("pause", 0.1, {"reason": "等待客户"}) if case.paused_at is None else ("resume", 0.3, {})
        found: list[tuple[str, float, dict[str, Any]]] = [clocks]
        if case.started_by_id == self.viewer.staff_id:
            found.append(("withdraw", 0.1, {"opinion": WORDS}))
        if self.role == "manager":
            found.append(("terminate", 0.05, {"opinion": WORDS}))
        return found

    def _of_the_step(self, task: Task) -> list[tuple[str, float, dict[str, Any]]]:
        """What may be done with one's part of a step; now and then, with somebody else's."""
        found: list[tuple[str, float, dict[str, Any]]] = []
        for share in Share.objects.filter(task=task, state="open").exclude(kind="copy"):
            own = share.staff_id == self.viewer.staff_id
            free = share.staff_id is None and share.role == self.role
            likely = 1.0 if own or free else 0.05
            if share.kind == "consult":
                found.append(("answer", 5.0 * likely, {"task_id": task.pk, "opinion": WORDS}))
                continue
            earlier = self.chance.choice(list(LEADS))
            outcomes = list(LEADS[task.step])
            outcome = outcomes[0] if self.chance.random() < 0.7 else outcomes[-1]
            others = (self._other(),)
            where = self.chance.choice(("before", "beside", "after"))
            found += [
                ("complete", 6.0 * likely, {"task_id": task.pk, "outcome": outcome}),
                ("return", 1.0 * likely, {"task_id": task.pk, "step": earlier, "opinion": WORDS}),
                ("transfer", 1.0 * likely, {"task_id": task.pk, "staff_ids": others}),
                ("add_signer", 1.0 * likely, {"task_id": task.pk, "staff_ids": others, "where": where}),
                ("consult", 0.7 * likely, {"task_id": task.pk, "staff_ids": others, "opinion": WORDS}),
                ("claim" if free else "release", 1.5 * likely, {"task_id": task.pk}),
            ]
            for asked in Share.objects.filter(asked_by=share, state__in=["open", "waiting"]).exclude(kind="consult"):
                found.append(("remove_signer", 1.0 * likely, {"task_id": task.pk, "share_id": asked.pk}))
        if Share.objects.filter(task=task, kind="consult", state="open", asked_by__staff_id=self.viewer.staff_id):
            found.append(("recall", 1.0, {"task_id": task.pk}))
        return found

    def _other(self) -> int:
        """Somebody, often of one's own role."""
        number = self.chance.randrange(self.people)
        if self.chance.random() < 0.6:
            number = number - number % 4 + self.number % 4
        found = person(number % self.people).staff_id
        assert found is not None
        return found


def begin(cases: int) -> list[int]:
    """So many cases of the process 会办, each of a customer of its own."""
    return [StartCase(viewer=person(0), process="joint", record_id=customer(f"客{n}")).run() for n in range(cases)]


def press(numbers: Sequence[int], people: int, case_ids: Sequence[int], rounds: int, seed: int) -> list[Press]:
    """These of the people press so many times, each in a thread of their own: all look, then all press at once. Where
    the clock is held it goes on by ``ROUND`` in between, and the sweep is made while they press.
    """
    crowd = [Person(number, people, person(number), random.Random(seed * 1000 + number)) for number in numbers]
    swept: list[str] = []

    def pass_time() -> None:
        if clock.held():
            clock.advance(ROUND)

    gate = Barrier(len(crowd) + 1, action=pass_time)

    def one(member: Person) -> None:
        try:
            for _round in range(rounds):
                chosen = member.choose(case_ids)
                gate.wait()
                member.press(*chosen)
        except BaseException:
            gate.abort()
            raise
        finally:
            connection.close()

    def by_itself() -> None:
        try:
            for _round in range(rounds):
                gate.wait()
                if clock.held():
                    swept.extend(sweep().moves)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(crowd) + 1) as pool:
        running = [pool.submit(by_itself), *(pool.submit(one, member) for member in crowd)]
        for each in running:
            each.result()
    return [each for member in crowd for each in member.presses]


def pressed(numbers: Sequence[int], people: int, case_ids: Sequence[int], rounds: int, seed: int, *, held: bool) -> str:
    """As ``press``, as JSON; with the clock held or running."""
    with clock.hold(MONDAY) if held else nullcontext():
        found = press(numbers, people, case_ids, rounds, seed)
    return json.dumps([[each.staff_id, each.case_id, each.kind, each.version, each.told] for each in found])
