"""What type an expression has, and which conversions are written into its tree."""

from __future__ import annotations

import pytest

from keguan.language.feel import children, parameters, references
from keguan.language.feel.typed import Aggregate, AggregateFunction, Binary, FieldRef, Literal, Operator, Rescale
from keguan.language.feel.types import BOOLEAN, DATE, MAX_SCALE, TEXT, Number, Type
from keguan.language.feel.walk import walk
from tests.language.feel.names import LEVEL, MONEY, PERCENT, WHOLE, typed

TOTAL, PURCHASES = FieldRef("total", MONEY), FieldRef("purchases", WHOLE)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("累计购买额 + 购买次数", MONEY),
        ("累计购买额 * 折扣率", Number(6)),
        ("累计购买额 * 折扣率 * 折扣率", Number(MAX_SCALE)),
        ("购买次数 * 购买次数", WHOLE),
        ("购买次数 / 3", Number(6)),
        ("(累计购买额 * 折扣率 * 折扣率) / 3", Number(MAX_SCALE)),
        ("if 有影响 then 累计购买额 else 0.005", Number(3)),
        ('if 有影响 then 行业影响力 else "其他"', TEXT),
        ("if 有影响 then 行业影响力 else null", LEVEL),
        ("count(购买合同)", WHOLE),
        ("max(购买合同.签订日)", DATE),
        ("sum(购买合同.折扣)", PERCENT),
        ("今天()", DATE),
        ("累计购买额 > 5", BOOLEAN),
    ],
)
def test_the_type_follows_from_the_parts(text: str, kind: Type) -> None:
    """Sums keep the finer scale, products add up scales as far as they go, and quotients keep six decimals."""
    assert typed(text).type == kind


def test_conversions_are_explicit() -> None:
    """A whole number beside money is rescaled in the tree; a constant is converted at once."""
    assert typed("累计购买额 + 购买次数") == Binary(Operator.ADD, TOTAL, Rescale(PURCHASES, MONEY), MONEY)
    assert typed("累计购买额 >= 800万").right == Literal(800_000_000, MONEY)  # type: ignore[union-attr]
    assert typed("累计购买额 < 0.005") == Binary(
        Operator.LESS, Rescale(TOTAL, Number(3)), Literal(5, Number(3)), BOOLEAN
    )


@pytest.mark.parametrize(
    "text",
    [
        "累计购买额 / 购买次数",
        "(累计购买额 / 购买次数)",
        "mean(购买合同.合同金额)",
        "-(累计购买额 / 3)",
        "mean(累计购买额, 购买次数)",
    ],
)
def test_a_quotient_is_rounded_once_to_the_wanted_scale(text: str) -> None:
    """Where a quotient is the whole of a money fact, it is divided straight into fen."""
    tree = typed(text, MONEY)
    assert tree.type == MONEY
    assert not isinstance(tree, Rescale)


def test_both_branches_take_the_wanted_type() -> None:
    """An ``if`` of a money fact has branches in fen, null included."""
    tree = typed("if 有影响 then 1.5 else null", MONEY)
    assert (tree.then, tree.otherwise) == (Literal(150, MONEY), Literal(None, MONEY))  # type: ignore[union-attr]


def test_a_mean_counts_only_children_with_a_value() -> None:
    """A mean is the sum over the count of children whose value is not null, under the same filter."""
    tree = typed("mean(购买合同[已付清].合同金额)")
    assert isinstance(tree, Binary)
    amount, paid = FieldRef("amount", MONEY), FieldRef("paid", BOOLEAN)
    total, present = tree.left, tree.right
    assert total == Aggregate(AggregateFunction.SUM, "contract", "customer", paid, amount, MONEY)
    assert isinstance(present, Aggregate)
    assert present.where is not None
    assert list(walk(present.where))[:2] == [present.where, paid]


def test_filters_one_after_another_must_all_hold() -> None:
    """Two filters are one filter with ``and``."""
    assert typed("count(购买合同[已付清][合同金额 > 1])") == typed("count(购买合同[已付清 and 合同金额 > 1])")


def test_what_a_tree_reads_can_be_asked() -> None:
    """Fields of the record, aggregates over children and parameters are told apart."""
    tree = typed("累计购买额 > 下限 and count(购买合同[合同金额 > 下限]) > 活跃次数 and 有影响")
    assert references(tree) == {"total", "influential"}
    assert [figure.child for figure in children(tree)] == ["contract"]
    assert parameters(tree) == {"floor", "active"}
    assert children(typed("count(购买合同) + count(购买合同)")) == (typed("count(购买合同)"),)
