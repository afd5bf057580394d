"""A decision table's input columns cut into elementary cases: within one, every test of the column gives one answer.

Exact for yes/no, enumerations, numbers, durations and dates compared with constants and parameters; anything else makes
the column inexact.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from keguan.language.feel.typed import (
    Binary,
    FieldRef,
    If,
    InputRef,
    Not,
    Operator,
    ParentRef,
    Rescale,
    Today,
)
from keguan.language.feel.types import Boolean, Date, DayDuration, MonthDuration, Number, Staff, Text
from keguan.language.feel.walk import walk
from keguan.language.model.evaluate import Values, evaluate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from keguan.language.check.domain import Domain
    from keguan.language.feel.typed import Typed
    from keguan.language.model.model import Decision
    from keguan.language.model.values import Value

_ORDERED = frozenset({Operator.LESS, Operator.LESS_EQUAL, Operator.GREATER, Operator.GREATER_EQUAL})
_ENUMERATED = (Boolean, Text, Date, Number, DayDuration, MonthDuration, Staff)
_ANYBODY = "某人"
"""Stands for whoever it is: a cell can only ask whether somebody is named."""
_COMPARING = _ORDERED | {Operator.EQUAL, Operator.UNEQUAL}
_JOINING = frozenset({Operator.AND, Operator.OR})


@dataclass(frozen=True, slots=True)
class Case:
    """One elementary case: a value that stands for all of it; for numbers and dates also its ends (None: open)."""

    value: Value
    low: Value = None
    high: Value = None
    other: bool = False  # any text that no test names


@dataclass(frozen=True, slots=True)
class Column:
    """One column's cases, and per case the rows whose test holds (bit i: row i)."""

    cases: tuple[Case, ...]
    rows: tuple[int, ...]
    free: int  # rows without a test here


def read_column(decision: Decision, index: int, domain: Domain, parameters: Mapping[str, Value]) -> Column | None:
    """The column's cases, or None when they cannot be enumerated."""
    if not isinstance(decision.inputs[index].expression.type, _ENUMERATED):
        return None
    rows: dict[str, int] = {}
    tests: dict[str, Typed] = {}
    free = 0
    for row, rule in enumerate(decision.rules):
        test = rule.tests[index]
        if test is None:
            free |= 1 << row
            continue
        tests[rule.cells[index]] = test
        rows[rule.cells[index]] = rows.get(rule.cells[index], 0) | 1 << row
    points = {text: critical_points(test, parameters) for text, test in tests.items()}
    known = {text: found for text, found in points.items() if found is not None}
    if len(known) < len(tests):
        return None
    cases = tuple(_cases(decision, index, domain, [point for found in known.values() for point in found]))
    ordered = [case.value for case in cases if _stretch(case)]
    masks = [free] * len(cases)
    turns = [0] * (len(ordered) + 1)  # rows whose test begins or ceases to hold at this case
    for text, test in tests.items():
        answer = _answer(test, index, parameters)
        for start, end in _stretches(known[text], ordered):
            if answer(ordered[start]):
                turns[start] ^= rows[text]
                turns[end] ^= rows[text]
        for number in range(len(ordered), len(cases)):
            if answer(cases[number].value):
                masks[number] |= rows[text]
    holding = 0
    for number in range(len(ordered)):
        holding ^= turns[number]
        masks[number] |= holding
    return _merged(cases, masks, free)


def _answer(test: Typed, index: int, parameters: Mapping[str, Value]) -> Callable[[Value], bool]:
    """Whether a test holds for a value of its input."""

    def answer(value: Value) -> bool:
        return evaluate(test, Values(parameters=parameters, inputs=[value] * (index + 1))) is True

    return answer


def _stretches(points: Sequence[Value], ordered: Sequence[Any]) -> Iterator[tuple[int, int]]:
    """The runs of ``ordered`` (start and end) within which a test gives one answer: cut at the values it names."""
    cuts = {0, len(ordered)}
    for point in points:
        if ordered and isinstance(point, int | date):
            cuts |= {bisect_left(ordered, point), bisect_right(ordered, point)}
    return pairwise(sorted(cuts))


def _merged(cases: Sequence[Case], masks: Sequence[int], free: int) -> Column:
    """Neighbouring stretches in which the same rows hold become one, so that a case is shown as wide as it is."""
    kept: list[tuple[Case, int]] = []
    for case, mask in zip(cases, masks, strict=True):
        if kept and kept[-1][1] == mask and _stretch(case) and _stretch(kept[-1][0]):
            first = kept[-1][0]
            value = first.value if first.low is not None else case.value
            kept[-1] = (Case(value, first.low, case.high), mask)
        else:
            kept.append((case, mask))
    return Column(tuple(case for case, _ in kept), tuple(mask for _, mask in kept), free)


