"""How far a value is from meeting a test: 0 is next to it, 1 is as far as can be (or cannot be measured)."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TYPE_CHECKING

from keguan.language.check.cells import critical_points

if TYPE_CHECKING:
    from keguan.language.feel.typed import Typed
    from keguan.language.model.evaluate import Values

_FAR = 1.0
_YEAR = 365


def distance(test: Typed | None, index: int, values: Values) -> float:
    """The distance of input ``index`` from the nearest value that its test names."""
    value = values.inputs[index]
    points = critical_points(test, values.parameters) if test is not None else None
    if value is None or isinstance(value, bool | str | time | datetime) or not points:
        return _FAR
    if isinstance(value, date):
        days = [abs((value - point).days) for point in points if isinstance(point, date)]
        return min([_FAR, *(each / _YEAR for each in days)])
    numbers = [point for point in points if isinstance(point, int) and not isinstance(point, bool)]
    return min([_FAR, *(abs(value - point) / max(abs(point), 1) for point in numbers)])
