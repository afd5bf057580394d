from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from keguan.language.feel.types import TEXT
from keguan.language.model.model import Model
from keguan.language.plan import computation, write_back
from tests.language.plan.engines import Engine
from tests.language.plan.models import WHOLE, Draft, grading

TODAY = date(2026, 11, 21)


def store(engine: Engine, model: Model, record_type: str = "customer", *, only: bool = False) -> dict[str, Any]:
    """Run a write-back as the runtime does and give what it counted."""
    made = write_back(computation(model, record_type, engine.dialect, today=TODAY, only=only))
    values = {**made.parameters, "decided_at": "2026-11-21 08:00:00", "publication_id": 7}
    for statement in made.stage:
        engine.execute(statement, values)
    ((changed,),) = engine.rows(made.changed, values)
    counted = {
        "changed": changed,
        "moved": {code: engine.rows(sql, values)[0][0] for code, sql in made.counts.items()},
        "movement": {code: engine.rows(sql, values) for code, sql in made.movement.items()},
    }
    for statement in (*made.history.values(), made.update, *made.drop):
        engine.execute(statement, values)
    return counted


@pytest.fixture
def company(engine: Engine) -> Engine:
    """林知远 with one contract, 周岚 who only intends to buy, 沈禾 who asked once."""
    engine.create(grading().model())
    people = [(1, "林知远", None), (2, "周岚", True), (3, "沈禾", None)]
    engine.insert("customer", ("id", "name", "intends"), people)
    contract = [(1, 1, 900_000_000, "履行中", "公寓")]
    engine.insert("purchase_contract", ("id", "customer_id", "amount", "status", "property_kind"), contract)
    return engine


def outcomes(engine: Engine) -> list[tuple[Any, ...]]:
    """Each customer's stored outcome."""
    return engine.rows("SELECT id, customer_grade_rule, grade, card, total_purchase FROM rec_customer ORDER BY id")


def history(engine: Engine) -> list[tuple[Any, ...]]:
    """Each change that the decision's history keeps."""
    columns = "record_id, rule, was_grade, out_grade, out_card"
    return engine.rows(f"SELECT {columns} FROM his_customer_grade ORDER BY record_id, out_grade")


def test_the_first_run_stores_everything(company: Engine) -> None:
    """Every customer gets an outcome, and its history starts."""
    counted = store(company, grading().model())
    assert counted["changed"] == 3
    assert counted["moved"] == {"customer_grade": 3}
    assert sorted(counted["movement"]["customer_grade"], key=str) == [(None, g, 1) for g in ("B", "D", "E")]
    assert outcomes(company) == [(1, 5, "B", "铂金卡", 900_000_000), (2, 8, "D", None, None), (3, 10, "E", None, None)]
    assert history(company) == [(1, 5, None, "B", "铂金卡"), (2, 8, None, "D", None), (3, 10, None, "E", None)]


def test_history_keeps_day_publication_and_inputs(company: Engine) -> None:
    """A decision can be replayed from its history row alone."""
    store(company, grading().model())
    columns = "decided_at, decided_on, publication_id, was_card, in_0, in_1, in_2, in_7"
    ((at, on, publication, *rest),) = company.rows(f"SELECT {columns} FROM his_customer_grade WHERE record_id = 1")
    assert (at, str(on), publication) == ("2026-11-21 08:00:00", "2026-11-21", 7)
    assert rest == [None, 900_000_000, 1, False, None]


def test_a_run_that_changes_nothing_writes_nothing(company: Engine) -> None:
    """A second run stages no row, and history does not grow."""
    store(company, grading().model())
    before = outcomes(company), history(company)
    assert store(company, grading().model()) == {
        "changed": 0,
        "moved": {"customer_grade": 0},
        "movement": {"customer_grade": []},
    }
    assert (outcomes(company), history(company)) == before


def test_a_fact_that_changes_nothing_in_the_outcome_makes_no_history(company: Engine) -> None:
    """A small second contract changes the total, but neither rule nor grade."""
    store(company, grading().model())
    company.execute("INSERT INTO rec_purchase_contract (id, customer_id, amount) VALUES (2, 1, 100)")
    counted = store(company, grading().model())
    assert (counted["changed"], counted["moved"]) == (1, {"customer_grade": 0})
    assert outcomes(company)[0] == (1, 5, "B", "铂金卡", 900_000_100)
    assert len(history(company)) == 3


def test_a_new_threshold_moves_exactly_who_it_concerns(company: Engine) -> None:
    """The next version of the policy asks for ten million: 林知远 falls to C and nobody else moves."""
    store(company, grading().model())
    counted = store(company, grading("1000万").model())
    assert counted["movement"] == {"customer_grade": [("B", "C", 1)]}
    assert history(company)[:2] == [(1, 5, None, "B", "铂金卡"), (1, 7, "B", "C", "金卡")]
    assert len(history(company)) == 4


def test_another_rule_with_the_same_outcome_makes_history(company: Engine) -> None:
    """Why someone is graded B is part of the outcome."""
    store(company, grading().model())
    company.execute("UPDATE rec_purchase_contract SET property_kind = '同类型物业'")
    counted = store(company, grading().model())
    assert counted["movement"] == {"customer_grade": [("B", "B", 1)]}
    assert {row[:4] for row in history(company)[:2]} == {(1, 5, None, "B"), (1, 4, "B", "B")}


def test_only_affected_records_are_written(company: Engine) -> None:
    """The others keep what they had, even where it is out of date."""
    company.execute("CREATE TEMPORARY TABLE affected (id bigint)")
    company.execute("INSERT INTO affected VALUES (2)")
    assert store(company, grading().model(), only=True)["changed"] == 1
    assert [row[2] for row in outcomes(company)] == [None, "D", None]


def test_a_record_type_without_computations_is_refused() -> None:
    """There is nothing to write back for contracts."""
    with pytest.raises(ValueError, match="nothing is computed for purchase_contract"):
        write_back(computation(grading().model(), "purchase_contract", "sqlite", today=TODAY))


def test_a_fact_may_be_called_was_and_an_outcome(engine: Engine) -> None:
    """What was stored before has a name of its own while a write-back runs."""
    draft = Draft().record("customer", name=TEXT, spent=WHOLE)
    draft.fact("customer", "was_grade", WHOLE, "spent * 2")
    draft.decision("customer", "level", ["spent"], {"grade": WHOLE}, ("> 5 -> 1", "- -> 2"))
    model = draft.model()
    engine.create(model)
    engine.insert("customer", ("id", "spent", "grade", "level_rule"), [(1, 7, 2, 2)])
    assert store(engine, model)["movement"] == {"level": [(2, 1, 1)]}
    assert engine.rows("SELECT was_grade, grade FROM rec_customer") == [(14, 1)]
    assert engine.rows("SELECT was_grade, out_grade FROM his_level") == [(2, 1)]
