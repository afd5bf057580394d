"""What grants add up to, for people who hold several roles."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db.models import Q

from keguan.language.feel.typed import (
    Aggregate,
    AggregateFunction,
    Binary,
    Call,
    FieldRef,
    Function,
    Operator,
    OuterRef,
)
from keguan.language.feel.types import BOOLEAN, Number
from keguan.language.model.model import RowScope
from keguan.runtime.access import rights
from keguan.runtime.access.disclosure import classes_of
from keguan.runtime.access.exits import Exit
from keguan.runtime.access.present import Sight
from keguan.runtime.access.viewer import Grant, Place, Viewer, viewer_for
from keguan.runtime.policies.queries import current

if TYPE_CHECKING:
    from tests.cast import Cast

ME, MINE, THEIRS = 7, 3, 4


def grant(scope: RowScope, *classes: str, operations: tuple[str, ...] = ()) -> Grant:
    """A grant to number 7 for unit 3."""
    return Grant(scope, RowScope.NONE, frozenset(classes), frozenset(operations), ME, frozenset({MINE}))


def viewer(*grants: Grant) -> Viewer:
    """A viewer with just these grants."""
    return Viewer(ME, "某人", "zh", "web", (), grants)


def test_a_class_counts_only_where_its_role_reaches(company: Cast) -> None:
    """Whoever sees transactions of their own and identities of all sees no transaction of others."""
    both = viewer(grant(RowScope.ALL, "身份"), grant(RowScope.OWN, "交易"))
    sight = Sight(both, "customer", Exit.LIST, ("name", "total_purchase"))
    row = {"id": 1, "unit_id": THEIRS, "name": "张伟", "total_purchase": 100}
    assert sight.show({**row, "owner_id": ME})["total_purchase"].text == "¥1.00"
    other = sight.show({**row, "owner_id": ME + 1})
    assert (other["name"].text, other["total_purchase"].state) == ("张伟", "hidden")


def test_a_question_narrows_the_scope(company: Cast) -> None:
    """They may filter by transactions, and then only among their own records."""
    both = viewer(grant(RowScope.ALL, "身份"), grant(RowScope.OWN, "交易"))
    assert rights.scope(both, "customer") == Q()
    assert rights.scope(both, "customer", ("total_purchase",)) == Q(owner_id=ME)


@pytest.mark.parametrize(
    ("grants", "expected"),
    [
        ((), rights.NOTHING),
        ((grant(RowScope.NONE, "*"),), rights.NOTHING),
        ((grant(RowScope.ALL, "不存在的类别"),), rights.NOTHING),
        ((grant(RowScope.OWN, "身份"),), Q(owner_id=ME)),
        ((grant(RowScope.UNIT, "身份"),), Q(unit_id__in=[MINE])),
        ((grant(RowScope.UNIT, "身份"), grant(RowScope.OWN, "身份")), Q(unit_id__in=[MINE]) | Q(owner_id=ME)),
        ((grant(RowScope.UNIT, "身份"), grant(RowScope.ALL, "*")), Q()),
    ],
)
def test_scope(company: Cast, grants: tuple[Grant, ...], expected: Q) -> None:
    """Roles add up; a role without reach or without a class of the type adds nothing."""
    assert rights.scope(viewer(*grants), "customer") == expected


def test_an_operation_reaches_as_far_as_its_role(company: Cast) -> None:
    """Someone who edits their unit's and sees all may not edit others'."""
    both = viewer(grant(RowScope.ALL, "*"), grant(RowScope.UNIT, "身份", operations=("edit",)))
    assert rights.may(both, "edit")
    assert rights.may(both, "edit", Place(None, MINE))
    assert not rights.may(both, "edit", Place(ME, THEIRS))


@pytest.mark.parametrize("silent", [Exit.LOG, Exit.ERROR])
def test_nothing_is_readable_through_a_silent_exit(company: Cast, silent: Exit) -> None:
    """Not even by someone who may see everything."""
    everything = viewer(grant(RowScope.ALL, "*"))
    assert rights.readable(everything, "customer", silent) == frozenset()


def test_sensitive_fields_answer_no_question(company: Cast) -> None:
    """Filter, order and ledger are closed to them, whoever asks."""
    everything = viewer(grant(RowScope.ALL, "*"))
    sensitive = {field.code for field in current().model.record_types["customer"].fields if field.sensitive}
    assert sensitive == {"id_number", "phone", "email", "address", "owner_address"}
    for closed in (Exit.FILTER, Exit.SORT, Exit.LEDGER):
        assert not rights.readable(everything, "customer", closed) & sensitive
    assert rights.readable(everything, "customer", Exit.LIST) >= sensitive


def test_expressions_give_away_what_they_read(company: Cast) -> None:
    """A fact over contracts gives away transactions, also those in its filter."""
    model = current().model
    by_code = {fact.code: fact for fact in model.facts["customer"]}
    assert classes_of(model, "customer", by_code["total_purchase"].expression) == {"交易"}
    assert classes_of(model, "customer", by_code["influential"].expression) == {"身份"}
    assert classes_of(model, "customer", by_code["active_in_events"].expression) == {"来往"}


def test_a_function_gives_away_what_its_arguments_are(company: Cast) -> None:
    """The size of an amount is as secret as the amount."""
    amount = FieldRef("total_purchase", Number(2))
    size = Call(Function.ABS, (amount,), Number(2))
    assert classes_of(current().model, "customer", size) == {"交易"}


def test_a_figure_gives_away_what_it_reads_of_the_record_itself(company: Cast) -> None:
    """Contracts counted by whether the customer has influence tell both about transactions and about who they are."""
    influential = OuterRef("influential", BOOLEAN)
    large = Binary(Operator.GREATER, FieldRef("amount", Number(2)), OuterRef("total_purchase", Number(2)), BOOLEAN)
    by_filter = Aggregate(AggregateFunction.COUNT, "purchase_contract", "customer", influential, None, Number())
    by_value = Aggregate(AggregateFunction.SOME, "purchase_contract", "customer", large, influential, BOOLEAN)
    plain = Aggregate(AggregateFunction.COUNT, "purchase_contract", "customer", large, None, Number())
    model = current().model
    via = classes_of(model, "purchase_contract", FieldRef("customer", Number()))
    assert classes_of(model, "customer", by_filter) == via | {"身份"}
    assert classes_of(model, "customer", by_value) == via | {"身份", "交易"}
    assert classes_of(model, "customer", plain) == via | {"交易"}


def test_the_cast_has_its_reach(company: Cast) -> None:
    """Branch people reach their branch, head office everybody, and the administrator nobody."""
    assert rights.scope(viewer_for(company.lin_xiao.id), "customer") == Q(unit_id__in=[company.lin_xiao.unit_id])
    assert rights.scope(viewer_for(company.zhou_min.id), "customer") == Q()
    assert rights.scope(viewer_for(company.guan_li.id), "customer") == rights.NOTHING
    assert not rights.visible(viewer_for(company.lin_xiao.id), "purchase_contract")
