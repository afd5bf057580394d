"""A program of the company's own wraps the ring key: a cloud's command line, an HSM's tool, a script."""

from __future__ import annotations

import subprocess
from base64 import b64decode, b64encode
from dataclasses import dataclass
from typing import TYPE_CHECKING

from keguan.runtime.keyring.kms import KeyringError

if TYPE_CHECKING:
    from pathlib import Path

_SECONDS = 30


@dataclass(frozen=True, slots=True)
class CommandKms:
    """Runs ``program wrap`` and ``program unwrap`` with base64 on standard input, and reads base64 from its output.

    No shell is involved, and the secret is never an argument: other users of the machine see those.
    """

    program: str

    def wrap(self, secret: bytes) -> bytes:
        """What the program makes of the secret. Raises ``KeyringError``."""
        return self._run("wrap", secret)

    def unwrap(self, wrapped: bytes) -> bytes:
        """The secret again. Raises ``KeyringError``."""
        return self._run("unwrap", wrapped)

    def _run(self, wish: str, given: bytes) -> bytes:
        try:
            ran = subprocess.run(  # noqa: S603 - the program stands in the key file, which its owner alone can write
                [self.program, wish], input=b64encode(given), capture_output=True, timeout=_SECONDS, check=True
            )
            return b64decode(ran.stdout, validate=False)
        except (OSError, subprocess.SubprocessError, ValueError) as error:
            raise KeyringError(
                f"{self.program} {wish} failed ({type(error).__name__}): see that it runs and answers in base64"
            ) from None


def made(address: str, keyring: Path) -> CommandKms:
    """The provider for ``command:/path``. Raises ``KeyringError`` when no program is named."""
    del keyring
    if not address:
        raise KeyringError("name the program that wraps the keys: command:/path/to/program")
    return CommandKms(address)
