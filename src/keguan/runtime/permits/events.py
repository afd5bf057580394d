"""What permits announce, inside the transaction."""

from __future__ import annotations

from dataclasses import dataclass

from keguan.runtime.ledger.events import Event


@dataclass(frozen=True, slots=True)
class PermitGranted(Event):
    """A case has granted somebody a right."""

    permit_id: int
    staff_id: int
    right: str
    record_type: str
    case_id: int
