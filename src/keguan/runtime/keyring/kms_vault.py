"""The ring key wrapped by the transit engine of HashiCorp Vault or OpenBao, over HTTP."""

from __future__ import annotations

import os
from base64 import b64decode, b64encode
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from keguan.runtime.keyring.kms import KeyringError

VARIABLE = "KEGUAN_KMS_TOKEN_FILE"
_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class VaultKms:
    """``base`` is the engine's address (``https://host:8200/v1/transit``), ``key`` the key's name in it.

    The token is read from the file that ``KEGUAN_KMS_TOKEN_FILE`` names, each time: an agent may renew it there.
    """

    base: str
    key: str

    def wrap(self, secret: bytes) -> bytes:
        """Vault's ciphertext. Raises ``KeyringError``."""
        return str(self._ask("encrypt", {"plaintext": b64encode(secret).decode()})["ciphertext"]).encode()

    def unwrap(self, wrapped: bytes) -> bytes:
        """The secret. Raises ``KeyringError``."""
        return b64decode(self._ask("decrypt", {"ciphertext": wrapped.decode()})["plaintext"])

    def _ask(self, wish: str, body: dict[str, str]) -> dict[str, Any]:
        try:
            token = Path(os.environ[VARIABLE]).read_text(encoding="utf-8").strip()
            answer = httpx.post(
                f"{self.base}/{wish}/{self.key}", json=body, headers={"X-Vault-Token": token}, timeout=_SECONDS
            )
            data: dict[str, Any] = answer.raise_for_status().json()["data"]
        except (KeyError, OSError, ValueError, TypeError, httpx.HTTPError) as error:
            raise KeyringError(
                f"the key-management system at {self.base} did not {wish} ({type(error).__name__}): see that it runs, "
                f"that {VARIABLE} names a file with a valid token, and that the key {self.key!r} exists"
            ) from None
        return data


def made(address: str, keyring: Path) -> VaultKms:
    """The provider for ``vault:https://host:8200/v1/transit#name``. Raises ``KeyringError``."""
    del keyring
    base, _, key = address.partition("#")
    if not base.startswith(("https://", "http://127.0.0.1", "http://localhost")) or not key:
        raise KeyringError("name the engine over HTTPS and its key: vault:https://host:8200/v1/transit#keguan")
    return VaultKms(base.rstrip("/"), key)
