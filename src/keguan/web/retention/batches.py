"""Batches of disposal: looked through, submitted, watched."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from keguan.runtime.ledger.actions import Refused
from keguan.runtime.org.sessions.browser import ROW, recently_authenticated
from keguan.runtime.retention import queries as retention
from keguan.runtime.retention.actions import StrikeOut, SubmitBatch, WithdrawBatch, WitnessBatch
from keguan.web.account.again import ask
from keguan.web.retention.tabs import clause_url, further, tabs
from keguan.web.shell.page import Page, staff_page

if TYPE_CHECKING:
    from django.http import HttpResponse

    from keguan.runtime.ledger.actions import Action


@staff_page
def listing(page: Page) -> HttpResponse:
    """All batches, newest first."""
    rows, following = retention.batches(page.viewer, page.request.GET.get("after", ""))
    context = {
        "tabs": tabs(page.viewer, "batches"),
        "rows": rows,
        "further": further(reverse("retention:batches"), following),
    }
    return page.answer("retention/batches.html", context)


@staff_page
def batch(page: Page, batch_id: int) -> HttpResponse:
    """One batch, and what may be done about it; a refusal is told on the page, with nothing typed lost."""
    refused: Refused | None = None
    if "witness" in page.request.POST and not recently_authenticated(page.request):
        return ask(page)
    if page.request.method == "POST":
        try:
            _action(page, batch_id).run()
        except Refused as refusal:
            refused = refusal
        else:
            messages.success(page.request, _("已办。"), extra_tags="good")
            return HttpResponseRedirect(reverse("retention:batch", args=[batch_id]))
    found = retention.batch_view(page.viewer, batch_id, page.request.GET.get("after", ""))
    labels = {each.code: each.label.text(page.viewer.language) for each in found.columns}
    context = {
        "batch": found,
        "row": found.row,
        "items": [
            (item, clause_url(item.clause), [(label, item.cells.get(code)) for code, label in labels.items()])
            for item in found.items
        ],
        "labels": labels.values(),
        "refused": refused.message if refused else "",
        "typed": page.request.POST,
        "further": further(reverse("retention:batch", args=[batch_id]), found.next),
    }
    return page.answer("retention/batch.html", context, status=422 if refused else 200)


def _action(page: Page, batch_id: int) -> Action[Any]:
    posted = page.request.POST
    reason = posted.get("reason", "")
    if "witness" in posted:
        return WitnessBatch(
            viewer=page.viewer,
            batch_id=batch_id,
            session_id=page.request.session.get(ROW, 0),
            password=posted.get("password", ""),
        )
    if "submit" in posted:
        return SubmitBatch(viewer=page.viewer, batch_id=batch_id, opinion=posted.get("opinion", ""))
    if "withdraw" in posted:
        return WithdrawBatch(viewer=page.viewer, batch_id=batch_id, reason=posted.get("opinion", ""))
    items = tuple(int(each) for each in posted.getlist("item") if each.isascii() and each.isdigit() and len(each) < 19)
    return StrikeOut(viewer=page.viewer, batch_id=batch_id, item_ids=items, reason=reason, back="back" in posted)
