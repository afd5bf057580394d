"""A policy begins a case the day somebody leaves, and when a leaver's account is tried."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.conftest import Home

PACK = """---
id: leaving-tests
title: 离任试验
version: 1.0.0
effective: 2026-01-01
uses: [property-developer]
---
### 第一条 离任

:::档案 离职档案 (leaver_file)
显示: 事由

| 字段 | 代码 | 类型 | 必填 | 信息类别 | 密级 |
|---|---|---|---|---|---|
| 事由 | reason | 文本(200) | 是 | 来往 | 一般 |
| 离职人员 | leaver | 人员 | 是 | 来往 | 一般 |
| 离职日 | left_on | 日期 | 是 | 来往 | 一般 |
| 备注 | note | 文本(200) | {required} | 来往 | 一般 |
:::

:::流程 离任审计 (leaving_audit)
对象: 离职档案
发起: 人员离职, 离职账号登录

| 步骤 | 代码 | 办理角色 | 时限 | 去向 |
|---|---|---|---|---|
| 审计 | audit | 审计员 | 5工作日 | → 完成 |
:::

:::职责 收回物品 (things_returned)
对象: 离职档案

| 事项 | 适用 | 责任角色 | 触发 | 时限 |
|---|---|---|---|---|
| 收回工牌和设备 | | 审计员 | 新建 | 3工作日 |
:::
"""

SCRIPT = """
import json
from keguan.language.source import PackSource
from keguan.runtime import clock
from keguan.runtime.access.viewer import system_viewer
from keguan.runtime.departures.actions import Leave
from keguan.runtime.duties.models import Duty
from keguan.runtime.ledger import events
from keguan.runtime.ledger.actions import SYSTEM
from keguan.runtime.ledger.models import Entry
from keguan.runtime.org.events import DepartedAttempt
from keguan.runtime.org.models import Staff
from keguan.runtime.policies.actions import Publish
from keguan.runtime.policies.queries import current
from keguan.runtime.processes.models import Case, Share
from keguan.runtime.records.classes import attribute, rows_of
from django.db import transaction
from tests.cast import assemble
cast = assemble()
Publish(actor=SYSTEM, packs=(PackSource("leaving-tests", {{"policy.md": {pack!r}}}),)).run()
Leave(viewer=system_viewer(), staff_id=cast.lin_xiao.id, reason="本人辞职").run()
for _ in range(2):
    with transaction.atomic():
        events.announce(DepartedAttempt(cast.lin_xiao.id, clock.now()))
files = list(rows_of(current().model, "leaver_file").order_by("id").values())
print(json.dumps({{
    "active": Staff.objects.get(pk=cast.lin_xiao.id).is_active,
    "cases": [[case.process, case.record_id, case.unit_id] for case in Case.objects.order_by("id")],
    "shares": list(Share.objects.order_by("id").values_list("role", flat=True)),
    "files": [[row["id"], row["unit_id"], row.get("c_reason")] for row in files],
    "leavers": [value for row in files for value in row.values() if value == cast.lin_xiao.id],
    "duties": list(Duty.objects.order_by("id").values_list("task", flat=True)),
    "not_begun": Entry.objects.filter(action="departures.not_begun").count(),
    "unit": cast.lin_xiao.unit_id,
}}, default=str))
"""


def told(home: Home, required: str) -> dict[str, list[object]]:
    """What there is after 林晓 left and her account was tried twice."""
    script = SCRIPT.format(pack=PACK.format(required=required))
    found: dict[str, list[object]] = json.loads(home.script(script).splitlines()[-1])
    return found


def test_a_case_begins_the_same_day(published_home: Home) -> None:
    """One with the leaving, one with the first attempt, each over a record of its own that names her, in her unit; and
    what is owed about new records is owed.
    """
    found = told(published_home, "")
    assert found["active"] is False
    assert [process for process, _, _ in found["cases"]] == ["leaving_audit", "leaving_audit"]  # type: ignore[misc]
    assert found["shares"] == ["auditor", "auditor"]
    assert [[unit, reason] for _, unit, reason in found["files"]] == [[found["unit"], "本人辞职"]] * 2  # type: ignore[misc]
    assert len(found["leavers"]) >= 2
    assert found["duties"] == ["收回工牌和设备"] * 2
    assert found["not_begun"] == 0


def test_what_cannot_be_filed_keeps_no_account_open(published_home: Home) -> None:
    """Where a condition requires what the system cannot know, the account closes all the same; the ledger says so."""
    found = told(published_home, '事由 != ""')
    assert (found["active"], found["cases"], found["files"]) == (False, [], [])
    assert found["not_begun"] == 2
