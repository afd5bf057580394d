"""What is dear to make is made by one of the test processes and read by all of them."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest


def made_once(name: str, factory: pytest.TempPathFactory, make: Callable[[Path], str]) -> tuple[Path, str]:
    """The folder ``name`` that ``make`` filled in this run of the tests, and what it told. Not to be changed.

    The first process to ask makes it; the others wait for it meanwhile.
    """
    base = factory.getbasetemp()
    place = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    folder, told = place / name, place / f"{name}.told"
    with Path(place / f"{name}.lock").open("w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not told.exists():
            told.write_text(make(folder), encoding="utf-8")
    return folder, told.read_text(encoding="utf-8")
