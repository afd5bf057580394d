"""Ageing by due date: invoices into bands, and what is owed in each band, beside the same SQL written by hand.

    python -m benchmarks.ageing [--rows 5000000] [--rounds 3] [sqlite] [postgresql] [duckdb]

Two questions, each in rounds that are interleaved: ``from due dates`` computes the decision of every invoice and adds
up by its outcome, as a new day does; ``as stored`` is the figure of the dashboard, over the outcomes that are kept.
Both sides must give the same bands. PostgreSQL is measured where ``KEGUAN_TEST_DATABASE_URL`` names a server.

To hold: 5,000,000 invoices from due dates, and as stored, ≤ 10 s each, and ≤ 3 times as long as by hand
(who counts no groups without a debt, and needs no number of records for each).
"""

from __future__ import annotations

import argparse
import random
import sys
from datetime import date, timedelta
from time import perf_counter
from typing import TYPE_CHECKING

from benchmarks.set_based import databases
from keguan.language.api import check, computation, figure_values
from keguan.language.model.metric import period_of
from keguan.language.model.naming import record_table
from keguan.language.plan.context import DIALECTS
from keguan.language.plan.parameters import stored
from keguan.language.plan.storage import stored_columns
from keguan.language.source import PackSource

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from benchmarks.set_based_tables import Database
    from keguan.language.model.model import Model

LIMIT, RATIO = 10.0, 3.0
TODAY = date(2026, 11, 21)
BANDS = ((0, "未到期"), (30, "30天以内"), (60, "31至60天"), (90, "61至90天"), (180, "91至180天"))
LAST, SETTLED = "180天以上", "已收清"
POLICY = """---
id: ageing-bench
title: 账龄
version: 1.0.0
effective: 2026-01-01
---
### 第一条 应收 {#owed}

:::档案 应收 (invoice)
显示: 单号

| 字段 | 代码 | 类型 | 必填 | 信息类别 |
|---|---|---|---|---|
| 单号 | number | 文本(30) | 是 | 交易 |
| 到期日 | due_on | 日期 | 是 | 交易 |
| 未收金额 | unpaid | 金额 | | 交易 |
:::

:::口径 应收口径 (invoice_facts)
对象: 应收

| 口径 | 代码 | 类型 | 信息类别 | 算法 |
|---|---|---|---|---|
| 欠款 | owed | 金额 | 交易 | 空则(未收金额, 0) |
:::

:::判定 账龄 (ageing)
对象: 应收
命中: 首条
信息类别: 交易

| 欠款 | today() - 到期日 | → 账龄 (age_band) |
|---|---|---|
| <= 0 | - | "已收清" |
| - | <= 0天 | "未到期" |
| - | <= 30天 | "30天以内" |
| - | <= 60天 | "31至60天" |
| - | <= 90天 | "61至90天" |
| - | <= 180天 | "91至180天" |
| - | - | "180天以上" |
:::

:::指标 应收账龄 (ageing_figures)
| 指标 | 代码 | 类型 | 口径 | 目标 | 周期 | 分组 |
|---|---|---|---|---|---|---|
| 各账龄欠款 | owed_by_age | 金额 | sum(应收[欠款 > 0].欠款) | - | 每月 | 账龄 |
:::
"""


