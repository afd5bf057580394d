"""A changed table tried on all customers: the emitter's comparison beside the same comparison written by hand.

The grading of ``packs/property-developer`` with its bar for B at 8 million yuan and at 6 million, over generated
customers with 1.4 contracts and half an attendance each. Measured: the flows (who goes from which grade to which, and
all totals) and the named movers with both reasons, which together are what ``keguan simulate`` asks; both must give the
same flows and the same movers. The figure to hold: 1,000,000 customers in under 10 s.

    python -m benchmarks.simulation [--customers 1000000] [--rounds 3] [--engines sqlite postgresql duckdb]

PostgreSQL is measured where ``KEGUAN_TEST_DATABASE_URL`` names a server.
"""

from __future__ import annotations

import argparse
import statistics
from dataclasses import dataclass
from time import perf_counter
from typing import TYPE_CHECKING, Any

from benchmarks.set_based import LIMITS, PACKS, TODAY, databases
from benchmarks.set_based_by_hand import INPUTS
from benchmarks.set_based_tables import fill
from keguan.language.api import check, simulation
from keguan.language.source import PackSource, read_pack

if TYPE_CHECKING:
    from benchmarks.set_based_tables import Database
    from keguan.language.model.model import Model

NAMED = {"each": 50}

FACTS = """
    SELECT r.id, p.total AS total_purchase, coalesce(p.number, 0) AS purchases,
        coalesce(p.villas, 0) > 0 AS owns_villa, coalesce(p.similars, 0) > 0 AS owns_similar,
        coalesce(a.number, 0) >= %(active)s AS active_in_events,
        r.field_influence {equal} '重大' OR r.company_influence {equal} '有一定影响' AS influential,
        r.public_office {equal} TRUE OR r.field_influence {equal} '重大' OR r.field_influence {equal} '较大' AS notable,
        r.leads_others, r.intends
    FROM rec_customer r
    LEFT JOIN (
        SELECT customer_id, sum(amount) AS total, count(*) AS number,
            count(*) FILTER (WHERE property_kind = '独立别墅') AS villas,
            count(*) FILTER (WHERE property_kind IN ('独立别墅', '同类型物业')) AS similars
        FROM rec_purchase_contract WHERE contract_status {distinct} '已解除'{children} GROUP BY customer_id
    ) p ON p.customer_id = r.id
    LEFT JOIN (SELECT customer_id, count(*) AS number FROM rec_attendance WHERE 1 = 1{children} GROUP BY customer_id) a
        ON a.customer_id = r.id{own}"""

RULE = """CASE
    WHEN total_purchase >= 5000000000 THEN 1
    WHEN owns_villa AND influential THEN 2
    WHEN owns_similar AND leads_others THEN 3
    WHEN owns_similar THEN 4
    WHEN total_purchase >= {bar} THEN 5
    WHEN purchases > 0 AND notable THEN 6
    WHEN purchases > 0 THEN 7
    WHEN intends THEN 8
    WHEN active_in_events THEN 9
    ELSE 10 END"""

GRADE = """CASE WHEN {rule} <= 3 THEN 'A' WHEN {rule} <= 6 THEN 'B'
    WHEN {rule} = 7 THEN 'C' WHEN {rule} <= 9 THEN 'D' ELSE 'E' END"""

CARD = "CASE WHEN {rule} <= 3 THEN '钻石卡' WHEN {rule} <= 6 THEN '铂金卡' WHEN {rule} = 7 THEN '金卡' END"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--customers", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--engines", nargs="*", choices=list(LIMITS))
    options = parser.parse_args()
    old, new = models()
    for database in databases(options.engines or list(LIMITS)):
        contracts = fill(database, old, options.customers)
        print(f"\n{database.title}: {options.customers:,} customers, {contracts:,} contracts")
        measure(database, old, new, options.customers, options.rounds)


def models() -> tuple[Model, Model]:
    """The policy as it lies in the repository, and with the lower bar."""
    core, developer = read_pack(PACKS / "core"), read_pack(PACKS / "property-developer")
    lower = {path: text.replace(">= 800万", ">= 600万") for path, text in developer.files.items()}
    found = [check([core, each]).model for each in (developer, PackSource(developer.id, lower))]
    if found[0] is None or found[1] is None or lower == dict(developer.files):
        raise SystemExit("the pack cannot be read, or its bar is no longer 800万")
    return found[0], found[1]


