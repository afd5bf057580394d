"""Imports over HTTP: template, upload, mapping, dry run, run, progress, cancel, what came back."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from ninja import File, Form, Router, Schema, Status
from ninja.files import UploadedFile
from pydantic import Field

from keguan.api.authentication import viewer
from keguan.api.errors import PROBLEMS
from keguan.runtime.imports import actions
from keguan.runtime.imports import queries as imports
from keguan.runtime.tokens.scopes import Scope

if TYPE_CHECKING:
    from keguan.runtime.access.viewer import Viewer

router = Router()

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WORKBOOK = {
    "responses": {
        200: {"description": "A workbook", "content": {XLSX: {"schema": {"type": "string", "format": "binary"}}}}
    }
}


class ImportOut(Schema):
    """An import and how far it is."""

    id: int
    record_type: str
    state: str
    file_name: str
    sheet: str
    headings: list[str]
    columns: list[str | None] = Field(description="For each heading the code it means, or null.")
    rows: int
    position: int = Field(description="Rows settled so far.")
    created: int
    updated: int
    rejected: int
    trial: dict[str, int] | None = Field(description="Counts of the last dry run.")
    created_at: datetime
    finished_at: datetime | None
    error: str
    summary: str


class MappingIn(Schema):
    """What each column means; or another sheet, whose mapping is guessed."""

    columns: list[str | None] | None = Field(None, max_length=200)
    sheet: str | None = None


class StartIn(Schema):
    """How to import."""

    on_duplicate: str = Field("skip", description="skip: give duplicates back; update: change what is there.")
    again: bool = Field(False, description="Import a file that was imported before.")


class ReasonOut(Schema):
    """One reason, with how many rows it sent back and the first of them."""

    column: str
    sentence: str
    count: int
    first_row: int


def _card(caller: Viewer, import_id: int) -> ImportOut:
    found = imports.one(caller, import_id)
    return ImportOut(
        id=found.id,
        record_type=found.record_type,
        state=found.state,
        file_name=found.file_name,
        sheet=found.mapping.sheet,
        headings=list(found.headings),
        columns=list(found.mapping.columns),
        rows=found.rows,
        position=found.position,
        created=found.created,
        updated=found.updated,
        rejected=found.rejected,
        trial=None if found.trial is None else dict(found.trial),
        created_at=found.created_at,
        finished_at=found.finished_at,
        error=found.error,
        summary=found.summary,
    )


def _workbook(name: str, data: bytes) -> HttpResponse:
    response = HttpResponse(data, content_type=XLSX)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    return response


@router.get("/template/{record_type}", response={**PROBLEMS}, openapi_extra=WORKBOOK, summary="The workbook to fill in")
def template(request: HttpRequest, record_type: str) -> HttpResponse:
    """An empty workbook whose headings the importer understands."""
    caller = viewer(request, Scope.IMPORTS)
    return _workbook(f"{record_type}.xlsx", imports.template(caller, record_type))


@router.post("/", response={201: ImportOut, **PROBLEMS}, summary="Upload a workbook or CSV file")
def upload(
    request: HttpRequest, record_type: Form[str], file: File[UploadedFile], sheet: Form[str | None] = None
) -> Status[ImportOut]:
    """Read a file and guess what its columns mean; nothing is imported yet."""
    caller = viewer(request, Scope.IMPORTS)
    imports.check_size(file.size or 0)
    made = actions.Upload(
        viewer=caller, record_type=record_type, file_name=file.name or "", data=file.read(), sheet=sheet
    ).run()
    return Status(201, _card(caller, made))


@router.get("/{import_id}", response={200: ImportOut, **PROBLEMS}, summary="How far an import is")
def read(request: HttpRequest, import_id: int) -> ImportOut:
    """An import's state, counts and mapping."""
    return _card(viewer(request, Scope.IMPORTS), import_id)


@router.put("/{import_id}/mapping", response={200: ImportOut, **PROBLEMS}, summary="Say what the columns mean")
def remap(request: HttpRequest, import_id: int, given: MappingIn) -> ImportOut:
    """Set the mapping, or read another sheet."""
    caller = viewer(request, Scope.IMPORTS)
    columns = None if given.columns is None else tuple(given.columns)
    actions.Remap(viewer=caller, import_id=import_id, columns=columns, sheet=given.sheet).run()
    return _card(caller, import_id)


@router.post("/{import_id}/trial", response={202: ImportOut, **PROBLEMS}, summary="Dry run")
def trial(request: HttpRequest, import_id: int) -> Status[ImportOut]:
    """Begin a dry run: counts and errors, nothing written."""
    caller = viewer(request, Scope.IMPORTS)
    actions.StartTrial(viewer=caller, import_id=import_id).run()
    return Status(202, _card(caller, import_id))


@router.post("/{import_id}/start", response={202: ImportOut, **PROBLEMS}, summary="Import")
def start(request: HttpRequest, import_id: int, given: StartIn) -> Status[ImportOut]:
    """Begin the import, or go on with one that stopped."""
    caller = viewer(request, Scope.IMPORTS)
    actions.Start(viewer=caller, import_id=import_id, on_duplicate=given.on_duplicate, again=given.again).run()
    return Status(202, _card(caller, import_id))


@router.post("/{import_id}/cancel", response={202: ImportOut, **PROBLEMS}, summary="Call an import off")
def cancel(request: HttpRequest, import_id: int) -> Status[ImportOut]:
    """Stop at the next batch. What is in stays in."""
    caller = viewer(request, Scope.IMPORTS)
    actions.Cancel(viewer=caller, import_id=import_id).run()
    return Status(202, _card(caller, import_id))


@router.get("/{import_id}/reasons", response={200: list[ReasonOut], **PROBLEMS}, summary="Why rows came back")
def reasons(request: HttpRequest, import_id: int, trial: bool = False) -> list[ReasonOut]:
    """The reasons, most frequent first."""
    caller = viewer(request, Scope.IMPORTS)
    return [
        ReasonOut(column=each.column, sentence=each.sentence, count=each.count, first_row=each.first_row)
        for each in imports.reasons(caller, import_id, trial=trial)
    ]


@router.get(
    "/{import_id}/rejected",
    response={**PROBLEMS},
    openapi_extra=WORKBOOK,
    summary="The rows that came back, as a workbook",
)
def rejected(request: HttpRequest, import_id: int, trial: bool = False) -> HttpResponse:
    """Reasons first, then each row as it was typed."""
    caller = viewer(request, Scope.IMPORTS)
    given = actions.GiveBack(viewer=caller, import_id=import_id, trial=trial).run()
    return _workbook(given.file_name, given.data)
