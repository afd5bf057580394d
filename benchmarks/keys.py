"""Keys rotated over many customers: every sealed value, every blind index and every search token made anew.

    python -m benchmarks.keys [--rows 100000]

Prints customers a second and, for the sealed values, the ratio to opening, sealing and writing the same rows by hand in
the same run, while a second process goes on reading and changing customers and tells how long it waited. With
``KEGUAN_TEST_DATABASE_URL`` set it runs on that PostgreSQL database, which must be empty.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.filled_company import company, fill, set_up

VISITOR = """
import sys, time, random
import django
django.setup()
from keguan.runtime.access.viewer import viewer_for
from keguan.runtime.records import queries as records
from keguan.runtime.records.actions import Update
from keguan.runtime.records.queries import ListQuery
viewer = viewer_for(int(sys.argv[1]))
page = records.page(viewer, "customer", ListQuery())
print("ready", flush=True)
end = time.monotonic() + float(sys.argv[2])
while time.monotonic() < end:
    began = time.perf_counter()
    page = records.page(viewer, "customer", ListQuery())
    read = time.perf_counter()
    row = random.choice(page.rows)
    Update(viewer=viewer, record_type="customer", id=row.id, version=row.version,
           values={"phone": f"139{random.randrange(10**8):08}"}).run()
    print("page", 1000 * (read - began), "change", 1000 * (time.perf_counter() - read), flush=True)
    time.sleep(0.05)
"""


def main() -> None:
    """Fill a database, rotate its keys, and print."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rows", type=int, default=100_000)
    chosen = arguments.parse_args()
    with tempfile.TemporaryDirectory(prefix="keguan-keys-") as folder:
        set_up(Path(folder))
        offices = company()
        fill(chosen.rows, offices)
        by_hand = _by_hand()
        print(f"opened, sealed and written by hand: {chosen.rows / by_hand:,.0f} customers/s")
        for purpose in ("fields", "indexes", "tokens"):
            with_visitor = _rotated(purpose, offices[1].staff[0])
            ratio = f", {with_visitor / by_hand:.2f} × by hand" if purpose == "fields" else ""
            print(f"  {purpose}: {chosen.rows / with_visitor:,.0f} customers/s{ratio}")


def _rotated(purpose: str, visitor: int) -> float:
    """Rotate while somebody works; seconds without the waits for other processes."""
    from django.conf import settings

    from keguan.runtime.access.resealing import reseal
    from keguan.runtime.keyring import file
    from keguan.runtime.records.reindexing import Part, reindex

    working = subprocess.Popen([sys.executable, "-c", VISITOR, str(visitor), "600"], stdout=subprocess.PIPE, text=True)
    assert working.stdout is not None  # noqa: S101 - asked for above
    working.stdout.readline()
    file.rotate(settings.KEYRING_PATH, purpose, waiting=purpose == "tokens")
    time.sleep(1.2)
    began = time.perf_counter()
    if purpose == "fields":
        reseal()
    elif purpose == "indexes":
        reindex(Part.INDEXES)
    else:
        reindex(Part.NEW_TOKENS)
    seconds = time.perf_counter() - began
    working.terminate()
    told = [line.split() for line in working.communicate()[0].splitlines() if line.startswith("page")]
    for at, what in ((1, "a page of the list"), (3, "a change")):
        times = sorted(float(line[at]) for line in told)
        if times:
            p95 = times[min(len(times) - 1, int(len(times) * 0.95))]
            print(f"    meanwhile {what}: median {statistics.median(times):.0f} ms, 95 % {p95:.0f} ms ({len(times)})")
    return seconds


def _by_hand() -> float:
    """Open and seal every customer's sealed values and write them back: no registry, no comparing, no progress."""
    from django.db import connection, transaction

    from keguan.runtime.access import crypto

    began, after = time.perf_counter(), 0
    fields = ("id_number", "phone", "email", "address")
    names = ", ".join(fields)
    while True:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SELECT id, {names} FROM rec_customer WHERE id > %s ORDER BY id LIMIT 500", [after])
            rows = cursor.fetchall()
            if not rows:
                return time.perf_counter() - began
            after = rows[-1][0]
            cursor.executemany(
                "UPDATE rec_customer SET id_number = %s, phone = %s, email = %s, address = %s WHERE id = %s",
                [[*(_anew(crypto, field, row[0], kept) for field, kept in zip(fields, row[1:], strict=True)), row[0]]
                 for row in rows],
            )  # fmt: skip


def _anew(crypto: object, field: str, record_id: int, kept: bytes | None) -> bytes | None:
    if kept is None:
        return None
    where = f"customer.{field}"
    return crypto.seal(where, record_id, crypto.open_sealed(where, record_id, kept))  # type: ignore[attr-defined]


if __name__ == "__main__":
    main()
