"""What the API says about departures. Counts and numbers: whoever takes people out need not see a single record."""

from __future__ import annotations

from datetime import date, datetime

from ninja import Schema
from pydantic import Field

LARGEST_ID = 2**63 - 1


class LeaveIn(Schema):
    """Who leaves, on which day (today) and why."""

    staff_id: int = Field(ge=1, le=LARGEST_ID)
    on: date | None = None
    reason: str = Field(max_length=500)


class ReasonIn(Schema):
    """Why."""

    reason: str = Field(max_length=500)


class Departure(Schema):
    """One departure."""

    id: int
    staff_id: int
    name: str
    username: str
    unit: str
    on: date
    reason: str
    state: str = Field(description="planned, left, cancelled or reinstated")
    planned_by: str
    planned_at: datetime
    closed_at: datetime | None
    ended: dict[str, int] = Field(description="What ended with the account: sessions, tokens, appointments …")
    kept: dict[str, int] = Field(description="How many records of each type they owned on the day.")
    attempts: int = Field(description="How often somebody tried to sign in with the account since.")


class DeparturePage(Schema):
    """Departures, the newest first; ``before`` continues the list."""

    rows: list[Departure]
    before: int | None


class Owned(Schema):
    """How many records of a type somebody owns; ``more``: there are more than that."""

    record_type: str
    count: int
    more: bool


class DutyHeld(Schema):
    """An open duty."""

    id: int
    task: str
    due_at: datetime


class CaseHeld(Schema):
    """A part in an open case."""

    case_id: int
    number: str
    process: str
    due_at: datetime | None


class Held(Schema):
    """What somebody has in hand; duties and cases are the first twenty of so many."""

    nothing: bool
    records: list[Owned]
    duties: list[DutyHeld]
    duty_count: int
    cases: list[CaseHeld]
    case_count: int
    only_holder_of: list[str]
    heads: list[str]
    drafts: list[str]
    acts_for: list[str]
    tokens: list[str]


class HandIn(Schema):
    """To whom, why, and what: records, duties, cases."""

    to_staff_id: int = Field(ge=1, le=LARGEST_ID)
    reason: str = Field(max_length=500)
    parts: list[str] = Field(default_factory=lambda: ["records", "duties", "cases"], max_length=3)


class Handing(Schema):
    """A hand-over and how far it is."""

    id: int
    departure_id: int
    to: str
    by: str
    reason: str
    parts: list[str]
    at: datetime
    state: str = Field(description="waiting, running, done, failed or cancelled")
    done: int
    total: int
    message: str
    error: str
    records: dict[str, int] | None = Field(description="How many records of each type went; null until they did.")


class HandingResult(Schema):
    """What became of one duty (``id`` its id) or one part in a case (``id`` the case's)."""

    row_id: int
    part: str
    id: int
    label: str
    outcome: str = Field(description="done or refused")
    why: str
