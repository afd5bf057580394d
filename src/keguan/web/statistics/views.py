"""Statistics of the cases of a process, and the cases behind each of its figures."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from keguan.runtime.access.rights import may
from keguan.runtime.calendars.queries import pinned
from keguan.runtime.clock import today
from keguan.runtime.exports.actions import ExportTable
from keguan.runtime.processes.queries import statistics
from keguan.runtime.processes.queries.statistics import Figure
from keguan.web.cases.boxes import lines
from keguan.web.exports.answering import as_file
from keguan.web.shell.page import Page, staff_page
from keguan.web.statistics import periods
from keguan.web.statistics.asked import asked, figure_from, values_from
from keguan.web.statistics.pictures import bars, column_totals, heat_rows
from keguan.web.statistics.tables import of_cases
from keguan.web.statistics.words import FIGURES, SCOPES, figures

if TYPE_CHECKING:
    from django.http import HttpResponse

    from keguan.runtime.processes.queries.statistics import Breakdown, Clocks, Dimension, Key
    from keguan.web.statistics.asked import Asked


@staff_page
def first(page: Page) -> HttpResponse:
    """The statistics of the process that the viewer may know of and that lives; what to do where there is none."""
    process = statistics.liveliest(page.viewer)
    if process is not None:
        return HttpResponseRedirect(reverse("statistics:cases", args=[process]))
    return page.answer("statistics/none.html", {})


@staff_page
def overview(page: Page, process: str) -> HttpResponse:
    """Every figure of a process over a span. Raises ``Refused`` for what there is not or the viewer may not see."""
    with pinned():
        offer, thresholds = statistics.offer(page.viewer, process), statistics.thresholds()
        wanted = asked(page.viewer, offer, page.request.GET, thresholds, today())
        context = {
            "offer": offer,
            "asked": wanted,
            "thresholds": thresholds,
            "scope": SCOPES[offer.reach],
            "may_export": may(page.viewer, "export"),
            "asked_for": page.request.GET.items(),
            "axes": [*offer.dimensions.values(), statistics.time_axis()],
            "processes": [(label, code, code == process) for code, label in statistics.offered(page.viewer)],
            "periods": [(label, wanted.page(span), span == wanted.span) for label, span in periods.offered(today())],
            **_counted(page, wanted),
        }
        return page.answer("statistics/overview.html", context)


@staff_page
def listing(page: Page, process: str) -> HttpResponse:
    """The cases behind a figure. Raises ``Refused`` as ``overview`` does."""
    offer = statistics.offer(page.viewer, process)
    query = page.request.GET
    wanted = asked(page.viewer, offer, query, statistics.thresholds(), today())
    figure, at, step = figure_from(query), values_from(wanted, query), query.get("step", "")
    chosen = wanted.selection(figure, at, step)
    found = statistics.cases(page.viewer, chosen, query.get("after", ""), wanted.recurring)
    again = query.copy()
    again["after"] = found.next
    context = {
        "offer": offer,
        "asked": wanted,
        "figure": FIGURES[figure],
        "chosen": statistics.said(page.viewer, chosen),
        "lines": lines(found.rows),
        "further": f"?{urlencode(list(again.lists()), doseq=True)}" if found.next else "",
        "back": wanted.page(),
    }
    return page.answer("statistics/list.html", context)


@require_POST
@staff_page
def export(page: Page, process: str) -> HttpResponse:
    """The figures and the breakdown of a span as a file. Raises ``Refused`` as ``overview`` does, and without the right
    to export.
    """
    query = page.request.POST
    with pinned():
        offer = statistics.offer(page.viewer, process)
        wanted = asked(page.viewer, offer, query, statistics.thresholds(), today())
        table, form = of_cases(page.viewer, wanted), query.get("form", "")
    address = page.request.META.get("REMOTE_ADDR", "")
    made = ExportTable(viewer=page.viewer, table=table, form=form, address=address).run()
    return as_file(made.data, table.code, form)


def _counted(page: Page, wanted: Asked) -> dict[str, Any]:
    viewer, now = page.viewer, wanted.everything
    before = replace(now, span=wanted.span.before())
    totals, earlier = statistics.totals(viewer, now), statistics.totals(viewer, before)
    if not totals.counts[Figure.ALL]:
        return {"before": before.span, "figures": figures(wanted, totals, earlier), "empty": True}
    told = statistics.breakdown(viewer, now, wanted.by)
    heat = statistics.heat(viewer, now, wanted.down, wanted.across)
    return {
        "before": before.span,
        "figures": figures(wanted, totals, earlier),
        "conclusions": [_conclusion(page, wanted, of) for of in wanted.offer.conclusions],
        "bars": bars(wanted, told, statistics.breakdown(viewer, before, wanted.by)),
        "unseen": totals.counts[Figure.ALL] - told.total,
        "heat": heat,
        "heat_rows": heat_rows(wanted, heat),
        "column_totals": column_totals(heat),
        "late_steps": [
            (each, wanted.list(Figure.STEP_LATE, step=each.step)) for each in statistics.late_steps(viewer, now)
        ],
        "clocks": _clocks(statistics.clocks(viewer, now)),
        **_again(page, wanted),
    }


def _conclusion(page: Page, wanted: Asked, of: Dimension) -> tuple[Dimension, Breakdown, list[tuple[Any, str, float]]]:
    found = statistics.breakdown(page.viewer, wanted.everything, of)
    judged = sum(part.count for part in found.parts if part.key is not None)
    rows = [
        (part, wanted.list(at=((of, part.key),)), 100 * part.count / judged)
        for part in found.parts
        if part.key is not None
    ]
    return of, found, rows


def _again(page: Page, wanted: Asked) -> dict[str, Any]:
    rule = wanted.recurring
    found = statistics.again(page.viewer, wanted.everything, rule)
    repeats = []
    for each in found.repeats:
        at: tuple[tuple[Dimension, Key], ...] = ((rule.party, each.party),)
        repeats.append((each, wanted.list(at=at if rule.same is None else (*at, (rule.same, each.same)))))
    crowds = [
        (each, wanted.list(at=((rule.same, each.key),), span=each.span))
        for each in found.crowds
        if rule.same is not None
    ]
    return {
        "again": found,
        "again_url": wanted.list(Figure.REPEATED) if found.cases else "",
        "repeats": repeats,
        "crowds": crowds,
    }


def _clocks(found: Clocks) -> dict[str, Any] | None:
    """The other clocks, and in words how they stand to the process's own; None where none was owed."""
    if not found.others or found.both is None:
        return None
    both = found.both
    return {
        "others": found.others,
        "cases": both.cases,
        "both": (
            (_("两只钟都按时"), both.kept),
            (_("只有流程逾期"), both.own_late),
            (_("只有另一只钟逾期"), both.other_late),
            (_("两只钟都逾期"), both.both_late),
        ),
    }
