"""One year of a calendar as running totals, in which a day or a minute is found by halving instead of walking."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from keguan.calculators.working_time.hours import Hours

MICROSECONDS = 60_000_000
"""Of a minute. Time is counted in whole microseconds, so that nothing is ever rounded."""


@dataclass(frozen=True, slots=True)
class Year:
    """Totals before each of the year's days, with the whole year's at the end.

    ``worked`` and ``traded`` count days, ``spent`` microseconds of business hours; ``hours`` are those of each day.
    """

    first: date
    hours: tuple[Hours, ...]
    worked: tuple[int, ...]
    traded: tuple[int, ...]
    spent: tuple[int, ...]

    @staticmethod
    def of(first: date, hours: Sequence[Hours], trading: Sequence[bool]) -> Year:
        """The totals of a year whose days have these hours."""
        return Year(
            first,
            tuple(hours),
            tuple(accumulate((bool(each) for each in hours), initial=0)),
            tuple(accumulate(trading, initial=0)),
            tuple(accumulate((length(each) for each in hours), initial=0)),
        )

    def place(self, day: date) -> int:
        """How many days of the year are before this one."""
        return (day - self.first).days

    def day(self, place: int) -> date:
        """The day with so many days of the year before it."""
        return self.first + timedelta(days=place)

    def spent_until(self, day: date, clock: int) -> int:
        """Business microseconds from the start of the year to ``clock`` microseconds after the day's midnight."""
        place = self.place(day)
        return self.spent[place] + sum(
            max(0, min(clock, end * MICROSECONDS) - begin * MICROSECONDS) for begin, end in self.hours[place]
        )

    def first_with(self, total: int) -> tuple[date, int]:
        """The first day and clock (microseconds) by which ``total`` has been spent; 0 < total <= the year's."""
        place = bisect_left(self.spent, total) - 1
        rest = total - self.spent[place]
        for begin, end in self.hours[place]:
            stretch = (end - begin) * MICROSECONDS
            if rest <= stretch:
                return self.day(place), begin * MICROSECONDS + rest
            rest -= stretch
        raise AssertionError("the totals of a year are those of its days")

    def last_with(self, total: int) -> tuple[date, int]:
        """The last day and clock (microseconds) at which no more than ``total`` is spent; 0 <= total < the year's."""
        place = bisect_right(self.spent, total) - 1
        rest = total - self.spent[place]
        for begin, end in self.hours[place]:
            stretch = (end - begin) * MICROSECONDS
            if rest < stretch:
                return self.day(place), begin * MICROSECONDS + rest
            rest -= stretch
        raise AssertionError("the totals of a year are those of its days")


def length(hours: Hours) -> int:
    """Microseconds of a day's hours."""
    return sum(end - begin for begin, end in hours) * MICROSECONDS
