"""Every construct of typed trees at least once, over fields of every type; ``test_coverage`` proves the every."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from keguan.language.feel.typed import (
    Aggregate,
    AggregateFunction,
    Binary,
    Call,
    FieldRef,
    Function,
    If,
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
    ATTACHMENT,
    BOOLEAN,
    DATE,
    DATE_TIME,
    DAY_DURATION,
    MONTH_DURATION,
    NULL,
    STAFF,
    TEXT,
    TIME,
    Number,
    Type,
)
from tests.language.plan.models import MONEY, PERCENT, WHOLE

if TYPE_CHECKING:
    from keguan.language.feel.typed import Typed

FIELDS: dict[str, Type] = {
    "w1": WHOLE,
    "w2": WHOLE,
    "m1": MONEY,
    "m2": MONEY,
    "p1": PERCENT,
    "b1": BOOLEAN,
    "b2": BOOLEAN,
    "t1": TEXT,
    "t2": TEXT,
    "d1": DATE,
    "d2": DATE,
    "h1": TIME,
    "h2": TIME,
    "k1": DATE_TIME,
    "k2": DATE_TIME,
    "s1": DAY_DURATION,
    "s2": DAY_DURATION,
    "y1": MONTH_DURATION,
    "y2": MONTH_DURATION,
    "u1": STAFF,
    "u2": STAFF,
    "f1": ATTACHMENT,
    "f2": ATTACHMENT,
    "year": WHOLE,
    "month": WHOLE,
    "day": WHOLE,
}
moment = datetime.fromisoformat
MOMENT = moment("2026-11-21T08:30:00")
CONSTANTS: dict[Type, Any] = {
    WHOLE: 100,
    MONEY: 250,
    PERCENT: 1500,
    BOOLEAN: True,
    TEXT: "云岭",
    DATE: date(2026, 2, 28),
    TIME: time(8, 30),
    DATE_TIME: MOMENT,
    DAY_DURATION: 86_400,
    MONTH_DURATION: -12,
    STAFF: 7,
    ATTACHMENT: 2,
}
ORDERED = (WHOLE, MONEY, TEXT, DATE, TIME, DATE_TIME, DAY_DURATION, MONTH_DURATION)
SUMMED = (WHOLE, MONEY, DAY_DURATION, MONTH_DURATION)
UNORDERED = (BOOLEAN, STAFF, ATTACHMENT)
ONLY_OF = {AggregateFunction.SUM: SUMMED, AggregateFunction.MIN: ORDERED, AggregateFunction.MAX: ORDERED}
"""The types that a figure takes, where it does not take every one."""
COMPARISONS = (Operator.LESS, Operator.LESS_EQUAL, Operator.GREATER, Operator.GREATER_EQUAL)
EQUALITIES = (Operator.EQUAL, Operator.UNEQUAL)
SIGNATURES: dict[Function, list[tuple[tuple[str, ...], Type]]] = {
    Function.CONCAT: [(("t1", "t2"), TEXT)],
    Function.STRING_LENGTH: [(("t1",), WHOLE)],
    Function.SUBSTRING: [(("t1", "w1"), TEXT), (("t1", "w1", "w2"), TEXT)],
    Function.SUBSTRING_BEFORE: [(("t1", "t2"), TEXT)],
    Function.SUBSTRING_AFTER: [(("t1", "t2"), TEXT)],
    Function.CONTAINS: [(("t1", "t2"), BOOLEAN)],
    Function.STARTS_WITH: [(("t1", "t2"), BOOLEAN)],
    Function.ENDS_WITH: [(("t1", "t2"), BOOLEAN)],
    Function.HAS_MOBILE: [(("t1",), BOOLEAN)],
    Function.UPPER: [(("t1",), TEXT)],
    Function.LOWER: [(("t1",), TEXT)],
    Function.TEXT_OF: [((code,), TEXT) for code in ("w1", "m1", "p1", "b1", "d1", "h1", "k1")],
    Function.ABS: [(("m1",), MONEY), (("s1",), DAY_DURATION), (("y1",), MONTH_DURATION)],
    Function.FLOOR: [(("m1",), WHOLE), (("w1",), WHOLE)],
    Function.CEILING: [(("m1",), WHOLE), (("w1",), WHOLE)],
    Function.MODULO: [(("w1", "w2"), WHOLE), (("m1", "m2"), MONEY)],
    Function.ROUND_HALF_UP: [(("m1",), WHOLE), (("p1",), Number(1))],
    Function.ROUND_HALF_DOWN: [(("m1",), WHOLE), (("p1",), Number(1))],
    Function.ROUND_UP: [(("m1",), WHOLE), (("p1",), Number(1))],
    Function.ROUND_DOWN: [(("m1",), WHOLE), (("p1",), Number(1))],
    Function.YEAR: [(("d1",), WHOLE), (("k1",), WHOLE)],
    Function.MONTH: [(("d1",), WHOLE), (("k1",), WHOLE)],
    Function.DAY: [(("d1",), WHOLE), (("k1",), WHOLE)],
    Function.WEEKDAY: [(("d1",), WHOLE), (("k1",), WHOLE)],
    Function.DAY_OF_YEAR: [(("d1",), WHOLE), (("k1",), WHOLE)],
    Function.HOUR: [(("h1",), WHOLE), (("k1",), WHOLE)],
    Function.MINUTE: [(("h1",), WHOLE), (("k1",), WHOLE)],
    Function.SECOND: [(("h1",), WHOLE), (("k1",), WHOLE)],
    Function.MAKE_DATE: [(("year", "month", "day"), DATE)],
    Function.DATE_OF: [(("k1",), DATE)],
    Function.TIME_OF: [(("k1",), TIME)],
    Function.DATE_TIME: [(("d1", "h1"), DATE_TIME)],
    Function.ADD_DAYS: [(("d1", "s1"), DATE)],
    Function.ADD_SECONDS: [(("k1", "s1"), DATE_TIME)],
    Function.ADD_MONTHS: [(("d1", "y1"), DATE), (("k1", "y1"), DATE_TIME)],
    Function.SECONDS_BETWEEN: [((code + "1", code + "2"), DAY_DURATION) for code in "dkh"],
    Function.MONTHS_BETWEEN: [(("d1", "d2"), MONTH_DURATION), (("k1", "k2"), MONTH_DURATION)],
}
"""For each function the fields it is tried on, and its type; null stands for every one of them in turn too."""


def field(code: str) -> FieldRef:
    """A field of the record or of the child."""
    return FieldRef(code, FIELDS[code])


def pair(type_: Type) -> tuple[FieldRef, FieldRef]:
    """Two fields of a type."""
    first, second, *_ = [code for code, each in FIELDS.items() if each == type_]
    return field(first), field(second)


def outer(code: str) -> OuterRef:
    """A field of the record, inside a figure over its children."""
    return OuterRef(code, FIELDS[code])


def parent(code: str, steps: int = 1, *, outer: bool = False) -> ParentRef:
    """A field of the record's (or child's) site, or of that site's next."""
    return ParentRef((Up("site", "site"), Up("next", "site"))[:steps], code, FIELDS[code], outer)


