"""All customers at once: the emitter's SQL beside the same SQL written by hand, in SQLite and PostgreSQL.

The grading of ``packs/property-developer`` over generated customers, 1.4 contracts and half an attendance each.
Measured: reading everything that is computed; the write-back of a first run (every row is staged, put into history
and updated); the write-back of a run in which nothing has changed. Rounds are interleaved, the order turns each time,
and both must give the same rows. The figure to hold: emitter ≤ 1.2 × by hand (medians of one run).

    python -m benchmarks.set_based [--customers 1000000] [--rounds 3]

PostgreSQL is measured where ``KEGUAN_TEST_DATABASE_URL`` names a server; the tables go into a schema of their own,
which is dropped at the end.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from benchmarks.set_based_by_hand import HAND
from benchmarks.set_based_tables import Postgres, Sqlite, fill
from keguan.language.api import check, computation, write_back
from keguan.language.source import read_pack

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from benchmarks.set_based_tables import Database, Steps
    from keguan.language.model.model import Model

LIMIT = 1.2
TODAY = date(2026, 11, 21)
STAMP = {"decided_at": "2026-11-21 08:00:00", "publication_id": 1, "decided_on": TODAY.isoformat()}
PACKS = Path(__file__).resolve().parents[1] / "packs"


def main() -> int:
    """Measure and print; 1 when a ratio is above the limit."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--customers", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    checked = check([read_pack(PACKS / "core"), read_pack(PACKS / "property-developer")])
    if checked.model is None:
        raise SystemExit("\n".join(each.message() for each in checked.diagnostics))
    worst = 0.0
    for database in databases():
        contracts = fill(database, checked.model, options.customers)
        print(f"\n{database.title}: {options.customers:,} customers, {contracts:,} contracts")
        worst = max(worst, measure(database, checked.model, options.customers, options.rounds))
        database.close()
    print(f"\nworst ratio {worst:.2f} (limit {LIMIT})")
    return int(worst > LIMIT)


def databases() -> Iterator[Database]:
    """SQLite in a file, and PostgreSQL where one is named."""
    with tempfile.TemporaryDirectory() as folder:
        yield Sqlite(Path(folder) / "bench.sqlite3")
    named = Postgres.named()
    if named is not None:
        yield named
    else:
        print("\nPostgreSQL: skipped, KEGUAN_TEST_DATABASE_URL names no server")


def measure(database: Database, model: Model, customers: int, rounds: int) -> float:
    """Print three comparisons; the largest ratio."""
    made = computation(model, "customer", database.dialect, today=TODAY)
    stored = write_back(made)
    by_hand = HAND[database.dialect]
    emitted: Steps = [*stored.stage, *stored.history.values(), stored.update, *stored.drop]
    emitter = Side(database, made.select, emitted, {**stored.parameters, **STAMP})
    hand = Side(database, by_hand.select, by_hand.write_back, {"active": 2, **STAMP})
    if emitter.rows() != hand.rows():
        raise SystemExit("the two do not compute the same")
    ratios = [compare("read", rounds, customers, emitter.read, hand.read)]
    emitter.first_run()
    if emitter.changed != customers:
        raise SystemExit(f"a first run should change every row, not {emitter.changed}")
    ratios.append(compare("first run, written back", rounds, customers, emitter.first_run, hand.first_run))
    database.commit(emitter.steps, emitter.values)
    ratios.append(compare("nothing changed", rounds, customers, emitter.again, hand.again))
    return max(ratios)


class Side:
    """The emitter's statements, or those by hand."""

    def __init__(self, database: Database, select: str, steps: Steps, values: dict[str, object]) -> None:
        self.database = database
        self.select = select
        self.steps = steps
        self.values = values
        self.changed = 0

    def rows(self) -> list[tuple[object, ...]]:
        """Some of the rows, to compare."""
        sql = f"SELECT * FROM ({self.select}) AS found WHERE id %% 997 = 0 ORDER BY id"
        return self.database.rows(sql, self.values)

    def read(self) -> float:
        """Seconds to compute everything for everyone; every column is asked for, one row comes out."""
        names = self.database.columns(self.select, self.values)
        counted = ", ".join(f'count(found."{name}")' for name in names)
        return self.timed(lambda: self.database.rows(f"SELECT {counted} FROM ({self.select}) AS found", self.values))

    def first_run(self) -> float:
        """Seconds to write everything back; rolled back afterwards."""
        self.database.begin()
        seconds = self.timed(self.run_steps)
        self.database.rollback()
        return seconds

    def again(self) -> float:
        """Seconds of a run that finds nothing to write."""
        return self.timed(lambda: self.database.commit(self.steps, self.values))

    def run_steps(self) -> None:
        """Every statement of the write-back."""
        for step in self.steps:
            changed = self.database.execute(step, self.values)
            if step.startswith("UPDATE"):
                self.changed = changed

    def timed(self, action: Callable[[], object]) -> float:
        """Seconds that an action takes."""
        started = perf_counter()
        action()
        return perf_counter() - started


def compare(title: str, rounds: int, customers: int, emitter: Callable[[], float], hand: Callable[[], float]) -> float:
    """Time both in turn and print the medians; the ratio."""
    times: dict[str, list[float]] = {"emitter": [], "hand": []}
    for number in range(rounds):
        order = [("emitter", emitter), ("hand", hand)]
        for name, run in order if number % 2 == 0 else reversed(order):
            times[name].append(run())
    ours, theirs = statistics.median(times["emitter"]), statistics.median(times["hand"])
    speed = f"{customers / ours / 1e6:.2f} M rows/s"
    print(f"  {title:26} emitter {ours:6.2f} s   by hand {theirs:6.2f} s   ratio {ours / theirs:.2f}   {speed}")
    return ours / theirs


if __name__ == "__main__":
    sys.exit(main())
