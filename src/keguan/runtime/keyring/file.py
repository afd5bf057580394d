"""The key file: JSON, readable by its owner alone, never in the database. Knows no Django: the settings read it too.

Each key is sealed under the ring key, and the ring key is wrapped by a key-management system (see ``kms``). A file from
before that holds its keys in clear; it is read as well, and wrapped when something is written to it.
"""

from __future__ import annotations

import json
import os
import secrets
from base64 import b64decode, b64encode
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from keguan.runtime.keyring.kms import KeyringError, kms
from keguan.runtime.keyring.sealing import Unopened, open_secret, seal_secret

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

PURPOSES = (
    "session",
    "ledger",
    "fields",
    "indexes",
    "tokens",
    "uploads",
    "signature",
    "backups",
    "exports",
    "anchors",
    "factors",
)
"""What keys are for: signing sessions (Django's secret key), ledger digests and seals, sensitive fields, blind
indexes, search tokens, uploaded files and their rejected rows, signatures on the steps of cases, backups, exported
files and the marks in them, receipts of the ledger's newest block, shared secrets of authenticator apps."""

KEY_BYTES = 32
VARIABLE = "KEGUAN_KMS"
"""Names the key-management system that wraps a new key file; the file remembers it."""


@dataclass(frozen=True, slots=True)
class Key:
    """One key. ``id`` is a positive integer unique in the file; the newest key of a purpose has the highest id.

    ``waiting``: it is being prepared for (search tokens are written under it) and not yet used.
    """

    id: int
    purpose: str
    secret: bytes
    waiting: bool = False

    def __repr__(self) -> str:
        return f"Key(id={self.id}, purpose={self.purpose!r})"  # a key in a log or a traceback is a leak


def read(path: Path) -> tuple[Key, ...]:
    """The keys in the file, by id. Raises ``KeyringError``."""
    return _read(path)[1]


def held_by(path: Path) -> str:
    """Who wraps the file's keys (``file``, ``vault:…``); empty while they lie in clear. Raises ``KeyringError``."""
    return _read(path)[0].named


def ensure(path: Path) -> tuple[Key, ...]:
    """Make the file if it is missing, add a key for every purpose that has none, and return all keys.

    Existing keys are never changed. Raises ``KeyringError`` when an existing file cannot be read.
    """
    ring, found = _read(path) if path.exists() else (_NO_RING, ())
    keys = list(found)
    missing = [purpose for purpose in PURPOSES if purpose not in {key.purpose for key in keys}]
    for purpose in missing:
        keys.append(_new(keys, purpose))
    if missing:
        _write(path, ring, keys)
    return tuple(keys)


def rotate(path: Path, purpose: str, *, waiting: bool = False) -> Key:
    """Add a newer key for ``purpose``; the older ones stay, for what they have sealed. Raises ``KeyringError``."""
    ring, keys = _read(path)
    key = replace(_new(keys, purpose), waiting=waiting)
    _write(path, ring, (*keys, key))
    return key


def take_into_use(path: Path, key_id: int) -> None:
    """A key that was waiting is the one in use from now on. Raises ``KeyringError``."""
    ring, keys = _read(path)
    _write(path, ring, [replace(key, waiting=False) if key.id == key_id else key for key in keys])


def retire(path: Path, key_id: int) -> None:
    """Destroy a key that nothing is sealed with any more: what still is can never be opened again.

    Raises ``KeyringError`` for a key that is not there, and for the newest of its purpose.
    """
    ring, keys = _read(path)
    going = next((key for key in keys if key.id == key_id), None)
    if going is None:
        raise KeyringError(f"the key file has no key {key_id}")
    if not any(key.purpose == going.purpose and key.id > key_id and not key.waiting for key in keys):
        raise KeyringError(f"key {key_id} is the one in use for {going.purpose!r}: rotate first")
    _write(path, ring, [key for key in keys if key.id != key_id])


def wrap(path: Path, named: str) -> None:
    """Have the keys held by the key-management system ``named``, under a new ring key. Raises ``KeyringError``."""
    _write(path, _Ring(named, kms(named, path).wrap, None, None), read(path))


@dataclass(frozen=True, slots=True)
class _Ring:
    """Who wraps the ring key, and the ring key, wrapped and not; ``None`` until one is made."""

    named: str
    make: Any
    secret: bytes | None
    wrapped: bytes | None


_NO_RING = _Ring("", None, None, None)


def _read(path: Path) -> tuple[_Ring, tuple[Key, ...]]:
    try:
        if path.stat().st_mode & 0o077:
            raise KeyringError(f"the key file {path} can be read by others: run chmod 600 on it")
        stored = json.loads(path.read_text(encoding="utf-8"))
        ring = _ring(path, stored.get("ring")) if isinstance(stored, dict) else _NO_RING
        keys = [_key(ring, item) for item in stored["keys"]]
    except FileNotFoundError:
        raise KeyringError(f"there is no key file at {path}: run `keguan setup`") from None
    except (OSError, ValueError, KeyError, TypeError, Unopened) as error:
        raise KeyringError(f"the key file {path} cannot be read ({type(error).__name__}): restore it") from None
    return ring, tuple(sorted(keys, key=lambda key: key.id))


def _ring(path: Path, stored: Any) -> _Ring:
    if stored is None:
        return _NO_RING
    named, wrapped = str(stored["held_by"]), b64decode(stored["wrapped"])
    return _Ring(named, None, kms(named, path).unwrap(wrapped), wrapped)


def _key(ring: _Ring, item: Any) -> Key:
    key_id, purpose = int(item["id"]), str(item["purpose"])
    if ring.secret is None:
        secret = b64decode(item["secret"])
    else:
        secret = open_secret(ring.secret, _place(key_id, purpose), b64decode(item["sealed"]))
    return Key(key_id, purpose, secret, bool(item.get("waiting", False)))


def _place(key_id: int, purpose: str) -> bytes:
    return f"{key_id} {purpose}".encode()


def _new(keys: Iterable[Key], purpose: str) -> Key:
    return Key(max((key.id for key in keys), default=0) + 1, purpose, secrets.token_bytes(KEY_BYTES))


def _write(path: Path, ring: _Ring, keys: Iterable[Key]) -> None:
    """Replace the file in one step, so that a crash leaves the old keys or the new ones, never half a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    secret, wrapped, named = ring.secret, ring.wrapped, ring.named
    if secret is None or wrapped is None:
        named = named or os.environ.get(VARIABLE, "") or "file"
        secret = secrets.token_bytes(KEY_BYTES)
        wrapped = (ring.make or kms(named, path).wrap)(secret)
    sealed = [
        {
            "id": key.id,
            "purpose": key.purpose,
            "sealed": b64encode(seal_secret(secret, _place(key.id, key.purpose), key.secret)).decode(),
            **({"waiting": True} if key.waiting else {}),
        }
        for key in keys
    ]
    stored = {"ring": {"held_by": named, "wrapped": b64encode(wrapped).decode()}, "keys": sealed}
    draft = path.with_name(f"{path.name}.{os.getpid()}.new")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
        json.dump(stored, stream, indent=1)
        stream.flush()
        os.fsync(stream.fileno())
    draft.replace(path)
