"""A company with figures of every kind, published in the test, and customers to be counted."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from keguan.language.source import PackSource
from keguan.runtime import clock
from keguan.runtime.jobs.actions import enqueue, run_now
from keguan.runtime.ledger.actions import SYSTEM
from keguan.runtime.metrics import jobs
from keguan.runtime.metrics.models import WHOLE, Value
from keguan.runtime.policies.actions import Publish
from tests.runtime.decisions.filing import as_seen_by, contract, customer

if TYPE_CHECKING:
    from tests.cast import Cast

POLICY = """---
id: metric-tests
title: 指标试验
version: {version}
effective: 2026-01-01
uses: [property-developer]
---
### 第一条 指标 {{#targets}}

:::指标 客户指标 (customer_figures)
信息类别: 来往

| 指标 | 代码 | 类型 | 口径 | 目标 | 预警 | 周期 | 责任角色 | 分组 |
|---|---|---|---|---|---|---|---|---|
| 带动率 | leading_share | 百分比 | count(客户[带动购买]) / count(客户) | >= 80% | >= 50% | 每月 | 客服经理 | - |
| 各人带动率 | by_person | 百分比 | count(客户[带动购买]) / count(客户) | >= 50% | | 每月 | | 记录负责人 |
| 各部门带动率 | by_unit | 百分比 | count(客户[带动购买]) / count(客户) | >= 50% | | 每月 | 销售主管 | 部门 |
| 各等级户数 | by_grade | 整数 | count(客户) | - | | 每月 | | 客户等级 |
| 本月接触 | contacts | 整数 | count(客户[首次接触日 in [期初..期末]]) | >= 2 | | 每月 | 客服经理 | - |
:::

:::指标 交易指标 (trade_figures)
| 指标 | 代码 | 类型 | 口径 | 目标 | 周期 |
|---|---|---|---|---|---|
| 户均购买 | mean_purchase | 金额 | sum(客户.累计购买额) / count(客户) | - | 每季度 |
:::

:::奖惩 指标奖惩 (figure_results)
信息类别: 来往

| 情形 | 对谁 | 措施 | 数额 | 批准 | 依据 |
|---|---|---|---|---|---|
| 未达标 各人带动率 | 责任人 | 扣分 | 2 | 客服经理 | 第一条 |
| 达标 各人带动率 | 责任人 | 加分 | 1 | 客服经理 | 第一条 |
:::
"""


def publish_policy(version: str = "1.0.0", *changes: tuple[str, str]) -> None:
    """Publish the figures; each change of words must be found."""
    text = POLICY.format(version=version)
    for before, after in changes:
        assert before in text, before
        text = text.replace(before, after)
    Publish(actor=SYSTEM, packs=(PackSource("metric-tests", {"policy.md": text}),)).run()


def fill(cast: Cast) -> dict[str, int]:
    """林晓 in 江南 has five customers, of whom four lead others; 方明 in 滨海 has two, of whom none does; by name."""
    lin, fang = as_seen_by(cast.lin_xiao.id), as_seen_by(cast.fang_ming.id)
    found = {f"江{number}": customer(lin, f"江{number}", leads_others="是") for number in range(4)}
    found["江4"] = customer(lin, "江4", leads_others="否", intends="是")
    found |= {f"滨{number}": customer(fang, f"滨{number}", leads_others="否") for number in range(2)}
    return found


def buy(cast: Cast, customer_id: int, amount: str) -> None:
    """A contract of a customer."""
    contract(as_seen_by(cast.zhou_min.id), customer_id, amount)


def work(**arguments: str) -> None:
    """Do the job here and now."""
    job_id = enqueue(jobs.COMPUTE_JOB, arguments, wake=False)
    assert run_now(job_id)


def value(figure: str, start: date = date(2026, 11, 1), group: str = WHOLE) -> Value:
    """What is kept."""
    return Value.objects.get(figure=figure, period_start=start, group=group)


def on(year: int, month: int, day: int) -> clock.hold:
    """The clock, held at nine in the morning of a day in the company's time zone."""
    return clock.hold(datetime(year, month, day, 9, tzinfo=UTC) - timedelta(hours=8))
