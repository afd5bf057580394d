"""What the API says about exports and permits."""

from __future__ import annotations

from datetime import datetime

from ninja import Schema
from pydantic import Field

from keguan.api.records.schemas import FilterIn


class SelectionIn(Schema):
    """Which records, and what of them."""

    record_type: str
    search: str = Field("", max_length=100)
    filters: list[FilterIn] = Field(default_factory=list, max_length=12)
    sort: str = ""
    ids: list[int] = Field(default_factory=list, max_length=2000, description="These records instead of a list's.")
    columns: list[str] = Field(default_factory=list, max_length=500)
    form: str = Field("xlsx", description="xlsx, csv or pdf")


class ExportIn(Schema):
    """An export: of a selection that needs no approval, or by a permit."""

    selection: SelectionIn | None = None
    permit_id: int | None = None
    purpose: str = ""
    recipient: str = ""


class ExportOut(Schema):
    """An export and how far it is."""

    id: int
    number: str
    record_type: str
    columns: list[str]
    form: str
    state: str
    rows: int
    size: int
    sha256: str
    purpose: str
    recipient: str
    permit_id: int | None
    asked_at: datetime
    expires_at: datetime | None
    downloads: int
    error: str


class RequestIn(Schema):
    """A right that is asked for."""

    right: str = Field(description="export, print, reveal, change, destroy, maintain, disclose, copy")
    selection: SelectionIn
    purpose: str
    recipient: str = ""
    process: str = Field("", description="Where several processes grant the right.")
    values: dict[str, str] = Field(default_factory=dict, description="Fields of the process's own record.")


class PermitOut(Schema):
    """A permit and where it stands."""

    id: int
    right: str
    record_type: str
    rows: int
    purpose: str
    recipient: str
    case_id: int
    state: str
    asked_at: datetime
    expires_at: datetime | None
    uses: int
    uses_left: int | None


class UseIn(Schema):
    """One use outside the system."""

    note: str
