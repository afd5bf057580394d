"""The files of a record: put there, exchanged, taken away, fetched."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar, cast

from django.contrib import messages
from django.http import HttpResponseRedirect, StreamingHttpResponse
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from keguan.language.model.files import show_number, show_size
from keguan.runtime.attachments.received import Received
from keguan.runtime.attachments.receiving import PREFIX
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.org.sessions.origin import origin_of
from keguan.runtime.records import queries as records
from keguan.runtime.records.actions import AttachFiles, ReadFile, RemoveFile, ReplaceFile
from keguan.web.records.addressed import declared
from keguan.web.shell.page import Page, staff_page

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    from keguan.language.model.files import FileRule
    from keguan.language.model.model import ClauseRef, RecordType
    from keguan.runtime.access.viewer import Viewer
    from keguan.runtime.records.queries import FileField, ShownFile

    View = TypeVar("View", bound=Callable[..., HttpResponse])

SANDBOX = "default-src 'none'; sandbox"
"""For a file that a browser shows all the same: it runs nothing and belongs to nobody."""


@dataclass(frozen=True, slots=True)
class FileLine:
    """One file with where it is fetched, exchanged and taken away."""

    file: ShownFile
    url: str


@dataclass(frozen=True, slots=True)
class Box:
    """One field with its files; ``accept`` and ``limits`` say what may be put there."""

    code: str
    label: str
    clause: ClauseRef
    files: tuple[FileLine, ...]
    masked: bool
    changeable: bool
    input: str
    accept: str
    limits: str
    room: int
    url: str


def takes_files(view: View) -> View:
    """Mark a page that takes files for attachment fields of the record type in its address."""
    view.takes_files = True  # type: ignore[attr-defined]  # read by the upload handler
    return view


@takes_files
@require_POST
@staff_page
def attach(page: Page, record_type: str, record_id: int) -> HttpResponse:
    """Put files under the field of which the form has an input."""
    code = page.request.POST.get("field", "")
    files = files_for(page.request, code)
    action = AttachFiles(viewer=page.viewer, record_type=record_type, id=record_id, field=code, files=files)
    return _answer(page, record_type, record_id, action, gettext("已上传。"))


@takes_files
@require_POST
@staff_page
def replace(page: Page, record_type: str, record_id: int, attachment_id: int) -> HttpResponse:
    """Exchange one file for another."""
    files = files_for(page.request, page.request.POST.get("field", ""))
    if not files:
        messages.error(page.request, gettext("请先选择文件。"))
        return HttpResponseRedirect(_back(record_type, record_id))
    action = ReplaceFile(
        viewer=page.viewer, record_type=record_type, id=record_id, attachment_id=attachment_id, file=files[0]
    )
    return _answer(page, record_type, record_id, action, gettext("已替换。"))


@require_POST
@staff_page
def remove(page: Page, record_type: str, record_id: int, attachment_id: int) -> HttpResponse:
    """Take one file away."""
    action = RemoveFile(viewer=page.viewer, record_type=record_type, id=record_id, attachment_id=attachment_id)
    return _answer(page, record_type, record_id, action, gettext("已移除。"))


@require_POST
@staff_page
def fetch(page: Page, record_type: str, record_id: int, attachment_id: int) -> HttpResponse:
    """The file, as it is opened piece by piece. A POST: a link that somebody follows must not fetch it."""
    declared(record_type)
    opened = ReadFile(
        viewer=page.viewer,
        record_type=record_type,
        id=record_id,
        attachment_id=attachment_id,
        address=origin_of(page.request).address,
    ).run()
    disposition = content_disposition_header(as_attachment=True, filename=opened.name) or "attachment"
    headers = {
        "Content-Disposition": disposition,
        "Content-Length": str(opened.size),
        "Content-Security-Policy": SANDBOX,
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cache-Control": "no-store",
    }
    return cast("HttpResponse", StreamingHttpResponse(opened.pieces(), opened.media_type, headers=headers))


def files_for(request: HttpRequest, code: str) -> tuple[Received, ...]:
    """The received files for a field; what came by another way is none."""
    return tuple(each for each in request.FILES.getlist(f"{PREFIX}{code}") if isinstance(each, Received))


def boxes(viewer: Viewer, record_type: RecordType, record_id: int) -> tuple[Box, ...]:
    """The files of a record as its page shows them; none where its type has no such field."""
    if not any(each.files for each in record_type.fields):
        return ()
    url = reverse("records:record", args=[record_type.code, record_id])
    return tuple(_box(viewer, each, url) for each in records.files_shown(viewer, record_type.code, record_id))


def accepted(rule: FileRule) -> str:
    """For the file chooser of a browser."""
    return ",".join(f".{each}" for each in rule.extensions)


def limits(rule: FileRule, language: str) -> str:
    """What may be put there, in a sentence."""
    return gettext("%(kinds)s；每个最大 %(size)s，最多 %(number)s") % {
        "kinds": "、".join(rule.extensions) if language == "zh" else ", ".join(rule.extensions),
        "size": show_size(rule.size),
        "number": show_number(rule.number, language),
    }


def _box(viewer: Viewer, shown: FileField, url: str) -> Box:
    return Box(
        shown.code,
        shown.label.text(viewer.language),
        shown.clause,
        tuple(FileLine(each, f"{url}files/{each.id}/") for each in shown.files),
        shown.masked,
        shown.changeable,
        f"{PREFIX}{shown.code}",
        accepted(shown.rule),
        limits(shown.rule, viewer.language),
        shown.room,
        f"{url}files/",
    )


def _answer(
    page: Page, record_type: str, record_id: int, action: AttachFiles | RemoveFile | ReplaceFile, done: str
) -> HttpResponse:
    """Back to the record with what became of it; a record out of sight is a page of its own."""
    declared(record_type)
    try:
        action.run()
    except Refused as refused:
        if refused.code in ("records.not_found", "attachments.not_found", "records.not_permitted"):
            raise
        messages.error(page.request, refused.message)
    else:
        messages.success(page.request, done, extra_tags="good")
    return HttpResponseRedirect(_back(record_type, record_id))


def _back(record_type: str, record_id: int) -> str:
    return reverse("records:record", args=[record_type, record_id]) + "#files"
