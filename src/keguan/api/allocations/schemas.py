"""What the API says about allocations and pools."""

from __future__ import annotations

from datetime import datetime

from ninja import Schema
from pydantic import Field

from keguan.api.shown import Cell

LARGEST_ID = 2**63 - 1


class After(Schema):
    """Where a page begins."""

    after: int = Field(0, ge=0, le=LARGEST_ID, description="The `next` of the page before.")


class LinesIn(After):
    """Which records of a run."""

    recipient: int | None = Field(None, ge=1, le=LARGEST_ID, description="Of this recipient only.")


class PoolIn(After):
    """Which part of a pool."""

    row: int = Field(0, ge=0, le=1_000, description="Of this row only; 0 for all.")


class BeginIn(Schema):
    """What is to be worked out."""

    allocation: str = Field(max_length=80)


class ReasonIn(Schema):
    """Why."""

    reason: str = Field(max_length=500)


class Made(Schema):
    """The id of what was made."""

    id: int


class Run(Schema):
    """A run in a list."""

    id: int
    allocation: str
    label: str
    period: str
    state: str = Field(description="drafting, draft, submitted, confirmed, done, refused or withdrawn")
    at: datetime
    by_name: str
    pooled: int
    given: int
    handed: int


class Row(Schema):
    """A row of the table, as the run froze it."""

    number: int
    name: str
    there: int
    target: int
    given: int


class Even(Schema):
    """How evenly something is spread."""

    people: int
    least: int
    most: int
    mean: float
    gini: float


class RunWhole(Schema):
    """A run with its rows and how even it is."""

    run: Run
    rows: list[Row]
    figures: dict[str, Even] = Field(description="`before`, `after` and `got`")
    taking: int
    spared: int
    case_id: int | None


class Recipient(Schema):
    """Somebody in a run."""

    id: int
    name: str
    unit: str
    score: Cell | None
    excluded: str = Field(description="Why they take no part; empty when they do.")
    before: int
    got: int
    after: int
    counts: list[int] = Field(description="By row, in the order of the rows.")


class RecipientPage(Schema):
    """A page of recipients."""

    rows: list[Recipient]
    next: int


class Line(Schema):
    """One record of a run with its reason."""

    id: int
    record_id: int | None
    title: Cell
    to: str
    reason: str


class LinePage(Schema):
    """A page of records."""

    rows: list[Line]


class Runs(Schema):
    """The newest runs."""

    rows: list[Run]


class Waiting(Schema):
    """A record that waits in a pool, as it may be seen before it is claimed."""

    id: int
    row: int
    title: Cell
    cells: dict[str, Cell]


class Pool(Schema):
    """A page of a pool."""

    code: str
    label: str
    record_type: str
    held: int
    capacity: int | None
    claimed: int
    most: int | None
    refusal: str = Field(description="Why the caller may not claim now; empty when they may.")
    rows: list[Waiting]
    next: int


class Pools(Schema):
    """The pools that are open to the caller."""

    codes: list[str]
