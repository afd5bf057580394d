"""Keys for the running system, from the file at ``settings.KEYRING_PATH``, read once and again when it changes."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from django.conf import settings

from keguan.runtime.keyring.file import PURPOSES, Key, KeyringError, read

__all__ = ["PURPOSES", "KeyringError", "key", "key_by_id"]


def key(purpose: str) -> tuple[int, bytes]:
    """The id and the 32 secret bytes of the newest key for ``purpose``. Raises ``KeyringError``."""
    found = _newest().get(purpose)
    if found is None:
        raise KeyringError(f"the key file has no key for {purpose!r}: run `keguan setup` to add it")
    return found.id, found.secret


def key_by_id(key_id: int) -> bytes:
    """The secret bytes of the key that once sealed something. Raises ``KeyringError``."""
    for found in _keys(*_version()):
        if found.id == key_id:
            return found.secret
    raise KeyringError(f"the key file has no key {key_id}: restore the key file that belongs to this database")


def _newest() -> dict[str, Key]:
    return {found.purpose: found for found in _keys(*_version())}


def _version() -> tuple[Path, int]:
    path = Path(settings.KEYRING_PATH)
    try:
        return path, path.stat().st_mtime_ns
    except FileNotFoundError:
        return path, 0


@lru_cache(maxsize=4)
def _keys(path: Path, _changed: int) -> tuple[Key, ...]:
    return read(path)
