"""Statistics of cases as a table that can be taken away: what the page shows, and nothing more."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from keguan.runtime.exports.actions import Table
from keguan.runtime.processes.queries import statistics
from keguan.web.statistics.words import figures

if TYPE_CHECKING:
    from keguan.runtime.access.viewer import Viewer
    from keguan.runtime.processes.queries.statistics import Breakdown
    from keguan.web.statistics.asked import Asked


def of_cases(viewer: Viewer, wanted: Asked) -> Table:
    """The figures of a span, then its cases by what tells them apart."""
    now = wanted.everything
    totals, earlier = statistics.totals(viewer, now), statistics.totals(viewer, replace(now, span=wanted.span.before()))
    rows = [(each.label, "", each.value, each.share, each.before) for each in figures(wanted, totals, earlier)]
    rows += _parts(statistics.breakdown(viewer, now, wanted.by))
    title = _("%(label)s · 统计") % {"label": wanted.offer.label}
    headings = (_("数字"), _("其中"), _("值"), _("占比"), _("上期"))
    return Table(wanted.offer.process, title, headings, tuple(rows))


def _parts(found: Breakdown) -> list[tuple[str, str, str, str, str]]:
    """A line for each value that tells cases apart."""
    return [
        (str(found.of.label), part.label.text, f"{part.count:,}", f"{100 * part.count / found.total:.1f}%", "")
        for part in found.parts
        if found.total
    ]