def long_winded(node: Typed) -> Typed:
    """The same value, written so long that no engine's text of it may be repeated."""
    never = Binary(Operator.EQUAL, field("t1"), Literal("永不出现的一段很长很长的文字", TEXT), BOOLEAN)
    return If(Binary(Operator.AND, never, field("b1"), BOOLEAN), Literal(None, node.type), node, node.type)


def constructs() -> dict[str, Typed]:
    """Trees by name."""
    return {**leaves(), **operators(), **functions(), **figures(), **outer_figures(), **parents()}


def leaves() -> dict[str, Typed]:
    """Constants, parameters, conditions and conversions."""
    found: dict[str, Typed] = {"today": Today(), "null": Literal(None, NULL)}
    for type_, value in CONSTANTS.items():
        name = type(type_).__name__ + str(getattr(type_, "scale", ""))
        found[f"constant {name}"] = Literal(value, type_)
        found[f"parameter {name}"] = ParameterRef(f"set_{name.lower()}", type_)
        found[f"parameter {name} before its first day"] = ParameterRef(f"unset_{name.lower()}", type_)
        code = next(code for code, each in FIELDS.items() if each == type_)
        found[f"if {name}"] = If(field("b1"), field(code), Literal(value, type_), type_)
        found[f"if null {name}"] = If(field("b1"), Literal(None, type_), field(code), type_)
        equal = Binary(Operator.EQUAL, field(code), Literal(value, type_), BOOLEAN)
        found[f"if {name} is constant"] = If(equal, field(code), Literal(None, type_), type_)
    found["not"] = Not(field("b1"))
    for source, target in (("m1", WHOLE), ("p1", MONEY), ("p1", WHOLE), ("w1", MONEY)):
        found[f"rescale {source} {target.scale}"] = Rescale(field(source), target)
    for code in ("w1", "m1", "s1", "y1"):
        found[f"negate {code}"] = Negate(field(code), FIELDS[code])
    return found


