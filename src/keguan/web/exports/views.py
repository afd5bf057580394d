"""One's own exports and permits; one export while it is made, its file, and calling it off."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast
from urllib.parse import quote

from django.contrib import messages
from django.http import HttpResponseRedirect, StreamingHttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from keguan.runtime.exports import queries as exports
from keguan.runtime.exports.actions import CancelExport, Download
from keguan.runtime.org.sessions.origin import origin_of
from keguan.runtime.permits import queries as permits
from keguan.web.exports.lines import export_line, permit_line
from keguan.web.shell.page import Page, staff_page

if TYPE_CHECKING:
    from django.http import HttpResponse


@staff_page
def listing(page: Page) -> HttpResponse:
    """One's own exports, newest first, and the permits that can still be used or are being decided."""
    after = whole(page.request.GET.get("after", ""))
    found = exports.mine(page.viewer, after)
    mine = () if after else permits.mine(page.viewer, size=20)
    context = {
        "exports": [export_line(card) for card in found],
        "permits": [permit_line(card) for card in mine],
        "further": f"?after={found[-1].id}" if len(found) == exports.PAGE else "",
        "oversees": exports.oversees(page.viewer),
    }
    return page.answer("exports/list.html", context)


@staff_page
def one(page: Page, export_id: int) -> HttpResponse:
    """One export; while it is being made, the page looks again every second."""
    return page.answer("exports/export.html", {"line": export_line(exports.one(page.viewer, export_id))})


@staff_page
def state(page: Page, export_id: int) -> HttpResponse:
    """The part of that page that changes."""
    line = export_line(exports.one(page.viewer, export_id))
    return page.fragment("exports/state.html", {"line": line, "fresh": line.card.over})


@require_POST
@staff_page
def cancel(page: Page, export_id: int) -> HttpResponse:
    """Call it off."""
    CancelExport(viewer=page.viewer, export_id=export_id).run()
    messages.success(page.request, gettext("已取消。"), extra_tags="good")
    return HttpResponseRedirect(reverse("exports:list"))


@require_POST
@staff_page
def file(page: Page, export_id: int) -> HttpResponse:
    """The file, as it is opened piece by piece. A POST: a link that somebody follows must not fetch it."""
    address = origin_of(page.request).address
    given = Download(viewer=page.viewer, export_id=export_id, address=address).run()
    disposition = f"attachment; filename*=UTF-8''{quote(given.file_name)}"
    headers = {"Content-Disposition": disposition, "Content-Length": str(given.size), "Cache-Control": "no-store"}
    answer = StreamingHttpResponse(given.pieces(), content_type=given.media_type, headers=headers)
    return cast("HttpResponse", answer)


def whole(text: str) -> int:
    """A number in an address; 0 for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0
