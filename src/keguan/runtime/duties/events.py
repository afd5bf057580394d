"""What duties announce, inside the transaction of the change."""

from __future__ import annotations

from dataclasses import dataclass

from keguan.runtime.ledger.events import Event


@dataclass(frozen=True, slots=True)
class DutyDone(Event):
    """A duty was discharged; ``by_id`` is None where the evidence came from nobody in particular."""

    duty_id: int
    duty: str
    record_type: str
    record_id: int
    by_id: int | None
    late: bool


@dataclass(frozen=True, slots=True)
class DutyOverdue(Event):
    """A duty was not discharged in time. ``holders`` are all who could have done it; ``consequence`` is the block that
    its row names for that.
    """

    duty_id: int
    duty: str
    record_type: str
    record_id: int
    holders: frozenset[int]
    consequence: str | None


@dataclass(frozen=True, slots=True)
class DutyLetOff(Event):
    """Somebody who may said that a duty need not be done, or called it off: nothing follows from it any more."""

    duty_id: int
    duty: str
