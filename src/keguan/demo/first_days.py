"""The fortnight before the visitor comes: a few complaints in different steps, and duties in every state.

Everything is done by the people it belongs to, on a clock that is held in the past and goes day by day to the present.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from keguan.demo import days, deeds
from keguan.demo.matters import (
    CONTACTED,
    DRAINS,
    FLOODING,
    LIFT,
    MATTERS,
    NOISE,
    PARKING_FEES,
    RECEIVED,
    RUDENESS,
    SEEPAGE,
    TRAPPED,
    VISITED,
    Matter,
)
from keguan.demo.steps import call_back, contact, settle, sort, work_off_reports
from keguan.runtime import clock
from keguan.runtime.duties.actions import CancelDuty, ClaimDuty, ExemptDuty, HandOverDuty
from keguan.runtime.records.list_query import Filter, ListQuery, Operator
from keguan.runtime.records.lists import page

if TYPE_CHECKING:
    from collections.abc import Callable

PART = "first"
DAYS = 14
"""Full days, of which the last is yesterday; what happened today comes after them."""

ESTATE_CHECK = ("lifts", "fire", "doors", "common")
_CLEANING = next(matter for matter in MATTERS if matter.summary == "保洁三天没来")
_DOOR = next(matter for matter in MATTERS if matter.summary == "门禁刷不开")
_FEES = next(matter for matter in MATTERS if matter.summary == "物业费多算一个月")


def beginning() -> datetime:
    """When the demo company begins, seen from now: the morning of the first day."""
    return days.at(clock.today() - timedelta(days=DAYS), 7)


def play(told: Callable[[int, int], None] | None = None) -> None:
    """Let the fortnight pass; what has passed already is not played again. ``told(done, total)`` hears of each day."""
    passed, now = days.last(PART), clock.now()
    done = passed.number if passed else 0
    first = passed.on - timedelta(days=passed.number - 1) if passed else clock.today() - timedelta(days=DAYS)
    for number in range(done + 1, DAYS + 1):
        on = first + timedelta(days=number - 1)
        with days.day(PART, number, days.evening(on - timedelta(days=1))):
            days.dawn(days.at(on, 8))
            _play(number, on)
            days.until(days.evening(on))
        if told is not None:
            told(number, DAYS + 1)
    if done <= DAYS:
        with days.day(PART, DAYS + 1, days.evening(first + timedelta(days=DAYS - 1))):
            days.dawn(now - timedelta(minutes=90))
            _today(now)
            days.until(now)
        if told is not None:
            told(DAYS + 1, DAYS + 1)


def _play(number: int, on: date) -> None:
    for hour, minute, scene in sorted(_SCENES.get(number, ()), key=lambda each: each[:2]):
        days.until(days.at(on, hour, minute))
        scene()
    days.until(days.at(on, 17, 30))
    _receptions(number)
    work_off_reports("xuke", spare=number > DAYS - 3)


def _receptions(number: int) -> None:
    """Every second day somebody came by in each branch."""
    if number % 2:
        return
    for place, by in enumerate(("linxiao", "fangming", "shanlin")):
        mine = deeds.own_customers(by)
        summary = RECEIVED[(number // 2 + place) % len(RECEIVED)]
        deeds.file_reception(by, mine[(number * 3 + place) % len(mine)], "来访" if place else "来电", summary)


def _estates() -> None:
    deeds.file_estate("zhoumin", "江南里", "江南新区", 1_286, "2022-06-18")
    deeds.file_estate("zhoumin", "滨海湾", "滨海大道", 942, "2023-09-28")


def _filed(
    by: str, matter: Matter, place: tuple[str, int, str], owner: int, channel: str = "来电", **more: str
) -> None:
    deeds.file_complaint(by, matter, deeds.owners()[owner], place, channel, more)


def _record(matter: Matter) -> int:
    """The complaint about a matter: in this fortnight everything is complained of once."""
    about = Filter("summary", Operator.CONTAINS, (matter.summary,))
    found = page(deeds.viewer("zhoumin"), "complaint", ListQuery(filters=(about,), sort="received_on", size=1))
    return found.rows[0].id


def _sorted(matter: Matter) -> None:
    sort("hening", _record(matter), matter)


def _settled(by: str, matter: Matter) -> None:
    settle(by, _record(matter), matter)


def _contacted(by: str, matter: Matter, words: int) -> None:
    contact(by, _record(matter), CONTACTED[words])


def _attended(by: str, matter: Matter, words: str) -> None:
    row = deeds.at_step(by, _record(matter), "attending")
    deeds.complete(deeds.viewer(by), row, arrival=words)


def _answered(matter: Matter, satisfaction: str, remark: str) -> None:
    call_back("qinlan", _record(matter), satisfaction, remark)


def _checked(by: str, *wrong: str) -> None:
    who = deeds.viewer(by)
    for row in deeds.owed(who, "estate_rounds")[:1]:
        deeds.discharge(who, row, checked={code: code not in wrong for code in ESTATE_CHECK})


def _visited(by: str, which: int) -> None:
    for row in deeds.owed(deeds.viewer(by), "vip_visits")[:1]:
        deeds.file_visit(by, row.record_id, *VISITED[which])


def _let_off() -> None:
    """The head of the branch lets two visits go: one customer is abroad, one is looked after by the board."""
    head = deeds.viewer("shenli")
    rows = deeds.owed(deeds.viewer("linxiao"), "vip_visits")
    if len(rows) > 1:
        ExemptDuty(viewer=head, duty_id=rows[-1].id, reason="客户在国外，月底才回来").run()
    for row in deeds.owed(deeds.viewer("wuyue"), "vip_visits")[-1:]:
        CancelDuty(viewer=head, duty_id=row.id, reason="这位客户已改由公司领导直接联系").run()


def _decided() -> None:
    who = deeds.viewer("zhoumin")
    for row in deeds.to_decide(who)[:1]:
        deeds.approve(who, row, opinion="解困及时，业主满意。")


def _compensated(by: str, matter: Matter, yuan: int, grounds: str) -> None:
    deeds.apply_for_compensation(by, _record(matter), yuan, grounds)


def _sent_back() -> None:
    who = deeds.viewer("zhoumin")
    row = deeds.at_step("zhoumin", _record(DRAINS), "reviewing", deeds.COMPENSATION)
    deeds.send_back(who, row, "applying", "请附上疏通单和橱柜的报价，数额按凭据核算。")


def _withdrawn() -> None:
    row = deeds.at_step("pengyue", _record(_FEES), "settling")
    deeds.withdraw(deeds.viewer("pengyue"), row, "业主核对账单后发现没有多算，要求撤回。")


def _handed_over() -> None:
    """What one clerk would have to do goes to the other."""
    who = deeds.viewer("xuke")
    for row in deeds.owed(who, "first_contact")[-1:]:
        HandOverDuty(viewer=who, duty_id=row.id, staff_id=deeds.staff_id("suwan"), note="滨海湾的由苏婉联系").run()


def _today(now: datetime) -> None:
    """What came in this morning."""
    days.until(now - timedelta(minutes=70))
    _answered(SEEPAGE, "不满意", "昨晚下雨又洇了一块，等于没修。")
    days.until(now - timedelta(minutes=40))
    _filed("xuke", _DOOR, ("江南里", 2, "1803"), 17, "客户门户")
    days.until(now - timedelta(minutes=35))
    who = deeds.viewer("suwan")
    for row in deeds.owed(who, "first_contact")[-1:]:
        ClaimDuty(viewer=who, duty_id=row.id).run()


Scene = tuple[int, int, "Callable[[], None]"]

_SCENES: dict[int, tuple[Scene, ...]] = {
    1: (
        (9, 0, _estates),
        (10, 10, partial(_filed, "xuke", LIFT, ("江南里", 3, "1201"), 3)),
        (10, 40, partial(_contacted, "xuke", LIFT, 0)),
        (11, 30, partial(_sorted, LIFT)),
        (16, 20, partial(_settled, "pengyue", LIFT)),
    ),
    2: (
        (10, 0, partial(_answered, LIFT, "满意", "修好了，每天都有人来看。")),
        (15, 5, partial(_filed, "qinlan", TRAPPED, ("江南里", 6, "0903"), 5, "现场", repeated="是")),
        (15, 16, partial(_attended, "dingyi", TRAPPED, "十一分钟到场，维保解困，孩子平安交给家长。")),
        (15, 40, partial(_sorted, TRAPPED)),
        (15, 50, partial(_contacted, "suwan", TRAPPED, 2)),
        (19, 0, partial(_settled, "pengyue", TRAPPED)),
    ),
    3: (
        (9, 30, partial(_checked, "pengyue")),
        (11, 0, partial(_answered, TRAPPED, "满意", "来得快，第二天还上门看孩子。")),
        (14, 0, partial(_visited, "linxiao", 0)),
        (15, 0, partial(_visited, "fangming", 1)),
    ),
    4: (
        (9, 20, partial(_filed, "suwan", DRAINS, ("江南里", 9, "0201"), 8, "客户门户")),
        (10, 0, partial(_contacted, "suwan", DRAINS, 1)),
        (11, 15, partial(_sorted, DRAINS)),
        (17, 0, partial(_settled, "pengyue", DRAINS)),
    ),
    5: ((15, 0, partial(_answered, DRAINS, "基本满意", "通是通了，橱柜还没有说法。")),),
    6: ((10, 0, _decided),),
    8: ((10, 0, partial(_visited, "linxiao", 3)), (16, 0, partial(_visited, "shanlin", 2))),
    9: ((11, 0, partial(_checked, "jiangfan")),),
    10: (
        (10, 0, partial(_checked, "pengyue")),
        (15, 30, partial(_filed, "qinlan", RUDENESS, ("滨海湾", 2, "1504"), 11, "现场")),
        (16, 10, partial(_sorted, RUDENESS)),
    ),
    11: (
        (8, 10, partial(_filed, "suwan", FLOODING, ("滨海湾", 5, "0702"), 13)),
        (8, 22, partial(_attended, "shilei", FLOODING, "十二分钟到场，沙袋围挡，两台水泵抽排。")),
        (8, 50, partial(_contacted, "suwan", FLOODING, 2)),
        (9, 30, partial(_sorted, FLOODING)),
        (15, 0, partial(_settled, "jiangfan", FLOODING)),
    ),
    12: (
        (11, 0, partial(_answered, FLOODING, "基本满意", "处理得快，修车的钱还在等。")),
        (14, 0, partial(_visited, "zengnan", 2)),
        (14, 10, partial(_filed, "xuke", _FEES, ("江南里", 7, "0602"), 15, "邮件")),
        (14, 30, partial(_contacted, "xuke", _FEES, 3)),
        (15, 0, partial(_sorted, _FEES)),
        (17, 0, _withdrawn),
    ),
    13: (
        (8, 40, partial(_filed, "xuke", SEEPAGE, ("滨海湾", 8, "3302"), 2)),
        (8, 55, partial(_contacted, "xuke", SEEPAGE, 1)),
        (9, 5, partial(_sorted, SEEPAGE)),
        (9, 10, partial(_filed, "xuke", PARKING_FEES, ("江南里", 1, "2601"), 20, "监管转办", regulator="12345")),
        (9, 30, partial(_contacted, "xuke", PARKING_FEES, 0)),
        (10, 0, partial(_sorted, PARKING_FEES)),
        (10, 30, partial(_filed, "qinlan", _CLEANING, ("滨海湾", 4, "1102"), 23, "现场")),
        (11, 0, partial(_sorted, _CLEANING)),
        (11, 5, _handed_over),
        (11, 20, partial(_contacted, "suwan", _CLEANING, 2)),
        (11, 40, partial(_compensated, "xuke", DRAINS, 1_200, "公共立管堵塞倒灌，橱柜踢脚板泡坏，按更换费用补偿。")),
        (14, 0, _let_off),
        (16, 0, _sent_back),
    ),
    14: (
        (9, 0, partial(_settled, "jiangfan", SEEPAGE)),
        (9, 40, partial(_settled, "pengyue", PARKING_FEES)),
        (10, 20, partial(_compensated, "suwan", FLOODING, 8_600, "按拖车和底盘检修发票两张核算，附照片。")),
        (11, 0, partial(_checked, "jiangfan", "fire")),
        (16, 0, partial(_settled, "jiangfan", _CLEANING)),
        (16, 30, partial(_filed, "qinlan", NOISE, ("江南里", 4, "1602"), 26, "来电")),
        (16, 50, partial(_sorted, NOISE)),
        (17, 10, partial(_contacted, "suwan", NOISE, 3)),
    ),
}
"""What happens on which day, by the hour and minute."""
