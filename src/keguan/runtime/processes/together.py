"""Many cases at once: read together, and what happens to them written together, for the sweep."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import connection

from keguan.runtime.processes.forms.held import preload
from keguan.runtime.processes.models import Case, Move, Share, Task
from keguan.runtime.processes.standing import made_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from keguan.runtime.processes.standing import Happened, Standing

_CASE = ("version", "state", "due_at", "paused_at", "closed_at", "late", "idle", "worked", "next_at")
"""What the clock can change on a case."""

_TASK = ("moves_done", "late", "next_at")
"""What the clock changes on a step that stays open."""


@dataclass(slots=True, eq=False)
class Writes:
    """What is to be stored: moves in order, cases with the version at which they were read, and steps."""

    moves: list[Move] = field(default_factory=list)
    cases: dict[int, tuple[Case, int]] = field(default_factory=dict)
    tasks: dict[int, Task] = field(default_factory=dict)

    def store(self) -> None:
        """Store everything, in three statements. Raises ``RuntimeError`` when a case was moved on meanwhile, which the
        lock on it excludes.
        """
        Move.objects.bulk_create(self.moves, batch_size=500)
        _update("processes_task", _TASK, [(task, task.pk, None) for task in self.tasks.values()])
        _update("processes_case", _CASE, [(case, case.pk, version) for case, version in self.cases.values()])
        self.moves, self.cases, self.tasks = [], {}, {}


def standings(case_ids: Collection[int], happened: Happened) -> list[Standing]:
    """These cases, by id, locked where the database locks rows; those that somebody else holds right now are left out,
    and so are sub-cases, which are locked after the cases that they belong to. Four queries.
    """
    rows = Case.objects.filter(pk__in=case_ids, parent_task=None).order_by("id")
    if connection.vendor == "postgresql":
        rows = rows.select_for_update(skip_locked=True)
    cases = list(rows)
    ids = [case.pk for case in cases]
    tasks: dict[int, list[Task]] = defaultdict(list)
    for task in Task.objects.filter(case_id__in=ids).order_by("id"):
        tasks[task.case_id].append(task)
    shares: dict[int, list[Share]] = defaultdict(list)
    for share in Share.objects.filter(case_id__in=ids).order_by("task_id", "place", "id"):
        shares[share.case_id].append(share)
    found = [made_of(case, tasks[case.pk], shares[case.pk], happened) for case in cases]
    preload(found)
    return found


def _update(table: str, columns: tuple[str, ...], rows: Iterable[tuple[Any, int, int | None]]) -> None:
    """Set these columns of rows by id, and by the version at which they were read where one is given."""
    values = [[*(_stored(getattr(row, name)) for name in columns), row_id, version] for row, row_id, version in rows]
    if not values:
        return
    versioned = values[0][-1] is not None
    assigned = ", ".join(f"{connection.ops.quote_name(name)} = %s" for name in columns)
    where = "id = %s AND version = %s" if versioned else "id = %s"
    parameters = values if versioned else [each[:-1] for each in values]
    with connection.cursor() as cursor:
        cursor.executemany(f"UPDATE {table} SET {assigned} WHERE {where}", parameters)
        if cursor.rowcount != len(values):
            raise RuntimeError(f"{len(values) - cursor.rowcount} rows of {table} were changed by somebody else")


def _stored(value: Any) -> Any:
    return connection.ops.adapt_datetimefield_value(value) if isinstance(value, datetime) else value
