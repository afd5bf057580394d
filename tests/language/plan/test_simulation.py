"""Old and new computed from the same rows: who would move, and what it comes to."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from keguan.language.feel.types import TEXT
from keguan.language.model.model import HitPolicy
from keguan.language.plan import simulation
from keguan.language.plan.beside import beside
from keguan.language.plan.simulation import SUM_UNIT
from tests.language.plan.models import MONEY, WHOLE, Draft, grading
from tests.language.plan.moving import branch, regions
from tests.language.plan.test_write_back import history, outcomes, store

if TYPE_CHECKING:
    from keguan.language.model.model import Model
    from keguan.language.plan.simulation import DecisionSimulation, Simulation, Sums
    from tests.language.plan.engines import Engine

__all__ = ["regions"]

TODAY = date(2026, 11, 21)


def made(engine: Engine, old: Model, new: Model, tables: Model | None = None, within: str = "") -> Simulation:
    """The statements of a comparison today."""
    return simulation(
        old, new, engine.dialect, TODAY, tables=tables, within=(lambda _type, _code: within) if within else None
    )


def all_rows(engine: Engine, decision: DecisionSimulation, each: int = 10, **more: int) -> list[tuple[Any, ...]]:
    """What the statement gives: flows, and those to be named."""
    return engine.rows(decision.flows.sql, {**decision.flows.parameters, "each": each, **more})


def figures(engine: Engine, decision: DecisionSimulation) -> list[tuple[Any, ...]]:
    """The flows alone."""
    return [row for row in all_rows(engine, decision) if row[-1] is None]


def flows(engine: Engine, decision: DecisionSimulation) -> list[tuple[Any, ...]]:
    """Was, would be, how many."""
    return sorted((row[:3] for row in figures(engine, decision)), key=str)


def moved(engine: Engine, decision: DecisionSimulation, each: int = 10) -> list[tuple[Any, ...]]:
    """The named records with their reasons, by place in their flow and id."""
    places = sorted((row[2], row[-1]) for row in all_rows(engine, decision, each) if row[-1] is not None)
    if not places:
        return []
    statement = decision.reasons([record_id for _place, record_id in places])
    rows = {row[0]: row for row in engine.rows(statement.sql, statement.parameters)}
    return [rows[record_id] for _place, record_id in places]


def total(row: tuple[Any, ...], sums: Sums) -> tuple[int, int]:
    """A sum as it was and as it would be."""
    first, second = row[sums.at : sums.at + 3], row[sums.at + 3 : sums.at + 6]
    return tuple(int(high or 0) * SUM_UNIT + int(low or 0) for high, low, _count in (first, second))  # type: ignore[return-value]


@pytest.fixture
def customers(engine: Engine) -> Engine:
    """Four customers with three contracts, of whom nothing has been decided yet."""
    engine.create(grading().model())
    engine.insert("customer", ("id",), [(1,), (2,), (3,), (4,)])
    contracts = [(1, 1, 900_000_000), (2, 2, 900_000_000), (3, 3, 2_000_000_000)]
    engine.insert("purchase_contract", ("id", "customer_id", "amount"), contracts)
    return engine


def test_what_is_stored_plays_no_part(customers: Engine) -> None:
    """Nothing was ever decided here, and yet two go from B to C and nobody comes from nowhere."""
    found = made(customers, grading().model(), grading("1000万").model())
    (grade,) = found.decisions
    assert flows(customers, grade) == [("B", "B", 1), ("B", "C", 2), ("E", "E", 1)]
    assert [row[0] for row in moved(customers, grade)] == [1, 2]
    assert outcomes(customers) == [(number, None, None, None, None) for number in (1, 2, 3, 4)]
    assert history(customers) == []


def test_a_mover_has_both_rules_and_both_inputs(customers: Engine) -> None:
    """Who moves is named with outcomes, rule and inputs of both versions, which is the whole reason."""
    (grade,) = made(customers, grading().model(), grading("1000万").model()).decisions
    row = moved(customers, grade)[0]
    assert row[:7] == (1, "B", "铂金卡", 5, "C", "金卡", 7)
    inputs = row[7:]
    assert inputs[:2] == inputs[9:11] == (900_000_000, 1)
    assert len(inputs) == 18


def test_of_each_flow_so_many_are_named(customers: Engine) -> None:
    """Names are taken from every flow before any flow gets more."""
    customers.insert("customer", ("id", "public_office"), [(5, True)])
    customers.insert("purchase_contract", ("id", "customer_id", "amount"), [(5, 5, 1)])
    new = replace_row(grading("1000万"), '- | > 0 | - | - | - | - | true | - | - -> "B" | "铂金卡"', '"B"', '"D"')
    (grade,) = made(customers, grading().model(), new).decisions
    assert [row[0] for row in moved(customers, grade)] == [1, 5, 2]
    assert [row[0] for row in moved(customers, grade, each=1)] == [1, 5]


def replace_row(draft: Draft, row: str, before: str, after: str) -> Model:
    """The grading with another result in one row."""
    model = draft.model()
    (decision,) = model.decisions.values()
    assert before in row
    number = 6
    rules = tuple(
        replace(rule, results=(replace(rule.results[0], value=after.strip('"')), rule.results[1]))  # type: ignore[arg-type]
        if rule.number == number
        else rule
        for rule in decision.rules
    )
    changed = replace(decision, rules=rules)
    steps = tuple(changed if step is decision else step for step in model.computations["customer"])
    return replace(model, decisions={changed.code: changed}, computations={**model.computations, "customer": steps})


def test_named_records_can_be_limited_to_a_reach(customers: Engine) -> None:
    """Counts are of everybody; names only of those within the query that is given."""
    within = "SELECT 2 UNION SELECT %(extra)s"
    (grade,) = made(customers, grading().model(), grading("1000万").model(), within=within).decisions
    rows = all_rows(customers, grade, extra=3)
    assert [row[-1] for row in rows if row[-1] is not None] == [2]
    assert ("B", "C", 2) in [row[:3] for row in rows if row[-1] is None]


def test_the_same_version_twice_moves_nobody(customers: Engine) -> None:
    """Equal tables over equal facts need no statement at all."""
    found = made(customers, grading().model(), grading().model())
    assert (found.decisions, found.facts) == ((), ())
    assert [each.code for each in found.still] == ["customer_grade"]


def test_a_parameter_counts_by_its_value_of_the_day() -> None:
    """A reform that begins tomorrow leaves today alone; one that began today makes the facts over it differ."""
    old, later, now = (grading() for _ in range(3))
    later.parameter("active_attendance", WHOLE, since_2026_01_01=2, since_2026_11_22=5)
    now.parameter("active_attendance", WHOLE, since_2026_01_01=2, since_2026_11_21=5)
    assert simulation(old.model(), later.model(), "sqlite", TODAY).decisions == ()
    found = simulation(old.model(), now.model(), "sqlite", TODAY)
    assert [each.facts for each in found.facts] == [("active_in_events",)]
    assert [each.code for each in found.decisions] == ["customer_grade"]


def test_parameters_of_both_versions_stand_side_by_side(customers: Engine) -> None:
    """Two attendances make an active customer; with five they would not."""
    customers.insert("attendance", ("id", "customer_id"), [(1, 4), (2, 4)])
    new = grading().parameter("active_attendance", WHOLE, since_2026_01_01=5)
    found = made(customers, grading().model(), new.model())
    assert flows(customers, found.decisions[0]) == [("B", "B", 3), ("D", "E", 1)]
    (facts,) = found.facts
    assert customers.rows(facts.figures.sql, facts.figures.parameters) == [(4, 1)]


def test_what_is_the_same_in_both_is_computed_once() -> None:
    """Only the table that changed is there twice; the facts that it reads are shared."""
    both = beside(grading().model(), grading("1000万").model(), TODAY)
    assert [step.code for step in both.model.computations["customer"] if step.code.startswith("0_")] == [
        "0_customer_grade"
    ]
    assert both.was("customer", "grade") == "0_grade"
    assert both.was("customer", "total_purchase") == "total_purchase"
    assert not both.differs("customer", "total_purchase")


def test_facts_of_children_are_computed_by_either_version(regions: tuple[Engine, Model]) -> None:
    """The draft leaves out small orders: the shops' facts differ, and region 1 falls below 100 by them."""
    engine, model = regions
    found = made(engine, model, branch(with_level=True).model(), tables=model)
    by_code = {each.code: each for each in found.decisions}
    assert flows(engine, by_code["size"]) == [("大", "大", 1), ("大", "小", 1)]
    assert [row[:5] for row in moved(engine, by_code["size"])] == [(1, "大", 1, "小", 2)]
    shops = {each.record_type: each for each in found.facts}["shop"]
    (row,) = engine.rows(shops.figures.sql, shops.figures.parameters)
    assert dict(zip(shops.facts, row[1:], strict=False)) == {"turnover": 1, "large": 3}
    assert total(row, shops.sums[0]) == (30500, 29500)


