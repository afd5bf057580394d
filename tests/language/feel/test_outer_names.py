"""Names of the record itself, written while its children are gone through."""

from __future__ import annotations

import pytest

from keguan.language.feel import children, references
from keguan.language.feel.scope import ChildName, RecordName
from keguan.language.feel.typed import (
    Aggregate,
    AggregateFunction,
    Binary,
    FieldRef,
    Operator,
    OuterRef,
    ParameterRef,
)
from keguan.language.feel.types import BOOLEAN, DATE
from tests.language.feel.names import MONEY, WHOLE, Names, read, typed

AREA, AMOUNT = FieldRef("area", WHOLE), FieldRef("amount", MONEY)
PURCHASES, TOTAL = OuterRef("purchases", WHOLE), OuterRef("total", MONEY)


def count(where: Binary) -> Aggregate:
    """How many contracts satisfy a condition."""
    return Aggregate(AggregateFunction.COUNT, "contract", "customer", where, None, WHOLE)


def test_in_a_filter_a_name_that_only_the_record_has_is_the_records() -> None:
    """The ordinary sentence: what came before the record's own day."""
    before = Binary(Operator.LESS, FieldRef("signed_on", DATE), OuterRef("first_contact", DATE), BOOLEAN)
    tree = typed("sum(购买合同[签订日 < 首次接触日].合同金额)")
    assert tree == Aggregate(AggregateFunction.SUM, "contract", "customer", before, AMOUNT, MONEY)


def test_in_a_filter_the_childs_own_name_wins() -> None:
    """Where both have the name, the inner one is meant."""
    inner = Names({"金额": RecordName("inner", WHOLE)})
    scope = Names(
        {
            "金额": RecordName("mine", WHOLE),
            "起点": RecordName("start", WHOLE),
            "明细": ChildName("line", "order", inner),
        }
    )
    tree, found = read("count(明细[金额 > 起点])", scope=scope)
    assert found == []
    assert isinstance(tree, Aggregate)
    assert tree.where == Binary(Operator.GREATER, FieldRef("inner", WHOLE), OuterRef("start", WHOLE), BOOLEAN)
    looped, found = read("sum(for c in 明细 return c.金额 * 金额)", scope=scope)
    assert found == []
    assert isinstance(looped, Aggregate)
    assert looped.value == Binary(Operator.MULTIPLY, FieldRef("inner", WHOLE), OuterRef("mine", WHOLE), WHOLE)


def test_in_a_loop_plain_names_are_the_records() -> None:
    """There the child has a name of its own, by which its fields are written."""
    tree = typed("some c in 购买合同 satisfies c.面积 > 购买次数")
    assert isinstance(tree, Aggregate)
    assert tree.value == Binary(Operator.GREATER, AREA, PURCHASES, BOOLEAN)
    assert typed("sum(for x in 购买合同.面积 return x * 购买次数)") == typed(
        "sum(for c in 购买合同 return c.面积 * 购买次数)"
    )


def test_a_parameter_stays_a_parameter() -> None:
    """The same inside and outside."""
    assert typed("count(购买合同[面积 > 活跃次数])") == count(
        Binary(Operator.GREATER, AREA, ParameterRef("active", WHOLE), BOOLEAN)
    )


@pytest.mark.parametrize(
    "text",
    [
        "{k: 购买次数, s: count(购买合同[面积 > k])}.s",
        "{k: [购买次数, 3], s: count(购买合同[面积 > k[1]])}.s",
        "{k: {几: 购买次数}, s: count(购买合同[面积 > k.几])}.s",
        "{大: function(x) x > 购买次数, s: count(购买合同[大(面积)])}.s",
        "{大: function(x, y) x > y, s: count(购买合同[大(面积, 购买次数)])}.s",
    ],
)
def test_what_an_expression_names_is_read_of_the_record_too(text: str) -> None:
    """A name for a value, in a list, in a context, and in a function: each is of the place where it was written."""
    assert typed(text) == count(Binary(Operator.GREATER, AREA, PURCHASES, BOOLEAN))


def test_a_range_of_the_records_values() -> None:
    """Both ends are the record's."""
    tree = typed("{k: [购买次数..10], s: count(购买合同[面积 in k])}.s")
    low = Binary(Operator.GREATER_EQUAL, AREA, PURCHASES, BOOLEAN)
    assert isinstance(tree, Aggregate)
    assert isinstance(tree.where, Binary)
    assert tree.where.left == low
    assert tree == typed("count(购买合同[面积 in [购买次数..10]])")


def test_whether_a_child_has_the_records_value() -> None:
    """``list contains`` and ``in`` over children compare each with the record's."""
    tree = typed("list contains(购买合同.合同金额, 累计购买额)")
    same = Binary(Operator.EQUAL, AMOUNT, TOTAL, BOOLEAN)
    assert tree == Aggregate(AggregateFunction.SOME, "contract", "customer", None, same, BOOLEAN)


def test_it_counts_as_read_by_the_record() -> None:
    """So that a fact which is read is computed first; the child's own names are not the record's."""
    tree = typed('count(购买合同[面积 > 购买次数]) + sum(for c in 购买合同 return if 姓名 = "" then 1 else c.面积)')
    assert references(tree) == {"purchases", "name"}
    where = children(tree)[0].where
    assert where is not None
    assert references(where) == {"area"}
