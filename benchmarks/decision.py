"""One decision: the generated Python beside the same rules written by hand, and beside five other engines.

The table is the customer grade of ``packs/property-developer``, nine inputs and ten rules, over 1,000 random customers
with nulls. All must agree on every customer before anything is measured. The figures to hold are generated ≤ 1.2 ×
hand-written, and ≤ 2 × with the reason kept (the inputs, the rule and the outputs of the decision, as they are stored);
each is the best of several interleaved rounds.

The whole computation of a record (facts over its contracts, then the decision) is measured the same way.

    python -m benchmarks.decision
"""

from __future__ import annotations

import random
import sys
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

from benchmarks.engines import ENGINES, INPUTS
from keguan.language.api import check
from keguan.language.run import Replay, Runner
from keguan.language.source import read_pack

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

PACKS = Path(__file__).resolve().parents[1] / "packs"
LIMIT = 1.2
REASONS = 2.0
ROUNDS = 150
CUSTOMERS = 1_000
SLOW = 100
"""Customers that the slow engines are given."""
DAY = date(2026, 11, 21)
Values = tuple[Any, ...]


def by_hand(  # noqa: PLR0911, PLR0913, PLR0917 - as the clause has it: nine inputs, ten rows
    total: int | None,
    purchases: int | None,
    villa: bool | None,
    similar: bool | None,
    influential: bool | None,
    leads: bool | None,
    notable: bool | None,
    intends: bool | None,
    active: bool | None,
) -> tuple[str, str | None, int]:
    """The grade, the card and the rule, as a careful programmer writes them from the clause."""
    if total is not None and total >= 5_000_000_000:
        return ("A", "钻石卡", 1)
    if villa and influential:
        return ("A", "钻石卡", 2)
    if similar and leads:
        return ("A", "钻石卡", 3)
    if similar:
        return ("B", "铂金卡", 4)
    if total is not None and total >= 800_000_000:
        return ("B", "铂金卡", 5)
    bought = purchases is not None and purchases > 0
    if bought and notable:
        return ("B", "铂金卡", 6)
    if bought:
        return ("C", "金卡", 7)
    if intends:
        return ("D", None, 8)
    if active:
        return ("D", None, 9)
    return ("E", None, 10)


def record_by_hand(record: dict[str, Any], children: dict[tuple[str, str], list[dict[str, Any]]]) -> dict[str, Any]:
    """The facts of the clause and then its grade, as a careful programmer writes them."""
    total, purchases, villa, similar = None, 0, False, False
    for contract in children.get(("purchase_contract", "customer"), ()):
        if contract.get("contract_status") == "已解除":
            continue
        amount = contract.get("amount")
        if amount is not None:
            total = amount if total is None else total + amount
        purchases += 1
        kind = contract.get("property_kind")
        if kind == "独立别墅":
            villa = similar = True
        elif kind == "同类型物业":
            similar = True
    attendances = len(children.get(("attendance", "customer"), ()))
    field = record.get("field_influence")
    influential = field == "重大" or record.get("company_influence") == "有一定影响"
    notable = record.get("public_office") is True or field in ("重大", "较大")
    active = attendances >= 2
    grade, card, rule = by_hand(
        total,
        purchases,
        villa,
        similar,
        influential,
        record.get("leads_others"),
        notable,
        record.get("intends"),
        active,
    )
    return {
        "total_purchase": total,
        "purchases": purchases,
        "owns_villa": villa,
        "owns_similar": similar,
        "attendances": attendances,
        "active_in_events": active,
        "influential": influential,
        "notable": notable,
        "grade": grade,
        "card": card,
        "customer_grade_rule": rule,
    }


def records(count: int, seed: int = 26) -> list[Values]:
    """Random customers with up to three contracts and three attendances."""
    chance = random.Random(seed)
    flags = (True, False, None)
    kinds = ("独立别墅", "同类型物业", "洋房", "公寓")

    def contract() -> dict[str, Any]:
        return {
            "amount": chance.choice((300_000_000, 700_000_000, 2_600_000_000, None)),
            "contract_status": chance.choice(("履行中", "已完成", "已解除")),
            "property_kind": chance.choice(kinds),
        }

    return [
        (
            {
                "field_influence": chance.choice(("重大", "较大", "一般", None)),
                "company_influence": chance.choice(("有一定影响", "一般", None)),
                "public_office": chance.choice(flags),
                "leads_others": chance.choice(flags),
                "intends": chance.choice(flags),
            },
            {
                ("purchase_contract", "customer"): [contract() for _ in range(chance.randrange(4))],
                ("attendance", "customer"): [{}] * chance.randrange(4),
            },
        )
        for _ in range(count)
    ]


