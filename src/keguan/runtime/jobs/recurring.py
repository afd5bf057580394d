"""What happens by itself again and again: sealing the ledger, and what other apps register when they start."""

from __future__ import annotations

import logging
from datetime import timedelta

from django_q.models import Schedule

from keguan.runtime import clock
from keguan.runtime.ledger.actions import seal

_log = logging.getLogger(__name__)

SEAL = "keguan.runtime.jobs.recurring.seal_ledger"

_every_minute: dict[str, str] = {"ledger.seal": SEAL}


def every_minute(name: str, function: str) -> None:
    """Have the worker call ``function`` (a dotted path, no arguments) about once a minute.

    Called in ``AppConfig.ready``. Two calls may overlap and one may be killed at any line, so the function finds by
    itself what is to be done.
    """
    _every_minute[name] = function


def ensure_schedules() -> None:
    """Make sure that the schedules exist, once each."""
    first = clock.now() + timedelta(minutes=1)
    for name, function in _every_minute.items():
        kind = {"schedule_type": Schedule.MINUTES, "minutes": 1, "repeats": -1}
        Schedule.objects.update_or_create(
            name=name, defaults={"func": function}, create_defaults={"func": function, "next_run": first, **kind}
        )


def seal_ledger() -> None:
    """Seal what is not sealed yet. When writers are busy, the next minute does it."""
    sealed = seal()
    if sealed.entries:
        _log.info("sealed", extra={"facts": {"entries": sealed.entries, "blocks": sealed.blocks}})
