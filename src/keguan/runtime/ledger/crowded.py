"""When too many write at once: what a database says of a writer that waited for longer than it may."""

from __future__ import annotations

from django.db import OperationalError

RETRY_AFTER = 10
"""Seconds after which whoever was turned away may try again."""

_SAID = ("database is locked", "database table is locked", "lock timeout", "deadlock detected")


def crowded(error: BaseException | None) -> bool:
    """Whether an error, or what led to it, says that another writer was in the way for too long."""
    while error is not None:
        if isinstance(error, OperationalError) and any(words in str(error) for words in _SAID):
            return True
        error = error.__cause__
    return False
