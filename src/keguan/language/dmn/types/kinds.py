"""What kind of value a value is."""

from __future__ import annotations

from decimal import Decimal

from keguan.language.dmn.types.types import Kind
from keguan.language.dmn.values.dates import Date
from keguan.language.dmn.values.durations import DaysTime, YearsMonths
from keguan.language.dmn.values.times import DateTime, Time

_KINDS: dict[type, Kind] = {
    Decimal: Kind.NUMBER,
    str: Kind.STRING,
    bool: Kind.BOOLEAN,
    Date: Kind.DATE,
    Time: Kind.TIME,
    DateTime: Kind.DATE_TIME,
    DaysTime: Kind.DAYS_TIME,
    YearsMonths: Kind.YEARS_MONTHS,
}


def kind_of(value: object) -> Kind | None:
    """The kind of a value without parts; None for null, lists, contexts, ranges and functions."""
    return _KINDS.get(type(value))
