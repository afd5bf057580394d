"""No text makes the parser crash, hang or point outside of it."""

from __future__ import annotations

from itertools import pairwise
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from keguan.language.feel import parse_expression, parse_unary_tests, references, type_expression, type_unary_tests
from keguan.language.feel.typed import InputRef
from keguan.language.feel.types import BOOLEAN
from tests.language.feel.names import CUSTOMER, LEVEL, MONEY, marked, place

WORDS = (
    "累计购买额", "购买合同", "客户关系", "有影响", "行业影响力", "手机", "首次接触日", "活跃次数",
    "购买合同.合同金额", "购买次数",
    "count(", "sum(", "max(", "mean(", "today()", 'date("2026-01-01")', '@"2026-01-01"',
    "@", "not", "not(", "非", "且", "或", "and", "or", "if", "then", "else", "in", "between",
    "true", "false", "null", "是", "否", "空", "(", ")", "[", "]", "{", "..", "...", ".", ",",
    "，", "、", "（", "）", "“重大”", '"重大"', '"', "\\", "5000万", "1亿", "15%", "0.5", "1e9", "3次",
    "8,000,000", "99999999999999999999", "+", "-", "*", "/", "**", "=", "==", "!=", "<",
    "<=", ">", ">=", "≥", "≠", "?", "!", "&&", "#", "\n", "for", "some", "every", "return", "satisfies", "x",
    "x in", "function(", "function(x)", "external", "instance of", "date and time", "}", ":", "{a:", "a", "->",
    "1..3", "//", "/*", "*/", "3天", "6个月", "3工作日", '@"P1D"', '@"10:00:00"', ".year", ".天", ".合同金额",
    "item", "string length(", "substring(", "distinct values(", "list contains(", "duration(", "对于", "存在",
    "返回", "满足", "函数(", "['重大']", "for c in 购买合同 return c.合同金额", "decimal(", "姓名",
    "some c in 购买合同 satisfies", "for i in 1..9 return i",
)  # fmt: skip
SENTENCES = st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join) | st.lists(
    st.sampled_from(WORDS), max_size=20
).map("".join)
ANYTHING = st.text(max_size=60) | SENTENCES


def assert_sound(text: str, tree: object, found: list[object]) -> None:
    """There is a tree or there are diagnostics, and each can be said and points into the text."""
    assert (tree is None) == bool(found)
    for one in found:
        assert one.message("zh")  # type: ignore[attr-defined]
        assert one.message("en")  # type: ignore[attr-defined]
        assert one.hint("zh")  # type: ignore[attr-defined]
        start, end = place(text).column, place(text).end_column
        assert start <= one.span.column <= one.span.end_column <= end  # type: ignore[attr-defined]


@settings(max_examples=1500, deadline=1000)
@given(text=ANYTHING)
def test_any_text_is_an_expression_or_has_a_diagnostic(text: str) -> None:
    """Whatever is typed, there is either a typed tree or a sentence that says what is wrong."""
    node, found = parse_expression(text, place(text))
    assert_sound(text, node, found)
    if node is not None:
        tree, found = type_expression(node, CUSTOMER)
        assert_sound(text, tree, found)
        if tree is not None:
            assert references(tree) <= {
                "total",
                "purchases",
                "rate",
                "name",
                "influence",
                "influential",
                "leads",
                "first_contact",
            }


@settings(max_examples=1500, deadline=1000)
@given(text=ANYTHING, kind=st.sampled_from([MONEY, LEVEL, BOOLEAN]))
def test_any_text_is_a_cell_or_has_a_diagnostic(text: str, kind: object) -> None:
    """Whatever is typed into a cell, there is either a test or a sentence that says what is wrong."""
    tests, found = parse_unary_tests(text, place(text))
    assert_sound(text, tests, found)
    if tests is not None and not tests.any:
        tree, found = type_unary_tests(tests, InputRef(0, kind), CUSTOMER)  # type: ignore[arg-type]
        assert_sound(text, tree, found)


