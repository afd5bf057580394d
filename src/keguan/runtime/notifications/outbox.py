"""The outbox: every minute what is new is planned, and what is due is sent."""

from __future__ import annotations

import logging

from django.conf import settings

from keguan.runtime.jobs.holding import held
from keguan.runtime.notifications.models import Channel
from keguan.runtime.notifications.planning import plan
from keguan.runtime.notifications.sending import Sent, send

_log = logging.getLogger(__name__)

_PLANNING = 1


def deliver() -> Sent:
    """Plan and send. Two calls may overlap and one may be killed at any line: nothing is lost and nothing doubled."""
    with held(_PLANNING, "outbox") as free:
        if free:
            plan()
    done = Sent()
    if settings.DRILL:  # a rehearsed day must not reach anybody outside
        return done
    for channel in Channel.objects.filter(enabled=True).order_by("id"):
        done += send(channel)
    if done != Sent():
        facts = {"sent": done.sent, "again": done.again, "ended": done.ended, "uncertain": done.uncertain}
        _log.info("notices went out", extra={"facts": facts})
    return done
