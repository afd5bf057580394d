"""What the API says about policies."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

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
    """So many records go from one outcome to another. Of a number only the direction is told: up, down, same, gained
    (from none to some), lost or none; before and after are then null.
    """

    before: Any
    after: Any
    direction: str
    count: int


class MovementCard(Schema):
    """What a draft does to one decision. ``moved`` counts the records in which any of its outcomes differs."""

    decision: str
    total: int
    moved: int
    flows: list[FlowCard]


class TrialCard(Schema):
    """A draft tried on the live records; nothing is written. Decisions that come out the same are ``still``."""

    findings: list[Finding]
    movements: list[MovementCard]
    still: list[str]


class DraftBegun(Schema):
    """What a draft begins with; without files, the text as last published."""

    files: dict[str, str] | None = Field(None, max_length=50)
    title: str = Field("", max_length=200, description="The title of a policy that was never published.")


class DraftSaved(Draft):
    """A draft's text, and the revision that it was written from."""

    revision: int = Field(ge=1, le=2_147_483_647)


class StepIn(Schema):
    """A step of the process, on the revision that was seen."""

    step: Literal["rebase", "submit", "approve", "return", "sign", "send_back", "withdraw"]
    revision: int = Field(ge=1, le=2_147_483_647)
    opinion: str = Field("", max_length=2000)


class DraftRow(Schema):
    """Where a draft stands. ``overtaken`` names a version published after its base; ``steps`` are the caller's."""

    id: int
    pack: str
    title: str
    base: str
    state: str
    revision: int
    author: str
    changed_at: datetime
    changed_by: str
    version: str
    effective: date | None
    overtaken: str
    steps: list[str]


class MoveCard(Schema):
    """One step that a draft took."""

    step: str
    revision: int
    by: str
    at: datetime
    opinion: str


class DraftStanding(DraftRow):
    """A draft with its text and its steps."""

    files: dict[str, str]
    moves: list[MoveCard]


class PublishedCard(Schema):
    """What was published."""

    publication_ids: list[int]
    effective: date
    versions: dict[str, str]
    at: datetime
