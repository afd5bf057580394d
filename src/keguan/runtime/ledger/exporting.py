"""Entries with their proofs, for somebody who has neither the database nor a secret (``export_check.py``)."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import orjson
from django.utils.translation import gettext_lazy as _

from keguan.runtime import clock
from keguan.runtime.ledger import queries, reading, receipts
from keguan.runtime.ledger.digest import merkle_levels, merkle_path, open_leaf
from keguan.runtime.ledger.export_check import FORMAT, HEADER
from keguan.runtime.ledger.models import Block
from keguan.runtime.ledger.refusal import Refused
from keguan.runtime.ledger.sealing import chain_after, header

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from keguan.runtime.ledger.finding import EntryFilters
    from keguan.runtime.ledger.queries import EntryCard
    from keguan.runtime.ledger.reading import Row

MOST, MOST_BLOCKS = 5_000, 1_000
"""Entries in one export, and blocks they may lie in: a thousand entries are read for each block."""

_BEFORE = 11
_DATA = 9


@dataclass(frozen=True, slots=True)
class Export:
    """The entries, newest first, as auditors read them; the same with their proofs as lines of JSON; and the receipt of
    the block in which the proofs end.
    """

    cards: tuple[EntryCard, ...]
    proofs: str
    receipt: receipts.Receipt
    public_key: str


def gathered(filters: EntryFilters, asked: Mapping[str, str]) -> Export:
    """The entries that a search finds, with proofs. Raises ``Refused`` for none, or more than one file can hold."""
    cards = tuple(_cards(filters))
    newest = Block.objects.order_by("-id").first()
    if not cards or newest is None:
        raise Refused("ledger.export_nothing", _("没有可以导出的记录：条件下没有，或者还没有封存。"))
    receipt = receipts.signed(newest)
    if not receipt.signature:
        raise Refused("ledger.export_unsigned", _("密钥文件里没有锚定用的密钥，请系统管理员运行 keguan setup。"))
    blocks = _blocks_of([card.id for card in cards])
    lines = [line for block in blocks for line in _proved(block, {card.id for card in cards})]
    there = {line["row"][0] for line in lines}
    loose = [_loose(row) for card in cards if card.id not in there for row in reading.entries_within(card.id, card.id)]
    first = {
        "format": FORMAT,
        "made_at": clock.now().isoformat(),
        "asked": dict(asked),
        "entries": len(lines) + len(loose),
        "receipt": asdict(receipt),
        **_chain({block.id for block in blocks}, newest.id),
    }
    proofs = "".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in (first, *lines, *loose))
    return Export(cards, proofs, receipt, receipts.public_pem())


def _cards(filters: EntryFilters) -> Iterator[EntryCard]:
    after, count = None, 0
    while True:
        page = queries.entries_page(after, filters, 1_000)
        count += len(page.entries)
        if count > MOST:
            message = _("一次最多导出 %(count)s 条，请把时间或条件收窄。")
            raise Refused("ledger.export_many", message % {"count": f"{MOST:,}"})
        yield from page.entries
        if page.next is None:
            return
        after = page.next


def _blocks_of(ids: Sequence[int]) -> list[Block]:
    """The blocks in which these entries lie, as far as they are sealed and prove something to outsiders."""
    found: dict[int, Block] = {}
    below: int | None = None
    for entry_id in sorted(ids, reverse=True):
        if below is not None and entry_id >= below:
            continue
        block = Block.objects.filter(last__gte=entry_id).order_by("last").first()
        if block is None:
            continue
        below = block.first
        if block.chain is not None:
            found[block.id] = block
        if len(found) > MOST_BLOCKS:
            raise Refused("ledger.export_scattered", _("这些记录散在太长的时间里，一个文件装不下，请把时间收窄。"))
    return [found[block_id] for block_id in sorted(found)]


def _proved(block: Block, wanted: set[int]) -> Iterator[dict[str, Any]]:
    rows = reading.entries_within(block.first, block.last)
    levels = merkle_levels(open_leaf(row) for row in rows)
    for place, row in enumerate(rows):
        if row[0] in wanted and row[_BEFORE] is not None:
            yield {"row": row[:-1], "digest": row[-1], "block": block.id, "path": merkle_path(levels, place)}


def _loose(row: Row) -> dict[str, Any]:
    """Not proved. One from before values were sealed goes out without its data, which may hold some."""
    columns = list(row[:-1])
    if row[_BEFORE] is None:
        columns[_DATA] = "{}"
    return {"row": columns, "digest": row[-1], "block": None, "path": []}


def _chain(whole: set[int], until: int) -> dict[str, Any]:
    """The blocks from the first that is needed on: those that hold entries in full, of the others the hash."""
    if not whole:
        return {"chain": "", "blocks": []}
    first = min(whole)
    links = []
    for block in Block.objects.filter(pk__gte=first, pk__lte=until).order_by("id").defer("leaves").iterator(1_000):
        told = header(block)
        if block.id in whole:
            links.append(dict(zip(HEADER, told, strict=True)))
        else:
            links.append({"id": block.id, "hash": hashlib.sha256(orjson.dumps(told)).hexdigest()})
    return {"chain": chain_after(Block.objects.filter(pk=first - 1).first()), "blocks": links}
