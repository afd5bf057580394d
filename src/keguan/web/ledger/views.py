"""The ledger's pages: entries, newest first, and the proof that nobody touched them."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from django.http import Http404
from django.urls import NoReverseMatch, reverse
from django.utils.timezone import get_current_timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from keguan.runtime.access.rights import may
from keguan.runtime.jobs import actions as jobs
from keguan.runtime.jobs import queries as job_queries
from keguan.runtime.ledger import queries as ledger
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.policies import queries as policies
from keguan.web.jobs import VERIFY
from keguan.web.ledger.words import GROUPS, SUBJECTS, VIA, action_label, clause_of, detail
from keguan.web.shell.page import Page, staff_page

if TYPE_CHECKING:
    from typing import Any

    from django.http import HttpResponse, QueryDict

    from keguan.language.model.model import Model

ASKED = ("action", "actor", "type", "subject", "since", "until")
"""The filters in the address."""


@staff_page
def listing(page: Page) -> HttpResponse:
    """A page of entries by filters."""
    _auditor(page)
    model = policies.current().model
    asked = page.request.GET
    found = ledger.entries_page(_number(asked.get("after", "")), _filters(asked), 50)
    context = {
        "entries": [_row(entry, model, page.viewer.language) for entry in found.entries],
        "next": _next(asked, found.next),
        "seals": ledger.seals(),
        "groups": GROUPS,
        "types": [(code, each.label.text(page.viewer.language)) for code, each in model.record_types.items()],
        "asked": {name: asked.get(name, "") for name in ASKED},
        "narrowed": any(asked.get(name) for name in (*ASKED, "after")),
    }
    return page.answer("ledger/list.html", context)


@require_POST
@staff_page
def verify(page: Page) -> HttpResponse:
    """Begin to prove the ledger, and show how it goes."""
    _auditor(page)
    begun = jobs.enqueue(VERIFY, {"language": page.viewer.language}, created_by=page.viewer.staff_id)
    return _proof(page, begun)


@staff_page
def proof(page: Page, job: int) -> HttpResponse:
    """How the proof goes, and what it found."""
    _auditor(page)
    return _proof(page, job)


def _proof(page: Page, job: int) -> HttpResponse:
    card = job_queries.job(job)
    if card is None or card.name != VERIFY:
        raise Http404
    first, *faults = card.message.split("\n")
    context = {"job": card, "found": first, "faults": faults, "sound": card.state == "done" and not faults}
    if page.partial:
        return page.fragment("ledger/proof.html", context)
    return page.answer("ledger/proof_page.html", context)


def _auditor(page: Page) -> None:
    """Raises ``Refused`` for those who may not read the ledger."""
    if not may(page.viewer, "audit"):
        raise Refused("ledger.may_not_read", gettext("您的岗位没有“查账本”这一项。"))


def _row(entry: ledger.EntryCard, model: Model, language: str) -> dict[str, Any]:
    record_type = model.record_types.get(entry.subject_type)
    return {
        "entry": entry,
        "action": action_label(entry.action),
        "via": VIA.get(entry.via, entry.via),
        "subject": record_type.label.text(language)
        if record_type
        else SUBJECTS.get(entry.subject_type, entry.subject_type),
        "url": _url(entry) if record_type else "",
        "clause": clause_of(entry, model),
        "detail": detail(entry, model, language),
    }


def _url(entry: ledger.EntryCard) -> str:
    """The record that the entry is about; empty when it is about many."""
    try:
        return reverse("records:record", args=[entry.subject_type, int(entry.subject_id)])
    except (NoReverseMatch, ValueError):
        return ""


def _filters(asked: QueryDict) -> ledger.EntryFilters:
    until = _day(asked.get("until", ""))
    return ledger.EntryFilters(
        actor_id=_number(asked.get("actor", "")),
        action=asked.get("action", ""),
        subject_type=asked.get("type", ""),
        subject_id=asked.get("subject", ""),
        since=_day(asked.get("since", "")),
        until=None if until is None else until + timedelta(days=1),
    )


def _day(text: str) -> datetime | None:
    """The first moment of a day as typed; None for nothing or nonsense, which filters nothing."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    # At the calendar's very ends the day after, or the same moment in UTC, would not exist.
    return datetime.combine(day, time(), get_current_timezone()) if 1 < day.year < 9999 else None


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


def _next(asked: QueryDict, after: int | None) -> str:
    if after is None:
        return ""
    query = asked.copy()
    query["after"] = str(after)
    return f"?{query.urlencode()}"
