"""Records that are only stored."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from keguan.runtime.retention import queries as retention
from keguan.web.retention.tabs import clause_url, further, tabs
from keguan.web.shell.page import Page, staff_page

if TYPE_CHECKING:
    from django.http import HttpResponse


@staff_page
def listing(page: Page) -> HttpResponse:
    """All of them, newest first."""
    rows, following = retention.asides(page.viewer, page.request.GET.get("after", ""))
    context = {
        "tabs": tabs(page.viewer, "stored"),
        "rows": rows,
        "further": further(reverse("retention:stored"), following),
    }
    return page.answer("retention/stored.html", context)


@staff_page
def one(page: Page, record_type: str, record_id: int) -> HttpResponse:
    """One of them, with the notice of why it is kept; nothing can be done to it."""
    found = retention.aside_view(page.viewer, record_type, record_id)
    context = {
        "row": found.row,
        "clause_url": clause_url(found.row.clause),
        "cells": [(each.label.text(page.viewer.language), found.record.cells[each.code]) for each in found.columns],
    }
    return page.answer("retention/stored_one.html", context)
