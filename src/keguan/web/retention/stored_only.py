"""Records that are only stored."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from keguan.runtime.access.rights import may
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.retention import queries as retention
from keguan.runtime.retention.actions import HoldRecords, TakeBack
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
    """One of them, with the notice of why it is kept; it can be held and taken back, nothing else."""
    refused = ""
    if page.request.method == "POST":
        try:
            address = _post(page, record_type, record_id)
        except Refused as refusal:
            refused = refusal.message
        else:
            return HttpResponseRedirect(address)
    found = retention.aside_view(page.viewer, record_type, record_id)
    context = {
        "row": found.row,
        "clause_url": clause_url(found.row.clause),
        "cells": [(each.label.text(page.viewer.language), found.record.cells[each.code]) for each in found.columns],
        "may_take_back": may(page.viewer, "dispose"),
        "may_hold": may(page.viewer, "hold"),
        "refused": refused,
        "typed": page.request.POST,
    }
    return page.answer("retention/stored_one.html", context, status=422 if refused else 200)


def _post(page: Page, record_type: str, record_id: int) -> str:
    reason = page.request.POST.get("reason", "")
    if "hold" in page.request.POST:
        HoldRecords(viewer=page.viewer, record_type=record_type, ids=(record_id,), reason=reason).run()
        messages.success(page.request, _("已封存。"), extra_tags="good")
        return reverse("retention:stored-one", args=[record_type, record_id])
    TakeBack(viewer=page.viewer, record_type=record_type, id=record_id, reason=reason).run()
    messages.success(page.request, _("已取回，和别的档案一样可以查看。"), extra_tags="good")
    return reverse("retention:stored")
