"""The only file that wakes workers through django-q2. Its messages carry one number, the job's id (docs/adr/0003).

Two brokers can carry them: the database, in which a message is part of the transaction that sends it, and Redis
(``KEGUAN_BROKER``), to which it goes once the transaction has committed. With either the job's row is the truth, and a
message that was lost is made up for by ``working.recover``.
"""

from __future__ import annotations

import logging

from django.conf import settings
from django.db import transaction
from django_q.brokers import get_broker
from django_q.tasks import async_task

_log = logging.getLogger(__name__)

_WAKE = "keguan.runtime.jobs.working.wake"


def wake_worker(job_id: int) -> None:
    """Tell a worker that a job waits: nobody hears of it before the running transaction commits, or if it does not."""
    if not settings.BROKER:
        async_task(_WAKE, job_id)
        return
    transaction.on_commit(lambda: _send(job_id), robust=True)


def queue_is_empty() -> bool:
    """Whether no message waits to be taken. False as well when the broker does not answer."""
    return queue_size() == 0


def queue_size() -> int | None:
    """How many messages wait to be taken; None when the broker does not answer."""
    try:
        return int(get_broker().queue_size())
    except OSError:
        return None
    except Exception as error:
        if not _from_redis(error):
            raise
        return None


def _send(job_id: int) -> None:
    """Best effort: when the broker is down the job waits until it is back, and nothing fails for that."""
    try:
        async_task(_WAKE, job_id)
    except Exception as error:
        if not _from_redis(error):
            raise
        _log.warning("the broker does not answer; the job waits for it", extra={"facts": {"job": job_id}})


def _from_redis(error: Exception) -> bool:
    import redis

    return isinstance(error, redis.RedisError)
