"""What the API says about access reviews."""

from __future__ import annotations

from datetime import date, datetime

from ninja import Schema
from pydantic import Field

LARGEST_ID = 2**63 - 1


class ReviewIn(Schema):
    """What is reviewed until when: units and roles narrow it, and what becomes of what nobody answers."""

    title: str = Field(max_length=200)
    due: date
    unit_ids: list[int] = Field(default_factory=list, max_length=500)
    roles: list[str] = Field(default_factory=list, max_length=200)
    unanswered: str = Field("escalate", description="What becomes of what nobody answers: escalate or lapse.")


class Review(Schema):
    """A review and how far it is."""

    id: int
    title: str
    units: list[str]
    roles: list[str]
    due: date
    unanswered: str
    started_by: str
    started_at: datetime
    closed_at: datetime | None
    over: bool
    counts: dict[str, int] = Field(description="Items by state.")


class Item(Schema):
    """One appointment under review."""

    id: int
    staff_id: int
    name: str
    role: str
    label: str
    unit: str
    since: date
    until: date | None
    signed_in_at: datetime | None
    reviewer: str
    escalated: bool
    state: str
    answered_by: str
    answered_at: datetime | None
    reason: str
    mine: bool = Field(description="The caller may answer it.")


class ItemPage(Schema):
    """Items in the order of the review; ``after`` continues the list."""

    rows: list[Item]
    after: int | None


class ItemQuery(Schema):
    """Which items."""

    state: str = ""
    after: int = Field(0, ge=0, le=LARGEST_ID)


class AnswerIn(Schema):
    """Keep these appointments, or take them away, which wants a reason."""

    items: list[int] = Field(min_length=1, max_length=200)
    keep: bool
    reason: str = Field("", max_length=500)


class Counted(Schema):
    """How many."""

    count: int
