"""Invented customers of the S25 grading in any number, from a seed: amounts at and beside the thresholds, and nulls."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

THRESHOLDS = (0, 800_000_000, 5_000_000_000)
AMOUNTS = (
    *(threshold + step for threshold in THRESHOLDS for step in (-1, 0, 1)),
    *(part + step for part in (400_000_000, 2_500_000_000) for step in (-1, 0)),
    123_456_700,
    None,
)
STATUSES = ("履行中", "已完成", "已完成", "已解除", None)
PROPERTIES = ("公寓", "洋房", "公寓", "独立别墅", "同类型物业", "商铺", None)
CUSTOMER = ("intends", "field_influence", "company_influence", "public_office", "leads_others")
CONTRACT = ("amount", "status", "property_kind")
INFLUENCES = (None, None, None, "一般", "较大", "重大")
COMPANY_INFLUENCES = (None, None, "一般", "有一定影响")
ANSWERS = (None, None, False, True)

PEOPLE = tuple(
    dict(zip(CUSTOMER, fields, strict=True))
    for fields in product(ANSWERS, INFLUENCES, COMPANY_INFLUENCES, ANSWERS, ANSWERS)
)
CONTRACTS = tuple(dict(zip(CONTRACT, fields, strict=True)) for fields in product(AMOUNTS, STATUSES, PROPERTIES))

Person = tuple[dict[str, Any], list[dict[str, Any]], int]


def people(random: Random, count: int) -> Iterator[Person]:
    """For each of ``count`` customers: the fields ``CUSTOMER``, contracts with ``CONTRACT``, and attendances."""
    # random.random() with a multiplication is several times faster than random.choice, and a million rows wait
    roll, kinds, deals = random.random, len(PEOPLE), len(CONTRACTS)
    for _ in range(count):
        contracts = [CONTRACTS[int(roll() * deals)] for _ in range(int(roll() * roll() * 7.2))]
        yield PEOPLE[int(roll() * kinds)], contracts, int(roll() * roll() * 4)
