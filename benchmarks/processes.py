"""How long sweeps, the workbench and a move take with very much open: by what is due, whatever is open.

    python -m benchmarks.processes [--cases 1000 10000 100000] [--due 10 100 1000 5000]

For every open case there are ten open duties. With each number of cases, one sweep of the cases and one of the duties
with 1,000 due of each: first each is reminded of, then each becomes late and those above are told. Then, with the most,
sweeps with each number due; the workbench and the board, opened by a person with many tasks, by the supervisor of
a branch, who sees only that branch, and by a manager who sees all; and a move. Every sweep is compared with its
own writes: the statements that changed something, recorded and made again by hand in one transaction.

Seconds are by the wall and, in brackets, of the processor: on a busy machine the first are longer. With
``KEGUAN_TEST_DATABASE_URL`` set it runs on that PostgreSQL database, which must be empty.

To hold: both sweeps of 1,000 due together ≤ 2 s, whatever is open; the workbench ≤ 150 ms; a move ≤ 50 ms.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.filled_company import set_up
from benchmarks.processes_filling import NOW, Company, company, fill

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SWEEPS, WORKBENCH, MOVE = 2.0, 0.150, 0.050
"""Seconds of processor time to hold."""

FLAT = 2.0
"""So many times as long as with the fewest open a sweep may take with the most."""

REPEATS = 7
MOVES = 40
STANDARD = 1_000


@dataclass(slots=True)
class Taken:
    """Seconds by the wall and of the processor, and how many queries."""

    wall: float
    processor: float
    queries: int = 0

    def __str__(self) -> str:
        asked = f", {self.queries} queries" if self.queries else ""
        return f"{self.wall * 1000:7.1f} ms ({self.processor * 1000:6.1f}{asked})"


@dataclass(slots=True)
class Held:
    """What was not held."""

    broken: list[str] = field(default_factory=list)

    def most(self, what: str, seconds: float, limit: float) -> None:
        """Note it when it took longer than its limit."""
        if seconds > limit:
            self.broken.append(f"{what}: {seconds * 1000:.0f} ms, to hold {limit * 1000:.0f}")


def main() -> int:
    """Fill, measure and print; 1 when a figure is not held."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--cases", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    asked.add_argument("--due", type=int, nargs="+", default=[10, 100, 1_000, 5_000])
    chosen = asked.parse_args()
    with tempfile.TemporaryDirectory(prefix="keguan-processes-") as folder:
        set_up(Path(folder))
        from django.db import connection

        from keguan.runtime import clock

        print(connection.vendor)
        held = Held()
        with clock.hold(NOW):
            own = company()
            _by_open(sorted(chosen.cases), own, held)
            _by_due(chosen.due, max(chosen.cases))
            _pages(own, held)
            _moves(own, held)
    for each in held.broken:
        print("not held:", each)
    return int(bool(held.broken))


def _by_open(sizes: list[int], own: Company, held: Held) -> None:
    """The same number due among ever more that is open."""
    filled, best = 0, list[tuple[float, float]]()
    for size in sizes:
        fill(filled, size, own)
        filled = size
        print(f"{size:,} open cases, {size * 10:,} open duties; nothing due: {_idle()}")
        due = min(STANDARD, size)
        cases, late_cases, duties, late_duties = _sweeps(due, compare=size == sizes[-1])
        together = (cases.processor + duties.processor, late_cases.processor + late_duties.processor)
        best.append(together)
        print(f"    together: reminded {together[0]:.2f} s, late {together[1]:.2f} s of the processor", flush=True)
        held.most(f"both sweeps of {due:,} of {size:,}, reminded", together[0], SWEEPS)
        held.most(f"both sweeps of {due:,} of {size:,}, late", together[1], SWEEPS)
    held.most("sweeps with the most open", best[-1][0], FLAT * best[0][0])


