"""What the API says about duties."""

from __future__ import annotations

from datetime import date, datetime

from ninja import Schema
from pydantic import Field

from keguan.api.shown import Cell

LARGEST_ID = 2**63 - 1

Typed = str | int | float | bool | None


class DutyRow(Schema):
    """A duty in a list."""

    id: int
    duty: str
    label: str
    task: str
    clause: str = Field(description="pack#anchor")
    record_type: str
    record_id: int
    title: Cell
    state: str = Field(description="open, done, exempted or cancelled")
    due_at: datetime
    late: bool
    needed: int
    seen: int
    person: str
    role: str
    stead: str = Field(description="For whom the caller stands in; empty: nobody.")
    claimed: bool
    claimable: bool
    done_at: datetime | None
    done_by: str
    note: str


class DutyPage(Schema):
    """A page of a box."""

    rows: list[DutyRow]
    next: str = Field(description="To be sent as `after` for the following page; empty on the last.")


class BoxQuery(Schema):
    """Which page of a box."""

    after: str = Field("", max_length=200)
    size: int = Field(50, ge=1, le=200)


class OverdueQuery(BoxQuery):
    """Whose late duties."""

    unit_id: int | None = Field(None, ge=1, le=LARGEST_ID)
    staff_id: int | None = Field(None, ge=1, le=LARGEST_ID)


class BoxCount(Schema):
    """How many there are in a box."""

    box: str
    label: str
    count: int
    exact: bool


class Item(Schema):
    """An item of a checklist that a person answers."""

    code: str
    label: str
    standard: str
    veto: bool
    met: bool | None


class Happening(Schema):
    """Something that was done about a duty."""

    at: datetime
    by: str
    action: str


class Duty(Schema):
    """One duty in full."""

    row: DutyRow
    period_start: date
    period_end: date | None
    frequency: str
    evidence_kind: str = Field(description="record, named, verified, form, checklist or empty: a person's word")
    evidence: str
    evidence_label: str
    via: str
    items: list[Item]
    passed: bool | None
    filled: dict[str, Cell]
    proofs: list[int]
    happenings: list[Happening]
    may: list[str] = Field(description="discharge, claim, release, hand_over, exempt, cancel")


class DischargeIn(Schema):
    """What goes with a discharge, as the duty's evidence asks for it."""

    values: dict[str, Typed] = Field(default_factory=dict, max_length=200)
    checked: dict[str, bool] = Field(default_factory=dict, max_length=500)
    evidence_id: int | None = Field(None, ge=1, le=LARGEST_ID)
    note: str = Field("", max_length=500)


class HandOverIn(Schema):
    """To whom."""

    staff_id: int = Field(ge=1, le=LARGEST_ID)
    note: str = Field("", max_length=200)


class ReasonIn(Schema):
    """Why."""

    reason: str = Field("", max_length=500)


class Discharged(Schema):
    """What came of a discharge."""

    done: bool
    seen: int
    needed: int
    passed: bool | None
    failed: list[str]


class Done(Schema):
    """It is done."""

    id: int
