"""部门负责人: the units and who heads them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext

from keguan.runtime.ledger import permission
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.org import queries as org
from keguan.runtime.org.actions import NameHead
from keguan.web.settings import named
from keguan.web.shell.page import Page, staff_page

if TYPE_CHECKING:
    from typing import Any

    from django.http import HttpResponse


@staff_page
def heads(page: Page) -> HttpResponse:
    """The tree of units with their heads; for whoever may manage staff."""
    permission.require(page.viewer.actor, "manage_staff")
    context: dict[str, Any] = {}
    if page.request.method == "POST":
        try:
            _name(page)
        except Refused as refused:
            context = {"refused": refused.message}
        else:
            messages.success(page.request, gettext("部门负责人已更新。"), extra_tags="good")
            return HttpResponseRedirect(reverse("heads"))
    named_heads = org.heads()
    names = org.names(named_heads.values())
    context["units"] = [
        {
            "unit": unit,
            "place": "\u3000" * (unit.depth - 1) + unit.name,
            "head": names.get(named_heads.get(unit.id, 0), ""),
        }
        for unit in org.units()
    ]
    return page.answer("settings/heads.html", context, status=422 if "refused" in context else 200)


def _name(page: Page) -> None:
    unit, head = page.request.POST.get("unit", ""), page.request.POST.get("head", "").strip()
    NameHead(
        actor=page.viewer.actor,
        unit_id=int(unit) if unit.isascii() and unit.isdigit() and len(unit) < 19 else 0,
        staff_id=named.person(head, "head") if head else None,
    ).run()