def _by_due(numbers: list[int], most: int) -> None:
    """Ever more due among the same that is open, of which no more than a quarter may be due."""
    for due in sorted(each for each in numbers if each * 4 <= most):
        cases, late_cases, duties, late_duties = _sweeps(due, compare=False, quiet=True)
        print(
            f"{due:>6,} due: case reminded {cases.processor / due * 1e6:5.0f} µs, late "
            f"{late_cases.processor / due * 1e6:5.0f} µs; duty reminded {duties.processor / due * 1e6:5.0f} µs, late "
            f"{late_duties.processor / due * 1e6:5.0f} µs of the processor",
            flush=True,
        )


def _idle() -> Taken:
    from keguan.runtime.duties.sweeping import sweep_all
    from keguan.runtime.processes.sweeping import every_minute

    def nothing() -> None:
        every_minute()
        sweep_all()

    return _median(nothing)


def _sweeps(due: int, *, compare: bool, quiet: bool = False) -> tuple[Taken, Taken, Taken, Taken]:
    """Cases reminded of and late, duties reminded of and late."""
    from keguan.runtime import clock

    found = []
    for what, bring, work in (("cases", _cases_due, _sweep_cases), ("duties", _duties_due, _sweep_duties)):
        ids = bring(due)
        for move, at in (("reminded", NOW), ("late", NOW + timedelta(hours=8))):
            with clock.hold(at):
                bare = _bare(work) if compare else None
                taken = _once(work)
            found.append(taken)
            ratio = f"   × {taken.processor / bare.processor:4.1f} its {bare.queries:,} bare writes" if bare else ""
            if not quiet:
                print(f"    {due:,} {what:<6} {move:<8} {taken}{ratio}", flush=True)
        _put_away(what, ids)
    return found[0], found[1], found[2], found[3]


def _sweep_cases() -> int:
    from keguan.runtime.processes.sweeping import sweep

    done, some = 0, sweep()
    while some.cases:
        done, some = done + some.cases, sweep()
    return done


def _sweep_duties() -> int:
    from keguan.runtime.duties.sweeping import sweep

    done, some = 0, sweep().done
    while some:
        done, some = done + some, sweep().done
    return done