def measure(database: Database, old: Model, new: Model, customers: int, rounds: int) -> None:
    """Print both sides' seconds and their ratio."""
    (decision,) = simulation(old, new, database.dialect, TODAY).decisions
    hand = by_hand(database.dialect)

    def emitted() -> tuple[list[Any], list[Any]]:
        rows = database.rows(decision.flows.sql, {**decision.flows.parameters, **NAMED})
        ids = sorted(row[-1] for row in rows if row[-1] is not None)
        reasons = decision.reasons(ids)
        return [row for row in rows if row[-1] is None], database.rows(reasons.sql, dict(reasons.parameters))

    def written() -> tuple[list[Any], list[Any]]:
        rows = database.rows(hand.flows, {"active": 2, **NAMED})
        ids = ", ".join(str(row[-1]) for row in rows if row[-1] is not None)
        movers = database.rows(hand.reasons.replace("{ids}", ids), {"active": 2})
        return [row for row in rows if row[-1] is None], movers

    times: dict[str, list[float]] = {"emitter": [], "hand": []}
    found: dict[str, Any] = {}
    for number in range(rounds):
        order = [("emitter", emitted), ("hand", written)]
        for name, run in order if number % 2 == 0 else reversed(order):
            begun = perf_counter()
            flows, movers = run()
            times[name].append(perf_counter() - begun)
            found[name] = (sorted(row[:3] for row in flows), [tuple(map(plain, row)) for row in movers])
    if found["emitter"] != found["hand"]:
        raise SystemExit("the two do not compare the same")
    ours, theirs = statistics.median(times["emitter"]), statistics.median(times["hand"])
    moved = sum(count for was, now, count in found["hand"][0] if was != now)
    speed = f"{customers / ours / 1e6:.2f} M customers/s"
    print(f"  {moved:,} would move; {len(found['hand'][1])} are named with their reasons")
    print(f"  simulate   emitter {ours:6.2f} s   by hand {theirs:6.2f} s   ratio {ours / theirs:.2f}   {speed}")


def plain(value: object) -> object:
    """SQLite gives 0 and 1 for what PostgreSQL gives as booleans, on either side."""
    return int(value) if isinstance(value, bool) else value


@dataclass(frozen=True)
class ByHand:
    """Flows with the ids to be named, and the reasons of ``{ids}``."""

    flows: str
    reasons: str


def by_hand(dialect: str) -> ByHand:
    """As a careful engineer writes it: the facts once, the table twice, the reasons only for those who are named."""
    distinct = "IS NOT" if dialect == "sqlite" else "IS DISTINCT FROM"
    moves = f"was_grade {distinct} now_grade OR was_card {distinct} now_card"
    flows = f"""WITH o AS (SELECT id, was_rule, now_rule, was_grade, was_card, now_grade, now_card
            FROM ({both(dialect, "", "")}) b)
        SELECT was_grade, now_grade, count(*), count(*) FILTER (WHERE {moves}),
            count(*) FILTER (WHERE NOT ({moves}) AND was_rule {distinct} now_rule), NULL AS id
        FROM o GROUP BY was_grade, now_grade
        UNION ALL SELECT was_grade, now_grade, place, NULL, NULL, id FROM (
            SELECT o.*, row_number() OVER (PARTITION BY was_grade, now_grade ORDER BY id) AS place FROM o WHERE {moves}
        ) p WHERE place <= %(each)s"""
    columns = f"was_grade, was_card, was_rule, now_grade, now_card, now_rule, {', '.join(INPUTS)}"
    again = ", ".join(f"{name} AS again_{name}" for name in INPUTS)
    named = both(dialect, " AND customer_id IN ({ids})", " WHERE r.id IN ({ids})")
    return ByHand(flows, f"SELECT id, {columns}, {again} FROM ({named}) o ORDER BY id")


def both(dialect: str, children: str, own: str) -> str:
    """Rule, grade and card of both versions, and the inputs."""
    equal, distinct = ("IS", "IS NOT") if dialect == "sqlite" else ("IS NOT DISTINCT FROM", "IS DISTINCT FROM")
    facts = FACTS.format(equal=equal, distinct=distinct, children=children, own=own)
    rules = f"{RULE.format(bar=800000000)} AS was_rule, {RULE.format(bar=600000000)} AS now_rule"
    sides = ", ".join(
        f"{text.format(rule=f'{side}_rule')} AS {side}_{name}"
        for side in ("was", "now")
        for name, text in (("grade", GRADE), ("card", CARD))
    )
    return f"SELECT id, was_rule, now_rule, {sides}, {', '.join(INPUTS)} FROM (SELECT f.*, {rules} FROM ({facts}) f) g"


if __name__ == "__main__":
    main()
