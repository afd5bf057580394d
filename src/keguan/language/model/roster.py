"""排班 roster: which shifts there are, when, and how many people each needs."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from keguan.language.model.actors import Party
    from keguan.language.model.model import ClauseRef, Label
    from keguan.language.model.timing import Length
    from keguan.language.source import Span

DAY_MINUTES = 24 * 60


class Days(StrEnum):
    """Days on which a shift is worked; which day is what is the calendar's (调休 included)."""

    EVERY = "every"  # 每日
    WORKING = "working"  # 工作日
    RESTING = "resting"  # 周末, 休息日: not working, public holidays apart
    HOLIDAY = "holiday"  # 节假日: public holidays
    TRADING = "trading"  # 交易日
    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"
    SATURDAY = "saturday"
    SUNDAY = "sunday"


@dataclass(frozen=True, slots=True)
class Shift:
    """One row. ``start`` and ``end`` are minutes from the midnight with which its day begins; an end beyond 1440 is on
    the next day.
    """

    number: int  # row number from 1
    post: str
    role: str | None  # only holders of this role may take it
    name: str
    start: int
    end: int
    people: int
    days: tuple[Days, ...]
    skills: tuple[str, ...]
    span: Span

    @property
    def minutes(self) -> int:
        """How long it lasts."""
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Coverage:
    """So many people must be there from ``start`` to ``end`` (minutes from midnight) on these days (none named: on
    every day on which a shift begins).
    """

    days: tuple[Days, ...]
    start: int
    end: int
    people: int


@dataclass(frozen=True, slots=True)
class Roster:
    """A roster block. ``most`` is how long anyone may work without a break between shifts, ``rest`` the least time
    between two shifts of one person; ``swaps`` approves an exchange of shifts (None: nobody has to).
    """

    code: str
    label: Label
    unit: str
    shifts: tuple[Shift, ...]
    coverage: tuple[Coverage, ...]
    most: Length | None
    rest: Length | None
    swaps: Party | None
    clause: ClauseRef
    span: Span
