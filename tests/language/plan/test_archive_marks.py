"""Completeness, the days of filing and of the last change, and lateness: SQL and generated Python give the same."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import product
from typing import TYPE_CHECKING, Any

import pytest

from keguan.language.model.retention import Start
from keguan.language.plan import computation, ending
from keguan.language.plan.valuing import values_of
from keguan.language.run import Runner
from keguan.language.run.keeping import Keeper
from keguan.language.source import PackSource
from tests.language.plan.conftest import ENGINES
from tests.language.plan.engines import Engine, open_engine
from tests.language.sources import FRONT, model_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from keguan.language.model.model import Model

TODAY = date(2026, 11, 21)
AHEAD = timedelta(hours=8)

TEXT = """
:::档案 店 (shop)
显示: 店名
完整度: 店完整度 (shop_share)

| 字段 | 代码 | 类型 | 必填 | 信息类别 | 完整 |
|---|---|---|---|---|---|
| 店名 | shop_name | 文本(20) | 店号 != null | 身份 | |
| 店号 | number | 整数 | | 身份 | |
:::

:::档案 客户 (customer)
显示: 姓名
完整度: 完整度 (completeness)
及时录入: 接触时间 起 1工作日

| 字段 | 代码 | 类型 | 必填 | 信息类别 | 密级 | 完整 |
|---|---|---|---|---|---|---|
| 姓名 | name | 文本(20) | 是 | 身份 | | |
| 手机 | phone | 手机号 | 是 | 身份 | 敏感 | 2 |
| 所属店 | shop | 引用(店) | 是 | 身份 | | |
| 经办人 | agent | 人员 | | 身份 | | 3 |
| 营业执照 | license | 文本(20) | 所属店.店号 > 5 | 身份 | | |
| 赊销 | credit | 是否 | | 身份 | | 是 |
| 备注 | remark | 长文本 | 是 | 身份 | | 否 |
| 家庭 | family | 文本(20) | | 身份 | | 赊销 |
| 接触时间 | contacted_at | 日期时间 | | 身份 | | |
:::

:::口径 档案口径 (archive_facts)
对象: 客户

| 口径 | 代码 | 类型 | 信息类别 | 算法 |
|---|---|---|---|---|
| 档龄 | age | 时长 | 身份 | today() - 建档日 |
| 没改 | idle | 时长 | 身份 | today() - 最后修改日 |
| 录入钟点 | hour_entered | 整数 | 身份 | 录入时间.hour |
| 店先建 | shop_first | 是否 | 身份 | 所属店.建档日 <= 建档日 |
| 合格 | sound | 是否 | 身份 | 完整度 >= 50% and not(迟录) |
:::

:::口径 店口径 (shop_facts)
对象: 店

| 口径 | 代码 | 类型 | 信息类别 | 算法 |
|---|---|---|---|---|
| 当日客户 | same_day | 整数 | 身份 | count(客户[建档日 = 所属店.建档日]) |
| 最差 | least | 百分比 | 身份 | min(客户.完整度) |
| 最新 | newest | 日期 | 身份 | max(客户.建档日) |
:::

:::保存 客户保存 (customer_retention)
对象: 客户

