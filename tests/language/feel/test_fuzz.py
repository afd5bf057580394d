"""No text makes the parser crash, hang or point outside of it."""

from __future__ import annotations

from time import perf_counter

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
    "<=", ">", ">=", "≥", "≠", "?", "!", "&&", "#", "\n",
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
    start = perf_counter()
    node, found = parse_expression(text, place(text))
    assert_sound(text, node, found)
    if node is not None:
        assert_sound(text, *type_expression(node, CUSTOMER))
    cell, found = parse_unary_tests(text, place(text))
    assert_sound(text, cell, found)
    assert perf_counter() - start < 5


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
