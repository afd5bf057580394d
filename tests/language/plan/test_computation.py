from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from keguan.language.feel.types import BOOLEAN, DATE, TEXT, Text, Type
from keguan.language.model.model import HitPolicy, Model
from keguan.language.plan import computation
from keguan.language.plan.statement import ColumnKind
from tests.language.plan.engines import Engine
from tests.language.plan.models import MONEY, WHOLE, Draft, To, grading

TODAY = date(2026, 11, 21)


def computed(engine: Engine, model: Model, record_type: str = "customer", *, only: bool = False) -> dict[int, Any]:
    """What the one SELECT gives, by record id, as values of the language."""
    made = computation(model, record_type, engine.dialect, today=TODAY, only=only)
    types = [column.type for column in made.columns]
    names = [column.name for column in made.columns]
    rows = engine.rows(made.select, made.parameters)
    return {row[0]: dict(zip(names, map(engine.read, row[1:], types), strict=True)) for row in rows}


def grade_of(engine: Engine, contracts: list[tuple[Any, ...]], **customer: Any) -> tuple[Any, ...]:
    """Rule, grade and card of one customer with these contracts (amount, status, property)."""
    model = grading().model()
    engine.create(model)
    engine.insert("customer", ("id", *customer), [(1, *customer.values())])
    rows = [(n, 1, *contract) for n, contract in enumerate(contracts)]
    engine.insert("purchase_contract", ("id", "customer_id", "amount", "status", "property_kind"), rows)
    made = computed(engine, model)[1]
    return made["customer_grade_rule"], made["grade"], made["card"]


@pytest.mark.parametrize(
    ("contracts", "customer", "outcome"),
    [
        ([(5_000_000_000, "履行中", "洋房")], {}, (1, "A", "钻石卡")),
        ([(4_999_999_900, "履行中", "洋房")], {}, (5, "B", "铂金卡")),
        ([(800_000_000, "已完成", "公寓")], {}, (5, "B", "铂金卡")),
        ([(799_999_900, "已完成", "公寓")], {}, (7, "C", "金卡")),
        ([(300_000_000, None, "独立别墅")], {}, (4, "B", "铂金卡")),
        ([(300_000_000, "履行中", "独立别墅")], {"field_influence": "重大"}, (2, "A", "钻石卡")),
        ([(300_000_000, "履行中", "同类型物业")], {"leads_others": True}, (3, "A", "钻石卡")),
        ([(300_000_000, "履行中", "公寓")], {"public_office": True}, (6, "B", "铂金卡")),
        ([(9_000_000_000, "已解除", "独立别墅")], {}, (10, "E", None)),
        ([], {"intends": True}, (8, "D", None)),
        ([], {}, (10, "E", None)),
        ([(None, "履行中", "公寓")], {}, (7, "C", "金卡")),
    ],
)
def test_the_grading_of_the_policy(engine: Engine, contracts: Any, customer: Any, outcome: Any) -> None:
    """The first rule that applies gives grade and card; cancelled contracts do not count."""
    assert grade_of(engine, contracts, **customer) == outcome


def test_the_columns_say_what_they_are(engine: Engine) -> None:
    """Facts, inputs, rules and outputs come in the order of the policy, each with its decision."""
    made = computation(grading().model(), "customer", engine.dialect, today=TODAY)
    kinds = [column.kind for column in made.columns]
    assert kinds == [*["fact"] * 8, *["input"] * 9, "rule", "output", "output"]
    assert {column.decision for column in made.columns if column.kind is not ColumnKind.FACT} == {"customer_grade"}
    assert made.columns[8].name == "in_customer_grade_0"
    assert made.parameters == {"parameter_active_attendance": 2}


def test_only_affected_records_are_computed(engine: Engine) -> None:
    """With ``only``, other records do not appear, and their children are not read."""
    model = grading().model()
    engine.create(model)
    engine.insert("customer", ("id",), [(1,), (2,), (3,)])
    contracts = [(n, customer, 100, "履行中") for n, customer in enumerate([1, 1, 2, 3, 3, 3])]
    engine.insert("purchase_contract", ("id", "customer_id", "amount", "status"), contracts)
    engine.execute("CREATE TEMPORARY TABLE affected (id bigint)")
    engine.execute("INSERT INTO affected VALUES (1), (3)")
    made = computed(engine, model, only=True)
    assert {key: row["total_purchase"] for key, row in made.items()} == {1: 200, 3: 300}


