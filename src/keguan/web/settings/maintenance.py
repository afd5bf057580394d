"""维护记录: what may be maintained now, under whose permit, and what was done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext

from keguan.runtime.access.rights import may
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.permits.queries import STATES
from keguan.runtime.policies import queries as policies
from keguan.runtime.reviews.maintenance import Maintain
from keguan.runtime.reviews.maintenance import maintenance as all_of_it
from keguan.web.ledger.told import told
from keguan.web.settings import named
from keguan.web.settings.people_tabs import tabs
from keguan.web.shell.page import Page, staff_page

if TYPE_CHECKING:
    from django.http import HttpResponse


@staff_page
def maintenance(page: Page) -> HttpResponse:
    """Permits and acts; whoever has a standing permit of their own writes down what they do."""
    found, model = all_of_it(page.viewer), policies.current().model
    context: dict[str, Any] = {}
    if page.request.method == "POST":
        posted = page.request.POST
        try:
            Maintain(
                viewer=page.viewer,
                permit_id=named.number(posted.get("permit", "")),
                note=posted.get("note", ""),
                address=page.request.META.get("REMOTE_ADDR", ""),
            ).run()
        except Refused as refused:
            context["refused"] = refused.message
        else:
            messages.success(page.request, gettext("这次维护已记入账本。"), extra_tags="good")
            return HttpResponseRedirect(reverse("people:maintenance"))
    context |= {
        "permits": [{"card": each, "state": STATES.get(each.state, each.state)} for each in found.permits],
        "own": [each for each in found.permits if each.mine and each.standing],
        "acts": [told(entry, model, page.viewer.language) for entry in found.acts],
        "maintains": may(page.viewer, "maintain"),
        "tabs": tabs(page, "maintenance"),
    }
    return page.answer("people/maintenance.html", context, status=422 if "refused" in context else 200)
