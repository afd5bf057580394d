"""What figures announce, inside the transaction in which a period is closed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from keguan.runtime.ledger.events import Event

if TYPE_CHECKING:
    from datetime import date

    from keguan.language.model.figure_state import FigureState


@dataclass(frozen=True, slots=True)
class FigureJudged(Event):
    """A period of a figure is over. ``group`` names one of its groups, as it is stored; empty: the figure as a whole.

    Of a figure with groups each group is announced, and not the whole. ``people`` are who answer for it.
    """

    figure: str
    group: str
    period_start: date
    period_end: date
    state: FigureState
    people: frozenset[int]
