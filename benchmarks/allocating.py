"""How long sharing a million customers out among ten thousand people takes, beside the least that anybody could do.

    python -m benchmarks.allocating [--customers 1000000] [--staff 10000] [--hand-over]

The customers are of four kinds and thirty areas, the people have scores, areas and room for so many. Worked out by the
system: who takes part, the shares, the areas, the order, a reason for each, written down. By hand: the same rows read,
dealt round to everybody in turn without shares, scores, areas, limits or reasons, and written down. The figure to hold:
thirty seconds at a million. Totals are checked to be exact in every row. With ``--hand-over`` the records then change
hands, with the owner's history, the fields that the policy names and what follows from them. With
``KEGUAN_TEST_DATABASE_URL`` set it runs on that PostgreSQL database, which must be empty.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.filled_company import set_up

LIMIT = 30
"""Seconds that a million may take."""

KINDS = ("满期", "续期", "老客户", "未到期")
AREAS = tuple(f"第{number}区" for number in range(1, 31))

POLICY = f"""---
id: allocating-bench
title: 分配量测
version: 1.0.0
effective: 2026-01-01
---
### 第一条 档案

:::档案 规划师 (planner)
显示: 姓名

| 字段 | 代码 | 类型 | 必填 | 信息类别 |
|---|---|---|---|---|
| 姓名 | name | 文本(60) | 是 | 人事 |
| 账号 | account | 人员 | | 人事 |
| 得分 | points | 整数 | | 业绩 |
| 负责地区 | area_served | 选项({", ".join(AREAS)}) | | 人事 |
| 容量 | room | 整数 | | 人事 |
:::

:::档案 保单客户 (holder)
显示: 姓名

| 字段 | 代码 | 类型 | 必填 | 信息类别 |
|---|---|---|---|---|
| 姓名 | holder_name | 文本(60) | 是 | 身份 |
| 险种 | kind | 选项({", ".join(KINDS)}) | 是 | 保单 |
| 金额 | amount | 整数 | | 保单 |
| 地区 | area | 选项({", ".join(AREAS)}) | | 身份 |
| 分到日 | given_on | 日期 | | 保单 |
:::

### 第二条 分配

:::分配 客户资源分配 (sharing)
对象: 保单客户
条件: 分到日 = null
分给: 规划师
方法: 按得分
依据: 得分
本人: 账号
容量: 容量
匹配: 地区 = 负责地区
日期记入: 分到日

