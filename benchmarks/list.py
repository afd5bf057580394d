"""How long a list takes at a million customers: first page, search, filters and order, for several viewers.

    python -m benchmarks.list [--rows 1000000] [--keep FOLDER]

Prints milliseconds of server time (scope, masking and decryption included, HTTP and templates not), the number of
queries, and the ratio to a bare ``SELECT … ORDER BY id DESC LIMIT 50`` of the same columns in the same run.
With ``KEGUAN_TEST_DATABASE_URL`` set it runs on that PostgreSQL database, which must be empty.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.filled_company import bare_page, company, fill, known_company, set_up
from benchmarks.timing import median

if TYPE_CHECKING:
    from benchmarks.filled_company import Office
    from keguan.runtime.access.viewer import Viewer


def main() -> None:
    """Fill a database and time its lists."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rows", type=int, default=1_000_000)
    arguments.add_argument("--keep", type=Path, help="use (and keep) this home folder; filled already when it exists")
    chosen = arguments.parse_args()
    with tempfile.TemporaryDirectory(prefix="keguan-list-") as folder:
        home = chosen.keep or Path(folder)
        fresh = not (home / "keyring.json").exists()
        set_up(home)
        offices = company() if fresh else known_company()
        if fresh:
            fill(chosen.rows, offices)
        _measure(offices)


def _measure(offices: tuple[Office, ...]) -> None:
    from keguan.runtime.access.viewer import viewer_for
    from keguan.runtime.records.list_query import Filter, ListQuery, Operator

    head, large, _middle, _small, tiny = offices
    people = {
        "service manager (all)": viewer_for(head.staff[0]),
        "salesperson (half of all)": viewer_for(large.staff[0]),
        "salesperson (0.1 %)": viewer_for(tiny.staff[0]),
        "auditor (all, no names)": viewer_for(head.staff[1]),
    }
    grade = Filter("grade", Operator.IS, ("A",))
    rare = Filter("source", Operator.IS, ("特殊途径",))
    since = Filter("first_contact", Operator.FROM, ("2024-01-01",))
    asked: dict[str, ListQuery] = {
        "first page": ListQuery(),
        "search 张伟": ListQuery(search="张伟"),
        "search 王": ListQuery(search="王"),
        "search zw (initials)": ListQuery(search="zw"),
        "search 有限公司": ListQuery(search="有限公司"),
        "search last four": ListQuery(search="5612"),
        "search nothing": ListQuery(search="龘龘"),
        "grade A": ListQuery(filters=(grade,)),
        "grade A, by name": ListQuery(filters=(grade,), sort="name"),
        "rare source": ListQuery(filters=(rare,)),
        "since 2024": ListQuery(filters=(since,)),
        "grade A, since 2024": ListQuery(filters=(grade, since)),
        "rare source, grade A": ListQuery(filters=(rare, grade)),
        "by purchase": ListQuery(sort="-total_purchase"),
        "by name": ListQuery(sort="name"),
        "by first contact, grade A": ListQuery(sort="-first_contact", filters=(grade,)),
        "王, by first contact": ListQuery(search="王", sort="-first_contact"),
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
        print(f"  {what:<28} refused ({refused.code})")
        return
    took = median(lambda: queries.page(viewer, "customer", query))
    print(
        f"  {what:<28} {took * 1000:8.1f} ms  × {took / bare:6.1f}  {len(captured):2d} queries  "
        f"{len(page.rows):2d} rows of {page.count}"
    )


if __name__ == "__main__":
    main()
