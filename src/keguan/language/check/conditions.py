"""Whether conditions over one record can hold together, found by trying every elementary case of what they read.

Exact for conditions joined with and, or and not from comparisons of one field, fact or outcome each with constants and
parameters; anything else is ``Inexact``.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from itertools import product
from math import prod
from typing import TYPE_CHECKING

from keguan.language.check.cells import critical_points
from keguan.language.feel.typed import Binary, FieldRef, InputRef, Not, Operator, ParentRef, Rescale
from keguan.language.feel.types import Boolean, Date, DateTime, DayDuration, Number, Staff, Text, Time
from keguan.language.feel.walk import walk
from keguan.language.model.evaluate import Values, evaluate

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from keguan.language.feel.typed import Typed
    from keguan.language.feel.types import Type
    from keguan.language.model.values import Value

_MOST = 50_000
"""How many cases are tried."""

_JOINING = frozenset({Operator.AND, Operator.OR})

_ANY: dict[type[Type], Value] = {
    Number: 0,
    DayDuration: 0,
    Staff: 0,
    Date: date(2000, 1, 1),
    DateTime: datetime(2000, 1, 1),  # noqa: DTZ001 - local moments have no zone
    Time: time(12),
}
"""A value where only is asked whether there is one (日期 != null)."""


class Inexact(Exception):
    """The conditions hold more than comparisons with constants, or too many of them."""


def possible(conditions: Sequence[Typed], parameters: Mapping[str, Value]) -> bool:
    """Whether a record exists for which all of the conditions are true. Raises ``Inexact``."""
    points: dict[FieldRef | ParentRef, set[Value]] = {}
    for condition in conditions:
        for atom in _atoms(condition):
            read = {part for part in walk(atom) if isinstance(part, FieldRef | ParentRef)}
            found = critical_points(_as_input(atom), parameters)
            if found is None or len(read) > 1:
                raise Inexact
            for subject in read:
                points.setdefault(subject, set()).update(found)
    subjects = list(points)
    values = [list(_candidates(subject.type, points[subject])) for subject in subjects]
    if prod(len(each) for each in values) > _MOST:
        raise Inexact
    for case in product(*values):
        record = {subject.key: value for subject, value in zip(subjects, case, strict=True)}
        given = Values(parameters=parameters, record=record)
        if all(evaluate(condition, given) is True for condition in conditions):
            return True
    return False


def _atoms(condition: Typed) -> Iterator[Typed]:
    match condition:
        case Binary(operator, left, right) if operator in _JOINING:
            yield from _atoms(left)
            yield from _atoms(right)
        case Not(inner):
            yield from _atoms(inner)
        case _:
            yield condition


def _as_input(atom: Typed) -> Typed:
    """The atom with the field that it reads as the column of a decision table."""
    match atom:
        case FieldRef() | ParentRef():
            return InputRef(0, atom.type)
        case Rescale(inner, type_):
            return Rescale(_as_input(inner), type_)
        case Binary(operator, left, right):
            return Binary(operator, _as_input(left), _as_input(right), atom.type)
    return atom


def _candidates(type_: Type, points: set[Value]) -> Iterator[Value]:
    """A value for each elementary case, and none."""
    yield None
    if isinstance(type_, Boolean):
        yield from (True, False)
    elif isinstance(type_, Text) and type_.choices is not None:
        yield from type_.choices
    elif isinstance(type_, Text):
        named = [point for point in points if isinstance(point, str)]
        yield from (*named, "*".join(["", *named, ""]))
    else:
        yield from _around((points - {None}) or {_ANY.get(type(type_), 0)})


def _around(points: set[Value]) -> Iterator[Value]:
    """Each point with the values beside it."""
    for point in points:
        if isinstance(point, date):
            yield from (point, point - timedelta(days=1), point + timedelta(days=1))
        elif isinstance(point, int) and not isinstance(point, bool):
            yield from (point - 1, point, point + 1)
        elif isinstance(point, time):
            yield point
