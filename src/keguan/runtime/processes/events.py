"""What cases announce, inside the transaction of the move."""

from __future__ import annotations

from dataclasses import dataclass

from keguan.runtime.ledger.events import Event


@dataclass(frozen=True, slots=True)
class CaseStarted(Event):
    """A case has begun; ``parent_task_id`` is the step that waits for it, of a sub-case."""

    case_id: int
    process: str
    record_type: str
    record_id: int
    parent_task_id: int | None = None


@dataclass(frozen=True, slots=True)
class StepCompleted(Event):
    """A step was completed, by the shares of these people; by nobody when the system did it."""

    case_id: int
    task_id: int
    process: str
    step: str
    outcome: str
    handlers: frozenset[int]
    late: bool


@dataclass(frozen=True, slots=True)
class CaseClosed(Event):
    """A case is over; ``state`` is a ``CaseState`` that says how."""

    case_id: int
    process: str
    record_type: str
    record_id: int
    state: str
    late: bool


@dataclass(frozen=True, slots=True)
class StepOverdue(Event):
    """A step was not completed in time."""

    case_id: int
    task_id: int
    process: str
    step: str


@dataclass(frozen=True, slots=True)
class CaseOverdue(Event):
    """A case was not over in time."""

    case_id: int
    process: str
    record_type: str
    record_id: int
