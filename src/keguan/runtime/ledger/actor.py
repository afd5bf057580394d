"""Who does something, and by which door."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Via = Literal["web", "api", "cli", "portal", "system"]


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts. ``staff_id`` is None for the system itself, for the command line and before sign-in; ``name`` is the
    name as it was that day, so that the ledger stays readable when people leave.
    """

    staff_id: int | None
    name: str
    via: Via


SYSTEM = Actor(None, "system", "system")
"""The system acting by itself: schedules, recovery, start-up."""
