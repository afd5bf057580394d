"""The log of what went out, for the administrator."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from keguan.runtime.notifications import queries as notifications
from keguan.runtime.notifications.actions import SendAgain, SettleDelivery
from keguan.web.notifications.channels import administrator
from keguan.web.notifications.words import PURPOSES, STATES
from keguan.web.shell.page import Page, staff_page

if TYPE_CHECKING:
    from typing import Any

    from django.http import HttpResponse

    from keguan.runtime.notifications.queries import DeliveryCard

OVER = frozenset({"failed", "given_up", "uncertain"})
LONGEST_NUMBER = 18


@staff_page
def listing(page: Page) -> HttpResponse:
    """A page of deliveries, by state and channel. What was said stays with whoever it was said to."""
    administrator(page)
    asked = page.request.GET
    state = asked.get("state", "")
    found = notifications.deliveries(
        _number(asked.get("after", "")),
        state=state if state in STATES else "",
        channel_id=_number(asked.get("channel", "")),
    )
    query = asked.copy()
    if found.next is not None:
        query["after"] = str(found.next)
    context = {
        "rows": [_row(each) for each in found.deliveries],
        "next": f"?{query.urlencode()}" if found.next is not None else "",
        "states": [(code, word) for code, (word, _colour) in STATES.items()],
        "channels": notifications.channels(),
        "asked": {"state": state, "channel": asked.get("channel", "")},
    }
    return page.answer("notifications/deliveries.html", context)


@require_POST
@staff_page
def again(page: Page, delivery: int) -> HttpResponse:
    """Send it once more."""
    SendAgain(viewer=page.viewer, delivery_id=delivery).run()
    messages.success(page.request, gettext("已重新排队，一分钟内发送。"), extra_tags="good")
    return HttpResponseRedirect(reverse("notifications:deliveries"))


@require_POST
@staff_page
def settle(page: Page, delivery: int) -> HttpResponse:
    """It has arrived after all."""
    SettleDelivery(viewer=page.viewer, delivery_id=delivery).run()
    return HttpResponseRedirect(reverse("notifications:deliveries"))


def _row(card: DeliveryCard) -> dict[str, Any]:
    word, colour = STATES[card.state]
    return {
        "card": card,
        "state": word,
        "colour": colour,
        "purpose": PURPOSES.get(card.purpose, card.purpose),
        "again": card.state in OVER and card.purpose in ("notice", "customer"),
    }


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER else None