@pytest.mark.parametrize(
    "text",
    [
        "(" * 20_000,
        "[" * 20_000,
        "not(" * 20_000,
        "- " * 20_000 + "1",
        "1 in (" * 20_000,
        "if true then " * 20_000,
        "1 + " * 20_000 + "1",
        "购买合同[" * 20_000,
        "a." * 20_000,
        "count(" * 20_000,
        '"' * 20_000,
        "9" * 20_000,
        "甲" * 20_000,
        "1 = 1 and " * 5_000 + "true",
        " " * 100_000,
    ],
    ids=lambda text: text[:8],
)
def test_endless_text_is_answered_at_once(text: str) -> None:
    """Deep nesting and long chains take time in proportion to their length and never exhaust the stack."""
    start = process_time()
    node, found = parse_expression(text, place(text))
    assert_sound(text, node, found)
    if node is not None:
        assert_sound(text, *type_expression(node, CUSTOMER))
    cell, found = parse_unary_tests(text, place(text))
    assert_sound(text, cell, found)
    assert process_time() - start < 5


NAMES = frozenset({"购买 次数", "a-b", "x in y", "for each", "date and time of day", "a", "b.c"})


@settings(max_examples=500, deadline=1000)
@given(text=ANYTHING)
def test_names_of_several_words_do_no_harm(text: str) -> None:
    """Names that hold spaces, operators and words of the language leave the parser as sound as it was."""
    assert_sound(text, *parse_expression(text, place(text), NAMES))
    assert_sound(text, *parse_unary_tests(text, place(text), NAMES))


EXPLODING = (
    "{a: 购买次数 + 1" + "".join(f", {b}: {a} + {a}" for a, b in pairwise("abcdefghijklmnopqrstuvwxyz")) + "}.z",
    "购买次数" + " ** 16" * 60,
    "max(购买次数, " * 60 + "1" + ")" * 60,
    "even(" * 5 + "购买次数" + ")" * 5,
    "(" * 60 + "购买次数 in (1, 2, 3)" + " in (true, false))" * 60,
    "sum(" + "".join(f"for {x} in 1..64 return " for x in "abcdefgh") + "1)",
    "sum(for " + ", ".join(f"{x} in 1..64" for x in "abcdefghijkl") + " return 1)",
    "sum(for " + ", ".join(f"{x} in 1..8" for x in "abcdefghijkl") + ", z in [] return 1)",
    "(function(f) f(f))(function(f) f(f))",
    "{f: function(x) x + x" + "".join(f", {b}: function(x) {a}({a}(x))" for a, b in pairwise("fghijklmno")) + "}.o(1)",
    "day of week(首次接触日" + " + day of week(首次接触日) " * 30 + ")",
    "(function(f) " + "not(" * 50 + "f(f)" + ")" * 50 + ")(function(f) " + "not(" * 50 + "f(f)" + ")" * 50 + ")",
    "some " + ", ".join(f"x{n} in [1]" for n in range(300)) + " satisfies true",
    "for x in [1] return " * 60 + "x",
    "count(" * 60 + "购买合同" + ")" * 60,
    "some x in 购买合同 satisfies " * 60 + "true",
    "[" * 60 + "]" * 60,
    "{a: " * 60 + "1" + "}" * 60,
    "some x in " * 60,
    "function(x) " * 60 + "x",
)


@pytest.mark.parametrize("text", EXPLODING)
def test_a_short_text_never_becomes_a_huge_tree(text: str) -> None:
    """What would grow without bounds when it is written out is refused, and quickly."""
    start = process_time()
    node, found = parse_expression(text, place(text))
    assert_sound(text, node, found)
    if node is not None:
        assert_sound(text, *type_expression(node, CUSTOMER))
    assert process_time() - start < 5


def test_a_condition_may_have_hundreds_of_parts() -> None:
    """A long list of alternatives is not a deep tree."""
    text = " or ".join(f'姓名 = "客户{number}"' for number in range(500))
    node, found = parse_expression(text, place(text))
    assert found == []
    assert node is not None
    assert type_expression(node, CUSTOMER)[1] == []


def test_the_place_of_a_mistake_survives_full_width_characters() -> None:
    """Full-width punctuation is read as ASCII without moving what comes after it."""
    text = "（累计购买额　＞　５）　且　口碑"
    node, _ = parse_expression(text, place(text))
    assert node is not None
    assert marked(text, type_expression(node, CUSTOMER)[1]) == [("K1020", "口碑")]
