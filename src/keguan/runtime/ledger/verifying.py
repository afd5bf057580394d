"""Proving the ledger: every entry against its digest, every block against its entries and against its neighbour."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field
from operator import itemgetter
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from keguan.runtime import keyring
from keguan.runtime.ledger import checkpoint, ending, reading
from keguan.runtime.ledger.digest import (
    LEAF,
    block_seal,
    content_of,
    entry_digest,
    first_leaf,
    leaves_of,
    merkle_levels,
    raw,
)
from keguan.runtime.ledger.faults import FAULTS_KEPT, Fault, Faults
from keguan.runtime.ledger.following import Following

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from keguan.runtime.ledger.checkpoint import Checkpoint
    from keguan.runtime.ledger.reading import Row
    from keguan.runtime.ledger.receipts import Receipt

__all__ = ["FAULTS_KEPT", "Fault", "Report", "verify"]

_id = itemgetter(0)
Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Report:
    """What was proved. ``unsealed`` entries are proved one by one and counted, but not yet in a block;
    ``omitted`` faults were found beyond the first 1,000; ``since``: blocks up to this one were proved another time.
    """

    entries: int
    blocks: int
    unsealed: int
    faults: tuple[Fault, ...]
    omitted: int = 0
    since: int = 0

    @property
    def sound(self) -> bool:
        """Whether nothing was found."""
        return not self.faults

    @property
    def first(self) -> Fault | None:
        """The first thing, in the ledger's order, that is not as it was written."""
        return self.faults[0] if self.faults else None


def verify(
    progress: Progress = lambda _count: None, anchors: Iterable[Receipt] = (), *, onwards: bool = False
) -> Report:
    """Read the ledger once, in order, and report. ``progress`` is told the number of entries read so far; what it
    raises ends the proof.

    ``anchors`` are receipts that must fit. ``onwards`` begins after the block up to which the last sound proof on this
    machine came, if that block still is what it was. Memory stays small however long the ledger is. Raises
    ``KeyringError`` when there is no key file.
    """
    keyring.key("ledger")
    known = checkpoint.kept() if onwards else None
    return _Verification(progress, tuple(anchors), known).run()


