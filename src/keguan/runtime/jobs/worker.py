"""The worker: django-q2's cluster as a child process, watched by this one, which also looks after lost jobs.

Only the child's first process is told to end: a TERM to its whole group leaves it hanging. What does not end in time
is killed, which every job can stand.
"""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

from django.db import DatabaseError, close_old_connections

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


class _Stop(Exception):
    """TERM or Ctrl-C."""


def work() -> int:
    """Run jobs until TERM or Ctrl-C and return the exit code: 0, or the child's if it ended by itself."""
    signal.signal(signal.SIGTERM, _stop)
    signal.signal(signal.SIGINT, _stop)
    child: subprocess.Popen[bytes] | None = None
    try:
        ensure_schedules()
        child = _cluster()
        while child.poll() is None:
            _recover()
            time.sleep(LOOK)
    except _Stop:
        _end(child)
        return 0
    return child.returncode


def _cluster() -> subprocess.Popen[bytes]:
    # A forked process must not share its parent's pooled connections: the cluster goes without the pool.
    environment = {**os.environ, "KEGUAN_POOL": "0"}
    environment.setdefault("DJANGO_SETTINGS_MODULE", "keguan.config.settings")
    command = [sys.executable, "-m", "django", "qcluster"]
    return subprocess.Popen(bound(command), env=environment, start_new_session=True)  # noqa: S603 - our own command


def _recover() -> None:
    close_old_connections()
    try:
        found = recover()
    except DatabaseError:
        _log.warning("the database does not answer; lost jobs are looked for again", exc_info=True)
        return
    if found:
        _log.info("jobs of a dead worker are run again", extra={"facts": {"jobs": found}})


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
    try:
        os.killpg(child.pid, signal.SIGKILL)
    except ProcessLookupError:
        return
    child.wait()


def _stop(_signal: int, _frame: FrameType | None) -> None:
    raise _Stop
