"""Seeding that is killed: every attempt is a process of its own, forked from one that has loaded the program.

python -m tests.runtime.imports.killing KILLS MOST    kills so often before one of the first so many statements, then
                                                  lets it finish
"""

from __future__ import annotations

import random
import sys

import django

from tests.dying import forked


def main(kills: int, most: int) -> None:
    """Prints how many attempts were cut short."""
    django.setup()
    chance = random.Random(20_261_121)
    cut = sum(forked(_seed, chance.randint(1, most)) for _ in range(kills))
    forked(_seed, None)
    sys.stdout.write(f"{cut}")


def _seed() -> None:
    from keguan.demo.plan import Plan
    from keguan.demo.seeding import bring_in
    from keguan.runtime.imports import working

    working.BATCH = 20
    bring_in(plan=Plan.scaled(200))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
