"""Access rules over the customers of the cast's company, published for a test."""

from __future__ import annotations

from keguan.language.source import PackSource
from keguan.runtime.ledger.actions import SYSTEM
from keguan.runtime.policies.actions import Publish

HEADINGS = ("角色", "信息类别", "看", "改", "导出", "打印", "原文", "范围", "条件", "密级")
APPROVAL = """
:::流程 修改审批 (change_approval)
对象: 客户
发起: 销售员
信息类别: 来往
准予: 修改(客户), 原文(客户), 导出(客户), 打印(客户)

| 步骤 | 代码 | 办理角色 | 去向 |
|---|---|---|---|
| 申请 | asking | 发起人 | → 批准 |
| 批准 | approving | 客服经理 | 同意 → 归档; 驳回 → 申请 |
:::
"""


def publish_rules(*rows: tuple[str, ...], before: str = "", version: str = "1.0.0") -> None:
    """Publish an access block over 客户 with these rows, cells as in ``HEADINGS``; ``before`` stands above."""
    lines = "\n".join(f"| {' | '.join(row + ('-',) * (len(HEADINGS) - len(row)))} |" for row in rows)
    text = f"""---
id: rules
title: 权限
version: {version}
effective: 2026-01-01
uses: [property-developer]
---
### 第一条 权限 {{#granted}}

第{version}版。

{before}{APPROVAL}
:::权限 客户权限 (customer_rules)
对象: 客户

| {" | ".join(HEADINGS)} |
|{"---|" * len(HEADINGS)}
{lines}
:::
"""
    Publish(actor=SYSTEM, packs=(PackSource("rules", {"policy.md": text}),)).run()