def operators() -> dict[str, Typed]:
    """Every operator on every type that has it, between fields, with a constant and with null."""
    found: dict[str, Typed] = {}
    for operator in (Operator.AND, Operator.OR):
        found[f"b1 {operator} b2"] = Binary(operator, field("b1"), field("b2"), BOOLEAN)
    for type_, constant in CONSTANTS.items():
        if type_ == PERCENT:
            continue
        first, second = pair(type_)
        used = EQUALITIES if type_ in UNORDERED else (*EQUALITIES, *COMPARISONS)
        for operator in used:
            for other in (second, Literal(constant, type_), Literal(None, type_)):
                words = other.code if isinstance(other, FieldRef) else str(other.value)
                compared = Binary(operator, first, other, BOOLEAN)
                found[f"{first.code} {operator} {words}"] = compared
                found[f"if {first.code} {operator} {words}"] = If(compared, Literal(1, WHOLE), Literal(0, WHOLE), WHOLE)
    for type_ in SUMMED:
        first, second = pair(type_)
        for operator in (Operator.ADD, Operator.SUBTRACT):
            found[f"{first.code} {operator} {second.code}"] = Binary(operator, first, second, type_)
            total = Binary(operator, first, second, type_)
            found[f"{first.code} {operator} {second.code} compared"] = Binary(Operator.LESS, total, second, BOOLEAN)
    for left, right, exact, type_ in (
        ("w1", "w2", WHOLE, WHOLE),
        ("m1", "p1", Number(6), MONEY),
        ("s1", "m1", DAY_DURATION, DAY_DURATION),
        ("y1", "m1", MONTH_DURATION, MONTH_DURATION),
    ):
        product: Typed = Binary(Operator.MULTIPLY, field(left), field(right), exact)
        found[f"{left} * {right}"] = product if exact == type_ else Rescale(product, type_)
        found[f"{left} / {right}"] = Binary(Operator.DIVIDE, field(left), field(right), type_)
    for code in ("s", "y"):
        found[f"{code}1 / {code}2"] = Binary(Operator.DIVIDE, field(f"{code}1"), field(f"{code}2"), Number(2))
    return found


