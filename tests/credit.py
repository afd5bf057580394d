"""A small policy with a labelled exception, a scorecard and a quota: customers who buy on credit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.source import PackSource
from keguan.runtime.access.viewer import viewer_for
from keguan.runtime.ledger.actions import SYSTEM
from keguan.runtime.org.actions import Appoint
from keguan.runtime.policies.actions import Publish
from keguan.runtime.records.actions import Create
from tests.cast import SINCE

if TYPE_CHECKING:
    from tests.cast import Cast

PACK = "credit"
TEXT = """---
id: credit
title: 赊销办法
version: 1.0.0
effective: 2026-01-01
uses: []
---
# 赊销办法

### 第一条 档案 {#files}

:::角色 赊销岗位 (credit_posts)
| 角色 | 代码 | 可见范围 | 原文范围 | 可见信息 | 可办事项 |
|---|---|---|---|---|---|
| 信用专员 | credit_analyst | 全部 | 无 | 单位, 赊销, 评定 | 新建档案, 修改档案 |
| 信用内勤 | credit_clerk | 全部 | 无 | 单位, 评定 | |
:::

:::档案 赊销单位 (account)
显示: 名称

| 字段 | 代码 | 类型 | 必填 | 信息类别 | 密级 |
|---|---|---|---|---|---|
| 名称 | name | 文本(80) | 是 | 单位 | |
| 销售区 | region | 选项(东区, 西区) | | 单位 | |
| 采购量 | volume | 金额 | | 赊销 | |
| 年限 | years | 整数 | | 单位 | |
| 国有 | state_owned | 是否 | | 单位 | |
| 开门 | opens_at | 时间 | | 单位 | |
| 到访 | came_at | 日期时间 | | 单位 | |
:::

:::口径 采购口径 (volume_facts)
对象: 赊销单位

| 口径 | 代码 | 类型 | 信息类别 | 算法 |
|---|---|---|---|---|
| 预计采购 | expected | 金额 | 赊销 | 采购量 * 2 |
:::

### 第二条 等级 {#level}

:::判定 信用等级 (credit_grade)
对象: 赊销单位
命中: 首条
信息类别: 赊销

| 采购量 | → 等级 (level, 选项(贵宾, 优选, 合格)) | → 额度 (line, 金额) |
|---|---|---|
| >= 500万 | "贵宾" | 100万 |
| >= 100万 | "优选" | 30万 |
| - | "合格" | 5万 |
:::

### 第三条 国有单位 {#state}

:::判定 国有单位等级 (state_grade)
例外于: 信用等级

| 国有 | 采购量 | → 等级 (level, 选项(贵宾, 优选, 合格)) | → 额度 (line, 金额) |
|---|---|---|---|
| true | >= 300万 | "贵宾" | 90万 |
| true | >= 50万 | "优选" | 50万 |
:::

### 第四条 评分 {#score}

:::评分 信用评分 (credit_score)
对象: 赊销单位
信息类别: 评定
起分: 50

| 项目 | 条件 | 得分 |
|---|---|---|
| 年限 | >= 5 | 20 |
| 采购量 | >= 100万 | 30 |
:::

### 第五条 名额 {#quota}

:::名额 贵宾名额 (vip_quota)
判定: 信用等级
分组: 销售区
超额: 按 采购量 从高到低保留, 其余降一级

| 等级 | 上限 | 依据 |
|---|---|---|
| 贵宾 | 50% | 第五条 |
:::

### 第六条 走访 {#visits}

:::职责 赊销走访 (account_visits)
对象: 赊销单位
信息类别: 赊销

| 事项 | 适用 | 责任角色 | 频次 |
|---|---|---|---|
| 走访 | - | 信用专员 | 每月至少1次 |
:::

### 第七条 保密 {#secret}

客户资料应当保密，保存五年。
"""

ACCOUNTS = (
    ("云岭建材", "东区", "6000000", "4", "否"),
    ("滨海水泥", "东区", "8000000", "6", "否"),
    ("西山钢构", "西区", "700000", "2", "是"),
    ("江南园林", "西区", "900000", "1", "否"),
)


def source(*changes: tuple[str, str]) -> PackSource:
    """The policy with some words changed; each change must be found once."""
    text = TEXT
    for before, after in changes:
        assert text.count(before) == 1, before
        text = text.replace(before, after)
    return PackSource(PACK, {"policy.md": text})


def lend(cast: Cast) -> dict[str, int]:
    """Publish it, make 许可 its analyst and 周敏 its clerk, and file four accounts; their ids by name."""
    Publish(actor=SYSTEM, packs=(source(),)).run()
    Appoint(actor=SYSTEM, staff_id=cast.xu_ke.id, role="credit_analyst", since=SINCE).run()
    Appoint(actor=SYSTEM, staff_id=cast.zhou_min.id, role="credit_clerk", since=SINCE).run()
    analyst = viewer_for(cast.xu_ke.id)
    codes = ("name", "region", "volume", "years", "state_owned")
    return {
        values[0]: Create(viewer=analyst, record_type="account", values=dict(zip(codes, values, strict=True))).run()
        for values in ACCOUNTS
    }
