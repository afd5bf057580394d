"""Keys for the running system, from the file at ``settings.KEYRING_PATH``, read once and again when it changes."""

from __future__ import annotations

from functools import lru_cache
from os import stat
from pathlib import Path

from django.conf import settings

from keguan.runtime.keyring.file import PURPOSES, Key, read
from keguan.runtime.keyring.kms import KeyringError

__all__ = ["PURPOSES", "KeyringError", "all_keys", "key", "key_by_id", "secrets_for"]


def key(purpose: str) -> tuple[int, bytes]:
    """The id and the 32 secret bytes of the key in use for ``purpose``, the newest. Raises ``KeyringError``."""
    found = _newest().get(purpose)
    if found is None:
        raise KeyringError(f"the key file has no key for {purpose!r}: run `keguan setup` to add it")
    return found.id, found.secret


def secrets_for(purpose: str) -> tuple[bytes, ...]:
    """The secret bytes of every key there is for ``purpose``, newest first; empty when there is none."""
    return tuple(found.secret for found in reversed(all_keys()) if found.purpose == purpose)


def all_keys() -> tuple[Key, ...]:
    """Every key in the file, by id. Raises ``KeyringError``."""
    return tuple(_keys(*_version())[1].values())


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
    """The key in use for each purpose, and every key by its id."""
    keys = read(Path(path))
    return {found.purpose: found for found in keys if not found.waiting}, {found.id: found for found in keys}
