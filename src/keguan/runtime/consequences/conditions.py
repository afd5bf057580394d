"""Rows that wait for a condition: noticing of which records it has become true, by a change or by a new day.

What was last seen of a record stands in ``Watched``; the entry of record 0 says that a row's records have been looked
through, and on which day.
"""

from __future__ import annotations

from hashlib import blake2s
from typing import TYPE_CHECKING

from django.db import connection, transaction

from keguan.language.feel.walk import parameters
from keguan.language.model.consequence import EVENT_VALUES, EventKind
from keguan.runtime import clock
from keguan.runtime.calendars import queries as calendars
from keguan.runtime.consequences.happenings import Happening
from keguan.runtime.consequences.proposing import propose
from keguan.runtime.duties.judging import source, true_ids
from keguan.runtime.duties.models import Watched
from keguan.runtime.duties.watching import observe
from keguan.runtime.policies.queries import in_force_on

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from keguan.language.model.consequence import Consequence, ConsequenceRow
    from keguan.language.model.model import Model
    from keguan.runtime.policies.queries import Current

TRUE, FALSE = "1", "0"
MARK = 0
"""No record has this id."""

_PART = 1_000


def conditional(model: Model) -> Iterator[tuple[Consequence, ConsequenceRow]]:
    """The rows that wait for a condition; one that reads the event itself can become true of no record."""
    for block in model.blocks.consequences.values():
        for row in block.rows:
            condition = row.condition if row.event.kind is EventKind.CONDITION else None
            reads_event = condition is not None and bool(parameters(condition) & EVENT_VALUES.keys())
            if condition is not None and block.record_type is not None and not reads_event:
                yield block, row


def look_at(policy: Current, block: Consequence, row: ConsequenceRow, ids: Collection[int]) -> None:
    """Propose for those of these records of which the row's condition has become true. Inside a transaction."""
    assert block.record_type is not None and row.condition is not None  # noqa: PT018, S101 - only such rows come here
    true = true_ids(policy.model, block.record_type, row.condition, ids)
    before = observe(_watch(block, row), {each: TRUE if each in true else FALSE for each in sorted(ids)})
    at = clock.now().isoformat(timespec="seconds")
    for record_id in sorted(true & before.keys()):
        once = f"record:{block.record_type}:{record_id}:{at}"[:80]
        propose(policy, block, row, Happening(EventKind.CONDITION, None, once, block.record_type, record_id))


def note_all(policy: Current) -> None:
    """What is true already when a policy comes into force is only noted: nothing has become true by it."""
    for block, row in conditional(policy.model):
        if Watched.objects.filter(watch=_watch(block, row), record_id=MARK).exists():
            continue
        with transaction.atomic():
            true = _true(policy, block, row)
            for first in range(0, len(true), _PART):
                observe(_watch(block, row), dict.fromkeys(true[first : first + _PART], TRUE))
            observe(_watch(block, row), {MARK: clock.today().isoformat()})


def new_day() -> None:
    """Once a day, and when a policy has come into force, look through all records: a condition may have become true, or
    false, without anybody's doing. Two queries for each row when that is done.
    """
    policy = in_force_on(clock.today())
    if policy is None:
        return
    note_all(policy)
    today = clock.today().isoformat()
    with calendars.pinned():
        for block, row in conditional(policy.model):
            watch = _watch(block, row)
            seen = Watched.objects.filter(watch=watch)
            if seen.filter(record_id=MARK, value=today).exists():
                continue
            true = set(_true(policy, block, row))
            known = set(seen.filter(value=TRUE).exclude(record_id=MARK).values_list("record_id", flat=True))
            differs = sorted(true ^ known)
            for first in range(0, len(differs), _PART):
                with transaction.atomic():
                    look_at(policy, block, row, differs[first : first + _PART])
            with transaction.atomic():
                observe(watch, {MARK: today})


def _true(policy: Current, block: Consequence, row: ConsequenceRow) -> list[int]:
    """The records of which the row's condition is true now."""
    assert block.record_type is not None and row.condition is not None  # noqa: PT018, S101 - only such rows come here
    sql, parameters_ = source(policy.model, block.record_type, {"value": row.condition}, only=False)
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT id FROM ({sql}) AS found WHERE "value" IS TRUE', parameters_)
        return [each[0] for each in cursor.fetchall()]


def _watch(block: Consequence, row: ConsequenceRow) -> str:
    """The row by what it says, so that a reworded condition is looked at afresh."""
    said = blake2s(repr(row.condition).encode(), digest_size=6).hexdigest()
    return f"consequence:{block.code}:{row.number}:{said}"[:120]
