"""What happens by itself again and again: sealing the ledger, and what other apps register when they start."""

from __future__ import annotations

import logging
from datetime import timedelta
from functools import partial
from typing import Any

from django.utils.module_loading import import_string
from django_q.models import Schedule

from keguan.runtime import clock
from keguan.runtime.clock import drill
from keguan.runtime.ledger import anchors, readings
from keguan.runtime.ledger.actions import seal

_log = logging.getLogger(__name__)

SEAL = "keguan.runtime.jobs.recurring.seal_ledger"
ANCHOR = "keguan.runtime.jobs.recurring.anchor_ledger"

_every_minute: dict[str, str] = {}


def every_minute(name: str, function: str, next_due: str = "") -> None:
    """Have the worker call ``function`` (a dotted path, no arguments) about once a minute, and a drill at every step.

    Called in ``AppConfig.ready``. Two calls may overlap and one may be killed at any line, so the function finds by
    itself what is to be done. ``next_due`` (a dotted path, no arguments) gives the moment when it next has something
    to do, None for never: a drill stops there, so that it is done on time and in order.
    """
    _every_minute[name] = function
    drill.register(name, partial(_call, function), partial(_call, next_due) if next_due else None)


def ensure_schedules() -> None:
    """Make sure that the schedules exist, once each."""
    first = clock.machine_now() + timedelta(minutes=1)  # the queue does not know of drills
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


def anchor_ledger() -> None:
    """Hand the newest block's receipt to the anchor targets whose time it is, and drop notes of days gone by."""
    anchors.publish()
    readings.drop_old()


def _call(function: str) -> Any:
    """Call what stands under a dotted path, loaded only now."""
    return import_string(function)()


every_minute("ledger.seal", SEAL)
every_minute("ledger.anchor", ANCHOR)
