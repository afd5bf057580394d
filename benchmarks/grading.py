"""Grading under quotas: everything again with 500 groups, beside careful SQL by hand that writes the same.

The customers of ``benchmarks.set_based``, each in one of 500 areas; of every area at most 2 % may be A and 10 % B, by
what they have bought; whoever falls counts below. Written are outcome by the table, what counts, what it was cut by,
and for every change a row of history with the place in the group. The limit is 1.3 × by hand. Last, what one save
costs: the outcome of one customer, and the cut of their group again.

    python -m benchmarks.grading [--rows 1000000] [--rounds 3] [sqlite] [postgresql]

PostgreSQL is measured where ``KEGUAN_TEST_DATABASE_URL`` names a server, in a schema of its own.
"""

from __future__ import annotations

import argparse
import sys
from contextlib import closing
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import TYPE_CHECKING

from benchmarks.set_based import STAMP, Side, compare, open_database
from benchmarks.set_based_by_hand import FACTS, HAND, INPUTS
from benchmarks.set_based_tables import fill
from keguan.language.api import check, computation, regrouping, write_back
from keguan.language.source import PackSource, read_pack

if TYPE_CHECKING:
    from benchmarks.set_based_tables import Database, Steps
    from keguan.language.model.model import Model
    from keguan.language.plan.statement import DialectName

LIMIT = 1.3
GROUPS = 500
TODAY = date(2026, 11, 21)
PACKS = Path(__file__).resolve().parents[1] / "packs"
QUOTA = """---
id: quotas
title: 等级名额
version: 1.0.0
effective: 2026-01-01
uses: [property-developer]
---
### 第一条 名额

:::名额 等级名额 (grade_quota)
判定: 客户等级
分组: 居住区域
超额: 按 累计购买额 从高到低保留, 其余降一级

| 等级 | 上限 |
|---|---|
| A | 2% |
| B | 10% |
:::
"""
GROUP, ORDER = "by_quota_group_grade_quota", "by_quota_order_grade_quota"
TABLE, TRAIL = "by_quota_table_grade", "trail_grade_quota"


