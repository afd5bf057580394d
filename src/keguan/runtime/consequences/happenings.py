"""What can give rise to a consequence, whoever announced it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from keguan.language.model.consequence import EventKind


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that happened about a record. ``source`` names it once for ever; ``people`` are who answer for it.

    ``due_since`` is when what is late was due. ``block`` is the consequence block that the late duty's row names; None
    when any block may speak of it.
    """

    kind: EventKind
    target: str | None
    source: str
    record_type: str
    record_id: int | None
    people: frozenset[int] = frozenset()
    due_since: datetime | None = None
    duty_id: int | None = None
    case_id: int | None = None
    block: str | None = None
