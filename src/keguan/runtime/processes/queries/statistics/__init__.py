"""Statistics of a process's cases: of those that began within a span and that the viewer may know of."""

from __future__ import annotations

from keguan.runtime.processes.queries.statistics.again import Again, Crowd, Recurring, Repeat, again
from keguan.runtime.processes.queries.statistics.clocks import Both, Clocks, OtherClock, clocks
from keguan.runtime.processes.queries.statistics.counting import Breakdown, Heat, Part, breakdown, heat, telling
from keguan.runtime.processes.queries.statistics.dimensions import (
    Dimension,
    Key,
    dimension,
    time_axis,
)
from keguan.runtime.processes.queries.statistics.labels import said
from keguan.runtime.processes.queries.statistics.lists import cases
from keguan.runtime.processes.queries.statistics.offered import Offer, liveliest, offer, offered
from keguan.runtime.processes.queries.statistics.selecting import Figure, Selection
from keguan.runtime.processes.queries.statistics.spans import Span, span
from keguan.runtime.processes.queries.statistics.thresholds import Threshold, Thresholds, thresholds
from keguan.runtime.processes.queries.statistics.totals import LateStep, Totals, late_steps, totals

__all__ = [
    "Again",
    "Both",
    "Breakdown",
    "Clocks",
    "Crowd",
    "Dimension",
    "Figure",
    "Heat",
    "Key",
    "LateStep",
    "Offer",
    "OtherClock",
    "Part",
    "Recurring",
    "Repeat",
    "Selection",
    "Span",
    "Threshold",
    "Thresholds",
    "Totals",
    "again",
    "breakdown",
    "cases",
    "clocks",
    "dimension",
    "heat",
    "late_steps",
    "liveliest",
    "offer",
    "offered",
    "said",
    "span",
    "telling",
    "thresholds",
    "time_axis",
    "totals",
]
