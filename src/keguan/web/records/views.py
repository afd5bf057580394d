"""The pages of records: list, drawer, the whole record, why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from keguan.runtime.access.rights import may
from keguan.runtime.exports import queries as exports
from keguan.runtime.records import queries as records
from keguan.runtime.records.actions import DeleteView, SaveView
from keguan.web.cases.of_record import cases_of_record
from keguan.web.records.addressed import declared
from keguan.web.records.attaching import boxes
from keguan.web.records.criteria import address, query_from
from keguan.web.records.listing import listing, usual_columns
from keguan.web.records.record import whole
from keguan.web.records.why import why
from keguan.web.retention.of_record import kept_of_record
from keguan.web.shell.page import Page, staff_page

if TYPE_CHECKING:
    from django.http import HttpResponse


@staff_page
def listing_page(page: Page, record_type: str) -> HttpResponse:
    """The list of a record type; htmx gets the table alone."""
    known = declared(record_type)
    query = query_from(page.request.GET, usual_columns(page.viewer, known))
    shown = listing(page.viewer, known, query, whole=not page.partial)
    if page.partial:
        response = page.fragment("records/table.html", {"list": shown, "fresh": True})
        response["HX-Push-Url"] = page.request.path + address(query, after=query.after)
        return response
    return page.answer("records/list.html", {"list": shown})


@staff_page
def drawer(page: Page, record_type: str, record_id: int) -> HttpResponse:
    """A record beside its list."""
    shown = whole(page.viewer, declared(record_type), record_id, brief=True)
    if page.partial:
        return page.fragment("records/drawer.html", {"record": shown})
    return HttpResponseRedirect(shown.url)


@staff_page
def record(page: Page, record_type: str, record_id: int) -> HttpResponse:
    """The whole record: profile, children, timeline, reasons."""
    known = declared(record_type)
    shown = whole(page.viewer, known, record_id)
    context = {
        "record": shown,
        "files": boxes(page.viewer, known, record_id),
        "holdings": shown.holdings,
        "merges": records.merges_of(record_type, record_id) if may(page.viewer, "merge") else (),
        "may_hand_over": may(page.viewer, "hand_over"),
        **cases_of_record(page.viewer, record_type, record_id),
        **kept_of_record(page.viewer, record_type, record_id),
    }
    if exports.may_print(page.viewer, record_type):
        context["print_url"] = reverse("exports:print", args=[record_type, record_id])
    return page.answer("records/record.html", context)


@staff_page
def why_page(page: Page, record_type: str, record_id: int, decision: str) -> HttpResponse:
    """The reason of one decision by itself."""
    card = why(page.viewer, record_type, record_id, decision)
    if card is None:
        raise Http404(decision)
    if page.partial:
        return page.fragment("records/why.html", {"why": card})
    return page.answer("records/why_page.html", {"why": card})


@require_POST
@staff_page
def save_view(page: Page, record_type: str) -> HttpResponse:
    """Remember the list as it is under a name."""
    query = query_from(QueryDict(page.request.POST.get("query", "")))
    SaveView(viewer=page.viewer, record_type=record_type, title=page.request.POST.get("name", ""), query=query).run()
    messages.success(page.request, gettext("视图已保存。"), extra_tags="good")
    return HttpResponseRedirect(reverse("records:list", args=[record_type]) + address(query))


@require_POST
@staff_page
def remove_view(page: Page, record_type: str, view_id: int) -> HttpResponse:
    """Forget a saved view; the records stay."""
    DeleteView(viewer=page.viewer, id=view_id).run()
    return HttpResponseRedirect(reverse("records:list", args=[record_type]))
