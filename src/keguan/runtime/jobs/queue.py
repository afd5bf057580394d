"""The only file that knows django-q2. Its messages carry one number, the job's id (docs/adr/0003-jobs.md)."""

from __future__ import annotations

from django_q.tasks import async_task

_WAKE = "keguan.runtime.jobs.working.wake"


def wake_worker(job_id: int) -> None:
    """Tell a worker that a job waits. Part of the running transaction: undone with it, seen when it commits."""
    async_task(_WAKE, job_id)
