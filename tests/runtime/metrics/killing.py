"""A process that works figures out and dies by its own hand while the figure after so many is being kept.

    python -m tests.runtime.metrics.killing FIGURES [JOB]

Run in a home of its own (``tests.conftest.Home``). Without a job it publishes figures and begins one, whose id it
prints; with ``FIGURES`` of -1 it does not die, and prints what is left at the end.
"""

from __future__ import annotations

import os
import signal
import sys

import django


def main(after: int, job_id: int | None) -> None:
    """Do the job, and die in the middle of it."""
    django.setup()
    from keguan.runtime.jobs.actions import enqueue, run_now
    from keguan.runtime.jobs.models import Job
    from keguan.runtime.metrics import computing, jobs
    from keguan.runtime.metrics.models import Run, Value
    from tests.runtime.metrics.world import publish_policy

    if job_id is None:
        publish_policy()
        Job.objects.all().delete()
        job_id = enqueue(jobs.COMPUTE_JOB, {}, wake=False)
        sys.stdout.write(f"{job_id}\n")
        sys.stdout.flush()
    keep, calls = computing._keep, 0

    def dying(*arguments: object) -> None:
        nonlocal calls
        calls += 1
        keep(*arguments)  # type: ignore[arg-type]
        if after >= 0 and calls > after:
            os.kill(os.getpid(), signal.SIGKILL)

    computing._keep = dying
    run_now(job_id)
    state = Job.objects.get(pk=job_id).state
    figures = sorted(Run.objects.values_list("figure", flat=True))
    wholes = sorted(Value.objects.filter(group="").values_list("figure", flat=True))
    sys.stdout.write(f"{state} {calls} {len(figures)} {figures == wholes == sorted(set(figures))}\n")


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else None)
