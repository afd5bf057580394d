"""How long a sweep and a person's box of duties take: by what is due, whatever is open.

    python -m benchmarks.duties [--open 10000 100000 1000000] [--due 1000] [--make 100000]

For each number of open duties, one sweep with the same number due (each: a reminder told to one person and the duty's
next moment; then each becoming late and told to those above, with two ledger entries), and a page and
the counts of a person's box, with their queries. ``--make`` records owe something new: seconds to judge all and make
what is owed. With ``KEGUAN_TEST_DATABASE_URL`` set it runs on that PostgreSQL database, which must be empty.

To hold: one sweep of 1,000 due of 1,000,000 open ≤ 2 s, and no more than twice that of 10,000 open.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.filled_company import set_up

if TYPE_CHECKING:
    from collections.abc import Iterator

LIMIT = 2.0
"""Seconds for a sweep of 1,000."""

FLAT = 2.0
"""So many times as long as with the fewest open a sweep may take with the most."""

STAFF = 20
BATCH = 20_000
NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
POLICY = """---
id: duty-bench
title: 职责
version: 1.0.0
effective: 2026-01-01
uses: [property-developer]
---
### 第一条 走访 {#visits}

:::职责 客户走访 (visits)
对象: 客户

| 适用 | 责任角色 | 频次 | 提醒 | 升级 |
|---|---|---|---|---|
| 来源 != null | 记录负责人 | 每月1次 | 5天 | 部门负责人 |
:::
"""


def main() -> int:
    """Fill, measure and print; 1 when a figure is not held."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--open", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    asked.add_argument("--due", type=int, default=1_000)
    asked.add_argument("--make", type=int, default=100_000, help="0 leaves the making out")
    chosen = asked.parse_args()
    with tempfile.TemporaryDirectory(prefix="keguan-duties-") as folder:
        set_up(Path(folder))
        from django.db import connection

        from keguan.runtime import clock

        print(connection.vendor)
        with clock.hold(NOW):
            staff = _company()
            held = _curve(sorted(chosen.open), chosen.due, staff)
            if chosen.make:
                _make(chosen.make, staff)
    return int(not held)


def _company() -> tuple[int, ...]:
    """The packs, and a unit with many people."""
    from benchmarks.filled_company import ROOT
    from keguan.language.source import PackSource, read_pack
    from keguan.runtime.ledger.actions import SYSTEM
    from keguan.runtime.org.actions import AddStaff, AddUnit, Appoint
    from keguan.runtime.policies.actions import Publish

    unit = AddUnit(actor=SYSTEM, unit_name="云岭置地").run()
    staff = []
    for number in range(STAFF):
        added = AddStaff(
            actor=SYSTEM,
            username=f"u{number}",
            staff_name=f"职员{number}",
            unit_id=unit,
            password="cloud-ridge-2026",  # noqa: S106 - invented
        ).run()
        Appoint(actor=SYSTEM, staff_id=added, role="salesperson", since=date(2026, 1, 1)).run()
        staff.append(added)
    packs = [read_pack(ROOT / "packs" / name) for name in ("core", "property-developer")]
    Publish(actor=SYSTEM, packs=(*packs, PackSource("duty-bench", {"policy.md": POLICY}))).run()
    return tuple(staff)


def _curve(sizes: list[int], due: int, staff: tuple[int, ...]) -> bool:
    """One sweep at each size; whether the figures are held."""
    from keguan.runtime import clock
    from keguan.runtime.duties.models import Duty
    from keguan.runtime.duties.sweeping import sweep

    best: dict[int, float] = {}
    filled = 0
    for size in sizes:
        _open(filled, size, staff)
        filled = size
        seconds = []
        for at in (NOW, NOW + timedelta(hours=1)):  # the reminder, then the due moment
            done = 0
            _bring_due(due, overdue=at > NOW)
            with clock.hold(at), _timed(seconds):
                done = sweep(limit=due).done
            if done != due * (1 + (at > NOW)):  # late, and told to those above at once
                raise SystemExit(f"{done} done")
        best[size] = seconds[0]
        print(
            f"{size:>9,} open, {due:,} due: reminded {seconds[0]:5.2f} s (processor {seconds[1]:.2f})   "
            f"late {seconds[2]:5.2f} s (processor {seconds[3]:.2f})   {_box(staff[0])}",
            flush=True,
        )
        Duty.objects.filter(late=True).update(state="done", next_at=None)
    scale = due / 1_000
    return best[sizes[-1]] <= LIMIT * scale and best[sizes[-1]] <= FLAT * best[sizes[0]]


