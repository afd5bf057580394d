"""An export that is killed again and again ends with one whole file."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.conftest import Home

ROWS, KILLS = 3_000, 4


def test_kills_at_random_moments_leave_one_whole_file(published_home: Home) -> None:
    """Killed at four random statements and run once more, the export has every row once, lies on the disk once and
    is finished in the ledger once.
    """
    told = published_home.run("-m", "tests.runtime.exports.killing", str(ROWS), str(KILLS), "900").splitlines()
    assert int(told[0]) == KILLS
    assert told[1] == f"ready {ROWS} {ROWS} 1 1"