def functions() -> dict[str, Typed]:
    """Every function on fields, on long expressions, and with null for each of its operands."""
    found: dict[str, Typed] = {}
    for function, signatures in SIGNATURES.items():
        for codes, type_ in signatures:
            name = f"{function}({', '.join(codes)})"
            operands: list[Typed] = [field(code) for code in codes]
            found[name] = Call(function, tuple(operands), type_)
            found[f"{name} of long expressions"] = Call(function, tuple(map(long_winded, operands)), type_)
            for position, operand in enumerate(operands):
                with_null = [*operands[:position], Literal(None, operand.type), *operands[position + 1 :]]
                found[f"{name} without {position}"] = Call(function, tuple(with_null), type_)
    again = Call(Function.ADD_MONTHS, (found["add_months(d1, y1)"], field("y2")), DATE)
    found["add_months of add_months"] = Call(Function.ADD_MONTHS, (again, field("y1")), DATE)
    before = Call(Function.SUBSTRING_BEFORE, (found["substring_after(t1, t2)"], Literal("%", TEXT)), TEXT)
    found["substring_before of substring_after"] = Call(Function.SUBSTRING_AFTER, (before, field("t2")), TEXT)
    rounded = Call(Function.FLOOR, (Binary(Operator.DIVIDE, field("m1"), field("w2"), MONEY),), WHOLE)
    found["modulo of floor of a quotient"] = Call(Function.MODULO, (rounded, field("w1")), WHOLE)
    return found


def figures() -> dict[str, Typed]:
    """Every figure over children, of all and of those that satisfy a condition."""
    found: dict[str, Typed] = {}
    large = Binary(Operator.GREATER_EQUAL, field("m1"), Literal(CONSTANTS[MONEY], MONEY), BOOLEAN)
    words = Call(Function.CONTAINS, (field("t1"), field("t2")), BOOLEAN)
    for where, name in ((None, "all"), (large, "large"), (words, "words")):
        found[f"count {name}"] = Aggregate(AggregateFunction.COUNT, "order", "customer", where, None, WHOLE)
        for function in (AggregateFunction.SOME, AggregateFunction.EVERY):
            for value in (field("b1"), Binary(Operator.LESS, field("d1"), field("d2"), BOOLEAN)):
                figure = Aggregate(function, "order", "customer", where, value, BOOLEAN)
                found[f"{function} {name} {type(value).__name__}"] = figure
                found[f"if {function} {name} {type(value).__name__}"] = If(
                    figure, Literal(1, WHOLE), Literal(0, WHOLE), WHOLE
                )
        for type_ in CONSTANTS:
            code = next(code for code, each in FIELDS.items() if each == type_)
            distinct = Aggregate(AggregateFunction.DISTINCT, "order", "customer", where, field(code), WHOLE)
            found[f"distinct {name} {code}"] = distinct
        for type_ in ORDERED:
            value = pair(type_)[0]
            for function in (AggregateFunction.MIN, AggregateFunction.MAX):
                found[f"{function} {name} {value.code}"] = Aggregate(function, "order", "customer", where, value, type_)
        for type_ in SUMMED:
            value = pair(type_)[0]
            total = Aggregate(AggregateFunction.SUM, "order", "customer", where, value, type_)
            found[f"sum {name} {value.code}"] = total
    length = Call(Function.SECONDS_BETWEEN, (field("k1"), field("k2")), DAY_DURATION)
    found["sum of seconds"] = Aggregate(AggregateFunction.SUM, "order", "customer", None, length, DAY_DURATION)
    return found