def test_a_record_type_without_computations_gives_its_ids(engine: Engine) -> None:
    """There is nothing to compute for contracts, and that is no error."""
    model = grading().model()
    engine.create(model)
    engine.insert("purchase_contract", ("id",), [(5,), (6,)])
    assert computed(engine, model, "purchase_contract") == {5: {}, 6: {}}


def test_an_unknown_record_type_is_refused() -> None:
    """An unknown record type is refused by name."""
    with pytest.raises(KeyError, match="nobody"):
        computation(grading().model(), "nobody", "sqlite", today=TODAY)


def reporting() -> Draft:
    """Receptions are counted by week, weeks are added up by month: facts over children's facts."""
    draft = Draft()
    draft.record("reception", channel=TEXT, received_on=DATE, paid=MONEY, first=BOOLEAN, week=To("week"))
    draft.record("week", name=TEXT, month=To("month"), other=To("month"))
    draft.record("month", name=TEXT)
    draft.fact("week", "entries", WHOLE, "count(reception)")
    draft.fact("week", "visits", WHOLE, 'count(reception[channel = "来访"])')
    draft.fact("week", "unknown", WHOLE, "count(reception[not(first)])")
    draft.fact("week", "earliest", DATE, "min(reception.received_on)")
    draft.fact("week", "latest", DATE, 'max(reception[channel = "来访"].received_on)')
    draft.fact("week", "average", MONEY, "mean(reception.paid)")
    recent = 'count(reception[received_on >= date("2026-11-20") and received_on <= today()])'
    draft.fact("week", "recent", WHOLE, recent)
    draft.fact("month", "total", WHOLE, "sum(week.entries)")
    return draft


def test_figures_over_children(engine: Engine) -> None:
    """Each function skips nulls; only children whose filter is true count; nothing gives null, or 0 for a count."""
    model = reporting().model()
    engine.create(model)
    engine.insert("week", ("id",), [(1,), (2,)])
    rows = [
        (1, 1, "来访", date(2026, 11, 20), 101, True),
        (2, 1, "来电", date(2026, 11, 22), None, None),
        (3, 1, None, None, 104, False),
        (4, None, "来访", date(2026, 11, 1), 5, False),
    ]
    engine.insert("reception", ("id", "week_id", "channel", "received_on", "paid", "first"), rows)
    nothing = {"entries": 0, "visits": 0, "unknown": 0, "earliest": None, "latest": None, "average": None, "recent": 0}
    days = {"earliest": date(2026, 11, 20), "latest": date(2026, 11, 20)}
    first = {"entries": 3, "visits": 1, "unknown": 1, **days, "average": 102, "recent": 1}
    assert computed(engine, model, "week") == {1: first, 2: nothing}


def test_a_fact_over_childrens_facts_reads_them_as_stored(engine: Engine) -> None:
    """The months add up what the weeks' table holds, through the reference that the fact names."""
    model = reporting().model()
    engine.create(model)
    engine.insert("month", ("id",), [(1,), (2,)])
    weeks = [(1, 1, 2, 4), (2, 1, None, 5), (3, 2, 1, None)]
    engine.insert("week", ("id", "month_id", "other_id", "entries"), weeks)
    assert computed(engine, model, "month") == {1: {"total": 9}, 2: {"total": None}}


def test_figures_with_different_filters_do_not_narrow_each_other(engine: Engine) -> None:
    """A condition is tested once for all figures only where all of them have it."""
    draft = Draft().record("order", amount=MONEY, urgent=BOOLEAN, shop=To("shop")).record("shop", name=TEXT)
    draft.fact("shop", "urgent", WHOLE, "count(order[urgent and amount > 10])")
    draft.fact("shop", "large", WHOLE, "count(order[amount > 10])")
    draft.fact("shop", "all", WHOLE, "count(order)")
    model = draft.model()
    engine.create(model)
    engine.insert("shop", ("id",), [(1,)])
    orders = [(1, 1, 2000, True), (2, 1, 2000, None), (3, 1, 1000, True), (4, 1, None, True)]
    engine.insert("order", ("id", "shop_id", "amount", "urgent"), orders)
    assert computed(engine, model, "shop") == {1: {"urgent": 1, "large": 2, "all": 4}}


