"""Complaints by the wave: each stage of a wave is put into the queue when the one before is done."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import Sum

from keguan.runtime import clock
from keguan.runtime.duties.models import Duty
from keguan.runtime.jobs.actions import enqueue
from keguan.runtime.jobs.models import Job, State
from keguan.runtime.processes.models import Move

if TYPE_CHECKING:
    from collections.abc import Iterable

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MOVES = ["start", "complete", "remind", "late", "escalate", "hand_over", "complete", "late", "late", "complete"]
"""What becomes of every complaint: nobody judges it in time, so it is handed over; the call-back is late as well."""

ENOUGH = "enough"
"""A file of this name in the home: the wave that runs is the last."""


def feed(size: int, part: int, least: int) -> None:
    """Waves of so many complaints, in jobs of so many, until ``least`` moves are made and the file ``ENOUGH`` is there.
    Prints the moves made after each wave. Raises ``RuntimeError`` when a job fails.
    """
    wave = 0
    enough = Path(settings.HOME) / ENOUGH
    while made() < least or not enough.exists():
        for stage in _stages(wave, size, part):
            _done([enqueue(name, arguments) for name, arguments in stage])
        wave += 1
        print(made(), flush=True)  # noqa: T201 - whoever kills reads it
    at = _begins(wave) + DAY
    for _again in range(2):
        _done([enqueue("crowd.pass", {"at": at.isoformat()})])


def made() -> int:
    """Moves of cases and of duties."""
    return Move.objects.count() + (Duty.objects.aggregate(made=Sum("moves_done"))["made"] or 0)


def _stages(wave: int, size: int, part: int) -> Iterable[list[tuple[str, dict[str, Any]]]]:
    begins, first = _begins(wave), wave * size
    parts = [{"first": start, "count": part} for start in range(first, first + size, part)]

    def passed(after: timedelta) -> list[tuple[str, dict[str, Any]]]:
        return [("crowd.pass", {"at": (begins + after).isoformat()})] * 2

    def handled(after: timedelta, step: str, outcome: str) -> list[tuple[str, dict[str, Any]]]:
        more = {"at": (begins + after).isoformat(), "step": step, "outcome": outcome}
        return [("crowd.handle", {**each, **more}) for each in parts] + passed(after)

    yield [("crowd.begin", {**each, "at": begins.isoformat()}) for each in parts]
    yield passed(18 * HOUR)
    yield passed(24 * HOUR)
    yield passed(48 * HOUR)
    yield handled(49 * HOUR, "judging", "成立")
    yield passed(4 * DAY)
    yield handled(4 * DAY + HOUR, "calling", "满意")


def _begins(wave: int) -> datetime:
    """Five days between waves: what becomes due in one is done before the next begins."""
    year = clock.now().year + 1
    return datetime(year, 1, 4, 1, tzinfo=UTC) + 5 * DAY * wave


def _done(ids: list[int]) -> None:
    """Wait until these are done."""
    jobs = Job.objects.filter(pk__in=ids)
    while jobs.exclude(state=State.DONE).exists():
        failed = jobs.filter(state__in=[State.FAILED, State.CANCELLED]).first()
        if failed is not None:
            raise RuntimeError(f"{failed.name} {failed.arguments}: {failed.error}")
        time.sleep(0.05)
