"""Letting time pass: in steps, in order, and only where that is allowed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from keguan.runtime import clock
from keguan.runtime.clock import drill, offset

NOON = datetime(2026, 11, 22, 4, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def no_sweeps(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing happens by itself but what a test registers."""
    monkeypatch.setattr(drill, "_sweeps", {})


@pytest.fixture
def drilling(settings: Any, tmp_path: Path) -> Iterator[None]:
    """Drill mode in a home of its own."""
    settings.DRILL, settings.HOME = True, tmp_path / "home"
    yield
    offset.clear_offset()


def test_what_falls_due_on_the_way_happens_then_and_in_order() -> None:
    """Three things due at odd minutes are each done at their minute, though a step is a day."""
    due = {"a": NOON + timedelta(minutes=7), "b": NOON + timedelta(minutes=3), "c": NOON + timedelta(hours=30)}
    done: list[tuple[str, datetime]] = []

    def sweep() -> None:
        for name in sorted(due, key=due.__getitem__):
            if due[name] <= clock.now():
                done.append((name, clock.now()))
                del due[name]

    drill.register("deeds", sweep, lambda: min(due.values(), default=None))
    expected = sorted(due.items(), key=lambda each: each[1])
    with clock.hold(NOON):
        passed = drill.advance(NOON + timedelta(days=2), step=timedelta(days=1))
        assert clock.now() == passed.at == NOON + timedelta(days=2)
    assert done == expected


def test_a_deed_that_makes_another_due_is_followed_by_it() -> None:
    """What is done can make something due before the next step: that is done at its own moment as well."""
    due, done = [NOON + HOUR], []

    def sweep() -> None:
        while due and due[0] <= clock.now():
            done.append(clock.now())
            due.pop()
            if len(done) < 3:
                due.append(clock.now() + timedelta(minutes=25))

    drill.register("chain", sweep, lambda: due[0] if due else None)
    with clock.hold(NOON):
        drill.advance(NOON + 5 * HOUR, step=5 * HOUR)
    assert done == [NOON + HOUR + n * timedelta(minutes=25) for n in range(3)]


def test_a_sweep_with_more_than_it_can_do_at_once_is_called_again() -> None:
    """Three rounds at one moment for three times as much as one round can do."""
    left = [3]

    def sweep() -> None:
        left[0] -= bool(left[0]) and clock.now() >= NOON + HOUR

    drill.register("much", sweep, lambda: NOON + HOUR if left[0] else None)
    with clock.hold(NOON):
        assert drill.advance(NOON + 2 * HOUR, step=2 * HOUR).steps == 2
    assert left == [0]


def test_a_sweep_that_cannot_end_does_not_stop_time() -> None:
    """What says for ever that it is due is called so many times, and time goes on."""
    calls: list[int] = []
    drill.register("stuck", lambda: calls.append(1), lambda: NOON)
    with clock.hold(NOON):
        drill.advance(NOON + HOUR)
        assert clock.now() == NOON + HOUR
    assert len(calls) == 2 * drill.MOST_ROUNDS


def test_steps_without_anything_due_are_no_longer_than_asked() -> None:
    """A day in steps of six hours is four steps, each told."""
    told: list[drill.Passed] = []
    drill.register("watch", lambda: None)
    with clock.hold(NOON):
        drill.advance(NOON + timedelta(days=1), step=6 * HOUR, progress=told.append)
    assert [(each.at - NOON, each.steps) for each in told] == [(6 * HOUR * n, n) for n in range(1, 5)]


def test_a_running_clock_runs_ahead_in_a_drill(drilling: None) -> None:
    """The offset stands in the home folder, every reading has it, and stopping takes it back."""
    drill.advance(clock.now() + timedelta(days=3))
    assert abs(drill.ahead() - timedelta(days=3)) < timedelta(seconds=5)
    assert abs(clock.now() - clock.machine_now() - drill.ahead()) < timedelta(seconds=5)
    drill.advance(clock.now() + timedelta(days=1))
    assert abs(drill.ahead() - timedelta(days=4)) < timedelta(seconds=5)
    drill.stop()
    assert drill.ahead() == timedelta(0)
    assert clock.now() - clock.machine_now() < timedelta(seconds=5)


def test_an_offset_written_by_another_process_is_noticed(drilling: None) -> None:
    """The file is read anew when it has changed, and a held clock does not look at it."""
    offset.set_offset(timedelta(days=1))
    assert clock.now() > clock.machine_now() + timedelta(hours=23)
    offset.set_offset(timedelta(days=9))
    assert clock.now() > clock.machine_now() + timedelta(days=8)
    with clock.hold(NOON):
        assert clock.now() == NOON


def test_outside_drill_mode_an_offset_means_nothing(settings: Any, drilling: None) -> None:
    """A file left behind does not move the time of a system that does not drill."""
    offset.set_offset(timedelta(days=30))
    settings.DRILL = False
    assert clock.now() - clock.machine_now() < timedelta(seconds=5)
    assert drill.ahead() == timedelta(0)


def test_a_real_clock_is_not_advanced(settings: Any, tmp_path: Path) -> None:
    """Neither held nor drilling: refused, and no file is written."""
    settings.HOME = tmp_path
    with pytest.raises(RuntimeError):
        drill.advance(clock.now() + HOUR)
    assert list(tmp_path.iterdir()) == []


def test_time_does_not_run_back() -> None:
    """An earlier moment, one without a zone and a step of nothing are refused; the clock stays."""
    with clock.hold(NOON):
        for to, step in ((NOON - HOUR, HOUR), (datetime(2027, 1, 1), HOUR), (NOON + HOUR, timedelta(0))):  # noqa: DTZ001
            with pytest.raises(ValueError, match=r"."):
                drill.advance(to, step)
        assert clock.now() == NOON


@pytest.mark.django_db
def test_what_happens_every_minute_happens_in_a_drill(monkeypatch: pytest.MonkeyPatch) -> None:
    """What an app registers with the worker is called at every step of a drill too."""
    from keguan.runtime.jobs import recurring

    calls: list[datetime] = []
    monkeypatch.setattr(recurring, "import_string", lambda _path: lambda: calls.append(clock.now()))
    monkeypatch.setattr(recurring, "_every_minute", {})
    recurring.every_minute("tests.tick", "somewhere.tick")
    with clock.hold(NOON):
        drill.advance(NOON + 2 * HOUR)
    assert calls == [NOON, NOON + HOUR, NOON + 2 * HOUR]
