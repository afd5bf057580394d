"""Start-up: a Python that imports the language, beside one that imports nothing. Whole processes, best of several.

The figure to hold is 150 ms for the import alone.

    python -m benchmarks.startup
"""

from __future__ import annotations

import subprocess
import sys
from time import perf_counter

RUNS = 15
LIMIT = 150


def milliseconds(code: str) -> float:
    """The best time of a fresh process that runs ``code``."""
    best = float("inf")
    for _ in range(RUNS):
        start = perf_counter()
        subprocess.run([sys.executable, "-c", code], check=True)
        best = min(best, perf_counter() - start)
    return best * 1000


def main() -> int:
    """Measure and print; the exit code says whether the limit holds."""
    nothing, language = milliseconds("pass"), milliseconds("import keguan.language.api")
    import_alone = language - nothing
    print(f"start-up (fresh processes, best of {RUNS})")
    print(f"  nothing           {nothing:7.1f} ms   1.00")
    print(f"  keguan.language   {language:7.1f} ms   {language / nothing:.2f}")
    print(f"  the import alone  {import_alone:7.1f} ms   (limit {LIMIT})")
    return 0 if import_alone <= LIMIT else 1


if __name__ == "__main__":
    sys.exit(main())
