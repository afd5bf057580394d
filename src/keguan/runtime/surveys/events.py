"""What surveys announce, inside the transaction of the change."""

from __future__ import annotations

from dataclasses import dataclass

from keguan.runtime.ledger.events import Event


@dataclass(frozen=True, slots=True)
class SurveyAnswered(Event):
    """A customer has answered. What the form carries into the record (存入) is in it already, so that conditions over
    the record — a process that begins by itself, a duty, a consequence — have been looked at.
    """

    invitation_id: int
    survey: str
    record_type: str
    record_id: int
    case_id: int | None
    handler_id: int | None
