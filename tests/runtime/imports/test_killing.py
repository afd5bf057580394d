"""An importer that is killed again and again ends with the data of one clean run."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.conftest import Home

KILLS = 10


def test_ten_kills_at_random_moments_change_nothing(published_home: Home, tmp_path: Path) -> None:
    """Killed ten times at random moments and run once more, the import ends as an undisturbed one, and the ledger of
    both proves sound.
    """
    home = published_home
    clean = Home(Path(shutil.copytree(home.path, tmp_path / "clean")))
    _, seconds = _seeded(clean, 0, 0)
    # The same file on both sides: it is written for the day, and the day may change between the two.
    shutil.copytree(clean.path / "demo", home.path / "demo")
    cut, _ = _seeded(home, KILLS, seconds / 5)
    assert cut >= KILLS // 2
    expected = clean.run("-m", "tests.runtime.imports.canonical").splitlines()
    found = home.run("-m", "tests.runtime.imports.canonical").splitlines()
    assert expected[-1] == "sound"
    assert len(expected) > 200 + 280 + 22 + 100 + 160 + 5
    assert found == expected


def _seeded(home: Home, kills: int, longest: float) -> tuple[int, float]:
    """How many attempts were cut short, and how many seconds the last one took."""
    cut, seconds = home.run("-m", "tests.runtime.imports.killing", str(kills), str(longest)).split()
    return int(cut), float(seconds)
