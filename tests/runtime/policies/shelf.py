"""A small pack for tests of publishing: members of a club, graded by their points."""

from __future__ import annotations

from keguan.language.source import PackSource

_TEXT = """---
id: club
title: 会员办法
version: {version}
effective: {effective}
uses: []
---
# 会员办法

## 第一章 会员

### 第一条 会员档案 {{#member}}

入会当日登记。

:::档案 会员 (member)
显示: 姓名

| 字段 | 代码 | 英文 | 类型 | 必填 | 信息类别 | 密级 |
|---|---|---|---|---|---|---|
| 姓名 | full_name | Name | 文本(60) | 是 | 身份 | 一般 |
| 积分 | points | Points | 整数 | | 交易 | 一般 |
{fields}:::

### 第二条 会员级别 {{#level}}

积分满{threshold}的为金级。

:::判定 会员级别 (member_level)
对象: 会员
命中: 首条
信息类别: 级别

| 积分 | → 级别 (level) |
|---|---|
| >= {threshold} | "金" |
| - | "银" |
:::

{more}### 第三条 宗旨 {{#aim}}

会员自愿入会。
"""


def club(
    version: str = "1.0.0", effective: str = "2026-01-01", *, threshold: int = 100, fields: str = "", more: str = ""
) -> PackSource:
    """The club's policy. ``fields`` are further rows of the record's table, ``more`` further clauses."""
    text = _TEXT.format(version=version, effective=effective, threshold=threshold, fields=fields, more=more)
    return PackSource("club", {"policy.md": text})
