"""Putting work off until later, and calling it off."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from keguan.runtime import clock
from keguan.runtime.jobs.models import Job, State
from keguan.runtime.jobs.progress import Cancelled, Progress
from keguan.runtime.jobs.queue import wake_worker
from keguan.runtime.jobs.registry import job, work_of
from keguan.runtime.jobs.working import recover, run_now
from keguan.runtime.ledger.actions import Action, Record, Refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["CancelJob", "Cancelled", "Progress", "enqueue", "job", "recover", "run_now"]


def enqueue(name: str, arguments: Mapping[str, Any], created_by: int | None = None, *, wake: bool = True) -> int:
    """Put a job in the queue and return its id. Undone with the caller's transaction, which also writes the ledger.

    ``wake=False`` leaves it to ``run_now`` (the command line). Raises ``ValueError`` for a name that no app has
    registered and ``TypeError`` for arguments that are not JSON.
    """
    if work_of(name) is None:
        raise ValueError(f"no app has registered a job {name!r}")
    stored = json.dumps(dict(arguments), ensure_ascii=False)
    with transaction.atomic():
        woken = clock.machine_now() if wake else None  # the queue does not know of drills
        waiting = Job.objects.create(
            name=name, arguments=stored, created_by=created_by, created_at=clock.now(), woken_at=woken
        )
        if wake:
            wake_worker(waiting.pk)
    return waiting.pk


@dataclass(frozen=True, kw_only=True)
class CancelJob(Action[None]):
    """Ask a job to stop. One that waits is over at once; one that runs stops at its next step."""

    name: ClassVar[str] = "jobs.cancel"
    job_id: int

    def check(self) -> None:
        """Refuse a job that is over, and somebody else's (its domain cancels for others, with its own permission)."""
        found = Job.objects.filter(pk=self.job_id).first()
        if found is None or found.state not in {State.WAITING, State.RUNNING}:
            raise Refused("jobs.over", _("这项作业已经结束，不用取消。"))
        if self.actor.staff_id is not None and self.actor.staff_id != found.created_by:
            raise Refused("jobs.not_yours", _("只有发起人可以取消这项作业。"))

    def do(self) -> None:
        """Note the wish; a waiting job ends here. Compare-and-set: a worker may claim it at this very moment."""
        Job.objects.filter(pk=self.job_id).update(cancel_requested=True)
        Job.objects.filter(pk=self.job_id, state=State.WAITING).update(state=State.CANCELLED, finished_at=clock.now())

    def log(self, result: None) -> Iterable[Record]:
        """Which job."""
        return [Record(self.name, "job", self.job_id)]
