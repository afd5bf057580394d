from __future__ import annotations

from datetime import date
from typing import get_args

import pytest

from keguan.language.feel.typed import Binary, FieldRef, Operator
from keguan.language.feel.types import BOOLEAN, DATE, TEXT, Number, Type
from keguan.language.plan import computation
from keguan.language.plan.statement import DialectName
from tests.language.plan.engines import Engine, open_engine
from tests.language.plan.models import MONEY, PERCENT, WHOLE, Draft

TODAY = date(2026, 11, 21)
FIELDS: dict[str, Type] = {
    "yes": BOOLEAN,
    "no": BOOLEAN,
    "unknown": BOOLEAN,
    "city": TEXT,
    "town": TEXT,
    "seven": WHOLE,
    "two": WHOLE,
    "nothing": WHOLE,
    "largest": WHOLE,
    "smallest": WHOLE,
    "price": MONEY,
    "rate": PERCENT,
    "day": DATE,
    "no_day": DATE,
}
ROW = (1, True, False, None, "云岭", None, 7, 2, None, 2**63 - 1, -(2**63), 12345, 1500, date(2026, 3, 1), None)


def evaluate(engine: Engine, text: str, type_: Type) -> object:
    """The value of an expression over ``ROW``, with parameters of several days."""
    draft = Draft().record("customer", **FIELDS)
    draft.parameter("limit", WHOLE, since_2026_01_01=2, since_2026_06_01=3, since_2027_01_01=4)
    draft.parameter("later", WHOLE, since_2027_01_01=4)
    draft.parameter("start", DATE, since_2026_01_01=date(2026, 3, 1))
    draft.parameter("place", TEXT, since_2026_01_01="云岭")
    draft.parameter("strict", BOOLEAN, since_2026_01_01=True)
    model = draft.fact("customer", "answer", type_, text).model()
    engine.create(model)
    engine.insert("customer", ("id", *FIELDS), [ROW])
    made = computation(model, "customer", engine.dialect, today=TODAY)
    ((identifier, answer),) = engine.rows(made.select, made.parameters)
    assert identifier == 1
    return engine.read(answer, type_)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("yes and unknown", None),
        ("no and unknown", False),
        ("unknown or yes", True),
        ("unknown or no", None),
        ("not(unknown)", None),
        ("not(no)", True),
        ("nothing = null", True),
        ("nothing != null", False),
        ("nothing = 3", False),
        ("nothing != 3", True),
        ("nothing < 3", None),
        ("not(nothing < 3)", None),
        ("not(nothing = 3)", True),
        ("unknown = true", False),
        ("unknown != true", True),
        ("unknown = false", False),
        ("unknown != false", True),
        ("if unknown != false then true else false", True),
        ("if unknown = true then true else false", False),
        ("if no = false and not(no) then true else false", True),
        ("town = city", False),
        ("town != city", True),
        ("town = null and no_day = null", True),
        ("seven between 2 and 7", True),
        ("seven in [2..7)", False),
        ('city in ("云岭", "滨海")', True),
        ('town in ("云岭", "滨海")', False),
        ("seven / nothing = null", True),
        ("seven / 0 = null", True),
        ("7/2 = 3.5", True),
        ("if unknown then true else false", False),
    ],
)
def test_null_is_two_valued_in_equality_and_three_valued_elsewhere(engine: Engine, text: str, answer: object) -> None:
    """Equality knows null; comparisons and connectives pass it on; ``if`` wants true."""
    assert evaluate(engine, text, BOOLEAN) is answer


@pytest.mark.parametrize(
    ("text", "type_", "answer"),
    [
        ("seven / two", Number(2), 350),
        ("seven / two", WHOLE, 4),
        ("5 / two", WHOLE, 2),
        ("-5 / two", WHOLE, -2),
        ("-seven / two", WHOLE, -4),
        ("seven / -two", WHOLE, -4),
        ("1 / 3", Number(6), 333333),
        ("price * rate", MONEY, 1852),
        ("price * 15%", Number(6), 18517500),
        ("price / seven", MONEY, 1764),
        ("rate / price", Number(8), 121507),
        ("seven - two * 10", WHOLE, -13),
        ("price + seven", MONEY, 13045),
        ("-price", MONEY, -12345),
        ("seven / 0", WHOLE, None),
        ("nothing + seven", WHOLE, None),
        ("-nothing", WHOLE, None),
        ("max(seven, two, nothing)", WHOLE, 7),
        ("min(nothing, nothing)", WHOLE, None),
        ("mean(seven, two)", Number(1), 45),
        ("mean(seven, two)", WHOLE, 4),
    ],
)
def test_arithmetic_is_exact_and_rounds_half_to_even(engine: Engine, text: str, type_: Type, answer: object) -> None:
    """A quotient is rounded once, from the exact value, and ties go to the even neighbour."""
    assert evaluate(engine, text, type_) == answer


