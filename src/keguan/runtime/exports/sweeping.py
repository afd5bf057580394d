"""What the clock does to exports: files whose time is over are deleted, and so are those that nobody knows."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Min

from keguan.runtime import clock
from keguan.runtime.exports import files
from keguan.runtime.exports.actions.begin import entry
from keguan.runtime.exports.actions.finish import Finish
from keguan.runtime.exports.models import OVER, Export, ExportState
from keguan.runtime.jobs import queries as jobs
from keguan.runtime.ledger.actions import SYSTEM, append

if TYPE_CHECKING:
    from datetime import datetime

LIMIT = 1_000
_STRAY = timedelta(days=1)
"""A file this old that no export is making or keeps belongs to a process that died."""


def expire(limit: int = LIMIT) -> int:
    """Delete what is over by now; how many. The entry of the ledger is written first: a file that is deleted twice does
    no harm, one that is never deleted does.
    """
    done = 0
    over = Export.objects.filter(state=ExportState.READY, expires_at__lte=clock.now()).order_by("expires_at", "id")
    for export in list(over[:limit]):
        with transaction.atomic():
            mine = Export.objects.filter(pk=export.pk, state=ExportState.READY)
            if mine.update(state=ExportState.EXPIRED, file=""):
                append(SYSTEM, [entry(export, "exports.expire", times=export.downloads)])
                done += 1
        files.destroy(export.file)
    if done:
        _sweep()
    return done


def settle() -> int:
    """Close the exports whose job is over and could not say so: given up after it had killed too many workers, say. How
    many there were. Two queries where there are none.
    """
    making = list(Export.objects.exclude(state__in=OVER).order_by("id")[:LIMIT])
    known = jobs.jobs_by_id([each.job_id for each in making if each.job_id is not None])
    stuck = [each for each in making if (job := known.get(each.job_id or 0)) is not None and job.over]
    for export in stuck:
        sentence = known[export.job_id or 0].error
        Finish(actor=SYSTEM, export_id=export.pk, state=ExportState.FAILED, error=sentence).run()
    return len(stuck)


def next_moment() -> datetime | None:
    """When a file's time is over next; None when there is none. One query."""
    ready = Export.objects.filter(state=ExportState.READY, expires_at__isnull=False)
    found: datetime | None = ready.aggregate(at=Min("expires_at"))["at"]
    return found


def _sweep() -> None:
    kept = Export.objects.exclude(file="").values_list("file", flat=True)
    making = Export.objects.exclude(state__in=OVER).values_list("token", flat=True)
    files.sweep({*kept, *(f"{token:016x}" for token in making)}, clock.now() - _STRAY)
