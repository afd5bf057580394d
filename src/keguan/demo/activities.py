"""Invented company events, who came to them, and who called or came by."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from random import Random

    from keguan.demo.customers import Customer

_EVENTS = (
    "新春团拜会", "年货品鉴会", "亲子风筝节", "春茶品鉴会", "业主运动会", "样板间开放日", "露天电影夜", "亲子水枪节",
    "中秋游园会", "园林摄影展", "家宴厨艺赛", "冬至饺子宴",
)  # fmt: skip
_PLACES = ("江南会馆", "滨海展厅", "西山营地", "云岭中心广场")
_SUMMARIES = (
    "咨询两居户型和首付比例", "预约周末看样板间", "了解车位政策", "询问交房时间", "比较洋房与公寓", "打听学区和通勤",
    "看过沙盘，想要高楼层", "问团购优惠", "老业主介绍朋友来看", "了解商铺租金回报",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Activity:
    """One event of the company."""

    name: str
    held: date
    place: str


@dataclass(frozen=True, slots=True)
class Attendance:
    """Someone took part in an event."""

    customer: Customer
    activity: Activity
    kind: str


@dataclass(frozen=True, slots=True)
class Reception:
    """Someone called or came by."""

    customer: Customer
    channel: str
    day: date
    summary: str


def activities(count: int, today: date) -> list[Activity]:
    """One event in each of the ``count`` months before this one, earliest first."""
    made = []
    for back in range(count, 0, -1):
        year, month = divmod(today.year * 12 + today.month - 1 - back, 12)
        held = date(year, month + 1, 14)
        made.append(Activity(f"{year}年{_EVENTS[month]}", held, _PLACES[back % len(_PLACES)]))
    return made


def attendances(random: Random, people: list[Customer], events: list[Activity], count: int) -> list[Attendance]:
    """Two or three for those whose grade rests on them, at most one for plain enquirers, the rest over buyers."""
    active = [person for person in people if person.grade == "D" and person.way == 3]
    made = [
        Attendance(person, event, "参加")
        for person in active
        for event in random.sample(events, random.choice((2, 2, 3)))
    ]
    enquirers = [person for person in people if person.grade == "E"]
    some = random.sample(enquirers, min(len(enquirers) // 4, max(0, count - len(made))))
    made.extend(Attendance(person, random.choice(events), "参加") for person in some)
    others = [person for person in people if person.buyer or (person.grade == "D" and person.way != 3)]
    while len(made) < count:
        kind = random.choice(("参加", "参加", "参加", "协办", "志愿"))
        made.append(Attendance(random.choice(others), random.choice(events), kind))
    made = made[:count]
    made.sort(key=lambda item: (item.activity.held, item.customer.number))
    return made


def receptions(random: Random, people: list[Customer], count: int, today: date) -> list[Reception]:
    """Calls and visits since the first contact of each customer, earliest first."""
    made = []
    for place in range(count):
        person = people[place % len(people)] if place < len(people) // 2 else random.choice(people)
        days = (today - person.first_contact).days
        day = person.first_contact + timedelta(days=random.randint(0, days))
        made.append(Reception(person, random.choice(("来电", "来访", "来访")), day, random.choice(_SUMMARIES)))
    made.sort(key=lambda item: (item.day, item.customer.number))
    return made
