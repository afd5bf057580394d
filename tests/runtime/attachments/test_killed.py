"""A sweep that is killed again and again leaves nothing behind, and nothing out."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.conftest import Home

FILES = 4


def test_a_sweep_that_dies_at_every_file_ends_with_what_records_have(home_on_either_engine: Home) -> None:
    """Killed at the first file it touches, before it or after it, twelve times and run once more: what was let go of is
    off the disk and out of the database, what nobody took is off the disk, what records have is in its place and whole,
    and what has only just come in is left alone.
    """
    told = home_on_either_engine.run("-m", "tests.runtime.attachments.killing", str(FILES)).split()
    died, whole, files, waiting, rows, gone = map(int, told)
    assert died == 3 * FILES
    assert (whole, files, waiting, rows, gone) == (FILES, FILES + 1, 1, FILES, 0)
