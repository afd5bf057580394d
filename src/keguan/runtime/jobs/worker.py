"""The worker: django-q2's cluster as a child process, watched by this one, which also looks after lost jobs.

Only the child's first process is told to end: a TERM to its whole group leaves it hanging. What does not end in time
is killed, which every job can stand. A cluster that loses its first or its second process is not whole any more, though
the others go on, and one that lives may do nothing (``stuck``): both are killed and a new cluster takes their place.
"""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from typing import TYPE_CHECKING

from django.db import DatabaseError, close_old_connections

from keguan.runtime.jobs import stuck
from keguan.runtime.jobs.bound import bound
from keguan.runtime.jobs.recurring import ensure_schedules
from keguan.runtime.jobs.working import recover

if TYPE_CHECKING:
    from types import FrameType

_log = logging.getLogger(__name__)

LOOK = 1.0
"""Seconds between two looks for jobs whose worker has died."""

PATIENCE = 5.0
"""Seconds that running jobs get to end before they are killed (and run again by the next worker)."""

AT_ONCE = 10.0
"""A cluster that ends within so many seconds of its start cannot work here, and is not started again."""


class _Stop(Exception):
    """TERM or Ctrl-C."""


def work() -> int:
    """Run jobs until TERM or Ctrl-C and return the exit code: 0, another when a cluster ends as soon as it starts."""
    signal.signal(signal.SIGTERM, _stop)
    signal.signal(signal.SIGINT, _stop)
    child: subprocess.Popen[bytes] | None = None
    patience = stuck.PATIENCE
    try:
        ensure_schedules()
        while True:
            began, watch = time.monotonic(), stuck.Watch(patience)
            child = _cluster()
            while child.poll() is None:
                if _recover(watch):
                    # In case it was only slow: the next one gets more time, up to a point.
                    patience = min(patience * 2, stuck.PATIENCE * stuck.AT_MOST)
                    break
                time.sleep(LOOK)
            _kill_rest(child)
            child.wait()
            if time.monotonic() - began < AT_ONCE:
                return child.returncode or 1
            _log.warning("the cluster was killed; another one starts", extra={"facts": {"code": child.returncode}})
    except _Stop:
        _end(child)
        return 0


def _cluster() -> subprocess.Popen[bytes]:
    # A forked process must not share its parent's pooled connections: the cluster goes without the pool.
    environment = {**os.environ, "KEGUAN_POOL": "0"}
    environment.setdefault("DJANGO_SETTINGS_MODULE", "keguan.config.settings")
    command = [sys.executable, "-m", "django", "qcluster"]
    return subprocess.Popen(bound(command), env=environment, start_new_session=True)  # noqa: S603 - our own command


def _recover(watch: stuck.Watch) -> bool:
    """Look for lost jobs; whether the cluster is stuck."""
    close_old_connections()
    try:
        found = recover()
        hangs = watch.stuck()
    except DatabaseError:
        _log.warning("the database does not answer; lost jobs are looked for again", exc_info=True)
        return False
    if found:
        _log.info("jobs of a dead worker are run again", extra={"facts": {"jobs": found}})
    return hangs


def _end(child: subprocess.Popen[bytes] | None) -> None:
    """End the child's first process, then kill whatever is left of its group."""
    if child is None:
        return
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    child.terminate()
    try:
        child.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        _log.info("jobs still running are stopped; the next worker runs them again")
    _kill_rest(child)
    child.wait()


def _kill_rest(child: subprocess.Popen[bytes]) -> None:
    """Kill what is left of the cluster: its processes outlive their first one, and would be at jobs for ever."""
    with suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)


def _stop(_signal: int, _frame: FrameType | None) -> None:
    raise _Stop
