"""What the calendar announces."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from keguan.runtime.ledger.events import Event

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, slots=True)
class CalendarChanged(Event):
    """Some day may be worked, off or traded where it was not, or at other hours: what counts working time and is due
    on ``since`` or later (None: any day) is to be reckoned again. Announced inside the change's transaction.
    """

    version: int
    since: date | None = None
    until: date | None = None
