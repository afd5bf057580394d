"""Changing many records at once: what to set, and what became of each."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from keguan.runtime.jobs.actions import CancelJob
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.policies import queries as policies
from keguan.runtime.records import queries as records
from keguan.runtime.records.actions import GiveResults, StartBulkEdit
from keguan.web.imports.views import XLSX
from keguan.web.records.addressed import declared
from keguan.web.records.chosen import chosen_ids
from keguan.web.records.criteria import parameters, query_from
from keguan.web.records.form import Filled, form_fields, names_of
from keguan.web.shell.page import Page, staff_page

if TYPE_CHECKING:
    from collections.abc import Mapping


@staff_page
def bulk(page: Page, record_type: str) -> HttpResponse:
    """Which fields to set or clear, in the chosen records or in all that the list finds."""
    known = declared(record_type)
    given = page.request.POST if page.request.method == "POST" else page.request.GET
    ids, query = chosen_ids(given), query_from(page.request.GET)
    codes = records.bulk_codes(page.viewer, record_type)
    fields = tuple(field for field in known.fields if field.code in codes)
    wanted = [code for code in given.getlist("set") if code in codes]
    texts = {code: given.get(code, "").strip() for code in wanted}
    refused, errors = "", {}
    if page.request.method == "POST":
        try:
            begun = StartBulkEdit(viewer=page.viewer, record_type=record_type, values=texts, ids=ids, query=query).run()
        except Refused as refusal:
            refused, errors = refusal.message, dict(refusal.fields)
        else:
            return HttpResponseRedirect(reverse("records:bulk-result", args=[begun]))
    filled = Filled(texts, names_of(page.viewer, fields, texts), {})
    widgets = form_fields(page.viewer, fields, filled, errors)
    context = {
        "type": record_type,
        "label": known.label.text(page.viewer.language),
        "ids": ids,
        "count": "" if ids else str(records.page(page.viewer, record_type, query).count),
        "query": parameters(query).urlencode(),
        "fields": [(widget, widget.code in wanted) for widget in widgets],
        "refused": refused,
        "back": reverse("records:list", args=[record_type]),
    }
    return page.answer("records/bulk.html", context, status=422 if refused else 200)


@staff_page
def result(page: Page, edit_id: int) -> HttpResponse:
    """How it goes, and what became of each record."""
    card = records.bulk_edit(page.viewer, edit_id)
    asked = page.request.GET
    after = asked.get("after", "")
    rows = records.bulk_results(
        page.viewer, edit_id, asked.get("outcome", ""), int(after) if after.isascii() and after.isdigit() else 0
    )
    context = {
        "card": card,
        "busy": card.job is not None and not card.job.over,
        "label": _label(page, card.record_type),
        "fields": _field_labels(page, card),
        "rows": rows,
        "outcome": asked.get("outcome", ""),
        "next": rows[-1].id if len(rows) == records.BULK_PAGE else None,
    }
    if page.partial:
        return page.fragment("records/bulk_state.html", context)
    return page.answer("records/bulk_result.html", context)


@require_POST
@staff_page
def cancel(page: Page, edit_id: int) -> HttpResponse:
    """Stop it: what is done stays done."""
    card = records.bulk_edit(page.viewer, edit_id)
    if card.job is not None and not card.job.over:
        CancelJob(actor=page.viewer.actor, job_id=card.job.id).run()
    return HttpResponseRedirect(reverse("records:bulk-result", args=[edit_id]))


@staff_page
def download(page: Page, edit_id: int) -> HttpResponse:
    """The results as a workbook."""
    given = GiveResults(viewer=page.viewer, edit_id=edit_id).run()
    disposition = f"attachment; filename*=UTF-8''{quote(given.file_name)}"
    return HttpResponse(given.data, content_type=XLSX, headers={"Content-Disposition": disposition})


def _label(page: Page, record_type: str) -> str:
    found = policies.current().model.record_types.get(record_type)
    return record_type if found is None else found.label.text(page.viewer.language)


def _field_labels(page: Page, card: records.BulkCard) -> list[str]:
    found = policies.current().model.record_types.get(card.record_type)
    labels: Mapping[str, str] = (
        {} if found is None else {field.code: field.label.text(page.viewer.language) for field in found.fields}
    )
    return [] if card.hands_over else [labels.get(code, code) for code in card.fields]
