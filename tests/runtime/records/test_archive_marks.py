"""How records are kept: completeness, filing in time, verification."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from keguan.language.source import PackSource
from keguan.runtime import clock
from keguan.runtime.access.viewer import viewer_for
from keguan.runtime.decisions.daily import catch_up as decide_again
from keguan.runtime.duties.models import Duty
from keguan.runtime.duties.rounds import catch_up
from keguan.runtime.ledger import queries as ledger
from keguan.runtime.ledger.actions import SYSTEM, Refused
from keguan.runtime.policies.actions import Publish
from keguan.runtime.records import queries as records
from keguan.runtime.records.actions import Create, Update, Verify
from keguan.runtime.records.queries import Filter, ListQuery, Operator

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.cast import Cast, Member

FRIDAY = datetime(2026, 3, 6, 8, 0, tzinfo=UTC)
"""Friday, 6 March 2026, 16:00 in the company's time zone."""

POLICY = """---
id: marks-tests
title: 档案保管试验
version: {version}
effective: 2026-01-01
uses: [property-developer]
---
### 第一条 来客 {{#lead}}

:::档案 来客 (lead)
显示: 称呼
列表: 称呼, 完整度, 迟录
完整度: 完整度 (completeness)
及时录入: 接触时间 起 1工作日
核实: 核实日
菜单: 是

| 字段 | 代码 | 类型 | 必填 | 信息类别 | 密级 | 完整 |
|---|---|---|---|---|---|---|
| 称呼 | calling | 文本(20) | 是 | 身份 | | |
| 电话 | phone | 手机号 | | 联系 | 敏感 | 2 |
| 意向 | intent | 选项(强, 弱) | | 来往 | | 是 |
| 预算 | budget | 金额 | 意向 = "强" | 来往 | | |
| 接触时间 | contacted_at | 日期时间 | | 来往 | | |
| 核实日 | verified_on | 日期 | | 来往 | | |
:::

:::参数 周期 (terms)
| 参数 | 代码 | 类型 | 值 | 起 | 依据 |
|---|---|---|---|---|---|
| 核实周期 | verify_every | 月数 | 6个月 | 2026-01-01 | 第一条 |
| 核实周期 | verify_every | 月数 | 3个月 | 2026-07-01 | 第一条 |
:::

:::口径 来客口径 (lead_facts)
对象: 来客

| 口径 | 代码 | 类型 | 信息类别 | 算法 |
|---|---|---|---|---|
| 下次核实日 | verify_next | 日期 | 来往 | 空则(核实日, 建档日) + 核实周期 |
| 几天没改 | idle | 整数 | 来往 | floor((today() - 最后修改日) / 1天) |
:::

:::职责 来客的事 (lead_duties)
对象: 来客

| 事项 | 适用 | 责任角色 | 频次 | 触发 | 时限 | 凭证 |
|---|---|---|---|---|---|---|
| 核实来客 | - | 记录负责人 | | 下次核实日 | 当日 | 核实 |
| 翻看来客 | 完整度 < 100% | 记录负责人 | 核实周期 | | | |
| 鉴定来客 | - | 客服专员 | | 到期 | 提前30天 | |
:::

:::保存 来客保存 (lead_retention)
对象: 来客

| 信息类别 | 条件 | 起算 | 期限 | 到期 | 依据 |
|---|---|---|---|---|---|
| 全部 | - | 建档 | 2年 | 归档 | 第一条 |
| 全部 | 意向 = "强" | 最后修改 | 5年 | 归档 | 第一条 |
:::
"""


@pytest.fixture
def friday() -> Iterator[None]:
    """The clock, held at Friday, 6 March 2026, 16:00."""
    with clock.hold(FRIDAY):
        yield


@pytest.fixture
def office(company: Cast, friday: None) -> Cast:
    """The cast, with the policy of this file in force."""
    Publish(actor=SYSTEM, packs=(PackSource("marks-tests", {"policy.md": POLICY.format(version="1.0.0")}),)).run()
    return company


def lead(member: Member, **values: str) -> int:
    """File a caller as a member of the cast."""
    return Create(viewer=viewer_for(member.id), record_type="lead", values={"calling": "陈女士", **values}).run()


def change(member: Member, record_id: int, version: int, **values: str) -> int:
    """Change a caller as a member of the cast."""
    viewer = viewer_for(member.id)
    return Update(viewer=viewer, record_type="lead", id=record_id, version=version, values=values).run()


def verify(member: Member, record_id: int, version: int) -> int:
    """Find a caller's record true as a member of the cast."""
    return Verify(viewer=viewer_for(member.id), record_type="lead", id=record_id, version=version).run()


