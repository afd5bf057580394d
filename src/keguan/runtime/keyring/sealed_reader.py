"""A sealed file read at any place, a frame in memory at a time: for those who must look around in it."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidTag

from keguan.runtime.keyring import sealed_stream
from keguan.runtime.keyring.sealed_stream import AROUND, HEADER, Damaged, nonce_of, opened

if TYPE_CHECKING:
    from pathlib import Path

    from _typeshed import WriteableBuffer


class SealedReader(io.RawIOBase):
    """The clear text of a sealed file as a readable, seekable stream. ``size`` is its length in bytes.

    Each frame is genuine when it is read, and the last is known to be the last. Raises ``Damaged``, ``KeyringError``
    and ``OSError``.
    """

    def __init__(self, path: Path, place: str, secret: bytes | None = None) -> None:
        super().__init__()
        self._stream = path.open("rb")
        try:
            self._cipher, self._prefix = opened(self._stream, path, secret)
        except BaseException:
            self._stream.close()
            raise
        self._name, self._place, self._length = path.name, place.encode(), sealed_stream.FRAME
        body = path.stat().st_size - HEADER
        self._frames = -(-body // (self._length + AROUND))
        self.size = max(body - self._frames * AROUND, 0)
        self._at, self._held, self._frame = 0, -1, b""

    def readable(self) -> bool:
        """Yes."""
        return True

    def seekable(self) -> bool:
        """Yes."""
        return True

    def tell(self) -> int:
        """Where the next byte is read."""
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to a place. Raises ``ValueError`` for one before the beginning."""
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self.size}[whence]
        if base + offset < 0:
            raise ValueError(offset)
        self._at = base + offset
        return self._at

    def readinto(self, buffer: WriteableBuffer) -> int:
        """Fill the buffer as far as the frame goes at which reading stands."""
        room = memoryview(buffer).cast("B")
        if self._at >= self.size or not len(room):
            return 0
        number, inside = divmod(self._at, self._length)
        part = self._opened(number)[inside : inside + len(room)]
        room[: len(part)] = part
        self._at += len(part)
        return len(part)

    def close(self) -> None:
        """Close the file."""
        if not self.closed:
            self._stream.close()
            self._frame = b""
        super().close()

    def _opened(self, number: int) -> bytes:
        if number != self._held:
            self._stream.seek(HEADER + number * (self._length + AROUND))
            last = number == self._frames - 1
            length = int.from_bytes(self._stream.read(4), "big")
            sealed = self._stream.read(length) if length <= self._length + AROUND else b""
            try:
                self._frame = self._cipher.decrypt(nonce_of(self._prefix, number, last=last), sealed, self._place)
            except (InvalidTag, ValueError):
                raise Damaged(f"{self._name} was changed or cut off at frame {number}") from None
            self._held = number
        return self._frame
