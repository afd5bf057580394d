"""Proving the ledger: every entry against its digest, every block against its entries and against its neighbour."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field
from operator import itemgetter
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from keguan.runtime import keyring
from keguan.runtime.ledger import head, reading
from keguan.runtime.ledger.digest import LEAF, block_seal, entry_digest, leaves_of, merkle_root, raw

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from keguan.runtime.ledger.reading import Row

_id = itemgetter(0)
FAULTS_KEPT = 1_000
Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is not as it was written: which entry or block, and a sentence about it."""

    entry_id: int | None
    block_id: int | None
    sentence: str


@dataclass(frozen=True, slots=True)
class Report:
    """What was proved. ``unsealed`` entries are proved one by one but could still be deleted without a trace;
    ``omitted`` faults were found beyond the first 1,000.
    """

    entries: int
    blocks: int
    unsealed: int
    faults: tuple[Fault, ...]
    omitted: int = 0

    @property
    def sound(self) -> bool:
        """Whether nothing was found."""
        return not self.faults


def verify(progress: Progress = lambda _count: None) -> Report:
    """Read the whole ledger once, in order, and report. ``progress`` is told the number of entries read so far.

    Memory stays small however long the ledger is. Raises ``KeyringError`` when there is no key file.
    """
    keyring.key("ledger")
    return _Verification(progress).run()


@dataclass
class _Verification:
    progress: Progress
    read: int = 0
    blocks: int = 0
    unsealed: int = 0
    omitted: int = 0
    faults: list[Fault] = field(default_factory=list)
    keys: dict[object, bytes | None] = field(default_factory=dict)
    seals: dict[int, str] = field(default_factory=dict)  # the last block only
    doubtful: bool = False  # a block before this place cannot be trusted, so its entries belong to nobody
    pending: list[Row] = field(default_factory=list)

    def run(self) -> Report:
        stretches = reading.entries()
        previous = ""
        for rows in reading.blocks():
            for row in rows:
                self._block(row, previous, stretches)
                previous = row[-1]
        while rows := self.pending or next(stretches, []):
            self.pending = []
            self._loose(rows, orphaned=False)
        self._end()
        return Report(self.read, self.blocks, self.unsealed, tuple(self.faults), self.omitted)

    def _block(self, row: Row, previous: str, stretches: Iterator[list[Row]]) -> None:
        block_id, first, last, _count, leaves, root, before = row[:7]
        self.blocks += 1
        self.seals = {block_id: row[-1]}
        if not self._sealed(row):
            self._fault(None, block_id, _("封存块 %(id)s 被改动过。") % {"id": block_id})
            self.doubtful = True
            return
        if before != previous:
            self._fault(None, block_id, _("封存块 %(id)s 与前一块不相接：前面的块被删除或改动过。") % {"id": block_id})
            self.doubtful = True
        self._sealed_entries(
            block_id, leaves_of(bytes(leaves)), root, self._until(first - 1, stretches), last, stretches
        )
        self.doubtful = False

    def _sealed_entries(
        self,
        block_id: int,
        leaves: Mapping[int, bytes],
        root: str,
        before: list[Row],
        last: int,
        stretches: Iterator[list[Row]],
    ) -> None:
        self._loose(before, orphaned=not self.doubtful)
        found = self._until(last, stretches)
        known = len(self.faults) + self.omitted
        damaged = self._digests(found)
        for row in found:
            if row[0] in damaged:
                continue
            mark = leaves.get(row[0])
            if mark is None:
                self._fault(row[0], block_id, _("记录 %(id)s 是封存之后塞进去的。") % {"id": row[0]})
            elif mark != raw(row[-1])[:8]:
                self._fault(row[0], block_id, _("记录 %(id)s 与封存时不一致。") % {"id": row[0]})
        for missing in leaves.keys() - {row[0] for row in found}:
            self._fault(missing, block_id, _("记录 %(id)s 被删除或改了编号。") % {"id": missing})
        clean = len(self.faults) + self.omitted == known
        if clean and merkle_root([(row[0], row[-1]) for row in found]) != root:
            self._fault(None, block_id, _("封存块 %(id)s 的校验根不符。") % {"id": block_id})

    def _loose(self, rows: Sequence[Row], *, orphaned: bool) -> None:
        """Entries that no trusted block holds: ``orphaned`` ones should not exist, the others are not sealed yet."""
        damaged = self._digests(rows)
        for row in rows:
            if orphaned and row[0] not in damaged:
                self._fault(row[0], None, _("记录 %(id)s 是封存之后塞进去的。") % {"id": row[0]})
            self.unsealed += not orphaned

    def _until(self, last: int, stretches: Iterator[list[Row]]) -> list[Row]:
        """Take the next entries with an id up to ``last``."""
        taken: list[Row] = []
        while rows := self.pending or next(stretches, []):
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
                sound = key is not None and entry_digest(key, row[:-1]) == row[-1]
            except TypeError:
                sound = False
            if not sound:
                damaged.add(row[0])
                self._fault(row[0], None, _("记录 %(id)s 的内容被改动过。") % {"id": row[0]})
        self.read += len(rows)
        if rows:
            self.progress(self.read)
        return damaged

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

    def _end(self) -> None:
        """The noted head must be in the database: otherwise the end of the ledger was cut off."""
        known = head.noted()
        newest = max(self.seals, default=0)
        if known is None or newest > known.block_id:
            return
        if self.seals.get(known.block_id) != known.seal:
            sentence = _("账本的末尾不见了：本机记下的最后一块是 %(noted)s，数据库里到 %(found)s 为止。")
            self._fault(None, known.block_id, sentence % {"noted": known.block_id, "found": newest})

    def _fault(self, entry_id: int | None, block_id: int | None, sentence: str) -> None:
        if len(self.faults) < FAULTS_KEPT:
            self.faults.append(Fault(entry_id, block_id, sentence))
        else:
            self.omitted += 1
