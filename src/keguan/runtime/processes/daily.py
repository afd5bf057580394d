"""当 …: a condition may become true by the day passing. Once a day every record is asked about, by the database."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from django.db import connection, transaction

from keguan.language.feel.typed import Today
from keguan.language.feel.walk import walk
from keguan.runtime import clock
from keguan.runtime.calendars import queries as calendars
from keguan.runtime.duties.judging import source
from keguan.runtime.policies.queries import current, in_force_on, pinned
from keguan.runtime.processes.models import Case, CaseState, Looked, Met

if TYPE_CHECKING:
    from keguan.language.feel.typed import Typed
    from keguan.language.model.process import Process
    from keguan.runtime.policies.queries import Current

_PAUSE = "#pause"

BATCH = 200
"""So many cases are begun in one transaction."""


def catch_up() -> int:
    """Ask every condition that starts a process about all records, if that was not done yet today, and begin the cases
    that are to begin. Gives how many. Cheap when there is nothing to do: two queries.

    Called every minute by the worker; may be called at any time, and be killed at any line: what has begun is not begun
    again, and what has not is met by the next call.
    """
    if in_force_on(clock.today()) is None:
        return 0
    begun = 0
    with pinned(), calendars.pinned():
        policy = current()
        done = dict(Looked.objects.filter(on=clock.today()).values_list("process", "condition"))
        for process in policy.model.blocks.processes.values():
            start, pause = process.start.condition, process.pause.condition
            if start is not None and done.get(process.code) != digest(start):
                begun += _go_over(policy, process)
            if pause is not None and process.code + _PAUSE not in done:
                _look_at_pauses(process, pause)
    return begun


def note_known(policy: Current, process: Process) -> None:
    """Note of which records a condition is true already, when it is a new one; a known one is left to ``catch_up``."""
    condition = process.start.condition
    assert condition is not None  # noqa: S101 - asked only of such
    name = digest(condition)
    if Looked.objects.filter(process=process.code, condition=name).exists():
        return
    true = _true(policy, process, condition)
    with transaction.atomic():
        Met.objects.filter(process=process.code).delete()
        Met.objects.bulk_create([Met(process=process.code, record_id=record_id) for record_id in true], batch_size=1000)
        _looked(process.code, name)


def digest(condition: Typed) -> str:
    """Names what a condition means: two that are written differently and mean the same may have two names."""
    return hashlib.sha256(repr(condition).encode()).hexdigest()


def _go_over(policy: Current, process: Process) -> int:
    from keguan.runtime.processes.reactions import start_where_true  # it listens, and stands on this file

    condition = process.start.condition
    assert condition is not None  # noqa: S101 - asked only of such
    name = digest(condition)
    if not Looked.objects.filter(process=process.code, condition=name).exists():
        note_known(policy, process)
        return 0
    true = set(_true(policy, process, condition))
    met = set(Met.objects.filter(process=process.code).values_list("record_id", flat=True))
    changed = sorted(true ^ met)
    begun = 0
    for first in range(0, len(changed), BATCH):
        with transaction.atomic():
            begun += start_where_true(policy, process, changed[first : first + BATCH])
    _looked(process.code, name)
    return begun


def _true(policy: Current, process: Process, condition: Typed) -> list[int]:
    sql, parameters = source(policy.model, process.record_type, {"value": condition}, only=False)
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT id FROM ({sql}) AS found WHERE "value" IS TRUE ORDER BY id', parameters)
        return [row[0] for row in cursor.fetchall()]


def _looked(process: str, name: str) -> None:
    Looked.objects.update_or_create(process=process, defaults={"condition": name, "on": clock.today()})


def _look_at_pauses(process: Process, condition: Typed) -> None:
    """Cases whose clocks stand while a condition about the day is true are looked at by the next sweep."""
    if any(isinstance(part, Today) for part in walk(condition)):
        Case.objects.filter(process=process.code, state=CaseState.OPEN).update(next_at=clock.now())
    _looked(process.code + _PAUSE, digest(condition))
