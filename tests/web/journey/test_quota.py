"""A quota is made tighter in the browser: who would fall is seen before, and whoever owns them has a duty after."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.web.journey.conftest import Site, Walker
from tests.web.journey.signing import published_by
from tests.web.journey.test_s25 import FILING

pytestmark = pytest.mark.browser
expect.set_options(timeout=20_000)  # shared machines are slow now and then

POLICY = """---
id: key-accounts
title: 大客户名额办法
version: 1.0.0
effective: 2026-01-01
uses: [core, property-developer]
---
# 大客户名额办法

### 第一条 大客户 {#accounts}

:::档案 大客户 (account)
显示: 名称
列表: 名称, 区域, 年采购, 大客户等级
菜单: 是

| 字段 | 代码 | 类型 | 必填 | 信息类别 |
|---|---|---|---|---|
| 名称 | account_name | 文本(60) | 是 | 来往 |
| 区域 | region | 选项(江南, 滨海) | 是 | 来往 |
| 年采购 | volume | 金额 | 是 | 来往 |
:::

:::判定 大客户等级 (account_grade)
对象: 大客户
命中: 首条
信息类别: 来往

| 年采购 | → 大客户等级 (account_level, 选项(贵宾, 普通)) |
|---|---|
| >= 100万 | "贵宾" |
| - | "普通" |
:::

### 第二条 名额 {#quota}

:::名额 贵宾名额 (vip_quota)
判定: 大客户等级
分组: 区域
超额: 按 年采购 从高到低保留, 其余降一级

| 等级 | 上限 | 依据 |
|---|---|---|
| 贵宾 | 3 | 第二条 |
:::

### 第三条 说明 {#telling}

:::职责 等级说明 (telling_duty)
对象: 大客户

| 事项 | 适用 | 责任角色 | 触发 | 时限 |
|---|---|---|---|---|
| 向客户说明降级 | 大客户等级 = "普通" | 记录负责人 | 变更 大客户等级 | 5工作日 |
:::
"""

FILED = """
from keguan.language.source import PackSource
from keguan.runtime.ledger.actions import SYSTEM
from keguan.runtime.policies.actions import Publish

Publish(actor=SYSTEM, packs=(PackSource("key-accounts", {{"policy.md": {policy!r}}}),)).run()
for name, region, volume in (
    ("云岭建材", "江南", "600万"),
    ("滨海水泥", "江南", "400万"),
    ("西山钢构", "江南", "200万"),
    ("松间木业", "滨海", "150万"),
):
    file("lin_xiao", "account", account_name=name, region=region, volume=volume)
"""


def test_a_tighter_quota_is_tried_and_published_and_the_owner_is_told(
    walker: Walker, site: Site, complaints: list[str]
) -> None:
    """Three become two: the trial names 西山钢构 and says why; once signed, it is ordinary by the quota, the one of
    the other region stays, and 林晓, who owns it, has to explain it to the customer.
    """
    site.home.script(f"{FILING}\n{FILED.format(policy=POLICY)}")
    author = walker()
    page = author.page
    author.sign_in("xu_ke")
    author.menu("制度")
    page.get_by_role("link", name="大客户名额办法").click()
    page.get_by_role("button", name="起草修订").click()
    editor = page.locator("textarea.editor")
    editor.fill(
        editor.input_value().replace("| 贵宾 | 3 |", "| 贵宾 | 2 |").replace("version: 1.0.0", "version: 1.1.0")
    )
    page.get_by_role("link", name="试算", exact=True).click()
    trial = page.locator("#side section", has_text="名额：贵宾名额")
    expect(trial).to_contain_text("切下 1 份")
    expect(trial).to_contain_text("按施行中的制度切下 0 份")
    expect(trial.locator("li", has_text="西山钢构")).to_contain_text("贵宾 → 普通（江南：够格 3 份，名额 2 份）")
    expect(trial).not_to_contain_text("松间木业")
    author.picture("quota-trial")

    page.get_by_role("link", name="流程", exact=True).click()
    page.get_by_role("button", name="提交审核").click()
    expect(page.get_by_role("status")).to_contain_text("已提交审核")
    published_by(site, "xu_ke", "zhou_min", "zheng_yuan")

    owner = walker()
    owner.sign_in("lin_xiao")
    expect(owner.page.locator("main")).to_contain_text("向客户说明降级", timeout=60_000)
    owner.picture("quota-duty")
    owner.menu("大客户")
    row = owner.page.locator("tbody tr", has_text="西山钢构")
    expect(row).to_contain_text("普通")
    expect(owner.page.locator("tbody tr", has_text="松间木业")).to_contain_text("贵宾")
    row.get_by_role("link").first.click()
    expect(owner.page.locator("#drawer")).to_contain_text("贵宾 → 普通")
    expect(owner.page.locator("#drawer")).to_contain_text("第二条")
    owner.picture("quota-why")
    assert complaints == []
