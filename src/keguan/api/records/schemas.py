"""What the API says about records."""

from __future__ import annotations

from typing import Any

from ninja import Schema
from pydantic import Field

from keguan.api.shown import Cell


class FieldCard(Schema):
    """A field, fact or outcome that the caller may see."""

    code: str
    label: str
    kind: str
    information_class: str
    sensitive: bool


class RecordTypeCard(Schema):
    """A kind of record that the caller may see."""

    code: str
    label: str
    fields: list[FieldCard]


class RecordRow(Schema):
    """One record of a list."""

    id: int
    version: int = Field(description="To be sent back with a change, so that nobody's work is overwritten.")
    title: Cell
    owner: str
    unit: str
    cells: dict[str, Cell]


class RecordPage(Schema):
    """A page of a list."""

    rows: list[RecordRow]
    next: str = Field(description="The `after` of the following page; empty on the last.")
    count: int
    count_exact: bool = Field(description="False: there are at least so many.")


class FilterIn(Schema):
    """One condition of a list."""

    code: str
    operator: str = Field(description="is, not, from, to, contains, empty, present")
    values: list[str] = Field(default_factory=list, max_length=50)


class ListIn(Schema):
    """What a list is asked for."""

    search: str = Field("", max_length=100)
    filters: list[FilterIn] = Field(default_factory=list, max_length=12)
    sort: str = Field("", description="A code, with - before it for descending; empty is newest first.")
    columns: list[str] = Field(default_factory=list, description="Codes; empty means the policy's.")
    after: str = ""
    size: int = Field(50, ge=1, le=200)


class Values(Schema):
    """Values as a person would type them, by field code."""

    values: dict[str, str | int | float | bool | None]


class Change(Values):
    """A change to a record."""

    version: int


class Created(Schema):
    """The new record."""

    id: int


class RevealIn(Schema):
    """Which original is asked for, and why."""

    field: str
    reason: str = Field(description="At least four characters; goes into the ledger.")


class Revealed(Schema):
    """The original."""

    text: str


class Profile(Schema):
    """One record in full, as far as the caller may see it."""

    id: int
    version: int
    title: Cell
    owner: str
    unit: str
    cells: dict[str, Cell]
    missing: list[str] = Field(description="Codes of the required fields that are empty.")


class Happening(Schema):
    """One thing on a record's timeline."""

    on: Any
    kind: str
    title: str
    record_type: str
    id: int
