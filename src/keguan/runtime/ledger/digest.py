"""Keyed hashes of entries and blocks, and the Merkle tree between them."""

from __future__ import annotations

import hashlib
import hmac
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import orjson

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

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
    "before",
)
"""The columns of an entry that its digest covers, in order: all but the digest."""

FIRST_COLUMNS = 11
"""Entries written before there were lanes have no ``before``, and digests over the columns until then."""

BLOCK_COLUMNS = (
    "id",
    "first",
    "last",
    "count",
    "leaves",
    "root",
    "previous",
    "key_id",
    "sealed_at",
    "total",
    "content",
    "chain",
)
"""The columns of a block that its seal covers, in order: all but the seal."""

FIRST_BLOCK_COLUMNS = 9
"""Blocks sealed before there were anchors have neither a total nor a chain, and seals over the columns until then."""

LEAF = 16
"""Bytes of one leaf in a block: 8 of the entry's id, 8 of its digest."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def microseconds(moment: datetime) -> int:
    """The moment as whole microseconds since 1970 UTC."""
    return (moment - _EPOCH) // timedelta(microseconds=1)


def moment(at: int) -> datetime:
    """The moment of so many microseconds since 1970 UTC."""
    return _EPOCH + timedelta(microseconds=at)


def canonical(row: Sequence[object]) -> bytes:
    """An entry's columns, as they are stored, as compact JSON in UTF-8.

    Raises ``TypeError`` for a value that no entry can hold (damaged text, a blob).
    """
    columns = row[: len(COLUMNS)]
    return orjson.dumps(columns if columns[-1] is not None else columns[:FIRST_COLUMNS])


def entry_digest(key: bytes, row: Sequence[object]) -> str:
    """HMAC-SHA256, in hex, over an entry's canonical form. Raises ``TypeError``."""
    return hmac.digest(key, canonical(row), "sha256").hex()


def content_of(rows: Sequence[Sequence[object]]) -> str:
    """SHA-256, in hex, over whole entries with their digests, all at once. Raises ``TypeError``."""
    return hashlib.sha256(orjson.dumps(rows)).hexdigest()


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


def first_leaf(row: Sequence[object]) -> bytes:
    """The bottom of a tree as it was before entries could be proved to outsiders: id and digest."""
    return hashlib.sha256(b"\0" + int(str(row[0])).to_bytes(8, "big", signed=True) + raw(row[-1])).digest()


def open_leaf(row: Sequence[object]) -> bytes:
    """The bottom of a tree: the digest, which nobody can guess, and the canonical form, which anybody can make.

    Who holds an entry can check it without a key; who sees the leaf of another one learns nothing from it.
    """
    try:
        content = canonical(row)
    except TypeError:
        content = repr(row).encode(errors="surrogateescape")
    return hashlib.sha256(b"\2" + raw(row[-1]) + content).digest()


def merkle_levels(leaves: Iterable[bytes]) -> list[list[bytes]]:
    """All levels of the tree, bottom first; leaves and nodes are hashed apart, an odd node rises unchanged."""
    sha = hashlib.sha256
    levels = [list(leaves)]
    while len(levels[-1]) > 1:
        level = levels[-1]
        pairs = [sha(b"\1" + level[at] + level[at + 1]).digest() for at in range(0, len(level) - 1, 2)]
        levels.append(pairs + level[len(pairs) * 2 :])
    return levels


def merkle_path(levels: Sequence[Sequence[bytes]], place: int) -> list[str]:
    """From a leaf up to the root: ``L`` or ``R``, the side of the neighbour, and the neighbour in hex."""
    path = []
    for level in levels[:-1]:
        neighbour = place ^ 1
        if neighbour < len(level):
            path.append(("L" if neighbour < place else "R") + level[neighbour].hex())
        place //= 2
    return path


def block_link(chain: str, header: Sequence[object]) -> str:
    """The chain of blocks that anybody can follow: SHA-256, in hex, over the chain so far and a block's header.

    The header is the id, first, last, count, total, root and time of the block, as compact JSON.
    """
    return linked(chain, hashlib.sha256(orjson.dumps(header)).hexdigest())


def linked(chain: str, header_hash: str) -> str:
    """The chain after one more block, of which only the hash of its header is known."""
    return hashlib.sha256(f"{chain}{header_hash}".encode()).hexdigest()


def block_seal(key: bytes, row: Sequence[object]) -> str:
    """HMAC-SHA256, in hex, over ``BLOCK_COLUMNS``; the leaves enter as their SHA-256.

    Raises ``TypeError`` for a value that no block can hold.
    """
    columns = row[: len(BLOCK_COLUMNS)] if row[FIRST_BLOCK_COLUMNS] is not None else row[:FIRST_BLOCK_COLUMNS]
    values = [hashlib.sha256(value).hexdigest() if isinstance(value, bytes) else value for value in columns]
    return hmac.digest(key, b"block" + orjson.dumps(values), "sha256").hex()
