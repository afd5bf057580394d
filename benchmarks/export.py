"""Exporting a list of customers: rows a second and peak memory, beside ``csv.writer`` over the same query.

Everything on means: the viewer's scope, the access rules row by row, sensitive values opened and masked, references
and people looked up page by page, formulas defused, the mark put in, the file sealed piece by piece, progress noted,
ledger entries. Beside it, in the same run: the same columns of the same rows as the database has them, in one query,
written by ``csv.writer`` to a file. The figure to hold: at least 20,000 rows a second, and memory that does not grow
with the rows.

    python -m benchmarks.export [--rows 1000000]

With ``KEGUAN_TEST_DATABASE_URL`` set it runs on that PostgreSQL database, which must be empty.
"""

from __future__ import annotations

import argparse
import csv
import os
import resource
import sys
import tempfile
from pathlib import Path
from time import perf_counter, process_time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from keguan.runtime.access.viewer import Viewer

ROOT = Path(__file__).resolve().parent.parent
FLOOR = 20_000
COLUMNS = ("name", "customer_kind", "phone", "id_number", "traits", "intends", "grade", "card")
BATCH = 5_000
SIGN_IN = "cloud-ridge-2026"


def main() -> None:
    """Set a home up, file customers, export them in every form, print the figures."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rows", type=int, default=1_000_000)
    rows = arguments.parse_args().rows
    with tempfile.TemporaryDirectory(prefix="keguan-export-") as folder:
        _set_up(Path(folder))
        viewer = _keeper()
        started = perf_counter()
        _file(viewer, rows)
        print(f"{rows:,} customers filed in {perf_counter() - started:,.0f} s")
        bare = _bare(Path(folder) / "bare.csv")
        heads = (("rows", 11), ("seconds", 9), ("CPU", 8), ("rows/s", 10), ("a CPU s", 10), ("ratio", 8), ("MB", 8))
        print(f"{'form':<8}" + "".join(f"{name:>{width}}" for name, width in heads) + "  peak MB")
        print(f"{'bare':<8}{rows:>11,}{bare:>9.2f}{'':>8}{rows / bare:>10,.0f}{'':>10}{1:>8.1f}")
        slowest = min(_measure(viewer, form, bare) for form in ("csv", "xlsx"))
        print(f"slowest {slowest:,.0f} rows/s; to hold: {FLOOR:,}")
        if slowest < FLOOR:
            sys.exit(1)


def _set_up(home: Path) -> None:
    os.environ |= {"KEGUAN_HOME": str(home), "KEGUAN_POOL": "0"}
    os.environ["KEGUAN_DATABASE_URL"] = os.environ.get("KEGUAN_TEST_DATABASE_URL", "")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "keguan.config.settings")
    import django

    from keguan.runtime.keyring.file import ensure

    ensure(home / "keyring.json")
    django.setup()
    from django.core.management import call_command

    from keguan.language.source import PackSource, read_pack
    from keguan.runtime.ledger.actions import SYSTEM
    from keguan.runtime.policies.actions import Publish

    call_command("migrate", verbosity=0, skip_checks=True)
    packs = [read_pack(ROOT / "packs" / name) for name in ("core", "property-developer")]
    role = f"""---
id: exporting
title: 导出岗位
version: 1.0.0
effective: 2026-01-01
uses: [{packs[-1].id}]
---
### 第一条 岗位

:::角色 导出岗位 (exporting_posts)
| 角色 | 代码 | 可见范围 | 原文范围 | 可见信息 | 可办事项 |
|---|---|---|---|---|---|
| 数据专员 | exporting_clerk | 全部 | 无 | 全部 | 新建档案, 导入, 导出 |
:::
"""
    Publish(actor=SYSTEM, packs=(*packs, PackSource("exporting", {"policy.md": role}))).run()


def _keeper() -> Viewer:
    from keguan.runtime.access.viewer import viewer_for
    from keguan.runtime.clock import today
    from keguan.runtime.ledger.actions import SYSTEM
    from keguan.runtime.org.actions import AddStaff, AddUnit, Appoint

    unit = AddUnit(actor=SYSTEM, unit_name="云岭置地").run()
    keeper = AddStaff(actor=SYSTEM, username="keeper", staff_name="许可", unit_id=unit, password=SIGN_IN).run()
    Appoint(actor=SYSTEM, staff_id=keeper, role="exporting_clerk", since=today()).run()
    return viewer_for(keeper)


def _file(viewer: Viewer, rows: int) -> None:
    """By the importer's own statements, without decisions: what is measured is what goes out."""
    from django.db import transaction

    from keguan.runtime.policies.queries import current
    from keguan.runtime.records import sequence
    from keguan.runtime.records.draft import Draft
    from keguan.runtime.records.inserting import insert

    model, kinds = current().model, ("个人", "单位")
    for first in range(0, rows, BATCH):
        count = min(BATCH, rows - first)
        with transaction.atomic():
            ids = sequence.take("customer", count)
            insert(
                model,
                "customer",
                [
                    Draft(
                        each,
                        viewer.staff_id,
                        viewer.unit_id,
                        values={
                            "name": f"客户{each:07}",
                            "customer_kind": kinds[each % 2],
                            "phone": f"13{each:09}",
                            "id_number": f"{each:018}",
                            "traits": "常住云岭，喜欢靠窗的座位",
                            "intends": each % 3 == 0,
                        },
                    )
                    for each in ids
                ],
            )


def _bare(path: Path) -> float:
    """Seconds for ``csv.writer`` over one query of the same columns, sealed values as they are stored."""
    from django.db import connection

    from keguan.language.model.naming import record_table
    from keguan.runtime.access.columns import columns
    from keguan.runtime.policies.queries import current

    known = columns(current().model, "customer")
    names = ", ".join(connection.ops.quote_name(known[code].physical) for code in COLUMNS)
    started = perf_counter()
    with connection.cursor() as cursor, path.open("w", encoding="utf-8", newline="") as stream:
        cursor.execute(f"SELECT {names} FROM {record_table('customer')} ORDER BY id DESC")
        writer = csv.writer(stream)
        while batch := cursor.fetchmany(BATCH):
            writer.writerows(batch)
    return perf_counter() - started


def _measure(viewer: Viewer, form: str, bare: float) -> float:
    from keguan.runtime.exports import queries
    from keguan.runtime.exports.actions import Export
    from keguan.runtime.jobs.actions import run_now

    about = queries.Selection("customer", columns=COLUMNS, form=form)
    begun = Export(viewer=viewer, selection=about, purpose="量一量导出", wake=False).run()
    job = queries.one(viewer, begun).job_id
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    wall, cpu = perf_counter(), process_time()
    run_now(job or 0)
    seconds, burnt = perf_counter() - wall, process_time() - cpu
    card = queries.one(viewer, begun)
    if card.state != "ready":
        sys.exit(f"{form}: {card.error}")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(
        f"{form:<8}{card.rows:>11,}{seconds:>9.2f}{burnt:>8.2f}{card.rows / seconds:>10,.0f}"
        f"{card.rows / burnt:>10,.0f}{seconds / bare:>8.1f}{card.size / 1e6:>8.1f}"
        f"{peak / 1024:>9,.0f} (+{(peak - before) / 1024:,.0f})"
    )
    return card.rows / seconds


if __name__ == "__main__":
    main()
