"""Import of the messy demo workbook: valid rows a second with everything on, beside a bare read and INSERT.

Everything on means: the encrypted upload read and checked, cells parsed and validated, owners and references found,
duplicates found over encrypted columns, sensitive values sealed and indexed, search tokens, ledger entries, decisions
recomputed, progress noted, one transaction for each 1,000 rows. Beside it, in the same run: the same sheet read by the
same reader and put, as text, into a table without any index by ``executemany``. The figure to hold: at least 3,000
valid rows a second.

    python -m benchmarks.importing [--customers 10000]

With ``KEGUAN_TEST_DATABASE_URL`` set it runs on that PostgreSQL database, which must be empty.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path
from time import perf_counter, process_time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from keguan.runtime.access.viewer import Viewer

ROOT = Path(__file__).resolve().parent.parent
FLOOR = 3_000


def main() -> None:
    """Set a home up, import sheet by sheet, print the figures."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--customers", type=int, default=10_000)
    chosen = arguments.parse_args()
    with tempfile.TemporaryDirectory(prefix="keguan-importing-") as folder:
        _set_up(Path(folder))
        from keguan.demo import seeding, workbook
        from keguan.demo.people import settle_in
        from keguan.demo.plan import Plan
        from keguan.runtime import clock
        from keguan.runtime.access.viewer import viewer_for
        from keguan.runtime.org import queries as org

        path = Path(folder) / "book.xlsx"
        workbook.write(path, clock.today(), Plan.scaled(chosen.customers))
        settle_in()
        importer = org.staff_by_username(seeding.IMPORTER)
        if importer is None:
            sys.exit("the demo's importer is missing")
        viewer = viewer_for(importer.id, "cli")
        print(f"{'sheet':<18}{'good':>8}{'back':>7}{'seconds':>9}{'CPU':>7}{'rows/s':>9}{'bare/s':>9}{'ratio':>7}")
        totals = [_measure(viewer, path, sheet, kind) for sheet, kind in seeding.SHEETS]
        good, seconds, burnt = (sum(each[place] for each in totals) for place in range(3))
        rate, alone = good / seconds, good / burnt
        print(f"{rate:,.0f} valid rows/s over all sheets, {alone:,.0f} a CPU second; to hold: {FLOOR:,}")
        if good / seconds < FLOOR:
            sys.exit(1)


def _set_up(home: Path) -> None:
    os.environ |= {"KEGUAN_HOME": str(home), "KEGUAN_POOL": "0"}
    os.environ["KEGUAN_DATABASE_URL"] = os.environ.get("KEGUAN_TEST_DATABASE_URL", "")
    os.environ.setdefault("KEGUAN_PACKS", str(ROOT / "packs"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "keguan.config.settings")
    import django

    from keguan.runtime.keyring.file import ensure

    ensure(home / "keyring.json")
    django.setup()
    from django.core.management import call_command

    from keguan.language.source import read_pack
    from keguan.runtime.ledger.actions import SYSTEM
    from keguan.runtime.policies.actions import Publish

    call_command("migrate", verbosity=0, skip_checks=True)
    Publish(
        actor=SYSTEM, packs=tuple(read_pack(ROOT / "packs" / name) for name in ("core", "property-developer"))
    ).run()


def _measure(viewer: Viewer, path: Path, sheet: str, kind: str) -> tuple[int, float, float]:
    from keguan.runtime.imports import queries
    from keguan.runtime.imports.actions import Start, Upload
    from keguan.runtime.jobs.actions import run_now

    bare = _bare(path, sheet)
    upload = Upload(viewer=viewer, record_type=kind, file_name=path.name, data=path.read_bytes(), sheet=sheet)
    import_id = upload.run()
    job = Start(viewer=viewer, import_id=import_id, wake=False).run()
    wall, cpu = perf_counter(), process_time()
    run_now(job)
    seconds, burnt = perf_counter() - wall, process_time() - cpu
    card = queries.one(viewer, import_id)
    if card.state != "done":
        sys.exit(f"{kind}: {card.error}")
    rate, bare_rate = card.created / seconds, card.rows / bare
    print(
        f"{kind:<18}{card.created:>8,}{card.rejected:>7,}{seconds:>9.2f}{burnt:>7.2f}"
        f"{rate:>9,.0f}{bare_rate:>9,.0f}{bare_rate / rate:>7.1f}"
    )
    return card.created, seconds, burnt


def _bare(path: Path, sheet: str) -> float:
    """Seconds to read the sheet and insert it as text, with nothing else."""
    from django.db import connection, transaction
    from python_calamine import CalamineWorkbook

    started = perf_counter()
    rows: list[list[Any]] = CalamineWorkbook.from_path(path).get_sheet_by_name(sheet).to_python()[1:]
    columns = ", ".join(f"c{number} text" for number in range(len(rows[0])))
    marks = ", ".join(["%s"] * len(rows[0]))
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE bare ({columns})")
        with transaction.atomic():
            cursor.executemany(f"INSERT INTO bare VALUES ({marks})", [[str(cell) for cell in row] for row in rows])
        seconds = perf_counter() - started
        cursor.execute("DROP TABLE bare")
    return seconds


if __name__ == "__main__":
    main()
