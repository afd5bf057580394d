"""请假与代理: who acts for whom while somebody is away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from keguan.runtime import clock
from keguan.runtime.access.rights import may
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.org import queries as org
from keguan.runtime.org.actions import AppointDeputy, EndDeputy
from keguan.web.settings import named
from keguan.web.shell.page import Page, staff_page

if TYPE_CHECKING:
    from typing import Any

    from django.http import HttpResponse


@staff_page
def away(page: Page) -> HttpResponse:
    """Who acts for the viewer, for whom the viewer acts, and the form; for administrators everybody's."""
    viewer, manages = page.viewer, may(page.viewer, "manage_staff")
    own = named.staff_id(viewer)
    context: dict[str, Any] = {"asked": {"since": clock.today().isoformat()}, "fields": {}}
    if page.request.method == "POST":
        try:
            _appoint(page, own)
        except Refused as refused:
            context |= {"refused": refused.message, "fields": refused.fields, "asked": page.request.POST.dict()}
        else:
            messages.success(page.request, gettext("代理已安排，这几天的事由代理人一并办理。"), extra_tags="good")
            return HttpResponseRedirect(reverse("away"))
    cards = org.deputyships()
    context |= {
        "mine": [card for card in cards if card.staff_id == own],
        "for_others": [card for card in cards if card.deputy_id == own],
        "others": [card for card in cards if card.staff_id != own] if manages else [],
        "manages": manages,
    }
    return page.answer("settings/away.html", context, status=422 if "refused" in context else 200)


@require_POST
@staff_page
def end(page: Page, deputyship: int) -> HttpResponse:
    """End one at once and come back to the list."""
    EndDeputy(actor=page.viewer.actor, deputyship_id=deputyship).run()
    messages.success(page.request, gettext("代理已结束。"), extra_tags="good")
    return HttpResponseRedirect(reverse("away"))


def _appoint(page: Page, own: int) -> None:
    posted = page.request.POST
    whose = posted.get("staff", "").strip()
    AppointDeputy(
        actor=page.viewer.actor,
        staff_id=named.person(whose, "staff_id") if whose else own,
        deputy_id=named.person(posted.get("deputy", ""), "deputy_id"),
        since=named.day(posted.get("since", ""), "since"),
        until=named.day(posted.get("until", ""), "until"),
        reason=posted.get("reason", ""),
    ).run()
