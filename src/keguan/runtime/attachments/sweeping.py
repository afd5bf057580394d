"""What the clock does to attachments: what was let go of is deleted, and what no record took."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from keguan.runtime import clock
from keguan.runtime.attachments import folder
from keguan.runtime.attachments.keeping import delete_gone
from keguan.runtime.attachments.models import Attachment

if TYPE_CHECKING:
    from datetime import datetime

LIMIT = 1_000
STRAY = timedelta(days=1)
"""A file that came in so long ago and that no record has belongs to a request that died."""


def sweep(limit: int = LIMIT) -> int:
    """Delete what was let go of and could not be deleted at once, move in what was committed and could not move, delete
    what no record took; how many. May die at any line and be called again. One query where there is nothing.
    """
    gone = Attachment.objects.filter(gone_at__isnull=False).order_by("gone_at", "id")
    done = delete_gone(list(gone.values_list("pk", flat=True)[:limit]))
    waiting = folder.waiting(clock.now() - STRAY)[:limit]
    if waiting:
        known = set(Attachment.objects.filter(token__in=waiting).values_list("token", flat=True))
        for token in waiting:
            (folder.settle if token in known else folder.delete)(token)
        done += len(waiting)
    return done


def next_moment() -> datetime | None:
    """When there is something to do next, as far as the database tells; None for nothing. One query."""
    return clock.now() if Attachment.objects.filter(gone_at__isnull=False).exists() else None
