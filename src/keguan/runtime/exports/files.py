"""Exported files at rest: encrypted piece by piece under the key for exports while they are written, never in clear.

A file is the key's id (2 bytes) and pieces of up to 1 MiB, each with its length (4 bytes), nonce (12), ciphertext and
tag. A piece is bound to the file's name, to its place and to whether it is the last, so that none can be
exchanged, left out or cut off unnoticed.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from keguan.runtime import keyring
from keguan.runtime.ledger.actions import Refused

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from datetime import datetime
    from types import TracebackType

PURPOSE = "exports"
_PIECE = 1024 * 1024
_KEY_ID, _LENGTH, _NONCE, _TAG = 2, 4, 12, 16
_SUFFIX = ".sealed"


class SealedFile:
    """A file being written: takes bytes as any writer gives them. It is whole only after a normal end of the block; a
    file that was begun before under the same name is written over.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._buffer = bytearray()
        self._index = 0
        self._digest = hashlib.sha256()
        self.size = 0
        key_id, key = keyring.key(PURPOSE)
        self._cipher = AESGCM(key)
        path = _path(name)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        self._stream = os.fdopen(descriptor, "wb")
        self._stream.write(key_id.to_bytes(_KEY_ID, "big"))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if kind is None:
            self._seal(bytes(self._buffer), last=True)
            self._stream.flush()
            os.fsync(self._stream.fileno())
        self._stream.close()
        if kind is not None:
            destroy(self._name)

    @property
    def digest(self) -> str:
        """The SHA-256 of what was written so far, in hexadecimal."""
        return self._digest.hexdigest()

    def write(self, data: bytes) -> int:
        """Take some bytes."""
        self._buffer += data
        self._digest.update(data)
        self.size += len(data)
        while len(self._buffer) > _PIECE:
            self._seal(bytes(self._buffer[:_PIECE]), last=False)
            del self._buffer[:_PIECE]
        return len(data)

    def flush(self) -> None:
        """Pieces are written when they are full."""

    def _seal(self, piece: bytes, *, last: bool) -> None:
        nonce = os.urandom(_NONCE)
        sealed = nonce + self._cipher.encrypt(nonce, piece, _bound(self._name, self._index, last=last))
        self._stream.write(len(sealed).to_bytes(_LENGTH, "big") + sealed)
        self._index += 1


def read(name: str) -> Iterator[bytes]:
    """The file in clear, piece by piece. Raises ``Refused`` (``exports.file_gone``) when it is gone or damaged: before
    the first piece where that can be known, else in the middle.
    """
    try:
        with _path(name).open("rb") as stream:
            cipher = AESGCM(keyring.key_by_id(int.from_bytes(stream.read(_KEY_ID), "big")))
            index, following = 0, _next(stream)
            while following or index == 0:
                sealed, following = following, _next(stream)
                bound = _bound(name, index, last=not following)
                yield cipher.decrypt(sealed[:_NONCE], sealed[_NONCE:], bound)
                index += 1
    except (OSError, InvalidTag, ValueError, keyring.KeyringError) as error:
        raise Refused("exports.file_gone", _("导出的文件已经不在了，或者已损坏。请重新导出。")) from error


def destroy(name: str) -> None:
    """Delete a file that has served; one that is gone already is fine."""
    if name:
        _path(name).unlink(missing_ok=True)


def sweep(known: Collection[str], before: datetime) -> int:
    """Delete files that no export knows (their process died) and that were written before a moment; how many."""
    strays = [
        path
        for path in _folder().glob(f"*{_SUFFIX}")
        if path.name.removesuffix(_SUFFIX) not in known and path.stat().st_mtime < before.timestamp()
    ]
    for path in strays:
        path.unlink(missing_ok=True)
    return len(strays)


def _next(stream: BinaryIO) -> bytes:
    """The next sealed piece; empty at the end. Raises ``ValueError`` for one that is cut off."""
    head = stream.read(_LENGTH)
    length = int.from_bytes(head, "big")
    sealed = stream.read(length) if len(head) == _LENGTH and length <= _PIECE + _NONCE + _TAG else b""
    if head and len(sealed) < max(length, _NONCE + _TAG):
        raise ValueError("cut off")
    return sealed


def _bound(name: str, index: int, *, last: bool) -> bytes:
    return f"export/{name}/{index}/{'last' if last else 'more'}".encode()


def _path(name: str) -> Path:
    if not name.isalnum():
        raise ValueError(name)
    return _folder() / f"{name}{_SUFFIX}"


def _folder() -> Path:
    return Path(settings.HOME) / "exports"
