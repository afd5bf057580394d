"""The ledger's pages: entries, newest first, how the account is kept, and the proof that nobody touched it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from keguan.runtime.access.rights import may
from keguan.runtime.clock import today
from keguan.runtime.jobs import actions as jobs
from keguan.runtime.jobs import queries as job_queries
from keguan.runtime.ledger import queries as ledger
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.ledger.auditing import DropSearch, ExportLedger, SaveSearch, looked
from keguan.runtime.policies import queries as policies
from keguan.web.jobs import VERIFY
from keguan.web.ledger.asked import asked_for, filters, number
from keguan.web.ledger.export import packed
from keguan.web.ledger.told import told
from keguan.web.ledger.words import GROUPS
from keguan.web.shell.page import Page, staff_page

if TYPE_CHECKING:
    from django.http import QueryDict


@staff_page
def listing(page: Page) -> HttpResponse:
    """A page of entries by filters. That somebody looked is an entry too: each search once a day."""
    _auditor(page)
    model = policies.current().model
    query = page.request.GET
    asked = asked_for(query)
    looked(page.viewer.actor, asked)
    watch = ledger.watch()
    found = ledger.entries_page(number(query.get("after", "")), filters(asked), 50)
    wanted = {name: value for name, value in asked.items() if value}
    context = {
        "entries": [told(entry, model, page.viewer.language) for entry in found.entries],
        "next": _next(query, found.next),
        "unfinished": found.unfinished,
        "seals": ledger.seals_of(watch),
        "watch": watch,
        "last_proof": _last_proof(),
        "groups": GROUPS,
        "types": [(code, each.label.text(page.viewer.language)) for code, each in model.record_types.items()],
        "asked": asked,
        "query": urlencode(wanted),
        "narrowed": bool(wanted) or "after" in query,
        "searches": ledger.searches(page.viewer.staff_id or 0),
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


@require_POST
@staff_page
def export(page: Page) -> HttpResponse:
    """The entries that a search finds, with proofs, as one file."""
    _auditor(page)
    asked = asked_for(page.request.POST)
    wanted = {name: value for name, value in asked.items() if value}
    made = ExportLedger(actor=page.viewer.actor, filters=filters(asked), asked=wanted).run()
    content = packed(made, policies.current().model, page.viewer.language)
    headers = {"Content-Disposition": f'attachment; filename="ledger-{today()}.zip"'}
    return HttpResponse(content, content_type="application/zip", headers=headers)


@require_POST
@staff_page
def save_search(page: Page) -> HttpResponse:
    """Keep a search under a name."""
    _auditor(page)
    asked = asked_for(page.request.POST)
    query = urlencode({name: value for name, value in asked.items() if value})
    SaveSearch(actor=page.viewer.actor, title=page.request.POST.get("title", ""), query=query).run()
    return HttpResponseRedirect(f"{reverse('ledger:list')}?{query}")


@require_POST
@staff_page
def drop_search(page: Page, search: int) -> HttpResponse:
    """Forget a search."""
    _auditor(page)
    DropSearch(actor=page.viewer.actor, id=search).run()
    return HttpResponseRedirect(reverse("ledger:list"))


@staff_page
def public_key(page: Page) -> HttpResponse:
    """The public key, to be handed to whoever keeps anchors or checks exports."""
    _auditor(page)
    headers = {"Content-Disposition": 'attachment; filename="keguan-public-key.pem"'}
    return HttpResponse(ledger.public_pem(), content_type="application/x-pem-file", headers=headers)


def _proof(page: Page, job: int) -> HttpResponse:
    card = job_queries.job(job)
    if card is None or card.name != VERIFY:
        raise Http404
    first, *faults = card.message.split("\n")
    context = {"job": card, "found": first, "faults": faults, "sound": card.state == "done" and not faults}
    if page.partial:
        return page.fragment("ledger/proof.html", context)
    return page.answer("ledger/proof_page.html", context)


def _last_proof() -> job_queries.JobCard | None:
    """The newest proof that came to its end."""
    return next((job for job in job_queries.jobs(name=VERIFY, size=5) if job.state == "done"), None)


def _auditor(page: Page) -> None:
    """Raises ``Refused`` for those who may not read the ledger."""
    if not may(page.viewer, "audit"):
        raise Refused("ledger.may_not_read", gettext("您的岗位没有“查账本”这一项。"))


def _next(query: QueryDict, after: int | None) -> str:
    if after is None:
        return ""
    following = query.copy()
    following["after"] = str(after)
    return f"?{following.urlencode()}"
