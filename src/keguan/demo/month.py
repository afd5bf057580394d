"""A month of the demo company's life, in drill mode: day by day, with all that falls due on the way.

A day is one transaction and its chance follows from the seed and its number alone, so that a month that was stopped
goes on with the next day and comes out the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from keguan.demo import arrivals, days, deeds, first_days, protection, safekeeping
from keguan.demo.company import SALESPEOPLE, STAFF
from keguan.demo.figures import Figures, figures
from keguan.demo.habits import CLERKS, Habits
from keguan.demo.matters import CONTACTED, DRAINS, FLOODING, LIFT, RECEIVED, VISITED, Matter
from keguan.demo.steps import contact, sort
from keguan.runtime import clock
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.org import queries as org
from keguan.runtime.org.actions import AppointDeputy

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime
    from random import Random

PART = "month"
LENGTH = 30
SEED = 2026

_HOURS = ((9, 5), (11, 30), (15, 0), (17, 10))
"""When people look at what waits for them."""
_HANDLERS = ("hening", "pengyue", "jiangfan", "guquan", "qinlan", "xuke", "suwan", "zhoumin", "zhengyuan")
_LEAVE = range(10, 15)
"""The days of the month on which the manager of one estate is away, and the other one stands in."""
_VISITS = {"wuyue": 0.05, "linxiao": 0.15, "tangning": 0.35}
"""How often a salesperson visits somebody on a working day; the others' is _OFTEN."""
_OFTEN = 0.5
_SATURDAY = 5
_NOON = 12
_AFTERNOON = (15, 40)
"""When the last day is left off."""


@dataclass(frozen=True, slots=True)
class Passed:
    """A day that has passed: its number in this month, of how many, and what happened on it."""

    number: int
    of: int
    on: date
    figures: Figures


@dataclass(frozen=True, slots=True)
class Told:
    """The month: its first and last day, and what happened in it."""

    first: date
    last: date
    figures: Figures


def strangers() -> list[str]:
    """Sign-in names of people who are not of the demo: where there are any, time is not to be moved."""
    own = {person.username for person in STAFF}
    return sorted(card.username for card in org.staff() if card.username not in own)


