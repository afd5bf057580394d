"""Invented customers, each made so that the policy will give it the grade it was planned to have."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from keguan.demo import identity, names
from keguan.demo.company import SALESPEOPLE, Person
from keguan.demo.plan import GRADES, Plan

if TYPE_CHECKING:
    from random import Random

WINDOW = 730
"""Everything happened within this many days before the given day."""

_AREAS = ("江南新区", "滨海大道", "西山脚下", "老城", "高新区", "云湖", "东岭", "南浦")
_NEEDS = ("自住", "改善", "投资", "商用")
_TRAITS = (
    "喜静，看重绿化",
    "关注学区",
    "首付预算有限",
    "常带家人一起看房",
    "对户型要求细",
    "更在意得房率",
    "周末才有空",
    "爱好摄影",
)
_SOURCES = ("来电", "来访", "活动", "业主", "特殊途径")


@dataclass(slots=True)
class Customer:
    """One invented customer. ``way`` says by which rule of its grade (1, 2 or 3) it gets there."""

    number: int
    name: str
    kind: str
    grade: str
    way: int
    phone: str
    id_number: str
    uscc: str
    gender: str
    born: date
    first_contact: date
    owner: Person
    details: dict[str, str | int] = field(default_factory=dict)

    @property
    def buyer(self) -> bool:
        """Whether it has contracts."""
        return self.grade in "ABC"


def customers(random: Random, plan: Plan, today: date) -> list[Customer]:
    """The good customers of the plan, in the order of the sheet."""
    grades = [grade for grade, share in GRADES for _ in range(round(plan.customers * share / 1000))]
    grades = (grades + ["E"] * plan.customers)[: plan.customers]
    random.shuffle(grades)
    taken: set[str] = set()
    return [_customer(random, number, grade, taken, today) for number, grade in enumerate(grades)]


def _customer(random: Random, number: int, grade: str, taken: set[str], today: date) -> Customer:
    firm = random.random() < (0.15 if grade == "A" else 0.02)
    gender = random.choice("男女")
    born = identity.birthday(random, today)
    id_number = ""
    if not firm and random.random() < (0.95 if grade in "ABC" else 0.3):
        while not id_number or id_number in taken:
            id_number = identity.id_number(random, random.randrange(499), born, male=gender == "男")
        taken.add(id_number)
    made = Customer(
        number,
        names.company(random) if firm else names.person(random),
        "单位" if firm else "个人",
        grade,
        1 if firm and grade == "A" else random.choice((1, 2, 3)),
        identity.phone(number),
        id_number,
        identity.social_credit_code(number) if firm else "",
        "" if firm else gender,
        born,
        today - timedelta(days=random.randint(30 if grade in "ABC" else 0, WINDOW - 1)),
        random.choice(SALESPEOPLE),
    )
    made.details = _standing(random, made) | _details(random, made, today)
    return made


def _standing(random: Random, customer: Customer) -> dict[str, str | int]:
    """What the rules of the grade look at besides the contracts."""
    rule = customer.grade + str(customer.way)
    intends = customer.grade == "D" and customer.way != 3
    return {
        "有购买意向": "是" if intends else ("否" if random.random() < 0.5 else ""),
        "行业影响力": {"A2": "重大", "B3": "较大"}.get(rule, random.choice(("一般", "", ""))),
        "对本公司影响力": random.choice(("一般", "", "")),
        "重要公职": "是" if rule == "B3" and random.random() < 0.5 else random.choice(("否", "")),
        "带动购买": "是" if rule == "A3" or (customer.grade == "C" and random.random() < 0.05) else "否",
    }


def _details(random: Random, customer: Customer, today: date) -> dict[str, str | int]:
    area = random.choice(_AREAS)
    street = f"{area}{random.choice('青松翠竹明月')}路{random.randint(1, 399)}号"
    return {
        "年龄段": identity.age_band(customer.born, today) if customer.kind == "个人" else "",
        "邮箱": f"user{customer.number}@example.com" if random.random() < 0.2 else "",
        "联系地址": street if random.random() < 0.5 else "",
        "来源": "业主" if customer.buyer and random.random() < 0.4 else random.choice(_SOURCES),
        "居住区域": area if random.random() < 0.8 else "",
        "工作区域": random.choice(_AREAS) if random.random() < 0.6 else "",
        "需求类型": random.choice(_NEEDS) if random.random() < 0.85 else "",
        "可接受价格": random.randint(6, 60) * 100_000 if random.random() < 0.6 else "",
        "购买诚意度": random.choice("高中低") if random.random() < 0.7 else "",
        "业主通讯地址": f"{street}{random.randint(1, 20)}栋" if customer.buyer and random.random() < 0.9 else "",
        "基本特征": random.choice(_TRAITS) if random.random() < 0.3 else "",
    }
