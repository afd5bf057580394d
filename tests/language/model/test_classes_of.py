"""Levels of protection and where what is computed comes from."""

from __future__ import annotations

import pytest

from keguan.language.api import check
from keguan.language.model.classes import Display
from keguan.language.model.classes_of import level_of, record_level, sources
from keguan.language.model.model import Model
from keguan.language.source import PackSource

POLICY = """---
id: sample
title: 类别
version: 1.0.0
effective: 2026-01-01
---
### 第一条 分类

:::类别 信息类别 (information_classes)
级别: C1 < C2 < C3

| 信息类别 | 代码 | 保护级别 | 密级 | 显示 | 查看留痕 | 责任部门 | 用途 |
|---|---|---|---|---|---|---|---|
| 身份 | identity | C2 | - | - | 否 | 客服部 | 建档、核对 |
| 联系 | contact | C2 | 敏感 | - | 是 | - | - |
| 鉴别 | credentials | C3 | 敏感 | 从不 | - | - | - |
| 交易 | business | C1 | - | 遮盖 | | - | - |
:::

:::档案 客户 (customer)
显示: 姓名

| 字段 | 代码 | 类型 | 信息类别 | 密级 |
|---|---|---|---|---|
| 姓名 | name | 文本(60) | 身份 | |
| 手机 | phone | 手机号 | 联系 | |
| 联系日 | reached_on | 日期 | 联系 | |
| 网址 | site | 文本(60) | 联系 | 一般 |
| 校验值 | check_value | 文本(64) | 鉴别 | |
| 年消费 | spent | 金额 | 交易 | |
:::

:::档案 来访 (visit)
显示: 事由

| 字段 | 代码 | 类型 | 必填 | 信息类别 |
|---|---|---|---|---|
| 事由 | reason | 文本(60) | 是 | 身份 |
| 客户 | customer | 引用(客户) | 是 | 身份 |
| 花费 | cost | 金额 | | 交易 |
:::

:::口径 客户口径 (customer_facts)
对象: 客户

| 口径 | 代码 | 类型 | 信息类别 | 算法 |
|---|---|---|---|---|
| 总花费 | total | 金额 | 身份 | 年消费 + sum(来访.花费) |
:::
"""


@pytest.fixture(scope="module")
def model() -> Model:
    """The policy."""
    checked = check((PackSource("sample", {"policy.md": POLICY}),))
    assert checked.model is not None, checked.diagnostics
    return checked.model


def test_a_field_takes_the_secrecy_of_its_class(model: Model) -> None:
    """Where a field says nothing, its class does; what it says itself goes first, and a day cannot be sealed."""
    secrecy = {field.code: field.sensitive for field in model.record_types["customer"].fields}
    assert secrecy == {
        "name": False, "phone": True, "reached_on": False, "site": False, "check_value": True, "spent": False,
    }  # fmt: skip


def test_levels(model: Model) -> None:
    """A record type is as high as the highest of what it holds."""
    assert model.protection_levels == ("C1", "C2", "C3")
    assert (level_of(model, "联系"), level_of(model, "没有")) == ("C2", "")
    assert (record_level(model, "customer"), record_level(model, "visit")) == ("C3", "C2")


def test_what_a_class_says(model: Model) -> None:
    """Who answers for it, what for, and how it is shown."""
    identity = model.information_classes["身份"]
    assert (identity.responsible, identity.purposes) == ("客服部", ("建档", "核对"))
    assert model.information_classes["鉴别"].display is Display.NEVER
    assert [label for label, each in model.information_classes.items() if each.traced] == ["联系"]


def test_sources(model: Model) -> None:
    """A fact names what it reads of the record and of its children, with class and level."""
    (fact,) = model.facts["customer"]
    found = [(each.record_type, each.code, each.level) for each in sources(model, "customer", fact)]
    assert found == [("customer", "spent", "C1"), ("visit", "customer", "C2"), ("visit", "cost", "C1")]
