"""What a record is called may stand before its fields, wherever an expression is about one record."""

from __future__ import annotations

import pytest

from keguan.language import api
from keguan.language.feel.typed import Binary, Call, FieldRef, Function
from keguan.language.feel.types import DATE, Number
from keguan.language.source import PackSource
from tests.language.sources import FRONT, model_of

CUSTOMER = """:::档案 客户 (customer)
显示: 姓名

| 字段 | 代码 | 类型 | 必填 | 信息类别 |
|---|---|---|---|---|
| 姓名 | name | 文本(60) | 是 | 身份 |
| 额度 | amount | 整数 | | 交易 |
| 生日 | born | 日期 | 客户.额度 > 5 | 身份 |
:::

:::口径 客户口径 (customer_facts)
对象: 客户

| 口径 | 代码 | 类型 | 信息类别 | 算法 |
|---|---|---|---|---|
| 双倍 | doubled | 整数 | 交易 | 客户.额度 * 2 |
:::

:::判定 等级 (grade_table)
对象: 客户
命中: 首条
信息类别: 交易

| customer.双倍 | → 等级 (grade) |
|---|---|
| >= 10 | 客户.双倍 |
| - | 0 |
:::
"""


def test_facts_tables_and_required_fields_know_it() -> None:
    """客户.额度 is 额度 in a formula, in a heading, in a result and where a field is required."""
    model = model_of(PackSource("sample", {"policy.md": FRONT + CUSTOMER}))
    amount = FieldRef("amount", Number())
    fact, decision = model.facts["customer"][0], model.decisions["grade_table"]
    assert isinstance(fact.expression, Binary)
    assert fact.expression.left == amount
    assert decision.inputs[0].expression == FieldRef("doubled", Number())
    assert decision.rules[0].results == (FieldRef("doubled", Number()),)
    required = model.record_types["customer"].field("born").required
    assert isinstance(required, Binary)
    assert required.left == amount
    assert api.runner(model, "customer").run({"amount": 6}, {}, model.policies["sample"].effective)["grade"] == 12


PENALTIES = """:::档案 合同 (contract)
显示: 编号

| 字段 | 代码 | 类型 | 信息类别 |
|---|---|---|---|
| 编号 | number | 文本(20) | 交易 |
| {label} | {code} | 日期 | 交易 |
| 到期 | due | 日期 | 交易 |
:::

:::角色 岗位 (posts)
| 角色 | 代码 | 可见范围 | 原文范围 | 可见信息 | 可办事项 |
|---|---|---|---|---|---|
| 总经理 | general_manager | 全部 | 无 | 全部 | |
| 经办 | handler | 本人 | 无 | 全部 | |
:::

:::奖惩 处罚 (penalties)
对象: 合同
信息类别: 交易

| 情形 | 对谁 | 措施 | 数额 | 批准 |
|---|---|---|---|---|
| 合同.{part} > 2025 | 经办 | 罚款 | 合同.{part} * 2 | 总经理 |
:::
"""


@pytest.mark.parametrize(
    ("label", "code", "part", "reads"),
    [
        ("合同", "signed", "年", Call(Function.YEAR, (FieldRef("signed", DATE),), Number())),
        ("签订日", "signed", "签订日.年", Call(Function.YEAR, (FieldRef("signed", DATE),), Number())),
    ],
)
def test_a_field_of_that_name_comes_first(label: str, code: str, part: str, reads: object) -> None:
    """Where a field is called like its record, the name before the dot is the field."""
    text = FRONT + PENALTIES.format(label=label, code=code, part=part)
    model = model_of(PackSource("sample", {"policy.md": text}))
    row = model.blocks.consequences["penalties"].rows[0]
    assert isinstance(row.condition, Binary)
    assert row.condition.left == reads
