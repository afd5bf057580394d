"""Figures over children that read the record itself, on every engine and in generated Python, with values by hand."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from keguan.language.feel.types import BOOLEAN, DATE, TEXT
from keguan.language.plan import computation
from keguan.language.run import Runner
from tests.language.plan.models import MONEY, PERCENT, WHOLE, Draft, To
from tests.language.plan.moving import moved

if TYPE_CHECKING:
    from keguan.language.model.model import Model
    from tests.language.plan.engines import Engine

TODAY = date(2026, 11, 21)
SHIPMENTS = (
    {"id": 1, "shipped": date(2026, 1, 31), "amount": 10_000, "customer_id": 1},
    {"id": 2, "shipped": date(2026, 1, 31), "amount": 5_000, "customer_id": 1},
    {"id": 3, "shipped": None, "amount": 7_000, "customer_id": 2},
    {"id": 4, "shipped": date(2026, 8, 1), "amount": None, "customer_id": None},
)
RECEIPTS = (
    (1, 1, date(2026, 7, 30), 2_500),
    (2, 1, date(2026, 7, 31), 4_000),  # the very day of the limit is too late
    (3, 1, None, 100),
    (4, 1, date(2026, 2, 1), None),
    (5, 2, date(2026, 6, 30), 5_000),
    (6, 3, date(2026, 6, 30), 7_000),
    (7, None, date(2026, 1, 1), 99),
)


def credit(months: str = "6", bound: str = "collect_by") -> Draft:
    """Shipments with receipts: what came before the day by which it had to."""
    draft = Draft()
    draft.record("receipt", received=DATE, paid=MONEY, shipment=To("shipment"))
    draft.record("shipment", shipped=DATE, amount=MONEY, customer=To("customer"))
    draft.record("customer", name=TEXT)
    draft.parameter("months", WHOLE, since_2025_01_01=6)
    draft.fact("shipment", "collect_by", DATE, f"shipped + {months} * 1个月")
    draft.fact("shipment", "in_time", MONEY, f"sum(receipt[received < {bound}].paid)")
    draft.fact("shipment", "received_all", MONEY, "sum(receipt.paid)")
    draft.fact("shipment", "rate", PERCENT, "in_time / amount")
    draft.fact("shipment", "late", WHOLE, "count(receipt[received >= collect_by])")
    draft.fact("shipment", "above", WHOLE, "count(receipt[paid * 2 > in_time])")
    draft.fact("shipment", "settled", BOOLEAN, "some r in receipt satisfies r.paid = amount")
    draft.fact("shipment", "small", BOOLEAN, "every r in receipt satisfies r.paid <= amount")
    draft.fact(
        "shipment", "shares", WHOLE, "sum(for r in receipt return if r.paid > received_all / 2 then late else 1)"
    )
    draft.decision(
        "shipment",
        "standing",
        ["rate", "max(receipt[paid < amount].paid)"],
        {"grade": TEXT},
        ('>= 50% | - -> "好"', '- | > 10 -> "中"', '- | - -> "差"'),
    )
    draft.fact("customer", "settled_in_time", MONEY, "sum(shipment[in_time >= amount].amount)")
    return draft


EXPECTED: dict[int, dict[str, Any]] = {
    1: {
        "collect_by": date(2026, 7, 31),
        "in_time": 2_500,
        "received_all": 6_600,
        "rate": 2_500,
        "late": 1,
        "above": 2,
        "settled": False,  # equality is two-valued: an amount that is missing is not that one
        "small": None,
        "shares": 4,
        "in_standing_0": 2_500,
        "in_standing_1": 4_000,
        "standing_rule": 2,
        "grade": "中",
    },
    2: {
        "collect_by": date(2026, 7, 31),
        "in_time": 5_000,
        "received_all": 5_000,
        "rate": 10_000,
        "late": 0,
        "above": 1,
        "settled": True,
        "small": True,
        "shares": 0,
        "in_standing_0": 10_000,
        "in_standing_1": None,
        "standing_rule": 1,
        "grade": "好",
    },
    3: {
        "collect_by": None,
        "in_time": None,
        "received_all": 7_000,
        "rate": None,
        "late": 0,
        "above": 0,
        "settled": True,
        "small": True,
        "shares": 0,
        "in_standing_0": None,
        "in_standing_1": None,
        "standing_rule": 3,
        "grade": "差",
    },
    4: {
        "collect_by": date(2027, 2, 1),
        "in_time": None,
        "received_all": None,
        "rate": None,
        "late": 0,
        "above": 0,
        "settled": False,
        "small": True,
        "shares": None,
        "in_standing_0": None,
        "in_standing_1": None,
        "standing_rule": 3,
        "grade": "差",
    },
}


def fill(engine: Engine, model: Model) -> None:
    """The shipments and receipts, nothing computed."""
    engine.create(model)
    engine.insert("customer", ("id",), [(1,), (2,)])
    engine.insert("shipment", tuple(SHIPMENTS[0]), [tuple(each.values()) for each in SHIPMENTS])
    engine.insert("receipt", ("id", "shipment_id", "received", "paid"), RECEIPTS)


def computed(engine: Engine, model: Model, record_type: str, *, only: bool = False) -> dict[int, dict[str, Any]]:
    """What the statement gives, by id and column."""
    made = computation(model, record_type, engine.dialect, today=TODAY, only=only)
    return {
        id_: {column.name: engine.read(value, column.type) for column, value in zip(made.columns, values, strict=True)}
        for id_, *values in engine.rows(made.select, made.parameters)
    }


def test_one_statement_reads_the_records_own_facts(engine: Engine) -> None:
    """Days, amounts, earlier figures and nulls of the shipment, while its receipts are gone through."""
    model = credit().model()
    fill(engine, model)
    assert computed(engine, model, "shipment") == EXPECTED


def test_only_the_affected_are_computed(engine: Engine) -> None:
    """The join keeps to them."""
    model = credit().model()
    fill(engine, model)
    engine.execute("CREATE TEMPORARY TABLE affected (id bigint)")
    engine.execute("INSERT INTO affected VALUES (1), (3)")
    assert computed(engine, model, "shipment", only=True) == {1: EXPECTED[1], 3: EXPECTED[3]}


def test_generated_python_reads_the_records_own_facts() -> None:
    """The same values; the child's ``paid`` and the shipment's ``amount`` are never mixed up."""
    runner = Runner(credit().model(), "shipment")
    for shipment in SHIPMENTS:
        rows = [{"received": day, "paid": paid} for _, of, day, paid in RECEIPTS if of == shipment["id"]]
        children = {("receipt", "shipment"): rows}
        assert runner.inputs(shipment, children, TODAY) == EXPECTED[shipment["id"]]


def test_the_same_code_on_both_sides_is_kept_apart() -> None:
    """A child's field with the code of the record's is read from the child, also after the record's was read."""
    draft = Draft().record("line", amount=MONEY, order=To("order")).record("order", amount=MONEY, top=MONEY)
    draft.fact("order", "limit", MONEY, "if amount > 1 then amount * 2 else top")
    draft.fact("order", "over", WHOLE, "count(line[amount > 1 and amount > limit])")
    draft.fact("order", "twice", MONEY, "if amount > 1 then limit - top else 0")
    lines = [{"amount": value} for value in (100, 5_000, 7_000, None)]
    runner = Runner(draft.model(), "order")
    made = runner.run({"amount": 3_000, "top": 5}, {("line", "order"): lines}, TODAY)
    assert made == {"limit": 6_000, "over": 1, "twice": 5_995}


@pytest.mark.parametrize(("months", "bound"), [("3", "collect_by"), ("months", "collect_by"), ("6", "shipped")])
def test_two_versions_side_by_side_keep_their_own_names(engine: Engine, months: str, bound: str) -> None:
    """A draft with another term, or that compares with another day, moves only those whose money came in between."""
    old, new = credit().model(), credit(months, bound).model()
    fill(engine, old)
    assert moved(engine, new, "standing", old) == ([] if months == "months" else [(2, "好", "差")])


def test_a_trial_computes_such_figures_of_children_on_the_way(engine: Engine) -> None:
    """The customer's figure reads the shipments' facts of both versions, which no table has."""
    model = credit().model()
    draft = credit()
    draft.decision("customer", "trust", ["settled_in_time"], {"trusted": TEXT}, ('> 0 -> "可"', '- -> "否"'))
    strict = credit("3")
    strict.decision("customer", "trust", ["settled_in_time"], {"trusted": TEXT}, ('> 0 -> "可"', '- -> "否"'))
    fill(engine, model)
    assert moved(engine, strict.model(), "trust", draft.model(), model) == [(1, "可", "否")]
