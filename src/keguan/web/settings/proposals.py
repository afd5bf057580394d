"""待确认: roles that one administrator has proposed and another confirms or refuses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from keguan.runtime.access.appointing import takes_two
from keguan.runtime.access.rights import may
from keguan.runtime.departures import queries as departures
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.org import queries as org
from keguan.runtime.org.actions import (
    ConfirmAppointment,
    EndAppointment,
    RefuseAppointment,
    SetActive,
    WithdrawProposal,
)
from keguan.runtime.policies import queries as policies
from keguan.web.settings import named
from keguan.web.settings.granted import granted
from keguan.web.settings.people_tabs import tabs
from keguan.web.shell.page import Page, staff_page

if TYPE_CHECKING:
    from django.http import HttpResponse


@staff_page
def proposals(page: Page) -> HttpResponse:
    """Everything that waits, with what it would give, and the two answers for whoever may give them."""
    departures.require_looking(page.viewer)
    return _listed(page)


@require_POST
@staff_page
def decide(page: Page, proposal: int) -> HttpResponse:
    """Confirm it, refuse it with a reason, or take it back."""
    posted, actor = page.request.POST, page.viewer.actor
    try:
        match posted.get("answer", ""):
            case "confirm":
                ConfirmAppointment(actor=actor, proposal_id=proposal).run()
                done = gettext("已确认，角色已授予。")
            case "withdraw":
                WithdrawProposal(actor=actor, proposal_id=proposal).run()
                done = gettext("任命申请已撤回。")
            case _:
                RefuseAppointment(actor=actor, proposal_id=proposal, reason=posted.get("reason", "")).run()
                done = gettext("已不同意，提出的人会收到通知。")
    except Refused as refused:
        return _listed(page, refused=refused, about=proposal)
    messages.success(page.request, done, extra_tags="good")
    return HttpResponseRedirect(reverse("people:proposals"))


@require_POST
@staff_page
def end(page: Page, appointment: int) -> HttpResponse:
    """End an appointment with today, or a day, and come back to the person."""
    until = named.day(page.request.POST.get("until", ""), "until")
    EndAppointment(actor=page.viewer.actor, appointment_id=appointment, until=until).run()
    messages.success(page.request, gettext("任命已结束。"), extra_tags="good")
    return HttpResponseRedirect(reverse("people:person", args=[named.number(page.request.POST.get("staff", ""))]))


@require_POST
@staff_page
def switch(page: Page, staff: int) -> HttpResponse:
    """Close an account for the time being, or open it again."""
    active = page.request.POST.get("active") == "yes"
    SetActive(actor=page.viewer.actor, staff_id=staff, active=active).run()
    done = gettext("账号已启用。") if active else gettext("账号已停用，所有登录都已结束。")
    messages.success(page.request, done, extra_tags="good")
    return HttpResponseRedirect(reverse("people:person", args=[staff]))


def _listed(page: Page, refused: Refused | None = None, about: int = 0) -> HttpResponse:
    roles, language = policies.current().model.roles, page.viewer.language
    rows = [
        {
            "card": card,
            **(granted(roles[card.role], language) if card.role in roles else {"label": card.role}),
            "refused": refused.message if refused is not None and card.id == about else "",
            "own": page.viewer.staff_id in (card.proposed_by, card.staff_id),
        }
        for card in org.waiting_proposals()
    ]
    context = {
        "rows": rows,
        "refused": "" if refused is None or any(row["refused"] for row in rows) else refused.message,
        "grants": may(page.viewer, "grant_roles"),
        "manages": may(page.viewer, "manage_staff"),
        "two_people": takes_two(),
        "tabs": tabs(page, "proposals"),
    }
    return page.answer("people/proposals.html", context, status=200 if refused is None else 422)
