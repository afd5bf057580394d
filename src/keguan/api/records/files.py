"""The files of records over HTTP: which there are, putting one there, fetching, exchanging, taking away."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

from django.http import HttpRequest, StreamingHttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema, Status
from pydantic import Field

from keguan.api.authentication import viewer
from keguan.api.errors import OF_RECORD, PROBLEMS
from keguan.runtime.attachments.received import Received
from keguan.runtime.attachments.receiving import limit_of
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.org.sessions.origin import origin_of
from keguan.runtime.records import actions
from keguan.runtime.records import queries as records
from keguan.runtime.tokens.scopes import Scope

if TYPE_CHECKING:
    from collections.abc import Callable

router = Router()

_PART = 1 << 16
BINARY = {"content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}}
FILE = {"responses": {200: {"description": "The file", **BINARY}}}
BODY = {"requestBody": {"required": True, "description": "The file itself, as it is.", **BINARY}}
_Name = Annotated[
    str, Query(min_length=1, max_length=255, description="What the file is called; it ends in its extension.")
]


class FileOut(Schema):
    """One file."""

    id: int
    name: str
    kind: str = Field(description="image, pdf, word, excel or text")
    size: int = Field(description="Bytes")
    by: str
    at: datetime


class FieldFiles(Schema):
    """The files under one field, and what may be put there."""

    field: str
    label: str
    files: list[FileOut]
    masked: bool = Field(description="There are files of which the caller may not know more.")
    changeable: bool
    kinds: list[str]
    largest: int = Field(description="Bytes of one file")
    most: int = Field(description="Files")


class Version(Schema):
    """The record's version after the change."""

    version: int


@router.get("/{record_type}/{record_id}/files", response={200: list[FieldFiles], **OF_RECORD}, summary="Its files")
def list_files(request: HttpRequest, record_type: str, record_id: int) -> list[FieldFiles]:
    """By field, as far as the caller may see them."""
    caller = viewer(request, Scope.RECORDS_READ)
    return [
        FieldFiles(
            field=each.code,
            label=each.label.text(caller.language),
            files=[
                FileOut(id=one.id, name=one.name, kind=one.kind, size=one.size, by=one.by, at=one.at)
                for one in each.files
            ],
            masked=each.masked,
            changeable=each.changeable,
            kinds=list(each.rule.kinds),
            largest=each.rule.size,
            most=each.rule.number,
        )
        for each in records.files_shown(caller, record_type, record_id)
    ]


@router.post(
    "/{record_type}/{record_id}/files/{field}",
    response={201: Version, **PROBLEMS},
    openapi_extra=BODY,
    summary="Put a file there",
)
def put_file(request: HttpRequest, record_type: str, record_id: int, field: str, name: _Name) -> Status[Version]:
    """The body is the file. It is checked by its content, and encrypted while it comes in."""
    caller = viewer(request, Scope.RECORDS_WRITE)
    version = _with_file(
        request,
        record_type,
        field,
        name,
        lambda file: actions.AttachFiles(
            viewer=caller, record_type=record_type, id=record_id, field=field, files=(file,)
        ).run(),
    )
    return Status(201, Version(version=version))


@router.get(
    "/{record_type}/{record_id}/files/{field}/{file_id}",
    response={**OF_RECORD},
    openapi_extra=FILE,
    summary="Fetch a file",
)
def fetch_file(
    request: HttpRequest, record_type: str, record_id: int, field: str, file_id: int
) -> StreamingHttpResponse:
    """The file. Each time is an entry of the ledger."""
    del field
    caller = viewer(request, Scope.RECORDS_READ)
    opened = actions.ReadFile(
        viewer=caller,
        record_type=record_type,
        id=record_id,
        attachment_id=file_id,
        address=origin_of(request).address,
    ).run()
    headers = {
        "Content-Disposition": content_disposition_header(as_attachment=True, filename=opened.name) or "attachment",
        "Content-Length": str(opened.size),
        "Cache-Control": "no-store",
    }
    return StreamingHttpResponse(opened.pieces(), content_type=opened.media_type, headers=headers)


@router.put(
    "/{record_type}/{record_id}/files/{field}/{file_id}",
    response={200: Version, **PROBLEMS},
    openapi_extra=BODY,
    summary="Exchange a file",
)
def exchange_file(
    request: HttpRequest, record_type: str, record_id: int, field: str, file_id: int, name: _Name
) -> Version:
    """The body is the new file; the old one cannot be read any more."""
    caller = viewer(request, Scope.RECORDS_WRITE)
    version = _with_file(
        request,
        record_type,
        field,
        name,
        lambda file: actions.ReplaceFile(
            viewer=caller, record_type=record_type, id=record_id, attachment_id=file_id, file=file
        ).run(),
    )
    return Version(version=version)


@router.delete(
    "/{record_type}/{record_id}/files/{field}/{file_id}",
    response={200: Version, **PROBLEMS},
    summary="Take a file away",
)
def remove_file(request: HttpRequest, record_type: str, record_id: int, field: str, file_id: int) -> Version:
    """For good: nobody can read it any more."""
    del field
    caller = viewer(request, Scope.RECORDS_WRITE)
    version = actions.RemoveFile(viewer=caller, record_type=record_type, id=record_id, attachment_id=file_id).run()
    return Version(version=version)


def _with_file(request: HttpRequest, record_type: str, field: str, name: str, act: Callable[[Received], Any]) -> int:
    """Receive the body and do something with it; what is not kept is deleted. Raises ``Refused``."""
    limit = limit_of({"record_type": record_type}, field)
    if limit is None:
        raise Refused("attachments.not_found", _("没有这个文件或这一项附件，或者您无权查看它。"))
    file = Received(name, limit)
    try:
        while part := request.read(_PART):
            file.take(part)
            if file.failed:
                break
        file.finish()
        return int(act(file))
    finally:
        file.close()
