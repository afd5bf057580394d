"""The ledger: proving it, and what it adds to writing.

- *verify*: entries a second, the whole ledger read and proved, beside a bare read of the same rows in the same run.
  To hold: 200,000 a second.
- *page*: one action of a page (a transaction that changes one row and appends one entry about a record, its reason
  sealed) with the ledger and with its append replaced by nothing, turn by turn. To hold: at most 5 ms more.
- *import*: the demo's workbook imported, with and without the append. To hold: at most 10 % more.
- *growing*: what a thousand appended entries and a page of the list take as the ledger grows to ``--entries``.

    python -m benchmarks.ledger [--entries 1000000] [--customers 4000]

With ``KEGUAN_TEST_DATABASE_URL`` set it runs on that PostgreSQL database, which must be empty.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter, process_time
from typing import TYPE_CHECKING

from benchmarks.importing import _set_up

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

VERIFIED, PAGE_MS, IMPORT = 200_000, 5.0, 1.10
TOGETHER = 1_000


def main() -> None:
    """Measure one after the other; exit code 1 when a figure does not hold."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--entries", type=int, default=1_000_000)
    arguments.add_argument("--customers", type=int, default=4_000)
    chosen = arguments.parse_args()
    with tempfile.TemporaryDirectory(prefix="keguan-ledger-") as folder:
        _set_up(Path(folder))
        page = _page()
        importing = _import(Path(folder), chosen.customers)
        _grow(chosen.entries)
        verified = _verify()
    held = (verified >= VERIFIED, page <= PAGE_MS, importing <= IMPORT)
    sys.exit(0 if all(held) else 1)


@contextmanager
def without() -> Iterator[None]:
    """Whoever appends appends nothing, under whatever name they know the function."""
    from keguan.runtime.ledger.append import append

    def nothing(_actor: object, records: list[object]) -> list[int]:
        return [0 for _record in records]

    code, append.__code__ = append.__code__, nothing.__code__
    try:
        yield
    finally:
        append.__code__ = code


def _page() -> float:
    """Milliseconds that the ledger adds to an action; the medians of 400 each, turn by turn."""
    from django.db import transaction

    from keguan.runtime.jobs.models import Job
    from keguan.runtime.ledger.actions import Actor, Record, append

    somebody = Actor(4001, "林晓", "web")
    job = Job.objects.create(name="benchmark", arguments="{}", created_at="2026-11-21T00:00:00Z")

    def change(number: int, *, noted: bool) -> float:
        began = perf_counter()
        with transaction.atomic():
            Job.objects.filter(pk=job.pk).update(done=number)
            if noted:
                append(somebody, [Record("records.reveal", "customer", number, "core#a3", {"reason": "客户来电核对"})])
        return 1_000 * (perf_counter() - began)

    bare, full = [], []
    for number in range(400):
        bare.append(change(number, noted=False))
        full.append(change(number, noted=True))
    added = statistics.median(full) - statistics.median(bare)
    print(
        f"page: {statistics.median(bare):.2f} ms without, {statistics.median(full):.2f} ms with the ledger: "
        f"{added:+.2f} ms; 95 of 100 within {statistics.quantiles(full, n=20)[-1]:.2f} ms; to hold: {PAGE_MS} ms"
    )
    return added


