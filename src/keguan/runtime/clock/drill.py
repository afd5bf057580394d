"""Letting time pass in a drill (演练): in steps, so that all that falls due on the way happens then and in order.

What happens by itself registers here as a *sweep*. At every step the clock is set first, then each sweep is called, in
order of registration, again and again while one of them says that something is still due. It works on a held clock
(tests, scenarios) and on a running one in drill mode (``settings.DRILL``); in no other case can time be moved.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings

from keguan.runtime import clock
from keguan.runtime.clock import offset

if TYPE_CHECKING:
    from collections.abc import Callable

STEP = timedelta(hours=1)
"""The longest stretch of time that passes between two rounds of sweeps."""

MOST_ROUNDS = 50
"""So many rounds at one moment, and time goes on: a sweep may be unable to do what it says is due."""


@dataclass(frozen=True, slots=True)
class Sweep:
    """What happens by itself. ``next_due`` says when it next has something to do: None for nothing, a moment that has
    come for at once. A sweep without one is called at every step.
    """

    name: str
    run: Callable[[], object]
    next_due: Callable[[], datetime | None] | None = None


@dataclass(frozen=True, slots=True)
class Passed:
    """How far the drill is: the moment reached, the one it goes to, and how many steps it has taken."""

    at: datetime
    to: datetime
    steps: int


_sweeps: dict[str, Sweep] = {}


def register(name: str, run: Callable[[], object], next_due: Callable[[], datetime | None] | None = None) -> None:
    """Have ``run`` called at every step of a drill. A second time under the same name takes the first one's place."""
    _sweeps[name] = Sweep(name, run, next_due)


def sweeps() -> tuple[Sweep, ...]:
    """What is registered, in order."""
    return tuple(_sweeps.values())


def ahead() -> timedelta:
    """How far the drill is ahead of the machine; nothing outside drill mode."""
    return offset.ahead() if settings.DRILL else timedelta(0)


def advance(
    to: datetime, step: timedelta = STEP, progress: Callable[[Passed], None] | None = None, *, swept: bool = False
) -> Passed:
    """Let the time until ``to`` pass, and do all that falls due in it: first what is due now, unless it was just done
    (``swept``).

    Raises ``RuntimeError`` when the clock is neither held nor in drill mode, and ``ValueError`` for a moment without a
    zone, for one that has passed (time does not run back: see :func:`stop`), and for a step of nothing.
    """
    if not (clock.held() or settings.DRILL):
        raise RuntimeError("time passes by itself: only a held clock and a drill can be advanced")
    if to.tzinfo is None or step <= timedelta(0):
        raise ValueError("a drill goes to a moment with a time zone, in steps of some length")
    to, steps = to.astimezone(UTC), 0
    if to < clock.now():
        raise ValueError("time does not run back")
    if not swept:
        _sweep()
    while clock.now() < to:
        _set(_next(to, step))
        _sweep()
        steps += 1
        if progress is not None:
            progress(Passed(clock.now(), to, steps))
    return Passed(clock.now(), to, steps)


def stop() -> None:
    """Back to the machine's time. What was written keeps the time of the drill. A held clock is not touched."""
    offset.clear_offset()


def _next(to: datetime, step: timedelta) -> datetime:
    """Where the next step ends: when something next falls due, but no further than a step away."""
    now = clock.now()
    due = (each.next_due() for each in sweeps() if each.next_due is not None)
    return min(to, now + step, *(moment for moment in due if moment is not None and moment > now))


def _set(moment: datetime) -> None:
    """Make it ``moment``, unless it is later already."""
    if clock.held():
        clock.advance(moment - clock.now())
    elif moment > clock.now():
        offset.set_offset(moment - clock.machine_now())


def _sweep() -> None:
    """Call each sweep that has something to do or cannot say, and again while one says that something is still due."""
    for _round in range(MOST_ROUNDS):
        for each in sweeps():
            if each.next_due is None or _is_due(each):
                each.run()
        if not any(map(_is_due, sweeps())):
            return


def _is_due(sweep: Sweep) -> bool:
    moment = None if sweep.next_due is None else sweep.next_due()
    return moment is not None and moment <= clock.now()
