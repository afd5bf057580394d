"""What the organisation announces."""

from __future__ import annotations

from dataclasses import dataclass

from keguan.runtime.ledger.events import Event


@dataclass(frozen=True, slots=True)
class HeadNamed(Event):
    """A unit has another head, or none any more."""

    unit_id: int
    staff_id: int | None


@dataclass(frozen=True, slots=True)
class DeputyAppointed(Event):
    """Somebody will act for somebody else, or does so from today."""

    deputyship_id: int
    staff_id: int
    deputy_id: int


@dataclass(frozen=True, slots=True)
class DeputyEnded(Event):
    """From now on the deputy does not act for the person any more."""

    deputyship_id: int
    staff_id: int
    deputy_id: int
