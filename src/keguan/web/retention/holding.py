"""Holds: who holds what, holding a record, lifting a hold, and having a person erased."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from keguan.runtime.access.rights import may
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.records import queries as records
from keguan.runtime.retention import queries as retention
from keguan.runtime.retention.actions import EraseSubject, HoldRecords, LiftHold
from keguan.web.retention.tabs import clause_url, further, tabs
from keguan.web.shell.page import Page, staff_page

if TYPE_CHECKING:
    from django.http import HttpResponse


@staff_page
def listing(page: Page) -> HttpResponse:
    """All holds, newest first; one is lifted here."""
    refused = ""
    if page.request.method == "POST":
        posted = page.request.POST
        hold = posted.get("hold", "")
        try:
            LiftHold(
                viewer=page.viewer,
                hold_id=int(hold) if hold.isascii() and hold.isdigit() and len(hold) < 19 else 0,
                reason=posted.get("reason", ""),
            ).run()
        except Refused as refusal:
            refused = refusal.message
        else:
            messages.success(page.request, _("已解除封存。"), extra_tags="good")
            return HttpResponseRedirect(reverse("retention:holds"))
    rows, following = retention.holds(page.viewer, page.request.GET.get("after", ""))
    context = {
        "tabs": tabs(page.viewer, "holds"),
        "rows": rows,
        "refused": refused,
        "further": further(reverse("retention:holds"), following),
    }
    return page.answer("retention/holds.html", context, status=422 if refused else 200)


@staff_page
def record(page: Page, record_type: str, record_id: int) -> HttpResponse:
    """How long one record is kept and why; holding it, and erasing whom it is about."""
    shown = records.profile(page.viewer, record_type, record_id)
    refused: Refused | None = None
    if page.request.method == "POST":
        try:
            address = _post(page, record_type, record_id)
        except Refused as refusal:
            refused = refusal
        else:
            messages.success(page.request, _("已办。"), extra_tags="good")
            return HttpResponseRedirect(address)
    lines = retention.kept_lines(page.viewer, record_type, record_id)
    context = {
        "title": shown.row.title.text or f"#{record_id}",
        "record_type": record_type,
        "record_id": record_id,
        "lines": [(line, clause_url(line.clause)) for line in lines],
        "may_hold": may(page.viewer, "hold"),
        "may_erase": may(page.viewer, "dispose"),
        "refused": refused.message if refused else "",
        "typed": page.request.POST,
    }
    return page.answer("retention/record.html", context, status=422 if refused else 200)


def _post(page: Page, record_type: str, record_id: int) -> str:
    posted = page.request.POST
    if "erase" in posted:
        if not posted.get("sure"):
            raise Refused("retention.sure", _("请先勾选确认：删除以后，这些档案谁也不能再办理。"))
        EraseSubject(
            viewer=page.viewer, record_type=record_type, id=record_id, reason=posted.get("erase_reason", "")
        ).run()
        return reverse("retention:stored")
    HoldRecords(
        viewer=page.viewer,
        record_type=record_type,
        ids=(record_id,),
        reason=posted.get("reason", ""),
        everything=bool(posted.get("everything")),
        until=_day(posted.get("until", "")),
    ).run()
    return reverse("retention:record", args=[record_type, record_id])


def _day(text: str) -> date | None:
    if not text.strip():
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise Refused("retention.until", _("看不懂这个日期，请写成 2026-12-31 的样子。")) from None
