"""Keys at hand: the key file is looked at once a second at most, not once for every value."""

from __future__ import annotations

from time import monotonic

from django.conf import settings

from keguan.runtime import keyring

_HELD_SECONDS = 1.0

_newest: dict[tuple[str, str], tuple[float, tuple[int, bytes]]] = {}
_by_id: dict[tuple[str, int], bytes] = {}


def newest(purpose: str) -> tuple[int, bytes]:
    """The id and the bytes of the newest key for a purpose; a rotated key is noticed within a second.

    Raises ``KeyringError``.
    """
    at = (str(settings.KEYRING_PATH), purpose)
    held = _newest.get(at)
    moment = monotonic()
    if held is None or moment - held[0] > _HELD_SECONDS:
        held = _newest[at] = (moment, keyring.key(purpose))
    return held[1]


def by_id(key_id: int) -> bytes:
    """The bytes of a key, which never change once it has an id. Raises ``KeyringError``."""
    at = (str(settings.KEYRING_PATH), key_id)
    if at not in _by_id:
        _by_id[at] = keyring.key_by_id(key_id)
    return _by_id[at]
