"""The administrator's ways out: set up, change, switch, try."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from keguan.runtime.access.rights import may
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.notifications import queries as notifications
from keguan.runtime.notifications.actions import AddChannel, ChangeChannel, SwitchChannel, TryChannel
from keguan.web.notifications.words import STATES
from keguan.web.shell.page import Page, staff_page

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from django.http import HttpResponse

    from keguan.runtime.notifications.queries import ChannelCard, ChannelKind


@staff_page
def listing(page: Page) -> HttpResponse:
    """The channels that there are and the kinds that there could be."""
    administrator(page)
    context = {"channels": notifications.channels(), "kinds": notifications.channel_kinds()}
    return page.answer("notifications/channels.html", context)


@sensitive_post_parameters()
@staff_page
def new(page: Page, kind: str) -> HttpResponse:
    """A form for a new channel of a kind."""
    administrator(page)
    found = notifications.channel_kind(kind)
    if found is None:
        raise Http404
    if page.request.method != "POST":
        return _form(page, found, None, {each.name: each.default for each in found.settings})
    try:
        made = AddChannel(viewer=page.viewer, kind=kind, **_typed(page, found)).run()
    except Refused as refused:
        return _form(page, found, None, page.request.POST, refused)
    messages.success(page.request, gettext("渠道已建立，请发一条试试。"), extra_tags="good")
    return HttpResponseRedirect(reverse("notifications:channel", args=[made]))


@sensitive_post_parameters()
@staff_page
def channel(page: Page, channel: int) -> HttpResponse:
    """A channel's settings, without its secrets."""
    administrator(page)
    card = _card(channel)
    if card.kind is None:
        raise Http404
    if page.request.method != "POST":
        return _form(page, card.kind, card, card.settings)
    try:
        ChangeChannel(viewer=page.viewer, channel_id=channel, **_typed(page, card.kind)).run()
    except Refused as refused:
        return _form(page, card.kind, card, page.request.POST, refused)
    messages.success(page.request, gettext("渠道已保存。"), extra_tags="good")
    return HttpResponseRedirect(reverse("notifications:channel", args=[channel]))


@require_POST
@staff_page
def switch(page: Page, channel: int) -> HttpResponse:
    """On or off."""
    SwitchChannel(viewer=page.viewer, channel_id=channel, enabled=page.request.POST.get("enabled") == "1").run()
    return HttpResponseRedirect(reverse("notifications:channels"))


@require_POST
@staff_page
def begin_trial(page: Page, channel: int) -> HttpResponse:
    """Send a trial to oneself, and show how it goes."""
    begun = TryChannel(viewer=page.viewer, channel_id=channel).run()
    if page.partial:
        return _trial(page, begun)
    return HttpResponseRedirect(reverse("notifications:trial", args=[begun]))


@staff_page
def trial(page: Page, delivery: int) -> HttpResponse:
    """How a trial goes."""
    administrator(page)
    return _trial(page, delivery)


def administrator(page: Page) -> None:
    """Raises ``Refused`` for those who do not look after channels."""
    if not may(page.viewer, notifications.ADMINISTERS):
        raise Refused("notifications.not_permitted", gettext("通知渠道由系统管理员维护。"))


def _trial(page: Page, delivery: int) -> HttpResponse:
    card = notifications.delivery(delivery)
    if card is None or card.purpose != "trial":
        raise Http404
    going = card.ended_at is None and not card.error
    context = {"card": card, "state": STATES[card.state], "going": going}
    if page.partial:
        return page.fragment("notifications/trial.html", context)
    return page.answer("notifications/trial_page.html", context)


def _card(channel_id: int) -> ChannelCard:
    found = notifications.channel(channel_id)
    if found is None:
        raise Http404
    return found


def _typed(page: Page, kind: ChannelKind) -> dict[str, Any]:
    posted = page.request.POST
    settings = {each.name: posted.get(each.name, "") for each in kind.settings}
    return {"label": posted.get("label", ""), "settings": settings}


def _form(
    page: Page, kind: ChannelKind, card: ChannelCard | None, values: Mapping[str, str], refused: Refused | None = None
) -> HttpResponse:
    errors = refused.fields if refused else {}
    label = values.get("label", card.label if card else "")
    context = {
        "kind": kind,
        "card": card,
        "refused": refused.message if refused else "",
        "label": label,
        "label_error": errors.get("label", ""),
        "fields": [
            {"setting": each, "text": "" if each.secret else values.get(each.name, ""), "error": errors.get(each.name)}
            for each in kind.settings
        ],
    }
    return page.answer("notifications/channel.html", context, status=422 if refused else 200)
