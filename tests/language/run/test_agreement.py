"""Generated Python against the plain meaning of the typed tree, on random policies and rows."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from keguan.language.model.naming import rule_column
from keguan.language.run import Runner, outcome, values_on
from tests.language.plan.meaning import Meaning
from tests.language.plan.trees import CUSTOMER, ORDER, TODAY, edges, policies, rows

if TYPE_CHECKING:
    from keguan.language.model.model import Model


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(model=policies(), seed=st.integers(0, 2**32))
def test_generated_python_means_what_the_tree_means(model: Model, seed: int) -> None:
    """Any facts and table, on rows of nulls and boundary values: the same values, of the same Python types."""
    random, values = Random(seed), edges(model)
    runner = Runner(model, "customer")
    for person in rows(random, CUSTOMER, values, 20):
        record = dict(zip(CUSTOMER, person, strict=True))
        own = [dict(zip(ORDER, order, strict=True)) for order in rows(random, ORDER, values, random.randrange(4))]
        children = {("order", "customer"): own}
        meant = Meaning(model, TODAY, record, children).compute("customer")
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
    for person in rows(random, CUSTOMER, values, 10):
        made = runner.inputs(dict(zip(CUSTOMER, person, strict=True)), {}, TODAY)
        for decision in model.decisions.values():
            inputs = [made[f"in_{decision.code}_{index}"] for index in range(len(decision.inputs))]
            replayed = outcome(decision, inputs, values_on(model, model.parameters, TODAY), TODAY)
            assert replayed.values == tuple(made[output.code] for output in decision.outputs)
            assert made[rule_column(decision.code)] in (replayed.rule, ",".join(map(str, replayed.rules)) or None)
