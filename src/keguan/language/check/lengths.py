"""How lengths of time compare where no calendar is needed to tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.model.timing import Unit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from keguan.language.model.timing import Length

_DAY = 24 * 60
_LEAST = {
    Unit.MINUTE: 1,
    Unit.HOUR: 60,
    Unit.WORKING_HOUR: 60,
    Unit.DAY: _DAY,
    Unit.WORKING_DAY: _DAY,
    Unit.TRADING_DAY: _DAY,
    Unit.WEEK: 7 * _DAY,
    Unit.MONTH: 28 * _DAY,
    Unit.QUARTER: 90 * _DAY,
    Unit.YEAR: 365 * _DAY,
}
"""Minutes that one of the unit takes at the least; a working day takes at least the day itself."""
_MOST = {
    Unit.MINUTE: 1,
    Unit.HOUR: 60,
    Unit.DAY: _DAY,
    Unit.WEEK: 7 * _DAY,
    Unit.MONTH: 31 * _DAY,
    Unit.QUARTER: 92 * _DAY,
    Unit.YEAR: 366 * _DAY,
}
"""Minutes that one of the unit takes at the most; units with closed days in between have no such figure."""
_MONTHS = {Unit.MONTH: 1, Unit.QUARTER: 3, Unit.YEAR: 12}


def longer(lengths: Sequence[Length], total: Length) -> bool:
    """Whether these lengths one after the other certainly take longer than ``total``. What cannot be compared with it
    counts as nothing.
    """
    same = sum(_in_units_of(length, total) for length in lengths)
    if same > _in_units_of(total, total):
        return True
    return total.unit in _MOST and sum(least(length) for length in lengths) > total.amount * _MOST[total.unit]


def least(length: Length) -> int:
    """Minutes that a length takes at the least."""
    return length.amount * _LEAST[length.unit]


def _in_units_of(length: Length, other: Length) -> int:
    """Months, or the unit itself, where both are counted in that; else nothing."""
    if length.unit in _MONTHS and other.unit in _MONTHS:
        return length.amount * _MONTHS[length.unit]
    return length.amount if length.unit is other.unit else 0
