"""How long something takes, so that one slow moment of the machine does not count."""

from __future__ import annotations

import statistics
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

REPEATS = 7


def median(work: Callable[[], object]) -> float:
    """The middle of ``REPEATS`` runs after a first one that does not count, in seconds."""
    work()
    taken = []
    for _ in range(REPEATS):
        started = time.perf_counter()
        work()
        taken.append(time.perf_counter() - started)
    return statistics.median(taken)
