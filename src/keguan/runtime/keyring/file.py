"""The key file: JSON, readable by its owner alone, never in the database. Knows no Django: the settings read it too."""

from __future__ import annotations

import json
import os
import secrets
from base64 import b64decode, b64encode
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

PURPOSES = ("session", "ledger", "fields", "indexes", "tokens", "uploads", "signature")
"""What keys are for: signing sessions (Django's secret key), ledger digests and seals, sensitive fields, blind
indexes, search tokens, uploaded files and their rejected rows, signatures on the steps of cases."""

KEY_BYTES = 32


class KeyringError(Exception):
    """The key file is missing, unreadable, open to others, or lacks a key. The message says what to do."""


@dataclass(frozen=True, slots=True)
class Key:
    """One key. ``id`` is a positive integer unique in the file; the newest key of a purpose has the highest id."""

    id: int
    purpose: str
    secret: bytes

    def __repr__(self) -> str:
        return f"Key(id={self.id}, purpose={self.purpose!r})"  # a key in a log or a traceback is a leak


def read(path: Path) -> tuple[Key, ...]:
    """The keys in the file, by id. Raises ``KeyringError``."""
    try:
        if path.stat().st_mode & 0o077:
            raise KeyringError(f"the key file {path} can be read by others: run chmod 600 on it")
        stored = json.loads(path.read_text(encoding="utf-8"))
        keys = [Key(int(item["id"]), str(item["purpose"]), b64decode(item["secret"])) for item in stored["keys"]]
    except FileNotFoundError:
        raise KeyringError(f"there is no key file at {path}: run `keguan setup`") from None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise KeyringError(f"the key file {path} cannot be read ({type(error).__name__}): restore it") from None
    return tuple(sorted(keys, key=lambda key: key.id))


def ensure(path: Path) -> tuple[Key, ...]:
    """Make the file if it is missing, add a key for every purpose that has none, and return all keys.

    Existing keys are never changed. Raises ``KeyringError`` when an existing file cannot be read.
    """
    keys = list(read(path)) if path.exists() else []
    missing = [purpose for purpose in PURPOSES if purpose not in {key.purpose for key in keys}]
    for purpose in missing:
        keys.append(_new(keys, purpose))
    if missing:
        _write(path, keys)
    return tuple(keys)


def rotate(path: Path, purpose: str) -> Key:
    """Add a newer key for ``purpose``; the older ones stay, for what they have sealed. Raises ``KeyringError``."""
    keys = list(read(path))
    key = _new(keys, purpose)
    _write(path, [*keys, key])
    return key


def _new(keys: list[Key], purpose: str) -> Key:
    return Key(max((key.id for key in keys), default=0) + 1, purpose, secrets.token_bytes(KEY_BYTES))


def _write(path: Path, keys: list[Key]) -> None:
    """Replace the file in one step, so that a crash leaves the old keys or the new ones, never half a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    stored = [{"id": key.id, "purpose": key.purpose, "secret": b64encode(key.secret).decode()} for key in keys]
    draft = path.with_name(f"{path.name}.{os.getpid()}.new")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
        json.dump({"keys": stored}, stream, indent=1)
        stream.flush()
        os.fsync(stream.fileno())
    draft.replace(path)
