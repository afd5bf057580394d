"""A policy handed out on paper: a version to everybody, a draft to those who make policies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from django.http import Http404, HttpResponse
from django.urls import reverse

from keguan.runtime.ledger.actions import Refused
from keguan.runtime.policies import queries as policies
from keguan.web.policies.drafting import draft_of, operations
from keguan.web.shell.page import Page, staff_page

if TYPE_CHECKING:
    from collections.abc import Callable

    from keguan.runtime.policies.queries import Form, Paper


@staff_page
def version(page: Page, pack: str, version: str, form: Form) -> HttpResponse:
    """A published version. Who must read it and who has is listed for those who make policies, as on its page."""
    named = bool(operations(page.viewer))
    back = reverse("policies:document", args=[pack])
    word = reverse("policies:print", args=[pack, version, "docx"])
    return _handed(page, lambda: policies.printed_version(pack, version, form, named=named), form, back, word)


@staff_page
def draft(page: Page, pack: str, number: int, form: Form) -> HttpResponse:
    """A draft as it is kept."""
    draft_of(page, pack, number)
    back = f"{reverse('policies:draft', args=[pack, number])}?tab=preview"
    word = reverse("policies:print_draft", args=[pack, number, "docx"])
    return _handed(page, lambda: policies.printed_draft(number, form), form, back, word)


def _handed(page: Page, make: Callable[[], Paper], form: Form, back: str, word: str) -> HttpResponse:
    """The file; or why there is none, with Word instead of a PDF that this machine cannot set."""
    if form not in policies.MEDIA_TYPES:
        raise Http404(form)
    try:
        paper = make()
    except KeyError as error:
        raise Http404 from error
    except Refused as refused:
        offered = word if refused.code == "policies.unprintable" and form == "pdf" else ""
        context: dict[str, Any] = {"refused": refused, "back": back, "word": offered}
        return page.answer("policies/unprinted.html", context, status=422)
    disposition = f"attachment; filename*=UTF-8''{quote(paper.file_name)}"
    return HttpResponse(paper.data, content_type=paper.media_type, headers={"Content-Disposition": disposition})
