"""What one was told, newest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponseRedirect
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_POST

from keguan.runtime.notifications import queries as notifications
from keguan.runtime.notifications.actions import MarkAllRead, MarkRead
from keguan.runtime.policies import queries as policies
from keguan.web.ledger.words import clause_at
from keguan.web.shell.page import Page, staff_page

if TYPE_CHECKING:
    from typing import Any

    from django.http import HttpResponse

    from keguan.language.model.model import Model
    from keguan.runtime.notifications.queries import NoticeCard

LONGEST_NUMBER = 18


@staff_page
def inbox(page: Page) -> HttpResponse:
    """A page of one's notices; those of today are not counted as read by being listed."""
    unread_only = page.request.GET.get("unread") == "1"
    after = page.request.GET.get("after", "")
    known = int(after) if after.isascii() and after.isdigit() and len(after) <= LONGEST_NUMBER else None
    found = notifications.inbox(page.viewer, known, unread_only=unread_only)
    model = policies.current().model
    context = {
        "rows": [_row(each, model) for each in found.notices],
        "next": found.next,
        "unread_only": unread_only,
        "newest": found.notices[0].id if found.notices and known is None else 0,
        "any_unread": any(each.read_at is None for each in found.notices),
    }
    return page.answer("notifications/inbox.html", context)


@staff_page
def follow(page: Page, notice: int) -> HttpResponse:
    """To what the notice is about; whoever follows it has read it."""
    card = notifications.notice(page.viewer, notice)
    if card is None:
        raise Http404
    if card.read_at is None:
        MarkRead(viewer=page.viewer, notice_id=notice).run()
    return HttpResponseRedirect(_target(card))


@require_POST
@staff_page
def read_all(page: Page) -> HttpResponse:
    """Everything up to the newest that was on the page."""
    newest = page.request.POST.get("newest", "")
    if newest.isascii() and newest.isdigit() and len(newest) <= LONGEST_NUMBER:
        MarkAllRead(viewer=page.viewer, up_to=int(newest)).run()
    return HttpResponseRedirect(reverse("notifications:inbox"))


LISTS = {
    "records.": "records:hand-overs",
    "deliveries.": "notifications:deliveries",
    "reviews.": "reviews:list",
    "departures.": "departures:list",
    "org.propos": "people:proposals",
}
"""Where the list is that a notice belongs to, by how its kind begins."""


def _row(card: NoticeCard, model: Model) -> dict[str, Any]:
    return {
        "card": card,
        "group": notifications.GROUPS[card.group],
        "clause": clause_at(card.clause, model) if card.clause else None,
    }


def _target(card: NoticeCard) -> str:
    """The page of the case or the duty; the list where there is none."""
    places = (("cases:case", card.case_id), ("duties:duty", card.duty_id))
    for name, number in places:
        if number is not None:
            try:
                return reverse(name, args=[number])
            except NoReverseMatch:
                continue
    return reverse(next((page for start, page in LISTS.items() if card.kind.startswith(start)), "notifications:inbox"))