def scoring(hit: HitPolicy) -> Draft:
    """Points for what was spent and for visits, and an extra that may be unknown."""
    draft = Draft().record("customer", name=TEXT, spent=MONEY, visits=WHOLE, bonus=WHOLE)
    rows = ("> 100 | - -> 10 | bonus", "> 50 | - -> 5 | -", "- | >= 3 -> 7 | 2", "- | 9 -> - | bonus")
    return draft.decision("customer", "score", ["spent", "visits"], {"points": WHOLE, "extra": WHOLE}, rows, hit)


@pytest.mark.parametrize(
    ("spent", "visits", "bonus", "outcome"),
    [
        (20000, 9, 4, ("1,2,3,4", 22, 10)),
        (20000, 9, None, ("1,2,3,4", 22, 2)),
        (6000, 1, 4, ("2", 5, None)),
        (None, 3, 4, ("3", 7, 2)),
        (None, 9, 4, ("3,4", 7, 6)),
        (None, None, 4, (None, None, None)),
    ],
)
def test_a_scorecard_adds_what_matches(engine: Engine, spent: Any, visits: Any, bonus: Any, outcome: Any) -> None:
    """All matching rules are listed; their results are added, nulls left out; no match gives null."""
    model = scoring(HitPolicy.COLLECT_SUM).model()
    engine.create(model)
    engine.insert("customer", ("id", "spent", "visits", "bonus"), [(1, spent, visits, bonus)])
    made = computed(engine, model)[1]
    assert (made["score_rule"], made["points"], made["extra"]) == outcome


def test_facts_may_read_outcomes_and_decisions_facts(engine: Engine) -> None:
    """A long chain of computations comes out as one statement, each step computed once."""
    draft = Draft().record("customer", name=TEXT, spent=MONEY)
    draft.fact("customer", "step_0", MONEY, "spent")
    for step in range(1, 40):
        draft.fact("customer", f"step_{step}", MONEY, f"step_{step - 1} + step_{step - 1} - spent")
    draft.decision("customer", "level", ["step_39"], {"grade": TEXT}, ('> 100 -> "A"', '- -> "B"'))
    draft.fact("customer", "is_top", BOOLEAN, 'grade = "A"')
    model = draft.model()
    engine.create(model)
    engine.insert("customer", ("id", "spent"), [(1, 10001), (2, 10000), (3, None)])
    made = computation(model, "customer", engine.dialect, today=TODAY)
    assert len(made.select) < 40_000
    rows = computed(engine, model)
    assert [(row["step_39"], row["grade"], row["is_top"]) for row in rows.values()] == [
        (10001, "A", True),
        (10000, "B", False),
        (None, "B", False),
    ]


@pytest.mark.parametrize("hit", [HitPolicy.FIRST, HitPolicy.COLLECT_SUM])
def test_a_table_of_a_thousand_rules(engine: Engine, hit: HitPolicy) -> None:
    """Engines limit how deep an expression may be; a long table stays below that."""
    draft = Draft().record("customer", name=TEXT, spent=WHOLE, visits=WHOLE)
    rows = [f"[{n}..{n + 1}) | - -> {n % 7}" for n in range(999)] + ["- | > 5 -> 100"]
    model = draft.decision("customer", "band", ["spent", "visits"], {"points": WHOLE}, rows, hit).model()
    engine.create(model)
    engine.insert("customer", ("id", "spent", "visits"), [(1, 500, 0), (2, 998, 6), (3, 2000, 6), (4, None, None)])
    made = {key: (str(row["band_rule"]), row["points"]) for key, row in computed(engine, model).items()}
    both = ("999,1000", 104) if hit is HitPolicy.COLLECT_SUM else ("999", 4)
    assert made == {1: ("501", 3), 2: both, 3: ("1000", 100), 4: ("None", None)}


