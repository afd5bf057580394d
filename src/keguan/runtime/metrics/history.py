"""Figures as they were kept: the newest period of each, and those before it."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from django.db.models import F, Window
from django.db.models.functions import RowNumber

from keguan.runtime.metrics.models import WHOLE, Value

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

PERIODS = 12
"""Periods of a trend, the newest included."""


def newest(figures: Iterable[str], group: str = WHOLE, periods: int = PERIODS) -> dict[str, list[Value]]:
    """The last periods of these figures, or of one of their groups, newest first. One query."""
    placed = Window(RowNumber(), partition_by=F("figure"), order_by=F("period_start").desc())
    rows = Value.objects.filter(figure__in=list(figures), group=group).annotate(place=placed)
    found: dict[str, list[Value]] = defaultdict(list)
    for each in rows.filter(place__lte=periods).order_by("figure", "-period_start"):
        found[each.figure].append(each)
    return found


def of_period(figure: str, start: date) -> dict[str, Value]:
    """A figure of one period by group, the whole among them. One query."""
    return {each.group: each for each in Value.objects.filter(figure=figure, period_start=start)}
