"""Seeding that is killed: every attempt is a process of its own, forked from one that has loaded the program.

python -m tests.runtime.imports.killing KILLS SECONDS    kills so often after up to so long, then lets it finish
"""

from __future__ import annotations

import os
import random
import signal
import sys
import time

import django


def main(kills: int, seconds: float) -> None:
    """Prints how many attempts were cut short, and how long the last one took."""
    django.setup()
    chance = random.Random(20_261_121)
    cut = sum(_attempt(chance.uniform(0, seconds)) for _ in range(kills))
    started = time.perf_counter()
    if _attempt(None):
        sys.exit("the last attempt did not come to its end")
    sys.stdout.write(f"{cut} {time.perf_counter() - started}")


def _attempt(after: float | None) -> bool:
    """Fork, kill -9 after so many seconds, and return whether there was anything left to do."""
    child = os.fork()
    if child == 0:
        _seed()
    if after is not None:
        time.sleep(after)
        os.kill(child, signal.SIGKILL)
    return os.waitpid(child, 0)[1] != 0


def _seed() -> None:
    from keguan.demo.plan import Plan
    from keguan.demo.seeding import bring_in
    from keguan.runtime.imports import working

    working.BATCH = 20
    bring_in(plan=Plan.scaled(200))
    os._exit(0)


if __name__ == "__main__":
    main(int(sys.argv[1]), float(sys.argv[2]))
