"""Taking an import back: what would happen, then how it goes and what stayed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponseRedirect
from django.urls import reverse

from keguan.runtime.imports import queries as imports
from keguan.runtime.imports.actions import StartUndo
from keguan.web.imports.words import type_label
from keguan.web.shell.page import Page, staff_page

if TYPE_CHECKING:
    from django.http import HttpResponse


@staff_page
def undo(page: Page, import_id: int) -> HttpResponse:
    """The preview, or once it is begun how it goes; posting begins it or goes on with it."""
    if page.request.method == "POST":
        StartUndo(viewer=page.viewer, import_id=import_id).run()
        return HttpResponseRedirect(reverse("imports:undo", args=[import_id]))
    card = imports.one(page.viewer, import_id)
    undone = imports.undone(page.viewer, import_id)
    context = {
        "import": card,
        "type_label": type_label(card.record_type, page.viewer.language),
        "undone": undone,
        "busy": undone is not None and undone.ended_at is None and undone.job is not None and not undone.job.over,
        "preview": None if undone is not None and undone.ended_at else imports.undo_preview(page.viewer, import_id),
    }
    if page.partial:
        return page.fragment("imports/undo_state.html", context)
    return page.answer("imports/undo.html", context)
