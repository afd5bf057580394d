"""Ranges as values."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Unbounded(Enum):
    """The end that ``(< 5)`` does not have, as against the end that ``[null..5]`` says is null."""

    END = 0


UNBOUNDED = Unbounded.END


@dataclass(frozen=True, slots=True)
class Range:
    """From ``low`` to ``high``, each end in the range or not. ``UNBOUNDED`` where the range was written without it."""

    low: object
    low_closed: bool
    high: object
    high_closed: bool

    @property
    def start(self) -> object:
        """The lower end, or None when there is none."""
        return None if self.low is UNBOUNDED else self.low

    @property
    def end(self) -> object:
        """The upper end, or None when there is none."""
        return None if self.high is UNBOUNDED else self.high
