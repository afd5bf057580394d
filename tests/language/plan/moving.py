"""Who would move between two versions, and regions whose shops' turnover two versions work out differently."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from keguan.language.feel.types import TEXT
from keguan.language.plan import simulation
from tests.language.plan.models import MONEY, WHOLE, Draft, To
from tests.language.plan.test_write_back import store

if TYPE_CHECKING:
    from keguan.language.model.model import Model
    from tests.language.plan.engines import Engine

TODAY = date(2026, 11, 21)


def moved(engine: Engine, new: Model, decision: str, old: Model, tables: Model | None = None) -> list[tuple[Any, ...]]:
    """(id, was, would be) of every record of which a decision's first output would be another, by id."""
    found = simulation(old, new, engine.dialect, TODAY, tables=tables)
    planned = next((each for each in found.decisions if each.code == decision), None)
    if planned is None:
        assert decision in {each.code for each in found.still}
        return []
    rows = engine.rows(planned.flows.sql, {**planned.flows.parameters, "each": 99})
    return sorted((row[-1], row[0], row[1]) for row in rows if row[-1] is not None)


def branch(*, with_level: bool) -> Draft:
    """Shops of a region. The draft counts large orders, which no table has yet."""
    draft = Draft()
    draft.record("order", amount=MONEY, shop=To("shop"), **({"urgent": TEXT} if with_level else {}))
    draft.record("shop", name=TEXT, region=To("region"))
    draft.record("region", name=TEXT)
    if with_level:
        draft.record("note", text=TEXT, region=To("region"))
    draft.fact("shop", "turnover", MONEY, f"sum(order{'[amount > 10]' if with_level else ''}.amount)")
    draft.fact("region", "total", MONEY, "sum(shop.turnover)")
    if with_level:
        draft.fact("shop", "large", WHOLE, 'count(order[amount > 10 or urgent = "是"])')
        draft.fact("region", "notes", WHOLE, "count(note)")
    else:
        draft.fact("region", "notes", WHOLE, "0")
    inputs, rows = ["total", "notes"], ('>= 100 | - -> "大"', '- | 0 -> "小"', '- | - -> "无"')
    draft.decision("region", "size", inputs, {"size_class": TEXT}, rows)
    if with_level:
        outputs = {"level": TEXT}
        draft.decision("shop", "shop_level", ["large"], outputs, ('> 0 -> "高"', '- -> "低"'))
    return draft


@pytest.fixture
def regions(engine: Engine) -> tuple[Engine, Model]:
    """Two regions, computed by the policy in force."""
    model = branch(with_level=False).model()
    engine.create(model)
    engine.insert("region", ("id",), [(1,), (2,)])
    engine.insert("shop", ("id", "region_id"), [(1, 1), (2, 1), (3, 2)])
    orders = [(1, 1, 6000), (2, 1, 1000), (3, 2, 3500), (4, 3, 20000)]
    engine.insert("order", ("id", "shop_id", "amount"), orders)
    store(engine, model, "shop")
    store(engine, model, "region")
    return engine, model
