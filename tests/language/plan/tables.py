"""A decision table for every hit policy, over inputs of every type, with a cell at each boundary."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.feel.typed import Binary, InputRef, Literal, Operator
from keguan.language.feel.types import (
    BOOLEAN,
    DATE,
    DATE_TIME,
    DAY_DURATION,
    MONTH_DURATION,
    STAFF,
    TEXT,
    TIME,
    Text,
    Type,
)
from keguan.language.model.model import HitPolicy, InputColumn, Rule
from tests.language.plan.constructs import CONSTANTS, UNORDERED, field
from tests.language.plan.models import MONEY, NOWHERE, WHOLE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from keguan.language.feel.typed import Typed

INPUTS: dict[str, Type] = {
    "w1": WHOLE,
    "m1": MONEY,
    "b1": BOOLEAN,
    "t1": TEXT,
    "d1": DATE,
    "h1": TIME,
    "k1": DATE_TIME,
    "s1": DAY_DURATION,
    "y1": MONTH_DURATION,
    "u1": STAFF,
}
CHOICES = Text(("金", "银", "铜"))
ORDERED = (Operator.GREATER_EQUAL, Operator.LESS, Operator.GREATER, Operator.LESS_EQUAL)


def inputs() -> list[InputColumn]:
    """One column for each type."""
    return [InputColumn(code, field(code), NOWHERE) for code in INPUTS]


def rules(hit: HitPolicy) -> list[Rule]:
    """Two rows for each input, at its boundary; one row that needs two inputs; at last one without a test."""
    results = iter(_results(hit))
    made = []
    for index, type_ in enumerate(INPUTS.values()):
        narrow = type_ in UNORDERED or hit is HitPolicy.ANY
        for operator in (Operator.EQUAL,) if narrow else (ORDERED[index % 4], Operator.EQUAL):
            test = _test(index, type_, operator)
            made.append(_rule(len(made) + 1, {index: test}, next(results)))
    both = {0: _test(0, WHOLE, Operator.LESS), 3: _test(3, TEXT, Operator.UNEQUAL)}
    made.append(_rule(len(made) + 1, both, next(results)))
    if hit not in (HitPolicy.UNIQUE, HitPolicy.ANY):
        made.append(_rule(len(made) + 1, {}, next(results)))
    return made


def outputs(hit: HitPolicy) -> dict[str, Type]:
    """Two outputs, of the types that the policy allows."""
    if hit.lists:
        return {"first": CHOICES if hit.ranks else TEXT, "second": TEXT}
    if hit.ranks:
        return {"first": CHOICES, "second": Text(("甲", "乙"))}
    return {"first": MONEY, "second": WHOLE} if hit.collects else {"first": TEXT, "second": WHOLE}


def _test(index: int, type_: Type, operator: Operator) -> Typed:
    return Binary(operator, InputRef(index, type_), Literal(CONSTANTS[type_], type_), BOOLEAN)


def _rule(number: int, tests: dict[int, Typed], results: tuple[Typed, ...]) -> Rule:
    listed = tuple(tests.get(index) for index in range(len(INPUTS)))
    return Rule(number, listed, ("",) * len(INPUTS), results, NOWHERE)


def _results(hit: HitPolicy) -> Iterable[tuple[Typed, ...]]:
    for number in range(40):
        first, second = _words(hit, number) if hit.lists or hit.ranks else _numbers(hit, number)
        yield first, second


def _words(hit: HitPolicy, number: int) -> tuple[Typed, Typed]:
    first, second = outputs(hit).values()
    words = CHOICES.choices or ()
    one = Literal((*words, None)[number % 4], first)
    if hit.lists:
        return one, field("t1") if number % 5 == 0 else Literal(("", "甲", None)[number % 3], second)
    return one, Literal(("乙", "甲", None)[number % 3], second)


def _numbers(hit: HitPolicy, number: int) -> tuple[Typed, Typed]:
    if hit is HitPolicy.COLLECT_COUNT:
        return Literal((100, None)[number % 2], MONEY), Literal((1, 1, None)[number % 3], WHOLE)
    if hit.collects:
        first = field("m1") if number % 4 == 0 else Literal((300, -500, None, 700)[number % 4], MONEY)
        return first, field("w1") if number % 3 == 0 else Literal((number * 7) % 11, WHOLE)
    if hit is HitPolicy.ANY:
        return Literal(("同", "同", "同", None)[number % 8 % 4], TEXT), field("w1") if number < 3 else Literal(1, WHOLE)
    return Literal(f"第{number}", TEXT), field("w1") if number % 3 == 0 else Literal(number % 2, WHOLE)
