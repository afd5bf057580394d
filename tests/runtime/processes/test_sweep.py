"""The sweep reads only what is due, and may be killed anywhere."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from unittest import mock

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from keguan.runtime import clock
from keguan.runtime.clock import drill
from keguan.runtime.notifications.models import Notification
from keguan.runtime.processes import overdue, seating, standing, sweeping, telling, timing
from keguan.runtime.processes.models import Case, Move, Share
from keguan.runtime.processes.sweeping import sweep
from tests.runtime.processes.test_start import MATTER
from tests.runtime.processes.world import moves, start
from tests.runtime.records.filing import customer

if TYPE_CHECKING:
    from tests.runtime.processes.world import Office

PLACES = [
    (overdue, "_late"), (overdue, "_remind"), (overdue, "_escalate"), (overdue, "_hand_over"), (overdue, "moved"),
    (overdue, "tell"), (overdue, "add_share"), (seating, "given"), (standing, "keep"), (timing, "next_of"),
    (telling, "Notice"), (sweeping, "announced"), (overdue, "case_moves"),
]  # fmt: skip


class Killed(BaseException):
    """The process ends here."""


def picture() -> tuple[object, ...]:
    """Everything that could be doubled."""
    return (
        list(Move.objects.order_by("id").values_list("case_id", "kind")),
        list(Share.objects.order_by("id").values_list("task_id", "kind", "state")),
        sorted(Notification.objects.values_list("key", flat=True)),
        list(Case.objects.order_by("id").values_list("state", "late")),
    )


@pytest.mark.parametrize(("module", "name"), PLACES, ids=[name for _, name in PLACES])
@pytest.mark.parametrize("call", [1, 2, 3])
@pytest.mark.parametrize("after", [False, True])
def test_a_killed_sweep_is_made_good(office: Office, module: object, name: str, call: int, after: bool) -> None:
    """Killed before or after any of its steps, and run again: every move is made once, in the same order."""
    case = start(office.cast.lin_xiao, "complaint", office.customer, MATTER)
    clock.advance(timedelta(days=8))
    real, calls = getattr(module, name), []

    def deadly(*arguments: object, **named: object) -> object:
        calls.append(name)
        if len(calls) == call and not after:
            raise Killed
        result = real(*arguments, **named)
        if len(calls) == call:
            raise Killed
        return result

    with mock.patch.object(module, name, deadly):
        try:
            sweep()
        except Killed:
            assert moves(case) == ["start", "complete"]
    sweep()
    once = picture()
    assert moves(case) == ["start", "complete", "remind", "late", "escalate", "hand_over", "late"]
    keys = Notification.objects.values_list("key", flat=True)
    assert len(keys) == len(set(keys))
    assert sweep().cases == 0
    assert picture() == once


def test_one_case_that_cannot_be_moved_does_not_hold_up_the_others(office: Office) -> None:
    """A case whose moves fail is left as it is and tried again; the others are moved."""
    other = customer(office.cast.lin_xiao, "李娜", "13800135613")
    broken = start(office.cast.lin_xiao, "complaint", office.customer, MATTER)
    sound = start(office.cast.lin_xiao, "complaint", other, MATTER)
    clock.advance(timedelta(hours=20))
    real = overdue.step_moves

    def failing(held: standing.Standing, task: object) -> list[str]:
        if held.case.pk == broken.pk:
            raise ValueError("this case is damaged")
        return real(held, task)

    with mock.patch.object(overdue, "step_moves", failing):
        assert sweep().moves == {"remind": 1}
    assert (moves(broken)[2:], moves(sound)[2:]) == ([], ["remind"])
    assert sweep().moves == {"remind": 1}


def test_a_sweep_reads_only_what_is_due(office: Office) -> None:
    """With nothing due a sweep asks two questions, whatever is open."""
    start(office.cast.lin_xiao, "complaint", office.customer, MATTER)
    with CaptureQueriesContext(connection) as asked:
        assert sweep().cases == 0
    assert len(asked) <= 2, [each["sql"] for each in asked]


MOST_QUERIES = 30
"""What a sweep asks of the database for up to a batch of cases that are to be reminded of, however many they are."""


def test_many_cases_take_hardly_more_queries_than_one(office: Office) -> None:
    """Thirty cases are reminded of with as many queries as one, so that a thousand take a second."""
    for _ in range(30):
        start(office.cast.lin_xiao, "complaint", office.customer, MATTER)
    clock.advance(timedelta(hours=18))
    with CaptureQueriesContext(connection) as asked:
        assert sweep().moves == {"remind": 30}
    assert len(asked) <= MOST_QUERIES, [each["sql"][:120] for each in asked]


def test_an_idle_minute_costs_one_query(office: Office) -> None:
    """With a case open and nothing due, what the worker calls every minute asks one question."""
    start(office.cast.lin_xiao, "complaint", office.customer, MATTER)
    with CaptureQueriesContext(connection) as asked:
        sweeping.every_minute()
    assert len(asked) == 1, [each["sql"] for each in asked]


def test_a_drill_goes_straight_to_what_is_due(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """In one drill of two days, in steps of a day: the reminder, the lateness and the escalation are made at their own
    moments, and time stops there and at the ends of the steps only.
    """
    mine = {name: each for name, each in drill._sweeps.items() if name == "cases.sweep"}
    monkeypatch.setattr(drill, "_sweeps", mine)
    case = start(office.cast.lin_xiao, "complaint", office.customer, MATTER)
    begun, stops = clock.now(), list[float]()
    drill.advance(
        begun + timedelta(days=2),
        timedelta(days=1),
        lambda passed: stops.append((passed.at - begun).total_seconds() / 3600),
    )
    assert stops == [18, 24, 48]
    made = [(move.kind, (move.at - begun).total_seconds() / 3600) for move in Move.objects.filter(case=case)]
    assert made[2:] == [("remind", 18), ("late", 24), ("escalate", 24), ("hand_over", 48)]
