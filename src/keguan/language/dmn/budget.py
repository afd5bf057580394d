"""How much work one run may do. A model comes from outside; it may be wrong or hostile, but it must not hang us.

Work is counted in steps, not in seconds, so that the same model gives the same answer on every machine.
"""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_STEPS = 2_000_000
"""Steps of one run: calls, rules, items gone through, places tried by a pattern."""

LONGEST = 1_000_000
"""Characters of a text, or items of a list, that an expression may make."""

_CHARACTERS_PER_STEP = 50


class Exhausted(Exception):
    """A run wanted more steps than it may take, or made a value too large. What it was to find out is null."""


@dataclass(slots=True)
class _Budget:
    left: int


_CURRENT: ContextVar[_Budget | None] = ContextVar("dmn_budget", default=None)


@contextmanager
def budget(steps: int = MOST_STEPS) -> Iterator[None]:
    """Inside the block work is counted; a block inside another one counts with it."""
    if _CURRENT.get() is not None:
        yield
        return
    token = _CURRENT.set(_Budget(steps))
    try:
        yield
    finally:
        _CURRENT.reset(token)


def spend(steps: int = 1) -> None:
    """Take that many steps. Raises ``Exhausted`` when there are none left."""
    current = _CURRENT.get()
    if current is not None:
        current.left -= steps
        if current.left < 0:
            raise Exhausted


def spend_on(*values: object) -> None:
    """Take the steps that an operation on these values is worth: one, and more for long texts and lists."""
    steps = 1
    for value in values:
        if isinstance(value, str):
            steps += len(value) // _CHARACTERS_PER_STEP
        elif isinstance(value, list | dict):
            steps += len(value)
    spend(steps)


def within_limits(value: str) -> str:
    """The text. Raises ``Exhausted`` when it is longer than an expression may make one."""
    if len(value) > LONGEST:
        raise Exhausted
    return value
