from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, event, given, reject, settings
from hypothesis import strategies as st

from keguan.language.plan import computation
from keguan.language.run import Runner
from tests.language.plan.boundaries import edges, rows
from tests.language.plan.conftest import ENGINES
from tests.language.plan.engines import Engine, open_engine
from tests.language.plan.meaning import Meaning
from tests.language.plan.trees import CUSTOMER, ORDER, SHOP, TODAY, policies

if TYPE_CHECKING:
    from collections.abc import Iterator

    from keguan.language.model.model import Model

TOO_LARGE = ("out of range", "raised exception", "integer overflow", "Out of Range", "in multiplication")
PEOPLE = 12
Row = tuple[Any, ...]


@pytest.fixture(scope="module", params=ENGINES)
def server(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """One connection for all examples; every example rolls its tables back."""
    opened = open_engine(request.param)
    yield opened
    opened.connection.close()


@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
@given(model=policies(), seed=st.integers(0, 2**32))
def test_sql_python_and_meaning_agree(server: Engine, model: Model, seed: int) -> None:
    """Any expressions and table, on rows of nulls and boundary values: three executions, one answer."""
    random, values = Random(seed), edges(model)
    people = rows(random, CUSTOMER, values, PEOPLE)
    orders = [(*row, random.randrange(PEOPLE)) for row in rows(random, ORDER, values, 2 * PEOPLE)]
    shops = rows(random, SHOP, values, 3)
    by_sql = run_sql(server, model, people, orders, shops)
    runner = Runner(model, "customer")
    for number, person in enumerate(people):
        record = with_shop(dict(zip(CUSTOMER, person, strict=True)), number, shops)
        own = [
            with_shop(dict(zip(ORDER, order, strict=False)), place, shops)
            for place, order in enumerate(orders)
            if order[-1] == number
        ]
        children = {("order", "customer"): own}
        meant = Meaning(model, TODAY, record, children).compute("customer")
        assert by_sql[number] == meant
        assert runner.inputs(record, children, TODAY) == meant
        assert runner.run(record, children, TODAY).items() <= meant.items()


def shop_of(number: int) -> int | None:
    """The shop of the person or of the order with this number."""
    return (0, 1, None, 2, 0)[number % 5]


def with_shop(record: dict[str, Any], number: int, shops: list[Row]) -> dict[str, Any]:
    """A record with what it reads of its shop."""
    shop = shop_of(number)
    values: Row = (None,) * len(SHOP) if shop is None else shops[shop]
    return record | {f"shop/{code}": value for code, value in zip(SHOP, values, strict=True)}


def run_sql(server: Engine, model: Model, people: list[Row], orders: list[Row], shops: list[Row]) -> Any:
    """Every person's results by number. An example whose figures exceed 64 bits is set aside."""
    server.execute("BEGIN")
    try:
        server.create(model)
        server.insert("shop", ("id", *SHOP), [(n, *row) for n, row in enumerate(shops)])
        placed = [(n, shop_of(n), *row) for n, row in enumerate(people)]
        server.insert("customer", ("id", "shop_id", *CUSTOMER), placed)
        numbered = [(n, shop_of(n), *row) for n, row in enumerate(orders)]
        server.insert("order", ("id", "shop_id", *ORDER, "customer_id"), numbered)
        made = computation(model, "customer", server.dialect, today=TODAY)
        found = server.rows(made.select, made.parameters)
    except Exception as error:
        if any(words in str(error) for words in TOO_LARGE):
            event("too large")
            reject()
        raise
    finally:
        server.execute("ROLLBACK")
    columns = made.columns
    return {
        row[0]: {column.name: server.read(value, column.type) for column, value in zip(columns, row[1:], strict=True)}
        for row in found
    }
