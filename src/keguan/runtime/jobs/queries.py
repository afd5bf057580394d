"""Reading jobs."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from keguan.runtime.jobs.models import Job, State

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

__all__ = ["JobCard", "State", "job", "jobs", "jobs_by_id", "unfinished"]


@dataclass(frozen=True, slots=True)
class JobCard:
    """A job for reading. ``error`` is a sentence for the person who began it."""

    id: int
    name: str
    arguments: Mapping[str, Any]
    state: str
    done: int
    total: int
    message: str
    error: str
    cancel_requested: bool
    attempts: int
    created_by: int | None
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None

    @property
    def over(self) -> bool:
        """Whether nothing more will happen to it."""
        return self.state not in {State.WAITING, State.RUNNING}

    @property
    def percent(self) -> int:
        """How much is done, 0 to 100."""
        return 100 * self.done // self.total if self.total else 0


def job(job_id: int) -> JobCard | None:
    """The job with this id, None when there is none. One query."""
    return next(map(_card, Job.objects.filter(pk=job_id)), None)


def jobs(created_by: int | None = None, name: str = "", size: int = 20) -> tuple[JobCard, ...]:
    """The newest jobs, of one person or of one name. One query."""
    found = Job.objects.order_by("-id")
    if created_by is not None:
        found = found.filter(created_by=created_by)
    if name:
        found = found.filter(name=name)
    return tuple(map(_card, found[:size]))


def jobs_by_id(job_ids: Iterable[int]) -> dict[int, JobCard]:
    """These jobs by id. One query."""
    return {card.id: card for card in map(_card, Job.objects.filter(pk__in=set(job_ids)))}


def unfinished(name: str) -> bool:
    """Whether a job of this name waits or runs. One query."""
    return Job.objects.filter(name=name, state__in=[State.WAITING, State.RUNNING]).exists()


def _card(stored: Job) -> JobCard:
    return JobCard(
        stored.pk,
        stored.name,
        json.loads(stored.arguments),
        stored.state,
        stored.done,
        stored.total,
        stored.message,
        stored.error,
        stored.cancel_requested,
        stored.attempts,
        stored.created_by,
        stored.created_at,
        stored.started_at,
        stored.finished_at,
    )
