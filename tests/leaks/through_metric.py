"""The dashboard, every figure and its groups, the lists behind them, and the tables that can be taken away."""

from __future__ import annotations

from datetime import date

from keguan.language.model.behind import Part
from keguan.runtime.exports.actions import ExportTable
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.metrics import queries as metrics
from keguan.runtime.metrics.models import Value
from keguan.web.metrics.tables import of_dashboard
from tests.leaks.world import Person, World

FIGURES = ("leak_cards", "leak_purchases", "leak_amounts")
PERIOD = date(2026, 11, 1)


def drive(world: World, person: Person) -> str:
    """Everything that is shown of the figures, what is refused, and every group asked for by its key."""
    viewer = person.viewer
    seen = [repr(metrics.dashboard(viewer)), repr(metrics.mine(viewer))]
    keys = ["", *Value.objects.exclude(group="").values_list("group", flat=True)]
    for figure in FIGURES:
        try:
            found = metrics.figure_page(viewer, figure)
            seen += [repr(found.card), repr(found.chosen), repr(found.groups), repr(found.corrections)]
        except Refused as refused:
            seen.append(str(refused))
        for part in Part:
            for key in keys:
                try:
                    seen.append(repr(metrics.listed(viewer, figure, part, PERIOD, key).rows))
                except Refused as refused:
                    seen.append(str(refused))
        for address in ("", "list/?part=counted&start=2026-11-01"):
            page = person.client.get(f"/metrics/{figure}/{address}")
            seen.append(page.content.decode().partition("<main")[2])
    try:
        table = of_dashboard(metrics.dashboard(viewer))
        seen.append(ExportTable(viewer=viewer, table=table, form="csv").run().data.decode())
    except Refused as refused:
        seen.append(str(refused))
    return "\n".join(seen)
