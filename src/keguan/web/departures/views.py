"""The pages of departures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from keguan.runtime import clock
from keguan.runtime.access.rights import may, reaches
from keguan.runtime.access.viewer import Place
from keguan.runtime.departures import handings
from keguan.runtime.departures import queries as departures
from keguan.runtime.departures.actions import CancelLeave, Leave, Reinstate
from keguan.runtime.departures.handing_over import StartHanding
from keguan.runtime.departures.handings import Part
from keguan.runtime.jobs.actions import CancelJob
from keguan.runtime.ledger import permission
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.org import queries as org
from keguan.runtime.policies import queries as policies
from keguan.runtime.records.actions import HandOver
from keguan.web.settings import named
from keguan.web.settings.people_tabs import tabs
from keguan.web.shell.page import Page, staff_page

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpResponse

    from keguan.runtime.departures.queries import DepartureCard, Held, Owned

MOST_HANDED = 1_000
"""Records of one type handed over at once; the next thousand goes with the next click."""


@staff_page
def listing(page: Page) -> HttpResponse:
    """Who leaves and who has left, the newest first."""
    before = page.request.GET.get("before", "")
    found = departures.departures(page.viewer, named.number(before) or None)
    return page.answer("departures/list.html", {"found": found, "tabs": tabs(page, "departures")})


@staff_page
def leave(page: Page, staff: int) -> HttpResponse:
    """What somebody has in hand, and the form that takes them out."""
    permission.require(page.viewer.actor, "offboard")
    card = org.staff_by_id(staff)
    if card is None:
        raise Http404(staff)
    context: dict[str, Any] = {"asked": {"on": clock.today().isoformat()}, "fields": {}}
    if page.request.method == "POST":
        posted = page.request.POST
        try:
            made = Leave(
                viewer=page.viewer,
                staff_id=staff,
                on=named.day(posted.get("on", ""), "on"),
                reason=posted.get("reason", ""),
            ).run()
        except Refused as refused:
            context |= {"refused": refused.message, "fields": refused.fields, "asked": posted.dict()}
        else:
            messages.success(page.request, gettext("离职已办理，请看还有什么要移交。"), extra_tags="good")
            return HttpResponseRedirect(reverse("departures:departure", args=[made]))
    held = departures.held(page.viewer, staff)
    context |= {"staff": card, "tabs": tabs(page, "departures"), **_in_hand(page, held)}
    return page.answer("departures/leave.html", context, status=422 if "refused" in context else 200)


@staff_page
def departure(page: Page, departure: int) -> HttpResponse:
    """One departure: what ended, what they held on the day, what is still theirs, and to whom it goes."""
    return _shown(page, departure, {})


@require_POST
@staff_page
def end(page: Page, departure: int) -> HttpResponse:
    """Cancel a plan, or take somebody back."""
    posted = page.request.POST
    action = CancelLeave if posted.get("how") == "cancel" else Reinstate
    try:
        action(viewer=page.viewer, departure_id=departure, reason=posted.get("reason", "")).run()
    except Refused as refused:
        return _shown(page, departure, {"refused": refused.message})
    messages.success(page.request, gettext("已办理，账号开着。"), extra_tags="good")
    return HttpResponseRedirect(reverse("departures:departure", args=[departure]))


@require_POST
@staff_page
def hand_over(page: Page, departure: int) -> HttpResponse:
    """What they have in hand, or their records of one type alone, to a successor."""
    posted, card = page.request.POST, departures.departure(page.viewer, departure)
    record_type = posted.get("record_type", "")
    try:
        to, reason = named.person(posted.get("to", ""), "to"), posted.get("reason", "")
        if not record_type:
            begun = StartHanding(
                viewer=page.viewer,
                departure_id=departure,
                to_staff_id=to,
                reason=reason,
                parts=tuple(part for part in Part if part.value in posted.getlist("part")),
            ).run()
            return HttpResponseRedirect(reverse("departures:handing", args=[departure, begun]))
        ids = departures.still_held(page.viewer, card.staff_id, record_type, MOST_HANDED)
        HandOver(viewer=page.viewer, record_type=record_type, ids=ids, to_staff_id=to, reason=reason).run()
    except Refused as refused:
        return _shown(page, departure, {"refused": refused.message, "asked": posted.dict()})
    messages.success(page.request, gettext("已移交，接收人会收到通知。"), extra_tags="good")
    return HttpResponseRedirect(reverse("departures:departure", args=[departure]))


@staff_page
def handing(page: Page, departure: int, handing: int) -> HttpResponse:
    """How a hand-over goes, and what became of each duty and each part in a case."""
    card, found = departures.departure(page.viewer, departure), handings.handing(page.viewer, handing)
    if found.departure_id != departure:
        raise Http404(handing)
    rows = handings.handing_rows(page.viewer, handing, named.number(page.request.GET.get("after", "")))
    context = {
        "card": card,
        "handing": found,
        "own": found.by_id == page.viewer.staff_id,
        "records": [(_label(page, code), count) for code, count in sorted((found.records or {}).items())],
        "rows": rows,
        "next": rows[-1].row_id if len(rows) == handings.PAGE else None,
        "tabs": tabs(page, "departures"),
    }
    if page.partial:
        return page.fragment("departures/handing_state.html", context)
    return page.answer("departures/handing.html", context)


@require_POST
@staff_page
def stop(page: Page, departure: int, handing: int) -> HttpResponse:
    """Stop a hand-over: what is done stays done."""
    found = handings.handing(page.viewer, handing)
    if found.job is not None and found.busy:
        CancelJob(actor=page.viewer.actor, job_id=found.job.id).run()
    return HttpResponseRedirect(reverse("departures:handing", args=[departure, handing]))


@staff_page
def kept(page: Page, departure: int, record_type: str) -> HttpResponse:
    """The list of one record type as it was written down on the day: numbers, with a link for whoever may open them."""
    card = departures.departure(page.viewer, departure)
    model = policies.current().model
    if record_type not in card.kept or record_type not in model.record_types:
        raise Http404(record_type)
    after = named.number(page.request.GET.get("after", ""))
    ids = [each for each in departures.frozen_ids(page.viewer, departure, record_type) if each > after]
    place = Place(card.staff_id, None)
    context = {
        "card": card,
        "label": model.record_types[record_type].label.text(page.viewer.language),
        "record_type": record_type,
        "ids": ids[:MOST_HANDED],
        "next": ids[MOST_HANDED - 1] if len(ids) > MOST_HANDED else None,
        "opens": reaches(page.viewer, record_type, place, model),
        "tabs": tabs(page, "departures"),
    }
    return page.answer("departures/kept.html", context)


@staff_page
def orphans(page: Page) -> HttpResponse:
    """What belongs to nobody who is here."""
    found = departures.orphan_scan(page.viewer)
    context = {
        "found": found,
        "closed": _labelled(page, found.closed_owner),
        "postless": _labelled(page, found.postless_owner),
        "tabs": tabs(page, "orphans"),
    }
    return page.answer("departures/orphans.html", context)


def _shown(page: Page, departure_id: int, more: dict[str, Any]) -> HttpResponse:
    card = departures.departure(page.viewer, departure_id)
    held = departures.held(page.viewer, card.staff_id)
    context = {
        "card": card,
        "ended": _ended(card),
        "kept": [
            {"code": code, "label": _label(page, code), "count": count} for code, count in sorted(card.kept.items())
        ],
        "handings": handings.handings(page.viewer, departure_id),
        "offboards": may(page.viewer, "offboard"),
        "by_type": may(page.viewer, "hand_over"),
        "parts": _parts(held),
        "asked": {},
        "tabs": tabs(page, "departures"),
        **_in_hand(page, held),
        **more,
    }
    return page.answer("departures/departure.html", context, status=422 if "refused" in more else 200)


def _in_hand(page: Page, held: Held) -> dict[str, Any]:
    roles = policies.current().model.roles
    processes = policies.current().model.blocks.processes
    language = page.viewer.language
    return {
        "held": held,
        "records": _labelled(page, held.records),
        "sole": [roles[code].label.text(language) if code in roles else code for code in held.only_holder_of],
        "cases": [
            {
                "case": each,
                "process": processes[each.process].label.text(language) if each.process in processes else each.process,
            }
            for each in held.cases
        ],
        "more_duties": held.duty_count - len(held.duties),
        "more_cases": held.case_count - len(held.cases),
    }


def _parts(held: Held) -> list[tuple[str, str, str]]:
    """What can be handed over at once: its code, what it is called and how much of it there is."""
    records = sum(each.count for each in held.records)
    more = "+" if any(each.capped for each in held.records) else ""
    found = (
        (Part.RECORDS, gettext("名下的档案"), records),
        (Part.DUTIES, gettext("待办"), held.duty_count),
        (Part.CASES, gettext("案件"), held.case_count),
    )
    return [
        (part.value, label, f"{count:,}{more if part is Part.RECORDS else ''}") for part, label, count in found if count
    ]


def _ended(card: DepartureCard) -> list[tuple[str, object]]:
    words = {
        "sessions": gettext("登录"),
        "tokens": gettext("接口令牌"),
        "appointments": gettext("任命"),
        "deputies": gettext("代理"),
        "proposals": gettext("待确认的任命"),
    }
    return [(label, card.closed.get(code, 0)) for code, label in words.items()]


def _labelled(page: Page, owned: Iterable[Owned]) -> list[dict[str, Any]]:
    return [{"owned": each, "label": _label(page, each.record_type)} for each in owned]


def _label(page: Page, record_type: str) -> str:
    known = policies.current().model.record_types.get(record_type)
    return record_type if known is None else known.label.text(page.viewer.language)
