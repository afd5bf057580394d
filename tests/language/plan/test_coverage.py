from __future__ import annotations

from collections import Counter
from typing import get_args

import pytest

from keguan.language.feel.typed import (
    Aggregate,
    AggregateFunction,
    Binary,
    Call,
    Function,
    InputRef,
    Literal,
    Operator,
    Typed,
)
from keguan.language.feel.types import Attachment, Type
from keguan.language.model.model import HitPolicy
from keguan.language.plan.context import DIALECTS
from keguan.language.plan.statement import DialectName
from tests.language.plan.conftest import ENGINES
from tests.language.plan.constructs import SIGNATURES
from tests.language.plan.tables import outputs, rules
from tests.language.plan.test_constructs import TREES, table
from tests.language.plan.walking import inside

WRITTEN_ONLY = {Operator.POWER}
"""What authors may write and no typed tree holds: inference makes multiplications of it."""


CELLS = [test for hit in HitPolicy for rule in rules(hit) for test in rule.tests]
NODES = list(inside(*TREES.values(), *CELLS))


def test_every_kind_of_node_is_drawn() -> None:
    """A new node of the typed tree has to be drawn before it may be used."""
    assert {type(node) for node in NODES} == set(get_args(Typed))


def test_every_operator_is_drawn() -> None:
    """Likewise a new operator."""
    assert {node.operator for node in NODES if isinstance(node, Binary)} == set(Operator) - WRITTEN_ONLY


def test_every_function_is_drawn_and_with_every_number_of_operands() -> None:
    """Likewise a new function; the signatures are those of its definition."""
    assert {node.function for node in NODES if isinstance(node, Call)} == set(Function) == set(SIGNATURES)
    lengths = {len(node.arguments) for node in NODES if isinstance(node, Call) and node.function is Function.SUBSTRING}
    assert lengths == {2, 3}


def test_every_figure_is_drawn_with_and_without_a_condition() -> None:
    """Likewise a new figure over children."""
    found = Counter((node.function, node.where is None) for node in NODES if isinstance(node, Aggregate))
    assert set(found) == {(function, every) for function in AggregateFunction for every in (True, False)}


def test_every_type_is_drawn_as_a_value_a_constant_a_null_and_an_input() -> None:
    """Likewise a new type; null's own type is only that of the constant, and an attachment is no input of a table: of a
    field it is asked whether it is there.
    """
    types = set(get_args(Type))
    assert {type(node.type) for node in NODES} == types
    assert {type(node.type) for node in NODES if isinstance(node, Literal) and node.value is None} == types
    stored = {kind for kind in types if kind.__name__ != "Null"}
    assert {type(node.type) for node in NODES if isinstance(node, Literal) and node.value is not None} == stored
    assert {type(node.type) for node in NODES if isinstance(node, InputRef)} == stored - {Attachment}


@pytest.mark.parametrize("hit", HitPolicy)
def test_every_hit_policy_has_a_table(hit: HitPolicy) -> None:
    """Likewise a new hit policy."""
    decision = table(hit).decisions["level"]
    assert decision.hit is hit
    assert [output.code for output in decision.outputs] == list(outputs(hit))


def test_every_dialect_runs_them() -> None:
    """A new dialect has to run all of that too."""
    assert set(ENGINES) == set(get_args(DialectName)) == set(DIALECTS)
