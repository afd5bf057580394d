"""Twelve complaints of half a year, in two branches, about three things, in the hands of a small complaints process."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from keguan.language.source import PackSource
from keguan.runtime.access.viewer import viewer_for
from keguan.runtime.calendars import queries as calendars
from keguan.runtime.duties.lines import lines_about
from keguan.runtime.duties.models import Duty, DutyState
from keguan.runtime.ledger.actions import SYSTEM
from keguan.runtime.policies.actions import Publish
from keguan.runtime.policies.queries import current
from keguan.runtime.processes.models import Case, CaseState, Task, TaskState, Value
from keguan.runtime.processes.queries import statistics
from keguan.runtime.processes.queries.statistics import Selection, Span
from keguan.runtime.records.actions import Create
from tests.runtime.records.filing import customer

if TYPE_CHECKING:
    from keguan.runtime.access.viewer import Viewer
    from tests.cast import Cast, Member

POLICY = """---
id: statistics-tests
title: 统计试验
version: 1.0.0
effective: 2026-01-01
uses: [property-developer]
---
### 第一条 投诉单 {#told}

:::档案 投诉单 (grievance)
显示: 摘要
菜单: 是

| 字段 | 代码 | 英文 | 类型 | 必填 | 信息类别 | 密级 |
|---|---|---|---|---|---|---|
| 摘要 | summary | Summary | 文本(120) | 是 | 来往 | 一般 |
| 客户 | customer | Customer | 引用(客户) | | 来往 | 一般 |
| 原因 | cause | Cause | 选项(漏水, 电梯, 收费) | | 来往 | 一般 |
| 涉及金额 | stake | At stake | 选项(大额, 小额) | | 交易 | 一般 |
| 暗语 | secret | Secret | 文本(40) | | 来往 | 敏感 |
| 受理日 | received_on | Received on | 日期 | 是 | 来往 | 一般 |
:::

:::参数 统计口径 (counting)
| 参数 | 代码 | 类型 | 起 | 值 | 依据 |
|---|---|---|---|---|---|
| 重复期限 | repeat_within | 时长 | 2026-01-01 | 30天 | 本制度 |
:::

:::表单 判断表 (judging_form)
对象: 投诉单
信息类别: 来往
结论: 判断

| 字段 | 代码 | 英文 | 类型 | 必填 |
|---|---|---|---|---|
| 判断 | verdict | Verdict | 选项(成立, 不成立) | 是 |
| 紧急 | urgent | Urgent | 是否 | |
:::

:::流程 投诉办理 (grieving)
对象: 投诉单
编号: TB-{序号:4}
总时限: 5天
暂停: 等材料
发起: 销售员
信息类别: 来往

| 步骤 | 代码 | 英文 | 办理角色 | 时限 | 表单 | 去向 |
|---|---|---|---|---|---|---|
| 登记 | filing | Filing | 发起人 | 即时 | | → 判断 |
| 判断 | judging | Judging | 销售主管 | 1天 | 判断表 | 成立 → 归档; 不成立 → 结束 |
:::

:::职责 监管时限 (by_law)
对象: 投诉单
信息类别: 来往

| 事项 | 适用 | 责任角色 | 触发 | 时限 | 凭证 |
|---|---|---|---|---|---|
| 十五日内答复 | - | 客服经理 | 受理日 | 15天 | |
:::
"""

NOW = datetime(2026, 7, 1, 2, 0, tzinfo=UTC)
"""Wednesday, 1 July 2026, 10:00 on the company's clocks."""

HALF_YEAR = Span(date(2026, 1, 1), date(2026, 6, 30))


@dataclass(frozen=True)
class Told:
    """One complaint: on which day somebody's customer told of what, how long its case took (None: still open) and
    whether that was late, how it was judged.
    """

    day: date
    who: str
    cause: str | None
    days: int | None
    verdict: str = ""
    late: bool = False
    again: bool = False
    by_law_late: bool = False


TOLD = (
    Told(date(2026, 1, 5), "周一", "漏水", 2, "成立"),
    Told(date(2026, 1, 20), "周一", "漏水", 2, "成立"),
    Told(date(2026, 1, 28), "周一", "电梯", 2, "不成立"),
    Told(date(2026, 2, 10), "吴二", "漏水", 9, "成立", late=True, by_law_late=True),
    Told(date(2026, 3, 3), "郑三", "电梯", 1, "不成立"),
    Told(date(2026, 3, 4), "吴二", "电梯", 1, "成立"),
    Told(date(2026, 3, 10), "周一", "电梯", 7, "成立", late=True, again=True),
    Told(date(2026, 4, 15), "郑三", "收费", 1, "不成立"),
    Told(date(2026, 5, 6), "郑三", None, 1, "成立"),
    Told(date(2026, 6, 10), "吴二", "漏水", None, by_law_late=True),
    Told(date(2026, 6, 29), "周一", "收费", None),
    Told(date(2025, 12, 20), "周一", "漏水", 1, "成立"),
)
"""周一 and 吴二 are customers of the 江南 branch, 郑三 of the 滨海 branch. The last one is of the year before."""


