"""Doing the work: every day's computation, a batch step by step, and once more what a backup brought back.

All of it may be killed at any line and be called again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection
from django.utils.translation import gettext as _

from keguan.language.model.retention import laid_terms
from keguan.runtime import clock
from keguan.runtime.policies.queries import current, in_force_on, pinned
from keguan.runtime.retention.actions.carry_out import AT_ONCE, CarryOut, DestroyAgain
from keguan.runtime.retention.gathering import dispose_by_itself, gather, note_days
from keguan.runtime.retention.keeping import compute
from keguan.runtime.retention.list_file import lines, write_out
from keguan.runtime.retention.models import Aside, Batch, ItemState, Run, Standing

if TYPE_CHECKING:
    from pathlib import Path

    from keguan.language.model.model import Model
    from keguan.runtime.jobs.actions import Progress
    from keguan.runtime.retention.list_file import Line


def catch_up() -> int:
    """Compute how long everything is kept where that has not been done yet for this day by the policy in force, and
    gather what is due; gives how many record types were computed. Called every minute by the worker; cheap when done.
    """
    policy = in_force_on(clock.today())
    if policy is None:
        return 0
    runs = Run.objects.filter(on=clock.today(), publication_id=policy.publication_id)
    state = dict(runs.order_by("gathered").values_list("record_type", "gathered"))
    waiting = sorted(each for each in _types(policy.model) if not state.get(each))
    with pinned():
        for record_type in waiting:
            if record_type not in state:
                compute(policy, record_type)
            gather_after(policy.model, record_type)
            runs.filter(record_type=record_type).update(gathered=True)
    return len(waiting)


def carry_out(batch_id: int, progress: Progress) -> str:
    """Carry out what is left of a batch; the summary."""
    total = Batch.objects.get(pk=batch_id).items.exclude(state=ItemState.STRUCK).count()
    done = Batch.objects.get(pk=batch_id).items.filter(state__in=(ItemState.DONE, ItemState.SPARED)).count()
    while True:
        step = CarryOut(batch_id=batch_id).run()
        write_out()
        if not step.done and not step.spared:
            break
        done += step.done + step.spared
        progress.step(done, total)
    forget_pages()
    batch = Batch.objects.get(pk=batch_id)
    return _("已处理 %(done)s 份，留下 %(spared)s 份。") % {"done": batch.done, "spared": batch.spared}


def reapply(file: Path | None = None) -> tuple[int, int]:
    """Destroy again what the list of destruction beside the database names: how many were there again, and how many
    lines could not be trusted.
    """
    again, wrong = 0, 0
    by_type: dict[str, list[Line]] = {}
    for line in lines(file):
        if line.genuine:
            by_type.setdefault(str(line.values["record_type"]), []).append(line)
        else:
            wrong += 1
    with pinned():
        for record_type, found in sorted(by_type.items()):
            if record_type not in current().model.record_types:
                wrong += len(found)
                continue
            for first in range(0, len(found), AT_ONCE):
                some = found[first : first + AT_ONCE]
                again += DestroyAgain(record_type=record_type, lines=some).run().done
    write_out()
    forget_pages()
    return again, wrong


def forget_pages() -> None:
    """SQLite: what was deleted is overwritten in the file (``secure_delete``), and the log that still held it is cut.

    A reader that is still at it puts the cut off to the next time; inside a transaction there is nothing to cut yet.
    """
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            cursor.fetchall()


def gather_after(model: Model, record_type: str) -> int:
    """What is due after a computation: what goes by itself goes, and the rest is gathered."""
    if record_type not in model.record_types:
        return 0
    note_days(record_type)
    return dispose_by_itself(model, record_type) + gather(model, record_type)


def _types(model: Model) -> set[str]:
    """Record types that something keeps, and those that the policy once kept."""
    kept = {code for code in model.record_types if laid_terms(model, code)}
    known = set(Standing.objects.values_list("record_type", flat=True).distinct())
    known |= set(Aside.objects.values_list("record_type", flat=True).distinct())
    return kept | (known & model.record_types.keys())
