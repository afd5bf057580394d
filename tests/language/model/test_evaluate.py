"""Evaluating one tree agrees with the generated Python."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from keguan.language import api
from keguan.language.model.evaluate import Values, evaluate, parameters_on
from keguan.language.model.model import Fact
from tests.language.sources import model_of, pack

MODEL = model_of(*pack("core", "property-developer"))
RUNNER = api.runner(MODEL, "customer")
TODAY = date(2026, 11, 21)

customers = st.fixed_dictionaries(
    {
        "field_influence": st.sampled_from([None, "重大", "较大", "一般"]),
        "company_influence": st.sampled_from([None, "有一定影响", "一般"]),
        "public_office": st.sampled_from([None, True, False]),
        "leads_others": st.sampled_from([None, True, False]),
        "intends": st.sampled_from([None, True, False]),
    }
)
contracts = st.lists(
    st.fixed_dictionaries(
        {
            "amount": st.one_of(st.none(), st.integers(0, 6_000_000_000)),
            "contract_status": st.sampled_from([None, "履行中", "已完成", "已解除"]),
            "property_kind": st.sampled_from([None, "独立别墅", "同类型物业", "公寓"]),
        }
    ),
    max_size=4,
)


@given(customers, contracts, st.integers(0, 4))
@settings(max_examples=200)
def test_facts_and_rules_agree_with_the_runner(
    customer: dict[str, object], bought: list[dict[str, object]], events: int
) -> None:
    """Every fact has the runner's value, and the first row whose tests hold is the runner's row."""
    children = {("purchase_contract", "customer"): bought, ("attendance", "customer"): [{}] * events}
    computed = RUNNER.run(customer, children, TODAY)
    values = Values(TODAY, parameters_on(MODEL.parameters, TODAY), customer | computed, children)
    for fact in MODEL.computations["customer"]:
        if isinstance(fact, Fact):
            assert evaluate(fact.expression, values) == computed[fact.code], fact.code
    decision = MODEL.decisions["customer_grade"]
    inputs = [evaluate(column.expression, values) for column in decision.inputs]
    held = [
        rule.number
        for rule in decision.rules
        if all(
            test is None or evaluate(test, Values(parameters=values.parameters, inputs=inputs)) is True
            for test in rule.tests
        )
    ]
    assert held[0] == computed["customer_grade_rule"]


def test_required_fields_follow_their_conditions() -> None:
    """The owner's address is missing once there is a purchase, and not before; an empty text counts as missing."""
    record = {"name": "叶舟", "customer_kind": "个人", "phone": "filled", "purchases": 0, "owner_address": None}
    assert api.missing(MODEL, "customer", record, {}, TODAY) == ()
    assert api.missing(MODEL, "customer", record | {"purchases": 1}, {}, TODAY) == ("owner_address",)
    assert api.missing(MODEL, "customer", record | {"name": ""}, {}, TODAY) == ("name",)
    assert api.missing(MODEL, "customer", record | {"customer_kind": "单位"}, {}, TODAY) == ("uscc",)
