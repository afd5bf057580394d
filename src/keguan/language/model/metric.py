"""指标 metric: figures over the whole base, with the target each has to meet."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from keguan.language.feel.types import DATE
from keguan.language.model.timing import Unit

if TYPE_CHECKING:
    from keguan.language.feel.typed import Typed
    from keguan.language.feel.types import Type
    from keguan.language.model.actors import Party
    from keguan.language.model.model import ClauseRef, FieldKind, Label
    from keguan.language.model.timing import Frequency
    from keguan.language.source import Span

PERIOD = {"period_start": ("期初", DATE), "period_end": ("期末", DATE)}
"""What a formula can read beside records and parameters: the first and the last day of the period it is worked out for.
They are ``ParameterRef`` in the typed tree; whoever runs a figure gives them a value like a parameter's.
"""


_YEAR = 12
_MONTHS = {Unit.MONTH: 1, Unit.QUARTER: 3, Unit.YEAR: _YEAR}


def period_values(start: date, end: date) -> dict[str, date]:
    """The values of ``PERIOD`` for a period from ``start`` to ``end``, both days included."""
    return {"period_start": start, "period_end": end}


def period_of(frequency: Frequency, day: date) -> tuple[date, date]:
    """The first and the last day of the period of this frequency that ``day`` falls into.

    Weeks begin on Monday; months, quarters and years are those of the calendar, several of them counted from January
    (a half-year begins in January or July) or, for years, from year 0.
    """
    every = frequency.every
    if every.unit is Unit.WEEK:
        start = day - timedelta(days=day.weekday())
        return start, start + timedelta(days=6)
    months = every.amount * _MONTHS.get(every.unit, 0)
    if not months:
        return day, day
    if months >= _YEAR:
        years = months // _YEAR
        begins = day.year if years == 1 else max(day.year - day.year % years, 1)
        return date(begins, 1, 1), date(begins + years - 1, 12, 31)
    first = (day.month - 1) // months * months + 1
    last = min(first + months - 1, 12)
    return date(day.year, first, 1), date(day.year, last, monthrange(day.year, last)[1])


class GroupBy(StrEnum):
    """What tells the groups of a figure apart."""

    OWNER = "owner"  # 记录负责人: the members of staff to whom the records belong
    UNIT = "unit"  # 部门: the units to which the records belong
    RECORD = "record"  # a reference or period field: the records referred to
    STAFF = "staff"  # a field that names a member of staff
    VALUE = "value"  # a choice or yes and no: a field, a fact or an outcome


@dataclass(frozen=True, slots=True)
class Grouping:
    """What a figure is worked out for each of: every different value that some record of ``record_type`` has, null
    being one of them. ``value`` is read from the record (None for its owner and its unit); of a reference it is the id
    of the record referred to, which is of type ``target``.
    """

    by: GroupBy
    record_type: str
    value: Typed | None
    target: str | None
    text: str


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure and its target.

    ``expression`` is over the whole base: it has no ``FieldRef`` of its own, and an ``Aggregate`` in it has an empty
    ``via``, which means every record of the type ``child`` (not those that refer to some record). ``target`` and
    ``warning`` are Booleans over ``InputRef(0)``, the figure; None sets no target. Null meets no target.
    """

    code: str
    label: Label
    kind: FieldKind | None  # how the figure is shown; None: as a plain number
    type: Type
    expression: Typed
    text: str  # the formula as written
    target: Typed | None
    target_text: str
    warning: Typed | None  # 预警: short of the target, but not yet alarming
    warning_text: str
    period: Frequency
    group: Grouping | None  # with one, each group has to meet the target; a group for which it is null is none
    responsible: tuple[Party, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Metric:
    """A metric block."""

    code: str
    label: Label
    figures: tuple[Figure, ...]
    information_class: str
    clause: ClauseRef
    span: Span
