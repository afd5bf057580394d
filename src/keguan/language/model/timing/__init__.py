"""When something is due and how often: deadlines (时限) and frequencies (频次), as data.

What an author writes is read by ``blocks.timing``, said again by ``model.timing.words`` and compared by
``model.timing.bounds``; working out the moment needs a calendar and is the runtime's.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date


class Unit(StrEnum):
    """What a length of time is counted in."""

    MINUTE = "minute"  # 分钟
    HOUR = "hour"  # 小时
    WORKING_HOUR = "working_hour"  # 工作小时
    DAY = "day"  # 天, 日, 自然日
    WORKING_DAY = "working_day"  # 工作日
    TRADING_DAY = "trading_day"  # 交易日
    WEEK = "week"  # 周, 星期
    MONTH = "month"  # 个月, 月
    QUARTER = "quarter"  # 季度
    YEAR = "year"  # 年


@dataclass(frozen=True, slots=True)
class Length:
    """An amount of time: 3工作日, 24小时. 半年 is six months, 半个月 fifteen days, 半小时 thirty minutes."""

    amount: int
    unit: Unit


class Point(StrEnum):
    """A named moment, seen from the event that starts the clock."""

    AT_ONCE = "at_once"  # 即时, 立即
    SAME_DAY = "same_day"  # 当日, 当天, 办结当日
    SAME_WORKING_DAY = "same_working_day"  # 当个工作日
    NEXT_DAY = "next_day"  # 次日
    NEXT_WORKING_DAY = "next_working_day"  # 次工作日, 下一工作日
    NEXT_OPENING = "next_opening"  # 次日上班前: before business begins on the next working day
    NEXT_TRADING_OPENING = "next_trading_opening"  # 次日开盘前: before trading begins on the next trading day
    END_OF_WEEK = "end_of_week"  # 本周内
    END_OF_MONTH = "end_of_month"  # 本月内, 月底前
    END_OF_QUARTER = "end_of_quarter"  # 本季度内
    END_OF_YEAR = "end_of_year"  # 本年内


@dataclass(frozen=True, slots=True)
class Deadline:
    """By when: a length after the event (or before it, for a negative one), or a named point. ``text`` as written.

    ``event`` names what starts the clock where the author said so (办结当日: 办结; 到期前15天: 到期), else it is empty.
    Of a range (3至5个工作日) the later end is the deadline. Written as a ``parameter``, ``dated`` are its lengths from
    their days on, earliest first, and ``length`` is the last of them.
    """

    text: str
    length: Length | None = None
    point: Point | None = None
    event: str = ""
    parameter: str | None = None
    dated: tuple[tuple[date, Length], ...] = ()

    def length_on(self, day: date) -> Length | None:
        """The length for a clock that starts on a day: of a parameter, what it is then, and before its first day what
        it is first.
        """
        if not self.dated:
            return self.length
        begun = [length for since, length in self.dated if since <= day]
        return begun[-1] if begun else self.dated[0][1]


@dataclass(frozen=True, slots=True)
class Frequency:
    """How often: at least (and at most) so many times in every ``every``. ``text`` as written.

    The others place it within the period. ``weekday`` (Monday is 1) and ``ordinal`` (1 is the first, −1 the last) are
    每月第一个周一; an ``ordinal`` without a ``weekday`` counts working days (每月最后一个工作日). ``day`` is a day of
    the month by which it is done (每月5日前; −1 is the last, 每季度末前), in the ``month`` of the period where one is
    named (每年3月31日前: 3; 每季度首月10日前: 1) and else in its last month.

    Written as a ``parameter``, ``dated`` are its lengths from their days on, earliest first, and ``every`` is the last.
    """

    text: str
    every: Length
    at_least: int = 1
    at_most: int | None = None
    weekday: int | None = None
    ordinal: int | None = None
    day: int | None = None
    month: int | None = None
    parameter: str | None = None
    dated: tuple[tuple[date, Length], ...] = ()

    def on(self, day: date) -> Frequency:
        """As it is on a day: of a parameter, what it is then, and before its first day what it is first."""
        if not self.dated:
            return self
        begun = [length for since, length in self.dated if since <= day]
        return replace(self, every=begun[-1] if begun else self.dated[0][1], dated=())
