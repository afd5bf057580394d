"""Doing one job, by whichever process comes first, and never by two at once."""

from __future__ import annotations

import json
import logging
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import F
from django.utils.translation import gettext as _

from keguan.runtime import clock
from keguan.runtime.jobs.holding import held
from keguan.runtime.jobs.models import Job, State
from keguan.runtime.jobs.progress import Cancelled, Progress
from keguan.runtime.jobs.queue import queue_is_empty, wake_worker
from keguan.runtime.jobs.registry import Work, work_of
from keguan.runtime.ledger.refusal import Refused

if TYPE_CHECKING:
    from collections.abc import Callable

_log = logging.getLogger(__name__)

MOST_ATTEMPTS = 5
"""A job that killed so many workers is given up: it would kill the next one as well."""


def wake(job_id: int) -> None:
    """What a queue's message does: run the job if it is still to be run."""
    run_now(job_id)


def run_now(job_id: int, watch: Callable[[int, int], None] | None = None) -> bool:
    """Run the job here and now; False when it is over already or another process is at it.

    Never raises for what goes wrong inside the job: that is kept in the job, as a sentence.
    """
    with held(job_id) as free:
        if not free or not _claim(job_id):
            return False
        _finish(job_id, *_outcome(Job.objects.get(pk=job_id), Progress(job_id, watch)))
        return True


FORGOTTEN = timedelta(seconds=5)
"""A job that waits for so long, while no message waits in the queue, has lost its message."""

_MOST_WOKEN = 100
"""Jobs woken in one look; the next look is a second later."""


def recover() -> int:
    """Wake workers for the jobs whose worker has died and for those whose message was lost; return how many."""
    return _recover_running() + _recover_waiting()


def _recover_waiting() -> int:
    """A broker may be stopped, emptied or away when a job is put in: whoever waits in vain is woken again."""
    now = clock.machine_now()
    forgotten = Job.objects.filter(state=State.WAITING, woken_at__lte=now - FORGOTTEN).order_by("id")
    ids = list(forgotten.values_list("id", flat=True)[:_MOST_WOKEN])
    if not ids or not queue_is_empty():
        return 0
    woken = 0
    for job_id in ids:
        if forgotten.filter(pk=job_id).update(woken_at=now):
            wake_worker(job_id)
            woken += 1
    return woken


def _recover_running() -> int:
    found = 0
    for job_id in Job.objects.filter(state=State.RUNNING).values_list("id", flat=True):
        with held(job_id) as free:
            # A job that ended between the query and the lock is not running any more.
            if free and Job.objects.filter(pk=job_id, state=State.RUNNING).update(
                state=State.WAITING, woken_at=clock.machine_now()
            ):
                wake_worker(job_id)
                found += 1
    return found


def _claim(job_id: int) -> bool:
    """Take the job. One that says it is running lost its worker: nobody else can be at it while we hold it."""
    return bool(
        Job.objects.filter(pk=job_id, state__in=[State.WAITING, State.RUNNING]).update(
            state=State.RUNNING, started_at=clock.now(), attempts=F("attempts") + 1
        )
    )


def _outcome(job: Job, progress: Progress) -> tuple[State, str]:
    """Do the work: the state it ends in, and the sentence that goes with it."""
    try:
        return State.DONE, _work(job)(json.loads(job.arguments), progress) or ""
    except Cancelled:
        return State.CANCELLED, ""
    except Refused as refusal:
        return State.FAILED, refusal.message
    except Exception:  # noqa: BLE001 - the worker must outlive whatever a job does wrong
        _log.exception("a job failed", extra={"facts": {"job": job.pk, "name": job.name}})
        return State.FAILED, _("作业 %(id)s 出错中断，已完成的部分保留。请把编号告诉系统管理员。") % {"id": job.pk}


def _work(job: Job) -> Work:
    """The function for this job.

    Raises ``Cancelled`` when it was called off, ``Refused`` when it has killed too many workers or nobody knows it.
    """
    if job.cancel_requested:
        raise Cancelled
    if job.attempts > MOST_ATTEMPTS:
        sentence = _("这项作业已使后台进程中断 %(count)s 次，不再重试。请联系系统管理员。")
        raise Refused("jobs.deadly", sentence % {"count": job.attempts - 1})
    work = work_of(job.name)
    if work is None:
        sentence = _("系统里没有名为 %(name)s 的作业，可能是程序版本不一致。")
        raise Refused("jobs.unknown", sentence % {"name": job.name})
    return work


def _finish(job_id: int, state: State, sentence: str) -> None:
    text = {"error": sentence} if state is State.FAILED else {"message": sentence, "error": ""} if sentence else {}
    Job.objects.filter(pk=job_id).update(state=state, finished_at=clock.now(), **text)
