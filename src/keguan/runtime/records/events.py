"""What changing records announces."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from keguan.runtime.ledger.events import Event


@dataclass(frozen=True, slots=True)
class RecordsChanged(Event):
    """These records of a type are new or were changed. ``parents`` are other records, by type, that were made with them
    (periods) or that they no longer refer to; what they refer to now, the listener finds out. ``created``: all of them
    are new. ``gone``: others of the type are no longer there.
    """

    record_type: str
    ids: tuple[int, ...]
    parents: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    created: bool = False
    gone: bool = False


@dataclass(frozen=True, slots=True)
class Verified(Event):
    """Somebody found all of a record to be true (核实). Announced before the change of the day itself."""

    record_type: str
    id: int
    by_id: int | None


@dataclass(frozen=True, slots=True)
class HandedOver(Event):
    """Records have another owner: ``Ownership`` rows of ``transfer_id`` name them and who had them before.

    ``unit_id`` is where they went; None: each stayed in its unit. ``counts`` is how many of each record type.
    """

    transfer_id: int
    to_id: int
    unit_id: int | None
    by_name: str
    reason: str
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class OfferedHandOver(Event):
    """Records wait for somebody to accept them."""

    handed: HandedOver
