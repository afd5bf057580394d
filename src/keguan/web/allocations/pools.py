"""Pages of pools: what waits, and what one has from them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext

from keguan.runtime.allocations import queries
from keguan.runtime.allocations.actions import ClaimRecord, ReturnRecord
from keguan.runtime.ledger.actions import Refused
from keguan.web.settings import named
from keguan.web.shell.page import Page, staff_page

if TYPE_CHECKING:
    from django.http import HttpResponse


@staff_page
def listing(page: Page) -> HttpResponse:
    """The pools that are open to the viewer; where there is one alone, that one."""
    cards = queries.pool_cards(page.viewer)
    if len(cards) == 1:
        return HttpResponseRedirect(reverse("pools:pool", args=[cards[0].code]))
    return page.answer("allocations/pools.html", {"cards": cards})


@staff_page
def pool(page: Page, code: str) -> HttpResponse:
    """What waits in a pool and what the viewer has from it; claimed and given back here."""
    refused = ""
    posted = page.request.POST
    if page.request.method == "POST":
        try:
            _act(page, code)
        except Refused as refusal:
            refused = refusal.message
        else:
            return HttpResponseRedirect(page.request.get_full_path())
    asked = page.request.GET
    row = named.number(asked.get("row", ""))
    found = queries.pool_page(page.viewer, code, row, named.number(asked.get("after", "")))
    labels = [column.label.text(page.viewer.language) for column in found.columns]
    names = dict(found.card.rows)
    context: dict[str, Any] = {
        "pool": found,
        "card": found.card,
        "refusal": found.card.standing.refusal,
        "labels": labels,
        "rows": [(each, names.get(each.row, ""), list(zip(labels, each.cells, strict=True))) for each in found.rows],
        "row": row,
        "mine": queries.taken(page.viewer, code),
        "refused": refused,
        "typed": posted,
    }
    return page.answer("allocations/pool.html", context, status=422 if refused else 200)


def _act(page: Page, code: str) -> None:
    posted = page.request.POST
    record_id = named.number(posted.get("id", ""))
    if "return" in posted:
        ReturnRecord(viewer=page.viewer, pool=code, id=record_id, reason=posted.get("reason", "")).run()
        messages.success(page.request, gettext("已放回公海。"), extra_tags="good")
        return
    ClaimRecord(viewer=page.viewer, pool=code, id=record_id).run()
    messages.success(page.request, gettext("认领成功，现在归您负责。"), extra_tags="good")