@dataclass
class _Verification:
    progress: Progress
    anchors: tuple[Receipt, ...]
    known: Checkpoint | None
    read: int = 0
    blocks: int = 0
    unsealed: int = 0
    faults: Faults = field(default_factory=Faults)
    keys: dict[object, bytes | None] = field(default_factory=dict)
    seals: dict[int, str] = field(default_factory=dict)  # the last block only
    doubtful: bool = False  # a block before this place cannot be trusted, so its entries belong to nobody
    pending: list[Row] = field(default_factory=list)
    stretches: Iterator[list[Row]] = field(default_factory=lambda: iter(()))

    def __post_init__(self) -> None:
        self.lanes = Following(self.faults)

    def run(self) -> Report:
        reached = self._begin()
        for rows in reading.blocks(*((self.known.block,) if self.known else ())):
            for row in rows:
                self._block(row, reached.seal)
                reached = checkpoint.Checkpoint(row[0], row[2], row[-1], frozenset(self.lanes.ends), self.lanes.met)
        while rows := self.pending or next(self.stretches, []):
            self.pending = []
            self._loose(rows, orphaned=False)
        self.lanes.finish()
        ending.check(self.seals, self.anchors, self.faults)
        if not self.faults.count:
            checkpoint.keep(reached)
        since = self.known.block if self.known else 0
        return Report(self.read, self.blocks, self.unsealed, self.faults.in_order(), self.faults.omitted, since)

    def _begin(self) -> Checkpoint:
        known = self.known or checkpoint.Checkpoint(0, reading.BEFORE_ALL, "", frozenset())
        if known.block:
            self.seals = {known.block: known.seal}
        self.lanes.ends |= known.ends
        self.lanes.met = known.met
        self.lanes.begin()
        self.stretches = reading.entries(known.last)
        return known

    def _block(self, row: Row, previous: str) -> None:
        block_id, first, last, before = row[0], row[1], row[2], row[6]
        self.blocks += 1
        self.seals = {block_id: row[-1]}
        if not self._sealed(row):
            near = first if isinstance(first, int) else 0
            self.faults.other(block_id, _("封存块 %(id)s 被改动过。") % {"id": block_id}, near)
            self.doubtful = True
            return
        if before != previous:
            sentence = _("封存块 %(id)s 与前一块不相接：前面的块被删除或改动过。")
            self.faults.other(block_id, sentence % {"id": block_id}, first)
            self.doubtful = True
        found = self._until(last)
        if self._as_sealed(row, found):
            self.lanes.pass_by(found)
            self._tell(found)
        else:
            cut = bisect_left(found, first, key=_id)
            self._loose(found[:cut], orphaned=not self.doubtful)
            self._one_by_one(row, found[cut:])
        self.doubtful = False

    def _as_sealed(self, row: Row, found: list[Row]) -> bool:
        """Whether these are, at a glance, exactly the entries of a block for which it vouches as a whole."""
        try:
            return bool(row[10]) and content_of(found) == row[10]
        except TypeError:
            return False

    def _one_by_one(self, block: Row, found: list[Row]) -> None:
        block_id, leaves, root = block[0], leaves_of(bytes(block[4])), block[5]
        known = self.faults.count
        damaged = self._digests(found)
        for row in found:
            if row[0] in damaged:
                continue
            mark = leaves.get(row[0])
            if mark is None:
                self.faults.entry(row[0], block_id, _("记录 %(id)s 是封存之后塞进去的。"))
            elif mark != raw(row[-1])[:8]:
                self.faults.entry(row[0], block_id, _("记录 %(id)s 与封存时不一致。"))
        lost = leaves.keys() - {row[0] for row in found}
        self.lanes.lost |= lost
        for missing in lost:
            self.faults.entry(missing, block_id, _("记录 %(id)s 被删除或改了编号。"))
        if self.faults.count == known and not self._whole(block, root, found):
            self.faults.other(block_id, _("封存块 %(id)s 的校验根不符。") % {"id": block_id}, block[1])

    def _whole(self, block: Row, root: str, found: list[Row]) -> bool:
        """A block that vouches for its entries has failed by now; one from before there were such blocks has a root."""
        return not block[10] and (
            block[9] is not None or merkle_levels(first_leaf(row) for row in found)[-1][0].hex() == root
        )

    def _loose(self, rows: Sequence[Row], *, orphaned: bool) -> None:
        """Entries that no trusted block holds: ``orphaned`` ones should not exist, the others are not sealed yet."""
        damaged = self._digests(rows)
        for row in rows:
            if orphaned and row[0] not in damaged:
                self.faults.entry(row[0], None, _("记录 %(id)s 是封存之后塞进去的。"))
            self.unsealed += not orphaned

    def _until(self, last: int) -> list[Row]:
        """Take the next entries with an id up to ``last``."""
        taken: list[Row] = []
        while rows := self.pending or next(self.stretches, []):
            cut = bisect_right(rows, last, key=_id)
            taken += rows[:cut]
            self.pending = rows[cut:]
            if self.pending:
                break
        return taken

    def _digests(self, rows: Sequence[Row]) -> set[int]:
        """Check every entry by itself; the ids of those that are not as they were written."""
        damaged = set()
        for row in rows:
            key = self._key(row[10])
            try:
                sound = key is not None and entry_digest(key, row) == row[-1]
            except TypeError:
                sound = False
            if not sound:
                damaged.add(row[0])
                self.faults.entry(row[0], None, _("记录 %(id)s 的内容被改动过。"))
        self.lanes.pass_by(rows, damaged)
        self._tell(rows)
        return damaged

    def _tell(self, rows: Sequence[Row]) -> None:
        self.read += len(rows)
        if rows:
            self.progress(self.read)

    def _sealed(self, row: Row) -> bool:
        key = self._key(row[7])
        values = tuple(bytes(value) if isinstance(value, memoryview) else value for value in row[:-1])
        try:
            return key is not None and block_seal(key, values) == row[-1] and len(values[4]) == values[3] * LEAF
        except TypeError:
            return False

    def _key(self, key_id: object) -> bytes | None:
        if key_id not in self.keys:
            try:
                self.keys[key_id] = keyring.key_by_id(key_id) if isinstance(key_id, int) else None
            except keyring.KeyringError:
                self.keys[key_id] = None
        return self.keys[key_id]
