"""Equality and order of values. Both are null (None) between values that have nothing in common."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from keguan.language.dmn.budget import spend_on
from keguan.language.dmn.types.function import Function
from keguan.language.dmn.types.kinds import kind_of
from keguan.language.dmn.types.types import Kind
from keguan.language.dmn.values.ranges import UNBOUNDED, Range
from keguan.language.dmn.values.times import SECOND, DateTime, Time


def equal(left: object, right: object) -> bool | None:
    """Whether two values are equal; nothing but null equals null, values of two kinds give None.

    Times and moments are compared to the second, as the standard's value space for them has no fractions.
    """
    if left is None or right is None:
        return left is right
    if type(left) is not type(right):
        return None
    return _EQUAL.get(type(left), _plain)(left, right)


def same(left: object, right: object) -> bool:
    """Whether two values count as one in a list: equal, and of one kind."""
    return equal(left, right) is True


def key_of(value: object) -> object:
    """What can be hashed, and is the same for two values exactly when they are the ``same``."""
    if isinstance(value, list):
        spend_on(value)
        return "list", tuple(key_of(item) for item in value)
    if isinstance(value, dict):
        spend_on(value)
        return "context", frozenset((name, key_of(item)) for name, item in value.items())
    if isinstance(value, Time | DateTime):
        return type(value), value.offset is None, value.position // SECOND
    return type(value), value


def before(left: object, right: object) -> bool | None:
    """Whether ``left`` comes before ``right``; None where there is no order between them."""
    kind = kind_of(left)
    if kind is None or kind is Kind.BOOLEAN or kind is not kind_of(right):
        return None
    if isinstance(left, Time | DateTime) and isinstance(right, Time | DateTime):
        if (left.offset is None) != (right.offset is None):
            return None
        return left.position // SECOND < right.position // SECOND
    return bool(left < right)  # type: ignore[operator]  # both are of one ordered kind


def at_most(left: object, right: object) -> bool | None:
    """Whether ``left`` comes before ``right`` or is equal to it; None where there is no order between them."""
    later = before(right, left)
    return None if later is None else not later


def within(value: object, interval: Range) -> bool | None:
    """Whether the value lies in the range; None where it cannot be compared with an end."""
    above = _side(interval.low, value, closed=interval.low_closed)
    below = _side(value, interval.high, closed=interval.high_closed)
    if above is False or below is False:
        return False
    return None if above is None or below is None else True


def _side(low: object, high: object, *, closed: bool) -> bool | None:
    if low is UNBOUNDED or high is UNBOUNDED:
        return True
    return at_most(low, high) if closed else before(low, high)


def _plain(left: object, right: object) -> bool:
    return left == right


def _lists(left: list[object], right: list[object]) -> bool:
    return len(left) == len(right) and _all_same(zip(left, right, strict=True), left)


def _contexts(left: dict[str, object], right: dict[str, object]) -> bool:
    return left.keys() == right.keys() and _all_same(((value, right[name]) for name, value in left.items()), left)


def _ranges(left: Range, right: Range) -> bool:
    if (left.low_closed, left.high_closed) != (right.low_closed, right.high_closed):
        return False
    ends = ((left.low, right.low), (left.high, right.high))
    return all((mine is UNBOUNDED and other is UNBOUNDED) or same(mine, other) for mine, other in ends)


def _instants(left: Time | DateTime, right: Time | DateTime) -> bool:
    zoned = (left.offset is None) == (right.offset is None)
    return zoned and left.position // SECOND == right.position // SECOND


def _all_same(pairs: Iterable[tuple[object, object]], work: object) -> bool:
    spend_on(work)
    return all(same(left, right) for left, right in pairs)


_EQUAL: dict[type, Callable[[Any, Any], bool]] = {
    list: _lists,
    dict: _contexts,
    Range: _ranges,
    Time: _instants,
    DateTime: _instants,
    Function: lambda left, right: left is right,
}
