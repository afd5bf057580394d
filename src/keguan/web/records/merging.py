"""Two records side by side to be merged, and a merge taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from keguan.runtime.ledger.actions import Refused
from keguan.runtime.policies import queries as policies
from keguan.runtime.records import queries as records
from keguan.runtime.records.actions import MergeRecords, UndoMerge
from keguan.web.records.addressed import declared
from keguan.web.records.chosen import chosen_ids
from keguan.web.shell.page import Page, staff_page

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpResponse

    from keguan.runtime.records.queries import Sides


@staff_page
def merge(page: Page, record_type: str) -> HttpResponse:
    """Field by field, whose value stays. The first id survives; the page can turn the two round."""
    known = declared(record_type)
    posted = page.request.POST if page.request.method == "POST" else page.request.GET
    ids = chosen_ids(posted)
    if len(ids) != 2:
        raise Refused("merge.two", gettext("合并要正好选择两份档案。请回到列表，勾选两份。"))
    kept, gone = ids
    refused = ""
    if page.request.method == "POST":
        take = [name.removeprefix("take.") for name, side in posted.items() if name.startswith("take.") and side == "1"]
        try:
            MergeRecords(
                viewer=page.viewer,
                record_type=record_type,
                kept_id=kept,
                gone_id=gone,
                reason=posted.get("reason", ""),
                take=take,
            ).run()
        except Refused as refusal:
            refused = " ".join([refusal.message, *refusal.fields.values()])
        else:
            messages.success(page.request, gettext("已合并。合并错了可以在这一页撤销。"), extra_tags="good")
            return HttpResponseRedirect(reverse("records:record", args=[record_type, kept]))
    shown = records.sides(page.viewer, record_type, kept, gone)
    context = {
        "type": record_type,
        "label": known.label.text(page.viewer.language),
        "sides": shown,
        "rows": _rows(page, shown),
        "kept_counts": _counts(page, shown.kept_counts),
        "gone_counts": _counts(page, shown.gone_counts),
        "swap": f"?id={gone}&id={kept}",
        "reason": posted.get("reason", ""),
        "refused": refused,
        "back": reverse("records:list", args=[record_type]),
    }
    return page.answer("records/merge.html", context, status=422 if refused else 200)


@require_POST
@staff_page
def undo(page: Page, merge_id: int) -> HttpResponse:
    """Take a merge back; what could not be brought back is said."""
    record_type = page.request.POST.get("type", "")
    undone = UndoMerge(viewer=page.viewer, merge_id=merge_id).run()
    if undone.complete:
        messages.success(page.request, gettext("已撤销合并，两份档案都和合并前一样。"), extra_tags="good")
    else:
        left = len(undone.fields) + sum(undone.rows.values())
        told = gettext("已撤销合并；有 %(count)s 处在合并后改过，保留现在的样子。") % {"count": left}
        messages.warning(page.request, told)
    return HttpResponseRedirect(reverse("records:record", args=[declared(record_type).code, undone.record_id]))


def _rows(page: Page, shown: Sides) -> list[dict[str, object]]:
    """A row for each field that either has and the viewer sees; those that differ can be chosen."""
    rows: list[dict[str, object]] = []
    for column in shown.fields:
        mine, theirs = shown.kept.cells[column.code], shown.gone.cells[column.code]
        differs = column.code in shown.differ
        if mine.state != "hidden" and (differs or mine.text):
            rows.append(
                {
                    "code": column.code,
                    "label": column.label.text(page.viewer.language),
                    "mine": mine.text,
                    "theirs": theirs.text,
                    "differs": differs,
                    "take": column.code in shown.take,
                }
            )
    return sorted(rows, key=lambda row: not row["differs"])


def _counts(page: Page, found: Mapping[str, int]) -> str:
    types = policies.current().model.record_types
    parts = [
        f"{types[code].label.text(page.viewer.language) if code else gettext('案件、待办等')} {number}"
        for code, number in found.items()
    ]
    return gettext("、").join(parts)
