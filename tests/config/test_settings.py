"""Settings from the environment."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings

from keguan.config.database import database
from keguan.language.feel.stamps import AHEAD, ZONE

HOME = Path("/srv/keguan")


def test_the_language_reckons_in_the_companys_zone() -> None:
    """Where the policy names a moment of the system's, it means the zone in which the pages show it; SQLite, which
    knows no zones, adds the same length.
    """
    assert ZONE == settings.TIME_ZONE
    for moment in (datetime(1992, 1, 1, tzinfo=UTC), datetime(2026, 7, 1, tzinfo=UTC)):
        ahead = moment.astimezone(ZoneInfo(ZONE)).utcoffset()
        assert ahead is not None
        assert ahead.total_seconds() == AHEAD * 60


def test_without_an_address_the_database_is_a_file_at_home() -> None:
    """SQLite in WAL mode, transactions that take the write lock at once, twenty seconds of patience."""
    found = database("", HOME, pool=True)
    assert (found["ENGINE"], found["NAME"]) == ("django.db.backends.sqlite3", "/srv/keguan/keguan.sqlite3")
    assert (found["OPTIONS"]["transaction_mode"], found["OPTIONS"]["timeout"]) == ("IMMEDIATE", 20)
    assert "journal_mode=WAL" in found["OPTIONS"]["init_command"]
    assert "synchronous=NORMAL" in found["OPTIONS"]["init_command"]


def test_a_postgresql_address_is_taken_apart() -> None:
    """User, password, host, port, name and options, with percent signs decoded."""
    found = database("postgresql://keguan:p%40ss@db.example.com:5433/crm?sslmode=require", HOME, pool=True)
    assert (found["NAME"], found["USER"], found["PASSWORD"]) == ("crm", "keguan", "p@ss")
    assert (found["HOST"], found["PORT"], found["CONN_MAX_AGE"]) == ("db.example.com", "5433", 0)
    assert found["OPTIONS"]["sslmode"] == "require"
    assert found["OPTIONS"]["pool"]["max_size"] == 8


def test_a_socket_folder_is_a_host() -> None:
    """A local server is reached through its socket."""
    found = database("postgresql:///crm?host=/run/postgresql", HOME, pool=True)
    assert (found["HOST"], found["NAME"], found["USER"]) == ("/run/postgresql", "crm", "")


def test_a_worker_has_no_pool() -> None:
    """A process that forks keeps its connections instead of sharing a pool's."""
    found = database("postgresql:///crm", HOME, pool=False)
    assert "pool" not in found["OPTIONS"]
    assert found["CONN_MAX_AGE"] == 600


def test_another_kind_of_database_is_refused() -> None:
    """The error says what to write."""
    with pytest.raises(ValueError, match="postgresql://user:password@host/name"):
        database("mysql://root@localhost/crm", HOME, pool=True)