def test_a_decision_that_is_new_comes_from_nothing(regions: tuple[Engine, Model]) -> None:
    """Every shop goes from no level to a level; taken back, every shop would lose it."""
    engine, model = regions
    draft = branch(with_level=True).model()
    there = {each.code: each for each in made(engine, model, draft, tables=model).decisions}["shop_level"]
    assert flows(engine, there) == [(None, "高", 3)]
    assert [row[0] for row in moved(engine, there)] == [1, 2, 3]
    back = {each.code: each for each in made(engine, draft, model, tables=model).decisions}["shop_level"]
    assert flows(engine, back) == [("高", None, 3)]


def discounts(rate: str) -> Model:
    """A decision whose outcome is money, for sums and directions."""
    draft = Draft().record("customer", name=TEXT, amount=MONEY)
    rows = (f">= 100 -> amount * {rate}", "- -> -")
    return draft.decision("customer", "discount", ["amount"], {"off": MONEY}, rows).model()


def test_numbers_are_counted_by_direction_and_added_up(engine: Engine) -> None:
    """Whose discount rises, and what all discounts come to: exact even beyond 64 bits."""
    engine.create(discounts("0.5"))
    large = 2**62
    engine.insert("customer", ("id", "amount"), [(1, large), (2, large), (3, large), (4, 10_000), (5, 1)])
    (decision,) = made(engine, discounts("0.5"), discounts("1")).decisions
    assert decision.by_direction
    assert flows(engine, decision) == [(0, 1, 4), (None, None, 1)]
    rows = figures(engine, decision)
    sums = [total(row, decision.sums[0]) for row in rows]
    assert sum(was for was, _now in sums) == 3 * large // 2 + 5_000
    assert sum(now for _was, now in sums) == 3 * large + 10_000


