"""The pages of access reviews."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from keguan.runtime.access.rights import may
from keguan.runtime.ledger import permission
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.org import queries as org
from keguan.runtime.policies import queries as policies
from keguan.runtime.reviews import queries as reviews
from keguan.runtime.reviews.actions import AnswerItems, CloseReview, StartReview
from keguan.web.settings import named
from keguan.web.settings.granted import granted
from keguan.web.settings.people_tabs import tabs
from keguan.web.shell.page import Page, staff_page

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpResponse

    from keguan.runtime.reviews.queries import ItemCard


@staff_page
def listing(page: Page) -> HttpResponse:
    """What waits for the viewer, and the reviews."""
    return _listed(page)


@staff_page
def start(page: Page) -> HttpResponse:
    """The form for a new review."""
    permission.require(page.viewer.actor, "review_access")
    context: dict[str, Any] = {"asked": {}, "fields": {}, "chosen_units": [], "chosen_roles": []}
    if page.request.method == "POST":
        posted = page.request.POST
        try:
            made = _start(page)
        except Refused as refused:
            context |= {"refused": refused.message, "fields": refused.fields, "asked": posted.dict()}
            context |= {"chosen_units": posted.getlist("units"), "chosen_roles": posted.getlist("roles")}
        else:
            messages.success(page.request, gettext("复核已开始，复核人会收到通知。"), extra_tags="good")
            return HttpResponseRedirect(reverse("reviews:review", args=[made]))
    roles = policies.current().model.roles
    context |= {
        "units": [(str(unit.id), "– " * (unit.depth - 1) + unit.name) for unit in org.units()],
        "roles": [(code, role.label.text(page.viewer.language)) for code, role in roles.items()],
        "unanswered": [(str(each), each.said) for each in reviews.Unanswered],
        "tabs": tabs(page, "reviews"),
    }
    return page.answer("reviews/start.html", context, status=422 if "refused" in context else 200)


@staff_page
def review(page: Page, review: int) -> HttpResponse:
    """One review with its items: what is waiting, or one state, or everything for printing."""
    query = page.request.GET
    state = next((each for each in reviews.ItemState if each == query.get("state", "")), None)
    card = reviews.campaign(page.viewer, review)
    found = reviews.items(page.viewer, review, state, named.number(query.get("after", "")))
    context = {
        "card": card,
        "rows": _rows(page, found.cards),
        "next": found.after,
        "state": "" if state is None else str(state),
        "states": [
            (str(each), each.said, card.counts.get(each, 0)) for each in reviews.ItemState if card.counts.get(each)
        ],
        "percent": 100 * card.answered // card.total if card.total else 0,
        "any_mine": any(each.mine for each in found.cards),
        "closes": may(page.viewer, "review_access") and card.closed_at is None,
        "back": reverse("reviews:review", args=[review]),
        "tabs": tabs(page, "reviews"),
    }
    return page.answer("reviews/review.html", context)


@require_POST
@staff_page
def answer(page: Page) -> HttpResponse:
    """Keep or revoke what was ticked, and come back."""
    posted = page.request.POST
    ids = [named.number(each) for each in posted.getlist("item")]
    keep = posted.get("answer") == "keep"
    try:
        count = AnswerItems(viewer=page.viewer, item_ids=ids, keep=keep, reason=posted.get("reason", "")).run()
    except Refused as refused:
        return _listed(page, refused.message)
    said = gettext("已保留%(count)s项任命。") if keep else gettext("已收回%(count)s项任命，立即生效。")
    messages.success(page.request, said % {"count": count}, extra_tags="good")
    number = named.number(posted.get("review", ""))
    return HttpResponseRedirect(reverse("reviews:review", args=[number]) if number else reverse("reviews:list"))


@require_POST
@staff_page
def close(page: Page, review: int) -> HttpResponse:
    """Close it."""
    CloseReview(viewer=page.viewer, campaign_id=review).run()
    messages.success(page.request, gettext("复核已结束。"), extra_tags="good")
    return HttpResponseRedirect(reverse("reviews:review", args=[review]))


def _start(page: Page) -> int:
    posted = page.request.POST
    due = named.day(posted.get("due", ""), "due")
    if due is None:
        raise Refused("reviews.due", gettext("请填写截止日。"), {"due": gettext("请填写截止日。")})
    how = next((each for each in reviews.Unanswered if each == posted.get("unanswered", "")), None)
    return StartReview(
        viewer=page.viewer,
        title=posted.get("title", ""),
        due=due,
        unit_ids=[named.number(each) for each in posted.getlist("units")],
        roles=posted.getlist("roles"),
        unanswered=how or reviews.Unanswered.ESCALATE,
    ).run()


def _listed(page: Page, refused: str = "") -> HttpResponse:
    context = {
        "rows": _rows(page, reviews.mine(page.viewer)),
        "campaigns": reviews.campaigns(page.viewer),
        "starts": may(page.viewer, "review_access"),
        "refused": refused,
        "back": reverse("reviews:list"),
        "tabs": tabs(page, "reviews"),
    }
    return page.answer("reviews/list.html", context, status=422 if refused else 200)


def _rows(page: Page, cards: Iterable[ItemCard]) -> list[dict[str, Any]]:
    language = page.viewer.language
    return [{"card": card, "given": None if card.given is None else granted(card.given, language)} for card in cards]