def play(
    told: Callable[[Passed], None], length: int = LENGTH, seed: int = SEED, stopped: Callable[[], bool] = bool
) -> Told | None:
    """Let a month pass, or what is left of the one that was stopped. ``told`` hears of each day; between two days
    ``stopped`` is asked, and None given when it says so.

    Raises ``Refused`` when the company is not there yet, and ``RuntimeError`` outside drill mode.
    """
    if (founded := days.last(first_days.PART)) is None or founded.number <= first_days.DAYS:
        raise Refused("demo.incomplete", "the demo company is not complete")
    passed = days.last(PART)
    number = passed.number if passed else 0
    target = (number // length + 1) * length
    if passed is not None:
        _settle(passed.ended)  # stopped after the day, before its work was done and the clock was set
    habits = Habits(seed)
    while number < target:
        if stopped():
            return None
        number += 1
        on = _day(number, habits, left=target - number)
        told(Passed(number - target + length, length, on, figures(_ended(number - 1), _ended(number))))
    first = target - length
    return Told(days.find(PART, first + 1).on, on, figures(_ended(first), _ended(target)))


def _ended(number: int) -> datetime:
    """When a day of the month ended; of the day before the first one, when the company's first days did."""
    return (days.find(PART, number) if number else days.find(first_days.PART, first_days.DAYS + 1)).ended


def _day(number: int, habits: Habits, left: int) -> date:
    """One day; then the clock of the whole system is set to its end. The last one (nothing ``left``) is left off in the
    afternoon, so that whoever looks afterwards finds people at work.
    """
    begins = clock.now()
    on = clock.local(begins).date() + timedelta(days=1)
    ends = days.evening(on) if left else days.at(on, *_AFTERNOON)
    with days.day(PART, number, begins):
        days.dawn(days.at(on, 8))
        _live(number, on, habits, left)
        days.until(ends)
    _settle(ends)
    return on


def _settle(ended: datetime) -> None:
    """After a day: what it left to the worker is done, and every process of this home knows how late it is. Done twice,
    it changes nothing.
    """
    with clock.hold(ended):
        safekeeping.work_off()
    if clock.now() < ended:
        days.let_all_know(ended)


def _live(number: int, on: date, habits: Habits, left: int) -> None:
    chance = habits.chance("day", number)
    of_month = (number - 1) % LENGTH + 1
    if of_month == _LEAVE.start:
        _stand_in(on)
    happens: list[arrivals.Happening] = [(hour, minute, lambda: _work(of_month, habits)) for hour, minute in _HOURS]
    happens += arrivals.of_day(chance, of_month)
    happens += protection.of_day(on, of_month)
    happens.append((16, 0, lambda: _owed(chance, on, of_month, habits)))
    if left > 1:
        happens.append((17, 30, lambda: _decide(of_month, habits)))
    if not left:
        happens = [each for each in happens if each[0] < _NOON]
        happens += _last_day(chance.sample(deeds.owners(), 3))
    for hour, minute, does in sorted(happens, key=lambda each: each[:2]):
        days.until(days.at(on, hour, minute))
        does()


def _last_day(owners: list[tuple[int, str]]) -> list[arrivals.Happening]:
    """What the visitor finds on the desks: a compensation to review, one that was sent back, a complaint just filed."""
    waiting: dict[str, int] = {}

    def filed(by: str, matter: Matter, place: int, building: int) -> None:
        estate = arrivals.ESTATES[place % 2][0]
        waiting[by] = deeds.file_complaint(by, matter, owners[place], (estate, building, f"0{place + 3}02"))

    def applied(by: str, matter: Matter) -> None:
        if any((row.record_id, row.step) == (waiting[by], "sorting") for row in deeds.waiting(deeds.viewer("hening"))):
            sort("hening", waiting[by], matter)
            days.pause(20)
        deeds.apply_for_compensation(by, waiting[by], matter.yuan, "按现场核实的损失核算，票据待补。")

    def sent_back() -> None:
        row = deeds.at_step("zhoumin", waiting["xuke"], "reviewing", deeds.COMPENSATION)
        deeds.send_back(deeds.viewer("zhoumin"), row, "applying", "请附上疏通单和橱柜的报价，数额按凭据核算。")

    return [
        (8, 40, lambda: filed("xuke", DRAINS, 0, 10)),
        (9, 20, lambda: filed("suwan", FLOODING, 1, 6)),
        (9, 30, lambda: arrivals.attend("shilei", waiting["suwan"], 12)),
        (10, 0, lambda: applied("xuke", DRAINS)),
        (13, 30, lambda: applied("suwan", FLOODING)),
        (14, 10, sent_back),
        (15, 10, lambda: filed("xuke", LIFT, 2, 5)),
    ]


def _stand_in(on: date) -> None:
    away, deputy = deeds.staff_id("pengyue"), deeds.staff_id("jiangfan")
    if org.deputies_of(away, on) or org.stands_in_for(away, on):
        return
    until = on + timedelta(days=len(_LEAVE) - 1)
    actor = deeds.viewer("pengyue").actor
    AppointDeputy(actor=actor, staff_id=away, deputy_id=deputy, since=on, until=until, reason="年休假").run()


def _away(username: str, of_month: int) -> bool:
    return username == "pengyue" and of_month in _LEAVE


def _work(of_month: int, habits: Habits) -> None:
    """Everybody looks at what waits for them and does what they get round to; nobody is asked twice of one case."""
    for username in _HANDLERS:
        if _away(username, of_month):
            continue
        who = deeds.viewer(username)
        for row in deeds.waiting(who):
            habits.handle(who, row)


def _owed(chance: Random, on: date, of_month: int, habits: Habits) -> None:
    """Calls to complainants, and on working days visits, receptions, reports and rounds."""
    for username in CLERKS:
        who = deeds.viewer(username)
        for row in deeds.owed(who, "first_contact"):
            prompt = habits.chance("contact", row.record_id).random() < 0.88
            if habits.clerk_of(row.record_id) == username and (prompt or row.late):
                days.pause(2)
                contact(username, row.record_id, chance.choice(CONTACTED))
    if on.weekday() >= _SATURDAY:
        return
    protection.ask_customers(chance)
    for person in SALESPEOPLE:
        if safekeeping.open_now(person.username):
            _sell(person.username, chance)
    if chance.random() < 0.3:
        who = deeds.viewer("xuke")
        for duty in deeds.owed(who, "weekly_check"):
            deeds.discharge(who, duty, note="逐条核对，没有漏登。")
    _rounds(chance, on, of_month)


def _sell(username: str, chance: Random) -> None:
    visits, comes = chance.random() < _VISITS.get(username, _OFTEN), chance.random() < 0.25
    which, what = chance.choice(VISITED), chance.choice(RECEIVED)
    if visits:
        for row in deeds.owed(deeds.viewer(username), "vip_visits")[:1]:
            deeds.file_visit(username, row.record_id, *which)
    if comes:
        deeds.file_reception(username, chance.choice(deeds.own_customers(username)), "来访", what)


def _rounds(chance: Random, on: date, of_month: int) -> None:
    """One estate on Tuesdays, the other on Thursdays; the second one's manager lets it slip now and then."""
    for username, weekday, often in (("pengyue", 1, 1.0), ("jiangfan", 3, 0.6)):
        wrong, does = chance.random() < 0.2, chance.random() < often
        if on.weekday() != weekday or not does:
            continue
        who = deeds.viewer("jiangfan" if _away(username, of_month) else username)
        for row in deeds.owed(who, "estate_rounds")[:1]:
            failed = "common" if wrong else ""
            deeds.discharge(who, row, checked={code: code != failed for code in first_days.ESTATE_CHECK})


def _decide(of_month: int, habits: Habits) -> None:
    for username in ("zhoumin", "guquan", "songyi"):
        who = deeds.viewer(username)
        for row in deeds.to_decide(who):
            habits.decide(who, row)
    if of_month == 20:
        habits.object_once("jiangfan")
