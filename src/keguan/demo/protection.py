"""How a month of the demo company treats its archive: somebody borrows and is late, files leave with an approval, what
is old enough is destroyed before witnesses, roles are reviewed, and a salesperson leaves.

Happenings are by the month's working days; what only happens once is not played again in a later month.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING

from keguan.demo import days, deeds, safekeeping
from keguan.demo.safekeeping import act
from keguan.runtime import clock
from keguan.runtime.records.list_query import Filter, ListQuery, Operator
from keguan.runtime.records.lists import page
from keguan.runtime.surveys import queries as surveys
from keguan.runtime.surveys.actions import AnswerByCallBack

if TYPE_CHECKING:
    from random import Random

    from keguan.demo.arrivals import Happening

LEAVER, HEIR = "xiezhou", "shanlin"
"""Who leaves in the first month, and to whom their customers go."""

_SATURDAY = 5
_HEADS = ("zhengyuan", "zhoumin", "shenli", "luohai", "guquan", "pengyue", "jiangfan")
_GRADE_A = ListQuery(filters=(Filter("grade", Operator.IS, ("A",)),), sort="name")
_WORDS = ("修得快，也说得清。", "态度好，就是等得久了一点。", "希望以后别再坏。", "")


def of_day(on: date, of_month: int) -> list[Happening]:
    """What happens to the archive on a day of the month; nothing on a weekend."""
    if on.weekday() >= _SATURDAY:
        return []
    first = on - timedelta(days=of_month - 1)
    working = sum((first + timedelta(days=each)).weekday() < _SATURDAY for each in range(of_month))
    return list(_SCENES.get(working, ()))


def ask_customers(chance: Random) -> None:
    """Clerks call those who have not said how their complaint was handled."""
    for username in ("xuke", "suwan"):
        who = deeds.viewer(username)
        for row in surveys.due_call_backs(who, size=3).rows:
            pleased = chance.choices((5, 4, 3, 2), (45, 30, 15, 10))[0]
            values = {
                "service_result": str(pleased),
                "service_effort": str(min(7, pleased + chance.randint(0, 2))),
                "service_recommend": str(min(10, 2 * pleased + chance.randint(-2, 1))),
                "service_words": chance.choice(_WORDS),
            }
            days.pause(3)
            AnswerByCallBack(viewer=who, invitation_id=row.id, values=values).run()


def _archive_room() -> None:
    """The archive with its keeper, and cards for those who may borrow."""
    if safekeeping.filed("lujing", "archive", "archive_name", "总部档案室") is None:
        since = f"{clock.today() - timedelta(days=30)}"
        safekeeping.file(
            "lujing", "archive", archive_name="总部档案室", archive_place="总部三楼", keeper="卢静", in_use_from=since
        )
    safekeeping.issue_card("lujing", "JY-001", "zhaoqi")
    safekeeping.issue_card("lujing", "JY-002", "shenli")


def _lent() -> None:
    act("lujing", "lending_out", "lending", lent_day=f"{clock.today()}")


def _back() -> None:
    act("lujing", "lending_out", "returning", returned_day=f"{clock.today()}", found_whole="完好")


def _ask_for_list() -> None:
    safekeeping.ask_to_export("xuke", ("name", "grade", "phone"), _GRADE_A, "寄送业主答谢会的请柬", "云岭印务社")


def _ask_for_more() -> None:
    every = ListQuery(sort="name")
    safekeeping.ask_to_export("shenli", ("name", "phone", "living_area"), every, "给合作的装修公司推荐客户", "合作方")


def _ask_again() -> None:
    columns = ("name", "grade", "total_purchase")
    safekeeping.ask_to_export("zhoumin", columns, _GRADE_A, "年终客户服务总结会用", "本人")


def _ask_to_call() -> None:
    owner, _name = deeds.owners()[7]
    safekeeping.ask_to_reveal("xuke", owner, "回电话核对漏水的时间", "业主本人来电，未留号码")


def _call() -> None:
    owner, _name = deeds.owners()[7]
    safekeeping.reveal("xuke", owner, "回电话核对漏水的时间")


def _hold() -> None:
    owner, _name = deeds.owners()[11]
    safekeeping.hold("songyi", owner, "业主就补偿起诉，档案留作证据")


def _filed_twice() -> None:
    """The same customer comes by and is filed under another number; both files become one."""
    mine = Filter("@owner", Operator.IS, (str(deeds.staff_id("fangming")),))
    kept = page(deeds.viewer("fangming"), "customer", ListQuery(filters=(mine,), sort="name", size=1)).rows[0]
    again = safekeeping.file(
        "fangming", "customer", name=kept.cells["name"].text, customer_kind="个人", phone=f"1379{clock.today():%y%m%d}0"
    )
    days.pause(40)
    safekeeping.merge("zhoumin", kept.id, again, "同一位业主换了号码，当面核对过")


def _leaves() -> None:
    if safekeeping.open_now(LEAVER):
        safekeeping.leave("guanli", LEAVER, clock.today() + timedelta(days=1), "回家乡工作")


def _audited() -> None:
    act(
        "heshen",
        "leaving_audit",
        "auditing",
        account_closed="是",
        leaving_found="末日没有导出，看过三份档案，都有事由。",
    )


def _review() -> None:
    safekeeping.start_review("anquan", f"{clock.today():%Y年%m月}权限复核", 10)


def _reviewed() -> None:
    safekeeping.review("weiran", "planning_contact", "策划的事已经交回总部")
    for username in (*_HEADS, "anquan"):
        safekeeping.review(username)


def _maintained() -> None:
    begins = f"{clock.local(clock.now()):%Y-%m-%d %H:%M}"
    maintenance = safekeeping.file(
        "mayue", "maintenance", maintenance_reason="给数据库服务器打补丁", maintained_system="数据库服务器",
        maintenance_from=begins, touches_data="否",
    )  # fmt: skip
    safekeeping.start("mayue", "maintaining", maintenance)
    days.pause(30)
    given = {"authorised_day": f"{clock.today()}", "authorised_scope": "只打补丁，不打开任何一张表"}
    act("chengu", "maintaining", "authorising", "同意", "先备份再做。", **given)
    days.pause(120)
    act("mayue", "maintaining", "maintaining", maintenance_done="补丁装好，重启一次", maintained_day=f"{clock.today()}")
    days.pause(20)
    act("heshen", "maintaining", "watching", watched="全程在旁，没有打开业务数据。")


_SCENES: dict[int, tuple[Happening, ...]] = {
    1: ((9, 10, _archive_room), (10, 15, _review)),
    2: (
        (9, 30, partial(safekeeping.borrow, "zhaoqi", "江南里购房合同第三卷", "核对签约面积", 7, "JY-001")),
        (11, 0, partial(act, "shenli", "lending_out", "approving", "同意", "核对完就还。")),
        (11, 40, partial(act, "songyi", "lending_out", "approving", "同意", "在办公室看，不带走。")),
        (14, 20, _lent),
        (16, 10, _reviewed),
    ),
    3: (
        (10, 5, _ask_to_call),
        (10, 40, partial(act, "zhoumin", "reveal_approval", "answering", "同意")),
        (11, 0, _call),
    ),
    4: (
        (9, 20, _ask_for_list),
        (11, 10, partial(act, "chengu", "export_approval", "reviewing", "同意", "只给请柬用，七天后删。")),
        (11, 30, partial(safekeeping.export_as_granted, "xuke")),
    ),
    5: (
        (8, 50, partial(safekeeping.fetch, "xuke")),
        (15, 20, partial(safekeeping.appraise, "lujing", "还在跟进的客户，接待记录留到签约")),
    ),
    6: (
        (10, 30, partial(act, "songyi", "disposal_approval", "approving", "同意", "同意，两人到场。")),
        (16, 0, partial(safekeeping.close_review, "anquan")),
    ),
    7: ((14, 10, partial(safekeeping.witness, "zhoumin")), (14, 25, partial(safekeeping.witness, "heshen"))),
    8: ((10, 0, _hold), (15, 0, _maintained)),
    9: (
        (10, 30, _ask_for_more),
        (15, 0, partial(act, "chengu", "export_approval", "reviewing", "不同意", "没有同意对外提供。")),
    ),
    10: ((9, 40, _filed_twice), (16, 30, _leaves)),
    11: ((9, 30, partial(safekeeping.hand_over_all, "guanli", LEAVER, HEIR)), (11, 0, _audited)),
    12: ((10, 0, _back),),
    15: (
        (10, 10, partial(safekeeping.borrow, "shenli", "江南里认购书第一卷", "核对老客户推荐", 3, "JY-002", "秘密")),
        (11, 0, _lent),
        (15, 0, partial(safekeeping.appraise, "lujing", "客户正在看第二套房，先留着")),
    ),
    16: ((10, 0, partial(act, "songyi", "disposal_approval", "approving", "同意", "同意。")),),
    19: ((16, 20, _ask_again),),
}
"""What happens on which working day, by the hour and minute. What the last ones begin waits for the visitor."""
