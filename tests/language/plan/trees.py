"""Random typed trees, decision tables and rows, for the tests that both executions agree."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from keguan.language.feel.typed import (
    Aggregate,
    AggregateFunction,
    Binary,
    FieldRef,
    If,
    InputRef,
    Literal,
    Negate,
    Not,
    Operator,
    ParameterRef,
    Rescale,
    Today,
)
from keguan.language.feel.types import BOOLEAN, DATE, MAX_SCALE, NULL, TEXT, Boolean, Date, Number, Text, Type
from keguan.language.feel.walk import walk
from keguan.language.model.model import HitPolicy, InputColumn, Rule
from tests.language.plan.models import MONEY, NOWHERE, PERCENT, WHOLE, Draft, To

if TYPE_CHECKING:
    from collections.abc import Iterable
    from random import Random

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
}
ORDER: dict[str, Type] = {"q": WHOLE, "a": MONEY, "f": BOOLEAN, "c": TEXT, "o": DATE}
PARAMETERS: dict[str, tuple[Type, Any]] = {
    "limit": (WHOLE, 3),
    "budget": (MONEY, 5000),
    "strict": (BOOLEAN, True),
    "place": (TEXT, "云岭"),
    "start": (DATE, date(2026, 11, 20)),
}
COMPARE = (Operator.LESS, Operator.LESS_EQUAL, Operator.GREATER, Operator.GREATER_EQUAL)
EQUALITY = (Operator.EQUAL, Operator.UNEQUAL)


@dataclass(frozen=True)
class Names:
    """What a tree may read: fields of the record (or child), input columns, and whether it has children.

    ``filters`` are conditions over children that several figures of one model share.
    """

    fields: tuple[tuple[str, Type], ...] = ()
    inputs: tuple[Type, ...] = ()
    children: bool = False
    filters: tuple[Typed, ...] = ()

    def leaves(self, kind: type[Type]) -> list[Typed]:
        """The names of this kind of type."""
        found: list[Typed] = [FieldRef(code, type_) for code, type_ in self.fields if isinstance(type_, kind)]
        found += [InputRef(n, type_) for n, type_ in enumerate(self.inputs) if isinstance(type_, kind)]
        found += [ParameterRef(c, type_) for c, (type_, _) in PARAMETERS.items() if isinstance(type_, kind)]
        return [*found, Today()] if kind is Date else found


RECORD = Names(tuple(CUSTOMER.items()), children=True)
CHILD = Names(tuple(ORDER.items()))


def trees(draw: st.DrawFn, names: Names, type_: Type, depth: int) -> Typed:
    """A tree of a type."""
    match type_:
        case Number(scale=scale):
            return scaled(number(draw, names, depth), scale)
        case Boolean():
            return condition(draw, names, depth)
        case Date():
            return plain(draw, names, Date, DATE, depth)
        case _:
            return plain(draw, names, Text, TEXT, depth)


def scaled(tree: Typed, scale: int) -> Typed:
    """The number in another scale."""
    assert isinstance(tree.type, Number)
    return tree if tree.type.scale == scale else Rescale(tree, Number(scale))


def literal(draw: st.DrawFn, kind: type[Type]) -> Literal:
    """A constant, sometimes null."""
    if kind is Number:
        scale = draw(st.sampled_from([0, 0, 2, 4]))
        return Literal(draw(st.sampled_from([None, *range(-3, 8), 100, 250, 12345])), Number(scale))
    if kind is Boolean:
        return Literal(draw(st.sampled_from([True, False, None])), BOOLEAN)
    if kind is Date:
        return Literal(draw(st.sampled_from([None, TODAY, date(2026, 11, 1), date(2025, 12, 31)])), DATE)
    return Literal(draw(st.sampled_from([None, *WORDS])), TEXT)


def leaf(draw: st.DrawFn, names: Names, kind: type[Type]) -> Typed:
    """A name or a constant."""
    choices = names.leaves(kind)
    return draw(st.sampled_from(choices)) if choices and draw(st.integers(0, 3)) else literal(draw, kind)


def number(draw: st.DrawFn, names: Names, depth: int) -> Typed:  # noqa: PLR0911 - one answer for each roll
    """A number of any scale."""
    if depth == 0:
        return leaf(draw, names, Number)
    match draw(st.integers(0, 7 if names.children else 6)):
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
    """A figure over orders."""
    function = draw(st.sampled_from(AggregateFunction))
    where = condition(draw, CHILD, depth - 1) if draw(st.booleans()) else None
    shared = draw(st.sampled_from([None, *names.filters]))
    if shared is not None:
        where = shared if where is None else Binary(Operator.AND, shared, where, BOOLEAN)
    if function is AggregateFunction.COUNT:
        return Aggregate(function, "order", "customer", where, None, WHOLE)
    value = leaf(draw, CHILD, Number) if draw(st.booleans()) else number(draw, CHILD, depth - 1)
    return Aggregate(function, "order", "customer", where, value, value.type)


def choice(draw: st.DrawFn, names: Names, type_: Type, depth: int) -> Typed:
    """An ``if``."""
    test = condition(draw, names, depth - 1)
    return If(test, trees(draw, names, type_, depth - 1), trees(draw, names, type_, depth - 1), type_)


def plain(draw: st.DrawFn, names: Names, kind: type[Type], type_: Type, depth: int) -> Typed:
    """A text or a day."""
    if depth > 0 and draw(st.booleans()):
        return choice(draw, names, type_, depth)
    return leaf(draw, names, kind)


def condition(draw: st.DrawFn, names: Names, depth: int) -> Typed:  # noqa: PLR0911 - one answer for each roll
    """A boolean."""
    if depth == 0:
        return leaf(draw, names, Boolean)
    match draw(st.integers(0, 8)):
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
            type_ = draw(st.sampled_from([WHOLE, MONEY, BOOLEAN, BOOLEAN, TEXT, DATE]))
            side = trees(draw, names, type_, depth - 1)
            known = [Literal(value, BOOLEAN) for value in (True, False) if type_ == BOOLEAN]
            other = draw(st.sampled_from([Literal(None, type_), Literal(None, NULL), *known]))
            return Binary(draw(st.sampled_from(EQUALITY)), *draw(st.permutations([side, other])), BOOLEAN)
    type_ = draw(st.sampled_from([WHOLE, WHOLE, MONEY, BOOLEAN, TEXT, DATE]))
    operators = EQUALITY if type_ == BOOLEAN else (*EQUALITY, *COMPARE)
    sides = [trees(draw, names, type_, depth - 1) for _ in range(2)]
    return Binary(draw(st.sampled_from(operators)), *sides, BOOLEAN)


@st.composite
def policies(draw: st.DrawFn) -> Model:
    """A customer with orders, five facts that may read each other, and a decision table."""
    draft = Draft().record("order", **ORDER, customer=To("customer")).record("customer", **CUSTOMER)
    for code, (type_, value) in PARAMETERS.items():
        draft.parameter(code, type_, since_2026_01_01=value)
    fields = dict(CUSTOMER)
    filters = tuple(condition(draw, CHILD, 1) for _ in range(2))
    for position, type_ in enumerate([WHOLE, BOOLEAN, MONEY, TEXT, DATE]):
        names = Names(tuple(fields.items()), children=True, filters=filters)
        draft.fact("customer", f"fact_{position}", type_, trees(draw, names, type_, draw(st.integers(1, 3))))
        fields[f"fact_{position}"] = type_
    names = Names(tuple(fields.items()), children=True, filters=filters)
    types = draw(st.lists(st.sampled_from([WHOLE, MONEY, BOOLEAN, TEXT, DATE]), min_size=1, max_size=3))
    inputs = [InputColumn(f"输入{n}", trees(draw, names, type_, 1), NOWHERE) for n, type_ in enumerate(types)]
    hit = draw(st.sampled_from([HitPolicy.FIRST, HitPolicy.COLLECT_SUM]))
    rules = [_rule(draw, number, types) for number in range(1, draw(st.integers(1, 4)) + 1)]
    outputs: dict[str, Type] = {"points": WHOLE}
    if hit is HitPolicy.FIRST:
        outputs["word"] = TEXT
    rules = [Rule(r.number, r.tests, r.cells, r.results[: len(outputs)], NOWHERE) for r in rules]
    return draft.table("customer", "level", hit, inputs, outputs, rules).model()


def _rule(draw: st.DrawFn, number: int, types: list[Type]) -> Rule:
    tests = []
    for index, type_ in enumerate(types):
        names = Names(inputs=(*[NULL] * index, type_))
        tests.append(condition(draw, names, draw(st.integers(1, 2))) if draw(st.integers(0, 3)) else None)
    results = (Literal(draw(st.sampled_from([None, 0, 5, -7])), WHOLE), literal(draw, Text))
    return Rule(number, tuple(tests), ("",) * len(types), results, NOWHERE)


def edges(model: Model) -> dict[str, list[Any]]:
    """For each kind of value, the constants of a model's expressions and their neighbours."""
    values: dict[str, set[Any]] = {"Number": {-1, 0, 1, 99, 250}, "Text": set(WORDS), "Date": {TODAY}}
    for tree in _trees(model):
        for node in walk(tree):
            if isinstance(node, Literal) and node.value is not None:
                values.setdefault(type(node.type).__name__, set()).add(node.value)
    numbers, days = values["Number"], values["Date"]
    return {
        "Number": sorted({n + step for n in numbers for step in (-1, 0, 1)}),
        "Date": sorted({day + timedelta(step) for day in days for step in (-1, 0, 1)}),
        "Text": sorted(values["Text"]),
        "Boolean": [False, True],
    }


def _trees(model: Model) -> Iterable[Typed]:
    for computation in model.computations["customer"]:
        if hasattr(computation, "expression"):
            yield computation.expression
        else:
            yield from (given.expression for given in computation.inputs)
            yield from (test for rule in computation.rules for test in rule.tests if test is not None)


def rows(random: Random, fields: dict[str, Type], values: dict[str, list[Any]], count: int) -> list[tuple[Any, ...]]:
    """Rows of boundary values; one value in six is null."""
    pools = [values[type(type_).__name__] for type_ in fields.values()]
    return [tuple(None if random.random() < 0.17 else random.choice(pool) for pool in pools) for _ in range(count)]
