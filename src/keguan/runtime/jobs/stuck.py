"""Noticing a cluster that lives and does nothing.

The processes of django-q2's pool take turns at a pipe, with a lock around it. One that is killed while it holds that
lock takes it to its grave: the others, and whoever replaces it, wait for ever.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from keguan.runtime.jobs.models import Job, State
from keguan.runtime.jobs.queue import queue_size

if TYPE_CHECKING:
    from collections.abc import Callable

PATIENCE = 60.0
"""Seconds for which something may wait while nobody is at any job. What happens every minute seldom takes as long; when
it did, the next cluster gets twice the time.
"""

AT_MOST = 8
"""So many times the patience is the most that a cluster gets."""

_MOST_WATCHED = 100
_QUEUE = 0
"""Stands for the queue itself among the numbers of jobs, which begin with one."""


class Watch:
    """Watches one cluster. Each new cluster gets a new watch, and ``patience`` seconds anew."""

    def __init__(self, patience: float, now: Callable[[], float] = time.monotonic) -> None:
        self._patience, self._now = patience, now
        self._waits_since: dict[int, float] = {}

    def stuck(self) -> bool:
        """Whether the same job, or the queue, has waited all the while, and nobody is at a job. Up to three queries.

        While the broker does not answer, everybody waits for it, and no cluster is to blame.
        """
        now, messages = self._now(), queue_size()
        waiting = [] if messages is None else [*([_QUEUE] if messages else []), *_waiting()]
        self._waits_since = {each: self._waits_since.get(each, now) for each in waiting}
        waited = max((now - since for since in self._waits_since.values()), default=0.0)
        if waited < self._patience:
            return False
        return not Job.objects.filter(state=State.RUNNING).exists()


def _waiting() -> list[int]:
    told = Job.objects.filter(state=State.WAITING, woken_at__isnull=False).order_by("id")
    return list(told.values_list("id", flat=True)[:_MOST_WATCHED])
