"""Exports over HTTP: begin, progress, file, cancel. As on the pages: the same approval, masks, marks and ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest, StreamingHttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_lazy as _
from ninja import Router, Status

from keguan.api.authentication import viewer
from keguan.api.errors import PROBLEMS
from keguan.api.exports.schemas import ExportIn, ExportOut, SelectionIn
from keguan.runtime.exports import actions
from keguan.runtime.exports import queries as exports
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.org.sessions.origin import origin_of
from keguan.runtime.permits.queries import Selection
from keguan.runtime.records.queries import Filter, ListQuery, Operator
from keguan.runtime.tokens.scopes import Scope

if TYPE_CHECKING:
    from keguan.runtime.exports.queries import ExportCard

router = Router()

FILE = {
    "responses": {
        200: {"description": "The file", "content": {"*/*": {"schema": {"type": "string", "format": "binary"}}}}
    }
}


def selected(given: SelectionIn) -> Selection:
    """The selection that a program asks for. Raises ``Refused`` for an unknown operator."""
    if any(each.operator not in tuple(Operator) for each in given.filters):
        raise Refused("records.filter", _("这一项只能按所选的对象筛选。"))
    filters = tuple(Filter(each.code, Operator(each.operator), tuple(each.values)) for each in given.filters)
    query = None if given.ids else ListQuery(search=given.search, filters=filters, sort=given.sort)
    columns = tuple(dict.fromkeys(given.columns))
    return Selection(given.record_type, query, tuple(dict.fromkeys(given.ids)), columns, given.form)


@router.post("/", response={202: ExportOut, **PROBLEMS}, summary="Export")
def begin(request: HttpRequest, given: ExportIn) -> Status[ExportOut]:
    """Have a file made. What needs an approval is refused (`exports.needs_permit`) unless a permit is named."""
    caller = viewer(request, Scope.EXPORTS)
    made = actions.Export(
        viewer=caller,
        selection=None if given.selection is None else selected(given.selection),
        purpose=given.purpose,
        recipient=given.recipient,
        permit_id=given.permit_id,
        address=origin_of(request).address,
    ).run()
    return Status(202, _out(exports.one(caller, made)))


@router.get("/", response={200: list[ExportOut], **PROBLEMS}, summary="One's own exports")
def mine(request: HttpRequest, after: int = 0) -> list[ExportOut]:
    """The caller's own, newest first, fifty at a time; `after` is the id of the last one seen."""
    return [_out(each) for each in exports.mine(viewer(request, Scope.EXPORTS), after)]


@router.get("/{export_id}", response={200: ExportOut, **PROBLEMS}, summary="How far an export is")
def read(request: HttpRequest, export_id: int) -> ExportOut:
    """State, rows and size."""
    return _out(exports.one(viewer(request, Scope.EXPORTS), export_id))


@router.get("/{export_id}/file", response={**PROBLEMS}, openapi_extra=FILE, summary="The file")
def file(request: HttpRequest, export_id: int) -> StreamingHttpResponse:
    """The file, for whoever asked for it, until it expires. Each time is an entry of the ledger."""
    caller = viewer(request, Scope.EXPORTS)
    given = actions.Download(viewer=caller, export_id=export_id, address=origin_of(request).address).run()
    disposition = content_disposition_header(as_attachment=True, filename=given.file_name) or "attachment"
    headers = {"Content-Disposition": disposition, "Content-Length": str(given.size), "Cache-Control": "no-store"}
    return StreamingHttpResponse(given.pieces(), content_type=given.media_type, headers=headers)


@router.post("/{export_id}/cancel", response={202: ExportOut, **PROBLEMS}, summary="Call an export off")
def cancel(request: HttpRequest, export_id: int) -> Status[ExportOut]:
    """Before its file is there. A permit that it was to use stands again."""
    caller = viewer(request, Scope.EXPORTS)
    actions.CancelExport(viewer=caller, export_id=export_id).run()
    return Status(202, _out(exports.one(caller, export_id)))


def _out(card: ExportCard) -> ExportOut:
    return ExportOut(
        id=card.id,
        number=card.number,
        record_type=card.record_type,
        columns=list(card.columns),
        form=card.form,
        state=card.state,
        rows=card.rows,
        size=card.size,
        sha256=card.digest,
        purpose=card.purpose,
        recipient=card.recipient,
        permit_id=card.permit_id,
        asked_at=card.asked_at,
        expires_at=card.expires_at,
        downloads=card.downloads,
        error=card.error,
    )
