"""Bulk edits, hand-overs and merges whose process is killed with -9 before random statements."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.conftest import Home

ROWS, KILLS = 400, 4


def killed(home: Home, kind: str, rows: int, most: int) -> tuple[int, list[list[str]], list[str]]:
    """How many attempts were cut short, what was there after each, and what is there at the end."""
    arguments = (kind, str(rows), str(KILLS), str(most))
    said = home.run("-m", "tests.runtime.records.killing", *arguments, timeout=300).splitlines()
    after = [line.split()[1:] for line in said if line.startswith("after ")]
    return int(said[-2].split()[1]), after, said[-1].split()[1:]


def test_a_bulk_edit_changes_every_record_once(published_home: Home) -> None:
    """After each death as many records have the new value as are noted and as the ledger has; at the end all do, each
    once.
    """
    cut, after, end = killed(published_home, "bulk", ROWS, 150)
    assert cut == KILLS
    for changed, settled, counted, written in after:
        assert changed == settled == counted == written
    assert end == [str(ROWS)] * 4


def test_a_hand_over_moves_every_record_once(published_home: Home) -> None:
    """After each death as many customers, and their receptions, are the receiver's as are noted, written down and have
    a history; at the end all are.
    """
    cut, after, end = killed(published_home, "hand_over", ROWS, 150)
    assert cut == KILLS
    for state in after:
        assert len(set(state)) == 1
    assert end == [str(ROWS)] * 6


def test_a_merge_is_whole_or_not_at_all(published_home: Home) -> None:
    """After each death either nothing has happened, or the one record is gone with its search tokens and its reception
    belongs to the other; at the end it is so.
    """
    whole, nothing = ["False", "False", "2", "0", "1", "True"], ["True", "True", "1", "1", "0", "False"]
    cut, after, end = killed(published_home, "merge", 2, 60)
    assert cut == KILLS
    assert [state for state in after if state not in (whole, nothing)] == []
    assert end == whole
