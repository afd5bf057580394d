"""Policies on paper over HTTP: in from the drawer, and out for signature."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from ninja import File, Form, Router, Schema
from ninja.files import UploadedFile
from pydantic import Field

from keguan.api.authentication import viewer
from keguan.api.errors import PROBLEMS
from keguan.runtime.access.rights import may
from keguan.runtime.policies import queries as policies
from keguan.runtime.policies.actions import BringIn
from keguan.runtime.policies.actions.beginning import LARGEST_FILE
from keguan.runtime.tokens.scopes import Scope

router = Router()

PRINTED = {
    "responses": {
        200: {
            "description": "The file",
            "content": {
                media: {"schema": {"type": "string", "format": "binary"}} for media in policies.MEDIA_TYPES.values()
            },
        }
    }
}


class LeftOutOut(Schema):
    """A line that was not taken over."""

    place: int = Field(description="Its paragraph or line in the file.")
    text: str
    reason: str


class BroughtIn(Schema):
    """The draft that a file became."""

    draft: int
    pack: str
    title: str
    clauses: int
    tables: int
    dropped: int
    left_out: list[LeftOutOut] = Field(description="The first of what was dropped.")
    renumbered: list[tuple[str, str]] = Field(description="Numbers of articles as they were and as they are.")


@router.post("/{pack}/bring-in", response={200: BroughtIn, **PROBLEMS}, summary="Bring a policy in from paper")
def bring_in(request: HttpRequest, pack: str, file: File[UploadedFile], title: Form[str] = "") -> BroughtIn:
    """A Word or text file becomes a draft of a new policy; the file itself is not kept."""
    caller = viewer(request, Scope.POLICIES_PUBLISH)
    data = file.read(LARGEST_FILE + 1)
    number = BringIn(actor=caller.actor, pack=pack, file_name=file.name or "", data=data, title=title).run()
    origin = policies.origin_of(number, caller.language)
    if origin is None:
        raise Http404
    return BroughtIn(
        draft=number,
        pack=pack,
        title=policies.draft(number).card.title,
        clauses=origin.clauses,
        tables=origin.tables,
        dropped=origin.dropped,
        left_out=[LeftOutOut(place=each.place, text=each.text, reason=each.reason) for each in origin.left_out],
        renumbered=list(origin.renumbered),
    )


@router.get(
    "/{pack}/versions/{version}/{form}",
    response={**PROBLEMS},
    openapi_extra=PRINTED,
    summary="A published version on paper",
)
def printed(request: HttpRequest, pack: str, version: str, form: policies.Form) -> HttpResponse:
    """Word or PDF with signatures and the receipt sheet, which names staff only to those who make policies."""
    caller = viewer(request, Scope.POLICIES_READ)
    named = any(may(caller, operation) for operation in policies.OPERATIONS)
    try:
        paper = policies.printed_version(pack, version, form, named=named)
    except KeyError:
        raise Http404 from None
    disposition = content_disposition_header(as_attachment=True, filename=paper.file_name) or "attachment"
    return HttpResponse(paper.data, content_type=paper.media_type, headers={"Content-Disposition": disposition})
