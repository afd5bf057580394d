"""Seeing a sealed value in full: a reason first, then the text for a short while, then the mask again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.urls import reverse
from django.views.decorators.debug import sensitive_variables

from keguan.runtime.access.actions import Reveal
from keguan.runtime.access.denied import note_denied
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.records import queries as records
from keguan.web.records.addressed import declared
from keguan.web.shell.page import Page, staff_page

if TYPE_CHECKING:
    from typing import Any

    from django.http import HttpResponse

SECONDS = 30
"""How long the plain text stays on the screen."""


@sensitive_variables("text")
@staff_page
def reveal(page: Page, record_type: str, record_id: int, field: str) -> HttpResponse:
    """The form for the reason; with one, the value. ``?masked=1`` gives the masked value back. Of a record out of
    sight, and of a field that the viewer never sees, nothing is shown.
    """
    context = _context(page, record_type, record_id, field)
    if page.request.method != "POST":
        found = records.profile(page.viewer, record_type, record_id)
        shown = found.row.cells.get(field)
        if shown is None:
            raise Http404(field)
        if "masked" in page.request.GET and page.partial:
            url = context["url"] if field in found.revealable else ""
            return page.fragment("records/secret.html", {"text": shown.text, "url": url})
        return _answer(page, "records/reveal_form.html", context)
    reason = page.request.POST.get("reason", "").strip()
    try:
        text = Reveal(viewer=page.viewer, record_type=record_type, id=record_id, field=field, reason=reason).run()
    except Refused as refused:
        if refused.code == "records.not_found":
            raise  # not even what the field is called
        asked = {"record_type": record_type, "record_id": record_id, "field": field}
        note_denied(page.viewer, refused, asked, f"web {page.request.path}")
        context |= {"refused": refused.message, "reason": reason}
        return _answer(page, "records/reveal_form.html", context, status=422)
    return _answer(page, "records/revealed.html", {**context, "text": text, "seconds": SECONDS})


def _context(page: Page, record_type: str, record_id: int, field: str) -> dict[str, Any]:
    try:
        label = declared(record_type).field(field).label
    except KeyError as error:
        raise Http404(field) from error
    return {
        "label": label.text(page.viewer.language),
        "url": reverse("records:reveal", args=[record_type, record_id, field]),
        "back": reverse("records:record", args=[record_type, record_id]),
    }


def _answer(page: Page, template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """A fragment for htmx; without scripts a page of its own."""
    if page.partial:
        return page.fragment(template, context, status=status)
    return page.answer("records/reveal_page.html", context, status=status)
