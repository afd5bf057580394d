"""Jobs for the tests: they note in a file what they do, and how far they are."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from keguan.runtime.jobs.actions import Progress, job


@job("tests.count")
def count(arguments: Mapping[str, Any], progress: Progress) -> str:
    """Count to ``steps``, a line a step, going on where the last attempt stopped."""
    path = Path(arguments["file"])
    while (done := len(path.read_text().splitlines()) if path.exists() else 0) < arguments["steps"]:
        progress.check_cancelled()
        with path.open("a") as stream:
            stream.write(f"{os.getpid()}\n")
        progress.step(done + 1, arguments["steps"])
        time.sleep(arguments["pause"])
    return f"数到 {arguments['steps']}"
