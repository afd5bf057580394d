"""How long it takes to compute how long records are kept, beside the same written by hand.

    python -m benchmarks.retention [--records 10000 100000 1000000] [--destroy 2000]

For each number of records: the first computation of all of them, which writes a row for each; the second, which finds
nothing to write; a hand-written statement that gives the same days; and one record on demand. ``--destroy`` records are
then destroyed as a witnessed batch is. With ``KEGUAN_TEST_DATABASE_URL`` set it runs on that PostgreSQL database, which
must be empty.

To hold: the second computation of 1,000,000 records ≤ 30 s, and ≤ 6 times the statement by hand that compares the same.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.filled_company import set_up

if TYPE_CHECKING:
    from collections.abc import Iterator

LIMIT = 30.0
"""Seconds for 1,000,000 records when nothing is to be written."""

RATIO = 6.0
"""So many times as long as by hand it may take."""

NOW = datetime(2026, 6, 30, 4, 0, tzinfo=UTC)
BATCH = 50_000
POLICY = """---
id: retention-bench
title: 保存
version: 1.0.0
effective: 2026-01-01
---
### 第一条 运单 {#waybills}

:::档案 运单 (waybill)
显示: 单号
检索: 单号

| 字段 | 代码 | 类型 | 必填 | 信息类别 |
|---|---|---|---|---|
| 单号 | waybill_number | 文本(30) | 是 | 寄递 |
| 签收日 | signed_on | 日期 | | 寄递 |
| 保价 | insured | 是否 | | 寄递 |
| 有争议 | disputed | 是否 | | 寄递 |
:::

:::保存 运单保存 (keep_waybills)
对象: 运单

| 条件 | 起算 | 期限 | 到期 | 暂缓 | 依据 | 双人 |
|---|---|---|---|---|---|---|
| - | 签收日 | 1年 | 归档 | 有争议 | 第一条 | 否 |
| 保价 | 签收日 | 3年 | 归档 | - | 第一条 | 否 |
| - | 建档 | 30天 | 归档 | - | 第一条 | 否 |
:::
"""
COMPARED = """
    SELECT count(*) FROM (SELECT id, {due} AS due FROM rec_waybill) AS d LEFT JOIN retention_standing AS s
    ON s.record_type = 'waybill' AND s.record_id = d.id AND s.information_class = '*'
    WHERE s.id IS NULL OR s.due_on IS DISTINCT FROM {day}
"""
"""The stored days that are not those that this says: what a computation has to find out when nothing has changed."""

BY_HAND = {
    "sqlite": COMPARED.format(
        due="max(coalesce(min(date(signed_on, 'start of month', '+13 months', '-1 day'), date(signed_on, '+1 year')),"
        " '9999-12-30'), CASE WHEN insured THEN coalesce(date(signed_on, '+3 years'), '9999-12-30') ELSE '' END,"
        " date(created_at, '+480 minutes', '+30 days'))",
        day="nullif(d.due, '9999-12-30')",
    ),
    "postgresql": COMPARED.format(
        due="greatest(coalesce((signed_on + interval '1 year')::date, '9999-12-30'::date),"
        " CASE WHEN insured THEN coalesce((signed_on + interval '3 years')::date, '9999-12-30') END,"
        " (created_at AT TIME ZONE 'Asia/Shanghai')::date + 30)",
        day="nullif(d.due, '9999-12-30')",
    ),
}


def main() -> int:
    """Fill, measure and print; 1 when a figure is not held."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--records", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    asked.add_argument("--destroy", type=int, default=2_000, help="0 leaves the destruction out")
    chosen = asked.parse_args()
    with tempfile.TemporaryDirectory(prefix="keguan-retention-") as folder:
        set_up(Path(folder))
        from django.db import connection

        from keguan.runtime import clock

        print(connection.vendor)
        with clock.hold(NOW):
            _publish()
            held = _curve(sorted(chosen.records))
            if chosen.destroy:
                _destroy(chosen.destroy)
    return int(not held)


def _publish() -> None:
    from keguan.language.source import PackSource
    from keguan.runtime.ledger.actions import SYSTEM
    from keguan.runtime.policies.actions import Publish

    Publish(actor=SYSTEM, packs=(PackSource("retention-bench", {"policy.md": POLICY}),)).run()


def _curve(sizes: list[int]) -> bool:
    from django.db import connection, transaction

    from keguan.runtime.policies.queries import current
    from keguan.runtime.retention.keeping import compute, kept_now

    policy, filled, held = current(), 0, True
    print(f"{'records':>10} {'first':>9} {'again':>9} {'by hand':>9} {'ratio':>6} {'one record':>11}")
    for size in sizes:
        _fill(filled, size)
        filled = size
        with _timed() as first:
            written = compute(policy, "waybill").changed
        if not written:
            raise RuntimeError("nothing was computed")
        again = min(_seconds(lambda: compute(policy, "waybill")) for _ in range(3))
        hand = min(_seconds(_by_hand) for _ in range(3))
        with transaction.atomic():
            one = min(_seconds(lambda: kept_now(policy.model, "waybill", (7,))) for _ in range(5))
        ratio = again / hand
        print(f"{size:>10,} {first[0]:>8.2f}s {again:>8.2f}s {hand:>8.2f}s {ratio:>6.1f} {1000 * one:>9.1f}ms")
        held = held and (size < 1_000_000 or (again <= LIMIT and ratio <= RATIO))
        if connection.vendor == "postgresql":
            _analyse()
    return held


def _fill(start: int, end: int) -> None:
    from django.db import transaction

    from keguan.runtime.policies.queries import current
    from keguan.runtime.records import sequence
    from keguan.runtime.records.draft import Draft
    from keguan.runtime.records.inserting import insert

    model, first = current().model, date(2020, 1, 1)
    for at in range(start, end, BATCH):
        count = min(BATCH, end - at)
        with transaction.atomic():
            ids = sequence.take("waybill", count)
            drafts = [
                Draft(
                    number,
                    None,
                    None,
                    values={
                        "waybill_number": f"YD{number:09d}",
                        "signed_on": None if number % 17 == 0 else first + timedelta(number % 2400),
                        "insured": number % 5 == 0,
                        "disputed": number % 50 == 0,
                    },
                )
                for number in ids
            ]
            insert(model, "waybill", drafts)


def _by_hand() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(BY_HAND[connection.vendor])
        cursor.fetchall()


def _destroy(count: int) -> None:
    """Destroy so many as a batch does, some hundred at a time."""
    from django.db import transaction

    from keguan.runtime.policies.queries import current
    from keguan.runtime.retention.actions.carry_out import AT_ONCE
    from keguan.runtime.retention.destroying import Done, destroy_rows

    model = current().model
    with _timed() as taken:
        for first in range(1, count + 1, AT_ONCE):
            with transaction.atomic():
                destroy_rows(model, "waybill", set(range(first, first + AT_ONCE)), Done())
    print(f"destroyed {count:,} with their tokens and histories in {taken[0]:.2f}s")


def _analyse() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _seconds(work: object) -> float:
    with _timed() as taken:
        work()  # type: ignore[operator]
    return taken[0]


@contextmanager
def _timed() -> Iterator[list[float]]:
    taken = [0.0]
    begun = time.perf_counter()
    yield taken
    taken[0] = time.perf_counter() - begun


if __name__ == "__main__":
    raise SystemExit(main())