def stored(record_id: int, *columns: str) -> tuple[Any, ...]:
    """Columns of a caller as they are stored."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(columns)} FROM rec_lead WHERE id = %s", [record_id])
        return tuple(cursor.fetchone())


def share(record_id: int) -> int:
    """The stored completeness in basis points."""
    return int(stored(record_id, "completeness")[0])


def test_completeness_follows_every_change(office: Cast) -> None:
    """Name 1, phone 2, intent 1, the budget 1 once the intent is strong: kept with the record as it changes."""
    record_id = lead(office.lin_xiao)
    assert share(record_id) == 2500
    change(office.lin_xiao, record_id, 1, phone="13800135612")
    assert share(record_id) == 7500
    with pytest.raises(Refused) as caught:
        change(office.lin_xiao, record_id, 2, intent="强")
    assert caught.value.fields == {"budget": "必须填写。"}
    assert share(record_id) == 7500
    change(office.lin_xiao, record_id, 2, intent="强", budget="300万")
    assert share(record_id) == 10_000
    change(office.lin_xiao, record_id, 3, phone="", intent="弱")
    assert share(record_id) == 5000


def test_what_is_asked_for_is_told_and_need_not_be_there(office: Cast) -> None:
    """The page counts two of three fields, names the one that is missing, and the record is saved without it."""
    record_id = lead(office.lin_xiao, intent="弱")
    found = records.profile(viewer_for(office.lin_xiao.id), "lead", record_id)
    assert (found.asked, [(each.code, each.required) for each in found.missing]) == (3, [("phone", False)])


def test_nobody_is_told_of_what_they_may_not_see(office: Cast) -> None:
    """Of a class that is out of somebody's sight neither the count nor the name is said."""
    record_id = lead(office.lin_xiao)
    everyone = [office.lin_xiao, office.zhou_min, office.xu_ke]
    told = {}
    for member in everyone:
        viewer = viewer_for(member.id)
        if not viewer.grants:
            continue
        found = records.profile(viewer, "lead", record_id)
        told[member.id] = {each.code for each in found.missing}
        seen = {column.code for column in found.columns}
        assert told[member.id] <= seen
    assert told


def test_a_list_is_filtered_and_ordered_by_completeness(office: Cast) -> None:
    """The least complete come first, and a filter leaves out what is complete."""
    lead(office.lin_xiao, calling="齐全", phone="13800135612", intent="弱")
    lead(office.lin_xiao, calling="半份", phone="13800135613")
    lead(office.lin_xiao, calling="只有称呼")
    viewer = viewer_for(office.lin_xiao.id)
    below = Filter("completeness", Operator.TO, ("99%",))
    page = records.page(viewer, "lead", ListQuery(filters=(below,), sort="completeness"))
    assert [row.title.text for row in page.rows] == ["只有称呼", "半份"]
    found = records.incomplete(viewer, "lead", ())
    assert [(row.title.text, [each.code for each in lacking]) for row, lacking in found.rows] == [
        ("只有称呼", ["phone", "intent"]),
        ("半份", ["intent"]),
    ]
    assert (found.count, found.looked_at) == (2, 2)


@pytest.mark.parametrize(
    ("contacted", "due", "late"),
    [
        ("2026-03-06 09:00", "2026-03-09 09:00:00", False),  # Friday: the same time on Monday
        ("2026-03-05 15:59", "2026-03-06 15:59:00", True),
        ("2026-03-05 16:00", "2026-03-06 16:00:00", False),
        ("", None, None),
    ],
)
def test_a_record_is_filed_late_by_the_working_calendar(
    office: Cast, contacted: str, due: str | None, late: bool | None
) -> None:
    """One working day after the contact, weekends not counted, to the second; unknown without a contact."""
    record_id = lead(office.lin_xiao, contacted_at=contacted)
    file_by, filed_late = stored(record_id, "file_by", "filed_late")
    assert (None if file_by is None else str(file_by)) == due
    assert (None if filed_late is None else bool(filed_late)) is late


def test_another_moment_of_contact_moves_the_flag(office: Cast) -> None:
    """Correcting the moment of contact reckons anew; nobody can write the time limit itself."""
    record_id = lead(office.lin_xiao, contacted_at="2026-03-06 09:00")
    change(office.lin_xiao, record_id, 1, contacted_at="2026-03-02 09:00")
    assert bool(stored(record_id, "filed_late")[0]) is True
    with pytest.raises(Refused) as caught:
        change(office.lin_xiao, record_id, 2, file_by="2027-01-01 00:00")
    assert caught.value.fields == {"file_by": "这一项不能填写。"}
    assert bool(stored(record_id, "filed_late")[0]) is True


def test_late_ones_can_be_listed(office: Cast) -> None:
    """The flag is a filter of the list like any fact."""
    lead(office.lin_xiao, calling="及时", contacted_at="2026-03-06 09:00")
    lead(office.lin_xiao, calling="迟了", contacted_at="2026-03-02 09:00")
    late = Filter("filed_late", Operator.IS, ("是",))
    page = records.page(viewer_for(office.lin_xiao.id), "lead", ListQuery(filters=(late,)))
    assert [row.title.text for row in page.rows] == ["迟了"]


def test_filing_asks_for_the_calendar_once(office: Cast) -> None:
    """A type that has to be filed in time costs one query more than it would without."""
    lead(office.lin_xiao)
    with CaptureQueriesContext(connection) as without:
        lead(office.lin_xiao)
    with CaptureQueriesContext(connection) as timed:
        lead(office.lin_xiao, contacted_at="2026-03-06 09:00")
    assert len(timed) - len(without) <= 1


