"""A document of a case as a PDF: as it is shown, or whole, for a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from keguan.runtime.ledger.actions import Refused
from keguan.runtime.processes import queries as cases
from keguan.runtime.processes.actions import RevealDocument
from keguan.web.shell.page import Page, staff_page

if TYPE_CHECKING:
    from keguan.runtime.policies.queries import Paper

_TOLD_HERE = frozenset({"policies.unprintable", "reveal.reason", "reveal.scope"})
"""Refusals that are told on a page that leads back to the case."""


@require_http_methods(["GET", "POST"])
@staff_page
def pdf(page: Page, case_id: int, document_id: int) -> HttpResponse:
    """GET: with sensitive values masked. POST with a ``reason``: the whole text, and the ledger keeps the reason."""
    try:
        paper = _paper(page, case_id, document_id)
    except Refused as refused:
        if refused.code not in _TOLD_HERE:
            raise
        back = reverse("cases:case", args=[case_id])
        return page.answer("cases/unprinted.html", {"refused": refused, "back": back}, status=422)
    disposition = f"attachment; filename*=UTF-8''{quote(paper.file_name)}"
    return HttpResponse(paper.data, content_type=paper.media_type, headers={"Content-Disposition": disposition})


def _paper(page: Page, case_id: int, document_id: int) -> Paper:
    if page.request.method != "POST":
        return cases.letter_on_paper(page.viewer, case_id, document_id)
    reason = page.request.POST.get("reason", "")
    asked = RevealDocument(viewer=page.viewer, case_id=case_id, document_id=document_id, reason=reason)
    return cases.letter_on_paper(page.viewer, case_id, document_id, asked.run())
