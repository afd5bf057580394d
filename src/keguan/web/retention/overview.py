"""What is due and what waits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.runtime.retention import queries as retention
from keguan.web.retention.tabs import clause_url, tabs
from keguan.web.shell.page import Page, staff_page

if TYPE_CHECKING:
    from django.http import HttpResponse


@staff_page
def overview(page: Page) -> HttpResponse:
    """By block what is due, the batches that are under way, and how much is held and only stored."""
    found = retention.overview(page.viewer)
    context = {
        "tabs": tabs(page.viewer, "overview"),
        "found": found,
        "piles": [(pile, clause_url(pile.clause)) for pile in found.piles],
        "tasks": retention.tasks(page.viewer),
    }
    return page.answer("retention/overview.html", context)
