"""What the API says about retention."""

from __future__ import annotations

from datetime import date

from ninja import Schema
from pydantic import Field

from keguan.api.shown import Cell

LARGEST_ID = 2**63 - 1


class After(Schema):
    """Where a page begins."""

    after: str = Field("", description="The `next` of the page before.")


class ListIn(After):
    """Which lines of the list."""

    batch: int | None = Field(None, le=LARGEST_ID, description="Of this batch only.")


class Pile(Schema):
    """What one block disposes of in one way and is due, but in no batch yet."""

    record_type: str
    label: str
    block: str
    disposal: str
    clause: str = Field(description="pack#anchor")
    reference: str
    count: str
    oldest: date | None


class BatchRow(Schema):
    """A batch in a list."""

    id: int
    number: str
    record_type: str
    label: str
    block: str
    disposal: str = Field(description="destroy, store_only or archive")
    erasure: bool = Field(description="Because a person asked for it.")
    state: str = Field(description="gathered, submitted, approved, witnessed, done, refused or withdrawn")
    gathered_on: date
    by: str
    case_id: int | None
    done: int
    spared: int


class BatchPage(Schema):
    """A page of batches."""

    rows: list[BatchRow]
    next: str


class Due(Schema):
    """What is due and what waits."""

    due: list[Pile]
    batches: list[BatchRow]
    held: int
    stored: int


class Item(Schema):
    """One thing in a batch. ``information_class`` is empty for a whole record."""

    id: int
    record_id: int
    information_class: str
    cells: dict[str, Cell]
    due_on: date | None
    why: str
    clause: str
    state: str = Field(description="in, struck, spared or done")
    reason: str


class Batch(Schema):
    """One batch in full."""

    row: BatchRow
    items: list[Item]
    next: str
    approvers: list[str]
    witnesses: list[str]
    wanted: int
    may: list[str]


class StrikeIn(Schema):
    """Which things, and why."""

    items: list[int] = Field(max_length=200)
    reason: str = ""
    back: bool = False


class ReasonIn(Schema):
    """A reason or an opinion."""

    reason: str = Field(max_length=500)


class Counted(Schema):
    """How many."""

    count: int


class Submitted(Schema):
    """The case that decides."""

    case_id: int


class Hold(Schema):
    """A hold."""

    id: int
    record_type: str
    record_id: int
    label: str
    title: str
    everything: bool
    reason: str
    since: date
    until: date | None
    by: str
    active: bool
    lifted_by: str
    may_lift: bool


class HoldPage(Schema):
    """A page of holds."""

    rows: list[Hold]
    next: str


class HoldIn(Schema):
    """What to hold, why, and until which last day."""

    record_type: str
    ids: list[int] = Field(max_length=200)
    reason: str = Field(max_length=500)
    everything: bool = False
    until: date | None = None


class Stored(Schema):
    """A record that is only stored."""

    id: int
    record_type: str
    record_id: int
    label: str
    title: str
    erasure: bool = Field(description="Because the person whom it is about asked for it.")
    note: str
    clause: str
    reference: str
    since: date
    until: date | None = Field(description="When what keeps it is over; null while nobody can say.")
    by: str


class StoredPage(Schema):
    """A page of them."""

    rows: list[Stored]
    next: str


class StoredOne(Schema):
    """One of them in full."""

    row: Stored
    cells: dict[str, Cell]


class Destroyed(Schema):
    """One line of the list of destruction."""

    reference: str
    batch_number: str
    record_type: str
    record_id: int
    part: str
    digest: str
    basis: str
    clause: str
    due_on: date | None
    requested_by: str
    approved_by: str
    witnessed_by: str
    destroyed: str
    files: int


class DestroyedPage(Schema):
    """A page of the list."""

    rows: list[Destroyed]
    next: str


class Kept(Schema):
    """How long a record, or its fields of one class, is kept."""

    kind: str = Field(description="held, archived or kept")
    part: str
    text: str
    clause: str
