"""Quotas cut alike on plain values and on every engine, all records at once or only the groups that changed."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from functools import cache
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from keguan.language.feel.types import BOOLEAN
from keguan.language.model.cuts import passed, room_of
from keguan.language.model.evaluate import Values
from keguan.language.plan import computation, regrouping, write_back
from keguan.language.run import Runner
from keguan.language.run.cutting import Member, after_cuts, member
from tests.language.plan.conftest import ENGINES
from tests.language.plan.engines import Engine, open_engine
from tests.language.sources import model_of, policy, table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from keguan.language.model.cuts import Passed
    from keguan.language.model.model import Decision, Model

TODAY = date(2026, 11, 21)
GRADES = "→ 等级 (grade, 选项(甲, 乙, 丙))"
ROWS = [[">= 100", '"甲"'], [">= 10", '"乙"'], [">= 0", '"丙"']]
BY = ("按 额度 从高到低保留, 其余降一级", "按 额度 从低到高保留, 其余降一级", "按 额度 从高到低保留, 其余降到 丙")
PENDING = ("待定", "按 额度 从高到低保留, 其余待定")
LIMITS = (
    "1人 | -", "2人 | 1人", "0人 | -", "30% | 10%", "50% | 1人", "12.5% | -", "30% | -", "- | 1人", "- | 15%",
    "3人 | 3人",
)  # fmt: skip
ADDED_UP = ("累计70% | -", "累计50% | 1人", "累计33.3% | -", "累计100% | -", "累计0% | -")
Person = tuple[int, str | None, int | None]


def with_quotas(*quotas: tuple[str, Sequence[str], str]) -> Model:
    """Three grades by 额度 and quotas over them: lines of headers, lines of the table, the rule of the surplus.

    酬宾 is a fact that reads what counts.
    """
    blocks = []
    for number, (headers, lines, surplus) in enumerate(quotas, start=1):
        rows = "\n".join(f"| {line} |" for line in lines)
        blocks.append(
            f":::名额 名额{number} (quota_{number})\n判定: 等级\n{headers}超额: {surplus}\n\n"
            f"| 等级 | 上限 | 下限 |\n|---|---|---|\n{rows}\n:::\n"
        )
    fact = (
        ":::口径 酬宾 (treats)\n对象: 客户\n\n| 口径 | 代码 | 类型 | 信息类别 | 算法 |\n|---|---|---|---|---|\n"
        '| 酬宾 | treat | 是否 | 交易 | 等级 = "甲" |\n:::\n'
    )
    return model_of(policy("\n\n".join([table("首条", ["额度", GRADES], ROWS), fact, *blocks])))


HALVES = ("分组: 类别\n", "取整: 四舍五入\n", "分组: 类别\n取整: 进一\n", "")


@cache
def sample(seed: int) -> Model:
    """One or two quotas over one outcome; linking is what costs, so there are some of them and many customers."""
    random = Random(seed)
    found = []
    for _number in range(random.choice((1, 1, 2))):
        surplus = random.choice((*BY, *BY, *PENDING))
        limits = (*LIMITS, *ADDED_UP, *ADDED_UP) if "高到低" in surplus else LIMITS
        lines = [f"甲 | {random.choice(limits)}"]
        if random.random() < 0.6:
            lines.append(f"乙 | {random.choice(limits)}")
        found.append((random.choice(HALVES), lines, surplus))
    return with_quotas(*found)


SAMPLES = st.sampled_from(range(16))


def people(random: Random, count: int, first: int = 1) -> list[Person]:
    """Customers as (id, kind, amount), with equals and nulls among them."""
    kinds, amounts = ("个人", "个人", "单位", None), (5, 10, 10, 50, 100, 100, 300, 400, None, -1)
    return [(number, random.choice(kinds), random.choice(amounts)) for number in range(first, first + count)]


def decision_of(model: Model) -> Decision:
    """The decision that is cut."""
    return model.decisions["grade_table"]


def reference(model: Model, rows: Sequence[Person]) -> dict[int, Member]:
    """What the quotas make of these on plain values."""
    runner, cuts = Runner(model, "customer"), decision_of(model).cuts
    members = []
    for number, kind, amount in rows:
        values = runner.run({"kind": kind, "amount": amount}, {}, TODAY)
        members.append(member(number, values["grade"], cuts, values))  # type: ignore[arg-type]
    return {each.id: each for each in after_cuts(cuts, members, model, TODAY)}


def computed(engine: Engine, model: Model) -> dict[int, dict[str, Any]]:
    """What one statement over all records gives, by id and column."""
    made = computation(model, "customer", engine.dialect, today=TODAY)
    names = ["id", *(column.name for column in made.columns)]
    types = {column.name: column.type for column in made.columns}
    found = [dict(zip(names, row, strict=True)) for row in engine.rows(made.select, made.parameters)]
    return {
        row["id"]: {name: engine.read(value, types[name]) if name in types else value for name, value in row.items()}
        for row in found
    }


def store(engine: Engine, model: Model, changed: Sequence[int] | None = None) -> int:
    """Write everything back, or what follows from these records having changed; how many rows were written."""
    if changed is not None:
        engine.execute("DROP TABLE IF EXISTS affected")
        engine.execute("CREATE TEMPORARY TABLE affected (id bigint PRIMARY KEY)")
        engine.execute(f"INSERT INTO affected VALUES {', '.join(f'({each})' for each in changed)}")
        again = regrouping(model, "customer", engine.dialect, today=TODAY)
        assert again is not None
        for statement in again.cut:
            engine.execute(statement, again.parameters)
        others = engine.rows(again.others, again.parameters)
        if others:
            engine.execute(f"INSERT INTO affected VALUES {', '.join(f'({each})' for (each,) in others)}")
    made = write_back(computation(model, "customer", engine.dialect, today=TODAY, only=changed is not None))
    values = {**made.parameters, "decided_at": "2026-11-21 08:00:00", "publication_id": 7}
    for statement in made.stage:
        engine.execute(statement, values)
    ((count,),) = engine.rows(made.changed, values)
    for statement in (*made.history.values(), made.update, *made.drop):
        engine.execute(statement, values)
    return int(count)


@pytest.fixture(scope="module", params=ENGINES)
def server(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """One connection for all examples; every example rolls its tables back."""
    opened = open_engine(request.param)
    yield opened
    opened.connection.close()


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(sampled=SAMPLES, seed=st.integers(0, 2**32), count=st.integers(0, 24))
def test_sql_and_plain_values_cut_alike(server: Engine, sampled: int, seed: int, count: int) -> None:
    """Any quotas over any customers: outcome by the table, what counts, the bounds that were met, who waits."""
    model, rows = sample(sampled), people(Random(seed), count)
    server.execute("BEGIN")
    try:
        server.create(model)
        server.insert("customer", ("id", "kind", "amount"), rows)
        found = computed(server, model)
    finally:
        server.execute("ROLLBACK")
    meant, runner = reference(model, rows), Runner(model, "customer")
    for number, kind, amount in rows:
        row, each = found[number], meant[number]
        singly = runner.run({"kind": kind, "amount": amount}, {}, TODAY)
        assert (row["by_quota_table_grade"], row["grade"]) == (singly["grade"], each.outcome)
        assert row["treat"] == (each.outcome == "甲")
        for cut in decision_of(model).cuts:
            assert passed(row[f"trail_{cut.quota}"]) == each.passed[cut.quota]
            assert not cut.waits or row[cut.waits] == (cut.quota in each.waits)


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(sampled=SAMPLES, seed=st.integers(0, 2**32))
@example(sampled=0, seed=30)  # a newcomer without an outcome waits for nobody
def test_cutting_only_the_groups_that_changed_comes_to_the_same(server: Engine, sampled: int, seed: int) -> None:
    """After customers came, changed and were written back singly, computing everything finds nothing to write."""
    model, random = sample(sampled), Random(seed)
    server.execute("BEGIN")
    try:
        server.create(model)
        server.insert("customer", ("id", "kind", "amount"), people(random, 12))
        store(server, model)
        for round_ in range(3):
            changed = random.sample(range(1, 13), 2)
            for number, (_id, kind, amount) in zip(changed, people(random, 2), strict=True):
                values = {"kind": kind, "amount": amount, "id": number}
                server.execute("UPDATE rec_customer SET kind = %(kind)s, amount = %(amount)s WHERE id = %(id)s", values)
            server.insert("customer", ("id", "kind", "amount"), people(random, 1, 100 + round_))
            store(server, model, [*changed, 100 + round_])
            assert store(server, model) == 0
    finally:
        server.execute("ROLLBACK")


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(sampled=SAMPLES, seed=st.integers(0, 2**32), count=st.integers(0, 24))
def test_what_every_cut_holds(sampled: int, seed: int, count: int) -> None:
    """Ceilings hold, nobody falls who had room, nobody stays behind one who fell, and cutting is stable."""
    model, rows = sample(sampled), people(Random(seed), count)
    decision = decision_of(model)
    meant, cuts = reference(model, rows), decision.cuts
    shuffled = list(rows)
    Random(seed + 1).shuffle(shuffled)
    assert reference(model, shuffled) == meant
    if len(cuts) > 1 or cuts[0].waits:
        return
    (cut,) = cuts
    for group in {each.groups[cut.quota] for each in meant.values()}:
        inside = [each for each in meant.values() if each.groups[cut.quota] == group]
        size = sum(1 for each in inside if each.outcome is not None)
        for number, bound in enumerate(cut.bounds):
            room = room_of(bound.limit, cut.rounding, Values(today=TODAY))
            assert room is not None
            stood = [(each, at) for each in inside for at in each.passed[cut.quota] if at.number == number]
            assert [at.place for _each, at in sorted(stood, key=lambda pair: pair[1].place)] == list(
                range(1, len(stood) + 1)
            )
            assert all(at.room == stood[0][1].room for _each, at in stood)
            if room.cumulative:
                if not bound.above:
                    assert_added_up(stood, inside, Fraction(room.value, room.unit), cut.quota)
            elif bound.ceiling:
                kept = [each for each, at in stood if at.place <= at.room]
                assert len(kept) == min(len(stood), room.of(size))
            else:
                assert len(stood) <= room.of(size)


def assert_added_up(
    stood: Sequence[tuple[Member, Passed]], inside: Sequence[Member], share: Fraction, quota: str
) -> None:
    """Whoever had less than the share before them is within, whoever had it all is not."""
    amounts = {each.id: max(0, int(each.orders[quota] or 0)) for each in inside if each.outcome is not None}  # type: ignore[call-overload]
    for each, at in stood:
        before = sum(
            amount
            for other, amount in amounts.items()
            if (-amount, other) < (-amounts[each.id], each.id) and other != each.id
        )
        if amounts[each.id]:  # equal nothings stand in an order of their own, which changes no sum
            assert (at.place <= at.room) == (before < share * sum(amounts.values()))


def test_the_first_who_make_seventy_percent() -> None:
    """S30: of 5000, 2500, 1000, 800 and 700 the first two make 70 % and are 甲, the next two reach 90 % and are 乙."""
    model = with_quotas(("", ["甲 | 累计70% | -", "乙 | 累计90% | -"], BY[0]))
    rows = [(number, None, amount) for number, amount in enumerate((5_000, 2_500, 1_000, 800, 700), start=1)]
    assert [each.outcome for each in reference(model, rows).values()] == ["甲", "甲", "乙", "乙", "丙"]


def test_who_waits_is_a_fact_that_others_can_read() -> None:
    """名额1待定 is a fact of the customer; singly nobody waits."""
    model = with_quotas(("", ["甲 | 1人 | -"], "待定"))
    (fact,) = [each for each in model.facts["customer"] if each.code == "quota_1_waits"]
    assert (fact.label.zh, fact.type) == ("名额1待定", BOOLEAN)
    assert Runner(model, "customer").run({"amount": 300}, {}, TODAY)["quota_1_waits"] is False


def test_a_quota_ordered_by_what_reads_its_outcome_is_refused() -> None:
    """The order of a quota may not read the outcome that the quota decides."""
    with pytest.raises(AssertionError, match="算法互相依赖：名额1 → 酬宾 → 等级"):
        with_quotas(("", ["甲 | 1人 | -"], "按 (if 酬宾 then 1 else 0) 从高到低保留, 其余降一级"))
