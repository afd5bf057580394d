"""One duty: what is owed and why, and what can be done about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from keguan.runtime.duties import queries as duties
from keguan.runtime.duties.actions import (
    CancelDuty,
    ClaimDuty,
    DischargeDuty,
    ExemptDuty,
    HandOverDuty,
    ReleaseDuty,
)
from keguan.runtime.ledger.actions import SYSTEM, Refused
from keguan.runtime.org import queries as org
from keguan.web.duties.boxes import lines, state_words
from keguan.web.duties.filling import filled, typed_in, widgets
from keguan.web.ledger.words import action_label
from keguan.web.shell.page import Page, staff_page

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpResponse, QueryDict

    from keguan.runtime.ledger.actions import Action

MOST_PEOPLE = 20


@staff_page
def duty(page: Page, duty_id: int) -> HttpResponse:
    """The page of a duty."""
    return _answer(page, duty_id, {}, "")


@require_POST
@staff_page
def make(page: Page, duty_id: int, kind: str) -> HttpResponse:
    """Do something about it and come back; what is refused is told on the page, with nothing typed lost."""
    action = _action(page, duty_id, kind, page.request.POST)
    try:
        action.run()
    except Refused as refusal:
        return _answer(page, duty_id, refusal.fields, refusal.message)
    told = {
        "discharge": _("已办结。"),
        "claim": _("已领取。"),
        "release": _("已放回。"),
        "hand_over": _("已转交。"),
        "exempt": _("已免办。"),
        "cancel": _("已取消。"),
    }
    messages.success(page.request, told[kind], extra_tags="good")
    return HttpResponseRedirect(reverse("duties:duty", args=[duty_id]))


def _action(page: Page, duty_id: int, kind: str, posted: QueryDict) -> Action[Any]:
    viewer, words = page.viewer, posted.get("note", "").strip()
    if kind == "discharge":
        checked = {name.removeprefix("c-"): value == "yes" for name, value in posted.items() if name.startswith("c-")}
        return DischargeDuty(
            viewer=viewer,
            duty_id=duty_id,
            values=typed_in(duties.duty_view(viewer, duty_id), posted),
            checked=checked,
            evidence_id=_whole(posted.get("evidence", "")),
            note=words,
        )
    if kind == "hand_over":
        return HandOverDuty(viewer=viewer, duty_id=duty_id, staff_id=_whole(posted.get("staff", "")) or 0, note=words)
    if kind in ("exempt", "cancel"):
        return (ExemptDuty if kind == "exempt" else CancelDuty)(viewer=viewer, duty_id=duty_id, reason=words)
    if kind in ("claim", "release"):
        return (ClaimDuty if kind == "claim" else ReleaseDuty)(viewer=viewer, duty_id=duty_id)
    raise Http404(kind)


def _answer(page: Page, duty_id: int, errors: Mapping[str, str], refused: str) -> HttpResponse:
    found = duties.duty_view(page.viewer, duty_id)
    posted = page.request.POST if page.request.method == "POST" else None
    shown = widgets(page.viewer, found, posted, errors)
    own = {field.code for field in shown}
    search = page.request.GET.get("who", "").strip()
    context = {
        "duty": found,
        "line": lines((found.row,))[0],
        "state": state_words(found.row),
        "widgets": shown,
        "refused": refused,
        "lost": [text for code, text in errors.items() if f"v-{code}" not in own],
        "note": "" if posted is None else posted.get("note", ""),
        "record_url": reverse("records:record", args=[found.row.record_type, found.row.record_id]),
        "file_url": f"{reverse('records:new', args=[found.evidence])}?{found.via}={found.row.record_id}"
        if found.evidence_kind in ("record", "named")
        else "",
        "proofs": [reverse("records:record", args=[record_type, record_id]) for record_type, record_id in found.proofs],
        "filled": filled(page.viewer, found),
        "happenings": [(_by(each.by), action_label(f"duties.{each.action}"), each.at) for each in found.happenings],
        "people": org.staff_found(search, MOST_PEOPLE) if "hand_over" in found.may else (),
        "search": search,
    }
    return page.answer("duties/duty.html", context, status=422 if refused else 200)


def _by(name: str) -> str:
    return _("系统") if name == SYSTEM.name else name


def _whole(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None