def _stretch(case: Case) -> bool:
    return isinstance(case.value, int | date) and not isinstance(case.value, bool)


def critical_points(test: Typed, parameters: Mapping[str, Value]) -> list[Value] | None:
    """The values with which a test compares the input, in the input's own units; None when it is more than such
    comparisons.
    """
    points: list[Value] = []
    for part in _atoms(test):
        point = _point(part, parameters)
        if point is None:
            return None
        points.extend(point)
    return points


def _atoms(test: Typed) -> Iterator[Typed]:
    """The comparisons that a test is joined from."""
    match test:
        case Binary(op, left, right) if op in _JOINING:
            yield from _atoms(left)
            yield from _atoms(right)
        case Not(inner):
            yield from _atoms(inner)
        case If(condition, then, otherwise) if isinstance(test.type, Boolean):
            yield from _atoms(condition)
            yield from _atoms(then)
            yield from _atoms(otherwise)
        case _:
            yield test


def _point(part: Typed, parameters: Mapping[str, Value]) -> list[Value] | None:
    """The value that a comparison compares the input with (none for the bare input or a constant)."""
    if isinstance(part, InputRef) or _closed(part):
        return []
    if not isinstance(part, Binary) or part.operator not in _COMPARING:
        return None
    for subject, other in ((part.left, part.right), (part.right, part.left)):
        scales = _scales(subject)
        if scales is not None and _closed(other):
            if part.operator in _ORDERED and isinstance(subject.type, Text | Boolean):
                return None
            value = evaluate(other, Values(parameters=parameters))
            if isinstance(value, int) and not isinstance(value, bool):
                return list(_nearest_integers(Fraction(value, 10**scales)))
            return [value]
    return None


def _scales(subject: Typed) -> int | None:
    """By how many places the input is made finer before it is compared; None when it is not simply the input."""
    if isinstance(subject, InputRef):
        return 0
    if isinstance(subject, Rescale) and isinstance(subject.value, InputRef):
        source, target = subject.value.type, subject.type
        if isinstance(source, Number) and isinstance(target, Number) and target.scale >= source.scale:
            return target.scale - source.scale
    return None


def _closed(typed: Typed) -> bool:
    return not any(isinstance(part, InputRef | FieldRef | ParentRef | Today) for part in walk(typed))


def _nearest_integers(point: Fraction) -> Iterator[int]:
    """The integers at or on both sides of a point: cutting at them is as good as cutting at the point."""
    floor = point.numerator // point.denominator
    yield floor
    if floor != point:
        yield floor + 1


def _cases(decision: Decision, index: int, domain: Domain, points: list[Value]) -> Iterator[Case]:
    type_ = decision.inputs[index].expression.type
    match type_:
        case Boolean():
            yield Case(True)
            yield Case(False)
        case Text(choices):
            named = choices if choices is not None else [point for point in points if isinstance(point, str)]
            yield from (Case(text) for text in dict.fromkeys(named))
            if choices is None:
                yield Case(_unnamed(named), other=True)
        case Staff():
            yield Case(_ANYBODY)
        case Date():
            yield from _days(sorted({point for point in points if isinstance(point, date)}))
        case Number() | DayDuration() | MonthDuration():
            numbers = {point for point in points if isinstance(point, int) and not isinstance(point, bool)}
            yield from _numbers(sorted(numbers), domain)
    if domain.nullable:
        yield Case(None)


def _unnamed(named: Sequence[object]) -> str:
    """A text that is none of those named."""
    text = "*"
    while text in named:
        text += "*"
    return text


def _numbers(points: list[int], domain: Domain) -> Iterator[Case]:
    low = domain.least
    for point in points:
        if low is not None and point < low:
            continue
        if low is None or low < point:
            yield Case(point - 1, low, point - 1)
        yield Case(point, point, point)
        low = point + 1
    yield Case(0 if low is None else low, low, None)


def _days(points: list[date]) -> Iterator[Case]:
    one = timedelta(days=1)
    low: date | None = None
    for point in points:
        if point > date.min and (low is None or low < point):
            yield Case(point - one, low, point - one)
        yield Case(point, point, point)
        if point == date.max:
            return
        low = point + one
    yield Case(low or date(2000, 1, 1), low, None)