@dataclass(frozen=True)
class Half:
    """The company with its complaints: their cases in the order of ``TOLD``, and the customers by name."""

    cast: Cast
    cases: tuple[Case, ...]
    customers: dict[str, int]

    def numbers(self, rows: tuple[object, ...]) -> list[int]:
        """Which of the complaints a list shows, by their places in ``TOLD``."""
        places = {case.pk: place for place, case in enumerate(self.cases)}
        return [places[row.case_id] for row in rows]


def make(cast: Cast) -> Half:
    """Publish the policy and store the complaints with their cases, as if they had been handled."""
    Publish(actor=SYSTEM, packs=(PackSource("statistics-tests", {"policy.md": POLICY}),)).run()
    owners = {"周一": cast.lin_xiao, "吴二": cast.lin_xiao, "郑三": cast.fang_ming}
    customers = {
        name: customer(member, name, f"1380013560{place}") for place, (name, member) in enumerate(owners.items())
    }
    cases = tuple(_case(each, owners[each.who], customers[each.who]) for each in TOLD)
    return Half(cast, cases, customers)


def _case(told: Told, owner: Member, customer_id: int) -> Case:
    values = {"summary": f"{told.who}的投诉", "customer": customer_id, "received_on": told.day.isoformat()}
    if told.cause is not None:
        values |= {"cause": told.cause}
    record = Create(viewer=viewer_for(owner.id), record_type="grievance", values=values).run()
    began = datetime(told.day.year, told.day.month, told.day.day, 1, 0, tzinfo=UTC)
    closed = None if told.days is None else began + timedelta(days=told.days)
    case = Case.objects.create(
        process="grieving",
        publication_id=current().publication_id,
        record_type="grievance",
        record_id=record,
        owner_id=owner.id,
        unit_id=owner.unit_id,
        information_class="来往",
        state=CaseState.OPEN if closed is None else CaseState.ARCHIVED,
        started_by_id=owner.id,
        started_by_name=owner.name,
        started_at=began,
        due_at=began + timedelta(days=5),
        closed_at=closed,
        late=told.late,
        worked=None if closed is None else int(calendars.left(closed, began).working.total_seconds()),
        round=2 if told.again else 1,
    )
    task = Task.objects.create(
        case=case,
        step="judging",
        state=TaskState.OPEN if closed is None else TaskState.DONE,
        turn=2 if told.again else 1,
        began_at=began,
        late=told.late or told.again,
    )
    if told.verdict:
        Value.objects.create(
            case=case, form="judging_form", field="verdict", plain=f'"{told.verdict}"', task=task, set_at=began
        )
    _owed(case, told)
    return case


def _owed(case: Case, told: Told) -> None:
    """What the law wants within fifteen days; of the newest complaint it is not known yet."""
    (line,) = lines_about(current().model, "grievance")
    Duty.objects.update_or_create(
        duty="by_law",
        line=line.key,
        record_type="grievance",
        record_id=case.record_id,
        defaults={
            "row": 1,
            "publication_id": case.publication_id,
            "clause": line.clause,
            "task": "十五日内答复",
            "information_class": "来往",
            "slot": told.day.isoformat(),
            "owner_id": case.owner_id,
            "unit_id": case.unit_id,
            "period_start": told.day,
            "made_at": case.started_at,
            "due_at": case.started_at + timedelta(days=15),
            "state": DutyState.OPEN if told.by_law_late or told.days is None else DutyState.DONE,
            "late": told.by_law_late,
        },
    )


def viewer(member: Member) -> Viewer:
    """A member of the cast in the browser."""
    return viewer_for(member.id)


def selection(**more: object) -> Selection:
    """The complaints of the half year."""
    return Selection("grieving", "grievance", HALF_YEAR, **more)


def dimension(member: Member, code: str) -> statistics.Dimension:
    """One of the dimensions that they may tell cases apart by."""
    return statistics.dimension(statistics.offer(viewer(member), "grieving").dimensions, code)


def party(member: Member) -> statistics.Dimension:
    """Whoever complained: the record's customer."""
    return statistics.offer(viewer(member), "grieving").parties["customer"]