def customers(count: int, seed: int = 25) -> list[Values]:
    """Random input values of the table, with nulls and with totals near the limits of the clause."""
    chance = random.Random(seed)
    totals = (None, 0, 799_999_999, 800_000_000, 4_999_999_999, 5_000_000_000, 120_000_000, 90_000_000)
    flags = (True, False, False, False, None)
    return [
        (chance.choice(totals), chance.choice((None, 0, 0, 1, 3)), *(chance.choice(flags) for _ in INPUTS[2:]))
        for _ in range(count)
    ]


def generated() -> tuple[Callable[..., Values], Runner]:
    """The generated function of the pack's table, and the runner of its record type."""
    checked = check([read_pack(PACKS / "core"), read_pack(PACKS / "property-developer")])
    if checked.model is None:
        sys.exit("\n".join(str(finding.message("en")) for finding in checked.diagnostics))
    return Replay(checked.model.decisions["customer_grade"]).decide, Runner(checked.model, "customer")


def best(functions: Sequence[Callable[..., Any]], cases: Sequence[Values], rounds: int) -> list[float]:
    """The best time of each function per case, in microseconds, the rounds interleaved."""
    times = [float("inf")] * len(functions)
    for _ in range(rounds):
        for at, function in enumerate(functions):
            start = perf_counter()
            for case in cases:
                function(*case)
            times[at] = min(times[at], (perf_counter() - start) / len(cases) * 1e6)
    return times


def keeping(decide: Callable[..., Values]) -> Callable[..., tuple[Values, Values]]:
    """The decision with its reason kept: what went in, and what came out with the rule."""

    def kept(*values: Any) -> tuple[Values, Values]:
        return values, decide(*values)

    return kept


def main() -> int:
    """Compare and print; the exit code says whether the limits hold."""
    decide, runner = generated()
    others = {name: make() for name, make in ENGINES.items()}
    cases, whole = customers(CUSTOMERS), [(*pair, DAY) for pair in records(CUSTOMERS)]
    for case in cases:
        if decide(*case) != by_hand(*case):
            sys.exit(f"they disagree on {case}: {by_hand(*case)} by hand, {decide(*case)} generated")
    for name, other in others.items():
        for case in cases[:SLOW]:
            if other(*case) != by_hand(*case):
                sys.exit(f"they disagree on {case}: {by_hand(*case)} by hand, {other(*case)} by {name}")
    for record, children, day in whole:
        if runner.run(record, children, day) != record_by_hand(record, children):
            sys.exit(f"the two disagree on {record}, {children}")
    hand_time, generated_time, kept_time = best([by_hand, decide, keeping(decide)], cases, ROUNDS)
    slow = {name: best([other], cases[:SLOW], 2)[0] for name, other in others.items()}
    hand_whole, generated_whole, kept_whole = best(
        [lambda record, children, _: record_by_hand(record, children), runner.run, runner.inputs], whole, ROUNDS
    )
    ratio, reasons = generated_time / hand_time, kept_time / hand_time
    print(f"one decision ({CUSTOMERS} customers, nine inputs, ten rules)")
    print(f"  by hand              {hand_time:9.3f} µs   1.00")
    print(f"  generated            {generated_time:9.3f} µs   {ratio:.2f}   (limit {LIMIT})")
    print(f"  generated, reason kept{kept_time:8.3f} µs   {reasons:.2f}   (limit {REASONS})")
    for name, time in slow.items():
        print(f"  {name:20} {time:9.3f} µs   {time / hand_time:.0f}")
    print("one record (eight facts over its children, then the decision)")
    print(f"  by hand              {hand_whole:9.3f} µs   1.00")
    print(f"  generated            {generated_whole:9.3f} µs   {generated_whole / hand_whole:.2f}")
    print(f"  generated, inputs kept{kept_whole:8.3f} µs   {kept_whole / hand_whole:.2f}")
    return 0 if ratio <= LIMIT and reasons <= REASONS else 1


if __name__ == "__main__":
    sys.exit(main())
