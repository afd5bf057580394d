"""Killed anywhere and begun again, or done by two at once: each thing happens once, and none is left out."""

from __future__ import annotations

import random
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from keguan.runtime import clock
from keguan.runtime.calendars import queries as calendars
from keguan.runtime.duties import rounds, sweeping
from keguan.runtime.duties.lines import lines
from keguan.runtime.duties.models import Duty
from keguan.runtime.ledger.queries import EntryFilters, entries_page
from keguan.runtime.notifications.models import Notification
from keguan.runtime.policies.queries import current
from tests.runtime.duties.world import MONDAY, customer, duties, until

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.cast import Cast


class Killed(BaseException):
    """What a process does not survive: no handler of errors catches it."""


def dying(function: Callable[..., object], after: int) -> Callable[..., object]:
    """The function, which from its so-manieth call on kills whoever calls it, before or after its work."""
    calls = 0

    def called(*arguments: object, **more: object) -> object:
        nonlocal calls
        calls += 1
        if calls == after:
            raise Killed
        result = function(*arguments, **more)
        if calls == after + 1:
            raise Killed
        return result

    return called


def happened() -> tuple[list[str], list[tuple[str, str]], list[tuple[int, bool, int]]]:
    """Everything that was told, written down, and that stands on the duties."""
    told = sorted(Notification.objects.filter(kind__startswith="duties.").values_list("key", flat=True))
    entries = entries_page(filters=EntryFilters(subject_type="duty"), size=200).entries
    stand = Duty.objects.order_by("id").values_list("id", "late", "moves_done")
    return told, sorted((each.subject_id, each.action) for each in entries), list(stand)


@pytest.fixture
def checks(office: Cast) -> list[int]:
    """Four new customers, one an hour, each to be checked in three working days, then late and told to a head."""
    found = []
    for hour in range(9, 13):
        until(2026, 3, 2, hour)
        found.append(customer(office.lin_xiao, f"客{hour}"))
    return found


@given(seed=st.integers(0, 2**32))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_sweep_that_is_killed_anywhere(checks: list[int], seed: int) -> None:
    """Swept at random moments, killed at random calls, with a second sweep working on what it read long ago: at the end
    everything is as after sweeps that nobody disturbed.
    """
    drawn = random.Random(seed)
    with transaction.atomic():
        point = transaction.savepoint()
        expected = [happened() for _sweep in _undisturbed()][-1]
        transaction.savepoint_rollback(point)
        stale = list(Duty.objects.order_by("?"))
        for moment in _moments():
            with clock.hold(moment):
                for _try in range(drawn.randrange(4)):
                    _sweep_and_die(drawn)
                if drawn.random() < 0.5:
                    _sweep_what_was_read(stale)
                sweeping.sweep()
        assert happened() == expected
        transaction.savepoint_rollback(point)


def test_a_round_that_is_killed_anywhere(office: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """A round is killed in its first, second, third batch and begun again: all duties are there, each once."""
    found = [customer(office.lin_xiao, f"客{number}", intends="是") for number in range(6)]
    monkeypatch.setattr(rounds, "BATCH", 2)
    monkeypatch.setattr(rounds, "catch_up", lambda: 0)
    (line,) = [each for each in lines(current().model) if (each.duty.code, each.obligation.number) == ("visits", 2)]
    with clock.hold(datetime(2026, 4, 1, 1, tzinfo=UTC)), calendars.pinned():
        for after in range(1, 4):
            settle = rounds.settle
            monkeypatch.setattr(rounds, "settle", dying(settle, after))
            with suppress(Killed):
                rounds.go_over(current(), line)
            monkeypatch.setattr(rounds, "settle", settle)
        rounds.go_over(current(), line)
        made = duties("visits", slot="2026-04-01")
        assert sorted(duty.record_id for duty in made) == found
        assert rounds.go_over(current(), line).made == 0


def _moments() -> Iterator[datetime]:
    for hours in range(24, 24 * 8, 7):
        yield MONDAY + timedelta(hours=hours)


def _undisturbed() -> Iterator[None]:
    for moment in _moments():
        with clock.hold(moment):
            sweeping.sweep()
        yield


def _sweep_and_die(drawn: random.Random) -> None:
    name = drawn.choice(("append", "tell"))
    owner = sweeping if name == "append" else sweeping.notifications
    whole = getattr(owner, name)
    setattr(owner, name, dying(whole, drawn.randrange(1, 6)))
    try:
        with suppress(Killed):
            sweeping.sweep()
    finally:
        setattr(owner, name, whole)


def _sweep_what_was_read(stale: list[Duty]) -> None:
    """A second worker that read the duties a while ago."""
    look = sweeping._Look(calendars.company_calendar())
    for duty in stale:
        sweeping._together([duty], look)
