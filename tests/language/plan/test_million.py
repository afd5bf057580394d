from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Any

import pytest

from keguan.language.plan import computation
from keguan.language.run import Runner
from tests.language.plan.engines import Engine, open_engine
from tests.language.plan.models import grading
from tests.language.plan.population import CONTRACT, CUSTOMER, people
from tests.language.plan.trees import TODAY

if TYPE_CHECKING:
    from keguan.language.model.model import Model

BATCH = 50_000


@pytest.mark.parametrize("dialect", ["sqlite", "postgresql", "duckdb"])
def test_a_hundred_thousand_customers_are_graded_alike(dialect: str) -> None:
    """Generated Python and the one statement agree on every fact, rule and grade."""
    assert disagreements(open_engine(dialect), 2) == []


@pytest.mark.slow
@pytest.mark.parametrize(("dialect", "batches"), [("sqlite", 20), ("postgresql", 20), ("duckdb", 20)])
def test_a_million_customers_are_graded_alike(dialect: str, batches: int) -> None:
    """As above, a million of them."""
    assert disagreements(open_engine(dialect), batches) == []


def disagreements(engine: Engine, batches: int) -> list[Any]:
    """The customers for whom the two executions differ."""
    model = grading().model()
    engine.create(model)
    engine.execute("CREATE INDEX by_customer ON rec_purchase_contract (customer_id)")
    runner = Runner(model, "customer")
    made = computation(model, "customer", engine.dialect, today=TODAY)
    names = [column.name for column in made.columns if not column.name.startswith("in_")]
    select = f"SELECT {', '.join(names)} FROM ({made.select}) AS found ORDER BY id"
    found: list[Any] = []
    for batch in range(batches):
        records, children = generate(engine, Random(batch), model)
        for number, row in enumerate(engine.rows(select, made.parameters)):
            by_sql = dict(zip(names, row, strict=True))
            by_python = runner.run(records[number], children[number], TODAY)
            if by_sql != by_python:
                found.append((batch, number, by_sql, by_python))
    engine.connection.close()
    return found


def generate(engine: Engine, random: Random, model: Model) -> tuple[list[dict[str, Any]], list[Any]]:
    """Fill the tables with one batch; give the same as records and children."""
    for record_type in model.record_types:
        engine.execute(f"DELETE FROM rec_{record_type}")
    records, children, contracts, attendances = [], [], [], []
    for number, (record, own, attended) in enumerate(people(random, BATCH)):
        records.append(record)
        contracts += [(number, *contract.values()) for contract in own]
        attendances += [(number,)] * attended
        children.append({("purchase_contract", "customer"): own, ("attendance", "customer"): [{}] * attended})
    engine.load("customer", ("id", *CUSTOMER), [(n, *record.values()) for n, record in enumerate(records)])
    engine.load("purchase_contract", ("customer_id", *CONTRACT), contracts)
    engine.load("attendance", ("customer_id",), attendances)
    return records, children
