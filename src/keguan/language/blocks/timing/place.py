"""Whether a frequency names a place that every one of its periods has: not 每月第六个周一, not 每周5日前."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.model.timing import Unit

if TYPE_CHECKING:
    from keguan.language.model.timing import Frequency

_MONTHS = {Unit.MONTH: 1, Unit.QUARTER: 3, Unit.YEAR: 12}
_WEEKDAYS_EACH_MONTH = 4
_WORKING_DAYS_EACH_MONTH = 15
_DAYS_OF_MONTH = 31


def placed(frequency: Frequency) -> Frequency | None:
    """The frequency, or None where some period has no such place or no such number of times makes sense."""
    every, months = frequency.every, frequency.every.amount * _MONTHS.get(frequency.every.unit, 0)
    if every.amount < 1 or not _counted(frequency):
        return None
    if frequency.ordinal is not None:
        last = _WORKING_DAYS_EACH_MONTH if frequency.weekday is None else _WEEKDAYS_EACH_MONTH
        return frequency if months and (frequency.ordinal == -1 or 1 <= frequency.ordinal <= last) else None
    if frequency.weekday is not None and every.unit is not Unit.WEEK:
        return None
    if frequency.month is not None and not 1 <= frequency.month <= months:
        return None
    if frequency.day is not None and not (months and (frequency.day == -1 or 1 <= frequency.day <= _DAYS_OF_MONTH)):
        return None
    return frequency if frequency.month is None or frequency.day is not None else None


def _counted(frequency: Frequency) -> bool:
    if frequency.at_most is None:
        return frequency.at_least > 0
    return frequency.at_most > 0 and frequency.at_least <= frequency.at_most
