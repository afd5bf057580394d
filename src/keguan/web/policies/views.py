"""The policies in force, to be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404

from keguan.runtime.access.rights import may
from keguan.runtime.policies import queries as policies
from keguan.web.policies.document import articles, segments, shares
from keguan.web.policies.drafting import operations, standing
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
    """Every policy in force with its coverage, and for those who make policies the drafts under way."""
    documents = [{"document": each, "segments": segments(each.coverage)} for each in policies.documents()]
    drafts = policies.drafts() if operations(page.viewer) else ()
    context = {"documents": documents, "drafts": [standing(card, page.viewer) for card in drafts]}
    context["may_draft"] = may(page.viewer, "draft")
    return page.answer("policies/list.html", context)


@staff_page
def document(page: Page, pack: str) -> HttpResponse:
    """One policy, clause by clause; what this reader has to confirm, and to its makers who has read it."""
    shown = found(pack)
    makes = operations(page.viewer)
    context = {
        "document": shown,
        "preamble": prose(shown.policy.preamble),
        "articles": articles(shown.policy, policies.current().model, page.viewer),
        "segments": segments(shown.coverage),
        "shares": shares(shown.policy, shown.coverage),
        "unread": [each for each in policies.unread(page.viewer.staff_id) if each.pack == pack],
        "receipts": policies.receipts(pack) if makes else (),
        "drafts": [standing(card, page.viewer) for card in policies.drafts(pack)] if makes else (),
        "may_draft": may(page.viewer, "draft"),
    }
    return page.answer("policies/document.html", context)
