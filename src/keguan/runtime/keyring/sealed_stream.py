"""Large files at rest: encrypted in frames, so that they are written and read in bounded memory.

``KGS1 | key id (2) | nonce prefix (7)``, then frames of ``length (4) | AES-256-GCM ciphertext and tag``. The nonce of a
frame is the prefix, its number (4 bytes) and whether it is the last (1), after STREAM (Hoang, Reyhanitabar, Rogaway,
Vizár 2015): frames cannot be exchanged, left out or cut off unnoticed.
"""

from __future__ import annotations

import os
from contextlib import suppress
from typing import IO, TYPE_CHECKING, Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from keguan.runtime import keyring

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from types import TracebackType

MAGIC = b"KGS1"
FRAME = 1 << 20
OWN_KEY = 0
"""Stands for the key's id where the key is kept by whoever wrote the file; the keyring's ids begin at 1."""
_PREFIX, _LENGTH, _TAG = 7, 4, 16
HEADER, AROUND = len(MAGIC) + 2 + _PREFIX, _LENGTH + _TAG
"""Bytes before the first frame, and around what each frame holds."""


class Damaged(Exception):
    """A file that is not one of ours, was changed or cut off, or was sealed under a key that is missing."""


class SealedWriter:
    """Writes a sealed file at ``path``, readable by its owner alone. It is whole only after ``close``; on an error
    inside ``with`` what was begun is deleted. Raises ``FileExistsError``, ``OSError`` and ``KeyringError``.

    ``secret`` is a key of 32 bytes that the caller keeps, for this file alone; without it the keyring's for ``purpose``
    seals.
    """

    def __init__(self, path: Path, purpose: str, place: str, secret: bytes | None = None) -> None:
        key_id, used = keyring.key(purpose) if secret is None else (OWN_KEY, secret)
        self._path, self._cipher, self._place = path, AESGCM(used), place.encode()
        self._prefix = os.urandom(_PREFIX)
        self._frame, self._waiting = 0, bytearray()
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        self._stream = os.fdopen(descriptor, "wb")
        self._stream.write(MAGIC + key_id.to_bytes(2, "big") + self._prefix)

    def write(self, data: bytes) -> int:
        """Add bytes."""
        self._waiting += data
        while len(self._waiting) > FRAME:
            self._seal(bytes(self._waiting[:FRAME]), last=False)
            del self._waiting[:FRAME]
        return len(data)

    def flush(self) -> None:
        """For wrappers that call it; frames are written when they are full."""

    def close(self) -> None:
        """Write the last frame; the file is on the disk when this returns."""
        if self._stream.closed:
            return
        self._seal(bytes(self._waiting), last=True)
        self._stream.flush()
        os.fsync(self._stream.fileno())
        self._stream.close()

    def __enter__(self) -> Self:
        """The writer itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Finish, or leave nothing behind."""
        if error is None:
            self.close()
        else:
            self.abandon()

    def abandon(self) -> None:
        """Leave nothing behind of what was begun."""
        with suppress(OSError):  # what waits in the buffer cannot be written either
            self._stream.close()
        self._path.unlink(missing_ok=True)

    def _seal(self, data: bytes, *, last: bool) -> None:
        sealed = self._cipher.encrypt(nonce_of(self._prefix, self._frame, last=last), data, self._place)
        self._stream.write(len(sealed).to_bytes(_LENGTH, "big") + sealed)
        self._frame += 1


def sealed_frames(path: Path, place: str, secret: bytes | None = None) -> Iterator[bytes]:
    """What a sealed file holds, a frame at a time; ``secret`` as for the writer. Raises ``Damaged``, ``KeyringError``
    and ``OSError``.

    Each frame is genuine when it is given out; that the end is there is known only when the iterator is used up.
    """
    with path.open("rb") as stream:
        cipher, prefix = opened(stream, path, secret)
        number = 0
        sealed = _frame(stream, path)
        while sealed is not None:
            following = _frame(stream, path)
            try:
                yield cipher.decrypt(nonce_of(prefix, number, last=following is None), sealed, place.encode())
            except InvalidTag:
                raise Damaged(f"{path.name} was changed or cut off at frame {number}") from None
            sealed, number = following, number + 1
        if number == 0:
            raise Damaged(f"{path.name} was cut off")


def _frame(stream: IO[bytes], path: Path) -> bytes | None:
    length = stream.read(_LENGTH)
    if not length:
        return None
    size = int.from_bytes(length, "big")
    sealed = stream.read(size) if len(length) == _LENGTH and size <= FRAME + _TAG else b""
    if len(sealed) != size or size < _TAG:
        raise Damaged(f"{path.name} was cut off")
    return sealed


def opened(stream: IO[bytes], path: Path, secret: bytes | None) -> tuple[AESGCM, bytes]:
    """The cipher and the nonce prefix of a sealed file, read from its header. Raises ``Damaged``, ``KeyringError``."""
    header = stream.read(HEADER)
    if len(header) != HEADER or not header.startswith(MAGIC):
        raise Damaged(f"{path.name} is not a sealed file")
    key_id = int.from_bytes(header[len(MAGIC) : len(MAGIC) + 2], "big")
    if (key_id == OWN_KEY) != (secret is not None):
        raise Damaged(f"{path.name} was sealed under another key")
    return AESGCM(keyring.key_by_id(key_id) if secret is None else secret), header[len(MAGIC) + 2 :]


def nonce_of(prefix: bytes, number: int, *, last: bool) -> bytes:
    """The nonce of a frame."""
    return prefix + number.to_bytes(4, "big") + bytes((last,))