def _open(have: int, want: int, staff: tuple[int, ...]) -> None:
    """Open duties straight into the table, due over the coming year."""
    from keguan.runtime.duties.lines import lines
    from keguan.runtime.duties.models import Duty
    from keguan.runtime.policies.queries import current

    (line,) = lines(current().model)
    publication = current().publication_id
    for first in range(have, want, BATCH):
        Duty.objects.bulk_create(
            [
                Duty(
                    duty=line.duty.code, line=line.key, row=1, publication_id=publication, clause=line.clause,
                    task=line.obligation.task, record_type="customer", record_id=number + 1, slot="bench",
                    owner_id=staff[number % STAFF], unit_id=1, staff_id=staff[number % STAFF],
                    period_start=NOW.date(), made_at=NOW, due_at=NOW + timedelta(days=6, minutes=number % 500_000),
                    next_at=NOW + timedelta(days=1, minutes=number % 500_000),
                )
                for number in range(first, min(first + BATCH, want))
            ],
            batch_size=2_000,
        )  # fmt: skip


def _bring_due(due: int, *, overdue: bool) -> None:
    """Have so many of the open ones, spread over the table, fall due now."""
    from keguan.runtime.duties.models import Duty

    if overdue:
        at = NOW + timedelta(minutes=30)
        Duty.objects.filter(moves_done=1, state="open", late=False).update(due_at=at, next_at=at)
        return
    there = list(Duty.objects.filter(state="open", moves_done=0).order_by("record_id").values_list("id", flat=True))
    step = max(1, len(there) // due)
    chosen = there[::step][:due]
    for first in range(0, due, 500):
        Duty.objects.filter(pk__in=chosen[first : first + 500]).update(
            due_at=NOW + timedelta(days=5), next_at=NOW - timedelta(minutes=1)
        )


def _box(staff_id: int) -> str:
    """A page and the counts of somebody's box."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from keguan.runtime.access.viewer import viewer_for
    from keguan.runtime.duties.queries import counts, mine

    viewer = viewer_for(staff_id)
    mine(viewer)
    taken: list[float] = []
    with CaptureQueriesContext(connection) as captured, _timed(taken):
        mine(viewer)
    with _timed(taken):
        counts(viewer)
    return f"page {taken[0] * 1000:4.0f} ms, {len(captured)} queries   counts {taken[2] * 1000:4.0f} ms"


def _make(records: int, staff: tuple[int, ...]) -> None:
    """Customers who all owe a visit: seconds until every one of them has it."""
    from django.db import connection, transaction

    from keguan.runtime import clock
    from keguan.runtime.calendars import queries as calendars
    from keguan.runtime.duties.lines import lines
    from keguan.runtime.duties.models import Duty
    from keguan.runtime.duties.rounds import go_over
    from keguan.runtime.policies.queries import current, pinned
    from keguan.runtime.records.inserting import bulk

    moment = connection.ops.adapt_datetimefield_value(NOW)
    names = ("id", "owner_id", "unit_id", "created_at", "updated_at", "version", "name", "customer_kind", "source")
    with transaction.atomic():
        bulk(
            "rec_customer",
            names,
            ((n + 1, staff[n % STAFF], 1, moment, moment, 1, f"客户{n}", "个人", "来电") for n in range(records)),
        )
    before = Duty.objects.count()
    taken: list[float] = []
    with clock.hold(NOW + timedelta(days=31)), pinned(), calendars.pinned():
        (line,) = lines(current().model)
        with _timed(taken):
            go_over(current(), line)
        made = Duty.objects.count() - before
        with _timed(taken):
            go_over(current(), line)
    print(
        f"made {made:,} of {records:,} in {taken[0]:.1f} s (processor {taken[1]:.1f}); nothing to make {taken[2]:.2f} s"
    )


@contextmanager
def _timed(into: list[float]) -> Iterator[Any]:
    """Add the seconds that it takes, and those of the processor: on a busy machine they differ."""
    begun, worked = time.perf_counter(), time.process_time()
    yield
    into += (time.perf_counter() - begun, time.process_time() - worked)


if __name__ == "__main__":
    sys.exit(main())
