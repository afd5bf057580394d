"""Jobs as they are stored. This row is the truth about a job; a queue's message only wakes a worker."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class State(models.TextChoices):
    """How far a job is."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


class Job(models.Model):
    """One piece of work. ``arguments`` is JSON text. ``attempts`` counts how often a worker began it."""

    name = models.CharField(max_length=80)
    arguments = models.TextField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    done = models.BigIntegerField(default=0)
    total = models.BigIntegerField(default=0)
    message = models.TextField(default="")
    error = models.TextField(default="")
    cancel_requested = models.BooleanField(default=False)
    attempts = models.IntegerField(default=0)
    created_by = models.BigIntegerField(null=True)
    created_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    woken_at = models.DateTimeField(null=True)  # when a worker was last told of it; None: nobody is to be

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["state", "id"], name="jobs_job_state")]