| 名称 | 条件 | 份额 | 排序 |
|---|---|---|---|
| 满期 | 险种 = "满期" | 10% | 金额 |
| 续期 | 险种 = "续期" | 30% | 金额 |
| 老客户 | 险种 = "老客户" | 50% | 金额 |
| 其他 | - | 10% | - |
:::
"""


def main() -> None:
    """File, share out, compare, and hand over if asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--customers", type=int, default=1_000_000)
    parser.add_argument("--staff", type=int, default=10_000)
    parser.add_argument("--hand-over", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        set_up(Path(folder))
        _fill(asked.customers, asked.staff)
        seconds, cpu = _shared(asked.customers)
        by_hand = _by_hand()
        held = "held" if seconds <= LIMIT or asked.customers < 1_000_000 else "NOT HELD"
        print(f"worked out {asked.customers:,} for {asked.staff:,}: {seconds:.1f} s ({cpu:.1f} s of this process)")
        print(f"dealt round by hand: {by_hand:.1f} s; ratio {seconds / by_hand:.1f}; {LIMIT} s a million: {held}")
        if asked.hand_over:
            print(f"handed over: {_handed():.1f} s")


def _fill(customers: int, staff: int) -> None:
    """People with records of their own, and customers that are nobody's, straight into the tables."""
    from django.db import connection

    from keguan.language.source import PackSource
    from keguan.runtime.ledger.actions import SYSTEM
    from keguan.runtime.org.actions import AddUnit
    from keguan.runtime.org.models import Staff
    from keguan.runtime.policies.actions import Publish

    chance = random.Random(20_261_122)
    Publish(actor=SYSTEM, packs=(PackSource("allocating-bench", {"policy.md": POLICY}),)).run()
    unit = AddUnit(actor=SYSTEM, unit_name="理财中心").run()
    now = connection.ops.adapt_datetimefield_value(_now())
    people = [
        Staff(username=f"p{number}", name=f"规划师{number}", unit_id=unit, added_at=_now()) for number in range(staff)
    ]
    made = Staff.objects.bulk_create(people, batch_size=2_000)
    rows: list[tuple[Any, ...]] = [
        (
            each.pk,
            each.name,
            each.pk,
            chance.randint(40, 100),
            _area(chance, number),
            3 * customers // staff,
            now,
            now,
            1,
        )
        for number, each in enumerate(made)
    ]
    _insert("rec_planner", ("id", "name", "account", "points", "area_served", "room"), rows)
    weights = (10, 30, 50, 10)
    holders = [
        (number, f"客户{number}", kind, chance.randint(1, 10**6), chance.choice(AREAS), now, now, 1)
        for number, kind in enumerate(chance.choices(KINDS, weights, k=customers), 1)
    ]
    _insert("rec_holder", ("id", "holder_name", "kind", "amount", "area"), holders)


def _area(chance: random.Random, number: int) -> str | None:
    """One in ten serves every area."""
    return None if number % 10 == 0 else chance.choice(AREAS)


def _insert(table: str, columns: tuple[str, ...], rows: list[tuple[Any, ...]]) -> None:
    from django.db import connection, transaction

    listed = (*columns, "created_at", "updated_at", "version")
    marks = ", ".join(["%s"] * len(listed))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {table} ({', '.join(listed)}) VALUES ({marks})", rows)


def _shared(customers: int) -> tuple[float, float]:
    """Seconds that working it out takes, and of these in this process; fails where a total is not exact."""
    from keguan.runtime import clock
    from keguan.runtime.allocations.drafting import draft
    from keguan.runtime.allocations.models import Run
    from keguan.runtime.jobs.progress import Progress
    from keguan.runtime.policies.queries import current

    facts = {"record_type": "holder", "publication_id": current().publication_id, "period": "2026", "by_name": "量测"}
    run = Run.objects.create(allocation="sharing", on=clock.today(), at=clock.now(), **facts)
    began, cpu = time.perf_counter(), time.process_time()
    draft(run.pk, Progress(0))
    seconds, own = time.perf_counter() - began, time.process_time() - cpu
    run.refresh_from_db()
    given = run.lines.filter(recipient_id__isnull=False).count()
    exact = run.given == given == sum(row["given"] for row in run.rows) and run.lines.count() == run.pooled == customers
    if not exact or any(row["given"] != row["target"] for row in run.rows):
        raise SystemExit(f"totals are not exact: {run.pooled}, {run.given}, {given}, {run.rows}")
    return seconds, own


def _by_hand() -> float:
    """Seconds for reading the same rows, dealing them round, and writing whom each goes to."""
    from django.db import connection, transaction

    began = time.perf_counter()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE by_hand (record_id bigint PRIMARY KEY, planner_id bigint)")
        cursor.execute("SELECT id FROM rec_planner ORDER BY id")
        people = [row[0] for row in cursor.fetchall()]
        cursor.execute("SELECT id FROM rec_holder WHERE given_on IS NULL ORDER BY amount DESC")
        rows = [(row[0], people[place % len(people)]) for place, row in enumerate(cursor.fetchall())]
        cursor.executemany("INSERT INTO by_hand VALUES (%s, %s)", rows)
    return time.perf_counter() - began


def _handed() -> float:
    """Seconds for the hand-over of the run."""
    from keguan.runtime.allocations.actions.runs import confirmed
    from keguan.runtime.allocations.models import Run
    from keguan.runtime.allocations.working import hand_over
    from keguan.runtime.jobs.progress import Progress

    run = Run.objects.get()
    confirmed(run, None, "量测", wake=False)
    began = time.perf_counter()
    hand_over(run.pk, Progress(run.job_id or 0))
    return time.perf_counter() - began


def _now() -> Any:
    from keguan.runtime import clock

    return clock.now()


if __name__ == "__main__":
    main()
