"""Keyed hashes of entries and blocks, and the Merkle tree between them."""

from __future__ import annotations

import hashlib
import hmac
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import orjson

if TYPE_CHECKING:
    from collections.abc import Sequence

COLUMNS = (
    "id",
    "at",
    "actor_id",
    "actor_name",
    "via",
    "action",
    "subject_type",
    "subject_id",
    "clause",
    "data",
    "key_id",
)
"""The columns of an entry that its digest covers, in order: all but the digest."""

BLOCK_COLUMNS = ("id", "first", "last", "count", "leaves", "root", "previous", "key_id", "sealed_at")
"""The columns of a block that its seal covers, in order: all but the seal."""

LEAF = 16
"""Bytes of one leaf in a block: 8 of the entry's id, 8 of its digest."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def microseconds(moment: datetime) -> int:
    """The moment as whole microseconds since 1970 UTC."""
    return (moment - _EPOCH) // timedelta(microseconds=1)


def moment(at: int) -> datetime:
    """The moment of so many microseconds since 1970 UTC."""
    return _EPOCH + timedelta(microseconds=at)


def entry_digest(key: bytes, row: Sequence[object]) -> str:
    """HMAC-SHA256, in hex, over the canonical JSON of ``COLUMNS`` as they are stored.

    Raises ``TypeError`` for a value that no entry can hold (damaged text, a blob).
    """
    return hmac.digest(key, orjson.dumps(row), "sha256").hex()


def raw(digest: object) -> bytes:
    """The 32 bytes of a hex digest; of anything else a SHA-256, so that sealing never stops at a damaged entry."""
    try:
        found = bytes.fromhex(digest) if isinstance(digest, str) else b""
    except ValueError:
        found = b""
    return found if len(found) == 32 else hashlib.sha256(repr(digest).encode()).digest()


def leaf(entry_id: int, digest: str) -> bytes:
    """What a block keeps of one entry."""
    return entry_id.to_bytes(8, "big", signed=True) + raw(digest)[:8]


def leaves_of(data: bytes) -> dict[int, bytes]:
    """Entry id → the first 8 bytes of its digest, from a block's leaves."""
    return {
        int.from_bytes(data[at : at + 8], "big", signed=True): data[at + 8 : at + LEAF]
        for at in range(0, len(data), LEAF)
    }


def merkle_root(entries: Sequence[tuple[int, str]]) -> str:
    """The root, in hex, over (id, digest) pairs; leaves and nodes are hashed apart, an odd node rises unchanged."""
    sha = hashlib.sha256
    level = [sha(b"\0" + i.to_bytes(8, "big", signed=True) + raw(d)).digest() for i, d in entries]
    while len(level) > 1:
        pairs = [sha(b"\1" + level[at] + level[at + 1]).digest() for at in range(0, len(level) - 1, 2)]
        level = pairs + level[len(pairs) * 2 :]
    return level[0].hex()


def block_seal(key: bytes, row: Sequence[object]) -> str:
    """HMAC-SHA256, in hex, over ``BLOCK_COLUMNS``; the leaves enter as their SHA-256.

    Raises ``TypeError`` for a value that no block can hold.
    """
    values = [hashlib.sha256(value).hexdigest() if isinstance(value, bytes) else value for value in row]
    return hmac.digest(key, b"block" + orjson.dumps(values), "sha256").hex()
