"""人员: who works here, what waits for confirmation, and one person with everything they hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext

from keguan.runtime.access.appointing import takes_two
from keguan.runtime.access.rights import may
from keguan.runtime.departures import queries as departures
from keguan.runtime.ledger import permission
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.org import queries as org
from keguan.runtime.org.actions import AddStaff, Appoint, ProposeAppointment
from keguan.runtime.policies import queries as policies
from keguan.web.settings import named
from keguan.web.settings.granted import granted
from keguan.web.settings.people_tabs import tabs as tabs_of
from keguan.web.shell.page import Page, staff_page

if TYPE_CHECKING:
    from django.http import HttpResponse


@staff_page
def people(page: Page) -> HttpResponse:
    """Everybody by name, with their roles; what waits for a second administrator stands above."""
    departures.require_looking(page.viewer)
    query = page.request.GET
    asked = {"q": query.get("q", "").strip()[:60], "unit": query.get("unit", ""), "state": query.get("state", "")}
    units = org.units()
    unit = next((each.id for each in units if str(each.id) == asked["unit"]), None)
    active = {"open": True, "closed": False}.get(asked["state"])
    found = org.staff_page(asked["q"], unit, active=active, after=_after(query.get("after", "")))
    held, roles = org.appointments_of_all(), policies.current().model.roles
    language = page.viewer.language
    context = {
        "people": [
            {
                "card": card,
                "roles": [
                    roles[each.role].label.text(language) if each.role in roles else each.role
                    for each in held.get(card.id, ())
                ],
            }
            for card in found.cards
        ],
        "units": units,
        "asked": asked,
        "narrowed": any(asked.values()),
        "next": None if found.after is None else urlencode(asked | {"after": f"{found.after[1]}:{found.after[0]}"}),
        "manages": may(page.viewer, "manage_staff"),
        "tabs": tabs_of(page, "people"),
    }
    return page.answer("people/list.html", context)


@staff_page
def add(page: Page) -> HttpResponse:
    """The form for a new account; it holds no role yet."""
    permission.require(page.viewer.actor, "manage_staff")
    context: dict[str, Any] = {"asked": {}, "fields": {}, "units": org.units(), "tabs": tabs_of(page, "people")}
    if page.request.method == "POST":
        posted = page.request.POST
        try:
            staff_id = AddStaff(
                actor=page.viewer.actor,
                username=posted.get("username", ""),
                staff_name=posted.get("name", ""),
                unit_id=named.number(posted.get("unit", "")),
                password=posted.get("password", ""),
            ).run()
        except Refused as refused:
            context |= {"refused": refused.message, "fields": refused.fields, "asked": posted.dict()}
        else:
            messages.success(page.request, gettext("账号已建立，还没有任何角色。"), extra_tags="good")
            return HttpResponseRedirect(reverse("people:person", args=[staff_id]))
    return page.answer("people/add.html", context, status=422 if "refused" in context else 200)


@staff_page
def person(page: Page, staff: int) -> HttpResponse:
    """One person: appointments, what waits, what they can do, and whether they leave."""
    departures.require_looking(page.viewer)
    context = _about(page, staff)
    if page.request.method == "POST":
        try:
            _give(page, staff)
        except Refused as refused:
            context |= {"refused": refused.message, "fields": refused.fields, "asked": page.request.POST.dict()}
        else:
            done = gettext("任命已提出，等安全管理员确认。") if takes_two() else gettext("角色已授予。")
            messages.success(page.request, done, extra_tags="good")
            return HttpResponseRedirect(reverse("people:person", args=[staff]))
    return page.answer("people/person.html", context, status=422 if "refused" in context else 200)


def _give(page: Page, staff_id: int) -> None:
    posted = page.request.POST
    unit = posted.get("unit", "")
    what: dict[str, Any] = {
        "staff_id": staff_id,
        "role": posted.get("role", ""),
        "unit_id": named.number(unit) if unit else None,
        "since": named.day(posted.get("since", ""), "since"),
        "until": named.day(posted.get("until", ""), "until"),
    }
    if what["role"] not in policies.current().model.roles:
        raise Refused("people.role", gettext("请选择角色。"), {"role": gettext("请选择角色。")})
    if takes_two():
        ProposeAppointment(actor=page.viewer.actor, reason=posted.get("reason", ""), **what).run()
    else:
        Appoint(actor=page.viewer.actor, **what).run()


def _about(page: Page, staff_id: int) -> dict[str, Any]:
    card = org.staff_by_id(staff_id)
    if card is None:
        raise Refused("org.no_staff", gettext("没有这个人员。"))
    roles, language = policies.current().model.roles, page.viewer.language
    held = [
        {"card": each, **(granted(roles[each.role], language) if each.role in roles else {"label": each.role})}
        for each in org.everything_held(staff_id)
    ]
    return {
        "staff": card,
        "held": [each for each in held if not each["card"].over],
        "past": [each for each in held if each["card"].over],
        "proposals": [
            {"card": each, "label": roles[each.role].label.text(language) if each.role in roles else each.role}
            for each in org.proposals_of(staff_id)
        ],
        "deputies": org.deputyships(staff_id=staff_id),
        "stands_in": org.deputyships(deputy_id=staff_id),
        "departure": departures.standing_departure(page.viewer, staff_id),
        "roles": [(code, role.label.text(language)) for code, role in roles.items()],
        "units": org.units(),
        "two_people": takes_two(),
        "manages": may(page.viewer, "manage_staff"),
        "grants": may(page.viewer, "grant_roles"),
        "offboards": may(page.viewer, "offboard"),
        "own": staff_id == page.viewer.staff_id,
        "asked": {},
        "fields": {},
        "tabs": tabs_of(page, "people"),
    }


def _after(text: str) -> tuple[str, int] | None:
    number, mark, name = text.partition(":")
    return (name, int(number)) if mark and number.isascii() and number.isdigit() and len(number) < 19 else None
