"""暂定: due moments that rest on a year whose days off nobody has settled, and so may still move."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from keguan.language.model.timing import Point
from keguan.runtime.calendars.reckoning import WORKING_UNITS
from keguan.runtime.calendars.state import standing
from keguan.runtime.clock import local

if TYPE_CHECKING:
    from datetime import datetime

    from keguan.language.model.timing import Deadline


def rests_on_days_off(deadline: Deadline) -> bool:
    """Whether days off and business hours have a say in when something is due that began at a moment: not where only
    hours or days of the week are counted (24小时, 7天, 即时).
    """
    if deadline.length is not None:
        return deadline.length.unit in WORKING_UNITS
    return deadline.point not in {None, Point.AT_ONCE}


@dataclass(frozen=True, slots=True)
class Settled:
    """The years whose days off are settled."""

    years: frozenset[int]

    def provisional(self, due: datetime | None, since: datetime | None = None) -> int:
        """The first year from ``since`` to ``due`` whose days off are not settled, on the company's clocks; 0 for
        none.
        """
        if due is None:
            return 0
        last = local(due).year
        first = last if since is None else min(local(since).year, last)
        return min(set(range(first, last + 1)) - self.years, default=0)


def settled() -> Settled:
    """What is settled now. Queries as ``standing``."""
    return Settled(standing().confirmed)
