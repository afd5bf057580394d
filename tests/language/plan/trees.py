"""Random typed trees, decision tables and rows, for the tests that both executions agree."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from keguan.language.feel.typed import (
    Aggregate,
    AggregateFunction,
    Binary,
    Call,
    FieldRef,
    If,
    InputRef,
    Literal,
    Negate,
    Not,
    Operator,
    OuterRef,
    ParameterRef,
    ParentRef,
    Rescale,
    Today,
    Up,
)
from keguan.language.feel.types import (
    BOOLEAN,
    DATE,
    DATE_TIME,
    DAY_DURATION,
    MAX_SCALE,
    MONTH_DURATION,
    NULL,
    STAFF,
    TEXT,
    TIME,
    Boolean,
    Date,
    DateTime,
    DayDuration,
    MonthDuration,
    Number,
    Staff,
    Text,
    Time,
    Type,
)
from keguan.language.model.model import HitPolicy, InputColumn, Rule
from tests.language.plan.constructs import SIGNATURES, UNORDERED, moment
from tests.language.plan.constructs import field as example
from tests.language.plan.models import MONEY, NOWHERE, PERCENT, WHOLE, Draft, To

if TYPE_CHECKING:
    from keguan.language.feel.typed import Typed
    from keguan.language.model.model import Model

TODAY = date(2026, 11, 21)
WORDS = ("云岭", "滨海", "", "A", "a'b", "100%")
CUSTOMER: dict[str, Type] = {
    "n1": WHOLE,
    "n2": WHOLE,
    "m1": MONEY,
    "p1": PERCENT,
    "b1": BOOLEAN,
    "b2": BOOLEAN,
    "t1": TEXT,
    "t2": TEXT,
    "d1": DATE,
    "d2": DATE,
    "h1": TIME,
    "k1": DATE_TIME,
    "s1": DAY_DURATION,
    "y1": MONTH_DURATION,
    "u1": STAFF,
    "u2": STAFF,
}
ORDER: dict[str, Type] = {
    "q": WHOLE,
    "a": MONEY,
    "f": BOOLEAN,
    "c": TEXT,
    "o": DATE,
    "k": DATE_TIME,
    "s": DAY_DURATION,
    "u": STAFF,
}
SHOP: dict[str, Type] = {"g": WHOLE, "r": MONEY, "v": BOOLEAN, "x": TEXT, "y": DATE, "z": STAFF}
SEEN_CUSTOMER, SEEN_ORDER = ({**own, **{f"shop/{code}": SHOP[code] for code in SHOP}} for own in (CUSTOMER, ORDER))
"""What generated Python is given of a record: its own values and those of its shop."""
TO_SHOP = (Up("shop", "shop"),)
PARAMETERS: dict[str, tuple[Type, Any]] = {
    "limit": (WHOLE, 3),
    "budget": (MONEY, 5000),
    "strict": (BOOLEAN, True),
    "place": (TEXT, "云岭"),
    "start": (DATE, date(2026, 11, 20)),
    "opens": (TIME, time(8, 30)),
    "moment": (DATE_TIME, moment("2026-11-20T08:30:00")),
    "term": (DAY_DURATION, 3 * 86_400),
    "cycle": (MONTH_DURATION, 3),
    "person": (STAFF, 2),
}
COMPARE = (Operator.LESS, Operator.LESS_EQUAL, Operator.GREATER, Operator.GREATER_EQUAL)
EQUALITY = (Operator.EQUAL, Operator.UNEQUAL)
TYPES = (WHOLE, MONEY, BOOLEAN, TEXT, DATE, TIME, DATE_TIME, DAY_DURATION, MONTH_DURATION, STAFF)
CONSTANTS: dict[type[Type], tuple[Any, ...]] = {
    Boolean: (True, False),
    Text: WORDS,
    Date: (TODAY, date(2026, 11, 1), date(2025, 12, 31), date(2024, 2, 29)),
    Time: (time(8, 30), time(0), time(23, 59, 59)),
    DateTime: (moment("2026-11-20T08:30:00"), moment("2024-02-29"), moment("2026-01-31T23:59:59")),
    DayDuration: (0, 1, 3600, 86_400, -86_401),
    MonthDuration: (0, 1, -1, 12, 25),
    Staff: (1, 2, 3),
}
FIGURES = [each for each in AggregateFunction if each not in (AggregateFunction.SOME, AggregateFunction.EVERY)]
CALLS = [(function, codes, type_) for function, each in SIGNATURES.items() for codes, type_ in each]


@dataclass(frozen=True)
class Names:
    """What a tree may read: fields of the record (or child), input columns, and whether it has children.

    ``filters`` are conditions over children that several figures of one model share; ``outer`` is what the record has
    when these are the names of its child; with ``shops`` it may read the shop to which it refers.
    """

    fields: tuple[tuple[str, Type], ...] = ()
    inputs: tuple[Type, ...] = ()
    children: bool = False
    filters: tuple[Typed, ...] = ()
    outer: tuple[tuple[str, Type], ...] = ()
    shops: bool = False

    def leaves(self, kind: type[Type]) -> list[Typed]:
        """The names of this kind of type."""
        found: list[Typed] = [FieldRef(code, type_) for code, type_ in self.fields if isinstance(type_, kind)]
        found += [OuterRef(code, type_) for code, type_ in self.outer if isinstance(type_, kind)]
        above = [(code, type_) for code, type_ in SHOP.items() if self.shops and isinstance(type_, kind)]
        found += [ParentRef(TO_SHOP, code, type_) for code, type_ in above]
        found += [ParentRef(TO_SHOP, code, type_, outer=True) for code, type_ in above if self.outer]
        found += [InputRef(n, type_) for n, type_ in enumerate(self.inputs) if isinstance(type_, kind)]
        found += [ParameterRef(c, type_) for c, (type_, _) in PARAMETERS.items() if isinstance(type_, kind)]
        return [*found, Today()] if kind is Date else found

    def child(self, draw: st.DrawFn) -> Names:
        """The names of a child, with or without what the record itself has."""
        return Names(tuple(ORDER.items()), outer=self.fields, shops=True) if draw(st.booleans()) else CHILD


RECORD = Names(tuple(CUSTOMER.items()), children=True, shops=True)
CHILD = Names(tuple(ORDER.items()), shops=True)


def trees(draw: st.DrawFn, names: Names, type_: Type, depth: int) -> Typed:
    """A tree of a type."""
    match type_:
        case Number(scale=scale):
            return scaled(number(draw, names, depth), scale)
        case Boolean():
            return condition(draw, names, depth)
        case DayDuration() | MonthDuration():
            return duration(draw, names, type_, depth)
        case _:
            return plain(draw, names, type_, depth)


def scaled(tree: Typed, scale: int) -> Typed:
    """The number in another scale."""
    assert isinstance(tree.type, Number)
    return tree if tree.type.scale == scale else Rescale(tree, Number(scale))


def literal(draw: st.DrawFn, kind: type[Type]) -> Literal:
    """A constant, sometimes null."""
    if kind is Number:
        scale = draw(st.sampled_from([0, 0, 2, 4]))
        return Literal(draw(st.sampled_from([None, *range(-3, 8), 100, 250, 12345])), Number(scale))
    return Literal(draw(st.sampled_from([None, *CONSTANTS[kind]])), kind())


def leaf(draw: st.DrawFn, names: Names, kind: type[Type]) -> Typed:
    """A name or a constant."""
    choices = names.leaves(kind)
    return draw(st.sampled_from(choices)) if choices and draw(st.integers(0, 3)) else literal(draw, kind)


def number(draw: st.DrawFn, names: Names, depth: int) -> Typed:  # noqa: PLR0911 - one answer for each roll
    """A number of any scale."""
    if depth == 0:
        return leaf(draw, names, Number)
    match draw(st.integers(-1, 7 if names.children else 6)):
        case -1:
            return call(draw, names, Number, depth)
        case 0:
            return leaf(draw, names, Number)
        case 1 | 2:
            scale = draw(st.sampled_from([0, 2]))
            sides = [scaled(number(draw, names, depth - 1), scale) for _ in range(2)]
            return Binary(draw(st.sampled_from([Operator.ADD, Operator.SUBTRACT])), *sides, Number(scale))
        case 3:
            left, right = number(draw, names, depth - 1), number(draw, names, depth - 1)
            product = left.type.scale + right.type.scale
            made = Binary(Operator.MULTIPLY, left, right, Number(product))
            return scaled(made, min(product, MAX_SCALE))
        case 4:
            left, right = number(draw, names, depth - 1), number(draw, names, depth - 1)
            return Binary(Operator.DIVIDE, left, right, Number(draw(st.sampled_from([0, 2, 6]))))
        case 5:
            inner = number(draw, names, depth - 1)
            return Negate(inner, inner.type)
        case 6:
            return choice(draw, names, Number(draw(st.sampled_from([0, 2]))), depth)
    return aggregate(draw, names, depth)


def aggregate(draw: st.DrawFn, names: Names, depth: int) -> Typed:
    """A number over orders."""
    function = draw(st.sampled_from(FIGURES))
    child = names.child(draw)
    where = condition(draw, child, depth - 1) if draw(st.booleans()) else None
    shared = draw(st.sampled_from([None, *names.filters]))
    if shared is not None:
        where = shared if where is None else Binary(Operator.AND, shared, where, BOOLEAN)
    if function is AggregateFunction.COUNT:
        return Aggregate(function, "order", "customer", where, None, WHOLE)
    if function is AggregateFunction.DISTINCT:
        counted = trees(draw, child, draw(st.sampled_from(TYPES)), depth - 1)
        return Aggregate(function, "order", "customer", where, counted, WHOLE)
    value = leaf(draw, child, Number) if draw(st.booleans()) else number(draw, child, depth - 1)
    return Aggregate(function, "order", "customer", where, value, value.type)


def choice(draw: st.DrawFn, names: Names, type_: Type, depth: int) -> Typed:
    """An ``if``."""
    test = condition(draw, names, depth - 1)
    return If(test, trees(draw, names, type_, depth - 1), trees(draw, names, type_, depth - 1), type_)


def plain(draw: st.DrawFn, names: Names, type_: Type, depth: int) -> Typed:
    """A text, a day, a time or a moment."""
    if depth > 0 and draw(st.booleans()):
        return choice(draw, names, type_, depth) if draw(st.booleans()) else call(draw, names, type(type_), depth)
    return leaf(draw, names, type(type_))


def duration(draw: st.DrawFn, names: Names, type_: Type, depth: int) -> Typed:  # noqa: PLR0911 - an answer for each roll
    """A duration of seconds or of months."""
    if depth == 0:
        return leaf(draw, names, type(type_))
    match draw(st.integers(0, 5)):
        case 0:
            return choice(draw, names, type_, depth)
        case 1:
            return call(draw, names, type(type_), depth)
        case 2:
            return Negate(duration(draw, names, type_, depth - 1), type_)
        case 3:
            sides = [duration(draw, names, type_, depth - 1) for _ in range(2)]
            return Binary(draw(st.sampled_from([Operator.ADD, Operator.SUBTRACT])), *sides, type_)
        case 4:
            operator = draw(st.sampled_from([Operator.MULTIPLY, Operator.DIVIDE]))
            return Binary(operator, duration(draw, names, type_, 0), leaf(draw, names, Number), type_)
    return leaf(draw, names, type(type_))


def call(draw: st.DrawFn, names: Names, kind: type[Type], depth: int) -> Typed:
    """A function that gives this kind of value, if there is one."""
    known = [each for each in CALLS if isinstance(each[2], kind)]
    if not known:
        return leaf(draw, names, kind)
    function, codes, type_ = draw(st.sampled_from(known))
    operands = tuple(trees(draw, names, example(code).type, depth - 1) for code in codes)
    return Call(function, operands, type_)


def quantified(draw: st.DrawFn, names: Names, depth: int) -> Typed:
    """Whether some or every order satisfies a condition."""
    function = draw(st.sampled_from([AggregateFunction.SOME, AggregateFunction.EVERY]))
    child = names.child(draw)
    where = condition(draw, child, depth - 1) if draw(st.booleans()) else None
    return Aggregate(function, "order", "customer", where, condition(draw, child, depth - 1), BOOLEAN)


def condition(draw: st.DrawFn, names: Names, depth: int) -> Typed:  # noqa: PLR0911 - one answer for each roll
    """A boolean."""
    if depth == 0:
        return leaf(draw, names, Boolean)
    match draw(st.integers(-2 if names.children else -1, 8)):
        case -2:
            return quantified(draw, names, depth)
        case -1:
            return call(draw, names, Boolean, depth)
        case 0:
            return leaf(draw, names, Boolean)
        case 1 | 2:
            operator = draw(st.sampled_from([Operator.AND, Operator.OR]))
            return Binary(operator, condition(draw, names, depth - 1), condition(draw, names, depth - 1), BOOLEAN)
        case 3:
            return Not(condition(draw, names, depth - 1))
        case 4:
            return choice(draw, names, BOOLEAN, depth)
        case 5:
            type_ = draw(st.sampled_from([BOOLEAN, *TYPES]))
            side = trees(draw, names, type_, depth - 1)
            known = [Literal(value, BOOLEAN) for value in (True, False) if type_ == BOOLEAN]
            other = draw(st.sampled_from([Literal(None, type_), Literal(None, NULL), *known]))
            return Binary(draw(st.sampled_from(EQUALITY)), *draw(st.permutations([side, other])), BOOLEAN)
    type_ = draw(st.sampled_from([WHOLE, *TYPES]))
    operators = EQUALITY if type_ in UNORDERED else (*EQUALITY, *COMPARE)
    sides = [trees(draw, names, type_, depth - 1) for _ in range(2)]
    return Binary(draw(st.sampled_from(operators)), *sides, BOOLEAN)


@st.composite
def policies(draw: st.DrawFn) -> Model:
    """A customer with orders, five facts that may read each other, and a decision table."""
    draft = Draft().record("shop", **SHOP).record("order", **ORDER, customer=To("customer"), shop=To("shop"))
    draft.record("customer", **CUSTOMER, shop=To("shop"))
    for code, (type_, value) in PARAMETERS.items():
        draft.parameter(code, type_, since_2026_01_01=value)
    fields = dict(CUSTOMER)
    filters = tuple(condition(draw, CHILD, 1) for _ in range(2))
    for position, type_ in enumerate([WHOLE, BOOLEAN, MONEY, TEXT, DATE, DATE_TIME, DAY_DURATION]):
        names = Names(tuple(fields.items()), children=True, filters=filters, shops=True)
        draft.fact("customer", f"fact_{position}", type_, trees(draw, names, type_, draw(st.integers(1, 3))))
        fields[f"fact_{position}"] = type_
    names = Names(tuple(fields.items()), children=True, filters=filters, shops=True)
    types = draw(st.lists(st.sampled_from(TYPES), min_size=1, max_size=3))
    inputs = [InputColumn(f"输入{n}", trees(draw, names, type_, 1), NOWHERE) for n, type_ in enumerate(types)]
    hit = draw(st.sampled_from(HitPolicy))
    outputs: dict[str, Type] = {}
    if not hit.lists:
        outputs["points"] = WHOLE
    if hit.lists or not hit.collects:
        outputs["word"] = Text(WORDS) if hit.ranks else TEXT
    rules = [_rule(draw, number, types, outputs) for number in range(1, draw(st.integers(1, 4)) + 1)]
    return draft.table("customer", "level", hit, inputs, outputs, rules).model()


def _rule(draw: st.DrawFn, number: int, types: list[Type], outputs: dict[str, Type]) -> Rule:
    tests = []
    for index, type_ in enumerate(types):
        names = Names(inputs=(*[NULL] * index, type_))
        tests.append(condition(draw, names, draw(st.integers(1, 2))) if draw(st.integers(0, 3)) else None)
    points = Literal(draw(st.sampled_from([None, 0, 5, -7])), WHOLE)
    results = {"points": points, "word": literal(draw, Text)}
    return Rule(number, tuple(tests), ("",) * len(types), tuple(results[code] for code in outputs), NOWHERE)