def outer_figures() -> dict[str, Typed]:
    """Figures over children that read the record itself: in the condition, in the value, in both, and nothing else."""
    found: dict[str, Typed] = {}
    for type_ in CONSTANTS:
        code = next(code for code, each in FIELDS.items() if each == type_)
        for operator in EQUALITIES if type_ in UNORDERED else (*EQUALITIES, Operator.LESS, Operator.GREATER_EQUAL):
            test = Binary(operator, field(code), outer(code), BOOLEAN)
            found[f"count of {operator} outer {code}"] = over(AggregateFunction.COUNT, test, None)
            for function in (AggregateFunction.SOME, AggregateFunction.EVERY):
                found[f"{function} {operator} outer {code}"] = over(function, None, test)
        known = Binary(Operator.UNEQUAL, outer(code), Literal(None, type_), BOOLEAN)
        for function in AggregateFunction:
            if function in ONLY_OF and type_ not in ONLY_OF[function]:
                continue
            value = None if function is AggregateFunction.COUNT else outer(code)
            if function not in (AggregateFunction.SOME, AggregateFunction.EVERY) or type_ == BOOLEAN:
                found[f"{function} of outer {code}"] = over(function, known, value)
    late = Binary(Operator.LESS, field("d1"), outer("d2"), BOOLEAN)
    same = Binary(Operator.EQUAL, field("t1"), outer("t1"), BOOLEAN)
    product = Binary(Operator.MULTIPLY, field("m1"), outer("p1"), Number(6))
    share = Binary(Operator.DIVIDE, field("m1"), outer("m1"), PERCENT)
    length = Call(Function.SECONDS_BETWEEN, (field("k1"), outer("k1")), DAY_DURATION)
    words = Call(Function.CONTAINS, (field("t1"), outer("t2")), BOOLEAN)
    late_sum = found["sum before outer day"] = over(AggregateFunction.SUM, late, field("m1"))
    found["sum of products with outer"] = over(AggregateFunction.SUM, None, Rescale(product, MONEY))
    found["sum of shares of outer"] = over(AggregateFunction.MAX, late, share)
    found["longest since outer moment"] = over(AggregateFunction.MAX, same, length)
    found["every long-winded outer"] = over(AggregateFunction.EVERY, late, long_winded(words))
    of_all = over(AggregateFunction.SUM, None, field("m1"))
    found["outer and plain figures"] = Binary(Operator.DIVIDE, late_sum, of_all, PERCENT)
    both = Binary(Operator.AND, late, same, BOOLEAN)
    two = Binary(Operator.GREATER, late_sum, over(AggregateFunction.SUM, both, field("m1")), BOOLEAN)
    found["two outer figures compared"] = two
    return found


def parents() -> dict[str, Typed]:
    """What is read through references: by the record, one and two steps up, and by and beside its children."""
    found: dict[str, Typed] = {}
    for type_ in CONSTANTS:
        code = next(code for code, each in FIELDS.items() if each == type_)
        found[f"parent's {code}"] = parent(code)
        found[f"second parent's {code}"] = parent(code, 2)
        same = found[f"{code} is that of the parent"] = Binary(Operator.EQUAL, field(code), parent(code), BOOLEAN)
        found[f"if {code} is that of the parent"] = If(same, parent(code, 2), parent(code), type_)
        inside = Binary(Operator.EQUAL, field(code), parent(code), BOOLEAN)
        found[f"count of {code} as the child's parent has"] = over(AggregateFunction.COUNT, inside, None)
        across = Binary(Operator.EQUAL, parent(code), parent(code, outer=True), BOOLEAN)
        found[f"some {code} as the record's parent has"] = over(AggregateFunction.SOME, None, across)
        beside = Binary(Operator.UNEQUAL, field(code), parent(code, 2, outer=True), BOOLEAN)
        found[f"every {code} but the record's second parent's"] = over(AggregateFunction.EVERY, inside, beside)
        found[f"distinct {code} of the child's second parent"] = over(AggregateFunction.DISTINCT, None, parent(code, 2))
    found["sum of the children's parents"] = over(AggregateFunction.SUM, None, parent("m1"))
    late = Binary(Operator.LESS, field("d1"), parent("d2", outer=True), BOOLEAN)
    found["largest before the parent's day"] = over(AggregateFunction.MAX, late, field("m1"))
    share = Binary(Operator.DIVIDE, field("m1"), parent("m1"), PERCENT)
    found["share of the parent's"] = share
    found["parent's sum and own"] = Binary(Operator.ADD, found["sum of the children's parents"], parent("m2"), MONEY)
    found["long-winded parent"] = long_winded(Call(Function.CONTAINS, (parent("t1"), parent("t2", 2)), BOOLEAN))
    return found


def over(function: AggregateFunction, where: Typed | None, value: Typed | None) -> Aggregate:
    """A figure over orders."""
    counts = function in (AggregateFunction.COUNT, AggregateFunction.DISTINCT)
    type_ = BOOLEAN if function in (AggregateFunction.SOME, AggregateFunction.EVERY) else WHOLE
    return Aggregate(function, "order", "customer", where, value, type_ if counts or value is None else value.type)
