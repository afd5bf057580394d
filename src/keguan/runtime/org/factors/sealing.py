"""Shared secrets of authenticator apps, as they are stored: sealed under their own key of the key file."""

from __future__ import annotations

from keguan.runtime import keyring
from keguan.runtime.keyring.sealing import open_secret, seal_secret

PURPOSE = "factors"


def sealed(staff_id: int, secret: bytes) -> tuple[int, bytes]:
    """The id of the key and the sealed secret, bound to the person. Raises ``KeyringError``."""
    key_id, key = keyring.key(PURPOSE)
    return key_id, seal_secret(key, _place(staff_id), secret)


def opened(staff_id: int, key_id: int, stored: bytes | memoryview[int]) -> bytes:
    """A person's secret. Raises ``KeyringError`` and ``Unopened``."""
    return open_secret(keyring.key_by_id(key_id), _place(staff_id), bytes(stored))


def _place(staff_id: int) -> bytes:
    return f"org.authenticator.{staff_id}".encode()
