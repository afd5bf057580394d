"""How long records are kept: SQL over a whole table and Python over one record give the same answer."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING, Any

import pytest

from keguan.language.model.naming import record_table
from keguan.language.model.retention import Kept, Start
from keguan.language.plan import keeping
from keguan.language.run import Keeper
from keguan.language.source import PackSource
from tests.language.plan.engines import Engine, open_engine
from tests.language.sources import FRONT, RECORD, model_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from keguan.language.model.model import Model

TODAY = date(2026, 6, 30)
FIELDS = ("name", "kind", "amount", "member", "born")
DAYS = {Start.CREATED: 'r."made_on"', Start.UPDATED: 'r."changed_on"'}
LENGTHS = ("1天", "3周", "1个月", "2季度", "6个月", "1年", "5年", "9999年", "永久")
STARTS = ("生日", "建档", "最后修改", "生日 + 3天")
CONDITIONS = ("-", "会员", '类别 = "个人"', "额度 > 5", "not(会员)")
CLASSES = ("全部", "身份", "交易")
DISPOSALS = ("销毁", "只存", "归档")


def policy(rows: Sequence[tuple[str, ...]]) -> PackSource:
    """A pack whose rows are dealt out to two retention blocks."""
    head = "| 信息类别 | 条件 | 起算 | 期限 | 到期 | 暂缓 | 依据 | 双人 |\n|---|---|---|---|---|---|---|---|\n"
    blocks = [
        f":::保存 保存{number} (keep_{number})\n对象: 客户\n\n{head}"
        + "".join(f"| {' | '.join(row)} | 第一条 | 是 |\n" for row in rows[number::2])
        + ":::\n"
        for number in range(min(2, len(rows)))
    ]
    return PackSource("sample", {"policy.md": f"{FRONT}{RECORD}\n" + "\n".join(blocks)})


def drawn(random: Random) -> list[tuple[str, ...]]:
    """Some rows of a retention block."""
    columns = (CLASSES, CONDITIONS, STARTS, LENGTHS, DISPOSALS, CONDITIONS)
    return [tuple(map(random.choice, columns)) for _ in range(random.randint(1, 6))]


def people(random: Random) -> list[tuple[Any, ...]]:
    """Records with every kind of gap, and days at the ends of months and of the calendar."""
    days = (None, date(2024, 2, 29), date(2025, 12, 31), date(2021, 6, 30), date(2026, 5, 31), date(9999, 12, 1))
    return [
        (
            f"n{number}",
            random.choice((None, "个人", "单位")),
            random.choice((None, 0, 6)),
            random.choice((None, True, False)),
            random.choice(days),
            date(2020, 1, 31) + timedelta(random.randrange(2300)),
            date(2024, 8, 31) + timedelta(random.randrange(600)),
        )
        for number in range(25)
    ]


@pytest.fixture(scope="module", params=("sqlite", "postgresql"))
def server(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """One connection for all examples; every example rolls its tables back."""
    opened = open_engine(request.param)
    yield opened
    opened.connection.close()


def by_sql(server: Engine, model: Model, rows: list[tuple[Any, ...]]) -> dict[int, set[Kept]]:
    """What the statement gives, by id."""
    server.execute("BEGIN")
    try:
        server.create(model)
        for column in ("made_on", "changed_on"):
            server.execute(f'ALTER TABLE "{record_table("customer")}" ADD COLUMN "{column}" date')
        server.insert("customer", ("id", *FIELDS, "made_on", "changed_on"), [(n, *row) for n, row in enumerate(rows)])
        statement = keeping(model, "customer", server.dialect, today=TODAY, days=DAYS)
        assert statement is not None
        found = server.rows(statement.sql, statement.parameters)
    finally:
        server.execute("ROLLBACK")
    kept: dict[int, set[Kept]] = {number: set() for number in range(len(rows))}
    for record_id, name, due, term, hold in found:
        day = date.fromisoformat(due) if isinstance(due, str) else due
        kept[record_id].add(Kept(name, day, term, hold))
    return kept


@pytest.mark.parametrize("seed", range(120))
def test_sql_and_python_agree(server: Engine, seed: int) -> None:
    """Any terms on any records: the day, the term that counts and the hold are the same in both executions."""
    random = Random(seed)
    model = model_of(policy(drawn(random)))
    rows = people(random)
    keeper = Keeper(model, "customer")
    found = by_sql(server, model, rows)
    for number, row in enumerate(rows):
        record = dict(zip(FIELDS, row, strict=False))
        days = {Start.CREATED: row[5], Start.UPDATED: row[6]}
        kept = keeper.kept(record, {}, TODAY, days)
        assert set(kept) == found[number]
        assert len(kept) == len(found[number])


@pytest.fixture
def person() -> tuple[dict[str, Any], dict[Start, date]]:
    """A member born on a leap day, filed on 1 March 2020 and changed on 31 August 2025."""
    record = {"name": "林", "kind": "个人", "amount": 9, "member": True, "born": date(2024, 2, 29)}
    return record, {Start.CREATED: date(2020, 3, 1), Start.UPDATED: date(2025, 8, 31)}


def kept_by(rows: Sequence[tuple[str, ...]], person: tuple[dict[str, Any], dict[Start, date]]) -> dict[str, Kept]:
    """What these rows come to, by class."""
    record, days = person
    return {
        each.information_class: each
        for each in Keeper(model_of(policy(rows)), "customer").kept(record, {}, TODAY, days)
    }


def test_the_latest_term_counts(person: tuple[dict[str, Any], dict[Start, date]]) -> None:
    """Of several terms in two blocks the one that ends last is the one that counts."""
    rows = [
        ("全部", "-", "建档", "5年", "销毁", "-"),
        ("全部", "-", "最后修改", "6个月", "只存", "-"),
        ("全部", "-", "生日", "1年", "销毁", "-"),
    ]
    assert kept_by(rows, person) == {"*": Kept("*", date(2026, 2, 28), "keep_1.1", "")}


def test_permanence_outlasts_all(person: tuple[dict[str, Any], dict[Start, date]]) -> None:
    """A term without end outlasts every other, and the day stays open."""
    rows = [("全部", "-", "建档", "永久", "归档", "-"), ("全部", "-", "建档", "9999年", "销毁", "-")]
    assert kept_by(rows, person)["*"] == Kept("*", None, "keep_0.1", "")


def test_what_has_not_begun_keeps(person: tuple[dict[str, Any], dict[Start, date]]) -> None:
    """A term whose day is empty keeps the record, however long another one is over."""
    person[0]["born"] = None
    rows = [("全部", "-", "建档", "1年", "销毁", "-"), ("全部", "-", "生日", "1天", "销毁", "-")]
    assert kept_by(rows, person)["*"] == Kept("*", None, "keep_1.1", "")


def test_a_class_goes_by_itself(person: tuple[dict[str, Any], dict[Start, date]]) -> None:
    """A term of one class disposes of that class alone; nothing is said of the whole record."""
    rows = [("交易", "-", "建档", "1年", "销毁", "-"), ("身份", "-", "建档", "10年", "销毁", "-")]
    kept = kept_by(rows, person)
    assert {name: each.due_on for name, each in kept.items()} == {"交易": date(2021, 3, 1), "身份": date(2030, 3, 1)}


def test_a_class_that_must_stay_keeps_the_record(person: tuple[dict[str, Any], dict[Start, date]]) -> None:
    """The whole record goes when the last of its classes may go, and a class not before the whole."""
    rows = [("全部", "-", "建档", "5年", "销毁", "-"), ("交易", "-", "建档", "10年", "销毁", "-")]
    kept = kept_by(rows, person)
    assert kept["*"] == Kept("*", date(2030, 3, 1), "keep_1.1", "")
    assert kept["交易"] == Kept("交易", date(2030, 3, 1), "keep_1.1", "")


def test_on_the_same_day_what_keeps_more_counts(person: tuple[dict[str, Any], dict[Start, date]]) -> None:
    """Where two terms end together, archiving outranks storing, and that destruction."""
    rows = [("全部", "-", "建档", "5年", each, "-") for each in ("归档", "销毁", "只存")]
    assert kept_by(rows, person)["*"].term == "keep_0.1"


def test_a_hold_of_any_term_that_applies_holds(person: tuple[dict[str, Any], dict[Start, date]]) -> None:
    """A 暂缓 that is true holds the record, be it not that of the term that counts; one that is unknown does not."""
    rows = [("全部", "-", "建档", "1年", "销毁", "会员"), ("全部", "-", "建档", "5年", "销毁", "-")]
    assert kept_by(rows, person)["*"] == Kept("*", date(2025, 3, 1), "keep_1.1", "keep_0.1")
    person[0]["member"] = None
    assert kept_by(rows, person)["*"].hold == ""
