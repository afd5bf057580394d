"""Generated Python against the plain meaning of the typed tree, on random policies and rows."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from keguan.language.model.evaluate import Values, evaluate, parameters_on
from keguan.language.model.model import Decision, Fact
from keguan.language.model.naming import rule_column
from keguan.language.run import Runner, TooLarge, outcome, values_on
from keguan.language.run.room import LARGEST, LEAST
from tests.language.plan.boundaries import edges, rows
from tests.language.plan.meaning import Meaning
from tests.language.plan.trees import SEEN_CUSTOMER, SEEN_ORDER, TODAY, policies

if TYPE_CHECKING:
    from keguan.language.model.model import Model


def too_large(meant: dict[str, object]) -> bool:
    """Whether there is a value that no database could keep."""
    return any(isinstance(each, int) and not LEAST <= each <= LARGEST for each in meant.values())


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(model=policies(), seed=st.integers(0, 2**32))
def test_generated_python_means_what_the_tree_means(model: Model, seed: int) -> None:
    """Any facts and table, on rows of nulls and boundary values: the same values, of the same Python types."""
    random, values = Random(seed), edges(model)
    runner = Runner(model, "customer")
    for person in rows(random, SEEN_CUSTOMER, values, 20):
        record = dict(zip(SEEN_CUSTOMER, person, strict=True))
        own = [
            dict(zip(SEEN_ORDER, order, strict=True)) for order in rows(random, SEEN_ORDER, values, random.randrange(4))
        ]
        children = {("order", "customer"): own}
        meant = Meaning(model, TODAY, record, children).compute("customer")
        if too_large(meant):
            for run in (runner.inputs, runner.run):
                with pytest.raises(TooLarge):
                    run(record, children, TODAY)
            continue
        for found in (runner.inputs(record, children, TODAY), runner.run(record, children, TODAY)):
            assert {code: (type(meant[code]), meant[code]) for code in found} == {
                code: (type(value), value) for code, value in found.items()
            }
        assert runner.inputs(record, children, TODAY).keys() == meant.keys()


@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
@given(model=policies(), seed=st.integers(0, 2**32))
def test_an_outcome_is_replayed_from_its_inputs(model: Model, seed: int) -> None:
    """The inputs, parameters and day that a run was made with give its outcome again."""
    random, values = Random(seed), edges(model)
    runner = Runner(model, "customer")
    for person in rows(random, SEEN_CUSTOMER, values, 10):
        try:
            made = runner.inputs(dict(zip(SEEN_CUSTOMER, person, strict=True)), {}, TODAY)
        except TooLarge:
            continue
        for decision in model.decisions.values():
            inputs = [made[f"in_{decision.code}_{index}"] for index in range(len(decision.inputs))]
            replayed = outcome(decision, inputs, values_on(model, model.parameters, TODAY), TODAY)
            assert replayed.values == tuple(made[output.code] for output in decision.outputs)
            assert made[rule_column(decision.code)] in (replayed.rule, ",".join(map(str, replayed.rules)) or None)


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(model=policies(), seed=st.integers(0, 2**32))
def test_a_single_tree_evaluates_to_what_it_means(model: Model, seed: int) -> None:
    """Evaluating single trees, as analysis and explanations do, agrees as well: every fact, input and cell."""
    random, edge_values = Random(seed), edges(model)
    parameters = parameters_on(model.parameters, TODAY)
    for person in rows(random, SEEN_CUSTOMER, edge_values, 10):
        record = dict(zip(SEEN_CUSTOMER, person, strict=True))
        own = [
            dict(zip(SEEN_ORDER, order, strict=True))
            for order in rows(random, SEEN_ORDER, edge_values, random.randrange(4))
        ]
        meaning = Meaning(model, TODAY, record, {("order", "customer"): own})
        meant = meaning.compute("customer")
        values = Values(TODAY, parameters, {**record, **meant}, {("order", "customer"): own})
        for step in model.computations["customer"]:
            if isinstance(step, Fact):
                assert evaluate(step.expression, values) == meant[step.code]
            else:
                _agrees(step, values, meant, Meaning(model, TODAY, {**record, **meant}, {("order", "customer"): own}))


def _agrees(decision: Decision, values: Values, meant: dict[str, object], meaning: Meaning) -> None:
    inputs = [evaluate(column.expression, values) for column in decision.inputs]
    assert inputs == [meant[f"in_{decision.code}_{index}"] for index in range(len(inputs))]
    meaning.inputs = inputs
    told = Values(values.today, values.parameters, values.record, values.children, inputs)
    for rule in decision.rules:
        for cell in (*(test for test in rule.tests if test is not None), *rule.results):
            assert evaluate(cell, told) == meaning.value(cell)
