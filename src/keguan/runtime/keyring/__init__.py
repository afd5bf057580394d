"""Keys for the running system, from the file at ``settings.KEYRING_PATH``, read once and again when it changes."""

from __future__ import annotations

from functools import lru_cache
from os import stat
from pathlib import Path

from django.conf import settings

from keguan.runtime.keyring.file import PURPOSES, Key, KeyringError, read

__all__ = ["PURPOSES", "KeyringError", "key", "key_by_id", "secrets_for"]


def key(purpose: str) -> tuple[int, bytes]:
    """The id and the 32 secret bytes of the newest key for ``purpose``. Raises ``KeyringError``."""
    found = _newest().get(purpose)
    if found is None:
        raise KeyringError(f"the key file has no key for {purpose!r}: run `keguan setup` to add it")
    return found.id, found.secret


def secrets_for(purpose: str) -> tuple[bytes, ...]:
    """The secret bytes of every key there has been for ``purpose``, newest first; empty when there is none."""
    keys = _keys(*_version())[1].values()
    return tuple(found.secret for found in sorted(keys, key=lambda key: -key.id) if found.purpose == purpose)


def key_by_id(key_id: int) -> bytes:
    """The secret bytes of the key that once sealed something. Raises ``KeyringError``."""
    found = _keys(*_version())[1].get(key_id)
    if found is None:
        raise KeyringError(f"the key file has no key {key_id}: restore the key file that belongs to this database")
    return found.secret


def _newest() -> dict[str, Key]:
    return _keys(*_version())[0]


def _version() -> tuple[str, int]:
    path = str(settings.KEYRING_PATH)
    try:
        return path, stat(path).st_mtime_ns  # noqa: PTH116 - asked for every sealed value; a Path takes ten times as long
    except FileNotFoundError:
        return path, 0


@lru_cache(maxsize=4)
def _keys(path: str, _changed: int) -> tuple[dict[str, Key], dict[int, Key]]:
    """The newest key of each purpose, and every key by its id."""
    keys = read(Path(path))
    return {found.purpose: found for found in keys}, {found.id: found for found in keys}
