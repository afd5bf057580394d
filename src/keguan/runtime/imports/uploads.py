"""Uploaded files and rejected rows at rest: encrypted under the key for uploads, never under the field keys."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.utils.translation import gettext as _

from keguan.runtime import keyring
from keguan.runtime.ledger.actions import Refused

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

_KEY_ID, _NONCE = 2, 12
_SUFFIX = ".sealed"


def store(data: bytes) -> str:
    """Write an upload, encrypted, and return the name by which to find it. It is on the disk when this returns."""
    name = secrets.token_hex(16)
    path = _path(name)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(seal(f"upload/{name}", data))
        stream.flush()
        os.fsync(stream.fileno())
    return name


def load(name: str) -> bytes:
    """The upload as it came. Raises ``Refused`` when it is gone or damaged."""
    try:
        return unseal(f"upload/{name}", _path(name).read_bytes())
    except (OSError, InvalidTag) as error:
        raise Refused("imports.file_gone", _("上传的文件已经不在了，或者已损坏。请重新上传同一个文件。")) from error


def destroy(name: str) -> None:
    """Delete an upload that has served; one that is gone already is fine."""
    if name:
        _path(name).unlink(missing_ok=True)


def sweep(known: Collection[str], before: datetime) -> int:
    """Delete uploads that no import knows (their process died before it could say so) and that were written before a
    moment; how many there were.
    """
    strays = [
        path
        for path in _folder().glob(f"*{_SUFFIX}")
        if path.name.removesuffix(_SUFFIX) not in known and path.stat().st_mtime < before.timestamp()
    ]
    for path in strays:
        path.unlink(missing_ok=True)
    return len(strays)


def seal(where: str, data: bytes) -> bytes:
    """Encrypt ``data``, bound to the place where it is kept: key id (2 bytes), nonce (12), ciphertext and tag."""
    key_id, key = keyring.key("uploads")
    nonce = os.urandom(_NONCE)
    return key_id.to_bytes(_KEY_ID, "big") + nonce + AESGCM(key).encrypt(nonce, data, where.encode())


def unseal(where: str, sealed: bytes) -> bytes:
    """What ``seal`` was given. Raises ``InvalidTag`` when it was damaged or moved from its place."""
    key = keyring.key_by_id(int.from_bytes(sealed[:_KEY_ID], "big"))
    nonce, body = sealed[_KEY_ID : _KEY_ID + _NONCE], sealed[_KEY_ID + _NONCE :]
    return AESGCM(key).decrypt(nonce, body, where.encode())


def _path(name: str) -> Path:
    return _folder() / f"{name}{_SUFFIX}"


def _folder() -> Path:
    return Path(settings.HOME) / "uploads"
