"""Processes that die: each is forked from one that has loaded the program, and kills itself before some statement."""

from __future__ import annotations

import os
import signal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


def forked(attempt: Callable[[], object], before: int | None) -> bool:
    """Do it in a fork, which is killed with -9 before the statement of that number, counted from 1; None: it may end.

    Returns whether it died so. Raises ``RuntimeError`` when it failed otherwise.
    """
    from django.db import connection, connections

    connections.close_all()
    child = os.fork()
    if child == 0:
        code = 1
        try:
            with connection.execute_wrapper(_Death(before)):
                attempt()
            code = 0
        finally:
            os._exit(code)
    status = os.waitpid(child, 0)[1]
    if status not in (0, signal.SIGKILL):
        raise RuntimeError(f"the fork ended with {status}")
    return status != 0


class _Death:
    """Kills this process before a statement."""

    def __init__(self, before: int | None) -> None:
        self._left = before

    def __call__(self, execute: Callable[..., object], *arguments: object) -> object:
        if self._left is not None:
            self._left -= 1
            if self._left == 0:
                os.kill(os.getpid(), signal.SIGKILL)
        return execute(*arguments)