@pytest.mark.parametrize(
    ("text", "type_", "answer"),
    [
        ("largest + largest > largest", BOOLEAN, True),
        ("largest * largest > largest * 2", BOOLEAN, True),
        ("largest * largest = largest * largest", BOOLEAN, True),
        ("largest * largest != largest * (largest - 1)", BOOLEAN, True),
        ("smallest - 1 < smallest", BOOLEAN, True),
        ("-smallest > largest", BOOLEAN, True),
        ("largest + 1 - 1 = largest", BOOLEAN, True),
        ("largest + 10 - 10", WHOLE, 2**63 - 1),
        ("largest * seven / seven", WHOLE, 2**63 - 1),
        ("largest * largest / largest", WHOLE, 2**63 - 1),
        ("largest / two", Number(0), 2**62),
        ("(largest + nothing) = null", BOOLEAN, True),
        ("largest * nothing > 3", BOOLEAN, None),
        ("4000000000 * seven * two", WHOLE, 56000000000),
    ],
)
def test_steps_beyond_64_bits_are_exact(engine: Engine, text: str, type_: Type, answer: object) -> None:
    """SQLite would turn such a number into a float without a word; the emitter does not let it."""
    assert evaluate(engine, text, type_) == answer


def test_a_result_beyond_64_bits_is_an_error(engine: Engine) -> None:
    """A figure that no column can hold stops the run; it is never stored rounded."""
    with pytest.raises(Exception, match=r"(?i)out of range|raised exception"):
        evaluate(engine, "largest * 2", WHOLE)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("limit = 3", True),
        ("later = null", True),
        ("seven > later", None),
        ("day = start", True),
        ("day <= today()", True),
        ('today() = date("2026-11-21")', True),
        ("no_day < today()", None),
        ("city = place", True),
        ("yes = strict", True),
    ],
)
def test_parameters_are_those_of_the_day(engine: Engine, text: str, answer: object) -> None:
    """The value in force on the day is bound; before the first one there is null."""
    assert evaluate(engine, text, BOOLEAN) is answer


@pytest.mark.parametrize("word", ["100%", "%(limit)s", "O'Brien", '二"重', "a\\b", ":limit", "%%", "?"])
def test_text_constants_arrive_as_they_were_written(engine: Engine, word: str) -> None:
    """Nothing in a constant is taken for a place or ends the constant."""
    written = word.replace("\\", "\\\\").replace('"', '\\"')
    assert evaluate(engine, f'if yes then "{written}" else city', TEXT) == word


@pytest.mark.parametrize(("text", "answer"), [('"Z" < "a"', True), ('city > "一"', True), ('"é" > "z"', True)])
def test_text_is_ordered_by_code_point(engine: Engine, text: str, answer: object) -> None:
    """The order of text does not depend on the server's language."""
    assert evaluate(engine, text, BOOLEAN) is answer


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ('has mobile number("请打13900000009。")', True),
        ('has mobile number("8619900000000")', True),
        ('has mobile number("12900000001，1390000000，139 0000 0001，１３９００００００００")', False),
        ("has mobile number(city)", False),
        ("has mobile number(town)", None),
    ],
)
def test_a_mobile_number_in_a_text_is_seen(engine: Engine, text: str, answer: object) -> None:
    """Eleven ASCII figures on end that begin with 13 to 19, wherever they stand; of nothing nothing is known."""
    assert evaluate(engine, text, BOOLEAN) is answer


def test_a_step_beyond_128_bits_is_exact_or_an_error() -> None:
    """DuckDB's widest integers end there: it says so, where the others go on; none of them gives a rounded figure."""
    text = "largest * largest * largest > 0"
    assert evaluate(open_engine("sqlite"), text, BOOLEAN) is True
    with pytest.raises(Exception, match="Overflow in multiplication of INT128"):
        evaluate(open_engine("duckdb"), text, BOOLEAN)


@pytest.mark.parametrize("dialect", get_args(DialectName))
def test_an_operator_that_no_tree_may_hold_is_refused(dialect: DialectName) -> None:
    """A power that inference left standing must not come out as anything else."""
    power = Binary(Operator.POWER, FieldRef("seven", WHOLE), FieldRef("two", WHOLE), WHOLE)
    model = Draft().record("customer", **FIELDS).fact("customer", "answer", WHOLE, power).model()
    with pytest.raises(TypeError, match="stands in no typed tree"):
        _ = computation(model, "customer", dialect, today=TODAY).select
