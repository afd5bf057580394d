"""A value, or another where it is empty."""

from __future__ import annotations

import pytest

from keguan.language.feel.typed import Literal
from keguan.language.feel.types import Number
from keguan.language.model.evaluate import Values, evaluate
from tests.language.feel.names import MONEY, WHOLE, read, typed


@pytest.mark.parametrize(("value", "expected"), [(None, 0), (0, 0), (725, 725)])
def test_empty_gives_the_second(value: int | None, expected: int) -> None:
    """Only null is replaced; the first keeps its type."""
    tree = typed("空则(累计购买额, 0)")
    assert tree.type == MONEY
    assert evaluate(tree, Values(record={"total": value})) == expected


def test_a_total_of_nothing_is_what_is_said() -> None:
    """Where sum gives null, the second stands."""
    tree = typed("with default(value: sum(购买合同.合同金额), default: 0)")
    assert evaluate(tree, Values()) == 0


def test_constants_are_chosen_at_once() -> None:
    """As everywhere."""
    assert typed("空则(null, 3)") == Literal(3, Number())
    assert typed("空则(5, 3)") == Literal(5, WHOLE)


@pytest.mark.parametrize(("text", "expected"), [('空则(累计购买额, "无")', ["K1040"]), ("空则(累计购买额)", ["K1030"])])
def test_both_are_of_one_type(text: str, expected: list[str]) -> None:
    """Text does not stand in for money, and one argument is not enough."""
    assert [each.id for each in read(text)[1]] == expected
