"""What consequences announce, inside the transaction of the change."""

from __future__ import annotations

from dataclasses import dataclass

from keguan.runtime.ledger.events import Event


@dataclass(frozen=True, slots=True)
class ConsequenceInForce(Event):
    """A consequence was approved. What it does beyond being on record (levels, suspensions) is for others to do."""

    proposal_id: int
    measure: str
    amount: int | None
    staff_id: int | None
    record_type: str
    record_id: int | None


@dataclass(frozen=True, slots=True)
class ConsequenceLifted(Event):
    """A consequence that was in force is open again: somebody objected to it."""

    proposal_id: int
