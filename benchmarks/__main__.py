"""``make bench``: every benchmark, one after the other, each in a process of its own.

``python -m benchmarks NAME …`` runs some. Set ``KEGUAN_TEST_DATABASE_URL`` to measure PostgreSQL beside SQLite.
"""

from __future__ import annotations

import subprocess
import sys

BENCHMARKS = {
    "decision": "one decision: generated Python, the same rules by hand, five other engines",
    "startup": "importing the language, beside importing nothing",
    "table_analysis": "a decision table of 1,000 rows and 8 columns: its checks, and parsing it",
    "policy": "a policy of 500 clauses and 100 tables: checking it, compiling it, and parsing it",
    "set_based": "1,000,000 customers on each engine: the emitter's SQL and SQL by hand, read-only and with write-back",
    "ageing": "5,000,000 invoices by due date: bands and what is owed in each, and the same SQL by hand",
    "simulation": "1,000,000 customers: a changed table tried, and the same comparison by hand",
    "importing": "an import with validation, encryption, duplicates and ledger, and a bare read and insert",
    "working_time": "deadlines in working days and hours, and the same sums by a walk",
    "duties": "10,000 to 1,000,000 open duties: a sweep of 1,000 due, a person's box, and making what is owed",
    "processes": "100,000 open cases, 1,000,000 open duties: sweeps by what is due, the workbench, a move; bare writes",
    "keys": "100,000 customers' keys rotated while somebody works: sealed values, blind indexes, search tokens",
    "ledger": "1,000,000 entries: proving, what the ledger adds to a page and an import, pages of a long ledger",
    "retention": "1,000,000 records: how long each is kept, beside the same by hand; one on demand; destruction",
    "allocating": "1,000,000 customers shared out among 10,000 people by shares, scores and areas; dealt round by hand",
    "export": "1,000,000 customers exported with rights, masks, marks and ledger, and csv.writer over the same query",
    "protected_list": "pages of a list under access rules, and under roles alone",
    "duplicates": "1,000,000 customers searched for duplicates: what is found and missed, and a bare read",
    "list": "1,000,000 customers: pages of a list, and a bare query",
}


def main(names: list[str]) -> int:
    """Run the named benchmarks, or all; the exit code is that of the first that failed."""
    unknown = [name for name in names if name not in BENCHMARKS]
    if unknown:
        print(f"No such benchmark: {', '.join(unknown)}. There are: {', '.join(BENCHMARKS)}.")
        return 2
    for name in names or BENCHMARKS:
        print(f"\n== {name}: {BENCHMARKS[name]}", flush=True)
        done = subprocess.run([sys.executable, "-m", f"benchmarks.{name}"], check=False)
        if done.returncode:
            return done.returncode
    return 0


sys.exit(main(sys.argv[1:]))
