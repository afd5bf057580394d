"""The list of destruction: read, printed, and asked for proof."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from keguan.runtime.retention import queries as retention
from keguan.web.retention.tabs import further, tabs
from keguan.web.shell.page import Page, staff_page

if TYPE_CHECKING:
    from django.http import HttpResponse

PRINTED = 2_000
"""Lines of a batch that is printed in one piece."""


@staff_page
def listing(page: Page) -> HttpResponse:
    """The newest lines, or all of one batch, as it is printed and signed."""
    asked = page.request.GET.get("batch", "")
    batch_id = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 19 else None
    after = page.request.GET.get("after", "")
    rows, following = retention.destroyed(page.viewer, batch_id, after, PRINTED if batch_id is not None else 50)
    address = reverse("retention:list")
    context = {
        "tabs": tabs(page.viewer, "list"),
        "rows": rows,
        "batch": rows[0].batch_number if rows and batch_id is not None else "",
        "batch_id": batch_id,
        "provable": retention.provable(page.viewer),
        "further": further(address, following) if batch_id is None else "",
    }
    return page.answer("retention/list.html", context)


@staff_page
def proof(page: Page) -> HttpResponse:
    """Whether the record of which somebody knows these values was destroyed. Nothing typed is kept."""
    posted = page.request.POST
    record_type = posted.get("type", "")
    values = {name.removeprefix("v_"): str(value) for name, value in posted.items() if name.startswith("v_")}
    rows = retention.prove(page.viewer, record_type, values) if page.request.method == "POST" else ()
    context = {
        "tabs": tabs(page.viewer, "list"),
        "rows": rows,
        "asked": page.request.method == "POST",
        "provable": retention.provable(page.viewer),
    }
    return page.answer("retention/proof.html", context)
