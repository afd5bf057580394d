"""The days that statistics are about, the days before them, and the slices along a time axis."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from keguan.calculators.working_time.months import add_months
from keguan.runtime.ledger.actions import Refused

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_DAYS = 3 * 366
"""The longest span: three years."""

_BY_WEEK = 62
"""A span of at most so many days is sliced by weeks, a longer one by months."""

_DAY = timedelta(days=1)

_EARLIEST, _LATEST = date(1950, 1, 1), date(2150, 1, 1)


@dataclass(frozen=True, slots=True)
class Span:
    """From the ``first`` day to the ``last``, which both belong to it."""

    first: date
    last: date

    @property
    def begins(self) -> datetime:
        """The midnight with which it begins on the company's clocks, in UTC."""
        return _midnight(self.first)

    @property
    def ends(self) -> datetime:
        """The midnight with which it is over, in UTC."""
        return _midnight(self.last + _DAY)

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1

    def before(self) -> Span:
        """What it is compared with: as many months before it where it is whole months, else as many days."""
        last = self.first - _DAY
        if self.first.day == 1 and (self.last + _DAY).day == 1:
            after = self.last + _DAY
            months = (after.year - self.first.year) * 12 + after.month - self.first.month
            return Span(add_months(self.first, -months), last)
        return Span(last - timedelta(days=self.days - 1), last)

    def slices(self) -> tuple[Span, ...]:
        """Its weeks (from Mondays) or its months, cut off where it begins and ends."""
        return tuple(self._slices())

    @property
    def weekly(self) -> bool:
        """Whether its slices are weeks."""
        return self.days <= _BY_WEEK

    def _slices(self) -> Iterator[Span]:
        first = self.first
        while first <= self.last:
            following = _next_monday(first) if self.weekly else _next_month(first)
            yield Span(first, min(following - _DAY, self.last))
            first = following


def span(first: date, last: date) -> Span:
    """A span that was asked for. Raises ``Refused`` (``statistics.span``) when it is turned round, too long, or out of
    all time.
    """
    if last < first:
        raise Refused("statistics.span", _("结束日早于起始日，请改过来。"))
    if first < _EARLIEST or last > _LATEST:
        raise Refused("statistics.span", _("请填写1950年至2150年之间的日期。"))
    if (last - first).days >= MOST_DAYS:
        raise Refused("statistics.span", _("一次最多统计三年，请缩短期间。"))
    return Span(first, last)


def _next_monday(day: date) -> date:
    return day + timedelta(days=7 - day.weekday())


def _next_month(day: date) -> date:
    return add_months(day.replace(day=1), 1)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(0), ZoneInfo(settings.TIME_ZONE)).astimezone(UTC)
