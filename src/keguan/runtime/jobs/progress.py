"""How a running job tells how far it is, and hears that it should stop."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING

from keguan.runtime.jobs.models import Job

if TYPE_CHECKING:
    from collections.abc import Callable

INTERVAL = 0.5
"""Seconds between two notes in the database; steps in between cost nothing."""


class Cancelled(Exception):
    """Raised by a job that stops because it was asked to; what it has committed stays."""


class Progress:
    """One job's progress. ``watch`` is also told every step (the command line's bar)."""

    def __init__(self, job_id: int, watch: Callable[[int, int], None] | None = None) -> None:
        self.job_id = job_id
        self._watch = watch
        self._noted = self._asked = float("-inf")
        self._cancelled = False

    def step(self, done: int, total: int) -> None:
        """So many of so many are done. Call it outside the job's own transactions, or nobody sees it until they end."""
        if self._watch is not None:
            self._watch(done, total)
        if done >= total or monotonic() - self._noted >= INTERVAL:
            Job.objects.filter(pk=self.job_id).update(done=done, total=total)
            self._noted = monotonic()

    def say(self, message: str) -> None:
        """A sentence about what is being done now."""
        Job.objects.filter(pk=self.job_id).update(message=message)

    @property
    def cancelled(self) -> bool:
        """Whether somebody asked this job to stop. Asked of the database at most twice a second."""
        if not self._cancelled and monotonic() - self._asked >= INTERVAL:
            self._cancelled = Job.objects.filter(pk=self.job_id, cancel_requested=True).exists()
            self._asked = monotonic()
        return self._cancelled

    def check_cancelled(self) -> None:
        """Raise ``Cancelled`` when somebody asked this job to stop."""
        if self.cancelled:
            raise Cancelled
