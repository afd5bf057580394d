"""Reading what is sensitive is written down, once for each person, subject and day."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from keguan.runtime import clock
from keguan.runtime.ledger.append import Record, append
from keguan.runtime.ledger.models import Reading

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from keguan.runtime.ledger.actor import Actor

ACTION = "ledger.read"
_PART = 400


def reading_noted(
    actor: Actor,
    subject_type: str,
    subject_ids: Sequence[int | str],
    clause: str = "",
    facts: Mapping[str, object] = {},
) -> int:
    """Write down that the actor looked at these subjects, and return how many were not written down yet today.

    One entry for all of them together: about the subject itself when it is one, else with their numbers in ``ids``.
    ``facts`` goes into the entry's data (codes only: ``{"classes": ["C3"], "through": "profile"}``). Nothing is written
    for the system, and nothing when all have been written down today: that costs one query. A reveal is an action of
    its own and not written here.
    """
    wanted = sorted({str(subject) for subject in subject_ids})
    if actor.staff_id is None or not wanted or _known(actor.staff_id, subject_type, wanted) >= set(wanted):
        return 0
    with transaction.atomic():
        fresh = _claimed(actor.staff_id, subject_type, wanted)
        if fresh:
            one = fresh[0] if len(fresh) == 1 else None
            data = {**facts, "count": len(fresh)} | ({} if one else {"ids": fresh})
            append(actor, [Record(ACTION, subject_type, one, clause, data)])
    return len(fresh)


def first_today(actor_id: int, what: str, which: str) -> bool:
    """Whether this is the first time today; noted with the answer. For what else is written down once."""
    return bool(_claimed(actor_id, what, [which]))


def drop_old() -> int:
    """Forget what was noted before yesterday: it is asked for today only. The entries stay. Returns how many."""
    return Reading.objects.filter(day__lt=clock.today() - timedelta(days=1)).delete()[0]


def _known(actor_id: int, subject_type: str, subjects: Collection[str]) -> set[str]:
    rows = Reading.objects.filter(day=clock.today(), actor_id=actor_id, subject_type=subject_type)
    return set(rows.filter(subject_id__in=subjects).values_list("subject_id", flat=True))


def _claimed(actor_id: int, subject_type: str, subjects: Sequence[str]) -> list[str]:
    """Those that were not noted, noted now. Another transaction that notes the same at this moment may win some: then
    there is one entry too many, never one too few.
    """
    day = clock.today()
    fresh = []
    for first in range(0, len(subjects), _PART):
        part = subjects[first : first + _PART]
        known = _known(actor_id, subject_type, part)
        fresh += [subject for subject in part if subject not in known]
    rows = [Reading(day=day, actor_id=actor_id, subject_type=subject_type, subject_id=subject) for subject in fresh]
    Reading.objects.bulk_create(rows, batch_size=_PART, ignore_conflicts=True)
    return fresh
