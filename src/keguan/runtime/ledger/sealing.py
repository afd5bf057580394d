"""Sealing: entries are bound in blocks of up to 1,000, and every block to the one before it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import OperationalError, connection, transaction

from keguan.runtime import clock, keyring
from keguan.runtime.ledger import head, reading
from keguan.runtime.ledger.digest import block_seal, leaf, merkle_root, microseconds
from keguan.runtime.ledger.models import Block
from keguan.runtime.ledger.numbers import APPENDING

if TYPE_CHECKING:
    from keguan.runtime.ledger.reading import Row

BLOCK_SIZE = 1_000
_SEALING = 5_731_204_002
_PATIENCE_MS = 2_000


@dataclass(frozen=True, slots=True)
class Sealed:
    """What one run sealed. ``busy``: a long change was under way, so that nothing could be sealed this time."""

    entries: int = 0
    blocks: int = 0
    busy: bool = False


def seal() -> Sealed:
    """Seal every entry that is not in a block yet, one transaction a block. Killed at any line, it may be run again."""
    until = _horizon()
    if until is None:
        return Sealed(busy=True)
    entries = blocks = 0
    while count := _seal_one(until):
        entries += count
        blocks += 1
    return Sealed(entries, blocks)


def _horizon() -> int | None:
    """The id up to which every entry is committed or gone for good; None when writers did not pause in time."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute(f"SET LOCAL lock_timeout = {_PATIENCE_MS}")
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [APPENDING])
                cursor.execute("SET LOCAL lock_timeout = 0")
            cursor.execute("SELECT COALESCE(MAX(id), 0) FROM ledger_entry")
            found: int = cursor.fetchone()[0]
    except OperationalError:
        return None
    return found


def _seal_one(until: int) -> int:
    """Seal the next block and return how many entries it holds; 0 when all up to ``until`` are sealed."""
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_SEALING])
        before = Block.objects.order_by("-id").values_list("id", "last", "seal").first()
        number, last, previous = before or (0, reading.BEFORE_ALL, "")
        rows = [row for row in next(reading.entries(last, BLOCK_SIZE), []) if row[0] <= until]
        if rows:
            block = _block(number + 1, previous, rows)
            block.save(force_insert=True)
            transaction.on_commit(lambda: head.note(block.id, block.seal))
    return len(rows)


def _block(number: int, previous: str, rows: list[Row]) -> Block:
    key_id, key = keyring.key("ledger")
    marks = [(row[0], row[-1]) for row in rows]
    block = Block(
        id=number,
        first=marks[0][0],
        last=marks[-1][0],
        count=len(marks),
        leaves=b"".join(leaf(*mark) for mark in marks),
        root=merkle_root(marks),
        previous=previous,
        key_id=key_id,
        sealed_at=microseconds(clock.now()),
    )
    block.seal = block_seal(key, sealed_columns(block))
    return block


def sealed_columns(block: Block) -> tuple[object, ...]:
    """The values of ``BLOCK_COLUMNS`` in order."""
    return (
        block.id,
        block.first,
        block.last,
        block.count,
        bytes(block.leaves),
        block.root,
        block.previous,
        block.key_id,
        block.sealed_at,
    )
