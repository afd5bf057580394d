"""How long a list takes at a million customers when access rules decide: rows by place and condition, masked columns.

    python -m benchmarks.protected_list [--rows 1000000] [--keep FOLDER]

Prints the median and the 95th percentile of server time (scope, conditions, masks and decryption included, HTTP and
templates not), the number of queries, and the ratio to a bare ``SELECT … ORDER BY id DESC LIMIT 50`` of the same run.
With ``KEGUAN_TEST_DATABASE_URL`` set it runs on that PostgreSQL database, which must be empty.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.filled_company import bare_page, company, fill, known_company, set_up
from benchmarks.timing import median

if TYPE_CHECKING:
    from keguan.runtime.access.viewer import Viewer

REPEATS = 40
RULES = """---
id: protected
title: 权限
version: 1.0.0
effective: 2026-01-01
uses: [property-developer]
---
### 第一条 权限 {#granted}

:::权限 客户权限 (protected_customers)
对象: 客户

| 角色 | 信息类别 | 看 | 改 | 范围 | 条件 | 密级 |
|---|---|---|---|---|---|---|
| 销售员 | 身份 | 是 | 是 | 本部门 | - | 一般 |
| 销售员 | 联系 | 遮盖 | 否 | 本人 | - | 敏感 |
| 销售员 | 等级 | 是 | 否 | 本人 | - | - |
| 销售员 | 全部 | 遮盖 | 否 | 本部门 | 来源 = "特殊途径" | - |
| 客服经理 | 全部 | 是 | 是 | 全部 | 来源 = "特殊途径" | - |
| 审计员 | 等级 | 是 | 否 | 全部 | 客户等级 = "A" | - |
:::
"""
"""A branch by place, own records in more detail, a rare condition (0.6 %) over the branch and over all, and a common
one (a tenth) over all.
"""


def main() -> None:
    """Fill a database, publish the rules and time the lists."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rows", type=int, default=1_000_000)
    arguments.add_argument("--keep", type=Path, help="use (and keep) this home folder; filled already when it exists")
    chosen = arguments.parse_args()
    with tempfile.TemporaryDirectory(prefix="keguan-protected-") as folder:
        home = chosen.keep or Path(folder)
        fresh = not (home / "keyring.json").exists()
        set_up(home)
        offices = company() if fresh else known_company()
        if fresh:
            _publish()
            fill(chosen.rows, offices)
            _judge()
        _measure(offices)


def _publish() -> None:
    """Publish the rules while there is nothing to compute."""
    from keguan.language.source import PackSource
    from keguan.runtime.ledger.actions import SYSTEM
    from keguan.runtime.policies.actions import Publish

    Publish(actor=SYSTEM, packs=(PackSource("protected", {"policy.md": RULES}),)).run()


def _judge() -> None:
    """Set the conditions by hand, as a decision run would: how long that takes is another benchmark."""
    from django.db import connection

    from keguan.runtime.access.columns import condition_columns
    from keguan.runtime.policies.queries import current

    model = current().model
    texts = {step.code: getattr(step, "text", "") for step in model.computations["customer"]}
    started = time.perf_counter()
    with connection.cursor() as cursor:
        sets = []
        for name in condition_columns(model, "customer"):
            test = "source = '特殊途径'" if "来源" in texts[name] else "grade = 'A'"
            sets.append(f'"{name}" = ({test})')
        cursor.execute(f"UPDATE rec_customer SET {', '.join(sets)}")
        if connection.vendor == "postgresql":
            cursor.execute("VACUUM ANALYZE rec_customer")
    print(f"conditions of every customer: {time.perf_counter() - started:.1f} s")


def _measure(offices: tuple[Any, ...]) -> None:
    from keguan.runtime.access.viewer import viewer_for
    from keguan.runtime.records.list_query import Filter, ListQuery, Operator

    head, large, _middle, _small, tiny = offices
    people = {
        "salesperson (half of all, by place, own, and a condition)": viewer_for(large.staff[0]),
        "salesperson (0.1 %)": viewer_for(tiny.staff[0]),
        "service manager (a rare condition over all)": viewer_for(head.staff[0]),
        "auditor (a common condition over all)": viewer_for(head.staff[1]),
    }
    person = Filter("customer_kind", Operator.IS, ("个人",))
    asked = {
        "first page": ListQuery(),
        "search 张伟": ListQuery(search="张伟"),
        "search 王": ListQuery(search="王"),
        "persons": ListQuery(filters=(person,)),
        "by name": ListQuery(sort="name"),
        "grade A": ListQuery(filters=(Filter("grade", Operator.IS, ("A",)),)),
    }
    bare = median(bare_page)
    print(f"bare SELECT … LIMIT 50: {bare * 1000:.2f} ms")
    for who, viewer in people.items():
        print(f"\n{who}")
        for what, query in asked.items():
            _line(what, viewer, query, bare)


def _line(what: str, viewer: Viewer, query: Any, bare: float) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from keguan.runtime.ledger.actions import Refused
    from keguan.runtime.records import queries

    try:
        with CaptureQueriesContext(connection) as captured:
            page = queries.page(viewer, "customer", query)
    except Refused as refused:
        print(f"  {what:<20} refused ({refused.code})")
        return
    taken = []
    for _ in range(REPEATS):
        started = time.perf_counter()
        queries.page(viewer, "customer", query)
        taken.append(time.perf_counter() - started)
    median, late = statistics.median(taken), statistics.quantiles(taken, n=20)[-1]
    print(
        f"  {what:<20} {median * 1000:7.1f} ms  p95 {late * 1000:7.1f} ms  × {median / bare:6.1f}  "
        f"{len(captured):2d} queries  {len(page.rows):2d} rows of {page.count}"
    )


if __name__ == "__main__":
    main()
