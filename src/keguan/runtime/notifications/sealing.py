"""Addresses of people and secrets of channels, as they are stored: sealed under the keys of sensitive fields."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from keguan.runtime.access import crypto
from keguan.runtime.access.sealed_columns import SealedColumn

if TYPE_CHECKING:
    from collections.abc import Mapping

_SECRETS = "notifications.channel.secrets"
_ADDRESS = "notifications.contact.{}"
_SHOWN_START, _SHOWN_END = 3, 2


def sealed_secrets(channel_id: int, secrets: Mapping[str, str]) -> bytes:
    """A channel's secrets, sealed. Raises ``KeyringError``."""
    return crypto.seal(_SECRETS, channel_id, json.dumps(dict(secrets), ensure_ascii=False))


def secrets_of(channel_id: int, sealed: bytes | memoryview[int] | None) -> dict[str, str]:
    """A channel's secrets. Raises ``Unsealable``."""
    if sealed is None:
        return {}
    found: dict[str, Any] = json.loads(crypto.open_sealed(_SECRETS, channel_id, bytes(sealed)))
    return {name: str(value) for name, value in found.items()}


def sealed_address(staff_id: int, address_kind: str, address: str) -> bytes:
    """Somebody's address, sealed. Raises ``KeyringError``."""
    return crypto.seal(_ADDRESS.format(address_kind), staff_id, address)


def address_of(staff_id: int, address_kind: str, sealed: bytes | memoryview[int]) -> str:
    """Somebody's address. Raises ``Unsealable``."""
    return crypto.open_sealed(_ADDRESS.format(address_kind), staff_id, bytes(sealed))


def masked(address: str) -> str:
    """An address as it is shown: enough to recognise one's own."""
    name, at, host = address.partition("@")
    if at:
        return f"{name[:1]}***@{host}"
    if len(address) <= _SHOWN_START + _SHOWN_END:
        return f"{address[:1]}***"
    return f"{address[:_SHOWN_START]}***{address[-_SHOWN_END:]}"


SEALED = (
    SealedColumn("notifications_channel", "secrets", lambda row_id, _reads: (_SECRETS, row_id)),
    SealedColumn(
        "notifications_contactpoint",
        "sealed",
        lambda _id, reads: (_ADDRESS.format(reads[0]), reads[1]),
        reads=("address_kind", "staff_id"),
    ),
)
"""Where they lie."""
