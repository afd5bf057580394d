"""Starting a case over a record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from keguan.runtime.ledger.actions import Refused
from keguan.runtime.policies import queries as policies
from keguan.runtime.processes import queries as cases
from keguan.runtime.processes.actions import StartCase
from keguan.web.cases.fields import typed_in, widgets
from keguan.web.shell.page import Page, staff_page

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpResponse


@staff_page
def new(page: Page, process: str, record_id: int) -> HttpResponse:
    """The first step's form, or the attempt to start. Raises ``Refused`` where the viewer may not start it."""
    form = cases.starting_form(page.viewer, process, record_id)
    declared = policies.current().model.blocks.processes[process]
    step = declared.steps[0]
    typed: dict[str, str] | None = None
    errors: Mapping[str, str] = {}
    refused = ""
    if page.request.method == "POST":
        typed = typed_in(form, page.request.POST)
        try:
            case_id = StartCase(
                viewer=page.viewer,
                process=process,
                record_id=record_id,
                values=typed,
                opinion=page.request.POST.get("opinion", ""),
                outcome=page.request.POST.get("outcome", ""),
                complete="draft" not in page.request.POST,
            ).run()
        except Refused as refusal:
            errors, refused = refusal.fields, refusal.message
        else:
            messages.success(page.request, _("已发起。"), extra_tags="good")
            return HttpResponseRedirect(reverse("cases:case", args=[case_id]))
    context = {
        "process": declared,
        "label": declared.label.text(page.viewer.language),
        "step": step.label.text(page.viewer.language),
        "form": form,
        "widgets": [] if form is None else widgets(form, typed, errors),
        "outcomes": []
        if form is not None and form.outcome
        else [each.label for each in step.outcomes if each.label and not each.otherwise],
        "opinion": page.request.POST.get("opinion", ""),
        "refused": refused,
        "record_url": reverse("records:record", args=[declared.record_type, record_id]),
    }
    return page.answer("cases/new.html", context, status=422 if refused else 200)
