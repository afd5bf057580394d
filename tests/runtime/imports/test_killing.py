"""An importer that is killed again and again ends with the data of one clean run."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.conftest import Home

KILLS, MOST = 10, 300


def test_ten_kills_at_random_moments_change_nothing(published_home: Home, tmp_path: Path) -> None:
    """Killed ten times at random statements and run once more, the import ends as an undisturbed one, and the ledger of
    both proves sound.
    """
    home = published_home
    clean = Home(Path(shutil.copytree(home.path, tmp_path / "clean")))
    assert _seeded(clean, 0, 1) == 0
    # The same file on both sides: it is written for the day, and the day may change between the two.
    shutil.copytree(clean.path / "demo", home.path / "demo")
    assert _seeded(home, KILLS, MOST) == KILLS
    expected = clean.run("-m", "tests.runtime.imports.canonical").splitlines()
    found = home.run("-m", "tests.runtime.imports.canonical").splitlines()
    assert expected[-1] == "sound"
    assert len(expected) > 200 + 280 + 22 + 100 + 160 + 5
    assert found == expected


def _seeded(home: Home, kills: int, most: int) -> int:
    """How many attempts were cut short."""
    return int(home.run("-m", "tests.runtime.imports.killing", str(kills), str(most)))
