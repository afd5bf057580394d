"""The embedded default: the key over the keys lies in a file of its own, which can live on another disk."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from keguan.runtime.keyring.kms import KeyringError
from keguan.runtime.keyring.sealing import Unopened, open_secret, seal_secret

VARIABLE = "KEGUAN_KEK_FILE"
_PLACE = b"keguan ring key"
_BYTES = 32


@dataclass(frozen=True, slots=True)
class FileKms:
    """Wraps under the 32 bytes that stand, in hexadecimal, in the file at ``path``; the first wrapping makes it."""

    path: Path

    def wrap(self, secret: bytes) -> bytes:
        """``secret`` sealed. Raises ``KeyringError``."""
        if not self.path.exists():
            self.path.parent.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w", encoding="ascii") as stream:
                stream.write(secrets.token_hex(_BYTES))
                stream.flush()
                os.fsync(stream.fileno())
        return seal_secret(self._key(), _PLACE, secret)

    def unwrap(self, wrapped: bytes) -> bytes:
        """The secret. Raises ``KeyringError``."""
        try:
            return open_secret(self._key(), _PLACE, wrapped)
        except Unopened:
            raise KeyringError(
                f"{self.path} is not the file that this key file was wrapped with: restore the one that belongs to it"
            ) from None

    def _key(self) -> bytes:
        try:
            if self.path.stat().st_mode & 0o077:
                raise KeyringError(f"{self.path} can be read by others: run chmod 600 on it")
            key = bytes.fromhex(self.path.read_text(encoding="ascii"))
        except FileNotFoundError:
            raise KeyringError(
                f"there is no {self.path}, the key over the keys: restore it, or say where it is in {VARIABLE}"
            ) from None
        except (OSError, ValueError) as error:
            raise KeyringError(f"{self.path} cannot be read ({type(error).__name__}): restore it") from None
        if len(key) != _BYTES:
            raise KeyringError(f"{self.path} does not hold a key of {_BYTES} bytes: restore it")
        return key


def made(address: str, keyring: Path) -> FileKms:
    """The provider; the file is ``KEGUAN_KEK_FILE``, else stands beside the key file."""
    del address
    named = os.environ.get(VARIABLE, "")
    return FileKms(Path(named) if named else keyring.with_suffix(".kek"))
