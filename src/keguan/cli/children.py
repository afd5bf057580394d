"""Child processes of ``keguan run``: started together, watched together, stopped together."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from keguan.runtime.jobs.bound import bound

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from types import FrameType

_PATIENCE = 15.0
"""Seconds that a child has to end by itself before it is killed."""


class Stopped(Exception):
    """Someone pressed Ctrl-C or told this process to end."""


@dataclass
class Children:
    """Each child leads a session of its own, so that Ctrl-C reaches only the parent, who then ends them in order. A
    parent that is killed can end nothing: then the kernel tells the children to.
    """

    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def start(self, name: str, command: Sequence[str], environment: Mapping[str, str]) -> None:
        """Start a child under a name."""
        self.running[name] = subprocess.Popen(  # noqa: S603 - our own commands
            bound(command), env=dict(environment), start_new_session=True
        )

    def ended(self) -> tuple[str, int] | None:
        """A child that has ended since the last look, with its exit code; it is forgotten then."""
        for name, process in self.running.items():
            code = process.poll()
            if code is not None:
                del self.running[name]
                return name, code
        return None

    def stop(self) -> None:
        """End every child and wait; one that does not listen is killed. Another Ctrl-C meanwhile changes nothing."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.SIG_IGN)
        for process in self.running.values():
            process.terminate()
        until = time.monotonic() + _PATIENCE
        for process in self.running.values():
            with suppress(subprocess.TimeoutExpired):
                process.wait(max(0.1, until - time.monotonic()))
            # A server told to end while it was still starting its workers leaves them behind: end what is left of it.
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        self.running.clear()


def stop_on_signals() -> None:
    """From now on Ctrl-C and TERM raise ``Stopped`` here."""

    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise Stopped

    signal.signal(signal.SIGINT, stop)
    signal.signal(signal.SIGTERM, stop)
