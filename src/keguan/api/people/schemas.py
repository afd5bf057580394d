"""What the API says about people and their appointments."""

from __future__ import annotations

from datetime import date, datetime

from ninja import Schema
from pydantic import Field

LARGEST_ID = 2**63 - 1


class PeopleQuery(Schema):
    """Which people; ``after`` is the `next` of the page before."""

    text: str = Field("", max_length=60, description="In the name or the sign-in name.")
    unit_id: int | None = Field(None, ge=1, le=LARGEST_ID, description="Of this unit and those below it.")
    active: bool | None = None
    after: str = Field("", max_length=200)


class Role(Schema):
    """A role that somebody holds today."""

    code: str
    label: str
    unit: str


class PersonRow(Schema):
    """A person in a list."""

    id: int
    username: str
    name: str
    unit_id: int
    unit: str
    active: bool
    signed_in_at: datetime | None
    roles: list[Role]


class PeoplePage(Schema):
    """A page of people, by name."""

    rows: list[PersonRow]
    next: str


class Appointment(Schema):
    """An appointment as it is stored, those that are over or to come among them."""

    id: int
    code: str
    label: str
    unit: str
    since: date
    until: date | None
    over: bool
    barred: bool = Field(description="Without effect, because it excludes another one.")


class Proposal(Schema):
    """An appointment that one administrator proposes and another one decides."""

    id: int
    staff_id: int
    name: str
    code: str
    label: str
    unit: str = Field(description="Empty: the person's own.")
    since: date
    until: date | None
    reason: str
    state: str = Field(description="waiting, confirmed, refused or withdrawn")
    proposed_by: str
    proposed_at: datetime
    decided_by: str
    decided_at: datetime | None
    answer: str


class Person(Schema):
    """One person with everything that they hold."""

    row: PersonRow
    appointments: list[Appointment]
    proposals: list[Proposal]
    departure_id: int | None = Field(description="Of somebody who leaves or has left.")


class AppointIn(Schema):
    """Which role, for which unit (the person's own), from when (today) until when."""

    staff_id: int = Field(ge=1, le=LARGEST_ID)
    role: str = Field(max_length=80)
    unit_id: int | None = Field(None, ge=1, le=LARGEST_ID)
    since: date | None = None
    until: date | None = None
    reason: str = Field("", max_length=500)


class Appointed(Schema):
    """What came of it: the proposal, or, where the policy takes one person to give a role, the appointment."""

    proposal_id: int | None
    appointment_id: int | None


class AnswerIn(Schema):
    """Why not."""

    reason: str = Field("", max_length=500)


class EndIn(Schema):
    """The last day (today)."""

    until: date | None = None


class ActiveIn(Schema):
    """Whether the account is open."""

    active: bool
