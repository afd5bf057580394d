"""The sheet of a record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from keguan.runtime.exports.actions import PrintRecord
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.org.sessions.origin import origin_of
from keguan.web.records.addressed import declared
from keguan.web.shell.page import Page, staff_page

if TYPE_CHECKING:
    from django.http import HttpResponse

_REPEATED = 60
"""So often the mark stands behind a sheet: enough for the longest record on A4."""


@staff_page
def record(page: Page, record_type: str, record_id: int) -> HttpResponse:
    """GET: what will happen. POST: the sheet; the ledger has it from then on, printed on paper or not."""
    known = declared(record_type)
    back = reverse("records:record", args=[known.code, record_id])
    context = {"back": back, "label": known.label.text(page.viewer.language), "code": known.code, "id": record_id}
    if page.request.method != "POST":
        return page.answer("exports/print_first.html", context)
    address = origin_of(page.request).address
    try:
        sheet = PrintRecord(viewer=page.viewer, record_type=known.code, id=record_id, address=address).run()
    except Refused as refusal:
        if refusal.code == "records.not_found":
            raise
        asks = refusal.code == "records.needs_permit"
        return page.answer(
            "exports/print_first.html", {**context, "refused": refusal.message, "asks": asks}, status=422
        )
    return page.answer("exports/print.html", {**context, "sheet": sheet, "behind": range(_REPEATED)})