def main() -> int:
    """Measure and print; 1 when a ratio is above the limit."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("engines", nargs="*", choices=[[], "sqlite", "postgresql"], help="both where none is named")
    parser.add_argument("--rows", type=int, default=1_000_000, help="customers")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    packs = [read_pack(PACKS / name) for name in ("core", "property-developer")]
    checked = check([*packs, PackSource("quotas", {"policy.md": QUOTA})])
    if checked.model is None:
        raise SystemExit("\n".join(each.message() for each in checked.diagnostics))
    held = True
    for name in options.engines or ("sqlite", "postgresql"):
        with TemporaryDirectory() as folder:
            database = open_database(name, Path(folder))
            if database is None:
                print("\nPostgreSQL: skipped, KEGUAN_TEST_DATABASE_URL names no server")
                continue
            with closing(database):
                held = measured(database, checked.model, options.rows, options.rounds) and held
    return int(not held)


def measured(database: Database, model: Model, rows: int, rounds: int) -> bool:
    """Fill an engine, print the comparisons; whether all hold."""
    fill(database, model, rows)
    database.execute(f"UPDATE rec_customer SET living_area = 'area ' || CAST(id %% {GROUPS} AS text)", {"nothing": 0})
    database.execute(f"CREATE INDEX by_group ON rec_customer ({GROUP}, id)")
    database.settle()
    print(f"\n{database.title}: {rows:,} customers, {GROUPS} groups", flush=True)
    made = computation(model, "customer", database.dialect, today=TODAY)
    stored = write_back(made)
    steps: Steps = [*stored.stage, *stored.history.values(), stored.update, *stored.drop]
    hand = by_hand(database.dialect)
    emitter = Side(database, made.select, steps, {**stored.parameters, **STAMP})
    theirs = Side(database, hand[0], list(hand[1]), {"active": 2, **STAMP})
    compared = (TABLE, "grade", TRAIL)
    listed = f"SELECT id, {', '.join(compared)} FROM ({{0}}) AS f WHERE id %% 97 = 0 ORDER BY id"
    both = [database.rows(listed.format(side.select), side.values) for side in (emitter, theirs)]
    if both[0] != both[1]:
        raise SystemExit("the two do not cut the same")
    ratios = [compare("all changed, written back", rounds, rows, emitter.first_run, theirs.first_run)]
    database.commit(emitter.steps, emitter.values)
    ratios.append(compare("1 % changed, written back", rounds, rows, emitter.part_run, theirs.part_run))
    ratios.append(compare("nothing changed", rounds, rows, emitter.again, theirs.again))
    print(f"  one customer saved: {1000 * saved(database, model, rounds):.1f} ms", flush=True)
    worst = max(ratios)
    print(f"  worst ratio {worst:.2f} (limit {LIMIT})", flush=True)
    return worst <= LIMIT


def saved(database: Database, model: Model, rounds: int) -> float:
    """Seconds in which one customer is computed whose purchases have changed, their group cut again; the best."""
    again = regrouping(model, "customer", database.dialect, today=TODAY)
    if again is None:
        raise SystemExit("no quota")
    stored = write_back(computation(model, "customer", database.dialect, today=TODAY, only=True))
    values = {**again.parameters, **stored.parameters, **STAMP}
    best = 60.0
    for number in range(1, 5 * rounds + 1):
        database.begin()
        database.execute("CREATE TEMPORARY TABLE affected (id bigint PRIMARY KEY)")
        database.execute(f"INSERT INTO affected VALUES ({number})")
        database.execute(f"UPDATE rec_customer SET {ORDER} = -1 WHERE id = {number}")
        begun = perf_counter()
        for statement in again.cut:
            database.execute(statement, values)
        others = database.rows(again.others, values)
        for (other,) in others:
            database.execute(f"INSERT INTO affected VALUES ({other})")
        for statement in (*stored.stage, *stored.history.values(), stored.update, *stored.drop):
            database.execute(statement, values)
        best = min(best, perf_counter() - begun)
        database.rollback()
        database.execute("DROP TABLE IF EXISTS affected")
    return best


def by_hand(dialect: DialectName) -> tuple[str, list[str]]:
    """The select, and the steps of its write-back, as a careful engineer writes them."""
    distinct = "IS NOT" if dialect == "sqlite" else "IS DISTINCT FROM"
    order = "ORDER BY total_purchase IS NULL, total_purchase DESC, id"
    one, two = (f"(members * {share} - (members * {share}) %% 100) / 100" for share in (2, 10))
    select = f"""
        SELECT c.*, CASE WHEN first = 'B' AND place_2 > {two} THEN 'C' ELSE first END AS grade,
            nullif(substr(
                CASE WHEN {TABLE} = 'A' THEN ',0:' || CAST(place_1 AS text) || '/' || CAST({one} AS text) ELSE '' END
                || CASE WHEN first = 'B' THEN ',1:' || CAST(place_2 AS text) || '/' || CAST({two} AS text)
                ELSE '' END, 2), '') AS {TRAIL}
        FROM (
            SELECT b.*, row_number() OVER (PARTITION BY {GROUP}, first {order}) AS place_2
            FROM (
                SELECT a.*, CASE WHEN {TABLE} = 'A' AND place_1 > {one} THEN 'B' ELSE {TABLE} END AS first
                FROM (
                    SELECT o.*, r.living_area AS {GROUP}, r.{TABLE} AS was_table, r.{GROUP} AS was_group,
                        r.{ORDER} AS was_order,
                        count({{table}}) OVER (PARTITION BY r.living_area) AS members,
                        row_number() OVER (PARTITION BY r.living_area, {{table}}
                            ORDER BY o.total_purchase IS NULL, o.total_purchase DESC, o.id) AS place_1
                    FROM ({{outcome}}) o JOIN rec_customer r ON r.id = o.id
                ) a
            ) b
        ) c"""
    outcome = HAND[dialect].outcome.replace(" AS grade,", f" AS {TABLE},")
    select = select.replace("{table}", f"o.{TABLE}").replace("{outcome}", outcome)
    was = [f"w{number}" for number in range(1, 9)]
    pairs = [*zip(FACTS, was, strict=True), ("customer_grade_rule", "was_rule"), ("grade", "was_grade")]
    pairs += [("card", "was_card"), (TABLE, "was_table"), (GROUP, "was_group"), ("total_purchase", "was_order")]
    changed = " OR ".join(f"{new} {distinct} {old}" for new, old in pairs)
    stage = f"CREATE TEMPORARY TABLE changed AS SELECT * FROM ({select}) s WHERE {changed}"
    columns = ", ".join(f"in_{position}" for position in range(len(INPUTS)))
    history = f"""INSERT INTO his_customer_grade (record_id, decided_at, decided_on, publication_id, rule, out_grade,
            out_card, was_grade, was_card, {TABLE}, {GROUP}, {ORDER}, {TRAIL}, {columns})
        SELECT id, %(decided_at)s, %(decided_on)s, %(publication_id)s, customer_grade_rule, grade, card, was_grade,
            was_card, {TABLE}, {GROUP}, total_purchase, {TRAIL}, {", ".join(INPUTS)}
        FROM changed WHERE customer_grade_rule {distinct} was_rule OR grade {distinct} was_grade
            OR card {distinct} was_card OR {TABLE} {distinct} was_table"""
    kept = [*FACTS, "customer_grade_rule", "grade", "card", TABLE, GROUP]
    values = ", ".join(f"{name} = changed.{name}" for name in kept)
    values += f", {ORDER} = changed.total_purchase"
    update = f"UPDATE rec_customer SET {values} FROM changed WHERE changed.id = rec_customer.id"
    return select, [stage, history, update, "DROP TABLE changed"]


if __name__ == "__main__":
    sys.exit(main())