@pytest.mark.parametrize("hit", [HitPolicy.ANY, HitPolicy.COLLECT_MIN])
def test_a_field_may_be_called_what_the_emitter_might_have_called_its_own(engine: Engine, hit: HitPolicy) -> None:
    """The names that a table is taken apart into can be written by nobody."""
    names = ("match_level_1", "first_level", "agree_level", "pick_points_0", "stored_name", "figure_1")
    draft = Draft().record("customer", name=TEXT, **dict.fromkeys(names, WHOLE))
    draft.fact("customer", "total", WHOLE, " + ".join(names))
    rows = ("> 5 -> match_level_1", "> 4 -> first_level", "- -> 30")
    model = draft.decision("customer", "level", ["total"], {"points": WHOLE}, rows, hit).model()
    engine.create(model)
    engine.insert("customer", ("id", *names), [(1, 1, 1, 1, 1, 1, 1), (2, 2, 1, 1, 1, 0, 0), (3, 0, 0, 0, 0, 0, 0)])
    made = {key: (row["total"], row["points"]) for key, row in computed(engine, model).items()}
    nothing = {HitPolicy.ANY: None, HitPolicy.COLLECT_MIN: 1}[hit]
    assert made == {1: (6, nothing), 2: (5, nothing), 3: (0, 30)}


def test_a_policy_that_ranks_takes_the_row_whose_result_stands_first(engine: Engine) -> None:
    """The order is that of the choices, not of the rows; null stands last; row order decides among equals."""
    draft = Draft().record("customer", name=TEXT, spent=WHOLE)
    outputs: dict[str, Type] = {"rank": Text(("高", "中", "低"))}
    rows = ("> 1 -> -", '> 10 -> "低"', '> 20 -> "中"', '> 20 -> "中"', '> 30 -> "高"')
    model = draft.decision("customer", "level", ["spent"], outputs, rows, HitPolicy.PRIORITY).model()
    engine.create(model)
    engine.insert("customer", ("id", "spent"), [(1, 31), (2, 21), (3, 11), (4, 2), (5, 1), (6, None)])
    made = {key: (row["level_rule"], row["rank"]) for key, row in computed(engine, model).items()}
    assert made == {1: (5, "高"), 2: (3, "中"), 3: (2, "低"), 4: (1, None), 5: (None, None), 6: (None, None)}


@pytest.mark.parametrize(
    ("hit", "joined"),
    [(HitPolicy.RULE_ORDER, "低、高、中"), (HitPolicy.COLLECT, "低、高、中"), (HitPolicy.OUTPUT_ORDER, "高、中、低")],
)
def test_a_policy_that_lists_joins_what_matches(engine: Engine, hit: HitPolicy, joined: str) -> None:
    """In row order or in the order of the choices; the rule column names the rows in their own order."""
    draft = Draft().record("customer", name=TEXT, spent=WHOLE)
    outputs: dict[str, Type] = {"ranks": Text(("高", "中", "低"))}
    rows = ('> 10 -> "低"', '> 30 -> "高"', "> 30 -> -", '> 20 -> "中"')
    model = draft.decision("customer", "level", ["spent"], outputs, rows, hit).model()
    engine.create(model)
    engine.insert("customer", ("id", "spent"), [(1, 31), (2, 11), (3, 1)])
    made = {key: (row["level_rule"], row["ranks"]) for key, row in computed(engine, model).items()}
    assert made == {1: ("1,2,3,4", joined), 2: ("1", "低"), 3: (None, None)}


@pytest.mark.parametrize("hit", HitPolicy)
def test_a_table_of_five_hundred_rules_by_every_hit_policy(engine: Engine, hit: HitPolicy) -> None:
    """No hit policy makes a statement that an engine cannot parse."""
    draft = Draft().record("customer", name=TEXT, spent=WHOLE)
    words = hit.lists or hit.ranks
    outputs: dict[str, Type] = {"result": Text(("甲", "乙")) if words else WHOLE}
    result = '"乙"' if words else "1"
    rows = [f"[{n}..{n + 1}) -> {result}" for n in range(500)]
    model = draft.decision("customer", "band", ["spent"], outputs, rows, hit).model()
    engine.create(model)
    engine.insert("customer", ("id", "spent"), [(1, 499), (2, 500)])
    made = {key: (row["band_rule"], row["result"]) for key, row in computed(engine, model).items()}
    rule, nothing = "500" if hit.collects else 500, 0 if hit is HitPolicy.COLLECT_COUNT else None
    assert made == {1: (rule, "乙" if words else 1), 2: (None, nothing)}
