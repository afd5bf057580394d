"""Figures for reading: as far as a viewer may know them, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from keguan.language.model.behind import share_of
from keguan.language.model.figure_state import FigureState
from keguan.language.model.timing.words import show_frequency
from keguan.runtime.metrics.words import STATES, part_text, period_text, responsible_text, value_text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from keguan.language.model.metric import Figure
    from keguan.language.model.model import ClauseRef
    from keguan.runtime.metrics.models import Value
    from keguan.runtime.metrics.sight import FigureSight


@dataclass(frozen=True, slots=True)
class Point:
    """A figure, or a group of it, in one period. ``shown`` is False where it is over too few records for this viewer.

    ``numerator`` and ``denominator`` are empty for a figure that is no share; ``value`` is in storage form.
    """

    period: str
    start: date
    end: date
    shown: bool
    text: str
    value: int | None
    numerator: str
    denominator: str
    members: int
    state: FigureState
    state_label: str
    day: date
    at: datetime
    closed: bool


@dataclass(frozen=True, slots=True)
class FigureCard:
    """A figure with its newest period (None before it was first worked out) and its trend, newest first."""

    code: str
    label: str
    metric: str
    metric_label: str
    clause: ClauseRef
    formula: str
    target: str
    warning: str
    frequency: str
    responsible: str
    grouped: bool
    now: Point | None
    trend: tuple[Point, ...]


def card(sight: FigureSight, values: Sequence[Value]) -> FigureCard:
    """A figure from its newest periods."""
    figure, language = sight.figure, sight.viewer.language
    trend = tuple(point(sight, each, shown=sight.whole(each.members)) for each in values)
    return FigureCard(
        code=figure.code,
        label=figure.label.text(language),
        metric=sight.metric.code,
        metric_label=sight.metric.label.text(language),
        clause=sight.metric.clause,
        formula=figure.text,
        target="" if figure.target is None else figure.target_text,
        warning="" if figure.warning is None else figure.warning_text,
        frequency=_every(figure, language),
        responsible=responsible_text(figure, sight.model, language),
        grouped=figure.group is not None,
        now=trend[0] if trend else None,
        trend=trend,
    )


def _every(figure: Figure, language: str) -> str:
    """``每月``, ``每季度5日前``: a figure is worked out once in its period, which goes without saying."""
    return show_frequency(figure.period, language).removesuffix("至少1次").removeprefix("at least 1 time ")


def point(sight: FigureSight, kept: Value, *, shown: bool) -> Point:
    """One period; nothing of what it comes to where it is not shown."""
    figure, language = sight.figure, sight.viewer.language
    share = share_of(figure.expression)
    state = FigureState(kept.state) if shown else FigureState.NONE
    return Point(
        period=period_text(figure, kept.period_start, kept.period_end),
        start=kept.period_start,
        end=kept.period_end,
        shown=shown,
        text=value_text(figure, kept.value, language) if shown else "",
        value=kept.value if shown else None,
        numerator=part_text(share[0].type, kept.numerator, language) if shown and share else "",
        denominator=part_text(share[1].type, kept.denominator, language) if shown and share else "",
        members=kept.members if shown else 0,
        state=state,
        state_label=str(STATES[state]) if shown else "",
        day=kept.day,
        at=kept.at,
        closed=kept.closed,
    )
