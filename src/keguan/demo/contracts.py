"""Invented purchase contracts that bring every buyer to the grade it was planned to have."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from random import Random

    from keguan.demo.customers import Customer

_C_CEILING = 7_800_000
"""Customers of grade C stay below this many yuan, B customers below 50 million."""
_B_CEILING = 49_000_000


@dataclass(frozen=True, slots=True)
class Contract:
    """One contract; ``yuan`` is its amount."""

    customer: Customer
    kind: str
    unit: str
    yuan: int
    signed: date
    status: str
    discount: int


def contracts(random: Random, people: list[Customer], count: int, today: date) -> list[Contract]:
    """``count`` contracts, earliest first: what makes each buyer's grade, then parking spaces and smaller units."""
    buyers = [customer for customer in people if customer.buyer]
    made = [
        _contract(random, buyer, kind, yuan, today) for buyer in buyers for kind, yuan in _grade_makers(random, buyer)
    ]
    totals = dict.fromkeys((buyer.number for buyer in buyers), 0)
    for contract in made:
        totals[contract.customer.number] += contract.yuan
    while len(made) < count:
        made.append(_extra(random, random.choice(buyers), totals, today))
    made.sort(key=lambda contract: (contract.signed, contract.customer.number, contract.unit))
    return made


def _grade_makers(random: Random, buyer: Customer) -> list[tuple[str, int]]:
    rule = buyer.grade + str(buyer.way)
    if rule == "A1":
        return [("商铺", random.randint(900, 1_800) * 10_000) for _ in range(3)] + [("独立别墅", 26_000_000)]
    if rule in ("A2", "B1"):
        return [
            ("独立别墅" if rule == "A2" or random.random() < 0.4 else "同类型物业", random.randint(600, 1_800) * 10_000)
        ]
    if rule == "A3":
        return [("同类型物业", random.randint(500, 1_200) * 10_000)]
    if rule == "B2":
        return [("洋房", random.randint(400, 600) * 10_000), ("商铺", random.randint(400, 700) * 10_000)]
    return [(random.choice(("洋房", "公寓", "公寓", "洋房", "商铺")), random.randint(60, 350) * 10_000)]


def _extra(random: Random, buyer: Customer, totals: dict[int, int], today: date) -> Contract:
    kind, low, high = random.choice((("车位", 12, 30), ("车位", 12, 30), ("商铺", 40, 90), ("公寓", 50, 120)))
    yuan = random.randint(low, high) * 10_000
    ceiling = {"C": _C_CEILING, "B": _B_CEILING}.get(buyer.grade)
    if ceiling and totals[buyer.number] + yuan > ceiling:
        return _contract(random, buyer, "车位", 150_000, today, "已解除")
    totals[buyer.number] += yuan
    return _contract(random, buyer, kind, yuan, today, "已解除" if random.random() < 0.05 else None)


def _contract(
    random: Random, buyer: Customer, kind: str, yuan: int, today: date, status: str | None = None
) -> Contract:
    days = (today - buyer.first_contact).days
    unit = (
        f"地库-{random.randint(1, 999)}"
        if kind == "车位"
        else f"{random.randint(1, 28)}-{random.randint(1, 33)}0{random.randint(1, 4)}"
    )
    return Contract(
        buyer,
        kind,
        unit,
        # Prices are not round: a few hundred yuan more or less, never enough to cross a boundary of the grades.
        yuan + random.randint(0, 90) * 100,
        buyer.first_contact + timedelta(days=random.randint(0, days)),
        status or ("履行中" if random.random() < 0.6 else "已完成"),
        random.choice((95, 96, 97, 98, 99, 100, 100, 100)),
    )
