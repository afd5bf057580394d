"""What the API says about policies."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from ninja import Schema
from pydantic import Field


class ControlCard(Schema):
    """One block of a clause."""

    kind: str
    code: str
    label: str
    status: str


class ClauseCard(Schema):
    """One clause with what carries it out."""

    number: str
    title: str
    anchor: str
    chapter: str
    status: str
    prose: str
    controls: list[ControlCard]


class PolicyCard(Schema):
    """A policy in force."""

    id: str
    title: str
    version: str
    effective: date
    clauses: int
    coverage: dict[str, int]


class PolicyDocument(PolicyCard):
    """A policy in force, clause by clause, and its source."""

    text: list[ClauseCard]
    files: dict[str, str]


class Draft(Schema):
    """The files of a pack, by name."""

    files: dict[str, str] = Field(max_length=50)


class PublishIn(Draft):
    """A draft to be published."""

    effective: date | None = Field(None, description="Overrides the day in the document; a day gone by means at once.")
    based_on: int | None = Field(None, description="The publication that the draft started from.")


class Finding(Schema):
    """One diagnostic."""

    id: str
    severity: str
    file: str
    line: int
    column: int
    message: str
    hint: str


class FlowCard(Schema):
    """So many records go from one outcome to another."""

    before: Any
    after: Any
    count: int


class MovementCard(Schema):
    """What a draft does to one decision."""

    decision: str
    total: int
    moved: int
    flows: list[FlowCard]


class TrialCard(Schema):
    """A draft tried on the live records; nothing is written."""

    findings: list[Finding]
    movements: list[MovementCard]


class PublishedCard(Schema):
    """What was published."""

    publication_ids: list[int]
    effective: date
    versions: dict[str, str]
    at: datetime
