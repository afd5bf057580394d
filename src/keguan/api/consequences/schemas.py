"""What the API says about consequences."""

from __future__ import annotations

from datetime import datetime

from ninja import Schema
from pydantic import Field

from keguan.api.shown import Cell

LARGEST_ID = 2**63 - 1


class ConsequenceRow(Schema):
    """A consequence in a list."""

    id: int
    version: int = Field(description="To be sent back with a decision, so that nobody's is overwritten.")
    label: str
    measure: str
    measure_label: str
    people: str
    subject: bool
    record_type: str
    record_id: int | None
    title: Cell
    amount: str = Field(description="In words; the limits as the policy writes them while it is open.")
    times: int
    state: str = Field(description="proposed, approved, rejected or withdrawn")
    clause: str = Field(description="pack#anchor")
    reference: str
    proposed_at: datetime
    late: bool
    decided_by: str
    opinion: str
    objection: str
    round: int


class ConsequencePage(Schema):
    """A page of a box."""

    rows: list[ConsequenceRow]
    next: str


class BoxQuery(Schema):
    """Which page of a box."""

    after: str = Field("", max_length=20)
    size: int = Field(50, ge=1, le=200)


class Consequence(Schema):
    """One consequence in full."""

    row: ConsequenceRow
    case: str
    days_overdue: int
    duty_id: int | None
    case_id: int | None
    candidates: dict[int, str]
    open_amount: bool
    limits: str
    may: list[str] = Field(description="approve, reject, object")


class ApproveIn(Schema):
    """The decision. ``amount`` in yuan, points or levels where the approver gives it."""

    version: int = Field(ge=1, le=LARGEST_ID)
    amount: str = Field("", max_length=40)
    staff_id: int | None = Field(None, ge=1, le=LARGEST_ID)
    opinion: str = Field("", max_length=500)


class RejectIn(Schema):
    """The decision, and why."""

    version: int = Field(ge=1, le=LARGEST_ID)
    opinion: str = Field("", max_length=500)


class ObjectIn(Schema):
    """Why."""

    version: int = Field(ge=1, le=LARGEST_ID)
    reason: str = Field("", max_length=1000)


class Decided(Schema):
    """It is decided."""

    id: int
