"""What changing records announces."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from keguan.runtime.ledger.events import Event


@dataclass(frozen=True, slots=True)
class RecordsChanged(Event):
    """These records of a type are new or were changed. ``parents`` are other records, by type, that were made with them
    (periods) or that they no longer refer to; what they refer to now, the listener finds out. ``created``: all of them
    are new.
    """

    record_type: str
    ids: tuple[int, ...]
    parents: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    created: bool = False
