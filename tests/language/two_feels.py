"""Random expressions that policies accept, and their value in both executions of FEEL: typed, and DMN's own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from hypothesis import strategies as st

from keguan.language.dmn.budget import budget
from keguan.language.dmn.execution.expressions import Compiler
from keguan.language.dmn.execution.scope import Scope
from keguan.language.dmn.functions import BUILT_IN
from keguan.language.dmn.values.dates import Date as DmnDate
from keguan.language.dmn.values.durations import DaysTime, YearsMonths
from keguan.language.dmn.values.times import SECOND
from keguan.language.dmn.values.times import DateTime as DmnMoment
from keguan.language.dmn.values.times import Time as DmnTime
from keguan.language.feel import parse_expression, type_expression
from keguan.language.feel.scope import RecordName
from keguan.language.feel.types import (
    BOOLEAN,
    DATE,
    DATE_TIME,
    DAY_DURATION,
    MONTH_DURATION,
    TEXT,
    TIME,
    DayDuration,
    MonthDuration,
    Number,
)
from keguan.language.model.evaluate import Values, evaluate
from keguan.language.model.model import Fact, FieldKind, Label
from keguan.language.run import Runner, TooLarge
from keguan.language.run.room import LARGEST, LEAST
from tests.language.feel.names import Names, place
from tests.language.run.tables import CLAUSE, HERE, TODAY, model

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hypothesis.strategies import DrawFn

    from keguan.language.feel.typed import Typed
    from keguan.language.feel.types import Type
    from keguan.language.run import Value

WHOLE, EXACT = Number(), Number(2)
FIELDS: dict[str, tuple[Type, list[Value]]] = {
    "whole": (WHOLE, [None, 0, 1, -7, 12, 100]),
    "amount": (EXACT, [None, 0, 1, -250, 1999, 800_000_000_00]),
    "word": (TEXT, [None, "", "甲", "甲乙甲", "VIP-001", "😀a"]),
    "yes": (BOOLEAN, [None, True, False]),
    "day": (DATE, [None, date(2024, 2, 29), date(2026, 1, 31), date(1900, 3, 1)]),
    "at": (DATE_TIME, [None, datetime.fromisoformat("2024-02-29T23:59:59"), datetime.fromisoformat("2026-01-31")]),
    "clock": (TIME, [None, time(0, 0, 0), time(8, 30, 15)]),
    "length": (DAY_DURATION, [None, 0, 86_400, -3_661]),
    "months": (MONTH_DURATION, [None, 0, 14, -1]),
}
"""The record's fields with the values that they may have."""
LITERALS: dict[str, list[str]] = {
    "whole": ["0", "1", "3", "-7", "20"],
    "amount": ["0.5", "-1.25", "3", "1亿", "15%", "1e3"],
    "word": ['""', '"甲"', '"乙"', '"VIP"', '"a"'],
    "yes": ["true", "false", "是"],
    "day": ['@"2024-02-29"', 'date("2026-01-31")', "date(2026, 12, 1)", '@"2000-02-29"'],
    "at": ['@"2026-01-31T00:00:00"', 'date and time("2024-02-29T23:59:59")', 'date and time(day, @"08:00:00")'],
    "clock": ['@"08:30:15"', 'time("23:59:59")', "time(0, 0, 1)"],
    "length": ["3天", '@"-PT1H1M1S"', '@"P1DT2H"', 'duration("PT0S")'],
    "months": ["6个月", "-1年", '@"P1Y2M"', '@"P1Y"'],
}
ORDERED = ("whole", "amount", "word", "day", "at", "clock", "length", "months")
SCOPE = Names({code: RecordName(code, kind) for code, (kind, _) in FIELDS.items()})


@dataclass(frozen=True)
class Both:
    """What the two executions make of one expression."""

    policy: object
    run: object
    dmn: object


def records() -> st.SearchStrategy[dict[str, Value]]:
    """A record with any of the values in each field."""
    return st.fixed_dictionaries({code: st.sampled_from(values) for code, (_, values) in FIELDS.items()})


def typed_of(text: str) -> Typed | None:
    """The typed tree of an expression, or None when policies refuse it."""
    node, _ = parse_expression(text, place(text))
    return None if node is None else type_expression(node, SCOPE)[0]


