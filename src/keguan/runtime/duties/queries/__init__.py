"""What may be asked about duties."""

from __future__ import annotations

from keguan.runtime.duties.queries.agenda import due_below, due_between
from keguan.runtime.duties.queries.boxes import Box, Count, Page, counts, mine
from keguan.runtime.duties.queries.lists import duties_of, overdue
from keguan.runtime.duties.queries.rows import DutyRow
from keguan.runtime.duties.queries.views import DutyView, Happening, ItemAsked, duty_view

__all__ = [
    "Box",
    "Count",
    "DutyRow",
    "DutyView",
    "Happening",
    "ItemAsked",
    "Page",
    "counts",
    "due_below",
    "due_between",
    "duties_of",
    "duty_view",
    "mine",
    "overdue",
]