| 信息类别 | 条件 | 起算 | 期限 | 到期 | 依据 |
|---|---|---|---|---|---|
| 全部 | - | 最后修改 | 2年 | 归档 | 甲 |
| 全部 | 赊销 | 建档 | 5年 | 归档 | 甲 |
| 全部 | 姓名 = "永" | 建档 | 永久 | 归档 | 甲 |
:::
"""


@pytest.fixture(params=ENGINES)
def server(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """One engine for one test."""
    opened = open_engine(request.param)
    yield opened
    opened.connection.close()


@pytest.fixture(scope="module")
def model() -> Model:
    """Two types, both with a completeness."""
    return model_of(PackSource("sample", {"policy.md": FRONT + TEXT}))


SHOPS = ((1, "总店", 3), (2, None, 9), (3, None, None))
MOMENTS = (
    datetime(2026, 11, 20, 15, 59, 59, 900_000, tzinfo=UTC),  # the last second of the 20th in Shanghai
    datetime(2026, 11, 20, 16, 0, tzinfo=UTC),  # the first of the 21st
    datetime(2024, 2, 29, 3, 30, 5, tzinfo=UTC),
)


def people() -> list[dict[str, Any]]:
    """Every mixture of what is filled in and what is not, at moments on both sides of midnight."""
    found = []
    choices = product(("甲", None), (b"sealed", None), (1, 2, 3, None), (7, None), ("照", None), (True, False, None))
    for number, (name, phone, shop, agent, licence, credit) in enumerate(choices, start=1):
        created = MOMENTS[number % 3]
        found.append(
            {
                "id": number,
                "created_at": created,
                "updated_at": MOMENTS[number % 2],
                "name": "永" if name and not number % 5 else name,
                "phone": phone,
                "shop": shop,
                "agent": agent,
                "license": licence,
                "credit": credit,
                "file_by": (datetime(2026, 11, 20, 23, 59, 59), datetime(2026, 11, 21), None)[number // 3 % 3],  # noqa: DTZ001
            }
        )
    return found


def filled(server: Engine, model: Model) -> list[dict[str, Any]]:
    """The people, now in their table."""
    server.create(model)
    shops = [(number, MOMENTS[0], MOMENTS[0], name, code) for number, name, code in SHOPS]
    _insert(server, "shop", ("id", "created_at", "updated_at", "shop_name", "number"), shops)
    given = people()
    columns = tuple("shop_id" if code == "shop" else code for code in given[0])
    _insert(server, "customer", columns, [tuple(each.values()) for each in given])
    return given


def _insert(server: Engine, record_type: str, columns: tuple[str, ...], rows: list[tuple[Any, ...]]) -> None:
    kept = [tuple(_kept(server, value) for value in row) for row in rows]
    server.insert(record_type, columns, kept)


def _kept(server: Engine, value: Any) -> Any:
    """As the runtime keeps it: a moment with its zone in PostgreSQL, in UTC elsewhere; a sealed value as bytes."""
    if isinstance(value, datetime) and value.tzinfo is not None and server.dialect != "postgresql":
        moment = value.replace(tzinfo=None)
        return moment.isoformat(" ") if server.dialect == "sqlite" else moment
    return value.decode() if isinstance(value, bytes) else value


def local(moment: datetime) -> datetime:
    """A moment as expressions read it."""
    return (moment + AHEAD).replace(microsecond=0, tzinfo=None)


def read(record: dict[str, Any]) -> dict[str, Any]:
    """A record as generated Python reads it."""
    stamps = {code: local(record[code]) for code in ("created_at", "updated_at")}
    shop = next((each for each in SHOPS if each[0] == record["shop"]), None)
    above = {"shop/number": shop and shop[2], "shop/created_at": shop and local(MOMENTS[0])}
    return record | stamps | above


def computed(server: Engine, model: Model, record_type: str) -> dict[int, dict[str, Any]]:
    """What SQL computes, by id, with what the driver gives as the language knows it; stored as the runtime does."""
    found = computation(model, record_type, server.dialect, today=TODAY)
    names = ["id", *(column.name for column in found.columns)]
    types = {column.name: column.type for column in found.columns}
    rows = [dict(zip(names, row, strict=True)) for row in server.rows(found.select, found.parameters)]
    for row in rows:
        values = [(name, value) for name, value in row.items() if name != "id"]
        for name, value in values:
            kept = f'UPDATE "rec_{record_type}" SET "{name}" = %(value)s WHERE id = %(id)s'
            server.execute(kept, {"value": value, "id": row["id"]})
            row[name] = server.read(value, types[name])
    return {row.pop("id"): row for row in rows}


def test_the_two_executions_agree(server: Engine, model: Model) -> None:
    """On every mixture of what is there and what is not, and at moments on both sides of midnight."""
    given = filled(server, model)
    found = computed(server, model, "customer")
    runner = Runner(model, "customer")
    assert found == {each["id"]: runner.run(read(each), {}, TODAY) for each in given}
    assert len({row["completeness"] for row in found.values()}) > 8
    assert {row["filed_late"] for row in found.values()} == {True, False, None}


def test_parents_read_what_is_computed_of_their_children(server: Engine, model: Model) -> None:
    """A shop counts its customers by the day on which they were filed, and knows the least complete of them."""
    given = filled(server, model)
    below = computed(server, model, "customer")
    found = computed(server, model, "shop")
    runner = Runner(model, "shop")
    for number, name, code in SHOPS:
        stamps = {"created_at": local(MOMENTS[0]), "updated_at": local(MOMENTS[0])}
        children = {("customer", "shop"): [read(each) | below[each["id"]] for each in given if each["shop"] == number]}
        expected = runner.run({"shop_name": name, "number": code, **stamps}, children, TODAY)
        assert found[number] == expected


def test_known_shares(server: Engine, model: Model) -> None:
    """Name 1, phone 2, shop 1, agent 3, credit 1, the licence 1 where the shop's number is above five, the family 1 of
    those who buy on credit.
    """
    filled(server, model)
    found = computed(server, model, "customer")
    people_by_id = {each["id"]: each for each in people()}
    for number, row in found.items():
        one = people_by_id[number]
        parts = {"name": 1, "phone": 2, "shop": 1, "agent": 3, "credit": 1}
        if one["shop"] == 2:
            parts["license"] = 1
        if one["credit"]:
            parts["family"] = 1
        there = sum(parts[code] for code in parts if one.get(code) is not None)
        assert row["completeness"] == round(there * 10_000 / sum(parts.values()))
    assert {row["shop_share"] for row in computed(server, model, "shop").values()} == {0, 10_000}


def test_nothing_asked_for_is_complete(server: Engine, model: Model) -> None:
    """A shop without a number is asked for nothing, and so lacks nothing."""
    filled(server, model)
    assert computed(server, model, "shop")[3]["shop_share"] == 10_000


@pytest.mark.parametrize("server", ["sqlite", "postgresql"], indirect=True)
def test_when_records_are_kept_no_longer(server: Engine, model: Model) -> None:
    """The day on which the last term is over: as the terms on plain values say, and none for what is kept for good."""
    given = filled(server, model)
    statement = ending(model, "customer", server.dialect, today=TODAY)
    assert statement is not None
    days = dict(server.rows(statement.sql, statement.parameters))
    found = {number: date.fromisoformat(day) if isinstance(day, str) else day for number, day in days.items()}
    keeper = Keeper(model, "customer")
    for each in given:
        when = {Start.CREATED: local(each["created_at"]).date(), Start.UPDATED: local(each["updated_at"]).date()}
        (kept,) = keeper.kept(read(each), {}, TODAY, when)
        assert found[each["id"]] == kept.due_on
    assert None in found.values()
    assert {date(2028, 11, 20), date(2028, 11, 21), date(2031, 11, 21)} <= set(found.values())


def test_values_asked_for_alone_agree_too(server: Engine, model: Model) -> None:
    """A condition of a duty reads the same days as a fact does."""
    given = filled(server, model)
    facts = {fact.code: fact.expression for fact in model.facts["customer"]}
    asked = {code: facts[code] for code in ("age", "idle", "hour_entered")}
    statement = values_of(model, "customer", asked, server.dialect, today=TODAY)
    found = {row[0]: row[1:] for row in server.rows(statement.sql, statement.parameters)}
    for each in given:
        created, changed = local(each["created_at"]), local(each["updated_at"])
        ages = [(TODAY - moment.date()).days * 86_400 for moment in (created, changed)]
        assert found[each["id"]] == (*ages, created.hour)
