"""Who holds the key over the keys (envelope encryption).

The key file holds no key in clear: each is sealed under the *ring key*, and the ring key is wrapped by a key-management
system, which is asked once when a process starts. Which one is written in the key file, as ``provider`` or
``provider:address``:

``file``               the embedded default: a second file, ``KEGUAN_KEK_FILE`` or beside the key file, owner only
``command:/path/to``   a program that gets ``wrap`` or ``unwrap`` as its argument and base64 on its standard input
``vault:https://…``    the transit engine of Vault or OpenBao: ``https://host:8200/v1/transit`` and ``#name`` of the key
``name:…``             whatever an installed package offers under the entry point ``keguan.kms``
"""

from __future__ import annotations

from importlib import import_module
from importlib.metadata import entry_points
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ENTRY_POINTS = "keguan.kms"


class KeyringError(Exception):
    """The key file is missing, unreadable, open to others, or lacks a key. The message says what to do."""


class Kms(Protocol):
    """A key-management system: what it wraps only it can unwrap. Both raise ``KeyringError``."""

    def wrap(self, secret: bytes) -> bytes:
        """``secret`` (32 bytes) as it may be kept in a file."""

    def unwrap(self, wrapped: bytes) -> bytes:
        """What ``wrap`` was given."""


_OURS = {"file": "kms_file", "command": "kms_command", "vault": "kms_vault"}


def kms(named: str, keyring: Path) -> Kms:
    """The key-management system that is ``named``, for the key file at ``keyring``. Raises ``KeyringError``."""
    provider, _, address = named.partition(":")
    made: Callable[[str, Path], Kms]
    if provider in _OURS:
        made = import_module(f"keguan.runtime.keyring.{_OURS[provider]}").made
        return made(address, keyring)
    found = next(iter(entry_points(group=ENTRY_POINTS, name=provider)), None)
    if found is None:
        known = ", ".join(sorted({*_OURS, *(each.name for each in entry_points(group=ENTRY_POINTS))}))
        raise KeyringError(
            f"the keys are held by {provider!r}, which is not known here ({known}): install the package that brings it"
        )
    made = found.load()
    return made(address, keyring)
