"""What the workers do in the tests that kill them: people's moves on cases, and the sweeps and the outbox at a moment.

Each may be killed at any line and is begun again, so each finds out by itself how far it came. Time stands still inside
a job, at the moment that it is given: ahead of the machine's, so that what the worker sweeps by itself finds nothing.
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import connection

from keguan.runtime import clock
from keguan.runtime.duties import sweeping as duties
from keguan.runtime.jobs.actions import Progress, job
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.notifications.outbox import deliver
from keguan.runtime.processes import sweeping as cases
from keguan.runtime.processes.actions import CompleteStep, StartCase
from keguan.runtime.processes.models import Case, Task
from tests.runtime.processes.crowd.company import customer, person

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

MOST_TRIES = 20
"""How often somebody who was overtaken looks again before the job fails."""


@job("crowd.begin")
def begin(arguments: Mapping[str, Any], _progress: Progress) -> None:
    """A customer and a complaint of theirs, for each of these numbers."""
    with at_work(arguments):
        for number in numbers(arguments):
            record_id = filed(number) or customer(f"客{number}")
            if not Case.objects.filter(process="complaint", record_id=record_id).exists():
                values = {"matter": "空调不制冷"}
                StartCase(viewer=person(0), process="complaint", record_id=record_id, values=values).run()


@job("crowd.handle")
def handle(arguments: Mapping[str, Any], _progress: Progress) -> None:
    """The one who checks completes a step of each of these complaints."""
    with at_work(arguments):
        for number in numbers(arguments):
            _complete(number, arguments["step"], arguments["outcome"])


@job("crowd.pass")
def pass_time(arguments: Mapping[str, Any], _progress: Progress) -> None:
    """All that is due by then happens, and goes out."""
    with at_work(arguments):
        cases.every_minute()
        duties.sweep_all()
        deliver()


def filed(number: int) -> int | None:
    """The customer of this number, if there is one."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM rec_customer WHERE name = %s", [f"客{number}"])
        row = cursor.fetchone()
    return None if row is None else row[0]


def numbers(arguments: Mapping[str, Any]) -> range:
    """Of which complaints the job is."""
    return range(arguments["first"], arguments["first"] + arguments["count"])


@contextmanager
def at_work(arguments: Mapping[str, Any]) -> Iterator[None]:
    """At the job's moment; whoever kills can see which process is at it."""
    folder = Path(settings.HOME) / "at-work"
    folder.mkdir(exist_ok=True)
    mark = folder / str(os.getpid())
    mark.touch()
    with clock.hold(datetime.fromisoformat(arguments["at"])):
        yield
    mark.unlink(missing_ok=True)


def _complete(number: int, step: str, outcome: str) -> None:
    case = Case.objects.get(process="complaint", record_id=filed(number))
    viewer = person(2)
    for _try in range(MOST_TRIES):
        task = Task.objects.filter(case=case, step=step, state="open").first()
        if task is None:
            return
        case.refresh_from_db()
        try:
            CompleteStep(viewer=viewer, task_id=task.pk, version=case.version, outcome=outcome).run()
        except Refused as refused:
            if refused.code != "cases.stale":
                raise
    raise RuntimeError(f"{step} of {case.number} is not done")
