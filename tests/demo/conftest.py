"""The demo company in a home of its own, seeded once for all tests that look at it."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.conftest import Home

if TYPE_CHECKING:
    from collections.abc import Mapping

SEED = """
import json
import logging
from datetime import datetime
from zoneinfo import ZoneInfo
logging.disable(logging.INFO)
from keguan.demo.plan import Plan
from keguan.demo.seeding import seed
from keguan.runtime import clock

told = []
with clock.hold(datetime(2026, 11, 20, 14, 0, tzinfo=ZoneInfo("Asia/Shanghai"))):
    done = seed(lambda *step: told.append(step), Plan.scaled(200))
print(json.dumps({"brought": [[each.sheet, each.created, each.rejected] for each in done], "told": told}))
"""
"""A small company that has lived until Friday, 20 November 2026, 14:00."""


@dataclass(frozen=True)
class Seeded:
    """The home, not to be changed, and what the seeding said."""

    home: Home
    said: Mapping[str, Any]

    def copy(self, folder: Path) -> Home:
        """The same company once more, in the folder."""
        return replace(self.home, path=Path(shutil.copytree(self.home.path, folder / "home")))


@pytest.fixture(scope="session")
def seeded(set_up_from_nothing: tuple[Home, str], tmp_path_factory: pytest.TempPathFactory) -> Seeded:
    """A home in which the demo company is at work."""
    made = tmp_path_factory.mktemp("seeded") / "home"
    home = Home(Path(shutil.copytree(set_up_from_nothing[0].path, made)))
    return Seeded(home, json.loads(home.script(SEED, timeout=300)))