def _cases_due(due: int) -> list[int]:
    """So many cases that are open, spread over the table, of which a quarter of the time is left."""
    from keguan.runtime.processes.models import Share, Task

    there = list(Task.objects.filter(moves_done=0, state="open", next_at__isnull=False).values_list("id", flat=True))
    chosen = there[:: max(1, len(there) // due)][:due]
    for some in _in_parts(chosen):
        due_at = NOW + timedelta(hours=5)
        Task.objects.filter(pk__in=some).update(
            began_at=due_at - timedelta(days=1), due_at=due_at, next_at=due_at - timedelta(hours=6)
        )
        Share.objects.filter(task__in=some).update(due_at=due_at)
    return chosen


def _duties_due(due: int) -> list[int]:
    """So many duties that are open, spread over the table, of which five days are left, and then none."""
    from keguan.runtime.duties.models import Duty

    there = list(Duty.objects.filter(state="open", moves_done=0, next_at__isnull=False).values_list("id", flat=True))
    chosen = there[:: max(1, len(there) // due)][:due]
    for some in _in_parts(chosen):
        Duty.objects.filter(pk__in=some).update(due_at=NOW + timedelta(hours=5), next_at=NOW - timedelta(minutes=1))
    return chosen


def _put_away(what: str, ids: list[int]) -> None:
    """Nothing happens to these any more."""
    from keguan.runtime.duties.models import Duty
    from keguan.runtime.processes.models import Task

    for some in _in_parts(ids):
        (Task if what == "cases" else Duty).objects.filter(pk__in=some).update(next_at=None)


def _in_parts(ids: list[int]) -> Iterator[list[int]]:
    for first in range(0, len(ids), 500):
        yield ids[first : first + 500]


def _bare(work: Callable[[], object]) -> Taken:
    """The writes that ``work`` makes, made by hand: recorded in a transaction that is undone, and made in another."""
    from django.db import connection, transaction

    written: list[tuple[str, Any, bool]] = []

    def note(execute: Any, sql: str, given: Any, many: bool, context: Any) -> Any:
        if sql.lstrip()[:6].upper() in {"INSERT", "UPDATE", "DELETE"}:
            written.append((sql, list(given) if many else given, many))
        return execute(sql, given, many, context)

    with transaction.atomic():
        with connection.execute_wrapper(note):
            work()
        transaction.set_rollback(True)
    with transaction.atomic():
        with connection.cursor() as cursor:
            wall, processor = time.perf_counter(), time.process_time()
            for sql, given, many in written:
                (cursor.executemany if many else cursor.execute)(sql, given)
            taken = Taken(time.perf_counter() - wall, time.process_time() - processor, len(written))
        transaction.set_rollback(True)
    return taken


def _pages(own: Company, held: Held) -> None:
    """The workbench and the board in a browser's stead."""
    from django.test import Client

    from keguan.runtime.org.models import Staff

    (_unit, staff), *_others = own.branches
    who = {
        "salesperson with many tasks": staff[1],
        "supervisor of one branch": staff[0],
        "manager who sees all": own.manager,
    }
    for name, staff_id in who.items():
        client = Client(SERVER_NAME="localhost")
        client.force_login(Staff.objects.get(pk=staff_id), backend="keguan.runtime.org.backend.StaffBackend")
        for page in ("/desk/", "/cases/board/complaint/", "/cases/", "/duties/"):

            def opened(client: Client = client, page: str = page) -> None:
                answer = client.get(page)
                if answer.status_code != 200:
                    raise SystemExit(f"{page}: {answer.status_code}")

            taken = _median(opened)
            print(f"{page:<26} {name:<28} {taken}", flush=True)
            held.most(f"{page}, {name}", taken.processor, WORKBENCH)


def _moves(own: Company, held: Held) -> None:
    """The supervisor of a branch decides one case after the other."""
    from keguan.runtime.access.viewer import viewer_for
    from keguan.runtime.processes.actions import CompleteStep
    from keguan.runtime.processes.models import Share, Task

    unit, staff = own.branches[0]
    viewer = viewer_for(staff[0])
    ids = Share.objects.filter(seat_id=unit, state="open").order_by("id").values_list("task_id", "case__version")
    chosen = list(ids[: MOVES + 1])
    taken = []
    for task_id, version in chosen:
        move = CompleteStep(viewer=viewer, task_id=task_id, version=version, outcome="成立", opinion="情况属实。")
        taken.append(_once(move.run, count=True))
    if Task.objects.filter(pk__in=[task_id for task_id, _ in chosen], state="done").count() != len(chosen):
        raise SystemExit("a move was not made")
    middle = sorted(taken[1:], key=lambda each: each.processor)[MOVES // 2]
    print(f"a step completed           {middle}")
    held.most("a step completed", middle.processor, MOVE)


def _once(work: Callable[[], object], *, count: bool = False) -> Taken:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    if count:
        with CaptureQueriesContext(connection) as captured:
            wall, processor = time.perf_counter(), time.process_time()
            work()
            return Taken(time.perf_counter() - wall, time.process_time() - processor, len(captured))
    wall, processor = time.perf_counter(), time.process_time()
    if work() == 0:
        raise SystemExit("nothing was done")
    return Taken(time.perf_counter() - wall, time.process_time() - processor)


def _median(work: Callable[[], object]) -> Taken:
    """The middle of several, after one that is not counted, and its queries."""
    queries = _once(work, count=True).queries
    taken = []
    for _ in range(REPEATS):
        wall, processor = time.perf_counter(), time.process_time()
        work()
        taken.append((time.perf_counter() - wall, time.process_time() - processor))
    return Taken(statistics.median(each[0] for each in taken), statistics.median(each[1] for each in taken), queries)


if __name__ == "__main__":
    sys.exit(main())
