"""The built-in functions, a few sharp cases of each."""

from __future__ import annotations

import pytest

from keguan.language.dmn.functions import BUILT_IN
from tests.language.dmn.models import feel

CASES = {
    'substring("ferry", 2, 3)': '"err"',
    'substring("ferry", -2)': '"ry"',
    'substring("ferry", 0)': "null",
    'substring("渡轮🚢", -1)': '"🚢"',
    'string length("渡轮🚢")': "3",
    'upper case("ß")': '"SS"',
    'lower case("DECK")': '"deck"',
    'substring before("deck-4", "-")': '"deck"',
    'substring before("deck", "-")': '""',
    'substring after("deck-4", "-")': '"4"',
    'substring after("deck", "")': '"deck"',
    'contains("deck", "ec")': "true",
    'starts with("deck", "e")': "false",
    'ends with("deck", "k")': "true",
    'string join(["a", null, "b"], "-")': '"a-b"',
    'string join(["a", 1])': "null",
    'matches("deck 4", "^d.*\\\\d$")': "true",
    'matches("deck", "(")': "null",
    'replace("4 decks", "(\\\\d) (\\\\w+)", "$2: $1")': '"decks: 4"',
    'replace("deck", "x*", "-")': "null",
    'split("a;b;;c", ";")': '["a", "b", "", "c"]',
    'number("1 234,5", " ", ",")': "1234.5",
    'number("1,234.5", ",", ",")': "null",
    'number("12a", null, null)': "null",
    "string(1.50)": '"1.5"',
    'string([1, "a", {b: null}])': '"[1, \\"a\\", {b: null}]"',
    "string(null)": "null",
    'range("[1..3)")': "[1..3)",
    'range("[3..1]")': "null",
    'range("[1..f(2)]")': "null",
    "decimal(2.5, 0)": "2",
    "decimal(3.5, 0)": "4",
    "decimal(1.5, 7000)": "null",
    "floor(-1.5)": "-2",
    "floor(-1.54, 1)": "-1.6",
    "ceiling(-1.5)": "-1",
    "round up(1.121, 2)": "1.13",
    "round down(-1.129, 2)": "-1.12",
    "round half up(-5.5, 0)": "-6",
    "round half down(5.5, 0)": "5",
    'abs(duration("-P3D"))': "P3D",
    "modulo(-12, 5)": "3",
    "modulo(5, 0)": "null",
    "sqrt(2)": "1.414213562373095048801688724209698",
    "sqrt(-1)": "null",
    "log(0)": "null",
    "exp(0)": "1",
    "odd(-3)": "true",
    "even(2.5)": "null",
    "list contains([1, null], null)": "true",
    "count([1, null])": "2",
    "count(null)": "null",
    "min([3, 1, 2])": "1",
    'max("a", "c", "b")': '"c"',
    'max(1, "b")': "null",
    "sum([])": "null",
    "sum(1, 2, 3)": "6",
    "sum([1, null])": "null",
    "product(2, 3, 4)": "24",
    "mean([1, 2])": "1.5",
    "median([8, 2, 5, 3, 4])": "4",
    "stddev([2, 4, 7, 5])": "2.081665999466132735282297706979931",
    "stddev([1])": "null",
    "mode([6, 1, 9, 6, 1])": "[1, 6]",
    "mode([])": "[]",
    "all([true, null])": "null",
    "all([null, false])": "false",
    "any([])": "false",
    "sublist([1, 2, 3], -2)": "[2, 3]",
    "sublist([1, 2, 3], 2, 5)": "null",
    "append([1], [2], null)": "[1, [2], null]",
    "append([1], [2])": "[1, [2]]",
    "concatenate([1], 2, [[3]])": "[1, 2, [3]]",
    "union([1, 2], [2, 1.0, 3])": "[1, 2, 3]",
    "insert before([1, 3], 2, 2)": "[1, 2, 3]",
    "remove([1, 2], 3)": "null",
    "list replace([1, 2, 3], -1, 9)": "[1, 2, 9]",
    "list replace([1, 2, 3], function(item, new) item < 3, 0)": "[0, 0, 3]",
    "reverse([1, 2])": "[2, 1]",
    "index of([1, 2, 1], 1)": "[1, 3]",
    'distinct values([1, 1.0, "1", null, null, [1], [1]])': '[1, "1", null, [1]]',
    "flatten([1, [2, [[3]]], []])": "[1, 2, 3]",
    "sort([3, 1, 2])": "[1, 2, 3]",
    "sort(list: [3, 1, 2], precedes: function(a, b) a > b)": "[3, 2, 1]",
    'get value({deck: 4}, "deck")': "4",
    "get entries({deck: 4})": '[{key: "deck", value: 4}]',
    'context([{key: "a", value: 1}])': "{a: 1}",
    'context([{key: "a", value: 1}, {key: "a", value: 2}])': "null",
    'context put({a: {b: 1}}, ["a", "c"], 2)': "{a: {b: 1, c: 2}}",
    'context put({a: 1}, ["a", "c"], 2)': "null",
    "context merge([{a: 1}, {a: 2, b: 3}])": "{a: 2, b: 3}",
    "before(1, (1..5])": "true",
    "after([1..5], 5)": "false",
    "meets([1..5], [5..8])": "true",
    "met by([5..8], [1..5))": "false",
    "overlaps([1..5], (5..8])": "false",
    "overlaps before([1..5], [3..8])": "true",
    "overlaps after([3..8], [1..5])": "true",
    "finishes(5, [1..5])": "true",
    "finished by([1..5], [3..5])": "true",
    "includes([1..5], 3)": "true",
    "during([2..3], [1..5])": "true",
    "starts([1..3], [1..5])": "true",
    "started by([1..5], 1)": "true",
    "coincides([1..5], [1..5))": "false",
    'before(1, "a")': "null",
    "overlaps((< 5), (> 3))": "true",
}


@pytest.mark.parametrize(("expression", "value"), CASES.items())
def test_a_function_gives_what_the_standard_says(expression: str, value: str) -> None:
    """Each function has its value, and null for arguments it is not defined for."""
    assert feel(expression) == value


def test_every_function_is_tried() -> None:
    """No built-in function is without a case here or among the dates."""
    tried = {name for name in BUILT_IN if any(expression.startswith(f"{name}(") for expression in CASES)}
    dates = {"date", "time", "date and time", "duration", "years and months duration", "is"}
    dates |= {"day of year", "day of week", "month of year", "week of year"}
    assert set(BUILT_IN) - tried == dates


@pytest.mark.parametrize(
    "expression",
    [
        "substring()",
        'substring("a")',
        'substring("a", 1, 1, 1)',
        'substring(strin: "a", start position: 1)',
        "abs(n: 1, m: 2)",
    ],
)
def test_a_call_that_does_not_fit_is_null(expression: str) -> None:
    """Too few or too many arguments, and arguments by names there are not, give null."""
    assert feel(expression) == "null"


def test_a_list_of_one_is_its_value_where_one_is_wanted() -> None:
    """A list with one item goes where a single value is wanted, and the other way round; two items do not."""
    assert feel('upper case(["deck"])') == '"DECK"'
    assert feel("count(4)") == "1"
    assert feel('upper case(["deck", "pier"])') == "null"