def both(text: str, typed: Typed, record: Mapping[str, Value]) -> Both:
    """The value of ``text``, whose typed tree is ``typed``, in the evaluator, in generated Python and in DMN's FEEL.

    A number that needs more than the 64 bits of a column has to be refused by generated Python, and stands for itself.
    """
    fact = Fact("result", Label("", ""), FieldKind.NUMBER, typed.type, "customer", typed, text, "来往", CLAUSE, HERE)
    meant = evaluate(typed, Values(TODAY, {}, record))
    runner = Runner(model(fact), "customer")
    if isinstance(meant, int) and not LEAST <= meant <= LARGEST:
        with pytest.raises(TooLarge):
            runner.run(record, {}, TODAY)
        ran: Value = meant
    else:
        ran = runner.run(record, {}, TODAY)["result"]
    return Both(shown(meant, typed.type), shown(ran, typed.type), in_dmn(text, record))


def in_dmn(text: str, record: Mapping[str, Value]) -> object:
    """The value in DMN's FEEL, in the form of ``shown``."""
    node, _ = parse_expression(text, place(text))
    assert node is not None
    given = {code: _dmn_value(record.get(code), kind) for code, (kind, _) in FIELDS.items()}
    with budget():
        return _plain(Compiler(lambda _name: None).expression(node)(Scope({**BUILT_IN, **given})))


def shown(value: Value, kind: Type) -> object:
    """A stored value in a form that both executions share."""
    if isinstance(kind, Number) and isinstance(value, int):
        return Fraction(value, 10**kind.scale)
    if isinstance(kind, DayDuration | MonthDuration) and isinstance(value, int):
        return (type(kind), value)
    return value


