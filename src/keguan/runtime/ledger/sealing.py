"""Sealing: entries are bound in blocks of up to 1,000, and every block to the one before it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import OperationalError, connection, transaction
from django.db.models import Sum

from keguan.runtime import clock, keyring
from keguan.runtime.ledger import head, journal, reading, receipts
from keguan.runtime.ledger.digest import (
    block_link,
    block_seal,
    content_of,
    entry_digest,
    leaf,
    merkle_levels,
    microseconds,
    open_leaf,
)
from keguan.runtime.ledger.lanes import APPENDING
from keguan.runtime.ledger.models import Block

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
    _note(until)
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
        before = Block.objects.order_by("-id").first()
        last = reading.BEFORE_ALL if before is None else before.last
        rows = [row for row in next(reading.entries(last, BLOCK_SIZE), []) if row[0] <= until]
        if rows:
            _block(before, rows).save(force_insert=True)
    return len(rows)


def _note(until: int) -> None:
    """Note the newest block outside the database, once it is there for good. A run that was killed before is made up
    for by the next.
    """

    def note() -> None:
        newest = Block.objects.order_by("-id").first()
        known = head.noted()
        if newest is not None and (known is None or known.block_id < newest.id):
            head.note(receipts.signed(newest))
        journal.drop_sealed(until)

    transaction.on_commit(note)


def _block(before: Block | None, rows: list[Row]) -> Block:
    key_id, key = keyring.key("ledger")
    marks = [(row[0], row[-1]) for row in rows]
    block = Block(
        id=before.id + 1 if before else 1,
        first=marks[0][0],
        last=marks[-1][0],
        count=len(marks),
        leaves=b"".join(leaf(*mark) for mark in marks),
        root=merkle_levels(open_leaf(row) for row in rows)[-1][0].hex(),
        previous=before.seal if before else "",
        key_id=key_id,
        sealed_at=microseconds(clock.now()),
        total=len(marks) + _total(before),
        content=content_of(rows) if _as_written(rows) else "",
    )
    block.chain = block_link(chain_after(before), header(block))
    block.seal = block_seal(key, sealed_columns(block))
    return block


def _as_written(rows: list[Row]) -> bool:
    """Whether no entry was changed before it came to be sealed: a block must not vouch for one that was."""
    keys: dict[int, bytes] = {}
    try:
        for row in rows:
            if row[10] not in keys:
                keys[row[10]] = keyring.key_by_id(row[10])
            if entry_digest(keys[row[10]], row) != row[-1]:
                return False
    except (keyring.KeyringError, TypeError):
        return False
    return True


def _total(before: Block | None) -> int:
    if before is None:
        return 0
    return before.total if before.total is not None else Block.objects.aggregate(count=Sum("count"))["count"]


def chain_after(before: Block | None) -> str:
    """Where the public chain goes on: from the block before, or from its seal when that block is older than chains."""
    return "" if before is None else before.chain or before.seal


def header(block: Block) -> tuple[object, ...]:
    """What the public chain says of a block."""
    return (block.id, block.first, block.last, block.count, block.total, block.root, block.sealed_at)


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
        block.total,
        block.content,
        block.chain,
    )
