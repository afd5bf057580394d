"""Pages of those who share out: what can be shared out, a run before and after it is confirmed, and every reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from keguan.runtime.allocations import queries
from keguan.runtime.allocations.actions import BeginRun, ConfirmRun, SubmitRun, WithdrawRun
from keguan.runtime.jobs.actions import CancelJob
from keguan.runtime.ledger.actions import Refused
from keguan.web.settings import named
from keguan.web.shell.page import Page, staff_page

if TYPE_CHECKING:
    from django.http import HttpResponse

    from keguan.runtime.allocations.queries import RunView
    from keguan.runtime.ledger.actions import Action


@staff_page
def overview(page: Page) -> HttpResponse:
    """What can be shared out, and the runs."""
    return _overview(page, "")


@require_POST
@staff_page
def begin(page: Page) -> HttpResponse:
    """Have one worked out; a refusal is told on the page."""
    try:
        run_id = BeginRun(viewer=page.viewer, allocation=page.request.POST.get("allocation", "")).run()
    except Refused as refused:
        return _overview(page, refused.message)
    return HttpResponseRedirect(reverse("allocations:run", args=[run_id]))


@staff_page
def run(page: Page, run_id: int) -> HttpResponse:
    """One run: its rows, who gets how many, how even it is; confirmed, submitted or withdrawn here."""
    refused = ""
    if page.request.method == "POST":
        try:
            _action(page, run_id).run()
        except Refused as refusal:
            refused = refusal.message
        else:
            messages.success(page.request, gettext("已办。"), extra_tags="good")
            return HttpResponseRedirect(reverse("allocations:run", args=[run_id]))
    found = queries.run_view(page.viewer, run_id)
    after = named.number(page.request.GET.get("after", ""))
    people, following = queries.recipients(page.viewer, run_id, after)
    context = {
        **_state(found),
        "people": people,
        "next": following,
        "refused": refused,
        "typed": page.request.POST,
    }
    return page.answer("allocations/run.html", context, status=422 if refused else 200)


@staff_page
def state(page: Page, run_id: int) -> HttpResponse:
    """How far it is, while it is worked out or handed over; the page is loaded again once it is."""
    found = queries.run_view(page.viewer, run_id)
    response = page.fragment("allocations/state.html", _state(found))
    if found.card.state not in ("drafting", "confirmed"):
        response["HX-Refresh"] = "true"
    return response


@staff_page
def lines(page: Page, run_id: int) -> HttpResponse:
    """The records of a run, or of one recipient in it, each with its reason."""
    found = queries.run_view(page.viewer, run_id)
    asked = page.request.GET.get("of", "")
    of = named.number(asked) if asked else None
    rows = queries.line_page(page.viewer, run_id, of, named.number(page.request.GET.get("after", "")))
    context = {
        "run": found,
        "rows": rows,
        "of": asked,
        "next": rows[-1].line_id if len(rows) == queries.LINES else None,
    }
    return page.answer("allocations/lines.html", context)


def _overview(page: Page, refused: str) -> HttpResponse:
    cards, runs = queries.overview(page.viewer)
    context = {"cards": cards, "runs": runs, "refused": refused}
    return page.answer("allocations/overview.html", context, status=422 if refused else 200)


def _state(found: RunView) -> dict[str, Any]:
    job = found.job
    percent = 0 if job is None or not job.total else 100 * job.done // job.total
    return {"run": found, "busy": found.card.state in ("drafting", "confirmed"), "percent": percent}


def _action(page: Page, run_id: int) -> Action[Any]:
    posted = page.request.POST
    if "withdraw" in posted:
        return WithdrawRun(viewer=page.viewer, run_id=run_id, reason=posted.get("reason", ""))
    if "submit" in posted:
        return SubmitRun(viewer=page.viewer, run_id=run_id, opinion=posted.get("reason", ""))
    if "stop" in posted:
        job = queries.run_view(page.viewer, run_id).job
        return CancelJob(actor=page.viewer.actor, job_id=0 if job is None else job.id)
    return ConfirmRun(viewer=page.viewer, run_id=run_id)
