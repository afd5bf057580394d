"""What is read through references, on every engine and in trials, with values by hand."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from keguan.language.feel.types import BOOLEAN, TEXT
from keguan.language.plan import computation, simulation
from keguan.language.run import Runner
from tests.language.plan.models import MONEY, WHOLE, Draft, To
from tests.language.plan.moving import moved
from tests.language.plan.test_write_back import store

if TYPE_CHECKING:
    from keguan.language.feel.types import Type
    from keguan.language.model.model import Model
    from tests.language.plan.engines import Engine

TODAY = date(2026, 11, 21)


def credit(large: str = "> 3", steps: str = "customer.region.large") -> Draft:
    """Contracts of customers in regions; a region is large by what it counts of its offices."""
    draft = Draft()
    more: dict[str, Type | To] = {}
    if "branch" in steps:
        draft.record("branch", open=BOOLEAN)
        more = {"branch": To("branch"), "rating": WHOLE}
    draft.record("office", seats=WHOLE, region=To("region"))
    draft.record("region", name=TEXT)
    draft.record("customer", limit=MONEY, sponsor=To("customer"), region=To("region"), **more)
    draft.record("contract", amount=MONEY, customer=To("customer"))
    draft.fact("region", "seats_there", WHOLE, "sum(office.seats)")
    draft.fact("region", "large", BOOLEAN, f"seats_there {large}")
    draft.fact("customer", "sponsored", MONEY, "sponsor.limit")
    draft.fact("customer", "above", WHOLE, "count(contract[amount > customer.limit])")
    draft.fact("contract", "over", BOOLEAN, "amount > customer.limit")
    draft.decision(
        "contract", "care", [steps, "over"], {"risk": TEXT}, ('true | - -> "低"', '- | true -> "高"', '- | - -> "中"')
    )
    return draft


def fill(engine: Engine, model: Model) -> None:
    """Two regions, of which the first has four seats; three customers, of whom one is nowhere; five contracts."""
    engine.create(model)
    engine.insert("region", ("id", "name"), [(1, "江南"), (2, "滨海")])
    engine.insert("office", ("id", "seats", "region_id"), [(1, 3, 1), (2, 1, 1), (3, 2, 2), (4, 9, None)])
    engine.insert(
        "customer", ("id", "limit", "sponsor_id", "region_id"), [(1, 100, None, 1), (2, 50, 1, 2), (3, None, 2, None)]
    )
    contracts = [(1, 200, 1), (2, 100, 1), (3, 51, 2), (4, 1, 3), (5, 7, None)]
    engine.insert("contract", ("id", "amount", "customer_id"), contracts)


def computed(engine: Engine, model: Model, record_type: str, *, only: bool = False) -> dict[int, dict[str, Any]]:
    """What the one statement gives, by id."""
    made = computation(model, record_type, engine.dialect, today=TODAY, only=only)
    return {
        row[0]: {
            column.name: engine.read(value, column.type) for column, value in zip(made.columns, row[1:], strict=True)
        }
        for row in engine.rows(made.select, made.parameters)
    }


@pytest.fixture
def stored(engine: Engine) -> Engine:
    """Everything computed and kept, each type after those that it reads."""
    model = credit().model()
    fill(engine, model)
    for record_type in ("region", "customer", "contract"):
        store(engine, model, record_type)
    return engine


def test_values_come_from_one_and_two_steps_up(stored: Engine) -> None:
    """Fields and facts, null where there is nobody or nothing; no contract is lost and none counted twice."""
    model = credit().model()
    found = computed(stored, model, "contract")
    assert [(each["over"], each["in_care_0"], each["risk"]) for _, each in sorted(found.items())] == [
        (True, True, "低"),
        (False, True, "低"),
        (True, False, "高"),
        (None, None, "中"),
        (None, None, "中"),
    ]


def test_a_child_that_looks_back_sees_the_record_itself(stored: Engine) -> None:
    """``customer.limit`` in a filter over a customer's contracts is that customer's; a sponsor is one of them too."""
    found = computed(stored, credit().model(), "customer")
    assert found == {
        1: {"sponsored": None, "above": 1},
        2: {"sponsored": 100, "above": 1},
        3: {"sponsored": 50, "above": 0},
    }


def test_only_the_affected_are_computed(stored: Engine) -> None:
    """The joins keep to them."""
    stored.execute("CREATE TEMPORARY TABLE affected (id bigint)")
    stored.execute("INSERT INTO affected VALUES (3), (5)")
    found = computed(stored, credit().model(), "contract", only=True)
    assert {number: each["risk"] for number, each in found.items()} == {3: "高", 5: "中"}


def test_a_trial_computes_on_the_way_what_is_referred_to(stored: Engine) -> None:
    """A draft by which no region is large moves the contracts there, whatever the tables still say."""
    old, new = credit().model(), credit("> 4").model()
    assert moved(stored, new, "care", old) == [(1, "低", "高"), (2, "低", "中")]


def test_a_trial_gives_reasons_for_those_who_move(stored: Engine) -> None:
    """With both inputs, by computing the regions of their customers alone."""
    old, new = credit().model(), credit("> 4").model()
    (care,) = simulation(old, new, stored.dialect, TODAY).decisions
    statement = care.reasons([2])
    (row,) = stored.rows(statement.sql, statement.parameters)
    assert [bool(each) if isinstance(each, int) and n > 4 else each for n, each in enumerate(row)] == [
        *(2, "低", 1, "中", 3),
        *(True, False, False, False),
    ]


def test_a_draft_may_refer_to_what_is_not_there_yet(stored: Engine) -> None:
    """A field, a reference and a record type that no table has read as null."""
    old, draft = credit().model(), credit(steps="customer.branch.open or customer.rating > 1")
    assert moved(stored, draft.model(), "care", old) == [(1, "低", "高"), (2, "低", "中")]


def test_generated_python_is_given_what_is_read() -> None:
    """Under the names of the references and of the field; what is not given is null."""
    runner = Runner(credit().model(), "contract")
    record = {"amount": 200, "customer/limit": 100, "customer/region/large": False}
    assert runner.run(record, {}, TODAY)["risk"] == "高"
    assert runner.run({"amount": 200}, {}, TODAY)["risk"] == "中"
    assert "record.get('customer/region/large')" in runner.source(TODAY)
