"""Changes of many records that are killed: every attempt is a process of its own, forked from one that has loaded the
program.

python -m tests.runtime.records.killing KIND ROWS KILLS MOST    kills so often before one of the first so many
                                                                statements, then lets it end

KIND is ``bulk`` (a bulk edit), ``hand_over`` (all that a list finds) or ``merge`` (two customers).
"""

from __future__ import annotations

import random
import sys
from typing import TYPE_CHECKING

import django

from tests.dying import forked

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cast import Cast

    Attempt = Callable[[], None]

WHY = "同一片区，一并办理"


def main(kind: str, rows: int, kills: int, most: int) -> None:
    """Prints how many attempts were cut short, and what was there after each of them, then what is there at the end."""
    django.setup()
    chance = random.Random(20_261_122)
    company = _filed(rows)
    attempt, told = {"bulk": _bulk, "hand_over": _hand_over, "merge": _merge}[kind](company)
    cut = 0
    for _ in range(kills):
        cut += forked(attempt, chance.randint(1, most))
        sys.stdout.write(f"after {told()}\n")
    forked(attempt, None)
    sys.stdout.write(f"cut {cut}\nend {told()}\n")


def _filed(rows: int) -> Cast:
    """So many customers of 林晓's, each with a reception."""
    from keguan.runtime.access.viewer import viewer_for
    from keguan.runtime.records.actions import CreateMany
    from keguan.runtime.records.draft import NewRecord
    from tests import cast as people

    company = people.assemble()
    lin_xiao = viewer_for(company.lin_xiao.id)
    new = [
        NewRecord({"name": f"客户{number}", "customer_kind": "个人", "phone": f"138{number:08}", "source": "来电"})
        for number in range(rows)
    ]
    ids = CreateMany(viewer=lin_xiao, record_type="customer", rows=new).run()
    seen = [
        NewRecord({"customer": str(each), "channel": "来访", "received_on": "2026-11-20", "summary": "看房"})
        for each in ids
    ]
    CreateMany(viewer=lin_xiao, record_type="reception", rows=seen).run()
    return company


def _bulk(company: Cast) -> tuple[Attempt, Callable[[], str]]:
    from keguan.runtime.access.viewer import viewer_for
    from keguan.runtime.records.actions import StartBulkEdit
    from keguan.runtime.records.models import BulkEdit

    edit_id = StartBulkEdit(
        viewer=viewer_for(company.zhou_min.id), record_type="customer", values={"source": "活动"}, wake=False
    ).run()
    job_id = BulkEdit.objects.get(pk=edit_id).job_id or 0
    return (lambda: _work(job_id)), lambda: f"{_counts('source', '活动')} {_noted()}"


def _hand_over(company: Cast) -> tuple[Attempt, Callable[[], str]]:
    from keguan.runtime.access.viewer import viewer_for
    from keguan.runtime.records.actions import StartHandOver
    from keguan.runtime.records.models import BulkEdit, Ownership

    edit_id = StartHandOver(
        viewer=viewer_for(company.zhou_min.id),
        record_type="customer",
        to_staff_id=company.zhao_qi.id,
        reason=WHY,
        wake=False,
    ).run()
    job_id = BulkEdit.objects.get(pk=edit_id).job_id or 0

    def told() -> str:
        to = company.zhao_qi.id
        moved = _counts("owner_id", to), _counts("owner_id", to, "reception")
        return f"{moved[0]} {moved[1]} {_noted()} {Ownership.objects.filter(record_type='customer').count()}"

    return (lambda: _work(job_id)), told


def _merge(company: Cast) -> tuple[Attempt, Callable[[], str]]:
    from keguan.runtime.records.actions import MergeRecords
    from keguan.runtime.records.models import Merge, MergeMoved

    kept, *others = _ids()
    gone = others[0]

    def attempt() -> None:
        from keguan.runtime.access.viewer import viewer_for

        if not Merge.objects.exists():
            viewer = viewer_for(company.zhou_min.id)
            MergeRecords(viewer=viewer, record_type="customer", kept_id=kept, gone_id=gone, reason=WHY).run()

    def told() -> str:
        seen = _counts("customer_id", kept, "reception"), _counts("customer_id", gone, "reception")
        there = gone in _ids()
        tokens = _rows("SELECT count(*) FROM tok_customer WHERE record_id = %s", [gone])[0][0]
        return f"{there} {tokens > 0} {seen[0]} {seen[1]} {Merge.objects.count()} {MergeMoved.objects.count() > 0}"

    return attempt, told


def _work(job_id: int) -> None:
    from keguan.runtime.jobs.actions import run_now
    from keguan.runtime.records.bulk import working

    working.BATCH = 20
    run_now(job_id)


def _noted() -> str:
    """Rows of the edit that are settled, and how many the ledger has as changed."""
    import json

    from keguan.runtime.ledger.models import Entry
    from keguan.runtime.records.models import BulkEdit, BulkRow

    (edit,) = BulkEdit.objects.all()
    settled = BulkRow.objects.filter(edit=edit, outcome="changed").count()
    batches = Entry.objects.filter(action__in=["records.bulk_batch", "records.hand_over_batch"])
    ids = [each for data in batches.values_list("data", flat=True) for each in json.loads(data).get("ids", ())]
    assert len(ids) == len(set(ids)), "a record was changed twice"
    return f"{settled} {edit.changed} {len(ids)}"


def _counts(column: str, value: object, table: str = "customer") -> int:
    return int(_rows(f"SELECT count(*) FROM rec_{table} WHERE {column} = %s", [value])[0][0])


def _ids() -> list[int]:
    return [int(row[0]) for row in _rows("SELECT id FROM rec_customer ORDER BY id", [])]


def _rows(sql: str, values: list[object]) -> list[tuple[int, ...]]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return [tuple(row) for row in cursor.fetchall()]


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))
