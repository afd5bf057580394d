"""The dashboard, one figure, the list behind a number, and what is a person's own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from keguan.language.model.figure_state import FigureState
from keguan.runtime.access.rights import may
from keguan.runtime.exports.actions import ExportTable
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.metrics import queries as metrics
from keguan.runtime.metrics.actions import RecomputeFigures
from keguan.web.exports.answering import as_file
from keguan.web.metrics.tables import of_dashboard, of_figure
from keguan.web.metrics.trend import trend
from keguan.web.records.cells import is_number, table_rows
from keguan.web.shell.page import Page, staff_page

if TYPE_CHECKING:
    from django.http import HttpResponse, QueryDict

    from keguan.runtime.metrics.queries import FigureCard, Point
    from keguan.web.metrics.trend import Trend

COLOURS = {
    FigureState.MET: "pill--green",
    FigureState.WARNING: "pill--amber",
    FigureState.MISSED: "pill--red",
    FigureState.EMPTY: "",
    FigureState.NONE: "",
}


@dataclass(frozen=True, slots=True)
class Line:
    """A figure, or a group of it, as a page shows it: with the colour of its state, its trend and its addresses."""

    card: FigureCard
    point: Point | None
    colour: str
    trend: Trend | None
    url: str


@staff_page
def dashboard(page: Page) -> HttpResponse:
    """Every figure of the policy in force that the viewer may know of."""
    panels = metrics.dashboard(page.viewer)
    lines = [(panel, [_line(card, card.trend) for card in panel.cards]) for panel in panels]
    states = [card.now.state for panel in panels for card in panel.cards if card.now is not None]
    context = {
        "panels": lines,
        "missed": states.count(FigureState.MISSED),
        "warned": states.count(FigureState.WARNING),
        "count": sum(len(panel.cards) for panel in panels),
        "may_export": may(page.viewer, "export"),
        "may_recompute": may(page.viewer, "publish"),
        "computing": metrics.computing(),
    }
    return page.answer("metrics/dashboard.html", context)


@staff_page
def figure(page: Page, figure: str) -> HttpResponse:
    """One figure, group by group, with its periods. Raises ``Refused`` for what there is not or is not to be known."""
    found = metrics.figure_page(page.viewer, figure, _start(page.request.GET))
    context: dict[str, Any] = {
        "page": found,
        "line": _line(found.card, found.card.trend, found.chosen),
        "periods": [
            (each, COLOURS[each.state], f"{_address(figure)}?{urlencode({'start': each.start.isoformat()})}")
            for each in found.card.trend
        ],
        "groups": [(each, COLOURS[each.point.state], _lists(found, each.key)) for each in found.groups],
        "lists": _lists(found),
        "may_export": may(page.viewer, "export"),
        "may_recompute": may(page.viewer, "publish"),
        "computing": metrics.computing(),
    }
    return page.answer("metrics/figure.html", context)


@staff_page
def listing(page: Page, figure: str) -> HttpResponse:
    """The records behind a number. Raises ``Refused`` where there is no such list or the viewer may not have it."""
    query, viewer = page.request.GET, page.viewer
    start = _start(query)
    if start is None:
        raise Refused("metrics.part", _("这个数字背后没有这样的名单，请回到指标重新点开。"))
    after = query.get("after", "0")
    place = int(after) if after.isascii() and after.isdigit() else -1
    group = query.get("group", "")
    shown = metrics.figure_page(viewer, figure, start)
    named = next((each for each in shown.groups if each.key == group), None)
    if group and named is None:
        raise Refused("metrics.part", _("这个数字背后没有这样的名单，请回到指标重新点开。"))
    found = metrics.listed(viewer, figure, query.get("part", ""), start, group, place)
    again = query.copy()
    again["after"] = str(found.next)
    context = {
        "page": shown,
        "point": shown.chosen if named is None else named.point,
        "group": named,
        "found": found,
        "part": metrics.PARTS[found.part],
        "headings": [(each.label.text(viewer.language), "number" if is_number(each) else "") for each in found.columns],
        "rows": table_rows(found.record_type, found.rows, found.columns, viewer.language),
        "further": f"?{again.urlencode()}" if found.next else "",
        "back": f"{_address(figure)}?{urlencode({'start': start.isoformat()})}",
    }
    return page.answer("metrics/list.html", context)


@staff_page
def mine(page: Page) -> HttpResponse:
    """The figures that are about the viewer."""
    found = [
        (_line(each.card, each.points), [(point, COLOURS[point.state]) for point in each.points])
        for each in metrics.mine(page.viewer)
    ]
    return page.answer("metrics/mine.html", {"lines": found})


@require_POST
@staff_page
def recompute(page: Page) -> HttpResponse:
    """Have figures worked out anew, and go back to where that was asked."""
    code, start = page.request.POST.get("figure", ""), _start(page.request.POST)
    RecomputeFigures(actor=page.viewer.actor, figure=code or None, start=start if code else None).run()
    if not code or start is None:
        return HttpResponseRedirect(reverse("metrics:dashboard"))
    return HttpResponseRedirect(f"{_address(code)}?{urlencode({'start': start.isoformat()})}")


@require_POST
@staff_page
def export(page: Page) -> HttpResponse:
    """The dashboard, or one figure, as a file."""
    code, form = page.request.POST.get("figure", ""), page.request.POST.get("form", "")
    if code:
        table = of_figure(metrics.figure_page(page.viewer, code, _start(page.request.POST)))
    else:
        table = of_dashboard(metrics.dashboard(page.viewer))
    address = page.request.META.get("REMOTE_ADDR", "")
    made = ExportTable(viewer=page.viewer, table=table, form=form, address=address).run()
    return as_file(made.data, table.code, form)


def _line(card: FigureCard, points: tuple[Point, ...], at: Point | None = None) -> Line:
    shown = at or (points[0] if points else None)
    colour = "" if shown is None else COLOURS[shown.state]
    return Line(card, shown, colour, trend(points), _address(card.code))


def _lists(page: metrics.FigurePage, group: str = "") -> list[tuple[str, str]]:
    """The lists behind a number: label and address."""
    if page.chosen is None:
        return []
    asked = {"start": page.chosen.start.isoformat(), **({"group": group} if group else {})}
    address = reverse("metrics:list", args=[page.card.code])
    return [(label, f"{address}?{urlencode({'part': part, **asked})}") for part, label in page.parts]


def _address(code: str) -> str:
    return reverse("metrics:figure", args=[code])


def _start(query: QueryDict) -> date | None:
    """The first day of the period that is asked for. Raises ``Refused`` for what is no day."""
    text = query.get("start", "")
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Refused("metrics.not_found", _("这个指标在这一期没有数。")) from None