def main() -> int:
    """Measure and print; 1 when a figure is not held."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("engines", nargs="*", choices=[[], *DIALECTS], help="all where none is named")
    parser.add_argument("--rows", type=int, default=5_000_000, help="invoices")
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    model = check([PackSource("ageing-bench", {"policy.md": POLICY})]).model
    if model is None:
        raise SystemExit("the benchmark's own policy has errors")
    held = True
    for database in databases(asked.engines or list(DIALECTS)):
        fill(database, model, asked.rows)
        print(f"\n{database.title}: {asked.rows:,} invoices", flush=True)
        limit = LIMIT * max(1.0, asked.rows / 5_000_000)
        for title, ours, hand in questions(database, model):
            held = compare(title, ours, hand, asked.rounds, limit) and held
    return int(not held)


def fill(database: Database, model: Model, rows: int) -> None:
    """Invoices that fell due within the last year or will within half a year; two of five are settled."""
    dialect = DIALECTS[database.dialect]
    columns = stored_columns(model, "invoice")
    declared = [f'"{name}" {dialect.sql_type(None, type_)}' for name, type_ in columns.items()]  # type: ignore[arg-type]
    database.execute(f'CREATE TABLE "{record_table("invoice")}" ({", ".join(declared)})')
    names = ("id", "number", "due_on", "unpaid", "owed", "age_band")
    database.load(record_table("invoice"), names, invoices(database, rows))
    database.settle()


def invoices(database: Database, rows: int) -> Iterator[tuple[object, ...]]:
    """One after the other, with what is computed of them already as the policy computes it."""
    drawn = random.Random(31)
    days = [TODAY + timedelta(days=days) for days in range(-365, 181)]
    kept = {day: (stored(day, database.dialect), band_of((TODAY - day).days)) for day in days}
    for number in range(1, rows + 1):
        due, band = kept[drawn.choice(days)]
        unpaid = 0 if drawn.random() < 0.4 else drawn.randrange(100_00, 100_000_00)
        yield number, f"YS{number:09d}", due, unpaid, unpaid, band if unpaid else SETTLED


def band_of(late: int) -> str:
    """The band of an unpaid invoice so many days late."""
    return next((band for most, band in BANDS if late <= most), LAST)


def questions(
    database: Database, model: Model
) -> Iterator[tuple[str, Callable[[], list[tuple[object, ...]]], Callable[[], list[tuple[object, ...]]]]]:
    """Each question: what it is called, the emitter's answer, and that by hand; rows of (band, owed)."""
    made = computation(model, "invoice", database.dialect, today=TODAY)
    computed = f"SELECT s.age_band, sum(s.owed) FROM ({made.select}) AS s WHERE s.owed > 0 GROUP BY s.age_band"
    cases = " ".join(
        f"WHEN due_on >= '{(TODAY - timedelta(days=most)).isoformat()}' THEN '{band}'" for most, band in BANDS
    )
    hand = f"SELECT CASE {cases} ELSE '{LAST}' END, sum(unpaid) FROM rec_invoice WHERE unpaid > 0 GROUP BY 1"
    yield (
        "from due dates",
        lambda: database.rows(computed, dict(made.parameters)),
        lambda: database.rows(hand, {}),
    )
    (figure,) = model.blocks.metrics["ageing_figures"].figures
    period = period_of(figure.period, TODAY)
    asked = figure_values(model, figure, database.dialect, today=TODAY, period=period, grouped=True)
    kept = "SELECT age_band, sum(owed) FROM rec_invoice WHERE owed > 0 GROUP BY age_band"
    yield (
        "as stored",
        lambda: [(row[0], row[1]) for row in database.rows(asked.sql, dict(asked.parameters)) if row[1] is not None],
        lambda: database.rows(kept, {}),
    )


def compare(
    title: str,
    ours: Callable[[], list[tuple[object, ...]]],
    hand: Callable[[], list[tuple[object, ...]]],
    rounds: int,
    limit: float,
) -> bool:
    """Print the best rounds of both sides; whether they hold."""
    if bands(ours()) != bands(hand()):
        raise SystemExit(f"{title}: the two do not come to the same")
    best = {"keguan": float("inf"), "by hand": float("inf")}
    for turn in range(rounds):
        sides = (("keguan", ours), ("by hand", hand))
        for name, ask in sides if turn % 2 else reversed(sides):
            started = perf_counter()
            ask()
            best[name] = min(best[name], perf_counter() - started)
    ratio = best["keguan"] / best["by hand"]
    print(
        f"  {title:16} keguan {best['keguan']:7.3f} s  by hand {best['by hand']:7.3f} s  ratio {ratio:.2f}", flush=True
    )
    return best["keguan"] <= limit and ratio <= RATIO


def bands(rows: list[tuple[object, ...]]) -> dict[object, int]:
    """What is owed by band, in fen."""
    return {row[0]: int(str(row[1]).split(".")[0]) for row in rows}


if __name__ == "__main__":
    sys.exit(main())
