"""What people are told about figures: which one, of what period, and how it stands; never how much it comes to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.model.figure_state import FigureState
from keguan.runtime.notifications.actions import Notice

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from keguan.language.model.metric import Figure


def tell_of(
    figure: Figure, period: tuple[date, date], state: FigureState, people: Iterable[int], clause: str
) -> list[Notice]:
    """The period is over, and the target was missed or nearly so; one notice for a figure, however many groups of it a
    person answers for.
    """
    kind = "metrics.missed" if state is FigureState.MISSED else "metrics.warning"
    return [
        Notice(
            staff_id=each,
            kind=kind,
            key=f"{kind}:{figure.code}:{period[0].isoformat()}:{each}",
            subject=figure.label.zh,
            facts={"first": period[0].isoformat(), "last": period[1].isoformat()},
            clause=clause,
        )
        for each in sorted(people)
    ]
