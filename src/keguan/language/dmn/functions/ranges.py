"""How points and ranges lie to each other (after Allen's interval algebra). Null where they cannot be compared."""

from __future__ import annotations

from collections.abc import Callable

from keguan.language.dmn.functions.declaring import functions, needs, takes
from keguan.language.dmn.types import comparison
from keguan.language.dmn.types.comparison import within
from keguan.language.dmn.types.function import Parameter, Signature
from keguan.language.dmn.types.types import BOOLEAN, DATE, DATE_TIME, DURATION, NUMBER, RANGE, STRING, TIME, OneOf
from keguan.language.dmn.values.ranges import UNBOUNDED, Range

POINT = OneOf((NUMBER, STRING, DATE, TIME, DATE_TIME, *DURATION.types))


class Incomparable(ValueError):
    """Two ends have no order between them."""


def _less(left: object, right: object) -> bool:
    """Whether one end lies below another; a missing lower end below, a missing upper end above everything."""
    found = comparison.before(left, right)
    if found is None:
        raise Incomparable
    return found


def _equal(left: object, right: object) -> bool:
    return comparison.equal(left, right) is True


def before(left: object, right: object) -> bool:
    """Whether all of the first lies before all of the second; either may be a point."""
    end, end_closed = (left.high, left.high_closed) if isinstance(left, Range) else (left, True)
    start, start_closed = (right.low, right.low_closed) if isinstance(right, Range) else (right, True)
    if UNBOUNDED in (end, start):
        return False
    return _less(end, start) or (_equal(end, start) and not (end_closed and start_closed))


def meets(left: Range, right: Range) -> bool:
    """Whether the second begins with the very point with which the first ends."""
    return left.high_closed and right.low_closed and _equal(left.high, right.low)


def overlaps(left: Range, right: Range) -> bool:
    """Whether they have a point in common."""
    return not before(left, right) and not before(right, left)


def overlaps_before(left: Range, right: Range) -> bool:
    """Whether the first begins before the second and ends in it."""
    begins = _starts_before(left, right)
    return begins and overlaps(left, right) and not _ends_after(left, right)


def includes(left: Range, right: object) -> bool | None:
    """Whether the first holds all of the second, which may be a point."""
    if not isinstance(right, Range):
        return within(right, left)
    return not _starts_before(right, left) and not _ends_after(right, left)


def finishes(left: object, right: Range) -> bool:
    """Whether the first (or the point) ends the second, and begins in it."""
    if not isinstance(left, Range):
        return right.high_closed and _equal(left, right.high)
    same_end = left.high_closed == right.high_closed and _equal(left.high, right.high)
    return same_end and not _starts_before(left, right)


def starts(left: object, right: Range) -> bool:
    """Whether the first (or the point) begins the second, and ends in it."""
    if not isinstance(left, Range):
        return right.low_closed and _equal(left, right.low)
    same_start = left.low_closed == right.low_closed and _equal(left.low, right.low)
    return same_start and not _ends_after(left, right)


def _starts_before(left: Range, right: Range) -> bool:
    if UNBOUNDED in (left.low, right.low):
        return left.low is UNBOUNDED and right.low is not UNBOUNDED
    return _less(left.low, right.low) or (_equal(left.low, right.low) and left.low_closed and not right.low_closed)


def _ends_after(left: Range, right: Range) -> bool:
    if UNBOUNDED in (left.high, right.high):
        return left.high is UNBOUNDED and right.high is not UNBOUNDED
    return _less(right.high, left.high) or (
        _equal(left.high, right.high) and left.high_closed and not right.high_closed
    )


Relation = Callable[..., object]

_POINTS = (needs("point1", POINT), needs("point2", POINT))
_RANGES = (needs("range1", RANGE), needs("range2", RANGE))
_POINT_RANGE = (needs("point", POINT), needs("range", RANGE))
_RANGE_POINT = (needs("range", RANGE), needs("point", POINT))


def _turned(relation: Relation) -> Relation:
    return lambda left, right: relation(right, left)


def _ways(relation: Relation, *ways: tuple[Parameter, Parameter]) -> tuple[Signature, ...]:
    return tuple(takes(relation, *way, result=BOOLEAN) for way in ways)


FUNCTIONS = functions(
    before=_ways(before, _POINTS, _POINT_RANGE, _RANGE_POINT, _RANGES),
    after=_ways(_turned(before), _POINTS, _POINT_RANGE, _RANGE_POINT, _RANGES),
    meets=_ways(meets, _RANGES),
    met_by=_ways(_turned(meets), _RANGES),
    overlaps=_ways(overlaps, _RANGES),
    overlaps_before=_ways(overlaps_before, _RANGES),
    overlaps_after=_ways(_turned(overlaps_before), _RANGES),
    finishes=_ways(finishes, _POINT_RANGE, _RANGES),
    finished_by=_ways(_turned(finishes), _RANGE_POINT, _RANGES),
    includes=_ways(includes, _RANGE_POINT, _RANGES),
    during=_ways(_turned(includes), _POINT_RANGE, _RANGES),
    starts=_ways(starts, _POINT_RANGE, _RANGES),
    started_by=_ways(_turned(starts), _RANGE_POINT, _RANGES),
    coincides=_ways(_equal, _POINTS, _RANGES),
)
