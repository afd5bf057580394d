"""Handing records over: the form, and the list of what came, what waits and what went."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from keguan.runtime.ledger.actions import Refused
from keguan.runtime.org import queries as org
from keguan.runtime.records import queries as records
from keguan.runtime.records.actions import HandOver, SettleHandOver, StartHandOver
from keguan.runtime.records.queries import Filter, ListQuery, Operator, TransferState
from keguan.web.records.addressed import declared
from keguan.web.records.chosen import chosen_ids
from keguan.web.records.criteria import query_from
from keguan.web.shell.page import Page, staff_page

if TYPE_CHECKING:
    from django.http import HttpResponse

SHOWN = 20
"""So many of the chosen records are named on the form."""


@staff_page
def hand_over(page: Page, record_type: str) -> HttpResponse:
    """To whom the chosen records go, or all that the list finds, and why."""
    known = declared(record_type)
    posted = page.request.POST if page.request.method == "POST" else page.request.GET
    ids, query = chosen_ids(posted), query_from(page.request.GET)
    refused: Refused | None = None
    if page.request.method == "POST":
        try:
            return HttpResponseRedirect(_handed(page, record_type, ids, query))
        except Refused as refusal:
            refused = refusal
    only = Filter("@id", Operator.IS, tuple(map(str, ids[:SHOWN])))
    found = records.page(page.viewer, record_type, ListQuery(filters=(only,)) if ids else query)
    context = {
        "type": record_type,
        "label": known.label.text(page.viewer.language),
        "ids": ids,
        "rows": found.rows if ids else (),
        "count": "" if ids else str(found.count),
        "more": max(0, len(ids) - SHOWN),
        "given": {name: posted.get(name, "") for name in ("to", "reason", "keep_unit", "acceptance")},
        "refused": refused.message if refused else "",
        "errors": refused.fields if refused else {},
        "back": reverse("records:list", args=[record_type]),
    }
    return page.answer("records/hand_over.html", context, status=422 if refused else 200)


def _handed(page: Page, record_type: str, ids: tuple[int, ...], query: ListQuery) -> str:
    """Do it, or begin it where it is all that a list finds; where to look next. Raises ``Refused``."""
    posted = page.request.POST
    to, reason, keep_unit = _receiver(posted.get("to", "")), posted.get("reason", ""), posted.get("keep_unit") == "1"
    if not ids:
        begun = StartHandOver(
            viewer=page.viewer,
            record_type=record_type,
            to_staff_id=to,
            reason=reason,
            keep_unit=keep_unit,
            query=query,
        ).run()
        return reverse("records:bulk-result", args=[begun])
    offered = posted.get("acceptance") == "1"
    handed = HandOver(
        viewer=page.viewer,
        record_type=record_type,
        ids=ids,
        to_staff_id=to,
        reason=reason,
        keep_unit=keep_unit,
        acceptance=offered,
    ).run()
    done = gettext("已移交 %(count)s 份档案。") % {"count": sum(handed.counts.values())}
    told = gettext("已请对方确认接收。") if offered else done
    messages.success(page.request, told, extra_tags="good")
    return reverse("records:hand-overs")


@staff_page
def hand_overs(page: Page) -> HttpResponse:
    """What came to the viewer, what waits for them, what they gave."""
    return page.answer("records/hand_overs.html", {"transfers": records.transfers(page.viewer)})


@require_POST
@staff_page
def settle(page: Page, transfer_id: int) -> HttpResponse:
    """Accept, decline or take back."""
    asked = page.request.POST.get("state", "")
    if asked not in TransferState.values:
        raise Http404
    SettleHandOver(viewer=page.viewer, transfer_id=transfer_id, state=TransferState(asked)).run()
    return HttpResponseRedirect(reverse("records:hand-overs"))


def _receiver(text: str) -> int:
    """Who is meant. Raises ``Refused``."""
    found = org.meant(text) if text.strip() else ()
    if len(found) != 1:
        message = gettext("请填写一位同事的姓名或登录名。")
        raise Refused("hand_over.receiver", message, {"to": message})
    return found[0]
