"""Cases that cannot be: a column that is never empty has no missing case “为空”."""

from __future__ import annotations

import pytest

from keguan.language import api
from keguan.language.check.never_empty import NeverEmpty
from keguan.language.diagnostics.diagnostic import Severity
from keguan.language.source import PackSource
from tests.language.sources import FRONT, model_of

POLICY = """:::档案 客户 (customer)
显示: 姓名

| 字段 | 代码 | 类型 | 必填 | 信息类别 |
|---|---|---|---|---|
| 姓名 | name | 文本(60) | 是 | 身份 |
| 情形 | kind | 选项(对账, 承诺, 其他) | 是 | 身份 |
| 额度 | amount | 金额 | 是 | 交易 |
| 折扣 | discount | 金额 | | 交易 |
| 会员 | member | 是否 | | 身份 |
| 生日 | born | 日期 | 会员 = true | 身份 |
:::

:::档案 合同 (contract)
显示: 编号

| 字段 | 代码 | 类型 | 必填 | 信息类别 |
|---|---|---|---|---|
| 编号 | number | 文本 | 是 | 交易 |
| 客户 | customer | 引用(客户) | 是 | 交易 |
| 金额 | price | 金额 | 是 | 交易 |
| 备注 | remark | 文本 | | 交易 |
:::
"""

TABLES = """
:::判定 有底 (with_last_row)
对象: 客户
命中: 首条
信息类别: 交易

| 折扣 | 额度 | → 有底 (bottom) | → 半空 (half) | → 必填底 (filled) |
|---|---|---|---|---|
| > 0 | - | "甲" | - | 额度 |
| - | - | "乙" | "有" | 额度 |
:::

:::判定 没底 (without_last_row)
对象: 客户
命中: 首条
信息类别: 交易

| 折扣 | → 没底 (open_end) |
|---|---|
| > 0 | "甲" |
| <= 0 | "乙" |
| null | - |
:::

:::判定 次数 (hits)
对象: 客户
命中: 计数
信息类别: 交易

| 折扣 | → 次数 (hit_count, 整数) |
|---|---|
| > 0 | 1 |
:::

:::评分 得分 (score)
对象: 客户
信息类别: 交易
起分: 60
封顶: 100
保底: 0
定等: 等级 (grade)
分档: >= 80 A, 其余 B

| 项目 | 条件 | 得分 |
|---|---|---|
| 会员 | true | 20 |
:::

:::评分 无起分 (score_of_nothing)
对象: 客户
信息类别: 交易

| 项目 | 条件 | 得分 |
|---|---|---|
| 会员 | true | 20 |
:::
"""


def policy(column: str, *cells: str) -> PackSource:
    """The pack with a table of one column and a row for each cell."""
    rows = "".join(f'| {cell} | "{number}" |\n' for number, cell in enumerate(cells))
    head = f":::判定 表 (probe)\n对象: 客户\n命中: 首条\n信息类别: 交易\n\n| {column} | → 果 (result) |\n|---|---|\n"
    return PackSource("sample", {"policy.md": f"{FRONT}{POLICY}{TABLES}\n{head}{rows}:::\n"})


def gaps(column: str, *cells: str) -> list[str]:
    """What is wrong with the table, by id."""
    return [each.id for each in api.check([policy(column, *cells)]).diagnostics if each.severity is not Severity.NOTE]


ALWAYS = [
    "count(合同)",
    "空则(折扣, 0)",
    "空则(sum(合同.金额), 0) * 2 + 1",
    "is defined(折扣)",
    "会员 = true",
    "会员 = true and 折扣 = 0",
    "if 会员 then 1 else 0",
    "if 折扣 != null then 折扣 else 0",
    "if not(is defined(折扣)) then 0 else 折扣",
    "min(折扣, 100)",
    "count(合同) / 2",
    "modulo(count(合同), 2)",
    "abs(count(合同) - 3)",
    "today()",
    "有底",
    "次数",
    "得分",
    "等级",
    "some c in 合同 satisfies c.备注 = null",
]
COMPLETE = [
    "额度",
    "情形",
    "额度 * 2",
    "-额度",
    "额度 > 5",
    "必填底",
    "every c in 合同 satisfies c.金额 > 5",
    "if 会员 then 额度 else 1",
    "upper case(情形)",
]
SOMETIMES = [
    "折扣",
    "生日",
    "折扣 + 1",
    "空则(折扣, null)",
    "sum(合同.金额)",
    "max(合同.金额)",
    "额度 / count(合同)",
    "modulo(5, count(合同))",
    "if 会员 then 折扣 else 1",
    "if 折扣 = null then 折扣 else 1",
    "半空",
    "没底",
    "无起分",
    'some c in 合同 satisfies c.备注 > "a"',
    "substring(情形, count(合同))",
    "date(2026, 2, count(合同))",
    "折扣 > 0",
]


@pytest.mark.parametrize(
    ("text", "always", "complete"),
    [
        *((each, True, True) for each in ALWAYS),
        *((each, False, True) for each in COMPLETE),
        *((each, False, False) for each in SOMETIMES),
    ],
)
def test_what_is_never_empty(text: str, always: bool, complete: bool) -> None:
    """Of every record, or of complete records only."""
    model = model_of(policy(text, "-"))
    tree = model.decisions["probe"].inputs[0].expression
    found = [NeverEmpty(model, filled_in=filled_in).holds(tree, "customer") for filled_in in (False, True)]
    assert found == [always, complete]


def test_a_table_over_a_field_that_must_be_filled_in_needs_no_row_for_empty() -> None:
    """Every choice has its row: nothing is missing; a field that may be empty is another matter."""
    assert gaps("情形", '"对账"', '"承诺"', '"其他"') == []
    assert gaps("情形", '"对账"', '"承诺"') == ["K4006"]
    assert gaps("会员", "true", "false") == ["K4006"]
    assert gaps("生日 > today()", "true", "false") == ["K4006"]


def test_a_row_for_an_incomplete_record_can_still_be_written() -> None:
    """A record without what it must have may be there, so that such a row is no mistake."""
    assert gaps("情形", '"对账"', '"承诺"', '"其他"', "null") == []
    assert gaps("情形", '"对账"', '"承诺"', '"其他"', "-") == []


def test_a_row_for_what_can_never_be_empty_is_one_too_many() -> None:
    """What a table with a last row gives is never empty."""
    assert gaps("有底", '"甲"', '"乙"', "null") == ["K4004"]
