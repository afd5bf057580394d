"""One permit: where its case stands, what it is about, and its use; asking for a right over one record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from keguan.language.model.granting import GrantedRight
from keguan.runtime.access.exits import Exit
from keguan.runtime.exports.actions import Export
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.org.sessions.origin import origin_of
from keguan.runtime.permits import queries as permits
from keguan.runtime.permits.actions import RequestPermit, UsePermit, WithdrawPermit
from keguan.runtime.permits.queries import RIGHTS, Selection
from keguan.runtime.records import queries as records
from keguan.web.exports.asking import requests, typed
from keguan.web.exports.lines import permit_line
from keguan.web.records.addressed import declared
from keguan.web.records.filters import chosen
from keguan.web.shell.page import Page, staff_page

if TYPE_CHECKING:
    from django.http import HttpResponse

ASKABLE = (GrantedRight.PRINT, GrantedRight.REVEAL, GrantedRight.CHANGE)
"""Rights over one record that its page leads to."""


@staff_page
def one(page: Page, permit_id: int) -> HttpResponse:
    """A permit, as far as this viewer may know what it is about."""
    return _answer(page, permit_id)


@require_POST
@staff_page
def export(page: Page, permit_id: int) -> HttpResponse:
    """Use it: have the file made that was approved."""
    address = origin_of(page.request).address
    export_id = Export(viewer=page.viewer, permit_id=permit_id, address=address).run()
    return HttpResponseRedirect(reverse("exports:export", args=[export_id]))


@require_POST
@staff_page
def use(page: Page, permit_id: int) -> HttpResponse:
    """Use it outside the system, and write that down."""
    note, address = page.request.POST.get("note", ""), origin_of(page.request).address
    return _done(page, permit_id, UsePermit(viewer=page.viewer, permit_id=permit_id, note=note, address=address))


@require_POST
@staff_page
def withdraw(page: Page, permit_id: int) -> HttpResponse:
    """Take it back."""
    reason = page.request.POST.get("reason", "")
    return _done(page, permit_id, WithdrawPermit(viewer=page.viewer, permit_id=permit_id, reason=reason))


@staff_page
def ask(page: Page, record_type: str, record_id: int, right: str) -> HttpResponse:
    """Ask for a right over one record."""
    known = declared(record_type)
    if right not in tuple(ASKABLE):
        raise Http404(right)
    granted = GrantedRight(right)
    title = records.get(page.viewer, known.code, record_id, Exit.PROFILE).title.text or f"#{record_id}"
    refused: Refused | None = None
    posted = page.request.POST
    if page.request.method == "POST":
        process = posted.get("ask", "")
        request = RequestPermit(
            viewer=page.viewer,
            right=granted,
            selection=Selection(known.code, ids=(record_id,)),
            purpose=posted.get("purpose", ""),
            recipient=posted.get("recipient", ""),
            process=process,
            values=typed(process, posted),
        )
        try:
            return HttpResponseRedirect(reverse("exports:permit", args=[request.run()]))
        except Refused as refusal:
            refused = refusal
    errors = {} if refused is None else refused.fields
    context = {
        "right": RIGHTS[granted],
        "label": known.label.text(page.viewer.language),
        "title": title,
        "record_url": reverse("records:record", args=[known.code, record_id]),
        "processes": requests(page, granted, known.code, posted, errors),
        "purpose": posted.get("purpose", ""),
        "recipient": posted.get("recipient", ""),
        "refused": "" if refused is None else refused.message,
        "errors": errors,
    }
    return page.answer("exports/ask.html", context, status=422 if refused else 200)


def _done(page: Page, permit_id: int, action: UsePermit | WithdrawPermit) -> HttpResponse:
    try:
        action.run()
    except Refused as refusal:
        return _answer(page, permit_id, refusal.message)
    messages.success(page.request, gettext("已办。"), extra_tags="good")
    return HttpResponseRedirect(reverse("exports:permit", args=[permit_id]))


def _answer(page: Page, permit_id: int, refused: str = "") -> HttpResponse:
    found = permits.one(page.viewer, permit_id)
    pack, _mark, anchor = found.card.clause.partition("#")
    context = {
        "permit": found,
        "line": permit_line(found.card),
        "chosen": chosen(page.viewer, found.card.record_type, found.query),
        "exportable": found.mine and found.card.granted and found.card.right == GrantedRight.EXPORT,
        "usable": found.mine and found.card.granted and found.card.outside,
        "clause_url": f"{reverse('policies:document', args=[pack])}#{anchor}" if pack else "",
        "refused": refused,
    }
    return page.answer("exports/permit.html", context, status=422 if refused else 200)
