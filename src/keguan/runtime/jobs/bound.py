"""A command that ends when whoever started it ends, be it by ``kill -9``.

``bound(command)`` gives the command to start instead. This file then runs as a program of its own, asks the kernel to
send it TERM when its parent is gone, and becomes the command, which keeps that promise. It imports nothing of ours, so
that it costs a few milliseconds. Elsewhere than on Linux it becomes the command and promises nothing.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_SET_PARENT_DEATH_SIGNAL = 1
"""``PR_SET_PDEATHSIG`` of prctl(2): outlives exec."""


def bound(command: Sequence[str]) -> list[str]:
    """The command, to be started by this very process from its main thread, bound to its life."""
    return [sys.executable, "-I", "-S", __file__, str(os.getpid()), *command]


def become(parent: int, command: list[str]) -> None:
    """Turn this process into the command, bound to its parent. Ends at once when the parent has ended meanwhile."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_SET_PARENT_DEATH_SIGNAL, signal.SIGTERM, 0, 0, 0)
        if os.getppid() != parent:  # it ended before the kernel was asked
            raise SystemExit(1)
    os.execvp(command[0], command)  # noqa: S606 - our own command


if __name__ == "__main__":
    become(int(sys.argv[1]), sys.argv[2:])
