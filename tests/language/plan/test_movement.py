from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from keguan.language.feel.types import TEXT
from keguan.language.model.model import Model
from keguan.language.plan import movement
from tests.language.plan.engines import Engine
from tests.language.plan.models import MONEY, WHOLE, Draft, To, grading
from tests.language.plan.test_write_back import history, outcomes, store

TODAY = date(2026, 11, 21)


def trial(engine: Engine, draft: Model, decision: str, current: Model, limit: int = 10) -> tuple[Any, Any]:
    """Who would move, as counts and as rows."""
    record_type = draft.decisions[decision].record_type
    made = movement(draft, record_type, decision, engine.dialect, TODAY, current=current)
    counts = engine.rows(made.counts.sql, made.counts.parameters)
    return counts, engine.rows(made.moved.sql, {**made.moved.parameters, "limit": limit})


def test_a_trial_counts_who_moves_and_writes_nothing(engine: Engine) -> None:
    """A higher threshold would move two of three from B to C; the stored outcomes stay."""
    model = grading().model()
    engine.create(model)
    engine.insert("customer", ("id",), [(1,), (2,), (3,), (4,)])
    contracts = [(1, 1, 900_000_000), (2, 2, 900_000_000), (3, 3, 2_000_000_000)]
    engine.insert("purchase_contract", ("id", "customer_id", "amount"), contracts)
    store(engine, model)
    before = outcomes(engine), history(engine)
    counts, moved = trial(engine, grading("1000万").model(), "customer_grade", model)
    assert sorted(counts) == [("B", "B", 1), ("B", "C", 2), ("E", "E", 1)]
    assert moved == [(1, "B", "铂金卡", "C", "金卡"), (2, "B", "铂金卡", "C", "金卡")]
    assert trial(engine, grading("1000万").model(), "customer_grade", model, limit=1)[1] == moved[:1]
    assert (outcomes(engine), history(engine)) == before


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


def test_a_trial_computes_childrens_facts_by_the_draft(regions: tuple[Engine, Model]) -> None:
    """The draft leaves out small orders: region 1 would fall below 100; its shops' stored facts do not say so yet."""
    engine, model = regions
    counts, moved = trial(engine, branch(with_level=True).model(), "size", model)
    assert sorted(counts) == [("大", "大", 1), ("大", "小", 1)]
    assert moved == [(1, "大", "小")]


def test_a_trial_of_a_new_decision_starts_from_nothing(regions: tuple[Engine, Model]) -> None:
    """Columns and tables that the draft adds read as null and as empty."""
    engine, model = regions
    counts, moved = trial(engine, branch(with_level=True).model(), "shop_level", model)
    assert sorted(counts, key=str) == [(None, "高", 3)]
    assert moved == [(1, None, "高"), (2, None, "高"), (3, None, "高")]


def test_a_trial_over_the_same_model_finds_no_mover(regions: tuple[Engine, Model]) -> None:
    """Nothing moves where nothing changes."""
    engine, model = regions
    assert trial(engine, model, "size", model) == ([("大", "大", 2)], [])


def test_against_the_old_version_nothing_stored_counts(engine: Engine) -> None:
    """Nothing was ever decided here, and yet the two that would move come from B and not from nowhere."""
    model = grading().model()
    engine.create(model)
    engine.insert("customer", ("id",), [(1,), (2,), (3,)])
    contracts = [(1, 1, 900_000_000), (2, 2, 900_000_000), (3, 3, 2_000_000_000)]
    engine.insert("purchase_contract", ("id", "customer_id", "amount"), contracts)
    made = movement(grading("1000万").model(), "customer", "customer_grade", engine.dialect, TODAY, old=model)
    assert sorted(engine.rows(made.counts.sql, made.counts.parameters)) == [("B", "B", 1), ("B", "C", 2)]
    moved = engine.rows(made.moved.sql, {**made.moved.parameters, "limit": 1})
    assert moved == [(1, "B", "铂金卡", "C", "金卡")]


def test_an_output_of_another_type_comes_from_nothing(regions: tuple[Engine, Model]) -> None:
    """A number where a text was cannot be compared: every record comes from no outcome."""
    engine, model = regions
    draft = branch(with_level=False)
    size = draft.computations["region"].pop()
    draft.decision("region", size.code, ["total"], {"size_class": WHOLE}, (">= 100 -> 1", "- -> 2"))
    made = movement(draft.model(), "region", "size", engine.dialect, TODAY, current=model, old=model)
    assert sorted(engine.rows(made.counts.sql, made.counts.parameters), key=str) == [(None, 1, 2)]


def test_a_decision_of_another_record_type_is_refused() -> None:
    """A decision belongs to one record type."""
    with pytest.raises(KeyError, match="customer_grade"):
        movement(grading().model(), "attendance", "customer_grade", "sqlite", TODAY)