def test_a_rule_that_changes_without_the_outcome_is_counted_apart(customers: Engine) -> None:
    """A row put in above, with the same result, gives other row numbers and moves nobody."""
    new = grading()
    model = new.model()
    (decision,) = model.decisions.values()
    rules = tuple(replace(rule, number=rule.number + 1) for rule in decision.rules)
    changed = replace(decision, rules=(replace(decision.rules[0], number=1), *rules))
    steps = tuple(changed if step is decision else step for step in model.computations["customer"])
    model = replace(model, decisions={changed.code: changed}, computations={"customer": steps})
    (found,) = made(customers, grading().model(), model, tables=grading().model()).decisions
    assert sorted(row[:5] for row in figures(customers, found)) == [("B", "B", 3, 0, 3), ("E", "E", 1, 0, 1)]
    assert moved(customers, found) == []


def test_collecting_tables_are_compared_too(engine: Engine) -> None:
    """A scorecard: rules as text, outcome a number."""

    def scores(points: int) -> Model:
        draft = Draft().record("customer", name=TEXT, amount=MONEY)
        rows = (f">= 100 -> {points}", ">= 1000 -> 5")
        return draft.decision("customer", "score", ["amount"], {"points": WHOLE}, rows, HitPolicy.COLLECT_SUM).model()

    engine.create(scores(1))
    engine.insert("customer", ("id", "amount"), [(1, 1), (2, 10_000), (3, 100_000)])
    (decision,) = made(engine, scores(1), scores(2)).decisions
    assert [row[:5] for row in moved(engine, decision)] == [(2, 1, "1", 2, "1"), (3, 6, "1,2", 7, "1,2")]


def test_writing_back_first_changes_nothing(customers: Engine) -> None:
    """The comparison is the same before and after the outcomes are stored."""
    new = grading("1000万").model()
    before = flows(customers, made(customers, grading().model(), new).decisions[0])
    store(customers, grading().model())
    assert flows(customers, made(customers, grading().model(), new).decisions[0]) == before


def test_an_output_of_another_type_comes_from_nothing(regions: tuple[Engine, Model]) -> None:
    """A number where a text was cannot be compared: whatever there was, every record has another outcome."""
    engine, model = regions
    draft = branch(with_level=False)
    size = draft.computations["region"].pop()
    draft.decision("region", size.code, ["total"], {"size_class": WHOLE}, (">= 100 -> 1", "- -> 2"))
    (planned,) = made(engine, model, draft.model()).decisions
    assert sum(row[3] for row in figures(engine, planned)) == 2
