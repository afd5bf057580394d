"""The policies in force, to be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404

from keguan.runtime.access.rights import may
from keguan.runtime.policies import queries as policies
from keguan.web.policies.document import articles, segments
from keguan.web.policies.prose import prose
from keguan.web.shell.page import Page, staff_page

if TYPE_CHECKING:
    from django.http import HttpResponse


def found(pack: str) -> policies.Document:
    """The document of a pack in force. Raises ``Http404``."""
    try:
        return policies.document(pack)
    except KeyError as error:
        raise Http404 from error


@staff_page
def listing(page: Page) -> HttpResponse:
    """Every policy in force with its coverage."""
    documents = [{"document": each, "segments": segments(each.coverage)} for each in policies.documents()]
    return page.answer("policies/list.html", {"documents": documents})


@staff_page
def document(page: Page, pack: str) -> HttpResponse:
    """One policy, clause by clause."""
    shown = found(pack)
    context = {
        "document": shown,
        "preamble": prose(shown.policy.preamble),
        "articles": articles(shown, page.viewer),
        "segments": segments(shown.coverage),
        "may_publish": may(page.viewer, "publish"),
    }
    return page.answer("policies/document.html", context)
