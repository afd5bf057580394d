"""Keys at hand: the key file is looked at once a second at most, not once for every value."""

from __future__ import annotations

from time import monotonic

from django.conf import settings

from keguan.runtime import keyring

HELD_SECONDS = 1.0
"""So long a process may go on with the keys that it knows after the file has changed."""

_newest: dict[tuple[str, str], tuple[float, tuple[int, bytes]]] = {}
_written: dict[tuple[str, str], tuple[float, tuple[bytes, ...]]] = {}
_by_id: dict[tuple[str, int], bytes] = {}


def newest(purpose: str) -> tuple[int, bytes]:
    """The id and the bytes of the newest key for a purpose; a rotated key is noticed within a second.

    Raises ``KeyringError``.
    """
    at = (str(settings.KEYRING_PATH), purpose)
    held = _newest.get(at)
    moment = monotonic()
    if held is None or moment - held[0] > HELD_SECONDS:
        held = _newest[at] = (moment, keyring.key(purpose))
    return held[1]


def written(purpose: str) -> tuple[bytes, ...]:
    """The keys under which something is written that must be found at once and after the next key is taken into use:
    the one in use first, then those that wait. Raises ``KeyringError``.
    """
    at = (str(settings.KEYRING_PATH), purpose)
    held = _written.get(at)
    moment = monotonic()
    if held is None or moment - held[0] > HELD_SECONDS:
        waiting = (key.secret for key in keyring.all_keys() if key.purpose == purpose and key.waiting)
        held = _written[at] = (moment, (keyring.key(purpose)[1], *waiting))
    return held[1]


def live(purpose: str) -> tuple[bytes, ...]:
    """Every key under which something may still be found, the newest first. Raises ``KeyringError``."""
    return keyring.secrets_for(purpose)


def by_id(key_id: int) -> bytes:
    """The bytes of a key, which never change once it has an id. Raises ``KeyringError``."""
    at = (str(settings.KEYRING_PATH), key_id)
    if at not in _by_id:
        _by_id[at] = keyring.key_by_id(key_id)
    return _by_id[at]