def _import(folder: Path, customers: int) -> float:
    """How many times as long an import takes with the ledger as without: the best of five turns each."""
    from django.db import transaction

    from keguan.demo import seeding, workbook
    from keguan.demo.people import settle_in
    from keguan.demo.plan import Plan
    from keguan.runtime import clock
    from keguan.runtime.access.viewer import viewer_for
    from keguan.runtime.imports.actions import Start, Upload
    from keguan.runtime.jobs.actions import run_now
    from keguan.runtime.org import queries as org

    path = folder / "book.xlsx"
    workbook.write(path, clock.today(), Plan.scaled(customers))
    settle_in()
    importer = org.staff_by_username(seeding.IMPORTER)
    if importer is None:
        sys.exit("the demo's importer is missing")
    viewer, data = viewer_for(importer.id, "cli"), path.read_bytes()
    sheet, kind = seeding.SHEETS[0]

    def imported() -> float:
        with transaction.atomic():
            upload = Upload(viewer=viewer, record_type=kind, file_name=path.name, data=data, sheet=sheet)
            job = Start(viewer=viewer, import_id=upload.run(), wake=False).run()
            began = perf_counter()
            run_now(job)
            took = perf_counter() - began
            transaction.set_rollback(True)
        return took

    imported()  # what is loaded once is loaded now
    full, bare = [], []
    for _ in range(5):
        full.append(imported())
        with without():
            bare.append(imported())
    ratio = min(full) / min(bare)
    print(f"import: {min(bare):.2f} s without, {min(full):.2f} s with the ledger: × {ratio:.3f}; to hold: {IMPORT}")
    return ratio


def _grow(entries: int) -> None:
    """Appending and the first page, at each tenth of the way."""
    from keguan.runtime.ledger.actions import Actor, Record, append, seal
    from keguan.runtime.ledger.queries import EntryFilters, entries_page

    somebody = Actor(4001, "林晓", "web")
    searches = {
        "newest": EntryFilters(),
        "subject": EntryFilters(subject_type="customer", subject_id="77"),
        "action": EntryFilters(action="records."),
        "clause": EntryFilters(clause="core#a99"),
        "text": EntryFilters(text="nobody"),
    }
    print(
        f"{'entries':>12}{'append/s':>10}{'seal/s':>10}" + "".join(f"{name:>10}" for name in searches) + "  (ms a page)"
    )
    step = max(entries // 10, TOGETHER)
    for reached in range(step, entries + 1, step):
        began = perf_counter()
        for first in range(0, step, TOGETHER):
            append(somebody, [_record(Record, reached + first + place) for place in range(TOGETHER)])
        appended = step / (perf_counter() - began)
        began = perf_counter()
        seal()
        sealed = step / (perf_counter() - began)
        pages = [_timed(lambda filters=filters: entries_page(filters=filters)) for filters in searches.values()]  # type: ignore[misc]
        print(
            f"{reached:>12,}{appended:>10,.0f}{sealed:>10,.0f}" + "".join(f"{each:>10.1f}" for each in pages),
            flush=True,
        )


def _record(kind: Callable[..., object], number: int) -> object:
    action = ("records.update", "records.reveal", "duties.make", "cases.claim")[number % 4]
    return kind(action, "customer", number % 50_000, "core#a3", {"fields": ["city", "phone"], "version": number})


def _timed(do: Callable[[], object]) -> float:
    """The best of three, in milliseconds."""
    took = []
    for _ in range(3):
        began = perf_counter()
        do()
        took.append(perf_counter() - began)
    return 1_000 * min(took)


def _verify() -> float:
    """Entries proved a second, the best of three, beside a bare read."""
    from keguan.runtime.ledger import reading
    from keguan.runtime.ledger.queries import verify

    rates, bare, alone = [], [], []
    for _ in range(3):
        began = perf_counter()
        count = sum(len(rows) for rows in reading.entries())
        bare.append(count / (perf_counter() - began))
        began, burnt = perf_counter(), process_time()
        report = verify()
        rates.append(report.entries / (perf_counter() - began))
        alone.append(report.entries / (process_time() - burnt))
        if not report.sound:
            sys.exit("the ledger does not hold")
    print(
        f"verify: {report.entries:,} entries, {max(rates):,.0f} a second, {max(alone):,.0f} a CPU second; "
        f"a bare read {max(bare):,.0f} a second "
        f"(× {max(rates) / max(bare):.2f}); to hold: {VERIFIED:,}"
    )
    return max(rates)


if __name__ == "__main__":
    main()