def _plain(value: object) -> object:  # noqa: PLR0911 - an answer per kind of value
    match value:
        case Decimal():
            return Fraction(value)
        case DmnDate(year, month, day):
            return date(year, month, day) if 1 <= year <= 9999 else None
        case DmnMoment(day, at):
            moment, clock = _plain(day), _plain(at)
            both = isinstance(moment, date) and isinstance(clock, time)
            return datetime.combine(moment, clock) if both else None  # type: ignore[arg-type]  # looked at just now
        case DmnTime(nanoseconds):
            seconds = nanoseconds // SECOND
            return time(seconds // 3600, seconds // 60 % 60, seconds % 60)
        case DaysTime(nanoseconds):
            return DayDuration, Fraction(nanoseconds, SECOND)
        case YearsMonths(months):
            return MonthDuration, months
    return value


def _dmn_value(value: Value, kind: Type) -> object:
    match value:
        case None | bool() | str():
            return value
        case datetime():
            return DmnMoment(_day(value), _clock(value.time()))
        case date():
            return _day(value)
        case time():
            return _clock(value)
    if isinstance(kind, Number):
        return Decimal(value).scaleb(-kind.scale)
    return DaysTime(value * SECOND) if isinstance(kind, DayDuration) else YearsMonths(value)


def _day(value: date) -> DmnDate:
    return DmnDate(value.year, value.month, value.day)


def _clock(value: time) -> DmnTime:
    return DmnTime(((value.hour * 60 + value.minute) * 60 + value.second) * SECOND)


# --- expressions ------------------------------------------------------------------------------------------------------


@st.composite
def expressions(draw: DrawFn) -> str:
    """An expression of any type, three levels deep."""
    return make(draw, draw(st.sampled_from(list(FIELDS))), draw(st.integers(1, 3)))


def make(draw: DrawFn, kind: str, depth: int) -> str:
    """An expression of one type. What stands inside another one is in brackets."""
    if depth == 0 or draw(st.integers(0, 9)) == 0:
        return draw(st.sampled_from([kind, *LITERALS[kind]]))
    shape = draw(st.sampled_from([*PATTERNS[kind], *COMMON]))
    return _filled(draw, shape, kind, depth)


def _filled(draw: DrawFn, shape: str, kind: str, depth: int) -> str:
    """``shape`` with an expression in the place of each word in angle brackets; ``same`` is of the kind itself."""
    while "<" in (rest := shape.replace(" < ", "").replace(" <= ", "")) and ">" in rest:
        start = next(at for at, each in enumerate(shape) if each == "<" and shape[at + 1].isalpha())
        end = shape.index(">", start)
        word = shape[start + 1 : end]
        if word == "ordered":
            word = draw(st.sampled_from(ORDERED))
            shape = shape.replace("<ordered>", f"<{word}>")
            continue
        if word == "any":
            word = draw(st.sampled_from(list(FIELDS)))
            shape = shape.replace("<any>", f"<{word}>")
            continue
        inner = make(draw, kind if word == "same" else word, depth - 1)
        shape = f"{shape[:start]}({inner}){shape[end + 1 :]}"
    return shape


COMMON = ("if <yes> then <same> else <same>", "[<same>, <same>][2]", "{a: <same>, b: a}.b", "(function(x) x)(<same>)")
"""Shapes that every type has."""
NUMBERS = (
    "<same> + <same>",
    "<same> - <same>",
    "-<same>",
    "abs(<same>)",
    "modulo(<same>, <same>)",
)
DAY_PARTS = tuple(f"<{kind}>.{part}" for kind in ("day", "at") for part in ("year", "month", "day", "weekday"))
PATTERNS: dict[str, tuple[str, ...]] = {
    "whole": (
        *NUMBERS,
        *DAY_PARTS,
        "<whole> * <whole>",
        "floor(<amount>)",
        "ceiling(<amount>)",
        "decimal(<amount>, 0)",
        "round half up(<amount>, 0)",
        "round half down(<amount>, 0)",
        "round up(<amount>, 0)",
        "round down(<amount>, 0)",
        "string length(<word>)",
        "count([<whole>, <amount>])",
        "day of year(<day>)",
        "<at>.hour",
        "<clock>.minute",
        "<clock>.second",
        "<length>.days",
        "<length>.hours",
        "<length>.minutes",
        "<length>.seconds",
        "<months>.years",
        "<months>.months",
    ),
    "amount": (
        *NUMBERS,
        "decimal(<amount> * <amount>, 2)",
        "decimal(<amount> / <whole>, 2)",
        "decimal(<whole> / <amount>, 1)",
        "decimal(<amount>, 1)",
        "round half up(<amount>, 1)",
        "round up(<amount>, 1)",
        "floor(<amount>, 1)",
        "ceiling(<amount>, 1)",
        "<whole>",
        "sum(for x in [1, 0.25, 3] return x + 1)",
    ),
    "word": (
        "<word> + <word>",
        "upper case(<word>)",
        "lower case(<word>)",
        "substring before(<word>, <word>)",
        "substring after(<word>, <word>)",
        "string(<whole>)",
        "string(<amount>)",
        "string(<day>)",
        "string(<clock>)",
        "string(<at>)",
        "string(<word>)",
        "string(<yes>)",
        "day of week(<day>)",
        "month of year(<at>)",
    ),
    "yes": (
        "<yes> and <yes>",
        "<yes> or <yes>",
        "not(<yes>)",
        "<any> = <any>",
        "<any> != <any>",
        "<any> = null",
        "null != <any>",
        "<ordered> < <ordered>",
        "<ordered> <= <ordered>",
        "<ordered> > <ordered>",
        "<ordered> >= <ordered>",
        "<ordered> between <ordered> and <ordered>",
        "<ordered> in [<ordered>..<ordered>]",
        "<ordered> in (<ordered>..<ordered>]",
        "<ordered> in (<ordered>, <ordered>)",
        "<any> in (<any>)",
        "<any> in [<any>, <any>]",
        "<ordered> in (> <ordered>, <ordered>)",
        "<ordered> in (not(<ordered>))",
        "some x in [<any>, <any>] satisfies x = <any>",
        "every x in [<yes>, <yes>] satisfies x",
        "some x in [<ordered>, <ordered>], y in [<ordered>] satisfies x < y",
        "every x in [<ordered>, <ordered>] satisfies x >= <ordered>",
        "list contains([<any>, <any>], <any>)",
        "all([<yes>, <yes>])",
        "any([<yes>, <yes>])",
        "contains(<word>, <word>)",
        "starts with(<word>, <word>)",
        "ends with(<word>, <word>)",
        "even(<whole>)",
        "odd(<whole>)",
        "<whole> instance of number",
        "<day> instance of string",
        "<length> instance of days and time duration",
    ),
    "day": (
        "date(2000 + modulo(<whole>, 50), <whole>, <whole>)",
        "date(2026, <whole>, 29)",
        "date(<at>)",
        "date(<day>)",
        "<day> + <length>",
        "<day> - <length>",
        "<day> + <months>",
        "<months> + <day>",
        "<day> - <months>",
    ),
    "at": (
        "date and time(<day>, <clock>)",
        "date and time(<at>, <clock>)",
        "<at> + <length>",
        "<at> - <length>",
        "<at> + <months>",
        "<at> - <months>",
    ),
    "clock": ("time(<at>)", "time(<clock>)"),
    "length": (
        "<length> + <length>",
        "<length> - <length>",
        "-<length>",
        "abs(<length>)",
        "<length> * <whole>",
        "<whole> * <length>",
        "<day> - <day>",
        "<at> - <at>",
        "<clock> - <clock>",
        "<at> - <day>",
    ),
    "months": (
        "<months> + <months>",
        "<months> - <months>",
        "-<months>",
        "abs(<months>)",
        "<months> * <whole>",
        "years and months duration(<day>, <day>)",
        "years and months duration(<at>, <day>)",
    ),
}
