"""A snapshot holds what the tables hold, written as SQLite writes it, on whatever engine they are."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from keguan.runtime.decisions.snapshots import take
from keguan.runtime.ledger.actions import SYSTEM
from tests.credit import lend
from tests.runtime.decisions.filing import as_seen_by, change

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cast import Cast


def test_times_and_moments_are_kept_as_sqlite_keeps_them(company: Cast, tmp_path: Path) -> None:
    """A time of day, and a moment with a blank between day and time; both are read again by what decides."""
    account = lend(company)["云岭建材"]
    viewer = as_seen_by(company.xu_ke.id)
    change(viewer, "account", account, opens_at="09:30", came_at="2026-03-02 14:05")
    kept = take(SYSTEM, tmp_path / "now.sqlite3")
    with closing(sqlite3.connect(kept.path)) as file:
        row = file.execute("SELECT opens_at, came_at FROM rec_account WHERE id = ?", [account]).fetchone()
    assert row == ("09:30:00", "2026-03-02 14:05:00")