def test_verified_and_nothing_changed(office: Cast) -> None:
    """The day is kept, the next one reckoned from it, the day of the last change stays, and the ledger says it."""
    record_id = lead(office.lin_xiao)
    with clock.hold(datetime(2026, 3, 20, 2, 0, tzinfo=UTC)):
        assert verify(office.lin_xiao, record_id, 1) == 2
        decide_again()
    assert [str(each)[:10] for each in stored(record_id, "verified_on", "verify_next")] == ["2026-03-20", "2026-09-20"]
    assert stored(record_id, "idle") == (14,)
    entry = ledger.entries_page(filters=ledger.EntryFilters(action="records.verify")).entries[0]
    assert entry.data == {"changes": {"verified_on": [None, "2026-03-20"]}, "version": 2}


def test_an_older_sight_of_the_record_is_not_verified(office: Cast) -> None:
    """Whoever looked before somebody else's change has not seen what is there now: refused, and nothing is kept."""
    record_id = lead(office.lin_xiao)
    change(office.lin_xiao, record_id, 1, intent="弱")
    with pytest.raises(Refused) as caught:
        verify(office.lin_xiao, record_id, 1)
    assert caught.value.code == "records.stale"
    assert stored(record_id, "verified_on") == (None,)


def test_a_type_of_which_nothing_is_verified(office: Cast) -> None:
    """Refused in plain words, and nothing changes."""
    with pytest.raises(Refused) as caught:
        Verify(viewer=viewer_for(office.lin_xiao.id), record_type="customer", id=1, version=1).run()
    assert caught.value.code == "records.not_verifiable"


def test_ages_grow_with_the_days(office: Cast) -> None:
    """Nothing is written to the record, and yet it is ten days older after ten days."""
    record_id = lead(office.lin_xiao)
    assert stored(record_id, "idle") == (0,)
    with clock.hold(datetime(2026, 3, 15, 17, 0, tzinfo=UTC)):  # the 16th in Shanghai
        decide_again()
    assert stored(record_id, "idle") == (10,)


def owed(record_id: int, row: int) -> list[tuple[str, date, str]]:
    """The duties about a caller by a row: slot, local day on which it is due, state."""
    found = Duty.objects.filter(record_type="lead", record_id=record_id, row=row).order_by("due_at")
    return [(each.slot, clock.local(each.due_at).date(), each.state) for each in found]


def test_verification_discharges_what_is_owed_by_it(office: Cast) -> None:
    """Owed on the day from the parameter; verified, it is done by whoever did it, and the next one is owed."""
    record_id = lead(office.lin_xiao)
    assert owed(record_id, 1) == [("2026-09-06", date(2026, 9, 6), "open")]
    with clock.hold(datetime(2026, 9, 6, 2, 0, tzinfo=UTC)):
        decide_again()
        verify(office.lin_xiao, record_id, 1)
    first, *_others = Duty.objects.filter(record_type="lead", record_id=record_id, row=1).order_by("pk")
    assert (first.state, first.done_by_id, first.late) == ("done", office.lin_xiao.id, False)


def test_a_frequency_is_what_its_parameter_is_on_the_day(office: Cast) -> None:
    """Half a year in March, a quarter from July on."""
    record_id = lead(office.lin_xiao)
    catch_up()
    assert owed(record_id, 2) == [("2026-01-01", date(2026, 6, 30), "open")]
    with clock.hold(datetime(2026, 7, 2, 2, 0, tzinfo=UTC)):
        decide_again()
        catch_up()
    assert owed(record_id, 2)[-1] == ("2026-07-01", date(2026, 9, 30), "open")


def test_the_end_of_retention_is_announced_before(office: Cast) -> None:
    """Two years after filing, thirty days ahead; a strong intent keeps five years from the last change."""
    record_id = lead(office.lin_xiao)
    catch_up()
    assert owed(record_id, 3) == [("2028-03-06", date(2028, 2, 5), "open")]
    change(office.lin_xiao, record_id, 1, intent="强", budget="1万")
    slots = {slot: state for slot, _due, state in owed(record_id, 3)}
    assert slots == {"2028-03-06": "cancelled", "2031-03-06": "open"}


def test_a_rule_taken_back_is_no_loss(office: Cast) -> None:
    """An edition that asks for nothing in time any more can be published: what the system reckoned is nobody's data."""
    record_id = lead(office.lin_xiao, contacted_at="2026-03-02 09:00")
    text = POLICY.format(version="1.1.0").replace("完整度, 迟录", "完整度")
    text = text.replace("及时录入: 接触时间 起 1工作日\n", "")
    Publish(actor=SYSTEM, packs=(PackSource("marks-tests", {"policy.md": text}),)).run()
    found = records.profile(viewer_for(office.lin_xiao.id), "lead", record_id)
    assert {"file_by", "filed_late"}.isdisjoint(column.code for column in found.columns)
